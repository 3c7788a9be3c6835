"""Playing a case on the diagram: which events have a token there, which steps were passed over.

Greedy, one event after the other: where an event has no token, tokens first move unseen (gateways,
events that no log holds). Where that is not enough, either steps are passed over or the event is
out of place: whichever leaves less wrong among the next dozen events. So what it costs is never
below an optimal alignment.

Source: Rozinat & van der Aalst, Information Systems 33 (2008), 64-95.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import Factory, define, field

from tthc_flow.calibration.firsts import END
from tthc_flow.calibration.marking import Marking
from tthc_flow.calibration.net import Choice, Move, Net, at, done
from tthc_flow.model.flow import Gateway

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.flow import Flow

_Saved: TypeAlias = "tuple[Marking, Counter[str], Counter[str], Counter[str], int]"

MOST_EVENTS: Final = 5_000
_MOST_SKIPPED: Final = 30
_MOST_PLACES: Final = 20_000
_MOST_DEPTH: Final = 40
_AHEAD: Final = 12
"""How many events ahead are looked at before a step is passed over."""


@define
class Replayed:
    """How a case went on the diagram.

    *choices* are the ways taken, each with the element that told (``END``: none came any more;
    ``None``: unclear, as steps were passed over). *standing* are the elements before which tokens
    are left. *owed* are events out of place whose step was not passed over later: the others count
    once among the deviations, and twice in the cost. *proven* says that no way costs less. *capped*
    says that the case was too long and not played.
    """

    played: Counter[str] = Factory(Counter)
    skipped: Counter[str] = Factory(Counter)
    out_of_place: Counter[str] = Factory(Counter)
    choices: list[tuple[Choice, str | None]] = Factory(list)
    standing: tuple[str, ...] = ()
    owed: Counter[str] = Factory(Counter)
    ended: bool = False
    proven: bool = False
    capped: bool = False

    @property
    def fits(self) -> bool:
        """Return whether the case went as it is drawn, as far as it went."""
        return not (self.skipped or self.out_of_place or self.capped)

    @property
    def cost(self) -> int:
        """Return how many events and steps have no counterpart: the cost of the alignment."""
        moved = self.out_of_place.total() - self.owed.total()
        return self.skipped.total() + self.out_of_place.total() + moved


@define
class Replay:
    """Plays cases on *flow*; *unlogged* are steps of which the log never says anything."""

    flow: Flow
    net: Net
    unlogged: frozenset[str] = frozenset()
    _marking: Marking = field(init=False, factory=Marking)
    _result: Replayed = field(init=False, factory=Replayed)
    _owed: Counter[str] = field(init=False, factory=Counter)
    _to_end: bool = field(init=False, default=True)

    def play(self, elements: Sequence[str], *, is_open: bool = False) -> Replayed:
        """Return how a case went that carried out *elements* in this order.

        Args:
            elements: Ids of nodes of the flow, by the moments they were completed.
            is_open: Whether the log says that something of it is still to be done.

        Example:
            >>> from tthc_flow.calibration.net import net_of
            >>> from tthc_flow.model.flow import Flow, SequenceFlow
            >>> from tthc_flow.model.step import Step
            >>> steps = tuple(Step(id=each, name=each) for each in "abc")
            >>> edges = tuple(SequenceFlow(id=s + t, source=s, target=t) for s, t in ("ab", "bc"))
            >>> flow = Flow(id="p", nodes=steps, edges=edges)
            >>> found = Replay(flow, net_of(flow)).play(["a", "c"])
            >>> dict(found.skipped), found.ended
            ({'b': 1}, True)

        Source: Rozinat & van der Aalst, Information Systems 33 (2008), 64-95.
        """
        self._result = Replayed()
        if len(elements) > MOST_EVENTS:
            self._result.capped = True
            return self._result
        self._marking = Marking(
            dict.fromkeys(self.net.begin, 1), dict.fromkeys(self.net.begin_maybe, 1)
        )
        self._owed, self._to_end = Counter(), not is_open
        for place, element in enumerate(elements):
            self._carry_out(element, elements[place + 1 : place + 1 + _AHEAD])
        if elements and not is_open:
            self._result.ended = self._finish()
        if not self._result.ended:
            owners = (self.net.owner.get(place) for place in self._marking.sure)
            self._result.standing = tuple(sorted({each for each in owners if each is not None}))
        self._result.owed = self._owed
        return self._result

    def _carry_out(self, element: str, ahead: Sequence[str]) -> None:
        if self._bring_or_undo(at(element), element, 0):
            self._fire(element)
            return
        before = self._saved()
        if self._bring_or_undo(at(element), element, _MOST_SKIPPED):
            if not self._cheaper_without(element, ahead, before):
                self._fire(element)
                return
            self._restore(before)
        self._misplace(element)

    def _fire(self, element: str) -> None:
        """Carry *element* out, which has a token; what a gateway decides its next event tells."""
        move = self.net.of.get(element)
        if move is not None and not isinstance(self.flow.by_id[element], Gateway):
            self._marking.take(at(element))
            self._marking.put(move)
            self._result.played[element] += 1

    def _misplace(self, element: str) -> None:
        self._result.out_of_place[element] += 1
        self._owed[element] += 1

    def _cheaper_without(self, element: str, ahead: Sequence[str], before: _Saved) -> bool:
        """Return whether less is wrong soon where *element* is out of place, not steps skipped."""
        skipping, played = self._saved(), Counter(self._result.played)
        self._fire(element)
        self._go_on(ahead)
        wrong = self._wrong()
        marking, skipped, misplaced, owed, choices = before
        again = Counter(skipped), Counter(misplaced), Counter(owed)
        self._restore((marking.copy(), *again, choices))
        self._misplace(element)
        self._go_on(ahead)
        less = self._wrong() < wrong
        self._restore(skipping)
        self._result.played = played
        return less

    def _go_on(self, ahead: Sequence[str]) -> None:
        for element in ahead:
            if self._bring_or_undo(at(element), element, _MOST_SKIPPED):
                self._fire(element)
            else:
                self._misplace(element)
        if self._to_end and len(ahead) < _AHEAD:
            self._bring_or_undo(done(None), END, _MOST_SKIPPED)

    def _wrong(self) -> int:
        return self._result.skipped.total() + self._result.out_of_place.total()

    def _saved(self) -> _Saved:
        result = self._result
        counters = (result.skipped, result.out_of_place, self._owed)
        skipped, wrong, owed = map(Counter, counters)
        return self._marking.copy(), skipped, wrong, owed, len(result.choices)

    def _restore(self, saved: _Saved) -> None:
        result = self._result
        self._marking, result.skipped, result.out_of_place, self._owed, choices = saved
        del result.choices[choices:]

    def _bring_or_undo(self, place: str, label: str, most: int) -> bool:
        if self._surely(place):
            return True
        before = self._saved()
        if self._bring(place, label, most, 0):
            return True
        self._restore(before)
        return False

    def _bring(self, place: str, label: str, most: int, depth: int) -> bool:
        """Move tokens until *place* has one, passing over at most *most* steps on a way."""
        if self._surely(place):
            return True
        moves = self._way_to(place, most)
        if moves is None or depth > _MOST_DEPTH:
            return False
        return self._go(moves, label, most, depth) and self._marking.has(place)

    def _go(self, moves: list[Move], label: str, most: int, depth: int) -> bool:
        """Make *moves*; return whether each found the tokens that it takes."""
        unclear = any(move.wanted and move.label not in self.unlogged for move in moves)
        for move in moves:
            for each in move.takes:
                if not self._bring(each, label, most, depth + 1):
                    return False
            for each in move.takes:
                if self._marking.take(each) and each in self.net.optional:
                    self._result.choices.append((self.net.optional[each], label))
            if move.gathers:
                self._gather(move, label, depth)
            self._marking.put(move)
            if move.choice is not None:
                self._result.choices.append((move.choice, None if unclear else label))
            if move.label is not None and move.wanted:
                self._pass(move.label)
        return True

    def _pass(self, step: str) -> None:
        """Note that *step* was passed over, unless it was done at a wrong place before."""
        if self._owed[step]:
            self._owed[step] -= 1
        elif step not in self.unlogged:
            self._result.skipped[step] += 1

    def _gather(self, move: Move, label: str, depth: int) -> None:
        """Let the tokens that can come unseen to a join arrive there before it goes on."""
        for place in move.clears:
            moves = self._way_to(place, 0, sure=True)
            if moves and depth < _MOST_DEPTH:
                self._go(moves, label, 0, depth + 1)

    def _surely(self, place: str) -> bool:
        """Return whether *place* has a token, or a maybe that is as good: a branch to be taken.

        Another round, or an event that may interrupt, is meant only where no token can come.
        """
        marking = self._marking
        return place in marking.sure or (place in marking.maybe and place in self.net.optional)

    def _cost(self, move: Move) -> int:
        label = move.label or ""
        return int(move.wanted and label not in self.unlogged and not self._owed[label])

    def _way_to(self, place: str, most: int, *, sure: bool = False) -> list[Move] | None:
        """Return the moves that lead a token to *place*, passing over the fewest steps.

        With *sure* only tokens count, no maybes.
        """
        costs, onward = {place: 0}, dict[str, tuple[Move, str]]()
        queue, settled = deque([place]), set[str]()
        last: str | None = None
        while queue:
            here = queue.popleft()
            if here in settled:
                continue
            if last is not None and costs[here] > costs[last]:
                break
            if here in self._marking.sure if sure else self._surely(here):
                return _moves(here, place, onward)
            if last is None and not sure and here in self._marking.maybe:
                last = here
            settled.add(here)
            if len(settled) > _MOST_PLACES:
                return None
            for move in self.net.into.get(here, ()):
                cost = self._cost(move)
                for before in move.takes:
                    total = costs[here] + cost
                    if total <= most and total < costs.get(before, most + 1):
                        costs[before], onward[before] = total, (move, here)
                        (queue.append if cost else queue.appendleft)(before)
        return None if last is None else _moves(last, place, onward)

    def _finish(self) -> bool:
        """Move every token unseen to the end; where that fails, leave them where they stand."""
        before, over = self._saved(), done(None)
        while True:
            self._marking.sure.pop(over, None)
            if not self._marking.sure:
                return True
            if not self._bring(over, END, 0, 0):
                # Ends of a sub-process that has been left already are no work to be done.
                if all(place in self.net.inner_ends for place in self._marking.sure):
                    return True
                self._restore(before)
                return False


def _moves(start: str, end: str, onward: Mapping[str, tuple[Move, str]]) -> list[Move]:
    moves, here = [], start
    while here != end:
        move, here = onward[here]
        moves.append(move)
    return moves
