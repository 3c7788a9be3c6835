"""Soundness of what interrupts and escapes: known answers, and the token game on random flows."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from attrs import evolve

from by_hand import drawn
from exceptional import exceptional, wrapped
from growing import grow_flow
from mutating import mutated
from token_game import TooLarge, brute_force
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step
from tthc_flow.proof.soundness import soundness


def event(name, position, trigger=Trigger.NONE, **more):
    return Event(id=name, position=position, trigger=trigger, **more)


def verdict_of(flow, *, theirs=True):
    """Return what is broken by our proof, after the token game has said whether anything is."""
    proof = soundness(flow)
    assert (proof.verdict is Verdict.PASS) == (brute_force(flow) is None) or not theirs
    because = dict(proof.because)
    return because.get("violation"), because.get("element")


def aside(trigger, *, interrupting=True, scope=None, reference=None):
    return (
        SubProcess(id="aside", kind=SubProcessKind.EVENT, scope=scope),
        event(
            "begun",
            EventPosition.START,
            trigger,
            scope="aside",
            interrupting=interrupting,
            reference=reference,
        ),
        Step(id="mend", name="Xử lý", scope="aside"),
    )


@pytest.mark.parametrize("trigger", [Trigger.TIMER, Trigger.MESSAGE, Trigger.ERROR])
@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_sub_process_may_come_at_any_time(trigger, interrupting):
    flow = drawn("s > a > e; begun > mend", *aside(trigger, interrupting=interrupting))
    assert verdict_of(flow) == (None, None)


def test_an_interrupting_event_sub_process_ends_what_is_stuck_and_another_does_not():
    stuck = "s > xor1; xor1 > a > and1; xor1 > b > and1; and1 > e; begun > mend"
    # The join never joins: what comes after it is dead, even where the case can be ended.
    assert verdict_of(drawn(stuck, *aside(Trigger.TIMER)))[0] == "dead-element"
    beside = drawn(stuck, *aside(Trigger.TIMER, interrupting=False))
    assert verdict_of(beside) == ("cannot-complete", "and1")


def test_an_escalation_that_interrupts_leaves_what_follows_it_dead():
    thrown = event("call", EventPosition.THROW, Trigger.ESCALATION)
    flow = drawn("s > call > b > e; begun > mend", thrown, *aside(Trigger.ESCALATION))
    assert verdict_of(flow) == ("dead-element", "b")
    soft = aside(Trigger.ESCALATION, interrupting=False)
    assert verdict_of(drawn("s > call > b > e; begun > mend", thrown, *soft)) == (None, None)


def escalating(picture, *, interrupting, reference=None):
    return drawn(
        picture,
        SubProcess(id="sub"),
        event("s2", EventPosition.START, scope="sub"),
        event("call", EventPosition.THROW, Trigger.ESCALATION, scope="sub", reference="A"),
        event("e2", EventPosition.END, scope="sub"),
        event(
            "caught",
            EventPosition.BOUNDARY,
            Trigger.ESCALATION,
            attached_to="sub",
            interrupting=interrupting,
            reference=reference,
        ),
    )


def test_an_escalation_comes_exactly_when_it_is_thrown():
    joined = "s2 > call > e2; s > sub > and1; caught > and1; and1 > e"
    # Thrown once, caught beside the rest: both ways into the join are always taken.
    assert verdict_of(escalating(joined, interrupting=False)) == (None, None)
    ended = escalating("s2 > call > e2; s > sub > e; caught > e3", interrupting=True)
    assert verdict_of(ended)[0] == "dead-element"  # e2: the throw drops all before it


def test_an_escalation_of_another_name_goes_by():
    picture = "s2 > call > e2; s > sub > e; caught > e3"
    other = escalating(picture, interrupting=False, reference="B")
    assert verdict_of(other) == (None, None)  # it may still come from elsewhere


def test_an_error_end_beside_parallel_work_drops_it():
    nodes = (
        SubProcess(id="sub"),
        event("s2", EventPosition.START, scope="sub"),
        evolve(drawn("and1 > x").nodes[0], scope="sub"),
        Step(id="a", name="A", scope="sub"),
        event("err", EventPosition.END, Trigger.ERROR, scope="sub"),
        event("caught", EventPosition.BOUNDARY, Trigger.ERROR, attached_to="sub"),
    )
    picture = "s2 > and1; and1 > a; and1 > err; s > sub"
    # The error always comes, sooner or later: the regular way out is never taken.
    dead = drawn(f"{picture} > b > e; caught > e3", *nodes)
    assert verdict_of(dead) == ("dead-element", "b")
    assert verdict_of(drawn(f"{picture}; caught > e3", *nodes)) == (None, None)


def test_an_error_nobody_catches_ends_the_case():
    nodes = (SubProcess(id="sub"), event("err", EventPosition.END, Trigger.ERROR, scope="sub"))
    flow = drawn(
        "a > err; s > and1; and1 > sub; and1 > b > e", *nodes, Step(id="a", name="A", scope="sub")
    )
    assert verdict_of(flow) == (None, None)


def test_a_cancelled_transaction_is_left_by_its_boundary_event():
    nodes = (
        SubProcess(id="sub", kind=SubProcessKind.TRANSACTION),
        event("s2", EventPosition.START, scope="sub"),
        evolve(drawn("xor1 > x").nodes[0], scope="sub"),
        event("e2", EventPosition.END, scope="sub"),
        event("no", EventPosition.END, Trigger.CANCEL, scope="sub"),
        event("undone", EventPosition.BOUNDARY, Trigger.CANCEL, attached_to="sub"),
    )
    picture = "s2 > xor1; xor1 > e2; xor1 > no; s > sub > e; undone > e3"
    assert verdict_of(drawn(picture, *nodes)) == (None, None)
    outside = soundness(drawn("s > no2", event("no2", EventPosition.END, Trigger.CANCEL)))
    assert dict(outside.because) == {"reason": "cancel-outside-transaction", "element": "no2"}


def test_compensation_moves_no_token():
    undo = event("undo", EventPosition.BOUNDARY, Trigger.COMPENSATION, attached_to="a")
    flow = drawn("s > a > e", undo, Step(id="undoing", name="Hủy"))
    assert verdict_of(flow) == (None, None)
    assert verdict_of(drawn("s > a > e", Step(id="alone", name="Lẻ"))) == ("dead-element", "alone")


def test_work_in_any_order_may_leave_some_of_it_undone():
    parts = tuple(Step(id=f"p{n}", name="Việc", scope="sub") for n in range(3))
    sub = SubProcess(id="sub", kind=SubProcessKind.AD_HOC)
    assert verdict_of(drawn("s > sub > e", sub, *parts)) == (None, None)
    joined = drawn("s > sub > e; p0 > and1; p1 > and1", sub, *parts)
    join = evolve(joined.by_id["and1"], scope="sub")
    nodes = tuple(join if n.id == "and1" else n for n in joined.nodes)
    assert verdict_of(evolve(joined, nodes=nodes))[0] == "cannot-complete"


def test_all_plain_starts_of_a_sub_process_begin_and_no_other_does():
    starts = [event(f"s{n}", EventPosition.START, scope="sub") for n in (2, 3)]
    flow = drawn("s > sub > e; s2 > e2; s3 > e4", SubProcess(id="sub"), *starts)
    inside = tuple(evolve(n, scope="sub") if n.id in {"e2", "e4"} else n for n in flow.nodes)
    assert verdict_of(evolve(flow, nodes=inside)) == (None, None)
    waits = tuple(evolve(n, trigger=Trigger.MESSAGE) if n.id in {"s2", "s3"} else n for n in inside)
    assert verdict_of(evolve(flow, nodes=waits))[0] == "dead-element"


def conditional(picture, *ifs, default=None):
    flow = drawn(picture)
    edges = tuple(
        evolve(e, condition="x") if (e.source, e.target) in ifs else e for e in flow.edges
    )
    named = next((e.id for e in edges if (e.source, e.target) == default), None)
    a = evolve(flow.by_id["a"], default=named)
    nodes = tuple(a if n.id == "a" else n for n in flow.nodes)
    return evolve(flow, nodes=nodes, edges=edges)


def test_a_flow_without_a_condition_is_always_taken_and_a_default_only_for_want_of_others():
    mixed = "s > a; a > b > {0}; a > c > {0}; {0} > e"
    both = (("a", "c"),)
    assert verdict_of(conditional(mixed.format("or1"), *both)) == (None, None)
    assert verdict_of(conditional(mixed.format("xor1"), *both))[0] == "unsafe"
    exclusive = conditional(mixed.format("xor1"), *both, default=("a", "b"))
    assert verdict_of(exclusive) == (None, None)


def test_a_sub_process_that_a_terminate_beside_it_may_end_is_no_deadlock():
    nodes = (
        SubProcess(id="sub"),
        event("s2", EventPosition.START, scope="sub"),
        Step(id="x", name="X", scope="sub"),
    )
    flow = drawn("s2 > x > x; s > and1; and1 > sub; and1 > a > term", *nodes)
    assert verdict_of(flow) == (None, None)


def odd_flow(seed):
    """Return a random flow with throws, catches, event sub-processes, conditions."""
    rng = random.Random(seed)
    flow = grow_flow(rng, rng.randint(1, 5))
    for _ in range(rng.choice((0, 1, 1, 2))):
        flow = wrapped(rng, flow)
    flow = exceptional(rng, flow, rng.randint(1, 4))
    return mutated(rng, flow, 1) if rng.random() < 0.3 and flow.steps else flow


def compared(seeds):
    """Return how often each answer came, and the seeds on which the two disagree."""
    counted, differ = Counter(), []
    for seed in seeds:
        flow = odd_flow(seed)
        proof = soundness(flow)
        if proof.verdict is Verdict.UNKNOWN:
            counted[dict(proof.because)["reason"]] += 1
            continue
        try:
            wrong = brute_force(flow)
        except TooLarge:
            continue
        counted[wrong] += 1
        if (proof.verdict is Verdict.PASS) != (wrong is None):
            differ.append((seed, proof.because, wrong))
    return counted, differ


def test_the_verdict_on_odd_flows_is_that_of_the_token_game():
    counted, differ = compared(range(500))
    assert differ == []
    kinds = {None, "unsafe", "improper-completion", "cannot-complete", "dead-element"}
    assert all(counted[kind] >= 10 for kind in kinds), counted


@pytest.mark.nightly
def test_the_verdict_on_very_many_odd_flows_is_that_of_the_token_game():
    _, differ = compared(range(1_000, 60_000))
    assert differ == []
