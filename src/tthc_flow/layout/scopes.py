"""A flow cut into sheets: the process and each sub-process, contents before their frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.model.flow import Event, EventPosition, SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow, Node, SequenceFlow


@define(kw_only=True)
class Arc:
    """A sequence flow as the layout sees it: a boundary event's flow starts at the host."""

    edge: SequenceFlow
    source: str
    target: str
    boundary: str | None = None


@define(kw_only=True)
class Sheet:
    """What stands side by side in one scope: nodes without boundary events, and their arcs."""

    scope: str | None
    nodes: list[Node] = field(factory=list)
    arcs: list[Arc] = field(factory=list)
    boundary: dict[str, list[Event]] = field(factory=dict)


def host_of(node: Node, flow: Flow) -> str | None:
    """Return the id of the node that *node* is drawn on the border of, if any.

    A damaged file may attach an event to the sub-process it lies in: that is no border of its own.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="a")
        >>> host_of(late, Flow(id="p", nodes=(late,))) is None
        True

    Source: BPMN 2.0.2, 10.5.4 (boundary events).
    """
    if isinstance(node, Event) and node.position is EventPosition.BOUNDARY:
        host = flow.by_id.get(node.attached_to or "")
        if host is not None and host.id != node.id and host.scope == node.scope:
            return host.id
    return None


def sheets(flow: Flow) -> tuple[Sheet, ...]:
    """Return the scopes of *flow*, the innermost first, the process itself last.

    A scope that names no sub-process of the flow, or one inside itself, counts as the process.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> [sheet.scope for sheet in sheets(Flow(id="p", nodes=(SubProcess(id="s"),)))]
        ['s', None]

    Source: order of nesting depth.
    """
    depth, circles = _depths(flow)
    found: dict[str | None, Sheet] = {scope: Sheet(scope=scope) for scope in depth}
    home: dict[str, str | None] = {}
    for node in flow.nodes:
        scope = node.scope if node.scope in depth and node.id not in circles else None
        host = host_of(node, flow)
        home[node.id] = scope
        if host is not None and isinstance(node, Event):
            found[scope].boundary.setdefault(host, []).append(node)
        else:
            found[scope].nodes.append(node)
    for edge in flow.edges:
        _add_arc(edge, flow, home, found)
    return tuple(found[scope] for scope in sorted(depth, key=lambda each: -depth[each]))


def _add_arc(
    edge: SequenceFlow, flow: Flow, home: dict[str, str | None], found: dict[str | None, Sheet]
) -> None:
    if edge.source not in home or edge.target not in home:
        return
    host = host_of(flow.by_id[edge.source], flow)
    target = host_of(flow.by_id[edge.target], flow) or edge.target
    source = host or edge.source
    scope = home[source]
    if home[target] == scope:
        boundary = edge.source if host else None
        found[scope].arcs.append(Arc(edge=edge, source=source, target=target, boundary=boundary))


def _depths(flow: Flow) -> tuple[dict[str | None, int], set[str]]:
    """Return how deep each scope lies, and the scopes that close a circle of scopes."""
    depth: dict[str | None, int] = {None: 0}
    circles: set[str] = set()
    parents = {node.id: node.scope for node in flow.nodes if isinstance(node, SubProcess)}
    for start in parents:
        trail: list[str] = []
        here: str | None = start
        while here is not None and here not in depth and here not in trail:
            trail.append(here)
            here = parents[here] if parents[here] in parents else None
        if here in trail:
            circles.add(trail[-1])
        level = depth.get(here, 0)
        for scope in reversed(trail):
            level += 1
            depth[scope] = level
    return depth, circles
