"""Small signs inside shapes: task types, event triggers, loop markers. Drawn round (0, 0)."""

from __future__ import annotations

from typing import Final

from tthc_flow.model.flow import Trigger
from tthc_flow.model.step import Loop, TaskType
from tthc_flow.picture.markup import number, tag
from tthc_flow.picture.style import PAPER, SHADED, STROKE

# The flap turns the way the frame turns: so a filled envelope has no hole.
_ENVELOPE: Final = "M-7-5H7V5H-7ZM7-5L0 1-7-5"
_GEAR: Final = (
    "M-1.2-6.5H1.2L1.6-4.6 3.2-3.9 4.8-5 6.4-3.2 5.2-1.7 5.8 0 5.2 1.7 6.4 3.2 4.8 5 3.2 3.9"
    " 1.6 4.6 1.2 6.5H-1.2L-1.6 4.6-3.2 3.9-4.8 5-6.4 3.2-5.2 1.7-5.8 0-5.2-1.7-6.4-3.2-4.8-5"
    "-3.2-3.9-1.6-4.6ZM0-2A2 2 0 1 0 .01-2Z"
)
_TASKS: Final = {
    TaskType.USER: (
        "M0-6.5A3 3 0 1 0 .01-6.5ZM-6 6.5V4.2C-6 1.5-3.5.4-2.4 0H2.4C3.5.4 6 1.5 6 4.2V6.5Z"
    ),
    TaskType.MANUAL: (
        "M-6.5-1.5C-5-4-3.5-5-2-5H2.2C3.4-5 3.4-3.2 2.2-3.2H-.5M2-3.2H5.6C6.8-3.2 6.8-1.2 5.6-1.2H1"
        "M5-1.2C6.2-1.2 6.2.8 5 .8H1M4.4.8C5.6.8 5.6 2.6 4.4 2.6H.8M3.6 2.6C4.6 2.6 4.6 4.4 3.6 4.4"
        "H-3C-4.6 4.4-6.5 3.4-6.5 1.6Z"
    ),
    TaskType.SERVICE: _GEAR,
    TaskType.SEND: _ENVELOPE,
    TaskType.RECEIVE: _ENVELOPE,
    TaskType.SCRIPT: (
        "M-3-6.5H6C3.5-3.5 3.5-2 5 0 6.5 2 6 4.5 3 6.5H-6C-3.5 4-3.5 2-5 0-6.5-2-6-4.5-3-6.5Z"
        "M-2.5-3.5H2M-2.5-.5H2.5M-1 2.5H3.5"
    ),
    TaskType.BUSINESS_RULE: "M-7-5.5H7V5.5H-7ZM-7-2H7M-7 1.8H7M-2.5-2V5.5",
}
_TRIGGERS: Final = {
    Trigger.MESSAGE: _ENVELOPE,
    Trigger.TIMER: (
        "M0-8A8 8 0 1 0 .01-8ZM0-8V-6M0 8V6M-8 0H-6M8 0H6M5.6-5.6L4.4-4.4M-5.6-5.6L-4.4-4.4"
        "M5.6 5.6L4.4 4.4M-5.6 5.6L-4.4 4.4M1-5.5L0 0H4.5"
    ),
    Trigger.SIGNAL: "M0-7L7.5 5.5H-7.5Z",
    Trigger.ERROR: "M-7 7L-3-6 2.5 1.5 7-7 3.5 6-2-1.5Z",
    Trigger.ESCALATION: "M0-8L5.5 7 0 1.5-5.5 7Z",
    Trigger.CONDITIONAL: (
        "M-5.5-7.5H5.5V7.5H-5.5ZM-3.5-4.5H3.5M-3.5-1.5H3.5M-3.5 1.5H3.5M-3.5 4.5H3.5"
    ),
    Trigger.LINK: "M-7-3H1V-6.5L8 0 1 6.5V3H-7Z",
    Trigger.COMPENSATION: "M-8 0L-.5-5.5V5.5ZM-.5 0L7-5.5V5.5Z",
    Trigger.CANCEL: "M-7-5L-5-7 0-2 5-7 7-5 2 0 7 5 5 7 0 2-5 7-7 5-2 0Z",
    Trigger.MULTIPLE: "M0-8L7.6-2.5 4.7 6.5H-4.7L-7.6-2.5Z",
}
_ALL_OF_THEM: Final = "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z"


def _drawn(path: str, x: float, y: float, scale: float, colour: str, *, filled: bool) -> str:
    return tag(
        "path",
        d=path,
        transform=f"translate({number(x)} {number(y)}) scale({number(scale)})",
        fill=colour if filled else PAPER,
        stroke=PAPER if filled and path == _ENVELOPE else colour,
        stroke_width=1.1,
        stroke_linejoin="round",
    )


def task_icon(
    task: TaskType, x: float, y: float, colour: str = STROKE, *, instantiates: bool = False
) -> str:
    """Return the sign of *task* centred at (x, y); plain tasks and calls have none.

    A receiving task that *instantiates* the process has its envelope in a circle.

    Example:
        >>> task_icon(TaskType.TASK, 0, 0)
        ''

    Source: BPMN 2.0.2, 10.3.3 (task types).
    """
    path = _TASKS.get(task)
    if path is None:
        return ""
    if task is TaskType.RECEIVE and instantiates:
        ring = tag("circle", cx=x, cy=y, r=8, fill="none", stroke=colour)
        return ring + _drawn(path, x, y, 0.7, colour, filled=False)
    return _drawn(path, x, y, 0.95, colour, filled=task is TaskType.SEND)


def trigger_icon(  # noqa: PLR0913 - what a sign of an event may be, by name
    trigger: Trigger,
    x: float,
    y: float,
    scale: float,
    colour: str = STROKE,
    *,
    thrown: bool,
    parallel: bool = False,
) -> str:
    """Return the sign of *trigger*; thrown ones are filled, *parallel* waits for all of several.

    Example:
        >>> trigger_icon(Trigger.NONE, 0, 0, 1, thrown=False)
        ''

    Source: BPMN 2.0.2, 10.5 (events).
    """
    if trigger is Trigger.TERMINATE:
        return tag("circle", cx=x, cy=y, r=10 * scale, fill=colour)
    path = _TRIGGERS.get(trigger)
    if trigger is Trigger.MULTIPLE and parallel:
        path = _ALL_OF_THEM
    return "" if path is None else _drawn(path, x, y, scale, colour, filled=thrown)


ENVELOPE_SIZE: Final = 10.0
"""Half the width of a message on its line."""


def envelope(x: float, y: float, *, shaded: bool) -> str:
    """Return the message of a message flow: light where it starts the exchange, else *shaded*.

    Example:
        >>> "path" in envelope(0, 0, shaded=True)
        True

    Source: BPMN 2.0.2, 8.4.8 and 9.4 (message).
    """
    place = f"translate({number(x)} {number(y)}) scale(1.5)"
    fill = SHADED if shaded else PAPER
    return tag("path", d=_ENVELOPE, transform=place, fill=fill, stroke=STROKE, stroke_width=0.9)


def marker_row(markers: tuple[str, ...], x: float, y: float, colour: str = STROKE) -> str:
    """Return *markers* of an activity or pool side by side, centred at (x, y).

    Example:
        >>> marker_row(("plus",), 0, 0).count("path")
        1

    Source: BPMN 2.0.2, 10.3 (markers at the lower edge).
    """
    left = x - (len(markers) - 1) * _PITCH / 2
    return "".join(
        tag(
            "path",
            d=_MARKERS[each],
            transform=f"translate({number(left + index * _PITCH)} {number(y)})",
            fill=colour if each == "ad-hoc" else "none",
            stroke=colour,
            stroke_width=0.6 if each == "ad-hoc" else 1.4,
        )
        for index, each in enumerate(markers)
    )


_PITCH: Final = 18.0
_MARKERS: Final = {
    "loop": "M-3 5A5.5 5.5 0 1 1 3 5M-3 5H-6.5M-3 5V1.5",
    "parallel": "M-4.5-5V5M0-5V5M4.5-5V5",
    "sequential": "M-5-4.5H5M-5 0H5M-5 4.5H5",
    "compensation": "M-7 0L-.5-5V5ZM-.5 0L6-5V5Z",
    "plus": "M-7-7H7V7H-7ZM-4 0H4M0-4V4",
    "ad-hoc": "M-7 2C-6-4-2-4 0-1 2 2 5 2 6-2L7-2C6 5 2 5 0 2-2-1-5-1-6 2Z",
}
"""The markers by name, in the order in which they stand."""


def loop_marker(loop: Loop | None) -> tuple[str, ...]:
    """Return the marker of a repeated activity: an arrow in a circle, or three bars.

    Example:
        >>> loop_marker(Loop(multi_instance=True))
        ('parallel',)

    Source: BPMN 2.0.2, 10.3.8 (loop markers).
    """
    if loop is None:
        return ()
    if not loop.multi_instance:
        return ("loop",)
    return ("sequential",) if loop.sequential else ("parallel",)
