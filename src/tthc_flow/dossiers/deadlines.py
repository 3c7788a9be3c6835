"""When the work of a step and the whole dossier are due, by the working calendar."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.calendars.due import due
from tthc_flow.calendars.stops import near, remaining, worked_minutes
from tthc_flow.model.flow import Event
from tthc_flow.model.step import Step
from tthc_flow.units import MINUTES_OF_HOUR, Duration, TimeUnit

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.calendars.stops import Stop
    from tthc_flow.dossiers.clock import ClockStop, LegalClock
    from tthc_flow.model.flow import Node

MOST_STOPS: Final = 8
"""So many stops of a clock are listed one by one."""

ONE_DAY: Final = Duration(amount=1, unit=TimeUnit.WORKING_DAY)


@frozen(kw_only=True)
class Deadlines:
    """How due dates are counted: by which calendar, and what a bare "ngày" means, if anything.

    *warn* is how long before the end of a time somebody is told that it is nearly up.
    """

    calendar: Calendar
    bare_day: TimeUnit | None = None
    warn: Duration = ONE_DAY

    def due(self, node: Node, since: datetime, stops: tuple[Stop, ...] = ()) -> datetime | None:
        """Return when *node*, waiting *since* then, is due; ``None`` where that is unknown.

        A time that does not count, or a bare day without a stated meaning, has no due date; nor
        has one whose clock stands still.

        Example:
            >>> from datetime import datetime
            >>> from tthc_flow.calendars.calendar import Calendar
            >>> from tthc_flow.model.step import StepTime
            >>> two = StepTime(duration=Duration(amount=2, unit=TimeUnit.WORKING_DAY))
            >>> signing = Step(id="a", name="Ký", time=two)
            >>> deadlines = Deadlines(calendar=Calendar.load(2026))
            >>> deadlines.due(signing, datetime(2026, 3, 6, 9)).isoformat()
            '2026-03-10T17:00:00'

        Raises:
            BadQuantity: TF106 for a year without a calendar.

        Source: Bộ luật Dân sự 2015 Điều 147-148.
        """
        if not isinstance(node, Step | Event) or not node.time.counted:
            return None
        return self.after(since, node.time.duration, stops)

    def after(
        self, since: datetime, duration: Duration | None, stops: tuple[Stop, ...] = ()
    ) -> datetime | None:
        """Return when *duration* from *since* ends; ``None`` where that is unknown."""
        if duration is None or (duration.unit is TimeUnit.DAY and self.bare_day is None):
            return None
        return due(since, duration, self.calendar, self.bare_day, stops)

    def end(self, since: datetime, clock: LegalClock) -> datetime | None:
        """Return when a dossier with *clock* is due that began *since* then."""
        stops = clock.listed
        found = self.after(since, clock.counted or clock.limit, stops)
        for each in clock.extended:
            found = None if found is None else self.after(found, each, stops)
        return found

    def shortened(self, since: datetime, clock: LegalClock, oldest: datetime) -> LegalClock:
        """Return *clock* with its oldest stops counted in, where there are too many to list.

        Those stay that a task open since *oldest* needs, and those whose counting in would move
        the due date. A stop puts the end off by what passes of the limit's unit meanwhile, so the
        limit grows by as much.
        """
        if clock.standing is not None or clock.limit is None:
            return clock
        stops = sorted(clock.stops, key=lambda stop: stop.since)
        end = self.end(since, clock)
        for number in range(len(stops) - MOST_STOPS, 0, -1):
            gone, rest = stops[:number], tuple(stops[number:])
            longer = evolve(clock, stops=rest, counted=self._longer(since, clock, gone))
            last = max(stop.until for stop in gone if stop.until is not None)
            if last <= oldest and self.end(since, longer) == end:
                return longer
        return clock

    def _longer(self, since: datetime, clock: LegalClock, gone: list[ClockStop]) -> Duration | None:
        """Return the limit of *clock* made longer by what of its unit passed in *gone*."""
        limit = clock.counted or clock.limit
        for stop in gone:
            end = self.after(since, limit)
            if (
                limit is not None
                and stop.until is not None
                and end is not None
                and stop.since < end
            ):
                unit = self.bare_day or limit.unit if limit.unit is TimeUnit.DAY else limit.unit
                span = self._span(stop.since, stop.until, unit)
                limit = Duration(amount=limit.amount + span, unit=limit.unit)
        return limit

    def _span(self, since: datetime, until: datetime, unit: TimeUnit) -> Fraction:
        """Return how much of *unit* passes from *since* to *until*."""
        match unit:
            case TimeUnit.CALENDAR_DAY:
                return Fraction((until.date() - since.date()).days)
            case TimeUnit.WORKING_HOUR:
                return worked_minutes(since, until, self.calendar) / MINUTES_OF_HOUR
            case TimeUnit.HOUR:
                return Fraction((until - since) // timedelta(microseconds=1), 3_600_000_000)
            case _:
                return Fraction(remaining(since, until, self.calendar).days)

    def nearly(self, since: datetime, end: datetime | None) -> datetime | None:
        """Return when to warn of *end*."""
        if end is None:
            return None
        return near(since, end, self.calendar, self.warn, self.bare_day)
