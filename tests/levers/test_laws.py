"""Laws of every rewrite, on random procedures."""

from __future__ import annotations

import pytest
from hypothesis import given

from strategies import procedures
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.levers import ALL
from tthc_flow.measures.differences import differences
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.offers import offers
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

BY_ID = {lever.id: lever for lever in ALL}


def passing(procedure: Procedure) -> list[tuple[Lever, Candidate]]:
    """Return what a plan could choose."""
    found = offers(procedure, ALL, DEFAULT_CONVENTION)
    return [
        (BY_ID[offer.candidate.lever], offer.candidate)
        for offer in found
        if offer.candidate.verdict is Verdict.PASS
    ]


@given(procedures())
def test_what_passes_breaks_no_law(procedure: Procedure) -> None:
    for lever, candidate in passing(procedure):
        for proof in prove(procedure, lever.apply(procedure, candidate)):
            assert proof.verdict is not Verdict.FAIL, (candidate.id, proof)


@given(procedures())
def test_finding_twice_finds_the_same_and_changes_nothing(procedure: Procedure) -> None:
    for lever in ALL:
        assert tuple(lever.find(procedure)) == tuple(lever.find(procedure))


@given(procedures())
def test_applying_takes_the_candidate_away(procedure: Procedure) -> None:
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        assert candidate.id not in {again.id for again in lever.find(after)}
        assert after != procedure


@given(procedures(max_steps=8))
def test_what_is_written_reads_back_equal_and_every_branch_runs(procedure: Procedure) -> None:
    reading = read(build(procedure, lay_out(procedure)).data)
    (before,) = reading.procedures
    for lever, candidate in passing(before):
        after = lever.apply(before, candidate)
        drawing = keep(reading.document.drawings[0], before, after)
        again = read(write(reading.document, (after,), drawing)).procedures[0]
        assert same(again.flow, after.flow), candidate.id
        assert run_every_branch(again).completed, candidate.id


@given(procedures())
def test_differences_name_every_target(procedure: Procedure) -> None:
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        told = {element for change in differences(procedure, after) for element in change.was}
        gone = set(procedure.flow.by_id) - set(after.flow.by_id)
        steps = {step.id for step in procedure.flow.steps}
        assert gone & steps <= told, (candidate.id, gone - told)


@pytest.mark.parametrize("lever", ALL, ids=lambda lever: lever.id)
def test_every_lever_has_a_title_and_a_source(lever: Lever) -> None:
    assert lever.title
    assert lever.source
