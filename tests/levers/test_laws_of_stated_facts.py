"""The laws of every rewrite where the facts are stated that only a few levers look at.

Random procedures say nothing of visits, of what is inspected, of work or of data known at entry;
here they do, and every question is answered so that a change may pass.
"""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from blocks import Grower
from growing import grow_procedure
from roster import AGENCY, ANSWERED, CONSULTED, ONE_STOP
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.levers import (
    go_online,
    hand_to_third_party,
    knock_out_first,
    one_inspector,
    post_by_courier,
    receive_anywhere,
    sort_at_the_door,
)
from tthc_flow.model.flow import GatewayKind, Outcome
from tthc_flow.model.law import Answer
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure, ProcedureKind, TotalTime
from tthc_flow.model.step import Step, StepKind
from tthc_flow.plan.offers import offers
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION, Duration, TimeUnit

LEVERS = (
    go_online.LEVER,
    hand_to_third_party.LEVER,
    knock_out_first.LEVER,
    one_inspector.LEVER,
    post_by_courier.LEVER,
    receive_anywhere.LEVER,
    sort_at_the_door.LEVER,
)
BY_ID = {lever.id: lever for lever in LEVERS}
WILLING = tuple(
    Answer(question=each.id, reply=each.passes_on, source=ANSWERED) for each in questions().values()
)
VISITED = {StepKind.RECEIVE, StepKind.RETURN, StepKind.SUPPLEMENT, StepKind.PAYMENT}
BY_CASE = TotalTime(
    alternatives=(
        ("đơn giản", Duration(amount=2, unit=TimeUnit.DAY)),
        ("phức tạp", Duration(amount=20, unit=TimeUnit.DAY)),
    )
)


def stated(seed: int, size: int) -> Procedure:
    """Return a random procedure with a row of checks in it, and the facts stated."""
    rng = random.Random(seed)
    given_ = _checked(rng) if rng.random() < 0.5 else grow_procedure(rng, size)
    nodes = tuple(_said(rng, n) if isinstance(n, Step) else n for n in given_.flow.nodes)
    return evolve(
        given_,
        flow=evolve(given_.flow, nodes=nodes),
        kind=ProcedureKind.PUBLIC,
        answers=WILLING if rng.random() < 0.8 else given_.answers,
        total_time=BY_CASE if rng.random() < 0.5 else given_.total_time,
    )


def _checked(rng: random.Random) -> Procedure:
    """Return a procedure of checks that may end the case, inspections and a class of cases."""
    grower = Grower(rng, realistic=True)
    parts = [grower.step(StepKind.RECEIVE, performer=ONE_STOP)]
    for _ in range(rng.randint(1, 4)):
        kind = rng.choice((StepKind.EXAMINE, StepKind.INSPECT))
        check = grower.step(kind, performer=rng.choice((AGENCY["officer"], *CONSULTED)))
        if rng.random() < 0.3:
            parts.append(grower.step(StepKind.INSPECT, performer=rng.choice(CONSULTED)))
        if rng.random() < 0.6:
            check = grower.decided(check, refuse=True, supplement=rng.random() < 0.2)
        elif rng.random() < 0.4:
            other = grower.step(StepKind.INSPECT, performer=CONSULTED[0])
            gate = rng.choice((GatewayKind.PARALLEL, GatewayKind.EXCLUSIVE))
            check = grower.block(gate, [check, other])
        parts.append(check)
    parts.append(grower.step(StepKind.EXAMINE, performer=AGENCY["officer"]))
    parts.append(grower.step(StepKind.SIGN, performer=AGENCY["head"]))
    parts.append(grower.step(StepKind.RETURN, performer=ONE_STOP))
    return Procedure(flow=grower.flow(grower.row(*parts)), name="Thủ tục thử")


def _said(rng: random.Random, step: Step) -> Step:
    facts: dict[str, object] = {"mandatory": False, "legal_basis": ()}
    if rng.random() < 0.7:
        facts |= {"reads": frozenset(), "writes": frozenset(), "fields": ()}
    if step.kind in VISITED:
        facts["applicant_visit"] = rng.choice((True, True, False, None))
    if step.kind is StepKind.INSPECT:
        facts["inspects"] = rng.choice(("Cơ sở", "Cơ sở", "Kho", None))
        if rng.random() < 0.3:
            facts["name"] = rng.choice(("Đo đạc thửa đất", "Kiểm định thiết bị"))
    if rng.random() < 0.7:
        facts["work"] = Duration(amount=rng.randint(1, 20), unit=TimeUnit.WORKING_HOUR)
    if step.kind in {StepKind.EXAMINE, StepKind.INSPECT} and rng.random() < 0.7:
        facts |= {"checked": 100, "rejected": rng.choice((0, rng.randint(0, 60)))}
    return evolve(step, **facts)


PROCEDURES = st.builds(stated, st.integers(0, 2**32 - 1), st.integers(2, 14))


def passing(procedure: Procedure):
    """Return what a plan could choose of these levers."""
    return [
        (BY_ID[offer.candidate.lever], offer.candidate)
        for offer in offers(procedure, LEVERS, DEFAULT_CONVENTION)
        if offer.candidate.verdict is Verdict.PASS
    ]


@given(PROCEDURES)
def test_what_passes_breaks_no_law_and_is_gone_afterwards(procedure):
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        assert after != procedure
        assert candidate.id not in {again.id for again in lever.find(after)}
        for proof in prove(procedure, after):
            assert proof.verdict is not Verdict.FAIL, (candidate.id, proof)


@given(PROCEDURES)
def test_ids_are_told_once_and_every_target_is_in_the_flow(procedure):
    for lever in LEVERS:
        candidates = tuple(lever.find(procedure))
        assert candidates == tuple(lever.find(procedure))
        assert len({each.id for each in candidates}) == len(candidates)
        for candidate in candidates:
            assert {*candidate.targets, *candidate.anchors} <= set(procedure.flow.by_id)


@given(PROCEDURES)
def test_what_is_written_reads_back_equal_and_every_branch_runs(procedure):
    reading = read(build(procedure, lay_out(procedure)).data)
    (before,) = reading.procedures
    for lever, candidate in passing(before):
        after = lever.apply(before, candidate)
        drawing = keep(reading.document.drawings[0], before, after)
        again = read(write(reading.document, (after,), drawing)).procedures[0]
        assert same(again.flow, after.flow), candidate.id
        assert (again.pools, again.messages) == (after.pools, after.messages)
        assert run_every_branch(again).completed, candidate.id


def test_the_random_procedures_let_every_lever_pass():
    met = {lever.id for seed in range(150) for lever, _ in passing(stated(seed, 8))}
    assert met == set(BY_ID)


def ends(procedure: Procedure) -> set[Outcome | None]:
    """Return what the ends of the flow mean."""
    return {getattr(node, "outcome", None) for node in procedure.flow.nodes}


@given(PROCEDURES)
def test_no_end_and_no_step_that_a_case_needs_is_lost(procedure):
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        assert ends(after) == ends(procedure)
        left = {step.id for step in after.flow.steps}
        lost = {step.id for step in procedure.flow.steps} - left
        assert lost <= set(candidate.targets[1:])
        assert not lost or candidate.lever == "one_inspector"
