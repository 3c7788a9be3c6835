"""Executing every branch: each sequence flow is taken, each run comes to its end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from by_hand import drawn
from proof.every_state import TooLarge, brute_force
from strategies import flows, mutated_flows, procedures, wild_flows
from tthc_flow.engine.refusals import refusals
from tthc_flow.engine.run import BranchRun, run_every_branch
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, GatewayKind, Node, Trigger

BOUNDARY = EventPosition.BOUNDARY


def _follows(flow: Flow, run: tuple[str, ...]) -> bool:
    """Return whether each node of *run* has a node before it in *run* that leads to it."""
    seen: set[str] = set()
    for node in run:
        before = {edge.source for edge in flow.incoming[node]}
        if before and not before & seen:
            return False
        seen.add(node)
    return True


@given(procedures())
def test_every_branch_of_a_sound_procedure_is_executed_to_its_end(procedure):
    done = run_every_branch(procedure)
    assert done.completed, done.findings
    assert done.executed == done.branches == len(procedure.flow.edges)
    assert all(_follows(procedure.flow, run) for run in done.runs)


@given(flows())
def test_every_branch_of_a_sound_flow_is_executed_and_twice_gives_the_same(flow):
    done = run_every_branch(flow)
    assert done.completed, done.findings
    assert run_every_branch(flow) == done


@given(mutated_flows(9))
def test_a_broken_flow_is_answered_and_what_cannot_go_wrong_is_done_whole(flow):
    assert _holds(flow)


@given(wild_flows())
def test_a_flow_of_any_shape_is_answered_and_what_cannot_go_wrong_is_done_whole(flow):
    assert _holds(flow)


def _holds(flow: Flow) -> bool:
    """Return whether the runs are ways through *flow*, and all of it where no state is wrong.

    A terminate end may win a race that the runs do not run the other way.
    """
    if refusals(flow):
        return True
    done = run_every_branch(flow)
    passed = set().union(*done.runs)
    if not {edge.source for edge in flow.edges if edge.id in done.covered} <= passed:
        return False
    if not all(_follows(flow, run) for run in done.runs):
        return False
    if done.completed or any(_terminates(node) for node in flow.nodes):
        return True
    try:
        return brute_force(flow) is not None
    except TooLarge:
        return True


def _terminates(node: Node) -> bool:
    return isinstance(node, Event) and node.trigger is Trigger.TERMINATE


def test_the_order_is_the_one_of_the_drawing():
    flow = drawn("s > a > xor1; xor1 > catch1 > a; xor1 > b > e; xor1 > no", END_NO)
    assert run_every_branch(flow).runs == (
        ("s", "a", "xor1", "catch1", "a", "xor1", "b", "e"),
        ("s", "a", "xor1", "no"),
    )


END_NO = Event(id="no", position=EventPosition.END)


def test_boundary_events_are_fired_and_the_step_is_also_done_without_them():
    flow = drawn(
        "s > a > b > e; late > c > e2; note > d > e3",
        Event(id="late", position=BOUNDARY, trigger=Trigger.TIMER, attached_to="a"),
        Event(
            id="note",
            position=BOUNDARY,
            trigger=Trigger.MESSAGE,
            attached_to="a",
            interrupting=False,
        ),
    )
    done = run_every_branch(flow)
    assert done.completed
    assert any("late" in run and "a" not in run for run in done.runs)
    assert any("note" in run and "a" in run for run in done.runs)


def test_an_inclusive_gateway_takes_all_its_ways_and_its_default_alone():
    gateway = Gateway(id="or1", kind=GatewayKind.INCLUSIVE, default="f4")
    flow = drawn("s > or1 > a > or2; or1 > b > or2; or1 > c > or2; or2 > e", gateway)
    default = flow.outgoing["or1"][1]
    assert (default.id, default.target) == ("f4", "b")
    done = run_every_branch(flow)
    assert done.completed
    assert [{"a", "b", "c"} & set(run) for run in done.runs] == [{"a", "c"}, {"b"}]


def test_every_start_event_is_begun_with():
    done = run_every_branch(drawn("s1 > a > xor1; s2 > b > xor1; xor1 > e"))
    assert done.completed
    assert [run[0] for run in done.runs] == ["s1", "s2"]


@pytest.mark.parametrize(
    ("picture", "stopped", "missed"),
    [
        ("s > xor1; xor1 > a > and1; xor1 > b > and1; and1 > c > e", {"and1"}, 2),
        ("s > a > e; b > c", set(), 1),
        ("s > a > xor1 > b > xor1", {"b"}, 0),
        ("s > x1 > and1 > x1; and1 > e", {"x1"}, 0),
    ],
    ids=["deadlock", "never reached", "no way out", "tokens without end"],
)
def test_a_flow_that_cannot_end_well_is_answered_with_where_it_stops(picture, stopped, missed):
    done = run_every_branch(drawn(picture))
    assert not done.completed
    assert stopped <= set(done.stopped)
    assert bool(stopped) == bool(done.stopped)
    assert len(done.missed) == missed
    assert {each.code for each in done.findings} <= {"run-stopped", "run-branch-missed"}


def test_steps_that_loop_without_a_wait_stop_the_run_instead_of_hanging():
    gateway = Gateway(id="and1", kind=GatewayKind.PARALLEL)
    throw = Event(id="t", position=EventPosition.THROW)
    flow = drawn("s > t > and1; and1 > t; and1 > a > e", gateway, throw)
    assert not run_every_branch(flow).completed


def _blocks(count: int, *, loop: bool) -> Flow:
    """Return *count* exclusive blocks one after the other, in a loop or not."""
    rows, last = ["s > xor1"], "xor1"
    for n in range(10, 10 + 2 * count, 2):
        rows += [f"{last} > xor{n}", f"xor{n} > a{n} > xor{n + 1}", f"xor{n} > b{n} > xor{n + 1}"]
        last = f"xor{n + 1}"
    rows += [f"{last} > xor2", "xor2 > e"] + (["xor2 > back > xor1"] if loop else [])
    return drawn("; ".join(rows))


def _timed(flow: Flow) -> tuple[BranchRun, float]:
    begin = time.process_time()
    return run_every_branch(flow), time.process_time() - begin


def test_eighteen_exclusive_blocks_in_a_loop_take_two_rounds_and_no_time():
    done, seconds = _timed(_blocks(18, loop=True))
    assert done.completed
    assert len(done.runs) == 1
    assert seconds < 1


@pytest.mark.parametrize("length", [300, 3000])
def test_a_long_chain_runs_though_it_is_deeper_than_a_recursion(length):
    steps = " > ".join(f"t{n}" for n in range(length))
    done, seconds = _timed(drawn(f"s > {steps} > e"))
    assert done.completed
    assert len(done.runs[0]) == length + 2
    assert seconds < 5


def test_four_hundred_and_fifty_loops_back_are_gone_in_one_run():
    rows = ["s > t0"] + [f"t{n} > xor{n}; xor{n} > t{n + 1}; xor{n} > t{n}" for n in range(450)]
    done = run_every_branch(drawn("; ".join([*rows, "t450 > e"])))
    assert done.completed
    assert len(done.runs) == 1
    assert done.runs[0].count("t7") == 2


def test_two_hundred_parallel_branches_meet_again():
    rows = ["s > and1", *(f"and1 > t{n} > and2" for n in range(200)), "and2 > e"]
    done, seconds = _timed(drawn("; ".join(rows)))
    assert done.completed
    assert seconds < 1
