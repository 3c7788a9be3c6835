"""Which ways a dossier takes in one scope of a flow, and how often: the chain that it follows."""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.expected.known import Barrier, Need, What, Why
from tthc_flow.expected.shares import complete, known_shares
from tthc_flow.expected.thrown import is_thrown_to
from tthc_flow.expected.together import Turn, together
from tthc_flow.graph.scopes import jumps
from tthc_flow.model.flow import Event, Gateway, GatewayKind, SubProcess, SubProcessKind, Trigger
from tthc_flow.proof.scopes import scopes_of
from tthc_flow.proof.setting import begins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.expected.known import Given
    from tthc_flow.model.flow import Flow, Node, SequenceFlow
    from tthc_flow.proof.scopes import Scope

ONE: Final = Fraction(1)


class Split(Enum):
    """How a node is left: by one of its ways, by all, or by some of them."""

    EITHER = auto()
    ALL = auto()
    SOME = auto()


@frozen(kw_only=True)
class Leaving:
    """How a node is left: each target with the share of cases that go there, in file order.

    *turns* say which ways of an inclusive gateway are taken together; empty of any other node.
    """

    split: Split = Split.EITHER
    ways: tuple[tuple[str, Fraction], ...] = ()
    turns: tuple[Turn, ...] = ()


@frozen(kw_only=True)
class Routes:
    """The chain of one scope (``None``: the process itself).

    *begins* are its first nodes, each with how often a run of the scope begins there, all of them
    if *together*. *leaving* holds every node. *guards* are the boundary events that happen, by
    their activity, with the share of its runs. *joins* are the parallel gateways that wait, with
    for how many, *merges* the inclusive ones.
    """

    scope: str | None
    begins: Mapping[str, Fraction]
    together: bool
    leaving: Mapping[str, Leaving]
    guards: Mapping[str, tuple[tuple[Event, Fraction], ...]]
    joins: Mapping[str, int]
    merges: tuple[str, ...]


@frozen(kw_only=True)
class Chains:
    """The chains of all scopes, the outer before the inner; what lacks, and what is not covered."""

    routes: tuple[Routes, ...]
    needs: tuple[Need, ...]
    barriers: tuple[Barrier, ...]


def chains(flow: Flow, given: Given) -> Chains:
    """Return the ways that a dossier takes through *flow*, by the shares that are known.

    A share is the one *given*, else that of the sequence flow, else what was counted there. What
    one way lacks is what the others leave; nothing else is made up.

    Raises:
        BadQuantity: TF118 where the shares of a choice contradict each other.

    Example:
        >>> from tthc_flow.expected.known import NOTHING
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> found = chains(Flow(id="p", nodes=(Step(id="a", name="A"),)), NOTHING)
        >>> [(each.scope, *each.begins) for each in found.routes]
        [(None, 'a')]

    Source: BPMN 2.0.2, 13.3 and 13.4.
    """
    making = _Making(flow, given)
    scopes = scopes_of(flow)
    found = [making.routes(scopes[each]) for each in _outer_first(flow, scopes)]
    return Chains(
        routes=tuple(found),
        needs=tuple(dict.fromkeys(making.needs)),
        barriers=tuple(dict.fromkeys(making.barriers)),
    )


def _outer_first(flow: Flow, scopes: Mapping[str | None, Scope]) -> list[str | None]:
    """Return the scopes that the flow enters, outer before inner."""
    order: list[str | None] = [None]
    for here in order:
        order += [
            node.id
            for node in scopes[here].nodes
            if isinstance(node, SubProcess)
            and node.id in scopes
            and flow.by_id[node.id].scope == here
        ]
    return order


class _Making:
    """The chains in the making, with what they lack."""

    def __init__(self, flow: Flow, given: Given) -> None:
        self.flow = flow
        self.given = given
        self.jumps = jumps(flow)
        self.needs: list[Need] = []
        self.barriers: list[Barrier] = []

    def routes(self, scope: Scope) -> Routes:
        """Return the chain of *scope*."""
        for aside in scope.asides:
            if self._happens(aside.id):
                self.barriers.append(Barrier(aside.id, Why.ASIDE))
        for node in scope.nodes:
            self.barriers += [Barrier(node.id, why) for why in _not_covered(node)]
        guards = {}
        for host, events in scope.guards.items():
            happen = [(event, self._happens(event.id)) for event in events]
            happening = tuple((event, share) for event, share in happen if share)
            if happening:
                guards[host] = happening
                if isinstance(self.flow.by_id[host], SubProcess):
                    self.barriers += self._cut(event for event, _ in happening)
        starts, together = self._begins(scope)
        into = {node.id: self._entered(node.id) for node in scope.nodes}
        gateways = [node for node in scope.nodes if isinstance(node, Gateway)]
        return Routes(
            scope=scope.id,
            begins=starts,
            together=together,
            leaving={node.id: self._leaving(node) for node in scope.nodes},
            guards=guards,
            joins={
                node.id: into[node.id]
                for node in gateways
                if node.kind is GatewayKind.PARALLEL and into[node.id] > 1
            },
            merges=tuple(
                node.id
                for node in gateways
                if node.kind is GatewayKind.INCLUSIVE and into[node.id] > 1
            ),
        )

    def _cut(self, events: Iterable[Event]) -> Iterator[Barrier]:
        """Yield what breaks a sub-process off: nobody knows how far it came."""
        for event in events:
            if not event.interrupting or event.attached_to is None:
                continue
            if event.trigger is Trigger.TIMER or is_thrown_to(self.flow, event):
                yield Barrier(event.attached_to, Why.CUT_SHORT)
            else:
                yield Barrier(event.id, Why.SOMETIME)

    def _entered(self, node: str) -> int:
        return sum(edge.source in self.flow.by_id for edge in self.flow.incoming[node])

    def _happens(self, element: str) -> Fraction:
        if element not in self.given.shares:
            self.needs.append(Need(element, What.HAPPENS))
        return self.given.shares.get(element, Fraction(0))

    def _begins(self, scope: Scope) -> tuple[dict[str, Fraction], bool]:
        host = None if scope.id is None else self.flow.by_id[scope.id]
        if scope.starts:
            box = host if isinstance(host, SubProcess) else None
            first = [start.id for start in begins(scope, box)]
            if box is not None or len(first) < 2:  # noqa: PLR2004 - a choice
                return dict.fromkeys(first, ONE), True
            shares = {each: self.given.shares.get(each) for each in first}
            return self._completed(shares, self.flow.id), False
        entered = {target for _, target, _ in scope.arrows}
        entered |= {event.id for events in scope.guards.values() for event in events}
        free = [node.id for node in scope.nodes if node.id not in entered]
        return dict.fromkeys(free, ONE), True

    def _completed(self, shares: Mapping[str, Fraction | None], place: str) -> dict[str, Fraction]:
        """Return *shares* with what one of them lacks; note those that lack."""
        whole = complete(shares, place)
        self.needs += [Need(each, What.SHARE) for each in shares if each not in whole]
        return {each: whole.get(each, Fraction(0)) for each in shares}

    def _leaving(self, node: Node) -> Leaving:
        if node.id in self.jumps:
            return Leaving(ways=((self.jumps[node.id], ONE),))
        edges = [edge for edge in self.flow.outgoing[node.id] if edge.target in self.flow.by_id]
        if len(edges) < 2:  # noqa: PLR2004 - a choice
            return Leaving(ways=tuple((edge.target, ONE) for edge in edges))
        split, surely = _split_of(node, edges)
        if split is Split.ALL:
            return Leaving(split=split, ways=tuple((edge.target, ONE) for edge in edges))
        known = known_shares(edges, self.given.shares, several=split is Split.SOME)
        if split is Split.EITHER:
            shares = self._completed(known, node.id)
        else:
            known.update(dict.fromkeys(surely, ONE))
            self.needs += [Need(each, What.SHARE) for each, share in known.items() if share is None]
            shares = {each: share or Fraction(0) for each, share in known.items()}
        taken = {each: share for each, share in shares.items() if share}
        turns: tuple[Turn, ...] = ()
        if _is_inclusive(node) and None not in known.values():
            turns = together(taken or shares, getattr(node, "default", None), node.id)
        if split is Split.SOME and all(each == 1 for each in taken.values()):
            split, turns = Split.ALL, ()
        ways = tuple((edge.target, taken[edge.id]) for edge in edges if edge.id in taken)
        return Leaving(split=split, ways=ways, turns=turns)


def _is_inclusive(node: Node) -> bool:
    return isinstance(node, Gateway) and node.kind is GatewayKind.INCLUSIVE


def _split_of(node: Node, edges: list[SequenceFlow]) -> tuple[Split, list[str]]:
    """Return how *node* is left by several *edges*, and which of these always."""
    if isinstance(node, Gateway):
        match node.kind:
            case GatewayKind.PARALLEL:
                return Split.ALL, []
            case GatewayKind.EXCLUSIVE | GatewayKind.EVENT_BASED:
                return Split.EITHER, []
            case _:
                return Split.SOME, []
    default = getattr(node, "default", None)
    if isinstance(node, Event):
        return Split.ALL, []
    surely = [
        edge.id
        for edge in edges
        if edge.id != default and edge.condition is None and edge.printed is None
    ]
    if len(surely) == len(edges):
        return Split.ALL, []
    this_or_that = len(edges) == 2 and not surely and default is not None  # noqa: PLR2004
    return (Split.EITHER if this_or_that else Split.SOME), surely


def _not_covered(node: Node) -> list[Why]:
    found = []
    if isinstance(node, Gateway):
        if node.kind is GatewayKind.COMPLEX:
            found.append(Why.COMPLEX)
        elif node.parallel:
            found.append(Why.EVENTS_TOGETHER)
    if isinstance(node, SubProcess) and node.kind is SubProcessKind.AD_HOC:
        found.append(Why.AD_HOC)
    if (getattr(node, "start_quantity", 1), getattr(node, "completion_quantity", 1)) != (1, 1):
        found.append(Why.QUANTITY)
    return found
