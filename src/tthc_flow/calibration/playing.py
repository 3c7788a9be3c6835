"""What playing the cases of a log tells: tokens, deviations, ways taken, cases turned down."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import Factory, define

from tthc_flow.calibration.found import Conformance, Deviation
from tthc_flow.measures.heat import Heat, HeatKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.calibration.best_replay import BestReplay
    from tthc_flow.calibration.net import Choice
    from tthc_flow.calibration.replay import Replayed

_MOST_KNOWN: Final = 2_000


@define
class Playing:
    """Counts over cases; *best* plays each.

    *told* counts the ways taken by what told of them, *by_case* the cases by node and ways; *cost*
    is that of all alignments, *steps* are those of the shortest way for each ended case. *bounded*
    are cases of which the cost is not known to be the least.
    """

    best: BestReplay
    fitting: int = 0
    ended: int = 0
    capped: int = 0
    bounded: int = 0
    cost: int = 0
    steps: int = 0
    played: Counter[str] = Factory(Counter)
    skipped: Counter[str] = Factory(Counter)
    out_of_place: Counter[str] = Factory(Counter)
    standing: Counter[str] = Factory(Counter)
    told: Counter[tuple[Choice, str | None]] = Factory(Counter)
    by_case: Counter[tuple[str, frozenset[str]]] = Factory(Counter)
    _known: dict[tuple[tuple[str, ...], bool], Replayed] = Factory(dict)

    def play(self, elements: Sequence[str], *, is_open: bool, strange: int = 0) -> bool:
        """Play a case; return whether it came to an end of the diagram.

        One with *strange* events, which are of no element, did not go as drawn.
        """
        found = self._played(tuple(elements), is_open=is_open)
        self.fitting += found.fits and not strange
        self.ended += found.ended
        self.capped += found.capped
        self.bounded += not (found.proven or found.capped)
        if found.ended:
            self.steps += self.best.shortest
        # An alignment never costs more than every event and every step of the shortest way alone.
        events = found.played.total() + found.out_of_place.total()
        self.cost += min(found.cost, events + self.best.shortest * found.ended)
        self.played += found.played
        self.skipped += found.skipped
        self.out_of_place += found.out_of_place
        self.standing.update(found.standing)
        self.told.update(found.choices)
        self._by_case(found)
        return found.ended

    def _played(self, elements: tuple[str, ...], *, is_open: bool) -> Replayed:
        """Return how a case goes; most cases of a log go one of a few ways."""
        found = self._known.get((elements, is_open))
        if found is None:
            found = self.best.play(elements, is_open=is_open)
            if len(self._known) < _MOST_KNOWN:
                self._known[elements, is_open] = found
        return found

    def _by_case(self, found: Replayed) -> None:
        """Count the case once at each node, with all the ways that it took there."""
        ways: dict[str, set[str]] = {}
        for (node, edge), label in found.choices:
            if label is not None:
                ways.setdefault(node, set()).add(edge)
        for node, edges in ways.items():
            self.by_case[node, frozenset(edges)] += 1

    def fitness(self, strange: int) -> float | None:
        """Return 1 less what the alignments cost, of what they could cost at most.

        At most every event would be out of place, and every step of the shortest way passed over.
        *strange* events of no element are out of place.
        """
        events = self.played.total() + self.out_of_place.total() + strange
        most = events + self.steps
        return 1 - (self.cost + strange) / most if most else None

    def conformance(self, cases: int, open_: int, strange: int) -> Conformance:
        """Return how *cases* fit the diagram."""
        flow = self.best.replay.flow
        counters = (self.played, self.skipped, self.out_of_place, self.standing)
        touched = {element for counter in counters for element in counter}
        deviations = tuple(
            Deviation(
                element=node.id,
                name=" ".join(node.name.split()),
                played=self.played[node.id],
                skipped=self.skipped[node.id],
                out_of_place=self.out_of_place[node.id],
                standing=self.standing[node.id],
            )
            for node in flow.nodes
            if node.id in touched
        )
        return Conformance(
            cases=cases,
            fitting=self.fitting,
            ended=self.ended,
            open=open_,
            strange=strange,
            capped=self.capped,
            bounded=self.bounded,
            fitness=self.fitness(strange),
            deviations=deviations,
            heat=heat_of(deviations),
        )


def heat_of(deviations: Sequence[Deviation]) -> Heat:
    """Return where cases leave the diagram, as figures to colour its picture by.

    Example:
        >>> heat_of([Deviation(element="a", name="A", played=5, skipped=2, out_of_place=1,
        ...                    standing=0)]).values
        {'a': Fraction(3, 1)}

    Source: a count of steps passed over and events out of place.
    """
    values = {
        each.element: Fraction(each.skipped + each.out_of_place)
        for each in deviations
        if each.skipped or each.out_of_place
    }
    return Heat(kind=HeatKind.DEVIATIONS, values=values)
