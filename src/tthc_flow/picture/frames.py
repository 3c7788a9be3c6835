"""Pools and lanes with their names turned upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.sizes import LABEL_TEXT, TASK_TEXT
from tthc_flow.model.drawing import Bounds
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import marker_row
from tthc_flow.picture.markup import escaped, tag, text_lines
from tthc_flow.picture.style import (
    BLACK_BOX_FILL,
    FRAME,
    LANE_FILLS,
    LANE_HEADER,
    MARKS,
    PAPER,
    POOL_FILL,
)

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Shape

POOL_HEADER: Final = 30.0


def _rect(bounds: Bounds, fill: str, stroke: str = FRAME, width: float = 1.2) -> str:
    return tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        fill=fill,
        stroke=stroke,
        stroke_width=width,
    )


def _header(bounds: Bounds, *, horizontal: bool, size: float) -> Bounds:
    if horizontal:
        return Bounds(bounds.x, bounds.y, min(size, bounds.width), bounds.height)
    return Bounds(bounds.x, bounds.y, bounds.width, min(size, bounds.height))


def _title(name: str, box: Bounds, *, turned: bool, bold: bool) -> str:
    length, across = (box.height, box.width) if turned else (box.width, box.height)
    size = TASK_TEXT if bold else LABEL_TEXT
    text = fit(name, length - 8, across - 4, size, bold=bold)
    middle = box.centre
    return text_lines(text.lines, middle.x, middle.y, size=text.size, bold=bold, turned=turned)


def _many(bounds: Bounds, colour: str, *, several: bool) -> str:
    """Return the three bars of a participant that stands for several."""
    return marker_row(("parallel",), bounds.centre.x, bounds.bottom - 10, colour) if several else ""


def black_box(element: str, name: str, shape: Shape, *, several: bool = False) -> str:
    """Return a pool without content: its name in the middle.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> "Công dân" in black_box("p", "Công dân", Shape(bounds=Bounds(0, 0, 300, 60)))
        True

    Source: BPMN 2.0.2, 9.3.1 (black-box pools).
    """
    box = shape.bounds
    turned = box.height > 2 * box.width
    stroke = shape.colours.stroke or FRAME
    inside = _rect(box, shape.colours.fill or BLACK_BOX_FILL, stroke)
    inside += _title(name, box, turned=turned, bold=True)
    inside += _many(box, stroke, several=several)
    return tag("g", tag("title", escaped(name)) if name else "", inside, data_element=element)


def pool(
    element: str, name: str, shape: Shape, mark: str | None = None, *, several: bool = False
) -> str:
    """Return a pool's frame and header.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> "rotate(-90" in pool("p", "Sở Y tế", Shape(bounds=Bounds(0, 0, 300, 200)))
        True

    Source: BPMN 2.0.2, 9.3 (pools).
    """
    head = _header(shape.bounds, horizontal=shape.horizontal, size=POOL_HEADER)
    style = MARKS.get(mark or "")
    stroke = style.line if style else shape.colours.stroke or FRAME
    inside = (
        _rect(shape.bounds, shape.colours.fill or PAPER, stroke, 1.6)
        + _rect(head, shape.colours.fill or POOL_FILL, stroke)
        + _title(name, head, turned=shape.horizontal, bold=True)
        + _many(shape.bounds, stroke, several=several)
    )
    return tag("g", tag("title", escaped(name)) if name else "", inside, data_element=element)


def lane(
    element: str, name: str, shape: Shape, *, header: float, index: int, mark: str | None = None
) -> str:
    """Return a lane: a light band with its header; *index* alternates the tints.

    Example:
        >>> from tthc_flow.model.drawing import Shape
        >>> band = Shape(bounds=Bounds(30, 0, 300, 90))
        >>> "Văn thư" in lane("l", "Văn thư", band, header=30, index=0)
        True

    Source: BPMN 2.0.2, 10.8 (lanes).
    """
    head = _header(shape.bounds, horizontal=shape.horizontal, size=header)
    style = MARKS.get(mark or "")
    own, stroke = shape.colours.fill, shape.colours.stroke or FRAME
    inside = (
        _rect(shape.bounds, style.fill if style else own or LANE_FILLS[index % 2], stroke)
        + _rect(head, style.fill if style else own or LANE_HEADER, stroke)
        + _title(name, head, turned=shape.horizontal, bold=False)
    )
    return tag("g", tag("title", escaped(name)) if name else "", inside, data_element=element)
