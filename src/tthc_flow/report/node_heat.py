"""Where dossiers spend their time: what the event log says of each node of a procedure."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, frozen

from tthc_flow.calendars.stops import Stop, standing_still, worked_minutes
from tthc_flow.calendars.worked import minutes_of
from tthc_flow.dossiers.log_row import Ended, WaitKind
from tthc_flow.measures.heat import Heat, HeatKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.dossiers.log_row import LogRow
    from tthc_flow.model.flow import Flow

_NINETY: Final = Fraction(9, 10)


@frozen(kw_only=True)
class Spread:
    """How a number of times lie, in minutes: *p90* is the least that nine of ten do not exceed."""

    count: int
    mean: Fraction
    median: Fraction
    p90: Fraction


@frozen(kw_only=True)
class NodeHeat:
    """What the event log says of one node.

    Attributes:
        node: The node.
        name: Its name as last seen.
        visits: How often a dossier came there: completed, taken off or still there.
        open: How many are there now.
        withdrawn: How many were taken off before they were completed.
        time: How long the completed ones took, from when they came up to their end; ``None``
            where there are none.
        work: The part of it in which they could be worked on.
        waiting: The part in which they stood still: in the queue before they were taken, while
            the clock stood, the dossier was suspended, a called procedure or an incident was
            waited for. Where nobody takes a task before completing it, all counts as work: the
            events do not tell otherwise.
        late: How many ended after their due date, or are open after it.
        due: Of how many it is known whether they are late.
        incidents: How often the engine could not do it.
    """

    node: str
    name: str
    visits: int
    open: int
    withdrawn: int
    time: Spread | None
    work: Spread | None
    waiting: Spread | None
    late: int
    due: int
    incidents: int

    @property
    def late_share(self) -> Fraction | None:
        """Return the share of late ones among those of which it is known, if there are any."""
        return Fraction(self.late, self.due) if self.due else None


@define
class _Seen:
    name: str = ""
    visits: int = 0
    open: int = 0
    withdrawn: int = 0
    late: int = 0
    due: int = 0
    incidents: int = 0
    time: list[Fraction] = Factory(list)
    work: list[Fraction] = Factory(list)
    waiting: list[Fraction] = Factory(list)

    def add(self, row: LogRow, calendar: Calendar | None) -> None:
        self.name = row.name
        self.visits += 1
        self.open += row.ended is Ended.OPEN
        self.withdrawn += row.ended is Ended.WITHDRAWN
        self.due += row.late is not None
        self.late += bool(row.late)
        self.incidents += sum(wait.kind is WaitKind.INCIDENT for wait in row.waits)
        if row.ended is Ended.COMPLETED and row.created is not None and row.complete is not None:
            stops = tuple(
                Stop(since=wait.since, until=wait.until, reason=wait.reason) for wait in row.waits
            )
            whole = _minutes(row.created, row.complete, calendar, ())
            work = _minutes(row.created, row.complete, calendar, stops)
            self.time.append(whole)
            self.work.append(work)
            self.waiting.append(whole - work)


def node_heats(
    rows: Iterable[LogRow],
    *,
    procedure: str | None = None,
    version: int | None = None,
    calendar: Calendar | None = None,
) -> tuple[NodeHeat, ...]:
    """Return what *rows* say of each node, sorted by node.

    Args:
        rows: As :meth:`.audit.Audit.log` yields them.
        procedure: Only rows of the procedure of this key; else of all.
        version: Only rows of this version; else of all.
        calendar: Counts the office hours between two moments; without it minutes are counted as
            they pass, nights and Sundays too.

    Raises:
        BadQuantity: TF106 for a year that *calendar* does not cover.

    Example:
        >>> node_heats(())
        ()

    Source: percentile by nearest rank (Hyndman & Fan 1996, definition 1); office hours of the
    calendar.
    """
    seen: dict[str, _Seen] = {}
    for row in rows:
        if procedure in {None, row.procedure} and version in {None, row.version}:
            seen.setdefault(row.activity, _Seen()).add(row, calendar)
    return tuple(_heat(node, seen[node]) for node in sorted(seen))


def measured_heat(heats: Iterable[NodeHeat], flow: Flow, kind: HeatKind = HeatKind.TIME) -> Heat:
    """Return the heat by which a picture of *flow* is coloured: the median minutes of each node.

    Args:
        heats: As :func:`node_heats` makes them, counted by a calendar.
        flow: The flow that is shown; a step of which no time is known has none.
        kind: ``TIME`` for the whole time, ``WORK`` or ``WAIT`` for its two parts.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> sorted(measured_heat((), Flow(id="p", nodes=(Step(id="a", name="A"),))).unknown)
        ['a']

    Source: see :class:`NodeHeat`.
    """
    values = {
        each.node: figure
        for each in heats
        if each.node in flow.by_id and (figure := _figure(each, kind)) is not None
    }
    unknown = frozenset(step.id for step in flow.steps if step.id not in values)
    return Heat(kind=kind, values=values, unknown=unknown)


def _figure(heat: NodeHeat, kind: HeatKind) -> Fraction | None:
    match kind:
        case HeatKind.WORK:
            found = heat.work
        case HeatKind.WAIT:
            found = heat.waiting
        case _:
            found = heat.time
    return None if found is None else found.median


def _heat(node: str, seen: _Seen) -> NodeHeat:
    return NodeHeat(
        node=node,
        name=seen.name,
        visits=seen.visits,
        open=seen.open,
        withdrawn=seen.withdrawn,
        time=_spread(seen.time),
        work=_spread(seen.work),
        waiting=_spread(seen.waiting),
        late=seen.late,
        due=seen.due,
        incidents=seen.incidents,
    )


def _spread(minutes: list[Fraction]) -> Spread | None:
    if not minutes:
        return None
    found, count = sorted(minutes), len(minutes)
    return Spread(
        count=count,
        mean=sum(found, Fraction(0)) / count,
        median=(found[(count - 1) // 2] + found[count // 2]) / 2,
        p90=found[math.ceil(_NINETY * count) - 1],
    )


def _minutes(
    start: datetime, end: datetime, calendar: Calendar | None, stops: tuple[Stop, ...]
) -> Fraction:
    if calendar is not None:
        return worked_minutes(start, end, calendar, stops)
    still = (
        min(until or end, end) - since
        for since, until in standing_still(stops, start)
        if since < end
    )
    return minutes_of(end - start - sum(still, timedelta(0)))
