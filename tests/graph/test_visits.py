"""How often a case comes by: known shares by hand, and what the engine really passes."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given

from by_hand import drawn
from strategies import flows
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.visits import visits
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step

DIAMOND = "s > a > xor1; xor1 > b > xor2; xor1 > c > xor2; xor2 > d > e"


def shared(flow, **shares):
    """Return *flow* with shares on its arrows, by source and target: ``xor1_b="1/4"``."""
    edges = tuple(
        evolve(edge, share=Fraction(shares[f"{edge.source}_{edge.target}"]))
        if f"{edge.source}_{edge.target}" in shares
        else edge
        for edge in flow.edges
    )
    return evolve(flow, edges=edges)


def told(flow):
    """Return the bounds of every step as text: ``1``, ``0..1`` or ``1..``."""
    found = visits(flow)
    bounds = {step.id: (found[step.id].least, found[step.id].most) for step in flow.steps}
    return {
        name: str(low) if low == high else f"{low}..{'' if high is None else high}"
        for name, (low, high) in bounds.items()
    }


def inside(flow, box, *ids):
    """Return *flow* with the nodes *ids*, and the arrows among them, inside the box."""
    nodes = tuple(evolve(n, scope=box) if n.id in ids else n for n in flow.nodes)
    edges = tuple(evolve(e, scope=box) if e.source in ids else e for e in flow.edges)
    return evolve(flow, nodes=nodes, edges=edges)


def test_the_trunk_is_passed_once_and_an_arm_by_its_share():
    assert told(drawn(DIAMOND)) == {"a": "1", "b": "0..1", "c": "0..1", "d": "1"}
    known = shared(drawn(DIAMOND), xor1_b="1/4", xor1_c="3/4")
    assert told(known) == {"a": "1", "b": "1/4", "c": "3/4", "d": "1"}


def test_the_share_of_the_only_arm_without_one_is_what_is_left():
    assert told(shared(drawn(DIAMOND), xor1_b="1/4"))["c"] == "3/4"
    three = drawn("s > xor1; xor1 > a > e1; xor1 > b > e2; xor1 > c > e3")
    assert told(shared(three, xor1_a="1/4")) == {"a": "1/4", "b": "0..3/4", "c": "0..3/4"}


@pytest.mark.parametrize("shares", [("2/3", "2/3"), ("1/4", "1/4")])
def test_shares_that_contradict_each_other_say_nothing(shares):
    flow = shared(drawn(DIAMOND), xor1_b=shares[0], xor1_c=shares[1])
    assert told(flow) == {"a": "1", "b": "0..1", "c": "0..1", "d": "1"}


def test_shares_multiply_along_the_way_and_a_refused_case_comes_no_further():
    flow = drawn("s > xor1; xor1 > a > xor2; xor1 > no > e1; xor2 > b > e; xor2 > c > e2")
    known = shared(flow, xor1_a="1/2", xor2_b="1/3")
    assert told(known) == {"a": "1/2", "no": "1/2", "b": "1/6", "c": "1/3"}
    assert told(drawn("s > a > xor1; xor1 > e1; xor1 > b > e"))["b"] == "0..1"


def test_every_arm_of_parallel_work_is_passed():
    flow = drawn("s > and1; and1 > a > and2; and1 > b > and2; and2 > c > e")
    assert told(flow) == {"a": "1", "b": "1", "c": "1"}


def test_what_may_be_done_again_has_no_upper_bound():
    loop = drawn("s > xor1 > a > xor2; xor2 > c > xor1; xor2 > b > e")
    assert told(loop) == {"a": "1..", "c": "0..", "b": "1"}
    again = Step(id="a", name="A", loop=Loop(multi_instance=False))
    assert told(drawn("s > a > b > e", again)) == {"a": "1..", "b": "1"}
    each = Step(id="a", name="A", loop=Loop(multi_instance=True))
    assert told(drawn("s > a > b > e", each)) == {"a": "0..", "b": "1"}


def test_a_sub_process_is_passed_with_its_content_unless_something_breaks_in():
    plain = inside(drawn("s > box > d > e; i > a > j", SubProcess(id="box")), "box", *"iaj")
    assert told(plain) == {"d": "1", "i": "1", "a": "1", "j": "1"}
    late = Event(id="late", position=EventPosition.BOUNDARY, attached_to="box")
    cut = drawn("s > box > d > e; late > x > e2; i > a > j", SubProcess(id="box"), late)
    assert told(inside(cut, "box", *"iaj")) == dict.fromkeys("dxiaj", "0..1")
    aside = evolve(late, interrupting=False)
    beside = drawn("s > box > d > e; late > x > e2; i > a > j", SubProcess(id="box"), aside)
    assert told(inside(beside, "box", *"iaj")) == {**dict.fromkeys("diaj", "1"), "x": "0.."}
    often = SubProcess(id="box", loop=Loop(multi_instance=True))
    assert told(inside(drawn("s > box > d > e; i > a > j", often), "box", *"iaj"))["a"] == "0.."


def test_a_case_that_may_be_ended_from_aside_is_sure_of_nothing():
    ends = Event(id="e1", position=EventPosition.END, trigger=Trigger.TERMINATE)
    text = "s > and1; and1 > a > b > e; and1 > c > e1"
    assert told(drawn(text, ends)) == {"a": "0..1", "b": "0..1", "c": "0..1"}
    assert told(drawn("s > a > e1", ends)) == {"a": "1"}
    aside = SubProcess(id="box", kind=SubProcessKind.EVENT)
    begin = Event(id="i", position=EventPosition.START, trigger=Trigger.MESSAGE)
    happens = drawn("s > a > e; i > x > j", aside, begin)
    assert told(inside(happens, "box", *"ixj")) == {"a": "0..1", "x": "0..", "j": "0.."}


@given(flows())
def test_no_run_of_the_engine_leaves_the_bounds(flow):
    found = visits(flow)
    ran = run_every_branch(Procedure(flow=flow))
    for run in ran.runs:
        passed = Counter(run)
        for step in flow.steps:
            bounds = found[step.id]
            assert bounds.least <= passed[step.id], (step.id, run)
            assert bounds.most is None or passed[step.id] <= bounds.most, (step.id, run)
