"""A drawing from nothing: pools, lanes, ranks from left to right, lines in channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.layout.artifacts import add_artifacts
from tthc_flow.layout.beside import set_beside
from tthc_flow.layout.choose import chosen, traffic_of
from tthc_flow.layout.extents import Plan
from tthc_flow.layout.frames import framed, lane_height
from tthc_flow.layout.labels import edge_labels
from tthc_flow.layout.letters import Letters
from tthc_flow.layout.messages import Post, post_of
from tthc_flow.layout.place import Placed, placed, tidy
from tthc_flow.layout.ranks import ranked
from tthc_flow.layout.routes import Side
from tthc_flow.layout.rows import Storey, gridded, storeys
from tthc_flow.layout.scopes import Sheet, sheets
from tthc_flow.layout.sizes import Size, artifact_size, node_size, peopled
from tthc_flow.layout.strays import add_strays
from tthc_flow.layout.ties import ties_chosen
from tthc_flow.layout.towers import Tower, messages_of, towers
from tthc_flow.layout.tracks import assign_tracks
from tthc_flow.model.artifact import Artifact
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Node, SubProcess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tthc_flow.layout.frames import Frames
    from tthc_flow.layout.routes import Traffic
    from tthc_flow.layout.rows import Band
    from tthc_flow.model.procedure import Procedure

_CONTENT_TOP: Final = 26.0
_CONTENT_SIDE: Final = 8.0
_CONTENT_BOTTOM: Final = 12.0


@define(kw_only=True)
class _Work:
    """All sheets of all processes while they are drawn, the innermost first."""

    towers: tuple[Tower, ...]
    cut: list[tuple[Tower, Sheet]] = field(factory=list)
    post: Post = field(factory=Post)
    counts: dict[str, int] = field(factory=dict)
    inner: dict[str, Placed] = field(factory=dict)


@define(kw_only=True)
class _Result:
    shapes: dict[str, Bounds] = field(factory=dict)
    labels: dict[str, Bounds] = field(factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(factory=dict)
    exits: dict[tuple[str, int], list[Point]] = field(factory=dict)


def lay_out(*procedures: Procedure) -> Drawing:
    """Return a new drawing of *procedures* on one sheet: the same for the same procedures.

    Lanes are bands, nodes stand in columns by their longest way from the start, lines run along
    free cells or in channels between them; no shape overlaps another and no line crosses an
    unrelated shape. Sub-processes with content are drawn open. Time grows about linearly.

    Args:
        procedures: Any procedures, such as all those of a file; they need not be sound. Pools of
            a process that is not among them are drawn closed.

    Returns:
        Shapes of pools, lanes, nodes and artifacts, lines of sequence and message flows and
        associations, label boxes.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> drawing = lay_out(Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="Ký"),))))
        >>> drawing.shapes["a"].bounds.width
        110.0

    Source: layered drawing (Sugiyama, Tagawa, Toda 1981) with channel routing.
    """
    work = _cut(procedures)
    for _, sheet in work.cut:
        if sheet.scope is not None:
            work.inner[sheet.scope] = _drawn_inside(sheet, work)
    top = _drawn_together(work)
    frames = framed(work.towers, top)
    result = _Result()
    _unfold(top, work.inner, Point(frames.x, frames.y), result)
    _join(work.post, result)
    return _drawing(procedures, frames, result)


def _cut(procedures: Sequence[Procedure]) -> _Work:
    work = _Work(towers=towers(procedures))
    home: dict[str, str | None] = {}
    hosts: set[str] = set()
    drawn: set[str] = set()
    for tower in work.towers:
        if tower.procedure is None:
            continue
        found = sheets(tower.procedure.flow)
        set_beside(tower.procedure, found, drawn)
        for sheet in found:
            drawn |= {each.id for each in sheet.beside}
            events = [event for each in sheet.boundary.values() for event in each]
            home |= {node.id: sheet.scope for node in (*sheet.nodes, *events)}
            hosts |= set(sheet.boundary)
            work.cut.append((tower, sheet))
    work.post = post_of(work.towers, messages_of(procedures), home, hosts)
    work.counts = work.post.count()
    return work


def _drawn_inside(sheet: Sheet, work: _Work) -> Placed:
    """Return the coordinates of the content of a sub-process."""
    ranks = ranked(sheet)
    floor = Storey()
    grid = gridded(sheet, ranks, [floor], {node.id: floor for node in sheet.nodes})
    traffic = traffic_of(sheet, grid)
    letters = _letters(sheet, work, traffic)
    routes = chosen(sheet, ranks, traffic)
    routes += letters.exits(work.post.exits.get(sheet.scope or "", ()))
    routes += ties_chosen(sheet, traffic)
    tracks = assign_tracks(routes, grid)
    return placed(Plan(sheet=sheet, grid=grid, routes=routes, tracks=tracks, sizes=letters.sizes))


def _drawn_together(work: _Work) -> Placed:
    """Return the coordinates of what lies in no sub-process, all processes on one grid."""
    sheet = Sheet(scope=None)
    floors: list[Storey] = []
    home: dict[str, Storey] = {}
    least: dict[str, float] = {}
    for tower in work.towers:
        if tower.procedure is None:
            floors.append(Storey(owner=tower.owner, closed=True))
            continue
        own = next(each for at, each in work.cut if at is tower and each.scope is None)
        sheet.add(own)
        lanes = tower.procedure.flow.lanes
        here = storeys(tower.owner, lanes, (node.lane for node in own.nodes))
        by_lane = {storey.lane: storey for storey in here}
        for node in own.nodes:
            home[node.id] = by_lane.get(node.lane) or by_lane[None]
        floors += here
        least |= {lane.id: lane_height(lane.name) for lane in lanes}
    ranks = ranked(sheet, work.post.pulls())
    grid = gridded(sheet, ranks, floors or [Storey()], home)
    traffic = traffic_of(sheet, grid)
    letters = _letters(sheet, work, traffic)
    letters.rows = _rows(work, grid.bands)
    routes = chosen(sheet, ranks, traffic)
    routes += letters.between(work.post)
    routes += ties_chosen(sheet, traffic)
    tracks = assign_tracks(routes, grid)
    plan = Plan(
        sheet=sheet, grid=grid, routes=routes, tracks=tracks, sizes=letters.sizes, least=least
    )
    owners = {tower.pool.id: tower.owner for tower in work.towers if tower.pool is not None}
    return placed(plan, owners)


def _letters(sheet: Sheet, work: _Work, traffic: Traffic) -> Letters:
    """Return what messages on *sheet* need: sizes, and where those from inside come out."""
    leave_at: dict[tuple[str, int], tuple[Side, float]] = {}
    for node in sheet.nodes:
        for each in work.post.exits.get(node.id, ()):
            inner = work.inner[node.id]
            x = inner.exits[each.id, each.part][-1].x - inner.width / 2
            leave_at[each.id, each.part] = (Side.TOP if each.up else Side.BOTTOM, x)
    sizes = {item.id: _size(item, sheet, work) for item in sheet.items}
    return Letters(traffic=traffic, sizes=sizes, hosts=sheet.boundary, leave_at=leave_at)


def _size(item: Node | Artifact, sheet: Sheet, work: _Work) -> Size:
    if isinstance(item, Artifact):
        return artifact_size(item)
    events, messages = len(sheet.boundary.get(item.id, ())), work.counts.get(item.id, 0)
    content = work.inner.get(item.id)
    if content is None or not content.shapes:
        return node_size(item, events, messages)
    framed_size = Size(
        width=max(
            node_size(SubProcess(id="", name=item.name)).width + _CONTENT_SIDE,
            content.width + 2 * _CONTENT_SIDE,
        ),
        height=content.height + _CONTENT_TOP + _CONTENT_BOTTOM,
    )
    return peopled(framed_size, events, messages)


def _rows(work: _Work, bands: Sequence[Band]) -> list[tuple[int, int]]:
    """Return the first and last row of every tower."""
    spans: dict[str, tuple[int, int]] = {}
    for band in bands:
        first, _ = spans.get(band.storey.owner, (band.first, 0))
        spans[band.storey.owner] = (first, band.first + band.count - 1)
    return [spans[tower.owner] for tower in work.towers]


def _unfold(top: Placed, inner: Mapping[str, Placed], corner: Point, result: _Result) -> None:
    """Move every sheet to its place, the frames before their content."""
    waiting = [(top, corner)]
    while waiting:
        sheet, origin = waiting.pop()
        for node, bounds in sheet.shapes.items():
            result.shapes[node] = _moved(bounds, origin)
            if node in inner and inner[node].shapes:
                frame = result.shapes[node]
                spare = (frame.width - inner[node].width) / 2
                waiting.append((inner[node], Point(frame.x + spare, frame.y + _CONTENT_TOP)))
        for node, bounds in sheet.labels.items():
            result.labels[node] = _moved(bounds, origin)
        for line, points in sheet.lines.items():
            result.lines[line] = tuple(_shifted(points, origin))
        for end, points in sheet.exits.items():
            result.exits[end] = [*_shifted(points, origin), *result.exits.get(end, ())]


def _moved(bounds: Bounds, by: Point) -> Bounds:
    return Bounds(bounds.x + by.x, bounds.y + by.y, bounds.width, bounds.height)


def _shifted(points: Iterable[Point], by: Point) -> Iterator[Point]:
    return (Point(each.x + by.x, each.y + by.y) for each in points)


def _join(post: Post, result: _Result) -> None:
    """Join the parts of messages that come out of sub-processes."""
    for message, _, _ in post.ends:
        out, into = (result.exits.get((message.id, part), []) for part in (0, 1))
        if out or into:
            result.lines[message.id] = tidy([*out, *result.lines[message.id], *into[::-1]])


def _drawing(procedures: Sequence[Procedure], frames: Frames, result: _Result) -> Drawing:
    nodes = [node for each in procedures for node in each.flow.nodes]
    names = {edge.id: edge.name for each in procedures for edge in each.flow.edges if edge.name}
    names |= {each.id: each.name for each in messages_of(procedures) if each.name}
    holes = {node.id for node in nodes if isinstance(node, SubProcess)}
    filled = {node.scope for node in nodes} & holes
    solid = [bounds for node, bounds in result.shapes.items() if node not in filled]
    solid += [shape.bounds for shape in frames.shapes.values() if not shape.expanded]
    borders = [shape.bounds for shape in frames.shapes.values() if shape.expanded]
    labels = edge_labels(names, result.lines, solid, result.labels.values(), borders=borders)
    shapes = dict(frames.shapes)
    for node, bounds in result.shapes.items():
        expanded = node in filled or node not in holes
        shapes[node] = Shape(bounds=bounds, label=result.labels.get(node), expanded=expanded)
    lines = {
        line: Line(points=points, label=labels.get(line)) for line, points in result.lines.items()
    }
    add_artifacts(procedures, shapes, lines)
    add_strays(procedures, shapes, lines)
    return Drawing(shapes=shapes, lines=lines)
