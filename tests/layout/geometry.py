"""An independent check of drawings: only shapes, points and the flow; none of the layout's code.

``faults`` are what no drawing of ours may have; ``blemishes`` what makes one harder to read.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from layout.boxes import along, crosses, cut, inside, shrunk, touches
from layout.scene import Scene
from tthc_flow.model.drawing import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure

Fault = tuple[str, ...]
"""The kind of a fault, then the elements it concerns."""
LONG = 20.0
"""Over how many pixels two lines must lie on each other to be taken for one."""


READABLE = frozenset(
    {"lines on each other", "lines against each other", "labels overlap", "label on a shape"}
)
"""Faults that only make a drawing hard to read; wild ones cannot always be without."""


def hard(found: list[Fault]) -> list[Fault]:
    """Return the faults that no drawing may have, however wild the flow is."""
    return [fault for fault in found if fault[0] not in READABLE]


def faults(drawing: Drawing, *procedures: Procedure) -> list[Fault]:
    """Return every fault of *drawing*, which shows *procedures* on one sheet."""
    scene = Scene.of(drawing, procedures)
    return [fault for law in LAWS for fault in law(scene)]


def blemishes(drawing: Drawing, *procedures: Procedure) -> Counter[str]:
    """Return how often lines cross, turn, and run over the names of others."""
    scene = Scene.of(drawing, procedures)
    found = Counter({"crossings": 0, "bends": 0, "line over label": 0})
    for line, _, _ in scene.lines:
        found["bends"] += max(0, len(scene.drawing.lines[line].points) - 2)
        for one in scene.spans(line):
            found["crossings"] += sum(
                cut(one, other) for name, other in scene.line_raster.near(one) if name > line
            )
            found["line over label"] += sum(
                owner != line and crosses(one, shrunk(label, 1.0))
                for owner, label in scene.label_raster.near(one)
            )
    return found


def incomplete(scene: Scene) -> Iterator[Fault]:
    """Yield what has no shape or line at all."""
    for element in scene.missing:
        yield "missing", element


def overlapping_shapes(scene: Scene) -> Iterator[Fault]:
    """Yield pairs of shapes that overlap; content lies in its frame, boundary events on hosts."""
    for one in scene.solid:
        for other, box in scene.shape_raster.near(scene.box(one)):
            if one < other and not scene.related(one, other) and crosses(scene.box(one), box):
                yield "shapes overlap", one, other


def content_outside(scene: Scene) -> Iterator[Fault]:
    """Yield nodes that stick out of their open sub-process, lane or pool."""
    for node, frames in scene.frames.items():
        for frame in frames:
            if not inside(scene.box(node), scene.box(frame)):
                yield "outside its frame", node, frame


def overlapping_frames(scene: Scene) -> Iterator[Fault]:
    """Yield lanes and pools that overlap without one being in the other, and foreign content."""
    for one, other in combinations(scene.bands, 2):
        nested = one in scene.outer[other] or other in scene.outer[one]
        if not nested and crosses(scene.box(one), scene.box(other)):
            yield "frames overlap", one, other
    for frame in scene.bands:
        for node, box in scene.shape_raster.near(scene.box(frame)):
            stranger = node in scene.top and frame not in scene.outer[node]
            if stranger and crosses(box, scene.box(frame)):
                yield "in a foreign frame", node, frame


def events_off_border(scene: Scene) -> Iterator[Fault]:
    """Yield boundary events whose middle does not lie on the border of their host."""
    for event, host in scene.hosts.items():
        if not touches(scene.box(event).centre, scene.box(host)):
            yield "off its host", event, host


def slanted(scene: Scene) -> Iterator[Fault]:
    """Yield lines that are neither flat nor upright somewhere."""
    for line, _, _ in scene.lines:
        if any(each.width > 0.5 and each.height > 0.5 for each in scene.spans(line)):
            yield "slanted", line


def loose_ends(scene: Scene) -> Iterator[Fault]:
    """Yield lines that do not end on the border of the shapes they join."""
    for line, source, target in scene.lines:
        points = scene.drawing.lines[line].points
        for point, end in ((points[0], source), (points[-1], target)):
            if end in scene.drawing.shapes and not touches(point, scene.box(end)):
                yield "loose end", line, end


def lines_through_shapes(scene: Scene) -> Iterator[Fault]:
    """Yield lines that cross a shape that is not their end and does not hold an end."""
    for line, source, target in scene.lines:
        ends = {source, target}
        holding = ends | scene.outer.get(source, set()) | scene.outer.get(target, set())
        for one in scene.spans(line):
            for other, box in scene.shape_raster.near(one):
                if other not in holding and crosses(one, box):
                    yield "through a shape", line, other
            for end in ends & set(scene.drawing.shapes):
                within = end in scene.bands or end in scene.around(ends)
                if not within and crosses(one, shrunk(scene.box(end))):
                    yield "inside its own end", line, end


def lines_through_pools(scene: Scene) -> Iterator[Fault]:
    """Yield lines that cross a pool in which neither of their ends lies."""
    for line, source, target in scene.lines:
        holding = {source, target} | scene.outer.get(source, set()) | scene.outer.get(target, set())
        for pool in scene.pools - holding:
            if any(crosses(one, scene.box(pool)) for one in scene.spans(line)):
                yield "through a pool", line, pool


def labels_in_the_way(scene: Scene) -> Iterator[Fault]:
    """Yield labels that lie on a shape that does not hold them, or on another label."""
    for owner, label in scene.labels.items():
        small = shrunk(label, 1.0)
        for node, box in scene.shape_raster.near(label):
            if node not in scene.open and node != owner and crosses(small, box):
                yield "label on a shape", owner, node
        for other, box in scene.label_raster.near(label):
            if owner < other and crosses(small, box):
                yield "labels overlap", owner, other


def lines_on_lines(scene: Scene) -> Iterator[Fault]:
    """Yield lines that run on each other, but for those that leave or enter one shape together."""
    for line, source, target in scene.lines:
        for one in scene.spans(line):
            for other, box in scene.line_raster.near(one):
                if other <= line or along(one, box) <= LONG:
                    continue
                far_source, far_target = scene.ends[other]
                if source == far_target or target == far_source:
                    if source == far_source or target == far_target:
                        continue
                    yield "lines against each other", line, other
                elif source != far_source and target != far_target:
                    yield "lines on each other", line, other


LAWS: tuple[Callable[[Scene], Iterator[Fault]], ...] = (
    incomplete,
    overlapping_shapes,
    content_outside,
    overlapping_frames,
    events_off_border,
    slanted,
    loose_ends,
    lines_through_shapes,
    lines_through_pools,
    labels_in_the_way,
    lines_on_lines,
)


def extent(drawing: Drawing) -> Bounds:
    """Return the box round all shapes."""
    boxes = [shape.bounds for shape in drawing.shapes.values()]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Bounds(
        left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top
    )
