"""The oracle of the plan: every set of changes, applied one by one and measured anew.

It shares no arithmetic with the plan: no programme, no rows, no sums of effects. A set counts where
no element is rewritten twice or rewritten under another change that stands on it, where what is
needed is there, where each change, when its turn comes, is found again and passes, and where the
final flow breaks no law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from roster import ANSWERED
from tthc_flow.errors import TthcFlowError
from tthc_flow.levers import ALL
from tthc_flow.measures.costs import cost
from tthc_flow.measures.size import Size, size
from tthc_flow.model.flow import Node
from tthc_flow.model.law import Answer
from tthc_flow.model.lever import Candidate, Necessity, Verdict
from tthc_flow.model.plan import Objective, Targets, Wishes
from tthc_flow.model.procedure import CostMethod, Procedure
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

BY_ID = {lever.id: lever for lever in ALL}
WILLING = tuple(
    Answer(question=each.id, reply=each.passes_on, source=ANSWERED) for each in questions().values()
)


def willing(procedure: Procedure) -> Procedure:
    """The same procedure with every question answered so that a change may pass."""
    return evolve(procedure, answers=WILLING)


def every_set(
    before: Procedure, pool: Sequence[Candidate]
) -> Iterator[tuple[tuple[Candidate, ...], Procedure]]:
    """Every set of *pool*, in its order, that can be applied so, with the procedure it makes.

    Each change is found again when the turn of its lever comes, and has to pass then. The last law
    is not looked at here: whether the whole may stay as it is.
    """

    def grown(
        some: tuple[Candidate, ...], after: Procedure, rows: Sequence[set[str]] | None, place: int
    ) -> Iterator[tuple[tuple[Candidate, ...], Procedure]]:
        if place == len(pool):
            yield some, after
            return
        new = pool[place]
        yield from grown(some, after, rows, place + 1)
        if not {each.id for each in some} >= set(new.needs) or any(_clash(new, e) for e in some):
            return
        if not some or some[-1].lever != new.lever:
            rows = _passing(after, new.lever) if some else None
        if rows is not None and not any(row >= set(new.targets) for row in rows):
            return
        try:
            then = BY_ID[new.lever].apply(after, new)
        except TthcFlowError:
            return
        yield from grown((*some, new), then, rows, place + 1)

    yield from grown((), before, None, 0)


def sets(pool: Sequence[Candidate], most: int) -> int:
    """How many sets of *pool* there are in which none is in another's way; more than *most*: so."""
    found = 1  # the empty one
    todo: list[tuple[int, tuple[Candidate, ...]]] = [(0, ())]
    while todo and found <= most:
        start, some = todo.pop()
        ids = {each.id for each in some}
        for place in range(start, len(pool)):
            new = pool[place]
            if ids >= set(new.needs) and not any(_clash(new, each) for each in some):
                found += 1
                todo.append((place + 1, (*some, new)))
    return found


def _passing(procedure: Procedure, lever: str) -> list[set[str]]:
    found = BY_ID[lever].find(procedure)
    return [set(each.targets) for each in found if each.verdict is Verdict.PASS]


def _clash(one: Candidate, other: Candidate) -> bool:
    obliged = [each.necessity is Necessity.OBLIGED for each in (one, other)]
    if obliged[0] != obliged[1]:
        return False
    ours, theirs = set(one.targets), set(other.targets)
    return bool(ours & theirs or ours & set(other.anchors) or theirs & set(one.anchors))


def keeps_every_law(before: Procedure, after: Procedure) -> bool:
    """Whether no law that *before* keeps is broken in *after*."""
    return after is before or all(
        proof.verdict is not Verdict.FAIL for proof in prove(before, after)
    )


def least(
    before: Procedure, pool: Sequence[Candidate], targets: Targets, wishes: Wishes
) -> tuple[Fraction, ...]:
    """What the best of every set of *pool* is worth."""
    best = worth(before, pool, before, (), targets, wishes)
    for some, after in every_set(before, pool):
        value = worth(before, pool, after, some, targets, wishes)
        better = value is not None and (best is None or value < best)
        if better and keeps_every_law(before, after):
            best = value
    assert best is not None
    return best


def _timed_as(before: Procedure, after: Procedure) -> Procedure:
    """*after* with the time that a step had *before* where a change left it without any."""
    had = {step.id: step.time for step in before.flow.steps}

    def again(node: Node) -> Node:
        lost = isinstance(node, Step) and node.time.counted and node.time.duration is None
        if not lost or node.id not in had:
            return node
        return evolve(node, time=evolve(node.time, duration=had[node.id].duration))

    return evolve(after, flow=evolve(after.flow, nodes=tuple(map(again, after.flow.nodes))))


def worth(
    before: Procedure,
    pool: Sequence[Candidate],
    after: Procedure,
    some: Sequence[Candidate],
    targets: Targets,
    wishes: Wishes,
) -> tuple[Fraction, ...] | None:
    """What is made small, in order, measured on *after*; ``None`` where a budget is broken."""
    has, had = size(after, DEFAULT_CONVENTION), size(before, DEFAULT_CONVENTION)
    known_again = size(_timed_as(before, after), DEFAULT_CONVENTION).norm_time.work
    time = Fraction(0) if known_again is None else known_again.minutes
    lost = max(0, len(has.norm_time.unknown) - len(had.norm_time.unknown))
    most = None if had.norm_time.work is None else had.norm_time.work.minutes
    known = [each.risk for each in some if each.risk is not None]
    if targets.risk is not None and (len(known) < len(some) or sum(known) > targets.risk):
        return None
    costs = [cost(each, targets.cost_method, DEFAULT_CONVENTION).yearly for each in (before, after)]
    counted = costs[0] is not None and targets.cost_method is CostMethod.TT02_2017
    paid = costs[1].amount if counted and costs[1] is not None else Fraction(0)
    unpaid = int(counted and costs[1] is None)
    weight = 2 * has.hand_offs + has.steps + (has.documents or 0) + (has.visits or 0)
    weight -= 3 * has.exceptional
    short = [Fraction(0)] * 2
    if targets.time is not None and most is not None:
        short[0] = max(Fraction(0), time - (1 - targets.time) * most)
    if targets.hand_offs is not None:
        short[1] = Fraction(max(0, has.hand_offs - targets.hand_offs))
    risk = (Fraction(len(some) - len(known)), sum(known, Fraction(0)))
    own = {Objective.TIME: (time, lost), Objective.COST: (unpaid, paid), Objective.RISK: risk}
    first = {**_structure(has), **own}[wishes.objective or Objective.TIME]
    unlawful = sum(_is_left(each, some, after) for each in pool)
    pinned = sum(each.id in wishes.pinned for each in some)
    last = (weight, -sum(map(_saved_in_the_mean, some), Fraction(0)), *risk)
    return (-pinned, unlawful, *short, *first, time, lost, unpaid, paid, *last)


def _structure(has: Size) -> dict[Objective, tuple[int, ...]]:
    return {
        Objective.HAND_OFFS: (has.hand_offs,),
        Objective.PERFORMERS: (has.performers,),
        Objective.LEVELS: (has.levels,),
        Objective.VISITS: (has.visits or 0,),
        Objective.STRUCTURE: (has.hand_offs, has.performers, has.levels, has.visits or 0),
    }


def _saved_in_the_mean(candidate: Candidate) -> Fraction:
    known = candidate.expected is not None and candidate.expected.work is not None
    return candidate.expected.work if known else Fraction(0)


def _is_left(obliged: Candidate, some: Sequence[Candidate], after: Procedure) -> bool:
    """Whether what the law obliges to go is not among *some* and still in *after*."""
    must = obliged.necessity is Necessity.OBLIGED and not obliged.needs and obliged not in some
    return must and any(target in after.flow.by_id for target in obliged.targets)
