"""Places for data, stores and notes that are not drawn yet: beside what they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.beside import wanted
from tthc_flow.layout.labels import Obstacles
from tthc_flow.layout.sizes import artifact_size, label_size, title_of
from tthc_flow.model.drawing import Bounds, Line, Shape
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.artifact import Artifact
    from tthc_flow.model.procedure import Procedure

_GAP: Final = 16.0
_TITLE_GAP: Final = 3.0


def title_box(artifact: Artifact, shape: Shape, *, fresh: bool = False) -> Bounds:
    """Return where the title of *artifact* stands: at its label, else (or if *fresh*) under it.

    Example:
        >>> from tthc_flow.model.artifact import Artifact, ArtifactKind
        >>> data = Artifact(id="d", kind=ArtifactKind.DATA_OBJECT, text="Hồ sơ")
        >>> title_box(data, Shape(bounds=Bounds(0, 0, 36, 50))).y
        53.0

    Source: usual place in BPMN editors.
    """
    if shape.label is not None and not fresh:
        return shape.label
    width, height = label_size(title_of(artifact))
    box = shape.bounds
    return Bounds(box.centre.x - width / 2, box.bottom + _TITLE_GAP, width, height)


def add_artifacts(
    procedures: Sequence[Procedure], shapes: dict[str, Shape], lines: Mapping[str, Line]
) -> None:
    """Add to *shapes* the artifacts that they do not hold yet.

    An artifact goes beside the first drawn thing that it is tied to, else under the drawing. Groups
    are left out: what belongs into one is only told by a drawing.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.artifact import Artifact, ArtifactKind
        >>> note = Artifact(id="n", kind=ArtifactKind.NOTE, text="Xem lại")
        >>> shapes = {}
        >>> add_artifacts([Procedure(flow=Flow(id="p"), artifacts=(note,))], shapes, {})
        >>> shapes["n"].bounds.height
        30.0

    Source: candidate places with costs (Christensen, Marks, Shieber 1995), greedy.
    """
    obstacles: Obstacles | None = None
    for procedure in procedures:
        for artifact in wanted(procedure, shapes):
            obstacles = obstacles or _obstacles(procedures, shapes, lines)
            host = _host(artifact, procedure, shapes, lines)
            shapes[artifact.id] = _placed(artifact, host, shapes, obstacles)


def _obstacles(
    procedures: Sequence[Procedure], shapes: Mapping[str, Shape], lines: Mapping[str, Line]
) -> Obstacles:
    frames: set[str] = set()
    for procedure in procedures:
        frames |= {node.id for node in procedure.flow.nodes if isinstance(node, SubProcess)}
        frames |= {lane.id for lane in procedure.flow.lanes}
        frames |= {pool.id for pool in procedure.pools}
    open_frames = {each for each in frames if each in shapes and shapes[each].expanded}
    obstacles = Obstacles()
    for element, shape in shapes.items():
        if element in open_frames:
            obstacles.add_border(shape.bounds)
        else:
            obstacles.add(shape.bounds, 1.0)
        if shape.label is not None:
            obstacles.add(shape.label, 1.0)
    for line in lines.values():
        obstacles.add_line(line.points, 1.0)
        if line.label is not None:
            obstacles.add(line.label, 1.0)
    return obstacles


def _host(
    artifact: Artifact, procedure: Procedure, shapes: Mapping[str, Shape], lines: Mapping[str, Line]
) -> Bounds | None:
    for each in procedure.associations:
        if artifact.id in {each.source, each.target}:
            other = each.target if each.source == artifact.id else each.source
            if other in shapes:
                return shapes[other].bounds
            if other in lines:
                points = lines[other].points
                middle = points[len(points) // 2]
                return Bounds(middle.x, middle.y, 0.0, 0.0)
    return None


def _placed(
    artifact: Artifact, host: Bounds | None, shapes: Mapping[str, Shape], obstacles: Obstacles
) -> Shape:
    size = artifact_size(artifact)
    whole = max(size.width, size.label_width)
    high = size.height + (size.label_height + _TITLE_GAP if size.label_height else 0.0)
    boxes = [shape.bounds for shape in shapes.values()]
    under = max((box.bottom for box in boxes), default=0.0) + _GAP
    left = min((box.x for box in boxes), default=0.0)
    box = next(
        place
        for place in _places(host, whole, high, left, under)
        if not obstacles.cost(place, artifact.id)
    )
    obstacles.add(box, 1.0)
    bounds = Bounds(box.centre.x - size.width / 2, box.y, size.width, size.height)
    shape = Shape(bounds=bounds)
    if size.label_height:
        shape = Shape(bounds=bounds, label=title_box(artifact, shape))
    return shape


def _places(
    host: Bounds | None, width: float, height: float, left: float, under: float
) -> Iterator[Bounds]:
    """Yield places round *host*, nearest first; then in a row under everything, without end."""
    if host is not None:
        for away in (_GAP, 2 * _GAP, 4 * _GAP):
            for x in (host.centre.x - width / 2, host.right - width, host.x, host.right + away):
                yield Bounds(x, host.y - away - height, width, height)
                yield Bounds(x, host.bottom + away, width, height)
    x = left if host is None else max(left, host.centre.x - width / 2)
    while True:
        yield Bounds(x, under, width, height)
        x += width + _GAP
