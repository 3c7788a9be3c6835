"""A day that differs from its week day: off, worked in full, or worked for a part."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from tthc_flow.calendars.hours import Hours, bad_hours, worked_hours

if TYPE_CHECKING:
    from attrs import Attribute


class DayKind(StrEnum):
    """What an entry makes of its day: off, worked in full (a swapped Saturday), or for a part."""

    OFF = "off"
    WORKING = "working"
    HALF = "half"


class DayStatus(StrEnum):
    """How sure an entry is; ``UNCONFIRMED`` does not count."""

    LAW = "law"
    ANNOUNCED = "announced"
    EXPECTED = "expected"
    UNCONFIRMED = "unconfirmed"


def _of_its_kind(day: CalendarDay, attribute: Attribute[Hours], spans: Hours) -> None:
    if day.kind == DayKind.HALF:
        worked_hours(day, attribute, spans)
    elif spans:
        raise bad_hours(f"a day of kind {day.kind!s} takes no hours of its own (only half does)")


@frozen(kw_only=True)
class CalendarDay:
    """A day that differs from its week day: why, how sure, by which source.

    *hours* are those of a ``half`` day, which is worked in them alone.

    Raises:
        BadQuantity: TF111 for a half day without hours, hours that cannot be, or hours of a day
            that is off or worked in full.

    Example:
        >>> from tthc_flow.calendars.hours import hours
        >>> CalendarDay(
        ...     date=date(2026, 12, 31), kind=DayKind.HALF, name="nghỉ chiều", status="announced",
        ...     hours=hours("08:00-12:00"),
        ... ).kind
        <DayKind.HALF: 'half'>
    """

    date: date
    kind: DayKind
    name: str
    status: DayStatus
    source: str = ""
    hours: Hours = field(default=(), validator=_of_its_kind)
