"""Places for the names that stand outside their shapes, and for those of lines.

What the file places stays where it is and grows where it is too small; the rest goes where least
is hit.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.layout.artifacts import title_box
from tthc_flow.layout.labels import Obstacles
from tthc_flow.layout.sizes import EDGE_LABEL_WIDTH, LABEL_TEXT, label_size, title_of
from tthc_flow.layout.text import LINE_HEIGHT, text_width
from tthc_flow.model.artifact import ArtifactKind
from tthc_flow.model.drawing import Bounds, Drawing, Line
from tthc_flow.model.flow import Event, Gateway, SubProcess
from tthc_flow.picture.backdrop import message_flows
from tthc_flow.picture.fitting import fit
from tthc_flow.picture.icons import ENVELOPE_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.drawing import Point, Shape
    from tthc_flow.model.notation import Notation
    from tthc_flow.model.procedure import Procedure

_SHAPE: Final = 1000.0
_LABEL: Final = 400.0
_LINE: Final = 60.0
_AWAY: Final = 2.0
_GAP: Final = 4.0
_WIDER: Final = 1.3
_TOLERANCE: Final = 8.0
_MOST_LINES: Final = 6
_MOST_LEGS: Final = 8
_LONGEST: Final = 400.0
"""Labels are cut rather than placed where they would be longer than this."""
_UNTITLED: Final = frozenset((ArtifactKind.NOTE, ArtifactKind.GROUP))


def with_labels(
    procedures: tuple[Procedure, ...], drawing: Drawing, notation: Mapping[str, Notation]
) -> Drawing:
    """Return *drawing* with a box for every name outside a shape and on a line.

    Example:
        >>> with_labels((), Drawing(), {}) == Drawing()
        True

    Source: candidate positions with costs (Christensen, Marks, Shieber 1995), greedy.
    """
    shapes = dict(drawing.shapes)
    lines = dict(drawing.lines)
    for one in procedures:
        for artifact in one.artifacts:
            if artifact.id in shapes and artifact.kind not in _UNTITLED:
                shape = shapes[artifact.id]
                box = title_box(artifact, shape)
                shapes[artifact.id] = evolve(
                    shape, label=_grown(title_of(artifact), box, shape.bounds)
                )
    solid = _solid(procedures, shapes)
    outer = _outer_names(procedures, shapes, notation)
    missing = [each for each in outer if shapes[each].label is None]
    for element in outer:
        label = shapes[element].label
        if label is not None:
            grown = _grown(outer[element], label, shapes[element].bounds)
            shapes[element] = evolve(shapes[element], label=grown)
    _widen(outer, drawing.shapes, shapes, solid)
    named = {element: name for element, name in _line_names(procedures).items() if element in lines}
    unplaced = [element for element in named if lines[element].label is None]
    if missing or unplaced:
        obstacles = _obstacles(shapes, lines, solid)
        for element in missing:
            shape = shapes[element]
            places = tuple(_places(shape.bounds, *label_size(outer[element])))
            shapes[element] = evolve(shape, label=_cheapest(places, obstacles, element))
        for element in unplaced:
            signs = notation.get(element)
            clear = ENVELOPE_SIZE if signs is not None and signs.envelope else 0.0
            box = _on_line(named[element], lines[element], obstacles, clear)
            lines[element] = evolve(lines[element], label=box)
    return evolve(drawing, shapes=shapes, lines=lines)


def _outer_names(
    procedures: tuple[Procedure, ...],
    shapes: Mapping[str, Shape],
    notation: Mapping[str, Notation],
) -> dict[str, str]:
    """Return the names of events, gateways and of what no procedure holds but is as small."""
    names = {
        node.id: node.name
        for one in procedures
        for node in one.flow.nodes
        if isinstance(node, Event | Gateway)
    }
    names |= {
        element: signs.name
        for element, signs in notation.items()
        if signs.kind.endswith(("Event", "Gateway", "onversation"))
    }
    return {element: name for element, name in names.items() if name.strip() and element in shapes}


def _line_names(procedures: tuple[Procedure, ...]) -> dict[str, str]:
    names = {each.id: each.name for each in message_flows(procedures)}
    for one in procedures:
        names |= {each.id: each.name for each in (*one.flow.edges, *one.links)}
    return {line: name for line, name in names.items() if name.strip()}


def _grown(name: str, box: Bounds, shape: Bounds, share: float = 1.0) -> Bounds:
    """Return *box* as wide and high as *name* needs: it grows away from its shape."""
    longest = max((text_width(word, LABEL_TEXT) for word in name.split()), default=0.0)
    width = (max(box.width, min(longest, label_size(name)[0])) + 1) * share
    high = max(box.height, _MOST_LINES * LABEL_TEXT * LINE_HEIGHT + 1)
    text = fit(name, width, high, LABEL_TEXT)
    height = max(box.height, len(text.lines) * text.size * LINE_HEIGHT)
    x, middle = box.centre.x - width / 2, box.centre.y
    if middle <= shape.y:
        return Bounds(x, min(box.bottom, shape.y) - height, width, height)
    if middle >= shape.bottom:
        return Bounds(x, max(box.y, shape.bottom), width, height)
    return Bounds(x, middle - height / 2, width, height)


def _widen(
    names: Mapping[str, str],
    given: Mapping[str, Shape],
    shapes: dict[str, Shape],
    solid: set[str],
) -> None:
    """Give labels that had to grow a little more width where that saves a line and hits nothing.

    Most tools measure with narrower letters than ours, so their boxes are a little too narrow.
    """
    wanted: dict[str, Bounds] = {}
    for element, name in names.items():
        label, grown = given[element].label, shapes[element].label
        if label is None or grown is None or grown.height <= label.height + _TOLERANCE:
            continue
        wide = _grown(name, label, shapes[element].bounds, _WIDER)
        if wide.height < grown.height:
            wanted[element] = wide
    if not wanted:
        return
    obstacles = Obstacles()
    for element, shape in shapes.items():
        if element in solid:
            obstacles.add(shape.bounds, _SHAPE, element)
        else:
            obstacles.add_border(shape.bounds)
        if shape.label is not None:
            obstacles.add(shape.label, _LABEL, element)
    for element, wide in wanted.items():
        if not obstacles.cost(wide, element):
            shapes[element] = evolve(shapes[element], label=wide)
            obstacles.add(wide, _LABEL, element)


def _solid(procedures: tuple[Procedure, ...], shapes: Mapping[str, Shape]) -> set[str]:
    nodes = (node for one in procedures for node in one.flow.nodes if node.id in shapes)
    solid = {
        node.id
        for node in nodes
        if not isinstance(node, SubProcess) or not shapes[node.id].expanded
    }
    beside = (each for one in procedures for each in one.artifacts)
    return solid | {each.id for each in beside if each.kind is not ArtifactKind.GROUP}


def _obstacles(
    shapes: Mapping[str, Shape], lines: Mapping[str, Line], solid: set[str]
) -> Obstacles:
    obstacles = Obstacles()
    for element, shape in shapes.items():
        if element in solid:
            obstacles.add(shape.bounds, _SHAPE, element)
        if shape.label is not None:
            obstacles.add(shape.label, _LABEL)
    for line in lines.values():
        if line.label is not None:
            obstacles.add(line.label, _LABEL)
        obstacles.add_line(line.points, _LINE)
    return obstacles


def _cheapest(places: tuple[Bounds, ...], obstacles: Obstacles, owner: str = "") -> Bounds:
    ranked = enumerate(places)
    best = min(ranked, key=lambda each: obstacles.cost(each[1], owner) + each[0] * _AWAY)[1]
    obstacles.add(best, _LABEL)
    return best


def _places(shape: Bounds, width: float, height: float) -> Iterator[Bounds]:
    height = min(height, _LONGEST)
    left, right = shape.centre.x - _GAP - width, shape.centre.x + _GAP
    yield Bounds(shape.centre.x - width / 2, shape.bottom + _GAP, width, height)
    yield Bounds(shape.centre.x - width / 2, shape.y - _GAP - height, width, height)
    yield Bounds(right + shape.width / 4, shape.bottom - 2, width, height)
    yield Bounds(left - shape.width / 4, shape.bottom - 2, width, height)
    yield Bounds(right + shape.width / 4, shape.y + 2 - height, width, height)
    yield Bounds(left - shape.width / 4, shape.y + 2 - height, width, height)


def _on_line(name: str, line: Line, obstacles: Obstacles, clear: float) -> Bounds:
    width, height = label_size(name, EDGE_LABEL_WIDTH)
    places = tuple(_beside(line.points, width, min(height, _LONGEST), clear))
    return _cheapest(places, obstacles)


def _beside(
    points: tuple[Point, ...], width: float, height: float, clear: float
) -> Iterator[Bounds]:
    """Yield boxes beside the stretches of a line: its middle one first, then outwards."""
    middle = (len(points) - 2) / 2
    ranked = sorted(enumerate(pairwise(points)), key=lambda each: abs(each[0] - middle))
    legs = [leg for _, leg in ranked[:_MOST_LEGS]]
    for share in (0.5, 0.25, 0.75):
        for one, other in legs:
            x = one.x + (other.x - one.x) * share
            y = one.y + (other.y - one.y) * share
            if abs(one.x - other.x) >= abs(one.y - other.y):
                yield Bounds(x - width / 2, y - height - 3 - clear, width, height)
                yield Bounds(x - width / 2, y + 3 + clear, width, height)
            else:
                yield Bounds(x + 4 + clear, y - height / 2, width, height)
                yield Bounds(x - 4 - clear - width, y - height / 2, width, height)
