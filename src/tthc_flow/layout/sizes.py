"""How large each node and its outer label must be drawn."""

from __future__ import annotations

import math
from typing import Final

from attrs import frozen

from tthc_flow.layout.text import LINE_HEIGHT, widest, wrap
from tthc_flow.model.flow import Event, Gateway, Node

TASK_TEXT: Final = 12.0
LABEL_TEXT: Final = 11.0
EVENT_SIZE: Final = 36.0
GATEWAY_SIZE: Final = 50.0
LABEL_WIDTH: Final = 104.0
EDGE_LABEL_WIDTH: Final = 96.0
BOUNDARY_PITCH: Final = 92.0
_TASK_WIDTHS: Final = (110.0, 124.0, 140.0, 160.0, 180.0)
_TASK_HEIGHT: Final = 80.0
_TASK_LINES: Final = 3
_TASK_MARGIN: Final = 34.0
_BOUNDARY_ROOM: Final = 16.0
_SIDE_MARGIN: Final = 14.0


@frozen(kw_only=True)
class Size:
    """A node's width and height, and those of the label that stands outside it."""

    width: float
    height: float
    label_width: float = 0.0
    label_height: float = 0.0


def label_size(text: str, width: float = LABEL_WIDTH) -> tuple[float, float]:
    """Return width and height of *text* as an outer label.

    Example:
        >>> label_size("")
        (0.0, 0.0)

    Source: ``wrap`` at the label's size.
    """
    lines = wrap(text, width, LABEL_TEXT)
    if not lines:
        return 0.0, 0.0
    return math.ceil(widest(lines, LABEL_TEXT)) + 4.0, math.ceil(
        len(lines) * LABEL_TEXT * LINE_HEIGHT
    ) + 2.0


def node_size(node: Node, boundary_events: int = 0) -> Size:
    """Return the size of *node* without content: tasks grow with their name.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> node_size(Step(id="a", name="Ký")).width
        110.0

    Source: usual sizes of BPMN editors; the name must fit.
    """
    match node:
        case Event():
            width, height = label_size(node.name)
            return Size(width=EVENT_SIZE, height=EVENT_SIZE, label_width=width, label_height=height)
        case Gateway():
            width, height = label_size(node.name)
            return Size(
                width=GATEWAY_SIZE, height=GATEWAY_SIZE, label_width=width, label_height=height
            )
        case _:
            return task_size(node.name, boundary_events)


def task_size(name: str, boundary_events: int = 0) -> Size:
    """Return the smallest task rectangle in which *name* is legible.

    Example:
        >>> task_size("Ký").height
        80.0

    Source: usual sizes of BPMN editors; the name must fit.
    """
    counts = {width: len(wrap(name, width - _SIDE_MARGIN, TASK_TEXT)) for width in _TASK_WIDTHS}
    enough = (width for width, lines in counts.items() if lines <= _TASK_LINES)
    width = next(enough, _TASK_WIDTHS[-1])
    height = max(_TASK_HEIGHT, math.ceil(counts[width] * TASK_TEXT * LINE_HEIGHT) + _TASK_MARGIN)
    if boundary_events:
        height += _BOUNDARY_ROOM
        width = max(width, boundary_events * BOUNDARY_PITCH + 20.0)
    return Size(width=width, height=height)
