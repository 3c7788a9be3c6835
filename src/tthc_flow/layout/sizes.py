"""How large each node and its outer label must be drawn."""

from __future__ import annotations

import math
from typing import Final

from attrs import evolve, frozen

from tthc_flow.layout.text import LINE_HEIGHT, widest, wrap
from tthc_flow.model.artifact import Artifact, ArtifactKind
from tthc_flow.model.flow import Event, Gateway, Node

TASK_TEXT: Final = 12.0
LABEL_TEXT: Final = 11.0
EVENT_SIZE: Final = 36.0
GATEWAY_SIZE: Final = 50.0
LABEL_WIDTH: Final = 104.0
EDGE_LABEL_WIDTH: Final = 96.0
BOUNDARY_PITCH: Final = 92.0
"""How far apart boundary events stand at least."""
MESSAGE_PITCH: Final = 12.0
"""How far apart messages touch the same side of a task."""
_TASK_WIDTHS: Final = (110.0, 124.0, 140.0, 160.0, 180.0)
_TASK_HEIGHT: Final = 80.0
_TASK_LINES: Final = 3
_TASK_MARGIN: Final = 34.0
_BOUNDARY_ROOM: Final = 16.0
_SIDE_MARGIN: Final = 14.0
_NOTE_WIDTH: Final = 140.0
_PAPER: Final = (36.0, 50.0)
_STORE: Final = (50.0, 50.0)


@frozen(kw_only=True)
class Size:
    """A node's width and height, and those of the label that stands outside it.

    *pitch* is how far apart its boundary events stand.
    """

    width: float
    height: float
    label_width: float = 0.0
    label_height: float = 0.0
    pitch: float = BOUNDARY_PITCH


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


def node_size(node: Node, boundary_events: int = 0, messages: int = 0) -> Size:
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
            return peopled(task_size(node.name), boundary_events, messages)


def task_size(name: str) -> Size:
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
    return Size(width=width, height=height)


def peopled(size: Size, boundary_events: int, messages: int) -> Size:
    """Return *size* with room for boundary events on its lower border, and for messages.

    Example:
        >>> peopled(Size(width=110.0, height=80.0), 2, 0).pitch
        102.0

    Source: own measure; messages touch left of the middle, or left of the events.
    """
    if not boundary_events:
        return evolve(size, width=max(size.width, 2 * (messages + 1) * MESSAGE_PITCH))
    left = 20.0 + messages * MESSAGE_PITCH
    width = max(size.width, boundary_events * BOUNDARY_PITCH + left)
    pitch = (width - left + 20.0) / boundary_events
    return evolve(size, width=width, height=size.height + _BOUNDARY_ROOM, pitch=pitch)


def title_of(artifact: Artifact) -> str:
    """Return what is written under *artifact*: its name, and in brackets its state.

    Example:
        >>> title_of(Artifact(id="d", kind=ArtifactKind.DATA_OBJECT, text="Hồ sơ", state="đủ"))
        'Hồ sơ [đủ]'

    Source: BPMN 2.0.2, 10.4.1 (data state).
    """
    state = f" [{artifact.state}]" if artifact.state else ""
    return f"{artifact.text}{state}".strip()


def artifact_size(artifact: Artifact) -> Size:
    """Return the size of *artifact*: a note grows with its text, others have a title below.

    Example:
        >>> artifact_size(Artifact(id="n", kind=ArtifactKind.NOTE, text="Xem lại")).height
        30.0

    Source: usual sizes of BPMN editors; the text must fit.
    """
    if artifact.kind is ArtifactKind.NOTE:
        rows = wrap(artifact.text, _NOTE_WIDTH - 12, LABEL_TEXT)
        height = max(30.0, len(rows) * LABEL_TEXT * LINE_HEIGHT + 8)
        return Size(width=max(60.0, widest(rows, LABEL_TEXT) + 16), height=height)
    width, height = _STORE if artifact.kind is ArtifactKind.DATA_STORE else _PAPER
    label = label_size(title_of(artifact))
    return Size(width=width, height=height, label_width=label[0], label_height=label[1])
