"""What is drawn besides the flow: data sheets, stores, notes, groups, and their dotted lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.layout.artifacts import title_box
from tthc_flow.layout.sizes import LABEL_TEXT, title_of
from tthc_flow.layout.text import LINE_HEIGHT
from tthc_flow.model.artifact import Artifact, ArtifactKind, AssociationKind, Direction
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.lines import dotted_line
from tthc_flow.picture.look import Look
from tthc_flow.picture.markup import escaped, number, tag, text_lines
from tthc_flow.picture.style import PAPER, SOFT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.artifact import Association
    from tthc_flow.model.drawing import Bounds, Drawing, Shape
    from tthc_flow.model.procedure import Procedure

_FOLD: Final = 10.0
_ARROWED: Final = frozenset((AssociationKind.INPUT, AssociationKind.OUTPUT))


def beside(procedures: tuple[Procedure, ...], drawing: Drawing) -> str:
    """Return every artifact and association that *drawing* places.

    Dotted lines come first, groups last, round what they hold; data flows with an arrow head.

    Example:
        >>> from tthc_flow.model.drawing import Drawing
        >>> beside((), Drawing())
        ''

    Source: BPMN 2.0.2, 8.4.1 (artifacts) and 10.4 (data).
    """
    shapes, lines = drawing.shapes, drawing.lines
    ties = {each.id: each for one in procedures for each in one.associations}
    every = {each.id: each for one in procedures for each in one.artifacts}
    parts = [
        dotted_line(each.id, lines[each.id], heads=_heads(each))
        for each in ties.values()
        if each.id in lines
    ]
    drawn = [each for each in every.values() if each.id in shapes]
    drawn.sort(key=lambda each: each.kind is ArtifactKind.GROUP)
    return "".join([*parts, *(_artifact(each, shapes[each.id]) for each in drawn)])


def _heads(association: Association) -> tuple[bool, bool]:
    """Return whether there is an arrow head at the source, and at the target."""
    both = association.direction is Direction.BOTH
    return both, both or association.direction is Direction.ONE or association.kind in _ARROWED


def _artifact(artifact: Artifact, shape: Shape) -> str:
    bounds, look = shape.bounds, Look().painted(shape.colours)
    hint = tag("title", escaped(artifact.text)) if artifact.text else ""
    match artifact.kind:
        case ArtifactKind.NOTE:
            inside = _note(artifact.text, bounds, look)
        case ArtifactKind.GROUP:
            inside = _group(artifact.text, shape)
        case ArtifactKind.DATA_STORE:
            inside = _cylinder(bounds, look) + _title(artifact, shape)
        case _:
            inside = _sheet(artifact, bounds, look) + _title(artifact, shape)
    return tag("g", hint, inside, data_element=artifact.id)


def _note(text: str, bounds: Bounds, look: Look) -> str:
    edge = min(12.0, bounds.width / 4)
    bracket = _through(
        (bounds.x + edge, bounds.y),
        (bounds.x, bounds.y),
        (bounds.x, bounds.bottom),
        (bounds.x + edge, bounds.bottom),
    )
    words = fit(text, max(bounds.width - 10, 8.0), max(bounds.height - 4, 8.0), LABEL_TEXT)
    middle = bounds.centre.y
    lines = text_lines(words.lines, bounds.x + 7, middle, size=words.size, anchor="start")
    return tag("path", d=bracket, fill="none", stroke=look.line, stroke_width=1.3) + lines


def _group(text: str, shape: Shape) -> str:
    bounds = shape.bounds
    frame = tag(
        "rect",
        x=bounds.x,
        y=bounds.y,
        width=bounds.width,
        height=bounds.height,
        rx=9.0,
        fill="none",
        stroke=shape.colours.stroke or SOFT,
        stroke_width=1.5,
        stroke_dasharray="9 4 2 4",
    )
    words = fit(text, max(bounds.width - 12, 8.0), 28.0, LABEL_TEXT, bold=True)
    y = bounds.y + 6 + words.size * 0.6 * max(len(words.lines), 1)
    title = text_lines(
        words.lines, bounds.x + 10, y, size=words.size, anchor="start", bold=True, halo=PAPER
    )
    return frame + title


def _sheet(artifact: Artifact, bounds: Bounds, look: Look) -> str:
    fold = min(_FOLD, bounds.width / 3, bounds.height / 3)
    corner = bounds.right - fold
    outline = _through(
        (corner, bounds.y),
        (bounds.x, bounds.y),
        (bounds.x, bounds.bottom),
        (bounds.right, bounds.bottom),
        (bounds.right, bounds.y + fold),
        (corner, bounds.y),
        (corner, bounds.y + fold),
        (bounds.right, bounds.y + fold),
    )
    parts = [tag("path", d=outline, fill=look.fill, stroke=look.line, stroke_width=1.3)]
    if artifact.kind in {ArtifactKind.DATA_INPUT, ArtifactKind.DATA_OUTPUT}:
        parts.append(_arrow(bounds, look, filled=artifact.kind is ArtifactKind.DATA_OUTPUT))
    if artifact.collection:
        parts.extend(
            tag(
                "path", d=_through((x, bounds.bottom - 9), (x, bounds.bottom - 2)), stroke=look.line
            )
            for x in (bounds.centre.x - 3, bounds.centre.x, bounds.centre.x + 3)
        )
    return "".join(parts)


def _arrow(bounds: Bounds, look: Look, *, filled: bool) -> str:
    x, y = bounds.x + 4, bounds.y + 9
    points = ((x, y - 2), (x + 7, y - 2), (x + 7, y - 5), (x + 12, y), (x + 7, y + 5))
    outline = _through(*points, (x + 7, y + 2), (x, y + 2), (x, y - 2))
    return tag("path", d=outline, fill=look.line if filled else PAPER, stroke=look.line)


def _cylinder(bounds: Bounds, look: Look) -> str:
    x, width, height = bounds.x, bounds.width, bounds.height
    dip = min(height / 6, 9.0)
    half, side = number(width / 2), number(dip)

    def bow(y: float, *, up: bool = False) -> str:
        sweep = 1 if up else 0
        return f"M{number(x)} {number(y)}a{half} {side} 0 0 {sweep} {number(width)} 0"

    top, bottom = bounds.y + dip, bounds.bottom - dip
    outline = (
        f"{bow(top, up=True)}V{number(bottom)}a{half} {side} 0 0 1 {number(-width)} 0V{number(top)}"
    )
    rings = "".join(bow(top + step * dip * 0.7) for step in range(3))
    return tag("path", d=outline, fill=look.fill, stroke=look.line, stroke_width=1.3) + tag(
        "path", d=rings, fill="none", stroke=look.line, stroke_width=1.3
    )


def _title(artifact: Artifact, shape: Shape) -> str:
    """Return name and state under the shape, where the file gives no other place."""
    words = title_of(artifact)
    if not words:
        return ""
    box = title_box(artifact, shape)
    text = fit(words, box.width, max(box.height, LABEL_TEXT * LINE_HEIGHT), LABEL_TEXT)
    middle = box.centre
    return text_lines(text.lines, middle.x, middle.y, size=text.size, halo=PAPER)


def _through(*points: tuple[float, float]) -> str:
    first, *others = points
    moves: Iterable[str] = (f"L{number(x)} {number(y)}" for x, y in others)
    return f"M{number(first[0])} {number(first[1])}{''.join(moves)}"
