"""Several near-identical flows as one: what is common stands once, the case chooses the rest.

Source: configurable process models (La Rosa, Dumas, Uba, Dijkman, Business Process Model Merging,
ACM TOSEM 22, 2013): where the flows differ an exclusive choice is put in, where they meet again a
join.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from tthc_flow.graph.agreed import agreed, one_node
from tthc_flow.graph.performers import identity
from tthc_flow.graph.shared_nodes import told, ways
from tthc_flow.model.flow import Event, Flow, Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from tthc_flow.model.flow import Lane, Node

CASE: Final = "trường hợp của thủ tục"
"""The name of the data that says which of the united procedures a dossier is about."""

_ASKED: Final = "Trường hợp?"


@frozen(kw_only=True)
class Variant:
    """One of the flows: its *case* as staff call it, and which of its nodes is which of the first.

    *same* leads from ids of this flow to ids of the first one; the first has none.
    """

    case: str
    flow: Flow
    same: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class United:
    """The one flow, and for each variant what became of its ids (of nodes and of arrows)."""

    flow: Flow
    ids: tuple[Mapping[str, str], ...]


def united(variants: Sequence[Variant]) -> United:
    """Return one flow that does what each of *variants* does for the dossiers of its case.

    Every node and every way of each is in it. An exclusive gateway that asks for the case stands
    only where the next step differs.

    Example:
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> two = Flow(id="q", nodes=(Step(id="a", name="Ký"),))
        >>> variants = (Variant(case="một", flow=one), Variant(case="hai", flow=two))
        >>> [node.id for node in united(variants).flow.nodes]
        ['a', 'a_2']

    Source: see the module; linear in the flows.
    """
    work = _Work(variants=tuple(variants))
    work.nodes_and_lanes()
    for node in tuple(work.members):
        work.ways_out(node)
    work.joins()
    first = variants[0].flow
    flow = evolve(
        first,
        nodes=tuple(work.nodes.values()),
        edges=tuple(work.edges.values()),
        lanes=tuple(work.lanes.values()),
        executable=all(each.flow.executable for each in variants),
    )
    return United(flow=flow, ids=tuple(work.ids))


def condition_of(*cases: str) -> str:
    """Return the condition that holds for dossiers of one of *cases*.

    Example:
        >>> condition_of("cấp mới", "cấp lại")
        'trường hợp của thủ tục == "cấp mới" or trường hợp của thủ tục == "cấp lại"'
    """
    return " or ".join(f'{CASE} == "{case}"' for case in cases)


def free_id(wish: str, taken: set[str]) -> str:
    """Return *wish*, or it with the first free number, and add it to *taken*.

    Example:
        >>> used = {"a"}
        >>> free_id("a", used), sorted(used)
        ('a_2', ['a', 'a_2'])
    """
    number, name = 1, wish
    while name in taken:
        number += 1
        name = f"{wish}_{number}"
    taken.add(name)
    return name


@define
class _Work:
    """What is put together so far; *members* are the (variant, id) behind each node."""

    variants: tuple[Variant, ...]
    taken: set[str] = field(factory=set)
    ids: list[dict[str, str]] = field(factory=list)
    members: dict[str, list[tuple[int, str]]] = field(factory=dict)
    nodes: dict[str, Node] = field(factory=dict)
    edges: dict[str, SequenceFlow] = field(factory=dict)
    lanes: dict[str, Lane] = field(factory=dict)
    cases: dict[str, set[int]] = field(factory=dict)

    def fresh(self, wish: str) -> str:
        """Return *wish*, or it with the first free number, and take it."""
        return free_id(wish, self.taken)

    def nodes_and_lanes(self) -> None:
        """Give every node its place in the one flow, the first's ids kept."""
        self.taken.add(self.variants[0].flow.id)
        for each in self.variants:
            self.ids.append(
                {node.id: each.same.get(node.id) or self.fresh(node.id) for node in each.flow.nodes}
            )
        rooms = [self._lanes_of(each.flow) for each in self.variants]
        moved: dict[str, list[Node]] = {}
        for number, each in enumerate(self.variants):
            for node in each.flow.nodes:
                goal = self.ids[number][node.id]
                self.members.setdefault(goal, []).append((number, node.id))
                moved.setdefault(goal, []).append(_moved(node, self.ids[number], rooms[number]))
        self.nodes = {goal: one_node(found) for goal, found in moved.items()}

    def _lanes_of(self, flow: Flow) -> dict[str, str]:
        """Return which lane of the one flow each lane of *flow* is: of one performer and name."""
        known = {_lane_key(lane): lane.id for lane in self.lanes.values()}
        found: dict[str, str] = {}
        for lane in flow.lanes:
            found[lane.id] = known.get(_lane_key(lane)) or self.fresh(lane.id)
        for lane in flow.lanes:
            goal = found[lane.id]
            if goal not in self.lanes:
                parent = None if lane.parent is None else found.get(lane.parent, lane.parent)
                self.lanes[goal] = evolve(lane, id=goal, parent=parent)
        return found

    def ways_out(self, node: str) -> None:
        """Draw the ways out of *node*: one arrow, or the choice by case where they differ."""
        arms = [(number, self._arms(number, id_)) for number, id_ in self.members[node]]
        first = arms[0][1]
        aligned = [(number, _aligned(first, found)) for number, found in arms]
        for place in range(len(first)):
            self._way(node, [(number, found[place].edge) for number, found in aligned])

    def _arms(self, number: int, node: str) -> list[_Arm]:
        flow, ids = self.variants[number].flow, self.ids[number]
        return [
            _Arm(edge=edge, told=told(flow, edge), goal=ids[edge.target])
            for edge in ways(flow, node)
        ]

    def _way(self, node: str, drawn: list[tuple[int, SequenceFlow]]) -> None:
        first = drawn[0][1]
        goals: dict[str, list[int]] = {}
        for number, edge in drawn:
            goals.setdefault(self.ids[number][edge.target], []).append(number)
        id_ = self.fresh(first.id)
        for number, edge in drawn:
            self.ids[number][edge.id] = id_
        arrow = evolve(
            first,
            id=id_,
            source=node,
            target=next(iter(goals)),
            scope=self.nodes[node].scope,
            share=agreed([edge.share for _, edge in drawn], None),
        )
        if len(goals) > 1:
            arrow = evolve(arrow, target=self._choice(node, goals))
        self._keep(arrow, {number for number, _ in drawn})
        before = self.nodes[node]
        if not isinstance(before, Event) and before.default == first.id:
            self.nodes[node] = evolve(before, default=id_)

    def _choice(self, node: str, goals: Mapping[str, list[int]]) -> str:
        """Draw the exclusive gateway behind *node* that asks for the case; return its id."""
        beside = self.nodes[node]
        gateway = self.fresh(f"Case_{node}")
        self.nodes[gateway] = Gateway(
            id=gateway,
            kind=GatewayKind.EXCLUSIVE,
            name=_ASKED,
            scope=beside.scope,
            lane=beside.lane,
        )
        for goal, numbers in goals.items():
            cases = [self.variants[number].case for number in numbers]
            way = SequenceFlow(
                id=self.fresh(f"Flow_{gateway}_{goal}"),
                source=gateway,
                target=goal,
                name=" / ".join(cases),
                condition=condition_of(*cases),
                scope=beside.scope,
            )
            self._keep(way, set(numbers))
        return gateway

    def _keep(self, edge: SequenceFlow, numbers: set[int]) -> None:
        self.edges[edge.id] = edge
        self.cases[edge.id] = numbers

    def joins(self) -> None:
        """Draw a join where arrows of several cases come together."""
        coming: dict[str, list[SequenceFlow]] = {}
        for edge in self.edges.values():
            coming.setdefault(edge.target, []).append(edge)
        for goal, edges in coming.items():
            node, everyone = self.nodes[goal], {number for number, _ in self.members.get(goal, ())}
            some = [edge for edge in edges if self.cases[edge.id] != everyone]
            merges = isinstance(node, Gateway) and node.kind is GatewayKind.EXCLUSIVE
            if len(some) < 2 or (merges and len(edges) > len(some)):  # noqa: PLR2004 - to join
                continue
            join = self.fresh(f"Joined_{goal}")
            self.nodes[join] = Gateway(
                id=join, kind=GatewayKind.EXCLUSIVE, scope=node.scope, lane=node.lane
            )
            for edge in some:
                self.edges[edge.id] = evolve(edge, target=join)
            last = SequenceFlow(
                id=self.fresh(f"Flow_{join}_{goal}"), source=join, target=goal, scope=node.scope
            )
            self._keep(last, everyone)


@frozen
class _Arm:
    """A way out of a node of one variant: what is told of it, and where it leads in the one."""

    edge: SequenceFlow
    told: Hashable
    goal: str


def _aligned(first: Sequence[_Arm], found: Sequence[_Arm]) -> list[_Arm]:
    """Return *found* in the order of *first*: told alike, and leading to the same if any does."""
    left = list(found)
    taken: list[_Arm | None] = []
    for arm in first:
        equal = [each for each in left if (each.told, each.goal) == (arm.told, arm.goal)]
        taken.append(equal[0] if equal else None)
        left = [each for each in left if not equal or each is not equal[0]]
    for place, arm in enumerate(first):
        if taken[place] is None:
            (alike, *_) = [each for each in left if each.told == arm.told]
            taken[place] = alike
            left.remove(alike)
    return [each for each in taken if each is not None]


def _moved(node: Node, ids: Mapping[str, str], lanes: Mapping[str, str]) -> Node:
    """Return *node* with every id it names told as it is in the one flow."""

    def there(id_: str | None) -> str | None:
        return None if id_ is None else ids.get(id_, id_)

    lane = None if node.lane is None else lanes.get(node.lane, node.lane)
    placed = evolve(node, id=ids[node.id], scope=there(node.scope), lane=lane)
    match placed:
        case Step():
            apart = frozenset(ids.get(each, each) for each in placed.separate_from)
            return evolve(placed, separate_from=apart)
        case Event():
            return evolve(
                placed, attached_to=there(placed.attached_to), handler=there(placed.handler)
            )
        case _:
            return placed


def _lane_key(lane: Lane) -> tuple[object, ...]:
    who = None if lane.performer is None else identity(lane.performer)
    return key(lane.name), who, lane.parent is None
