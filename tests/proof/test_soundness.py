"""Soundness: known answers by hand, and the token game on random flows."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from hypothesis import assume, given, settings

from by_hand import chain, drawn
from growing import grow_flow
from strategies import flows, mutated_flows, wild_flows
from token_game import TooLarge, brute_force
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step
from tthc_flow.proof.soundness import soundness

SOUND = {
    "a chain": "s > a > b > e",
    "a choice": "s > xor1; xor1 > a > xor2; xor1 > b > xor2; xor2 > e",
    "a choice with two ends": "s > xor1; xor1 > a > e1; xor1 > b > e2",
    "parallel work": "s > and1; and1 > a > and2; and1 > b > and2; and2 > e",
    "parallel work with an end an arm": "s > and1; and1 > a > e1; and1 > b > e2",
    "an implicit split and an explicit join": "s > a; a > b > and1; a > c > and1; and1 > e",
    "an implicit merge": "s > xor1; xor1 > a > c; xor1 > b > c; c > e",
    "a loop": "s > xor1 > a > xor2; xor2 > xor1; xor2 > e",
    "rework loops that cross": "s > a > b > xor1; xor1 > a; xor1 > d > xor2; xor2 > b; xor2 > e",
    "some of several": "s > or1; or1 > a > or2; or1 > b > or2; or2 > e",
    "an inclusive join of parallel work": "s > and1; and1 > a > or1; and1 > b > or1; or1 > e",
    "the first event decides": "s > wait1; wait1 > catch1 > xor1; wait1 > catch2 > xor1; xor1 > e",
    "a terminating end beside other work": "s > and1; and1 > a > term; and1 > b > e",
    "two starts": "s1 > xor1; s2 > xor1; xor1 > a > e",
    "no start and no end": "a > b > c",
}
BROKEN = {
    "s > xor1; xor1 > a > and1; xor1 > b > and1; and1 > e": ("cannot-complete", "and1"),
    "s > and1; and1 > a > xor1; and1 > b > xor1; xor1 > e": ("unsafe", "e"),
    "s > and1; and1 > a > xor1; and1 > b > xor1; xor1 > c > d > e": ("unsafe", "c"),
    "s > and1; and1 > a > e; and1 > b > e": ("improper-completion", "e"),
    "s > a > e; b > e": ("dead-element", "b"),
    "s > xor1; xor1 > a > xor2; xor2 > a; xor1 > e": ("cannot-complete", "a"),
    "s > a > and1; and1 > b > and1; and1 > e": ("cannot-complete", "and1"),
    "s > or1; or1 > a > and1; or1 > b > and1; and1 > e": ("cannot-complete", "and1"),
    "s > or1; or1 > a > xor1; or1 > b > xor1; xor1 > e": ("unsafe", "e"),
}


@pytest.mark.parametrize("picture", SOUND.values(), ids=SOUND.keys())
def test_a_sound_flow_passes(picture):
    assert soundness(drawn(picture)).verdict is Verdict.PASS
    assert brute_force(drawn(picture)) is None


@pytest.mark.parametrize(("picture", "answer"), BROKEN.items())
def test_an_unsound_flow_fails_with_the_place_and_the_way_there(picture, answer):
    flow = drawn(picture)
    proof = soundness(flow)
    assert proof.verdict is Verdict.FAIL
    assert (dict(proof.because)["violation"], dict(proof.because)["element"]) == answer
    assert set(proof.trace) <= set(flow.by_id)
    assert proof.trace[:1] == (("s",) if answer[0] != "dead-element" else ())


def test_the_counter_example_fires_step_by_step():
    flow = drawn("s > xor1; xor1 > a > b > and1; xor1 > c > and1; and1 > e")
    trace = soundness(flow).trace
    assert trace in {("s", "xor1", "a", "b"), ("s", "xor1", "c")}


@given(flows())
def test_every_structured_flow_is_sound(flow):
    assert soundness(flow).verdict is Verdict.PASS


@given(mutated_flows(11))
def test_the_verdict_on_mutated_flows_is_that_of_the_token_game(flow):
    _agree(flow)


@given(wild_flows())
def test_the_verdict_on_flows_of_any_shape_is_that_of_the_token_game(flow):
    _agree(flow)


@given(flows(9))
def test_the_verdict_on_structured_flows_is_that_of_the_token_game(flow):
    _agree(flow)


def _agree(flow):
    proof = soundness(flow)
    assume(proof.verdict is not Verdict.UNKNOWN)
    try:
        wrong = brute_force(flow)
    except TooLarge:  # the obvious way cannot tell
        return
    assert (proof.verdict is Verdict.PASS) == (wrong is None), (proof, wrong)


@given(mutated_flows())
@settings(max_examples=100)  # a quick look at the shape of every answer
def test_a_failed_proof_names_elements_of_the_flow_and_an_unknown_one_its_reason(flow):
    proof = soundness(flow)
    if proof.verdict is Verdict.FAIL:
        assert dict(proof.because)["element"] in flow.by_id
        assert set(proof.trace) <= set(flow.by_id)
    if proof.verdict is Verdict.UNKNOWN:
        assert dict(proof.because)["reason"]


def test_a_capped_search_is_unknown_and_never_sound():
    arms = "; ".join(f"and1 > a{n} > or1; or1 > b{n} > and2" for n in range(6))
    flow = drawn(f"s > and1; {arms}; and2 > e")
    assert soundness(flow).verdict is not Verdict.UNKNOWN
    tangled = "; ".join(
        f"and1 > a{n} > xor{n}; xor{n} > c{n} > and2; xor{n} > xor{n + 1}" for n in range(9)
    )
    hard = drawn(f"s > and1; {tangled}; xor9 > and2; and2 > e")
    capped = soundness(hard, most_states=5)
    assert capped.verdict is Verdict.UNKNOWN
    assert dict(capped.because)["reason"] == "undecided"


def test_seventeen_parallel_branches_and_eighteen_choices_in_a_loop_take_no_search():
    arms = "; ".join(f"and1 > a{n} > b{n} > and2" for n in range(17))
    assert soundness(drawn(f"s > and1; {arms}; and2 > e"), 1).verdict is Verdict.PASS
    blocks = "; ".join(
        f"xor{n} > a{n} > xorj{n}; xor{n} > b{n} > xorj{n}; xorj{n} > xor{n + 1}"
        for n in range(1, 19)
    )
    loop = drawn(f"s > xor0; xor0 > xor1; {blocks}; xor19 > xor0; xor19 > e")
    assert soundness(loop, 1).verdict is Verdict.PASS


def test_two_thousand_structured_nodes_take_no_search_and_no_deep_stack():
    flow = grow_flow(random.Random(7), 2400)
    assert len(flow.nodes) > 2000
    assert soundness(flow, 1).verdict is Verdict.PASS
    assert soundness(chain(*["1 ngày"] * 20_000), 1).verdict is Verdict.PASS


def test_a_sub_process_is_judged_by_itself():
    inside = drawn("s > sub > e", SubProcess(id="sub"))
    bad = (
        Event(id="s2", position=EventPosition.START, scope="sub"),
        Gateway(id="and1", kind=GatewayKind.PARALLEL, scope="sub"),
        Step(id="a", name="A", scope="sub"),
    )
    edges = drawn("s2 > and1; and1 > a; and1 > and1x").edges
    flow = evolve(
        inside,
        nodes=(*inside.nodes, *bad),
        edges=(
            *inside.edges,
            *(evolve(e, id=f"in_{e.id}", scope="sub") for e in edges[:2]),
            evolve(edges[1], id="twice", source="and1", target="a", scope="sub"),
        ),
    )
    proof = soundness(flow)
    assert dict(proof.because) == {"violation": "improper-completion", "element": "a"}
    assert proof.trace[0] == "sub"


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_boundary_event_is_a_way_out_of_its_step(interrupting):
    late = Event(
        id="late",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to="a",
        interrupting=interrupting,
    )
    apart = drawn("s > a > e; late > b > e2", late)
    assert soundness(apart).verdict is Verdict.PASS
    same = drawn("s > a > e; late > b > e", late)
    verdict = Verdict.PASS if interrupting else Verdict.FAIL
    assert soundness(same).verdict is verdict


def test_a_link_is_an_arrow():
    throw = Event(id="t", position=EventPosition.THROW, trigger=Trigger.LINK, reference="A")
    catch = Event(id="c", position=EventPosition.CATCH, trigger=Trigger.LINK, reference="A")
    assert soundness(drawn("s > t; c > a > e", throw, catch)).verdict is Verdict.PASS
    other = evolve(catch, reference="B")
    assert soundness(drawn("s > t; c > a > e", throw, other)).verdict is Verdict.FAIL


def test_a_sub_process_that_only_ends_by_error_is_left_by_its_boundary_event():
    nodes = (
        SubProcess(id="sub"),
        Step(id="a", name="A", scope="sub"),
        Event(id="err", position=EventPosition.END, trigger=Trigger.ERROR, scope="sub"),
        Event(
            id="caught", position=EventPosition.BOUNDARY, trigger=Trigger.ERROR, attached_to="sub"
        ),
    )
    flow = drawn("s > sub > b > e; caught > c > e2; a > err", *nodes)
    proof = soundness(flow)
    assert dict(proof.because) == {"violation": "dead-element", "element": "b"}
    assert soundness(drawn("s > sub; caught > c > e2; a > err", *nodes)).verdict is Verdict.PASS


NOT_COVERED = {
    "complex-gateway": Gateway(id="x", kind=GatewayKind.COMPLEX),
    "flow-at-event-sub-process": SubProcess(id="x", kind=SubProcessKind.EVENT),
}


@pytest.mark.parametrize(("reason", "node"), NOT_COVERED.items(), ids=NOT_COVERED.keys())
def test_what_is_not_covered_is_named(reason, node):
    proof = soundness(drawn("s > x > e", node))
    assert proof.verdict is Verdict.UNKNOWN
    assert dict(proof.because) == {"reason": reason, "element": "x"}


def test_drawings_that_bpmn_forbids_are_named():
    cases = {
        "flow-into-start": "s1 > a > s2 > e",
        "flow-out-of-end": "s > e1 > a",
    }
    for reason, picture in cases.items():
        proof = soundness(drawn(picture))
        assert proof.verdict is Verdict.UNKNOWN
        assert dict(proof.because)["reason"] == reason


def test_a_flow_without_elements_ends_at_once():
    assert soundness(drawn("")).verdict is Verdict.PASS


def test_a_default_beside_conditions_is_no_riddle_at_a_gateway():
    flow = drawn("s > xor1; xor1 > a > xor2; xor1 > b > xor2; xor2 > e")
    edges = tuple(
        evolve(edge, condition="x == 1") if edge.target == "a" else edge for edge in flow.edges
    )
    assert soundness(evolve(flow, edges=edges)).verdict is Verdict.PASS
