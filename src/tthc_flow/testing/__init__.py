"""For tests of one's own procedures: a clock that moves, a desk to work at, what was never taken.

    >>> from datetime import datetime
    >>> from tthc_flow.testing import Desk, waits_at
    >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
    ... <process id="P"><startEvent id="s"/><userTask id="a" name="Ky"/><endEvent id="e"/>
    ... <sequenceFlow id="f" sourceRef="s" targetRef="a"/>
    ... <sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>'''
    >>> with Desk(text) as desk:
    ...     _ = desk.start()
    ...     waits_at(desk, "Ky")
    ...     desk.do("Ky").status
    'completed'

The pytest plugin stands in ``plugin``. Every name below is imported when it is first used: pytest
loads this package in every run of everybody who has it.
"""

from __future__ import annotations

from tthc_flow.front import front_door

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tthc_flow.testing.assertions import (
        completed_with,
        is_due,
        never_waited_at,
        passed,
        waits_at,
    )
    from tthc_flow.testing.clock import Clock
    from tthc_flow.testing.coverage import Coverage, coverage_of
    from tthc_flow.testing.desk import Desk
    from tthc_flow.testing.page import coverage_page
    from tthc_flow.testing.tally import Tally, merged, tallied

_PLACES = {
    "Clock": "clock",
    "Coverage": "coverage",
    "Desk": "desk",
    "Tally": "tally",
    "completed_with": "assertions",
    "coverage_of": "coverage",
    "coverage_page": "page",
    "is_due": "assertions",
    "merged": "tally",
    "never_waited_at": "assertions",
    "passed": "assertions",
    "tallied": "tally",
    "waits_at": "assertions",
}

__all__ = [
    "Clock",
    "Coverage",
    "Desk",
    "Tally",
    "completed_with",
    "coverage_of",
    "coverage_page",
    "is_due",
    "merged",
    "never_waited_at",
    "passed",
    "tallied",
    "waits_at",
]

__getattr__, __dir__ = front_door(__name__, _PLACES)
