"""The cheapest way in which a case can have gone on the diagram: an optimal alignment.

The events of a case are laid beside a run of the diagram. An event alone costs one (it was out of
place), a step alone costs one (it was passed over); all that no log holds is free. Searched are the
pairs of a place in the case and a marking of the net, cheapest first, only below a cost that is
known to do: that of the greedy replay.

Source: Adriansyah, Aligning observed and modeled behavior (2014), chapter 4: shortest paths in the
synchronous product; the move of the log last, so that orders that are alike are searched once.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import Factory, define, field, frozen

from tthc_flow.calibration.joining import Joining
from tthc_flow.calibration.marking import Marking
from tthc_flow.calibration.net import EVERYTHING, Move, Net, at, done

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_STATES: Final = 20_000
"""How many pairs of place and marking are looked at for one case."""

_SETTLING: Final = 1_000
_State: TypeAlias = tuple[int, bool, tuple[tuple[str, int], ...], tuple[str, ...]]
"""How many events are behind, whether the last one was alone, tokens and maybes, sorted."""

_Step: TypeAlias = tuple[str, str]
"""What was done, and with which element."""

BOTH, LOG, MODEL = "both", "log", "model"
_UNSEEN: Final = ("unseen", "")


@frozen(kw_only=True)
class Aligned:
    """The cheapest alignment below a bound, its steps in order: ``both``, ``log`` or ``model``.

    *steps* is ``None`` where none is cheaper than the bound, or, if not *proven*, where none was
    found before too much had been looked at. *states* says how much was.
    """

    cost: int
    steps: tuple[_Step, ...] | None
    proven: bool
    states: int


@define
class Aligner:
    """Aligns cases with *net*; *unlogged* are steps of which the log never says anything."""

    net: Net
    unlogged: frozenset[str]
    _joining: Joining = field(init=False)
    _quick: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Learn which tokens go on in one way only, whatever else happens."""
        self._joining = Joining(self.net)
        self._quick = frozenset(_quick_places(self.net))

    def align(
        self, elements: Sequence[str], bound: int, *, to_end: bool, most: int = MOST_STATES
    ) -> Aligned:
        """Return the cheapest alignment of *elements* that costs less than *bound*.

        Args:
            elements: Ids of nodes, by the moments they were completed.
            bound: What is known to be possible; at least one.
            to_end: Whether the case has come to its end; else it may stand anywhere.
            most: How many states may be looked at.

        Example:
            >>> from tthc_flow.calibration.net import net_of
            >>> from tthc_flow.model.flow import Flow, SequenceFlow
            >>> from tthc_flow.model.step import Step
            >>> steps = tuple(Step(id=each, name=each) for each in "abc")
            >>> edges = tuple(SequenceFlow(id=s + t, source=s, target=t) for s, t in ("ab", "bc"))
            >>> aligner = Aligner(net_of(Flow(id="p", nodes=steps, edges=edges)), frozenset())
            >>> found = aligner.align(["a", "c"], 9, to_end=True)
            >>> found.cost, found.steps
            (1, (('both', 'a'), ('model', 'b'), ('both', 'c')))

        Source: see the module.
        """
        search = _Search(self, elements, to_end, self._quick - {at(each) for each in elements})
        return search.cheapest(bound, most)

    def moves(self, marking: Marking) -> Iterator[Move]:
        """Yield the moves that *marking* allows, each once."""
        maybes = (place for place in marking.maybe if place not in marking.sure)
        for place in (*marking.sure, *maybes):
            for move in self.net.out_of.get(place, ()):
                ready = move.takes[0] == place and all(map(marking.has, move.takes))
                if ready and (not move.gathers or self._joining.is_due(move, marking)):
                    yield move

    def after(self, move: Move, marking: Marking) -> Marking:
        """Return what *marking* becomes by *move*."""
        found = marking.copy()
        for place in move.takes:
            found.take(place)
        found.put(move)
        if move.gathers:
            self._joining.settle(move, found)
        return found

    def costs(self, move: Move) -> bool:
        """Return whether *move* is a step that the log should tell of."""
        return move.wanted and move.label not in self.unlogged


def _quick_places(net: Net) -> Iterator[str]:
    """Yield the places that a token leaves at once: by one unseen move that nothing can forestall.

    Tokens stay where they are if something may take them away from here and not from there.
    """
    clearing = {
        move.clears
        for moves in net.out_of.values()
        for move in moves
        if move.clears and move.clears is not EVERYTHING
    }
    for place, moves in net.out_of.items():
        (move, *more) = moves
        free = move.label is None and move.choice is None and not (move.gathers or move.clears)
        if more or not free or len(move.takes) > 1:
            continue
        if all(len({each in clears for each in (place, *move.puts)}) == 1 for clears in clearing):
            yield place


@define
class _Search:
    aligner: Aligner
    elements: Sequence[str]
    to_end: bool
    quick: frozenset[str]
    _came: dict[_State, tuple[_State | None, _Step]] = Factory(dict)
    _costs: dict[_State, int] = Factory(dict)
    _queue: deque[_State] = Factory(deque)

    def cheapest(self, bound: int, most: int) -> Aligned:
        """Search from the beginning of the case, the cheapest states first."""
        net, looked_at, settled = self.aligner.net, 0, set[_State]()
        begin = Marking(dict.fromkeys(net.begin, 1), dict.fromkeys(net.begin_maybe, 1))
        self._reach(begin, (0, False), None, _UNSEEN, 0)
        while self._queue:
            state = self._queue.popleft()
            if state in settled:
                continue
            settled.add(state)
            looked_at += 1
            cost = self._costs[state]
            if cost >= bound:
                break
            if self._is_over(state):
                steps = self._way_to(state)
                return Aligned(cost=cost, steps=steps, proven=True, states=looked_at)
            if looked_at >= most:
                return Aligned(cost=bound, steps=None, proven=False, states=looked_at)
            self._go_on(state, cost)
        return Aligned(cost=bound, steps=None, proven=True, states=looked_at)

    def _is_over(self, state: _State) -> bool:
        place, _, sure, _ = state
        if place < len(self.elements):
            return False
        net = self.aligner.net
        return not self.to_end or all(
            each == done(None) or each in net.inner_ends for each, _ in sure
        )

    def _go_on(self, state: _State, cost: int) -> None:
        """Reach what comes after *state*: an event with or without the diagram, or a move alone."""
        place, alone, sure, maybe = state
        marking = Marking(dict(sure), dict.fromkeys(maybe, 1))
        if place < len(self.elements):
            element = self.elements[place]
            if marking.has(at(element)):
                move = self.aligner.net.of.get(element)
                after = marking.copy() if move is None else self.aligner.after(move, marking)
                self._reach(after, (place + 1, False), state, (BOTH, element), cost)
            self._reach(marking, (place + 1, True), state, (LOG, element), cost + 1)
        if alone:
            return
        for move in tuple(self.aligner.moves(marking)):
            after = self.aligner.after(move, marking)
            if self.aligner.costs(move):
                self._reach(after, (place, False), state, (MODEL, move.label or ""), cost + 1)
            else:
                self._reach(after, (place, False), state, _UNSEEN, cost)

    def _reach(
        self,
        marking: Marking,
        where: tuple[int, bool],
        before: _State | None,
        step: _Step,
        cost: int,
    ) -> None:
        self._settle(marking)
        state = *where, tuple(sorted(marking.sure.items())), tuple(sorted(marking.maybe))
        known = self._costs.get(state)
        if known is not None and known <= cost:
            return
        self._costs[state], self._came[state] = cost, (before, step)
        is_free = before is None or cost == self._costs[before]
        (self._queue.appendleft if is_free else self._queue.append)(state)

    def _settle(self, marking: Marking) -> None:
        """Move on every token that can go on in one way only."""
        for _ in range(_SETTLING):
            place = next((each for each in marking.sure if each in self.quick), None)
            if place is None:
                return
            marking.take(place)
            marking.put(self.aligner.net.out_of[place][0])

    def _way_to(self, state: _State) -> tuple[_Step, ...]:
        steps, here = [], state
        while True:
            before, step = self._came[here]
            if step != _UNSEEN:
                steps.append(step)
            if before is None:
                return tuple(reversed(steps))
            here = before
