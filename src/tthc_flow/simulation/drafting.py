"""One flow written out as instructions, by numbers of its own."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.expected.thrown import catcher
from tthc_flow.expected.together import shares_of_sets, together
from tthc_flow.graph.scopes import jumps, starts
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, SubProcess, Trigger
from tthc_flow.model.step import Step
from tthc_flow.simulation.nesting import Nesting
from tthc_flow.simulation.program import (
    NOWHERE,
    OWN_CLOCK,
    Guard,
    Instruction,
    Kind,
    Scope,
    Wait,
)
from tthc_flow.simulation.reached import reached
from tthc_flow.simulation.refused import rounds_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from tthc_flow.model.flow import Node
    from tthc_flow.simulation.scenario import Stream

_SEVERAL: Final = 2


class Draft:
    """The instructions of one flow, by numbers of their own; an ``int`` leads straight on."""

    def __init__(self, stream: Stream, base: int) -> None:
        """Begin with the outermost scope, which is number *base*."""
        self.stream, self.flow = stream, stream.flow
        self.found: list[Instruction | int] = []
        self.nesting = Nesting(base)
        self.into: dict[str, int] = {}
        self.guards = _timers(stream)
        self.jumps = jumps(self.flow)

    def written(self) -> int:
        """Write every node; return the number at which a case begins."""
        there = reached(self.flow, self.stream.timers.keys())
        nodes = [node for node in self.flow.nodes if node.id in there]
        for node in nodes:
            self.into[node.id] = self._new(NOWHERE)
            if isinstance(node, SubProcess):
                self.nesting.of(node.id)
        self.nesting.add_blocks(self.stream)
        for node in nodes:
            self.found[self.into[node.id]] = self._write(node)
        return self._start(starts(self.flow, [n for n in nodes if n.scope is None]))

    def _start(self, ways: tuple[str, ...]) -> int:
        """Return where a case begins: at one of several starts, by their shares."""
        if len(ways) == 1:
            return self.into[ways[0]]
        return self._new(
            Instruction(
                kind=Kind.CHOICE,
                node=self.flow.id,
                key=f"{self.stream.name}|{self.flow.id}|start",
                scope=self.nesting.base,
                targets=tuple(self.into[each] for each in ways),
                upto=_cumulated(self.stream.shares[each] for each in ways),
            )
        )

    def _new(self, found: Instruction | int) -> int:
        self.found.append(found)
        return len(self.found) - 1

    def _write(self, node: Node) -> Instruction | int:
        """Return what stands where *node* is entered."""
        match node:
            case Step():
                return self._guarded(node, self._step(node))
            case Gateway():
                return self._gateway(node)
            case SubProcess():
                return self._sub_process(node)
            case Event(position=EventPosition.END):
                return self._ending(node)
            case Event(position=EventPosition.CATCH) if node.trigger is not Trigger.LINK:
                return self._delay(node, self._onward(node))
            case _:
                return self._onward(node)

    def _onward(self, node: Node) -> int:
        """Return where a token goes that leaves *node*; several arrows are taken all."""
        jump = self.jumps.get(node.id)
        targets = [self.into[each.target] for each in self.flow.outgoing[node.id]]
        if jump is not None:
            targets = [self.into[jump]]
        if not targets:
            return self._new(
                Instruction(kind=Kind.END, node=node.id, scope=self.nesting.around(node))
            )
        if len(targets) == 1:
            return targets[0]
        scope = self.nesting.behind(node)
        return self._new(
            Instruction(kind=Kind.SPLIT, node=node.id, scope=scope, targets=tuple(targets))
        )

    def _step(self, step: Step) -> tuple[int, int]:
        """Return where the rounds of a step begin, and the number that is to lead out of them."""
        out = self._new(NOWHERE)
        times, beside = rounds_of(step) or (1, False)
        scope = self._inner_scope(step)
        if times == 1:
            return self._new(self._work(step, out, scope, 0)), out
        if beside:
            join = self._new(
                Instruction(kind=Kind.JOIN, node=step.id, scope=scope, need=times, targets=(out,))
            )
            arms = tuple(self._new(self._work(step, join, scope, n)) for n in range(times))
            split = Instruction(kind=Kind.SPLIT, node=step.id, scope=scope, targets=arms)
            return self._new(split), out
        onward = out
        for number in reversed(range(times)):
            onward = self._new(self._work(step, onward, scope, number))
        return onward, out

    def _inner_scope(self, step: Step) -> int:
        return self.nesting.of(step.id) if step.id in self.guards else self.nesting.around(step)

    def _work(self, step: Step, target: int, scope: int, number: int) -> Instruction:
        given, pool = self.stream, self.stream.who.get(step.id)
        common: dict[str, Any] = {
            "node": step.id,
            "key": f"{given.name}|{step.id}|{number}",
            "scope": scope,
            "targets": (target,),
            "chance": given.times[step.id],
            "pauses": self._pauses(step),
        }
        if pool is None:
            return Instruction(
                kind=Kind.DELAY,
                wait=given.waits.get(step.id, Wait.WORK),
                **common,
                clock=given.clock_of.get(step.id, OWN_CLOCK),
                rate=given.rates.get(step.id),
            )
        return Instruction(
            kind=Kind.TASK,
            pool=pool,
            level=given.levels.get(step.id, 0),
            batch=given.batches.get(step.id),
            **common,
        )

    def _pauses(self, node: Node) -> bool:
        """Return whether the legal clock stands at *node*, or around it."""
        around: Node | None = node
        while around is not None:
            if around.id in self.stream.paused:
                return True
            around = self.flow.by_id.get(around.scope or "")
        return False

    def _delay(self, event: Event, target: int) -> Instruction:
        given = self.stream
        return Instruction(
            kind=Kind.DELAY,
            node=event.id,
            key=f"{given.name}|{event.id}|0",
            scope=self.nesting.around(event),
            targets=(target,),
            chance=given.times[event.id],
            wait=given.waits.get(event.id, Wait.OTHER),
            pauses=self._pauses(event),
            clock=given.clock_of.get(event.id, OWN_CLOCK),
        )

    def _guarded(self, node: Node, rounds: tuple[int, int]) -> int:
        """Return where *node* is entered: at its rounds, or at a scope of its own with timers."""
        begin, out = rounds
        onward = self._onward(node)
        if node.id not in self.guards:
            self.found[out] = onward
            return begin
        scope = self.nesting.of(node.id)
        self.found[out] = self._new(Instruction(kind=Kind.END, node="", scope=scope))
        return self._opened(node, begin, onward)

    def _opened(self, node: Node, begin: int, onward: int) -> int:
        scope = self.nesting.of(node.id)
        guards = tuple(
            Guard(
                minutes=self.stream.timers[each.id].minutes,
                clock=self.stream.timers[each.id].clock,
                target=self.into[each.id],
                interrupting=each.interrupting,
            )
            for each in self.guards.get(node.id, ())
        )
        around = self.nesting.around(node)
        self.nesting.set(scope, Scope(around=around, leaves=onward, guards=guards))
        return self._new(
            Instruction(kind=Kind.ENTER, node=node.id, scope=around, opens=scope, targets=(begin,))
        )

    def _gateway(self, gateway: Gateway) -> int:
        out = self._parted(gateway)
        need = len(self.flow.incoming[gateway.id])
        closes = self.nesting.closes.get(gateway.id)
        if closes is None and (gateway.kind is not GatewayKind.PARALLEL or need < _SEVERAL):
            return out  # nothing to wait for
        return self._new(
            Instruction(
                kind=Kind.JOIN,
                node=gateway.id,
                scope=self.nesting.around(gateway) if closes is None else closes,
                need=need if closes is None else 0,
                targets=(out,),
            )
        )

    def _parted(self, gateway: Gateway) -> int:
        """Return where a token goes that leaves *gateway*: to all of its ways, one, or some."""
        ways = self.flow.outgoing[gateway.id]
        if gateway.kind is GatewayKind.PARALLEL or len(ways) < _SEVERAL:
            return self._onward(gateway)
        shares = {each.id: self.stream.shares[each.id] for each in ways}
        some = gateway.kind is GatewayKind.INCLUSIVE
        each_set = shares_of_sets(together(shares, gateway.default, gateway.id)) if some else ()
        return self._new(
            Instruction(
                kind=Kind.SOME if some else Kind.CHOICE,
                node=gateway.id,
                key=f"{self.stream.name}|{gateway.id}",
                scope=self.nesting.behind(gateway),
                targets=tuple(self.into[each.target] for each in ways),
                upto=_cumulated(each_set or shares.values()),
            )
        )

    def _sub_process(self, node: SubProcess) -> int:
        inner = [n for n in self.flow.nodes if n.scope == node.id]
        onward = self._onward(node)
        if not inner:
            return onward
        (first,) = starts(self.flow, inner)
        return self._opened(node, self.into[first], onward)

    def _ending(self, event: Event) -> Instruction:
        scope = self.nesting.of(event.scope)
        if event.trigger is Trigger.TERMINATE:
            return Instruction(
                kind=Kind.CUT, node=event.id, scope=scope, opens=scope, targets=(NOWHERE,)
            )
        caught = catcher(self.flow, event)
        if caught is not None:
            return Instruction(
                kind=Kind.CUT,
                node=event.id,
                scope=scope,
                opens=self.nesting.of(caught.attached_to),
                targets=(self.into[caught.id],),
            )
        return Instruction(kind=Kind.END, node=event.id, scope=scope)


def _cumulated(shares: Iterable[Fraction | float]) -> tuple[float, ...]:
    return tuple(map(float, accumulate(shares)))


def _timers(stream: Stream) -> dict[str, list[Event]]:
    """Return the timers at the border of each activity."""
    found: dict[str, list[Event]] = {}
    for node in stream.flow.nodes:
        if isinstance(node, Event) and node.attached_to and node.id in stream.timers:
            found.setdefault(node.attached_to, []).append(node)
    return found
