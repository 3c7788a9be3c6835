"""Places for data, stores and notes that are not drawn yet: beside what they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.around import Field, line_around
from tthc_flow.layout.labels import Obstacles
from tthc_flow.layout.scopes import host_of
from tthc_flow.layout.sizes import LABEL_TEXT, Size, label_size
from tthc_flow.layout.text import LINE_HEIGHT, widest, wrap
from tthc_flow.model.artifact import Artifact, ArtifactKind
from tthc_flow.model.drawing import Bounds, Line, Shape
from tthc_flow.model.flow import SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure

_NOTE_WIDTH: Final = 140.0
_GAP: Final = 16.0
_SHEET: Final = (36.0, 50.0)
_STORE: Final = (50.0, 50.0)
_TITLE_GAP: Final = 3.0


def title_of(artifact: Artifact) -> str:
    """Return what is written under *artifact*: its name, and in brackets its state.

    Example:
        >>> title_of(Artifact(id="d", kind=ArtifactKind.DATA_OBJECT, text="Hồ sơ", state="đủ"))
        'Hồ sơ [đủ]'

    Source: BPMN 2.0.2, 10.4.1 (data state).
    """
    state = f" [{artifact.state}]" if artifact.state else ""
    return f"{artifact.text}{state}".strip()


def title_box(artifact: Artifact, shape: Shape, *, fresh: bool = False) -> Bounds:
    """Return where the title of *artifact* stands: at its label, else (or if *fresh*) under it.

    Example:
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


def add_artifacts(procedure: Procedure, shapes: dict[str, Shape], lines: dict[str, Line]) -> None:
    """Add to *shapes* and *lines* the artifacts and associations that they do not hold yet.

    An artifact goes beside the first drawn thing that it is tied to, else under the drawing. Groups
    are left out: what belongs into one is only told by a drawing.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> note = Artifact(id="n", kind=ArtifactKind.NOTE, text="Xem lại")
        >>> shapes = {}
        >>> add_artifacts(Procedure(flow=Flow(id="p"), artifacts=(note,)), shapes, {})
        >>> shapes["n"].bounds.height
        30.0

    Source: candidate places with costs (Christensen, Marks, Shieber 1995), greedy.
    """
    missing = [each for each in procedure.artifacts if _wanted(each, procedure, shapes)]
    if missing:
        obstacles = _obstacles(procedure, shapes, lines)
        for artifact in missing:
            host = _host(artifact, procedure, shapes, lines)
            shapes[artifact.id] = _placed(artifact, host, shapes, obstacles)
    _add_lines(procedure, shapes, lines)


def _wanted(artifact: Artifact, procedure: Procedure, shapes: dict[str, Shape]) -> bool:
    if artifact.id in shapes or artifact.kind is ArtifactKind.GROUP:
        return False
    ties = {end for each in procedure.associations for end in (each.source, each.target)}
    # A data object is drawn by its references.
    return artifact.kind is not ArtifactKind.DATA_OBJECT or artifact.id in ties


def _size(artifact: Artifact) -> Size:
    if artifact.kind is ArtifactKind.NOTE:
        rows = wrap(artifact.text, _NOTE_WIDTH - 12, LABEL_TEXT)
        height = max(30.0, len(rows) * LABEL_TEXT * LINE_HEIGHT + 8)
        return Size(width=max(60.0, widest(rows, LABEL_TEXT) + 16), height=height)
    width, height = _STORE if artifact.kind is ArtifactKind.DATA_STORE else _SHEET
    label = label_size(title_of(artifact))
    return Size(width=width, height=height, label_width=label[0], label_height=label[1])


def _obstacles(procedure: Procedure, shapes: dict[str, Shape], lines: dict[str, Line]) -> Obstacles:
    frames = {node.id for node in procedure.flow.nodes if isinstance(node, SubProcess)}
    frames |= {lane.id for lane in procedure.flow.lanes} | {pool.id for pool in procedure.pools}
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
    artifact: Artifact, procedure: Procedure, shapes: dict[str, Shape], lines: dict[str, Line]
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
    artifact: Artifact, host: Bounds | None, shapes: dict[str, Shape], obstacles: Obstacles
) -> Shape:
    size = _size(artifact)
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


def _add_lines(procedure: Procedure, shapes: dict[str, Shape], lines: dict[str, Line]) -> None:
    flow = procedure.flow
    beside = {each.id for each in procedure.artifacts}
    area = Field(labels=[shape.label for shape in shapes.values() if shape.label is not None])
    for line in lines.values():
        area.add_line(line.points)
    for each in procedure.associations:
        ends = (each.source, each.target)
        if each.id in lines or any(end not in shapes for end in ends):
            continue
        around = set(ends)
        for end in ends:
            here = flow.by_id.get(end)
            while here is not None:
                outer = host_of(here, flow) or here.scope
                here = None if outer is None or outer in around else flow.by_id.get(outer)
                around.add(outer or "")
        solid = [
            shapes[node].bounds
            for node in (*flow.by_id, *beside)
            if node in shapes and node not in around and not _inside(node, ends, procedure)
        ]
        area.boxes = solid
        points = line_around(shapes[ends[0]].bounds, shapes[ends[1]].bounds, area)
        area.add_line(points)
        lines[each.id] = Line(points=points)


def _inside(node: str, ends: tuple[str, str], procedure: Procedure) -> bool:
    """Return whether *node* lies in or on an end, which is solid as a whole."""
    known = procedure.flow.by_id.get(node)
    return known is not None and (known.scope in ends or host_of(known, procedure.flow) in ends)
