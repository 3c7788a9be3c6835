"""Which ways of a procedure its tests have taken, and which never."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.flow import Event, EventPosition, SubProcess, SubProcessKind, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.testing.tally import Tally


@frozen(kw_only=True)
class Taken:
    """An element of the diagram and how often it was taken."""

    id: str
    times: int


@frozen(kw_only=True)
class Coverage:
    """How much of one process was taken by *dossiers*.

    *ways* are what a dossier can take or not: the sequence flows, then the events that no flow
    leads to (at a border, at the start of an event sub-process). *nodes* are all nodes; one that
    was always interrupted was never passed.
    """

    process: str
    dossiers: int
    ways: tuple[Taken, ...]
    nodes: tuple[Taken, ...]

    @property
    def covered(self) -> tuple[str, ...]:
        """Return the ways that were taken, in file order."""
        return tuple(each.id for each in self.ways if each.times)

    @property
    def missed(self) -> tuple[str, ...]:
        """Return the ways that were never taken, in file order."""
        return tuple(each.id for each in self.ways if not each.times)

    @property
    def share(self) -> Fraction | None:
        """Return the share of the ways that was taken; ``None`` where there is no way."""
        return share_of((self,))


def coverage_of(flow: Flow, tallies: Iterable[Tally] = ()) -> Coverage:
    """Return how much of *flow* the dossiers of *tallies* have taken.

    *tallies* are of that process; ids that the flow does not have are left out. Linear in both.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.testing.tally import Tally
        >>> edges = [SequenceFlow(id=each, source="g", target=each) for each in "ab"]
        >>> tally = Tally(definition="0f", process="P", dossiers=3, times=(("a", 3),))
        >>> coverage = coverage_of(Flow(id="P", edges=tuple(edges)), (tally,))
        >>> coverage.missed, coverage.share
        (('b',), Fraction(1, 2))

    Source: branch coverage, as in Myers, The Art of Software Testing (1979).
    """
    every = tuple(tallies)
    times: dict[str, int] = {}
    for tally in every:
        for element, number in tally.times:
            times[element] = times.get(element, 0) + number
    for node in flow.nodes:
        if isinstance(node, Event) and node.handler and node.trigger is Trigger.COMPENSATION:
            times[node.id] = times.get(node.handler, 0)  # it is taken by undoing
    return Coverage(
        process=flow.id,
        dossiers=sum(tally.dossiers for tally in every),
        ways=tuple(Taken(id=each, times=times.get(each, 0)) for each in _ways(flow)),
        nodes=tuple(Taken(id=node.id, times=times.get(node.id, 0)) for node in flow.nodes),
    )


def _ways(flow: Flow) -> Iterator[str]:
    """Yield the ids of what can be taken or not."""
    yield from (edge.id for edge in flow.edges)
    yield from (node.id for node in flow.nodes if isinstance(node, Event) and _opens(flow, node))


def _opens(flow: Flow, event: Event) -> bool:
    """Return whether *event* opens a way that no sequence flow leads to."""
    scope = flow.by_id.get(event.scope or "")
    in_handler = isinstance(scope, SubProcess) and scope.kind is SubProcessKind.EVENT
    is_start = event.position is EventPosition.START
    return event.position is EventPosition.BOUNDARY or (is_start and in_handler)


def share_of(coverages: Iterable[Coverage]) -> Fraction | None:
    """Return the share of all ways of *coverages* that was taken; ``None`` where there is none.

    Example:
        >>> share_of(()) is None
        True
    """
    every = tuple(coverages)
    ways = sum(len(each.ways) for each in every)
    return Fraction(sum(len(each.covered) for each in every), ways) if ways else None
