"""Terms that somebody set reach the rewrite from the moment a candidate is found."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from tthc_flow.graph.rewrite import replaced
from tthc_flow.levers import ALL
from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.plan.terms import with_terms

STEP = Step(id="a", name="Ký")


def find(procedure: Procedure) -> Iterator[Candidate]:
    for step in procedure.flow.steps:
        yield Candidate(lever="say", targets=(step.id,), terms=(("period", ""), ("share", "1")))


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    said = dict(candidate.terms)["period"]
    step = evolve(STEP, id=candidate.targets[0], result=said)
    return evolve(procedure, flow=replaced(procedure.flow, step))


SAY = Lever(id="say", title="Nói", source="test", kinds=frozenset(), find=find, apply=apply)


def test_a_set_term_takes_the_place_of_the_open_one_and_the_others_stay():
    case = Procedure(flow=Flow(id="p", nodes=(STEP, evolve(STEP, id="b"))))
    [lever] = with_terms([SAY], {"say:a": {"period": "12 tháng"}})
    first, second = lever.find(case)
    assert dict(first.terms) == {"period": "12 tháng", "share": "1"}
    assert dict(second.terms) == {"period": "", "share": "1"}
    assert lever.apply(case, first).flow.by_id["a"].result == "12 tháng"


def test_levers_nobody_set_anything_for_are_as_they_were():
    assert with_terms(ALL, {"say:a": {"period": "x"}}) == ALL
