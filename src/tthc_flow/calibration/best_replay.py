"""How a case went on the diagram with the fewest deviations, as far as that can be afforded.

The greedy replay comes first: most cases go as drawn, and then nothing is left to be found. Where
it finds deviations a cheaper alignment is searched. A log may have so many ways to go astray that
not all can be searched; of those the replay tells no more than a bound, and says so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from tthc_flow.calibration.alignment import BOTH, LOG, MODEL, MOST_STATES, Aligner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.calibration.alignment import Aligned
    from tthc_flow.calibration.replay import Replay, Replayed

MOST_EVENTS: Final = 200
"""Longer cases are not aligned: their replay is a bound."""

MOST_FOR_A_LOG: Final = 1_000_000
"""How many states are looked at for all cases of a log: about a minute."""


@define
class BestReplay:
    """Plays cases by *replay*, and looks for alignments that cost less than what it found."""

    replay: Replay
    states: int = MOST_FOR_A_LOG
    _aligner: Aligner = field(init=False)
    _shortest: int | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        """Prepare the search."""
        self._aligner = Aligner(self.replay.net, self.replay.unlogged)

    def play(self, elements: Sequence[str], *, is_open: bool) -> Replayed:
        """Return how a case went; *proven* says that no way has fewer deviations.

        Example:
            >>> from tthc_flow.calibration.net import net_of
            >>> from tthc_flow.calibration.replay import Replay
            >>> from tthc_flow.model.flow import Flow, SequenceFlow
            >>> from tthc_flow.model.step import Step
            >>> steps = tuple(Step(id=each, name=each) for each in "abc")
            >>> edges = tuple(SequenceFlow(id=s + t, source=s, target=t) for s, t in ("ab", "bc"))
            >>> flow = Flow(id="p", nodes=steps, edges=edges)
            >>> found = BestReplay(Replay(flow, net_of(flow))).play(["b", "a", "c"], is_open=False)
            >>> found.cost, found.proven, dict(found.out_of_place)
            (2, True, {'b': 1})

        Source: see :mod:`tthc_flow.calibration.alignment`.
        """
        found = self.replay.play(elements, is_open=is_open)
        if found.fits:
            return evolve(found, proven=True)
        if found.capped or len(elements) > MOST_EVENTS or self.states <= 0:
            return found
        most = min(self.states, MOST_STATES)
        best = self._aligner.align(elements, found.cost, to_end=found.ended, most=most)
        self.states -= best.states
        if best.steps is None:
            return evolve(found, proven=best.proven)
        again = self._replayed(best, is_open=is_open)
        return found if again is None or again.ended < found.ended else again

    @property
    def shortest(self) -> int:
        """Return how many steps the shortest way to an end has; 0 where none is found."""
        if self._shortest is None:
            most = len(self.replay.net.of) + 1
            found = self._aligner.align((), most, to_end=True)
            self._shortest = 0 if found.steps is None else found.cost
        return self._shortest

    def _replayed(self, best: Aligned, *, is_open: bool) -> Replayed | None:
        """Return what the replay tells of the run of the diagram that *best* found.

        ``None`` where the replay does not go along with it. A way of which only a step that was
        passed over tells is unclear.
        """
        steps = best.steps or ()
        run = [element for how, element in steps if how != LOG]
        found = self.replay.play(run, is_open=is_open)
        if not found.fits:
            return None
        passed = Counter(element for how, element in steps if how == MODEL)
        alone = Counter(element for how, element in steps if how == LOG)
        played = Counter(element for how, element in steps if how == BOTH)
        return evolve(
            found,
            played=Counter({each: n for each, n in played.items() if each in found.played}),
            skipped=passed - alone,
            out_of_place=alone,
            choices=[(way, None if label in passed else label) for way, label in found.choices],
            owed=alone - passed,
            proven=True,
        )
