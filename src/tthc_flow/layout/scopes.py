"""A flow cut into sheets: the process and each sub-process, contents before their frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.model.flow import Event, EventPosition, SubProcess

if TYPE_CHECKING:
    from tthc_flow.model.artifact import Artifact
    from tthc_flow.model.flow import Flow, Node, Outcome, SequenceFlow


@define(kw_only=True)
class Arc:
    """A line as the layout sees it: one that starts or ends at a boundary event, at its host.

    *boundary* is the event it starts at, *landing* the one it ends at.
    """

    id: str
    source: str
    target: str
    name: str = ""
    outcome: Outcome | None = None
    boundary: str | None = None
    landing: str | None = None


@define(kw_only=True)
class Sheet:
    """What stands side by side in one scope: nodes without boundary events, and their arcs.

    *beside* are artifacts, each behind the one of *anchors* it stands next to; *ties* their lines.
    """

    scope: str | None
    nodes: list[Node] = field(factory=list)
    arcs: list[Arc] = field(factory=list)
    boundary: dict[str, list[Event]] = field(factory=dict)
    beside: list[Artifact] = field(factory=list)
    anchors: dict[str, str] = field(factory=dict)
    ties: list[Arc] = field(factory=list)

    @property
    def items(self) -> tuple[Node | Artifact, ...]:
        """Return all that has a cell of its own."""
        return (*self.nodes, *self.beside)

    def add(self, other: Sheet) -> None:
        """Take over all that stands on *other*."""
        self.nodes += other.nodes
        self.arcs += other.arcs
        self.boundary |= other.boundary
        self.beside += other.beside
        self.anchors |= other.anchors
        self.ties += other.ties


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
    landing = host_of(flow.by_id[edge.target], flow)
    source, target = host or edge.source, landing or edge.target
    if home[target] == home[source]:
        found[home[source]].arcs.append(
            Arc(
                id=edge.id,
                source=source,
                target=target,
                name=edge.name,
                outcome=edge.outcome,
                boundary=edge.source if host else None,
                landing=edge.target if landing else None,
            )
        )


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
