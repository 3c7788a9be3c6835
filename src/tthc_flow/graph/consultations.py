"""Consultations that follow one another: each a request with its answer, or a block of them.

Source: domain rule of this project: parallel work is never drawn; a table asks one body a row.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, frozen

from tthc_flow.graph.chains import removable
from tthc_flow.graph.redone import redone
from tthc_flow.graph.regions import Region, content, runs
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.requests import answers, asks, is_answered, passes_on
from tthc_flow.graph.rewrite import fresh_id
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.model.flow import Node


@frozen(kw_only=True)
class Arm:
    """One consultation: its regions in their order, and its steps in file order."""

    regions: tuple[Region, ...]
    steps: tuple[Step, ...]

    @property
    def answering(self) -> tuple[Step, ...]:
        """Return the steps in which somebody answers; a request without an answer holds its own."""
        return tuple(step for step in self.steps if answers(step)) or self.steps


_TAKEN_IN: Final = frozenset({StepKind.RECEIVE, StepKind.TRANSFER})
_Piece: TypeAlias = tuple[Region, tuple[Step, ...] | None]
"""A region and its steps, or ``None`` where it does other work than consulting."""


@remembered
def rows_of_consultations(flow: Flow) -> tuple[tuple[Arm, ...], ...]:
    """Return each longest row of consultations that follow one another directly, two and more.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition
        >>> nodes = (Event(id="s", position=EventPosition.START),
        ...          Step(id="a", name="A", kinds=(StepKind.OPINION,)),
        ...          Step(id="b", name="B", kinds=(StepKind.OPINION,)),
        ...          Event(id="e", position=EventPosition.END))
        >>> edges = tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("sa", "ab", "be"))
        >>> [[[step.id for step in arm.steps] for arm in row]
        ...  for row in rows_of_consultations(Flow(id="p", nodes=nodes, edges=edges))]
        [[['a'], ['b']]]

    Source: see the module; linear in the regions, and in what lies inside blocks.
    """
    if sum(map(answers, flow.steps)) < 2:  # noqa: PLR2004 - a row
        return ()
    pieces = (tuple((region, _consulting(flow, region)) for region in run) for run in runs(flow))
    return tuple(row for each in pieces for row in _rows(each))


@remembered
def rows_of_requests(flow: Flow) -> tuple[tuple[Arm, ...], ...]:
    """Return each longest row of requests that no row of its own answers: the wait is in each.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition
        >>> nodes = (Event(id="s", position=EventPosition.START),
        ...          Step(id="a", name="A", kinds=(StepKind.CONSULT,)),
        ...          Step(id="b", name="B", kinds=(StepKind.CONSULT,)),
        ...          Event(id="e", position=EventPosition.END))
        >>> edges = tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("sa", "ab", "be"))
        >>> [[[step.id for step in arm.steps] for arm in row]
        ...  for row in rows_of_requests(Flow(id="p", nodes=nodes, edges=edges))]
        [[['a'], ['b']]]

    Source: see the module: a printed row "lấy ý kiến Sở …" holds the wait; linear in the regions.
    """
    if sum(step.kinds == (StepKind.CONSULT,) for step in flow.steps) < 2:  # noqa: PLR2004 - a row
        return ()
    return tuple(arms for run in runs(flow) for arms in _requests(flow, run))


def _requests(flow: Flow, run: tuple[Region, ...]) -> Iterator[tuple[Arm, ...]]:
    alone = groupby(run, key=lambda region: _asks_alone(flow, region))
    for asks_alone, row in alone:
        arms = tuple(_of(((region, (step,)),)) for region, step in _single(flow, row))
        if asks_alone and len(arms) > 1 and not is_answered(flow, arms[-1].steps[0]):
            yield arms


def _asks_alone(flow: Flow, region: Region) -> bool:
    step = flow.by_id.get(region.entry) if region.entry == region.exit else None
    asking = isinstance(step, Step) and step.kinds == (StepKind.CONSULT,)
    return asking and isinstance(step, Step) and removable(flow, step)


def _single(flow: Flow, row: Iterable[Region]) -> Iterator[tuple[Region, Step]]:
    for region in row:
        step = flow.by_id[region.entry]
        if isinstance(step, Step):
            yield region, step


def _rows(pieces: tuple[_Piece, ...]) -> Iterator[tuple[Arm, ...]]:
    row: list[Arm] = []
    at = 0
    while at < len(pieces):
        taken = _arm(pieces, at)
        if taken:
            taken += _received(pieces, at + taken)
            row.append(_of(pieces[at : at + taken]))
        elif len(row) > 1:
            yield tuple(row)
        row = row if taken else []
        at += taken or 1
    if len(row) > 1:
        yield tuple(row)


def _arm(pieces: tuple[_Piece, ...], at: int) -> int:
    """Return how many pieces from *at* on are one consultation: a request, and its answer last."""
    for taken, (_, steps) in enumerate(pieces[at:], start=1):
        if steps is None:
            return 0
        if any(map(answers, steps)):
            return taken
        (step,) = steps
        if asks(step) if taken > 1 else not asks(step):
            return 0
    return 0


def _received(pieces: tuple[_Piece, ...], at: int) -> int:
    """Return how many pieces from *at* on only take the answer in, before one more consultation."""
    taken = 0
    for _, steps in pieces[at:]:
        if steps is None or len(steps) != 1 or steps[0].kind not in _TAKEN_IN:
            break
        taken += 1
    return taken if _arm(pieces, at + taken) else 0


def _of(pieces: tuple[_Piece, ...]) -> Arm:
    return Arm(
        regions=tuple(region for region, _ in pieces),
        steps=tuple(step for _, steps in pieces for step in steps or ()),
    )


def _consulting(flow: Flow, region: Region) -> tuple[Step, ...] | None:
    """Return the steps of *region* where it only consults: one step, or a block with an answer."""
    first = flow.by_id.get(region.entry)
    if isinstance(first, Step) and region.entry == region.exit:
        fits = answers(first) or asks(first) or passes_on(first)
        return (first,) if fits and removable(flow, first) else None
    if not isinstance(first, Gateway | SubProcess):
        return None
    inside = content(flow, region)
    nodes = tuple(node for node in flow.nodes if node.id in inside)
    steps = tuple(node for node in nodes if isinstance(node, Step))
    calm = all(map(_is_calm, nodes))
    fits = all(answers(step) or asks(step) or passes_on(step) for step in steps)
    return steps if calm and fits and any(map(answers, steps)) else None


def follow_each_other(flow: Flow, steps: tuple[str, ...]) -> tuple[Arm, ...]:
    """Return *steps*, which follow one another directly, as one consultation each.

    Example:
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> edges = tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("sa", "ab", "be"))
        >>> flow = Flow(id="p", nodes=steps, edges=edges)
        >>> [arm.regions[0].leaving for arm in follow_each_other(flow, ("a", "b"))]
        ['ab', 'be']

    Source: see the module.
    """
    return tuple(
        Arm(
            regions=(
                Region(
                    entering=flow.incoming[step.id][0].id,
                    leaving=flow.outgoing[step.id][0].id,
                    entry=step.id,
                    exit=step.id,
                ),
            ),
            steps=(step,),
        )
        for step in map(flow.by_id.__getitem__, steps)
        if isinstance(step, Step)
    )


def _is_calm(node: Node) -> bool:
    """Return whether *node* neither waits for anything nor ends the case."""
    match node:
        case Step() | Gateway():
            return True
        case Event(position=EventPosition.START | EventPosition.END, trigger=Trigger.NONE):
            return node.scope is not None
        case SubProcess(kind=SubProcessKind.EMBEDDED, outside_clock=False):
            return True
        case _:
            return False


def side_by_side(flow: Flow, arms: tuple[Arm, ...]) -> Flow:
    """Return *flow* with the consecutive *arms* in parallel between a split and a join.

    What led to the first leads to the split, what left the last leaves the join; the flows between
    them become the ways of the arms.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition
        >>> nodes = (Event(id="s", position=EventPosition.START),
        ...          Step(id="a", name="A", kinds=(StepKind.OPINION,)),
        ...          Step(id="b", name="B", kinds=(StepKind.OPINION,)),
        ...          Event(id="e", position=EventPosition.END))
        >>> edges = tuple(SequenceFlow(id=x + y, source=x, target=y) for x, y in ("sa", "ab", "be"))
        >>> flow = Flow(id="p", nodes=nodes, edges=edges)
        >>> (row,) = rows_of_consultations(flow)
        >>> [edge.target for edge in side_by_side(flow, row).outgoing["Split_a"]]
        ['a', 'b']

    Source: "parallelism" of Reijers & Liman Mansar, Omega 33 (2005).
    """
    entries = tuple(arm.regions[0] for arm in arms)
    exits = tuple(arm.regions[-1] for arm in arms)
    first = flow.by_id[entries[0].entry]
    split = Gateway(
        id=fresh_id(flow, f"Split_{arms[0].steps[0].id}"),
        kind=GatewayKind.PARALLEL,
        scope=first.scope,
        lane=first.lane,
    )
    join = evolve(split, id=fresh_id(flow, f"Join_{arms[-1].steps[-1].id}"))
    spots = edge_spots(flow)
    led: dict[int, tuple[SequenceFlow, ...]] = {
        spot: () for region in exits[:-1] for spot in spots[region.leaving]
    }
    for spot in spots[exits[-1].leaving]:
        led[spot] = (evolve(flow.edges[spot], source=join.id),)
    for spot in spots[entries[0].entering]:
        led[spot] = (evolve(flow.edges[spot], target=split.id),)
    ways = [
        SequenceFlow(id=fresh_id(flow, f"Flow_{a}_{b}"), source=a, target=b, scope=first.scope)
        for entry, leave in zip(entries, exits, strict=True)
        for a, b in ((split.id, entry.entry), (leave.exit, join.id))
    ]
    return redone(flow, {}, led, (split, join), ways)
