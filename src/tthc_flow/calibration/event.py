"""One event of a log: what happened to which activity of which case, when, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, TypeAlias

from attrs import frozen


class Transition(StrEnum):
    """What happened to an activity.

    ``WITHDRAW`` takes it off before it is done; ``SUSPEND`` and ``RESUME`` bound a time in which
    it stood still; ``OTHER`` says nothing about time (assigned, reassigned, saved).
    """

    SCHEDULE = "schedule"
    START = "start"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    OTHER = "other"


@frozen(kw_only=True)
class LogEvent:
    """One event.

    Attributes:
        case: The case (hồ sơ) that it belongs to.
        activity: The element of the diagram, where the log names it; else empty.
        name: What the log calls the activity.
        transition: What happened.
        at: When; ``None`` where the log does not say it in a form that is read.
        zoned: Whether the log gave the time zone. Without one, *at* is Vietnamese time.
        resource: Who did it; empty where the log does not say.
        instance: Which doing of the activity; empty where the log does not say.
        waiting: Why it stood still: ``queue``, ``clock``, ``suspended``, ``called``,
            ``incident``; empty where the log does not say.
        procedure: The procedure of the case, where the log names it; else empty.
        version: Its version, where the log names it; else empty.
        late: Whether it ended after its due date; ``None`` where the log does not say.
        place: Line of the file, or number of the event in it.

    Source: IEEE Std 1849-2023 (XES): the extensions concept, time, lifecycle, organizational.
    """

    case: str
    activity: str = ""
    name: str = ""
    transition: Transition = Transition.COMPLETE
    at: datetime | None = None
    zoned: bool = True
    resource: str = ""
    instance: str = ""
    waiting: frozenset[str] = frozenset()
    procedure: str = ""
    version: str = ""
    late: bool | None = None
    place: int = 0


@frozen(kw_only=True)
class Case:
    """The events of one case, as the log holds them: in its order, nothing mended."""

    id: str
    events: tuple[LogEvent, ...]


Cases: TypeAlias = Iterable[Case]


MOST_EVENTS: Final = 200_000
"""How many events one case may have: it is in memory as a whole."""

NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""After every moment of a log."""


def moment_of(event: LogEvent) -> datetime:
    """Return when *event* happened, to sort by: where that is unknown, after all others.

    Example:
        >>> moment_of(LogEvent(case="1")) == NEVER
        True
    """
    return event.at or NEVER


def reasons(text: str) -> frozenset[str]:
    """Return the kinds of waiting that a text of our own log names.

    Example:
        >>> sorted(reasons("queue; clock: Bổ sung hồ sơ"))
        ['clock', 'queue']

    Source: the column ``waiting_reason`` of the event log.
    """
    return frozenset(each.partition(":")[0].strip() for each in text.split(";") if each.strip())
