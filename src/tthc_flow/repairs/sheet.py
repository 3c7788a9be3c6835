"""A procedure while it is being repaired: nodes and flows that may be added, moved and dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from attrs import define, evolve, field

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, TaskType


@define(eq=False)
class Sheet:
    """The flow of one procedure under repair; every operation costs what it touches.

    *links* are the flows that dangle or cross pools. *taken* are ids that nothing new may have.
    *origins* tell for a new gateway or end which element of the drawing it was added for.
    """

    procedure: Procedure
    taken: set[str]
    nodes: dict[str, Node] = field(factory=dict)
    edges: dict[str, SequenceFlow] = field(factory=dict)
    links: dict[str, SequenceFlow] = field(factory=dict)
    executable: bool = False
    origins: dict[str, str] = field(factory=dict)
    _out: dict[str, dict[str, None]] = field(factory=dict)
    _into: dict[str, dict[str, None]] = field(factory=dict)
    _under: dict[str, dict[str, None]] = field(factory=dict)

    @classmethod
    def of(cls, procedure: Procedure, taken: Iterable[str] = ()) -> Self:
        """Return *procedure* laid open; an id met twice keeps its first element."""
        flow = procedure.flow
        sheet = cls(procedure, {*taken, flow.id}, executable=flow.executable)
        for node in flow.nodes:
            if node.id not in sheet.nodes:
                sheet.put(node)
        for edge in flow.edges:
            if edge.id not in sheet.edges:
                sheet._enter(edge)
        sheet.links.update((link.id, link) for link in procedure.links)
        sheet.taken.update(sheet.nodes, sheet.edges, sheet.links)
        sheet.taken.update(lane.id for lane in flow.lanes)
        return sheet

    def done(self) -> Procedure:
        """Return the procedure as it stands now; what only told of dropped elements goes, too."""
        before = self.procedure
        flow = evolve(
            before.flow,
            nodes=tuple(self.nodes.values()),
            edges=tuple(self.edges.values()),
            executable=self.executable,
        )
        gone = before.flow.by_id.keys() - self.nodes.keys()
        gone |= {edge.id for edge in (*before.flow.edges, *before.links)} - self.edges.keys()
        gone -= self.links.keys()
        artifacts = tuple(each for each in before.artifacts if each.scope not in gone)
        gone |= {each.id for each in before.artifacts} - {each.id for each in artifacts}
        return evolve(
            before,
            flow=flow,
            links=tuple(self.links.values()),
            messages=tuple(m for m in before.messages if gone.isdisjoint({m.source, m.target})),
            artifacts=artifacts,
            associations=tuple(
                tie
                for tie in before.associations
                if gone.isdisjoint({tie.source, tie.target, tie.scope})
            ),
        )

    # Asking.

    def out(self, node: str) -> tuple[SequenceFlow, ...]:
        """Return the flows that leave *node*, in file order."""
        return tuple(self.edges[edge] for edge in self._out.get(node, ()))

    def ways_out(self, node: str) -> int:
        """Return how many flows leave *node*; to count them is cheaper than to list them."""
        return len(self._out.get(node, ()))

    def ways_in(self, node: str) -> int:
        """Return how many flows enter *node*."""
        return len(self._into.get(node, ()))

    def into(self, node: str) -> tuple[SequenceFlow, ...]:
        """Return the flows that enter *node*, in file order."""
        return tuple(self.edges[edge] for edge in self._into.get(node, ()))

    def name(self, element: str) -> str:
        """Return the name of a node, flow, pool or the process, or its id where it has none."""
        known = self.nodes.get(element) or self.edges.get(element) or self.links.get(element)
        pools = () if known is not None else self.procedure.pools
        beside = (pool.name for pool in pools if pool.id == element)
        name = next(beside, self.procedure.flow.name) if known is None else known.name
        return " ".join(name.split()) or element

    def insides(self) -> dict[str | None, list[Node]]:
        """Return the nodes of every scope; the process itself is ``None``."""
        found: dict[str | None, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.scope, []).append(node)
        return found

    def holds(self, block: str) -> bool:
        """Return whether something is drawn inside the sub-process *block*."""
        return any(self.nodes[each].scope == block for each in self._under.get(block, ()))

    def events(self, position: EventPosition) -> Iterator[Event]:
        """Yield the events of one position, in file order."""
        for node in self.nodes.values():
            if isinstance(node, Event) and node.position is position:
                yield node

    # Changing.

    def fresh(self, stem: str) -> str:
        """Return an id that nothing has yet, and take it."""
        identifier, number = stem, 1
        while identifier in self.taken:
            number += 1
            identifier = f"{stem}_{number}"
        self.taken.add(identifier)
        return identifier

    def put(self, node: Node) -> None:
        """Add *node*, or set it in place of the one with its id."""
        known = self.nodes.get(node.id)
        for holder in _holders(known) if known is not None else ():
            del self._under[holder][node.id]
        for holder in _holders(node):
            self._under.setdefault(holder, {})[node.id] = None
        self.nodes[node.id] = node

    def gateway(self, kind: GatewayKind, beside: Node, stem: str) -> str:
        """Add a gateway in scope and lane of *beside*; return its id."""
        made = self._beside(beside, stem)
        self.put(Gateway(id=made, kind=kind, scope=beside.scope, lane=beside.lane))
        return made

    def end(self, beside: Node) -> str:
        """Add an end event in scope and lane of *beside*; return its id."""
        made = self._beside(beside, "end")
        position = EventPosition.END
        self.put(Event(id=made, position=position, scope=beside.scope, lane=beside.lane))
        return made

    def passing(self, beside: Node, stem: str) -> str:
        """Add an event that every token just passes, beside a node; return its id."""
        made = self._beside(beside, stem)
        position = EventPosition.THROW
        self.put(Event(id=made, position=position, scope=beside.scope, lane=beside.lane))
        return made

    def connect(self, source: str, target: str, name: str = "") -> str:
        """Add a flow between two nodes of one scope; return its id."""
        made = self.fresh(f"{source}_to_{target}")
        scope = self.nodes[source].scope
        self._enter(SequenceFlow(id=made, source=source, target=target, name=name, scope=scope))
        return made

    def change(self, edge: SequenceFlow) -> None:
        """Set *edge* in place of the flow with its id; its ends may differ."""
        known = self.edges[edge.id]
        if known.source != edge.source:
            del self._out[known.source][edge.id]
            self._out.setdefault(edge.source, {})[edge.id] = None
        if known.target != edge.target:
            del self._into[known.target][edge.id]
            self._into.setdefault(edge.target, {})[edge.id] = None
        self.edges[edge.id] = edge

    def cut(self, edge: str) -> None:
        """Drop a flow."""
        known = self.edges.pop(edge)
        del self._out[known.source][edge]
        del self._into[known.target][edge]

    def drop(self, node: str) -> None:
        """Drop a node with its flows, its boundary events and, for a sub-process, its content."""
        stack = [node]
        while stack:
            gone = stack.pop()
            known = self.nodes.pop(gone, None)
            if known is None:
                continue
            for holder in _holders(known):
                del self._under[holder][gone]
            for edge in (*self.out(gone), *self.into(gone)):
                if edge.id in self.edges:
                    self.cut(edge.id)
            stack += self._under.get(gone, ())

    def _beside(self, beside: Node, stem: str) -> str:
        """Return an id for something new beside a node, and remember for whom it is."""
        made = self.fresh(f"{beside.id}_{stem}")
        self.origins[made] = self.origins.get(beside.id, beside.id)
        return made

    def _enter(self, edge: SequenceFlow) -> None:
        self.edges[edge.id] = edge
        self._out.setdefault(edge.source, {})[edge.id] = None
        self._into.setdefault(edge.target, {})[edge.id] = None


def _holders(node: Node) -> Iterator[str]:
    """Yield what *node* falls with: its sub-process, and the activity it is attached to."""
    attached = node.attached_to if isinstance(node, Event) else None
    yield from {holder for holder in (node.scope, attached) if holder is not None}


def conditional(edge: SequenceFlow) -> bool:
    """Return whether *edge* carries a condition, ours or a foreign one."""
    return bool(edge.condition or edge.printed)


def needs_no_entry(node: Node) -> bool:
    """Return whether no flow has to enter *node*: starts, boundaries, link ends, event blocks."""
    match node:
        case Event(position=EventPosition.START | EventPosition.BOUNDARY):
            return True
        case Event(position=EventPosition.CATCH, trigger=Trigger.LINK):
            return True
        case SubProcess(kind=SubProcessKind.EVENT):
            return True
        case _:
            return False


def is_link(node: Node, *positions: EventPosition) -> bool:
    """Return whether *node* is a link event at one of *positions*."""
    return isinstance(node, Event) and node.trigger is Trigger.LINK and node.position in positions


def catches(node: Node | None) -> bool:
    """Return whether *node* waits for an event, as what follows an event-based gateway must."""
    match node:
        case Event(position=EventPosition.CATCH, trigger=trigger):
            return trigger not in {Trigger.NONE, Trigger.LINK}
        case Step(task=TaskType.RECEIVE):
            return True
        case _:
            return False
