"""Laws of every rewrite, on random procedures and on those full of planted waste."""

from __future__ import annotations

import random

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from growing import grow_procedure
from planting.grow import planted
from strategies import SEEDS, procedures
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.bpmn.write import write
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.same import same
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.levers import ALL
from tthc_flow.measures.differences import differences
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Event, Flow, Node
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.plan.offers import offers
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

BY_ID = {lever.id: lever for lever in ALL}
FEWER = settings(max_examples=60)
"""Each example asks every lever about a dozen plants and more: some of the usual number will do."""


@frozen
class Grown:
    """A procedure by what it is grown from: short to print, and it shrinks."""

    size: int
    seed: int
    full_of_waste: bool = True

    def procedure(self) -> Procedure:
        """Return a random procedure, or one with waste and traps of many levers planted."""
        rng = random.Random(self.seed)
        if self.full_of_waste:
            return planted(rng, self.size, tuple(BY_ID)).procedure
        return grow_procedure(rng, self.size)


def full_of_waste() -> st.SearchStrategy[Grown]:
    """Return sound procedures in which waste and traps of many levers were planted."""
    return st.builds(Grown, st.integers(1, 8), SEEDS)


def of_either_sort() -> st.SearchStrategy[Grown]:
    """Return those, and random ones in which nobody planted anything."""
    random_ones = st.builds(Grown, st.integers(1, 14), SEEDS, st.just(value=False))
    return st.one_of(random_ones, full_of_waste())


def passing(procedure: Procedure) -> list[tuple[Lever, Candidate]]:
    """Return what a plan could choose."""
    found = offers(procedure, ALL, DEFAULT_CONVENTION)
    return [
        (BY_ID[offer.candidate.lever], offer.candidate)
        for offer in found
        if offer.candidate.verdict is Verdict.PASS
    ]


@given(of_either_sort())
def test_what_passes_breaks_no_law(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever, candidate in passing(procedure):
        for proof in prove(procedure, lever.apply(procedure, candidate)):
            assert proof.verdict is not Verdict.FAIL, (candidate.id, proof)


@given(of_either_sort())
def test_finding_twice_finds_the_same_and_changes_nothing(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever in ALL:
        assert tuple(lever.find(procedure)) == tuple(lever.find(procedure))


@given(of_either_sort())
def test_applying_takes_the_candidate_away(grown: Grown) -> None:
    procedure = grown.procedure()
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


@given(of_either_sort())
def test_differences_name_every_target(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        told = {element for change in differences(procedure, after) for element in change.was}
        gone = set(procedure.flow.by_id) - set(after.flow.by_id)
        steps = {step.id for step in procedure.flow.steps}
        assert gone & steps <= told, (candidate.id, gone - told)


@FEWER
@given(full_of_waste())
def test_no_rewrite_makes_the_case_longer(grown: Grown) -> None:
    procedure = grown.procedure()
    before = norm_time(procedure.flow)
    for lever, candidate in passing(procedure):
        after = norm_time(lever.apply(procedure, candidate).flow)
        known = before.work is not None and after.work is not None
        if known and set(before.unknown) == set(after.unknown):
            assert after.work.minutes <= before.work.minutes, candidate.id


@FEWER
@given(full_of_waste())
def test_what_a_rewrite_rests_on_stays(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        assert set(candidate.anchors) <= set(after.flow.by_id), candidate.id
        assert set(candidate.targets).isdisjoint(candidate.anchors), candidate.id


@FEWER
@given(full_of_waste())
def test_a_lever_says_which_work_it_looks_at(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever in ALL:
        for candidate in lever.find(procedure):
            nodes = [procedure.flow.by_id.get(target) for target in candidate.targets]
            kinds = {kind for node in nodes if isinstance(node, Step) for kind in node.kinds}
            assert not kinds or not kinds.isdisjoint(lever.kinds), candidate.id


@FEWER
@given(full_of_waste())
def test_a_rewrite_answers_no_question_and_changes_no_volume(grown: Grown) -> None:
    procedure = grown.procedure()
    for lever, candidate in passing(procedure):
        after = lever.apply(procedure, candidate)
        assert after.answers == procedure.answers, candidate.id
        assert (after.volume, after.crews) == (procedure.volume, procedure.crews), candidate.id


@FEWER
@given(full_of_waste())
def test_what_is_found_does_not_hang_on_the_ids(grown: Grown) -> None:
    procedure = grown.procedure()
    flow, anew = procedure.flow, renumbered(procedure)
    for lever in ALL:
        found = {
            (frozenset(_link(flow, each) for each in candidate.targets), candidate.verdict)
            for candidate in lever.find(procedure)
        }
        again = {(frozenset(each.targets), each.verdict) for each in lever.find(anew)}
        assert found == again, lever.id


def other_id(id_: str) -> str:
    """Return another id; those that came later come earlier in the alphabet."""
    letters = "".join(chr(ord("z") - int(each)) if each.isdigit() else each for each in id_)
    return f"n{letters}"


def _link(flow: Flow, id_: str | None) -> str | None:
    """Return the other id of a node; documents, and what is none of the flow's, keep theirs."""
    return id_ if id_ is None or id_ not in flow.by_id else other_id(id_)


def renumbered(procedure: Procedure) -> Procedure:
    """Return *procedure* with every id of its flow changed, and all that names one with it."""
    flow = procedure.flow

    def moved(node: Node) -> Node:
        known: dict[str, object] = {"id": other_id(node.id), "scope": _link(flow, node.scope)}
        if isinstance(node, Step):
            known["separate_from"] = frozenset(map(other_id, node.separate_from))
        if isinstance(node, Event):
            known |= {
                "attached_to": _link(flow, node.attached_to),
                "handler": _link(flow, node.handler),
            }
        return evolve(node, **known)

    edges = (
        evolve(
            e,
            source=_link(flow, e.source),
            target=_link(flow, e.target),
            scope=_link(flow, e.scope),
        )
        for e in flow.edges
    )
    return evolve(
        procedure,
        flow=evolve(flow, nodes=tuple(map(moved, flow.nodes)), edges=tuple(edges)),
        answers=tuple(evolve(each, step=_link(flow, each.step)) for each in procedure.answers),
        messages=tuple(
            evolve(each, source=_link(flow, each.source), target=_link(flow, each.target))
            for each in procedure.messages
        ),
    )


@pytest.mark.parametrize("lever", ALL, ids=lambda lever: lever.id)
def test_every_lever_has_a_title_and_a_source(lever: Lever) -> None:
    assert lever.title
    assert lever.source
