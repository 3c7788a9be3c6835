"""Working on one case from outside."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn
from tthc_flow.engine.instance import MOST_ROUNDS, For, Run
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Flow, Loop, SubProcess, Trigger
from tthc_flow.model.step import Step, TaskType

BOUNDARY, END, CATCH = EventPosition.BOUNDARY, EventPosition.END, EventPosition.CATCH


def _at(run: Run) -> list[str]:
    return [each.node for each in run.waiting]


def _guarded() -> Flow:
    """Return a sub-process that may end well, with an error, or be overtaken by a timer."""
    return drawn(
        "s > sub > z > e; late > l > e2; wrong > w > e3; in > a > xor1; xor1 > ok; xor1 > bad",
        SubProcess(id="sub"),
        *(Event(id=i, position=BOUNDARY, trigger=t, attached_to="sub") for i, t in HOSTED),
        Event(id="in", position=EventPosition.START, scope="sub"),
        Step(id="a", name="a", scope="sub"),
        evolve(drawn("xor1 > e").nodes[0], scope="sub"),
        Event(id="ok", position=END, scope="sub"),
        Event(id="bad", position=END, trigger=Trigger.ERROR, reference="E1", scope="sub"),
    )


HOSTED = (("late", Trigger.TIMER), ("wrong", Trigger.ERROR))


def test_a_sub_process_ends_when_its_last_token_ends():
    run = Run(_guarded())
    assert _at(run) == ["a"]
    run.complete("a")
    run.choose("xor1", *_edges_to(_guarded(), "ok"))
    assert _at(run) == ["z"]


def test_an_error_inside_goes_to_the_boundary_event_that_catches_it():
    run = Run(_guarded())
    run.complete("a")
    run.choose("xor1", *_edges_to(_guarded(), "bad"))
    assert _at(run) == ["w"]
    assert run.listening == ()
    run.complete("w")
    assert (run.finished, run.failed) == (True, None)


def test_a_timer_fires_only_when_it_is_told_to_and_takes_the_work_inside_away():
    run = Run(_guarded())
    assert run.listening == ("late", "wrong")
    run.deliver("late")
    assert _at(run) == ["l"]
    assert run.listening == ()


def test_an_error_that_nobody_catches_ends_the_case_and_is_told():
    flow = drawn(
        "s > and1; and1 > a > oops; and1 > b > e",
        Event(id="oops", position=END, trigger=Trigger.ERROR),
    )
    run = Run(flow)
    run.complete("a")
    assert (run.finished, run.failed, run.waiting) == (True, "oops", ())


def test_an_error_goes_past_a_boundary_event_for_another_error():
    flow = _guarded()
    other = evolve(flow.by_id["wrong"], reference="E2")
    flow = evolve(flow, nodes=tuple(other if n.id == "wrong" else n for n in flow.nodes))
    run = Run(flow)
    run.complete("a")
    run.choose("xor1", *_edges_to(flow, "bad"))
    assert run.failed == "bad"


def test_a_boundary_event_for_this_error_comes_before_one_for_any():
    flow = _guarded()
    exact = evolve(flow.by_id["late"], trigger=Trigger.ERROR, reference="E1")
    nodes = [exact if node.id == "late" else node for node in flow.nodes]
    for order in (nodes, nodes[::-1]):
        run = Run(evolve(flow, nodes=tuple(order)))
        run.complete("a")
        run.choose("xor1", *_edges_to(flow, "bad"))
        assert _at(run) == ["l"]


def test_an_escalation_that_does_not_interrupt_leaves_the_work_going_on():
    flow = drawn(
        "s > sub > e; up > boss > e2; in > tell > a > ok",
        SubProcess(id="sub"),
        Event(
            id="up",
            position=BOUNDARY,
            trigger=Trigger.ESCALATION,
            attached_to="sub",
            interrupting=False,
        ),
        Event(id="in", position=EventPosition.START, scope="sub"),
        Event(id="tell", position=EventPosition.THROW, trigger=Trigger.ESCALATION, scope="sub"),
        Step(id="a", name="a", scope="sub"),
        Event(id="ok", position=END, scope="sub"),
    )
    assert sorted(_at(Run(flow))) == ["a", "boss"]


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_signal_reaches_whatever_listens_for_it_now(interrupting):
    flow = drawn(
        "s > and1; and1 > a > shout > e; and1 > b > e2; heard > c > e3; and1 > wait1;"
        "wait1 > hear > d > e4; wait1 > catch1 > e5",
        Event(id="shout", position=EventPosition.THROW, trigger=Trigger.SIGNAL, reference="S"),
        Event(id="hear", position=CATCH, trigger=Trigger.SIGNAL, reference="S"),
        Event(
            id="heard",
            position=BOUNDARY,
            trigger=Trigger.SIGNAL,
            reference="S",
            attached_to="b",
            interrupting=interrupting,
        ),
    )
    run = Run(flow)
    run.complete("a")
    assert sorted(_at(run)) == (["c", "d"] if interrupting else ["b", "c", "d"])


def test_the_first_event_decides_the_way_behind_an_event_based_gateway():
    flow = drawn("s > wait1; wait1 > catch1 > a > e; wait1 > catch2 > b > e")
    run = Run(flow)
    assert [(each.node, each.what) for each in run.waiting] == [("wait1", For.CHOICE)]
    run.deliver("catch2")
    assert _at(run) == ["b"]
    with pytest.raises(NotRunnable, match="TF403"):
        run.deliver("catch1")


def test_an_automatic_step_is_done_by_the_function_registered_for_it():
    flow = drawn("s > look > a > e", Step(id="look", name="Tra cứu", task=TaskType.SERVICE))
    run = Run(flow, data={"số": 1}, functions={"look": lambda data: {"kết_quả": data["số"]}})
    assert _at(run) == ["a"]
    assert run.data == {"số": 1, "kết_quả": 1}


def test_a_failing_function_leaves_step_and_data_as_they_were():
    calls = []

    def fail(data: object) -> dict[str, int]:
        calls.append(data)
        if len(calls) == 1:
            message = "database down"
            raise OSError(message)
        return {"ok": 1}

    run = Run(drawn("s > a > look > b > e"), functions={"look": fail})
    with pytest.raises(OSError, match="database down"):
        run.complete("a", {"x": 1})
    assert _at(run) == ["look"]
    assert run.data == {"x": 1}
    run.complete("look")
    assert _at(run) == ["b"]


def test_what_does_not_wait_cannot_be_completed_and_the_error_says_what_does():
    run = Run(drawn("s > a > b > e"))
    with pytest.raises(NotRunnable, match="it waits at: a") as caught:
        run.complete("b")
    assert (caught.value.code, caught.value.place) == ("TF403", "b")
    run.complete("a")
    run.complete("b")
    with pytest.raises(NotRunnable, match="it has ended"):
        run.complete("b")


def test_a_choice_outside_the_ways_out_is_refused_and_changes_nothing():
    flow = drawn("s > a > xor1; xor1 > b > e; xor1 > c > e")
    run = Run(flow)
    run.complete("a")
    ways = [edge.id for edge in flow.outgoing["xor1"]]
    for wrong in ([], ["f1"], ways, [ways[0], "f1"]):
        with pytest.raises(NotRunnable, match="TF404"):
            run.choose("xor1", *wrong)
    run.choose("xor1", ways[1])
    assert _at(run) == ["c"]


@pytest.mark.parametrize("times", [-1, MOST_ROUNDS + 1, 10**9])
def test_a_number_of_rounds_that_cannot_be_is_refused_and_changes_nothing(times):
    sub = SubProcess(id="sub", loop=Loop(multi_instance=True))
    flow = drawn("s > sub > e; in > a > out", sub)
    nodes = (
        evolve(node, scope="sub") if node.id in {"in", "a", "out"} else node for node in flow.nodes
    )
    run = Run(evolve(flow, nodes=tuple(nodes)))
    before = run.state
    with pytest.raises(NotRunnable, match="TF406"):
        run.repeat("sub", times)
    assert run.state == before
    run.repeat("sub", MOST_ROUNDS)
    assert len(run.waiting) == MOST_ROUNDS


@pytest.mark.parametrize(
    ("data", "because"),
    [({}, "TF506"), ({"phí": "?"}, "TF507"), ({"phí": 0}, "run-no-condition-holds")],
)
def test_conditions_that_cannot_decide_leave_the_choice_open_and_say_why(data, because):
    flow = drawn("s > xor1; xor1 > b > e; xor1 > c > e")
    edges = tuple(
        evolve(edge, condition="phí > 0") if edge.source == "xor1" else edge for edge in flow.edges
    )
    run = Run(evolve(flow, edges=edges), data=data)
    assert because in run.waiting[0].because
    assert run.waiting[0].what is For.CHOICE


def test_a_condition_in_a_foreign_language_is_never_run_and_asks_a_person():
    flow = drawn("s > xor1; xor1 > b > e; xor1 > c > e")
    edges = tuple(
        evolve(edge, printed="${true}") if edge.source == "xor1" else edge for edge in flow.edges
    )
    assert Run(evolve(flow, edges=edges)).waiting[0].because == "run-waits-for-choice"


def test_a_process_with_several_start_events_begins_with_the_one_that_is_named():
    flow = drawn("s1 > a > e; s2 > b > e")
    assert _at(Run(flow)) == ["a"]
    assert _at(Run(flow, start="s2")) == ["b"]


def test_two_cases_of_one_flow_do_not_touch_each_other():
    flow = drawn("s > a > b > e")
    first, second = Run(flow), Run(flow)
    first.complete("a", {"x": 1})
    assert _at(second) == ["a"]
    assert second.data == {}


def test_spiffworkflow_is_loaded_only_when_a_case_starts():
    code = "import sys, tthc_flow.engine.run; sys.exit('SpiffWorkflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _edges_to(flow: Flow, target: str) -> list[str]:
    return [edge.id for edge in flow.incoming[target]]


@pytest.mark.parametrize(("fee", "reached"), [(1, {"b", "d"}), (9, {"c", "d"})])
def test_a_step_s_default_flow_is_taken_only_where_no_condition_of_its_flows_holds(fee, reached):
    flow = drawn("s > a; a > b > e1; a > c > e2; a > d > e3", Step(id="a", name="a", default="f2"))
    ways = {
        "f2": {},
        "f4": {"condition": "phí > 5"},
    }
    edges = tuple(evolve(edge, **ways.get(edge.id, {})) for edge in flow.edges)
    assert [(edge.id, edge.target) for edge in flow.outgoing["a"]] == [
        ("f2", "b"),
        ("f4", "c"),
        ("f6", "d"),
    ]
    run = Run(evolve(flow, edges=edges), data={"phí": Fraction(fee)})
    run.complete("a")
    assert {each.node for each in run.waiting} == reached
