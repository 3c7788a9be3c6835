"""Where new nodes and sub-processes go in a drawing that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.layout.bands import below_lanes
from tthc_flow.layout.draft import Draft, moved, moved_box
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.scopes import host_of
from tthc_flow.layout.sizes import EVENT_SIZE, Size, label_size, node_size
from tthc_flow.layout.spots import GAP, free_spot, hits
from tthc_flow.model.drawing import Bounds, Drawing, Line, Point, Shape
from tthc_flow.model.flow import Event, Flow, Gateway, Node, SubProcess
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PAD: Final = 10.0
_FRAME_TOP: Final = 30.0
_FAR: Final = 150.0
"""How far from where it would like to stand a new node may be put."""


def add_node(draft: Draft, node: Node) -> None:
    """Place *node* (and the content of a new sub-process) at the nearest free spot.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="Ký")
        >>> draft = Draft(after=Procedure(flow=Flow(id="p", nodes=(step,))))
        >>> add_node(draft, step)
        >>> sorted(draft.shapes)
        ['a']

    Source: nearest free place beside the neighbours.
    """
    host = host_of(node, draft.after.flow)
    if host is not None and host in draft.shapes:
        _attach(draft, node, host)
        return
    content = _content(draft.after.flow, node)
    size = _size(node, content, draft)
    needed = size.height + 2 * _PAD + size.label_height
    area = _area(draft, node, needed)
    wish = _wish(draft, node, size, area)
    whole = (size.width, size.height + size.label_height)
    corner = free_spot(whole, wish, area, _taken(draft, node))
    if node.scope is None and (abs(corner.x - wish.x) > _FAR or abs(corner.y - wish.y) > _FAR):
        # Nearer than that there is no room: what lies right of the wish makes some.
        draft.push(wish.x - GAP, size.width + 2 * GAP)
        corner = free_spot(whole, wish, area, _taken(draft, node))
    bounds = Bounds(corner.x, corner.y, size.width, size.height)
    _make_way(draft, node, bounds.right)
    if node.scope is not None and node.scope in draft.shapes:
        end = draft.bounds(node.scope).right
        draft.push(end, bounds.right + _PAD - end)
    label = None
    if size.label_height and isinstance(node, Event | Gateway):
        x = bounds.centre.x - size.label_width / 2
        label = Bounds(x, bounds.bottom + 4, size.label_width, size.label_height)
    expanded = bool(content.shapes) or not isinstance(node, SubProcess)
    draft.shapes[node.id] = Shape(bounds=bounds, label=label, expanded=expanded)
    draft.fresh.add(node.id)
    _pour(draft, content, Point(corner.x + _PAD, corner.y + _FRAME_TOP))


def _make_way(draft: Draft, node: Node, right: float) -> None:
    """Push what follows *node* to the right where it would stand left of the end of *node*."""
    flow = draft.after.flow
    sources = _placed(draft, (edge.source for edge in flow.incoming.get(node.id, ())))
    targets = _placed(draft, (edge.target for edge in flow.outgoing.get(node.id, ())))
    before = max((box.right for box in sources), default=None)
    behind = [box.x for box in targets if before is not None and box.x > before]
    if node.scope is None and behind:
        draft.push(min(behind), right + GAP + 10 - min(behind))


def _attach(draft: Draft, node: Node, host: str) -> None:
    """Put a boundary event on the border of *host*: below from the right, else above."""
    flow = draft.after.flow
    outer = {host, flow.by_id[host].scope}
    taken = [
        draft.bounds(each.id)
        for each in flow.nodes
        if each.id in draft.shapes and each.id not in outer
    ]
    scope = flow.by_id[host].scope
    frame = draft.bounds(scope) if scope is not None and scope in draft.shapes else None
    places = tuple(_border_places(draft.bounds(host)))
    fits = (
        box
        for box in places
        if not hits(box, taken, gap=2.0) and (frame is None or _holds(frame, box))
    )
    bounds = next(fits, places[0])
    width, height = label_size(node.name, 60.0)
    y = bounds.bottom - 12 if bounds.y > draft.bounds(host).y else bounds.y + 12 - height
    label = Bounds(bounds.x - width - 2, y, width, height) if height else None
    draft.shapes[node.id] = Shape(bounds=bounds, label=label)
    draft.fresh.add(node.id)


def _border_places(host: Bounds) -> Iterator[Bounds]:
    for y in (host.bottom, host.y):
        x = host.right - 12 - EVENT_SIZE
        while x >= host.x:
            yield Bounds(x, y - EVENT_SIZE / 2, EVENT_SIZE, EVENT_SIZE)
            x -= EVENT_SIZE + 8
    yield Bounds(host.x, host.bottom - EVENT_SIZE / 2, EVENT_SIZE, EVENT_SIZE)


def _holds(frame: Bounds, box: Bounds) -> bool:
    return box.y >= frame.y and box.bottom <= frame.bottom


def _content(flow: Flow, node: Node) -> Drawing:
    """Return what lies inside a new sub-process, drawn for itself."""
    if not isinstance(node, SubProcess):
        return Drawing()
    inside = {node.id}
    nodes: list[Node] = []
    grown = True
    while grown:
        grown = False
        for each in flow.nodes:
            if each.scope in inside and each.id not in inside:
                inside.add(each.id)
                nodes.append(evolve(each, scope=None) if each.scope == node.id else each)
                grown = True
    ids = {each.id for each in nodes}
    edges = tuple(edge for edge in flow.edges if edge.source in ids and edge.target in ids)
    return lay_out(Procedure(flow=Flow(id=node.id, nodes=tuple(nodes), edges=edges)))


def _size(node: Node, content: Drawing, draft: Draft) -> Size:
    hosted = sum(host_of(each, draft.after.flow) == node.id for each in draft.after.flow.nodes)
    size = node_size(node, hosted)
    if not content.shapes:
        return size
    boxes = _boxes(content)
    width = max(box.right for box in boxes) - min(box.x for box in boxes) + 2 * _PAD
    height = max(box.bottom for box in boxes) - min(box.y for box in boxes) + _FRAME_TOP + _PAD
    return Size(width=max(width, size.width), height=max(height, size.height))


def _boxes(drawing: Drawing) -> list[Bounds]:
    boxes = [shape.bounds for shape in drawing.shapes.values()]
    boxes += [shape.label for shape in drawing.shapes.values() if shape.label]
    boxes += [line.label for line in drawing.lines.values() if line.label]
    boxes += [
        Bounds(each.x, each.y, 0, 0) for line in drawing.lines.values() for each in line.points
    ]
    return boxes


def _pour(draft: Draft, content: Drawing, corner: Point) -> None:
    """Copy *content* into the sheet, its upper left at *corner*."""
    boxes = _boxes(content)
    if not boxes:
        return
    dx, dy = corner.x - min(box.x for box in boxes), corner.y - min(box.y for box in boxes)
    for element, shape in content.shapes.items():
        draft.shapes[element] = moved(shape, dx, dy)
        draft.fresh.add(element)
    for element, line in content.lines.items():
        points = tuple(Point(each.x + dx, each.y + dy) for each in line.points)
        label = line.label and moved_box(line.label, dx, dy)
        draft.lines[element] = Line(points=points, label=label)


def _area(draft: Draft, node: Node, needed: float) -> Bounds:
    """Return where *node* may stand: its frame, lane or pool, made taller if it is too low."""
    if node.scope is not None and node.scope in draft.shapes:
        box = _tall_enough(draft, node.scope, needed)
        top = box.y + _FRAME_TOP
        return Bounds(box.x + _PAD, top, box.width - _PAD, box.bottom - _PAD - top)
    lanes = [lane.id for lane in draft.after.flow.lanes if lane.id in draft.shapes]
    pool = next((key for key in draft.own_pools() if key in draft.shapes), None)
    if node.lane is not None and node.lane in lanes:
        box = _tall_enough(draft, node.lane, needed)
    elif lanes:
        box = below_lanes(draft, needed)
    elif pool is not None:
        box = _tall_enough(draft, pool, needed)
    else:
        return _around_all(draft, needed)
    left = box.x + _first_x(draft, box)
    return Bounds(left, box.y + _PAD, box.right - left, box.height - 2 * _PAD)


def _tall_enough(draft: Draft, frame: str, needed: float) -> Bounds:
    box = draft.bounds(frame)
    if box.height < needed:
        draft.shift(box.bottom, needed - box.height)
    return draft.bounds(frame)


def _around_all(draft: Draft, needed: float) -> Bounds:
    boxes = [draft.bounds(each.id) for each in draft.after.flow.nodes if each.id in draft.shapes]
    if not boxes:
        return Bounds(0.0, 0.0, _PAD, needed)
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Bounds(left, top, right - left, max(bottom - top, needed))


def _first_x(draft: Draft, lane: Bounds) -> float:
    """Return how far from the lane's left end the first node of any lane stands."""
    nodes = [draft.bounds(each.id).x for each in draft.after.flow.nodes if each.id in draft.shapes]
    return max(min(nodes, default=lane.x + 44.0) - lane.x, 34.0)


def _taken(draft: Draft, node: Node) -> list[Bounds]:
    """Return what must not be covered: nodes beside *node* and labels."""
    flow = draft.after.flow
    outer: set[str | None] = {node.scope}
    here = node.scope
    while here is not None and here in flow.by_id and flow.by_id[here].scope not in outer:
        here = flow.by_id[here].scope
        outer.add(here)
    boxes = [
        shape.bounds
        for element, shape in draft.shapes.items()
        if element not in outer and not draft.is_band(element)
    ]
    boxes += [shape.label for shape in draft.shapes.values() if shape.label is not None]
    boxes += [line.label for line in draft.lines.values() if line.label is not None]
    return boxes


def _wish(draft: Draft, node: Node, size: Size, area: Bounds) -> Point:
    """Return the upper left corner *node* would like: right of what leads to it, on its height."""
    flow = draft.after.flow
    sources = _placed(draft, (edge.source for edge in flow.incoming.get(node.id, ())))
    targets = _placed(draft, (edge.target for edge in flow.outgoing.get(node.id, ())))
    if node.id in draft.old:
        x, y = draft.old[node.id].x, area.centre.y
    elif sources:
        x = max(box.right for box in sources) + GAP + 10
        y = sources[0].centre.y
    elif targets:
        x = min(box.x for box in targets) - GAP - 10 - size.width
        y = targets[0].centre.y
    else:
        x, y = area.x, area.centre.y
    if not area.y <= y <= area.bottom:
        y = area.centre.y
    return Point(
        max(x, area.x),
        min(max(y - size.height / 2, area.y), max(area.y, area.bottom - size.height)),
    )


def _placed(draft: Draft, nodes: Iterable[str]) -> list[Bounds]:
    return [draft.bounds(each) for each in nodes if each in draft.shapes]
