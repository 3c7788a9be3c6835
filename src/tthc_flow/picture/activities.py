"""Activities as BPMN draws them: tasks, calls and sub-processes, with icons and markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.sizes import TASK_TEXT
from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds
from tthc_flow.model.flow import Event, SubProcess, SubProcessKind
from tthc_flow.model.step import Step, TaskType
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import loop_marker, marker_row, task_icon, trigger_icon
from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import INK, PAPER

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Shape
    from tthc_flow.model.notation import Notation
    from tthc_flow.picture.look import Look

_RADIUS: Final = 9.0
_BADGE_TEXT: Final = 9.5
_LEAST_BADGE: Final = 8.0
_HEAD: Final = 20.0
_FOOT: Final = 17.0
_EDGE: Final = 4.0
_LEAST: Final = 44.0
"""A smaller box has no room for signs beside its name."""


def task(step: Step, bounds: Bounds, look: Look, signs: Notation, *, opened: bool = False) -> str:
    """Return a task, or a call of another process or of a global task.

    An *opened* call shows what it calls inside: its name stands at the top.

    Example:
        >>> from tthc_flow.model.notation import PLAIN
        >>> from tthc_flow.picture.look import Look
        >>> call = Step(id="a", name="Ký", task=TaskType.CALL)
        >>> 'stroke-width="4"' in task(call, Bounds(0, 0, 100, 80), Look(), PLAIN)
        True

    Source: BPMN 2.0.2, 10.3.3 (tasks) and 10.3.6 (call activity).
    """
    calls = step.task is TaskType.CALL
    kind = signs.called or step.task
    icon = task_icon(
        kind, bounds.x + 13, bounds.y + 12.5, look.line, instantiates=signs.instantiates
    )
    markers = loop_marker(step.loop)
    markers += ("compensation",) if signs.compensation else ()
    markers += ("plus",) if calls and signs.called is None and not opened else ()
    roomy = bounds.height >= _LEAST and bounds.width >= _LEAST
    icon, markers = (icon, markers) if roomy else ("", ())
    head = bool(icon or look.badge or look.number)
    name = (
        _heading(step.name, bounds, look)
        if opened
        else _name(step.name, bounds, look, head=head, foot=bool(markers))
    )
    return "".join(
        (
            rounded(bounds, look, 4.0 if calls else look.thick, stroke_dasharray=look.dash),
            icon,
            name,
            marker_row(markers, bounds.centre.x, bounds.bottom - 10, look.line),
            badge(look, bounds, 23.0 if icon else 5.0),
        )
    )


def sub_process(
    node: SubProcess, shape: Shape, look: Look, signs: Notation, opener: Event | None
) -> str:
    """Return a sub-process, open or collapsed; a collapsed one shows the event that starts it.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> from tthc_flow.model.notation import PLAIN
        >>> from tthc_flow.picture.look import Look
        >>> node = SubProcess(id="s", kind=SubProcessKind.TRANSACTION)
        >>> sub_process(node, Shape(bounds=Bounds(0, 0, 99, 99)), Look(), PLAIN, None).count("rect")
        2

    Source: BPMN 2.0.2, 10.3.5 (sub-processes).
    """
    bounds = shape.bounds
    event = node.kind is SubProcessKind.EVENT
    # Dotted as the standard wants it, also where a difference is dashed.
    dash = "1.5 3" if event else look.dash
    parts = [rounded(bounds, look, look.thick, stroke_dasharray=dash, stroke_linecap="round")]
    if node.kind is SubProcessKind.TRANSACTION:
        inner = Bounds(
            bounds.x + 3, bounds.y + 3, max(bounds.width - 6, 1), max(bounds.height - 6, 1)
        )
        parts.append(rounded(inner, look, look.thick))
    markers = loop_marker(node.loop)
    markers += ("compensation",) if signs.compensation else ()
    markers += () if shape.expanded else ("plus",)
    markers += ("ad-hoc",) if node.kind is SubProcessKind.AD_HOC else ()
    if shape.expanded:
        parts.append(_heading(node.name, bounds, look))
    else:
        shown = opener is not None and event
        head = bool(look.badge or look.number or shown)
        parts.append(_name(node.name, bounds, look, head=head, foot=True))
        parts.append(_opener(opener, bounds, look) if opener is not None and shown else "")
    parts.append(marker_row(markers, bounds.centre.x, bounds.bottom - 10, look.line))
    return "".join([*parts, badge(look, bounds)])


def _name(name: str, bounds: Bounds, look: Look, *, head: bool, foot: bool) -> str:
    """Return the name inside its box, clear of icon, badge and markers."""
    roomy = bounds.height >= _LEAST
    top = bounds.y + (_HEAD if head and roomy else _EDGE)
    bottom = bounds.bottom - (max(_FOOT if foot else _EDGE, look.covered) if roomy else _EDGE)
    text = fit(name, bounds.width - 10, bottom - top, TASK_TEXT)
    middle = (top + bottom) / 2
    half = len(text.lines) * text.size * 0.625
    # Short names stand in the very middle of the box; long ones make room for the icon.
    if bounds.centre.y - half >= top and bounds.centre.y + half <= bottom:
        middle = bounds.centre.y
    return text_lines(text.lines, bounds.centre.x, middle, size=text.size, colour=look.ink)


def _heading(name: str, bounds: Bounds, look: Look) -> str:
    badged = " · ".join(filter(None, (look.number, look.badge)))
    taken = text_width(badged, _BADGE_TEXT, bold=True) + 17 if badged else 0.0
    text = fit(name, bounds.width - 20 - taken, min(18.0, bounds.height - 2), TASK_TEXT, bold=True)
    left, middle = bounds.x + 12, bounds.y + min(14.0, bounds.height / 2)
    return text_lines(
        text.lines, left, middle, size=text.size, anchor="start", bold=True, colour=look.ink
    )


def _opener(event: Event, bounds: Bounds, look: Look) -> str:
    x, y = bounds.x + 14, bounds.y + 13
    dash = None if event.interrupting else "2 2"
    ring = tag(
        "circle",
        cx=x,
        cy=y,
        r=8,
        fill=PAPER,
        stroke=look.line,
        stroke_width=1,
        stroke_dasharray=dash,
    )
    return ring + trigger_icon(event.trigger, x, y, 0.6, look.line, thrown=False)


def rounded(bounds: Bounds, look: Look, thick: float, **more: str | float | None) -> str:
    """Return the box of an activity.

    Example:
        >>> from tthc_flow.picture.look import Look
        >>> rounded(Bounds(0, 0, 9, 9), Look(), 1.5).startswith("<rect")
        True

    Source: BPMN 2.0.2, 10.3.
    """
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=min(_RADIUS, bounds.width / 4, bounds.height / 4),
        fill=look.fill,
        stroke=look.line,
        stroke_width=thick,
        **more,
    )


def badge(look: Look, bounds: Bounds, taken: float = 5.0) -> str:
    """Return a pill with the look's words inside *bounds*, at the upper right.

    There it covers neither the name nor the places where lines end; *taken* is what the icon needs
    at the upper left. The step's number is left out where it does not fit.

    Example:
        >>> from tthc_flow.picture.look import Look
        >>> badge(Look(), Bounds(0, 0, 9, 9))
        ''

    Source: own design.
    """
    edge = 12.0 if look.mark else 5.0
    words, size = _badge_words(look, bounds.width - edge - taken)
    width = text_width(words, size, bold=True) + 9
    if not words or width > bounds.width or bounds.height < _HEAD:
        return ""
    x = max(bounds.right - width - edge, bounds.x)
    middle = bounds.y + 12
    pill = tag(
        "rect",
        x=x,
        y=middle - 7.5,
        width=width,
        height=15,
        rx=7.5,
        fill=PAPER,
        stroke=look.line,
        stroke_width=0.8,
    )
    return pill + text_lines((words,), x + width / 2, middle, size=size, bold=True, colour=INK)


def _badge_words(look: Look, room: float) -> tuple[str, float]:
    """Return what fits *room*: number and words, smaller ones, then the words alone."""
    whole = " · ".join(filter(None, (look.number, look.badge)))
    for words in (whole, look.badge):
        size = _BADGE_TEXT
        while size >= _LEAST_BADGE:
            if text_width(words, size, bold=True) + 9 <= room:
                return words, size
            size -= 0.5
    return look.badge, _LEAST_BADGE
