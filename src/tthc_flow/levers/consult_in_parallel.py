"""Consult side by side (lấy ý kiến song song).

Finds: two or more consultations of different bodies, one waited for after the other: opinions,
    requests with their answers or with the wait in them, blocks of these; and one row that names
    several bodies, as who does it or in its words, where they are said to be asked one after
    another.
Matters: the wait is then the longest of them and no longer their sum.
Not when: a rule orders one after the other, one needs the other's opinion, or a negative one often
    spares the next (it decides a branch, or rejects a real share).
Source: 949/KH-UBND III.2; "parallelism" of Reijers & Liman Mansar, Omega 33 (2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.consultations import (
    follow_each_other,
    rows_of_consultations,
    rows_of_requests,
    side_by_side,
)
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.requests import answers, is_answered
from tthc_flow.graph.rewrite import fresh_id, given_to, inserted_on, replaced
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition, Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.losses import decides_nothing, worst_of
from tthc_flow.words.bodies import bodies_asked, bodies_of
from tthc_flow.words.offices import offices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.graph.consultations import Arm
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

_NEEDS: Final = "one-opinion-needs-the-other"


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each longest row of consultations of different bodies, then each step naming some."""
    flow = procedure.flow
    heard = _heard(procedure)
    for arms in (*rows_of_consultations(flow), *rows_of_requests(flow)):
        if not _all_differ(flow, arms, heard):
            continue
        steps = _steps(arms)
        answering = tuple(step for arm in arms for step in arm.answering)
        earlier = tuple(step for arm in arms[:-1] for step in arm.answering)
        yield Candidate(
            lever=LEVER.id,
            targets=tuple(step.id for step in steps),
            evidence=(
                *(done_by(step, performer_of(flow, step)) for step in answering),
                *(time_of(step) for step in steps),
            ),
            preconditions=(
                asked(procedure, "legally-ordered", *answering),
                _independent(procedure, arms),
                worst_of(*(decides_nothing(procedure, step) for step in earlier)),
            ),
            amends=who_may_amend(procedure, *steps),
            confidence=confidence_of(procedure, *steps),
        )
    for step in flow.steps:
        if bodies := _bodies(flow, step):
            yield _one_row(procedure, step, tuple(bodies.values()))


def _steps(arms: tuple[Arm, ...]) -> tuple[Step, ...]:
    return tuple(step for arm in arms for step in arm.steps)


def _heard(procedure: Procedure) -> Mapping[str, str]:
    """Return the pool that sends a message to an element, by the element."""
    pools = {pool.id: pool.name for pool in procedure.pools if pool.name}
    return {m.target: pools[m.source] for m in procedure.messages if m.source in pools}


def _all_differ(flow: Flow, arms: tuple[Arm, ...], heard: Mapping[str, str]) -> bool:
    """Return whether the bodies asked are known, and no body is asked twice.

    Where all is done by the one who asks, they are the pools that answer, or who the rows name.
    """
    doing = {performer_of(flow, step) for arm in arms for step in arm.steps}
    if len(doing) == 1 and None not in doing:
        own = {identity(who)[0] for who in doing if who is not None}
        asked_of = [_named(arm, heard) - own for arm in arms]
        told = [body for bodies in asked_of for body in bodies]
        return all(len(bodies) == 1 for bodies in asked_of) and len({*told}) == len(told)
    seen: set[tuple[str, str]] = set()
    for arm in arms:
        bodies = [performer_of(flow, step) for step in arm.answering]
        known = {identity(body) for body in bodies if body is not None}
        if None in bodies or known & seen:
            return False
        seen |= known
    return True


def _named(arm: Arm, heard: Mapping[str, str]) -> frozenset[str]:
    """Return the pools that answer *arm*, else the offices that its rows name."""
    pools = frozenset(heard[step.id] for step in arm.steps if step.id in heard)
    said = (each.office for step in arm.steps for each in offices(step.name))
    return pools or frozenset(office for office in said if office)


def _independent(procedure: Procedure, arms: tuple[Arm, ...]) -> Precondition:
    """Return whether no later consultation reads what an earlier one writes."""
    steps = _steps(arms)
    written: set[str] = set()
    for arm in arms:
        for step in arm.steps:
            needed = (step.reads or frozenset()) & written
            if needed:
                because = (("reads", min(needed)), ("reader", step.id))
                return Precondition(name=_NEEDS, verdict=Verdict.FAIL, because=because)
        written |= frozenset[str]().union(*(step.writes or () for step in arm.steps))
    if any(step.reads is None or step.writes is None for step in steps):
        return asked(procedure, _NEEDS, *steps)
    passed = Precondition(name=_NEEDS, verdict=Verdict.PASS, because=(("reads", "none"),))
    return barred_by_answer(procedure, _NEEDS, *steps) or passed


def _bodies(flow: Flow, step: Step) -> Mapping[str, Performer]:
    """Return the bodies that one row asks for their opinion, where it names two or more.

    By the name of a row for each: the performer names them, or the words of the row do.
    """
    asking = answers(step) or (step.kinds == (StepKind.CONSULT,) and not is_answered(flow, step))
    alone = removable(flow, step) and len(flow.incoming[step.id]) == 1
    if not asking or step.loop is not None or not alone:
        return {}
    performer = performer_of(flow, step)
    if performer is not None and (several := bodies_of(performer)):
        return {f"{step.name} {body.name}": body for body in several}
    return bodies_asked(step.name)


def _one_row(procedure: Procedure, step: Step, bodies: tuple[Performer, ...]) -> Candidate:
    """Return the candidate that draws a row of several bodies as one row each, side by side."""
    names = "; ".join(body.name for body in bodies)
    return Candidate(
        lever=LEVER.id,
        targets=(step.id,),
        evidence=(
            Evidence(name="bodies-named", value=names, element=step.id),
            time_of(step),
        ),
        preconditions=(
            asked(procedure, "asked-one-after-another", step),
            asked(procedure, "legally-ordered", step),
            asked(procedure, _NEEDS, step),
        ),
        amends=who_may_amend(procedure, step),
        confidence=confidence_of(procedure, step),
    )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the consultations between a parallel split and a join.

    A row that names several bodies becomes a row for each, with the time of the row as its limit:
    it was the limit of all of them, and nobody has said how long one alone may take.
    """
    flow = procedure.flow
    arms = _by_steps(flow).get(candidate.targets)
    if arms is not None:
        return evolve(procedure, flow=side_by_side(flow, arms))
    step = flow.by_id[candidate.targets[0]]
    bodies = _bodies(flow, step) if isinstance(step, Step) else {}
    if not isinstance(step, Step) or len(candidate.targets) > 1 or not bodies:
        return procedure
    return evolve(procedure, flow=_drawn_apart(flow, step, bodies))


@remembered
def _by_steps(flow: Flow) -> Mapping[tuple[str, ...], tuple[Arm, ...]]:
    """Return the first row of arms of each row of steps."""
    rows = (*rows_of_consultations(flow), *rows_of_requests(flow))
    return {tuple(step.id for step in _steps(arms)): arms for arms in reversed(rows)}


def _drawn_apart(flow: Flow, step: Step, bodies: Mapping[str, Performer]) -> Flow:
    """Return *flow* with *step* once for each of *bodies*, side by side.

    Whoever asks goes on asking where the words name the bodies; each row then names one.
    """
    row: list[str] = []
    by_words = bodies == bodies_asked(step.name)
    for name, body in bodies.items():
        one = evolve(step, name=name) if by_words else step
        if row:
            one = evolve(one, id=fresh_id(flow, f"{step.id}_{len(row) + 1}"), number=None)
            (leaving,) = flow.outgoing[row[-1]]
            flow = inserted_on(flow, leaving, one)
        else:
            flow = replaced(flow, one)
        flow = flow if by_words else given_to(flow, one, body)
        row.append(one.id)
    return side_by_side(flow, follow_each_other(flow, tuple(row)))


LEVER = Lever(
    id="consult_in_parallel",
    title="Lấy ý kiến song song",
    source="949/KH-UBND III.2",
    kinds=frozenset({StepKind.CONSULT, StepKind.OPINION}),
    find=find,
    apply=apply,
)
