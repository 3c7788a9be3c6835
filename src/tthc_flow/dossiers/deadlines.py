"""When the work of a step is due: its own time, counted by the working calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.calendars.due import due
from tthc_flow.model.flow import Event
from tthc_flow.model.step import Step
from tthc_flow.units import TimeUnit

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.model.flow import Node


@frozen(kw_only=True)
class Deadlines:
    """How due dates are counted: by which calendar, and what a bare "ngày" means, if anything."""

    calendar: Calendar
    bare_day: TimeUnit | None = None

    def due(self, node: Node, since: datetime) -> datetime | None:
        """Return when *node*, waiting *since* then, is due; ``None`` where that is unknown.

        A time that does not count, or a bare day without a stated meaning, has no due date.

        Example:
            >>> from datetime import datetime
            >>> from tthc_flow.calendars.calendar import Calendar
            >>> from tthc_flow.model.step import StepTime
            >>> from tthc_flow.units import Duration
            >>> two = StepTime(duration=Duration(amount=2, unit=TimeUnit.WORKING_DAY))
            >>> signing = Step(id="a", name="Ký", time=two)
            >>> deadlines = Deadlines(calendar=Calendar.load(2026))
            >>> deadlines.due(signing, datetime(2026, 3, 6, 9)).isoformat()
            '2026-03-10T17:00:00'

        Raises:
            BadQuantity: TF106 for a year without a calendar.

        Source: Bộ luật Dân sự 2015 Điều 147-148.
        """
        if not isinstance(node, Step | Event):
            return None
        duration = node.time.duration
        if duration is None or not node.time.counted:
            return None
        if duration.unit is TimeUnit.DAY and self.bare_day is None:
            return None
        return due(since, duration, self.calendar, self.bare_day)
