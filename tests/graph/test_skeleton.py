"""Skeletons: equal where tokens move alike; what is learnt of one holds for all of it."""

from __future__ import annotations

import random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from by_hand import chain, drawn
from growing import grow_flow
from mutating import mutated, wild
from near_twins import renumbered
from tthc_flow.engine import run as running
from tthc_flow.engine.run import run_every_branch, runs_to_the_end
from tthc_flow.errors import TthcFlowError
from tthc_flow.graph.skeleton import Known, skeleton
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, GatewayKind, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Loop, Step, TaskType
from tthc_flow.proof import soundness as proving
from tthc_flow.proof.soundness import MOST_STATES, soundness

seeds = st.integers(0, 2**32)


def some_flow(seed: int) -> Flow:
    rng = random.Random(seed)
    flow = rng.choice((grow_flow, wild))(rng, rng.randint(4, 14))
    return mutated(rng, flow, rng.randint(0, 2)) if flow.steps and flow.edges else flow


def completed(flow: Flow) -> bool | str:
    try:
        return run_every_branch(flow).completed
    except TthcFlowError as error:
        return error.code


@given(seeds)
def test_flows_of_one_skeleton_are_as_sound_and_run_as_far(seed):
    flow = some_flow(seed)
    twin = renumbered(flow)
    assert skeleton(flow) == skeleton(twin)
    if skeleton(flow) is not None:
        verdicts = {proving._judged(each, MOST_STATES).verdict for each in (flow, twin)}
        assert len(verdicts) == 1
        assert completed(flow) == completed(twin)


@given(seeds)
def test_what_is_remembered_is_what_is_found(seed):
    flow = some_flow(seed)
    assert soundness(flow) == proving._judged(evolve(flow), MOST_STATES)
    expected = completed(flow)
    if isinstance(expected, bool):
        assert [runs_to_the_end(flow), runs_to_the_end(renumbered(flow))] == [expected, expected]
    else:
        with pytest.raises(TthcFlowError, match=expected):
            runs_to_the_end(flow)


def test_a_second_flow_of_a_skeleton_is_neither_judged_nor_executed(monkeypatch):
    flow = chain(*["1 ngày"] * 7)
    assert soundness(flow).verdict is Verdict.PASS
    assert runs_to_the_end(flow)
    monkeypatch.setattr(proving, "_judged", None)
    monkeypatch.setattr(running, "run_every_branch", None)
    assert soundness(renumbered(flow)).verdict is Verdict.PASS
    assert runs_to_the_end(renumbered(flow))


def test_what_fails_is_told_of_each_flow_by_its_own_names():
    one = drawn("s > a > xor > b > and > e; xor > c > and")
    found = [soundness(each) for each in (one, renumbered(one))]
    assert [each.verdict for each in found] == [Verdict.FAIL] * 2
    assert found[0].because != found[1].because


@pytest.mark.parametrize(
    "change",
    [
        {"loop": Loop(multi_instance=False)},
        {"start_quantity": 2},
        {"completion_quantity": 2},
        {"instantiates": True},
        {"scope": "box"},
        {"default": "elsewhere"},
        {"id": "p"},
    ],
)
def test_a_step_that_does_more_has_no_skeleton(change):
    step = Step(id="a", name="A")
    assert skeleton(Flow(id="p", nodes=(step,))) is not None
    assert skeleton(Flow(id="p", nodes=(evolve(step, **change),))) is None


@pytest.mark.parametrize(
    "event",
    [
        Event(id="b", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a"),
        Event(id="b", position=EventPosition.END, trigger=Trigger.TERMINATE),
        Event(id="b", position=EventPosition.CATCH, trigger=Trigger.LINK, reference="x"),
        Event(id="b", position=EventPosition.CATCH, trigger=Trigger.CONDITIONAL, condition="x"),
        Gateway(id="b", kind=GatewayKind.COMPLEX),
        Gateway(id="b", kind=GatewayKind.EVENT_BASED),
    ],
)
def test_what_a_skeleton_does_not_tell_has_none(event):
    assert skeleton(Flow(id="p", nodes=(Step(id="a", name="A"), event))) is None


def test_two_waits_for_one_message_have_no_skeleton_and_two_for_two_have_one():
    waits = [
        Event(id=each, position=EventPosition.CATCH, trigger=Trigger.MESSAGE, reference=each)
        for each in "ab"
    ]
    same = [evolve(each, reference="m") for each in waits]
    assert skeleton(Flow(id="p", nodes=tuple(waits))) is not None
    assert skeleton(Flow(id="p", nodes=tuple(same))) is None


@pytest.mark.parametrize("change", [{"condition": "x = 1"}, {"printed": "${x}"}, {"target": "no"}])
def test_an_arrow_with_a_condition_or_without_an_end_has_none(change):
    flow = chain("1 ngày", "1 ngày")
    first, *others = flow.edges
    assert skeleton(flow) is not None
    assert skeleton(evolve(flow, edges=(evolve(first, **change), *others))) is None


def test_kinds_of_work_and_defaults_are_part_of_a_skeleton():
    flow = drawn("s > xor > a > e; xor > b > e")
    assert len({skeleton(each) for each in (flow, *_others(flow))}) == 4


def _others(flow: Flow) -> list[Flow]:
    def with_(name: str, **change: object) -> Flow:
        nodes = tuple(evolve(n, **change) if n.id == name else n for n in flow.nodes)
        return evolve(flow, nodes=nodes)

    ways = flow.outgoing["xor"]
    return [with_("a", task=TaskType.SERVICE), *(with_("xor", default=each.id) for each in ways)]


def test_only_so_many_are_known(monkeypatch):
    monkeypatch.setattr("tthc_flow.graph.skeleton.KEPT", 3)
    known, flows = Known(), [chain(*["1 ngày"] * count) for count in range(1, 5)]
    for flow in (*flows[:3], Flow(id="p", nodes=(Gateway(id="g", kind=GatewayKind.COMPLEX),))):
        known.learn(flow)
    assert [known.holds_of(each) for each in flows] == [True, True, True, False]
    known.learn(flows[3])
    assert [known.holds_of(each) for each in flows] == [False, False, False, True]
