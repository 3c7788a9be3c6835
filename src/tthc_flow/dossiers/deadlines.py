"""When the work of a step and the whole dossier are due, by the working calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.calendars.due import due
from tthc_flow.calendars.stops import near
from tthc_flow.model.flow import Event
from tthc_flow.model.step import Step
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.calendars.stops import Stop
    from tthc_flow.dossiers.clock import LegalClock
    from tthc_flow.model.flow import Node

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
        stops = clock.counted
        found = self.after(since, clock.limit, stops)
        for each in clock.extended:
            found = None if found is None else self.after(found, each, stops)
        return found

    def nearly(self, since: datetime, end: datetime | None) -> datetime | None:
        """Return when to warn of *end*."""
        if end is None:
            return None
        return near(since, end, self.calendar, self.warn, self.bare_day)
