"""Merged procedures: each source can be taken out of the one again, as it was."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from near_twins import as_procedure, twin
from strategies import SEEDS, flows
from tthc_flow.graph.merged import Merged, case_of, choices, merged, origins, told_in
from tthc_flow.graph.shared_nodes import shared
from tthc_flow.measures.matching import match_nodes
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Document
from tthc_flow.model.step import Step
from tthc_flow.proof.prove import prove

CASES = ("Cấp", "Cấp lại", "Gia hạn")


def of_twins(flow: Flow, seed: int, many: int) -> Merged:
    """Return *flow* merged with twins of it."""
    rng = random.Random(seed)
    sources, same = [as_procedure(flow, CASES[0])], [{}]
    for case in CASES[1:many]:
        other = twin(rng, flow, rng.randint(0, 3))
        pairs = shared(flow, other, match_nodes(flow, other).to_after)
        sources.append(as_procedure(other, case))
        same.append({theirs: mine for mine, theirs in pairs.items()})
    return merged(sources, CASES[:many], same)


@given(flows(10), SEEDS, st.integers(2, 3))
def test_every_case_keeps_every_law_that_its_procedure_kept(flow, seed, many):
    whole = of_twins(flow, seed, many)
    for number in range(many):
        was, now = told_in(whole, number), case_of(whole, number)
        assert {each.id for each in was.flow.steps} == {each.id for each in now.flow.steps}
        sound = prove(was, was)[0].verdict
        for proof in prove(was, now):
            assert proof.verdict is not Verdict.FAIL or (
                proof.name == "soundness" and sound is not Verdict.PASS
            ), proof


@given(flows(10), SEEDS)
def test_what_is_told_in_the_one_is_the_source_under_other_ids(flow, seed):
    whole = of_twins(flow, seed, 2)
    for number, source in enumerate(whole.sources):
        was = told_in(whole, number)
        assert norm_time(was.flow).work == norm_time(source.flow).work
        assert [each.name for each in was.flow.steps] == [each.name for each in source.flow.steps]


@given(flows(10), SEEDS, st.integers(2, 3))
def test_every_step_of_every_source_stands_behind_one_step_of_the_one(flow, seed, many):
    whole = of_twins(flow, seed, many)
    told = [(number, step.id) for each in origins(whole) for number, step in each.sources]
    assert sorted(told) == sorted(
        (number, step.id)
        for number, source in enumerate(whole.sources)
        for step in source.flow.steps
    )
    assert all(len({n for n, _ in each.sources}) == len(each.sources) for each in origins(whole))


def row(*names: str, **facts: object) -> Flow:
    return Flow(id="p", nodes=tuple(Step(id=each, name=each) for each in names), **facts)


def test_a_component_of_one_case_is_told_there_by_its_own_name():
    sources = [
        evolve(as_procedure(row("a"), "Cấp"), documents=(Document(name="Đơn"),)),
        evolve(
            as_procedure(row("a"), "Đổi"),
            documents=(Document(name="ĐƠN"), Document(name="Giấy phép cũ")),
        ),
    ]
    whole = merged(sources, ("Cấp", "Đổi"), ({}, {"a": "a"}))
    assert [each.name for each in whole.procedure.documents or ()] == [
        "Đơn",
        "Giấy phép cũ (Đổi)",
    ]
    told = [[each.name for each in case_of(whole, at).documents or ()] for at in (0, 1)]
    assert told == [["Đơn"], ["ĐƠN", "Giấy phép cũ"]]
    assert choices(whole) == ()
    assert whole.procedure.flow.name == "Cấp / Đổi"


def test_duties_that_must_be_two_are_told_by_the_ids_of_the_one():
    apart = Step(id="b", name="b", separate_from=frozenset({"a"}))
    other = Flow(id="q", nodes=(Step(id="a", name="a"), apart))
    sources = [as_procedure(row("a", "b"), "Cấp"), as_procedure(other, "Đổi")]
    whole = merged(sources, ("Cấp", "Đổi"), ({}, {}))
    was, now = told_in(whole, 1), case_of(whole, 1)
    for each in (was, now):
        step = each.flow.by_id["b_2"]
        assert isinstance(step, Step)
        assert step.separate_from == {"a_2"}
    assert {each.name: each.verdict for each in prove(was, now)}["duties"] is not Verdict.FAIL
