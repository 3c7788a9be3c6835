"""A flow as moves of tokens, so that a log can be played on it.

A place is a sequence flow, or the spot right before an element. A move takes tokens from places
and puts them on others; that of a step wants an event of the log, all others happen unseen. A
token may be a *maybe*: it can be used, and nothing is wrong where it is not (a branch of an
inclusive gateway, another round of a loop, an event that may interrupt).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import Factory, define, frozen

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow, Node, SequenceFlow

Choice: TypeAlias = tuple[str, str]
"""A node with several ways, and the sequence flow that was taken."""

EVERYTHING: Final = frozenset({"*"})
"""What a terminate event takes away."""

_EITHER: Final = frozenset({GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED})


@frozen(kw_only=True)
class Move:
    """Takes a token of each of *takes* and puts one on each of *puts*, and maybes on *maybe*.

    *clears* are places of which all tokens go; one that *gathers* waits for those on their way.
    *label* is the element that it carries out; where *wanted*, the log has to say so.
    """

    takes: tuple[str, ...]
    puts: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    clears: frozenset[str] = frozenset()
    label: str | None = None
    wanted: bool = False
    gathers: bool = False
    choice: Choice | None = None


@frozen(kw_only=True)
class Net:
    """The moves of a flow.

    *into* gives the moves that put a token on a place, *out_of* those that take one from it,
    *of* that of an element. *begin* has a token when a case begins, *begin_maybe* a maybe.
    *optional* are places on which a maybe means that a way was taken as well. *owner* is the
    element that a place stands before, *inner_ends* are where sub-processes have ended.
    """

    into: Mapping[str, tuple[Move, ...]]
    out_of: Mapping[str, tuple[Move, ...]]
    of: Mapping[str, Move]
    begin: tuple[str, ...]
    begin_maybe: tuple[str, ...]
    optional: Mapping[str, Choice]
    owner: Mapping[str, str]
    inner_ends: frozenset[str]


def at(node: str) -> str:
    """Return the place right before *node*."""
    return f"@{node}"


def done(scope: str | None) -> str:
    """Return the place where what runs in *scope* has ended."""
    return f"done {scope or ''}"


def way(edge: str) -> str:
    """Return the place of a sequence flow."""
    return f"> {edge}"


@remembered
def net_of(flow: Flow) -> Net:
    """Return the moves of *flow*; linear in its nodes and flows.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> edge = SequenceFlow(id="f", source="a", target="b")
        >>> net = net_of(Flow(id="p", nodes=steps, edges=(edge,)))
        >>> net.begin, net.of["a"].puts, net.of["b"].puts
        (('@a',), ('> f',), ('done ',))

    Source: BPMN 2.0.2, chapter 13; van der Aalst, Process Mining (2016), 8.2.
    """
    building = _Building(flow)
    for node in flow.nodes:
        building.node(node)
    begin, maybe = building.beginning(None)
    into: dict[str, list[Move]] = {}
    out_of: dict[str, list[Move]] = {}
    for move in building.moves:
        for place in move.puts if move.choice else (*move.puts, *move.maybe):
            into.setdefault(place, []).append(move)
        for place in move.takes:
            out_of.setdefault(place, []).append(move)
    owner = {way(edge.id): edge.target for edge in flow.edges}
    return Net(
        into={place: tuple(moves) for place, moves in into.items()},
        out_of={place: tuple(moves) for place, moves in out_of.items()},
        of={move.label: move for move in building.moves if move.label is not None},
        begin=begin,
        begin_maybe=maybe,
        optional=building.optional,
        owner={**owner, **{at(node.id): node.id for node in flow.nodes}},
        inner_ends=frozenset(done(node.scope) for node in flow.nodes) - {done(None)},
    )


@define
class _Building:
    flow: Flow
    moves: list[Move] = Factory(list)
    optional: dict[str, Choice] = Factory(dict)
    inside: dict[str | None, list[Node]] = Factory(dict)
    borders: dict[str, list[Event]] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        """Learn what lies in each scope, and which events hang at each activity."""
        for node in self.flow.nodes:
            self.inside.setdefault(node.scope, []).append(node)
            hangs = isinstance(node, Event) and node.trigger is not Trigger.COMPENSATION
            if isinstance(node, Event) and hangs and node.attached_to is not None:
                self.borders.setdefault(node.attached_to, []).append(node)

    def node(self, node: Node) -> None:
        """Add the moves of *node*."""
        ins = tuple(way(edge.id) for edge in self._edges(node, coming=True))
        joins = isinstance(node, Gateway) and node.kind is GatewayKind.PARALLEL
        if joins and ins:
            self.moves.append(Move(takes=ins, puts=(at(node.id),)))
        else:
            gathers = isinstance(node, Gateway) and node.kind not in _EITHER
            for place in ins:
                others = frozenset(ins) - {place} if gathers else frozenset()
                joined = Move(
                    takes=(place,), puts=(at(node.id),), clears=others, gathers=bool(others)
                )
                self.moves.append(joined)
        match node:
            case Gateway():
                self._leave(node, at(node.id), either=node.kind in _EITHER)
            case Step():
                again = (at(node.id),) if node.loop or node.id in self.flow.undoing else ()
                self._labelled(node, maybe=again, wanted=True)
            case SubProcess():
                self._sub_process(node)
            case Event():
                self._event(node)

    def _edges(self, node: Node, *, coming: bool = False) -> tuple[SequenceFlow, ...]:
        found = (self.flow.incoming if coming else self.flow.outgoing)[node.id]
        ends = self.flow.by_id
        return tuple(edge for edge in found if edge.source in ends and edge.target in ends)

    def _leave(self, node: Node, here: str, *, either: bool = False) -> None:
        """Add the unseen moves by which a token at *here* leaves *node*."""
        edges = self._edges(node)
        places = tuple(way(edge.id) for edge in edges)
        some = isinstance(node, Gateway) and node.kind is not GatewayKind.PARALLEL
        some = some or any(edge.condition or edge.printed for edge in edges)
        if len(edges) < 2 or not (either or some):  # noqa: PLR2004 - no choice
            puts = places or (done(node.scope),)
            self.moves.append(Move(takes=(here,), puts=puts))
            return
        for edge, place in zip(edges, places, strict=True):
            others = () if either else tuple(each for each in places if each != place)
            taken = node.id, edge.id
            self.moves.append(Move(takes=(here,), puts=(place,), maybe=others, choice=taken))
            if not either:
                self.optional[place] = taken

    def _labelled(
        self,
        node: Node,
        *,
        maybe: tuple[str, ...] = (),
        wanted: bool = False,
        clears: frozenset[str] = frozenset(),
    ) -> None:
        """Add the move that carries *node* out, and how it is left."""
        edges = self._edges(node)
        parted = len(edges) > 1 and any(edge.condition or edge.printed for edge in edges)
        left = f"{at(node.id)} left"
        puts = (left,) if parted else tuple(way(edge.id) for edge in edges)
        self.moves.append(
            Move(
                takes=(at(node.id),),
                puts=puts or (done(node.scope),),
                maybe=maybe,
                clears=clears,
                label=node.id,
                wanted=wanted,
            )
        )
        if parted:
            self._leave(node, left)

    def beginning(self, scope: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return where tokens are when *scope* begins, and where maybes are."""
        inside = self.inside.get(scope, [])
        maybe = tuple(
            at(node.id)
            for node in inside
            if (isinstance(node, SubProcess) and node.kind is SubProcessKind.EVENT)
            or node.id in self.flow.undoing
        )
        first = tuple(at(node) for node in starts(self.flow, inside) if at(node) not in maybe)
        events = all(isinstance(self.flow.by_id[place[1:]], Event) for place in first)
        if len(first) > 1 and events:
            begin = f"begin {scope or ''}"
            self.moves += [Move(takes=(begin,), puts=(place,)) for place in first]
            return (begin,), maybe
        return first, maybe

    def _sub_process(self, node: SubProcess) -> None:
        if node.id not in self.inside:
            self._labelled(node)
            return
        begin, maybe = self.beginning(node.id)
        maybe += tuple(at(each.id) for each in self.borders.get(node.id, []))
        if node.loop is not None:
            maybe += (at(node.id),)
        if node.kind is SubProcessKind.AD_HOC:
            begin, maybe = (done(node.id),), (*begin, *maybe)
        self.moves.append(Move(takes=(at(node.id),), puts=begin, maybe=maybe))
        left = f"{at(node.id)} left"
        over = frozenset({done(node.id)})
        self.moves.append(Move(takes=(done(node.id),), puts=(left,), clears=over))
        if node.kind is SubProcessKind.EVENT:
            self.moves.append(Move(takes=(left,), puts=(done(node.scope),)))
        else:
            self._leave(node, left)

    def _event(self, node: Event) -> None:
        jump = jumps(self.flow).get(node.id)
        if jump is not None:
            self.moves.append(Move(takes=(at(node.id),), puts=(at(jump),), label=node.id))
            return
        clears: frozenset[str] = frozenset()
        if node.position is EventPosition.END and node.trigger is Trigger.TERMINATE:
            clears = EVERYTHING
        host = None if node.attached_to is None else self.flow.by_id.get(node.attached_to)
        opened = host is not None and host.id in self.inside
        if host is not None and opened and node.interrupting:
            clears = self._within(host.id)
        elif host is not None and not opened and node.trigger is not Trigger.COMPENSATION:
            kept = () if node.interrupting else (at(host.id),)
            self.moves.append(Move(takes=(at(host.id),), puts=(at(node.id), *kept)))
        self._labelled(node, clears=clears)

    def _within(self, scope: str) -> frozenset[str]:
        """Return the places inside *scope*, those of scopes in it as well."""
        found = {done(scope)}
        for node in self.inside.get(scope, []):
            found |= {at(node.id), *(way(edge.id) for edge in self.flow.outgoing[node.id])}
            found |= self._within(node.id)
        return frozenset(found)
