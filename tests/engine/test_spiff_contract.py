"""What SpiffWorkflow does, pinned: an upgrade that changes it must be noticed.

Each test names the trap and shows both sides: SpiffWorkflow's own behaviour, and ours where the
trap would otherwise reach a case. More of them stand in ``test_spiff_files.py`` and
``test_spiff_reading.py``; the table of all, with their pairs, in ``test_every_trap.py``.
"""

from __future__ import annotations

from importlib.metadata import version

import pytest
from attrs import evolve
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    ParallelGateway,
    ReceiveTask,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions import NoneEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.operators import Equal
from SpiffWorkflow.specs.ExclusiveChoice import ExclusiveChoice
from SpiffWorkflow.specs.Simple import Simple
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from by_hand import drawn
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.run import run_every_branch
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SequenceFlow,
    Trigger,
)
from tthc_flow.model.step import Step, TaskType


def test_the_version_is_the_one_that_was_read():
    assert version("spiffworkflow").startswith("3.2.")


def _deep(levels: int) -> tuple[Workflow, object]:
    spec = WorkflowSpec("deep", addstart=True)
    again = Simple(spec, "again")
    spec.start.connect(again)
    case = Workflow(spec)
    case.task_tree.run()
    task = case.task_tree.children[0]
    for _ in range(levels):
        task._set_state(TaskState.COMPLETED)
        task = task._add_child(again, TaskState.FUTURE)
    task._set_state(TaskState.READY)
    return case, task


def test_trap_a_task_deeper_than_a_thousand_is_invisible_and_the_case_looks_complete():
    case, task = _deep(990)
    assert task in case.get_tasks(state=TaskState.READY)
    case, task = _deep(1010)
    assert task not in case.get_tasks(state=TaskState.READY)
    assert case.is_completed()


def test_trap_looking_up_a_deep_tree_recurses():
    case, task = _deep(1500)
    with pytest.raises(RecursionError):
        task.is_descendant_of(object())
    assert case.tasks


def test_ours_goes_round_two_thousand_times_with_a_tree_of_two_tasks():
    flow = drawn("s > a > xor1; xor1 > supplement > a; xor1 > e")
    back, onwards = (edge.id for edge in flow.outgoing["xor1"])
    run = Run(flow)
    for _ in range(2000):
        run.complete("a")
        run.choose("xor1", back)
        run.complete("supplement")
    assert len(run._case.tasks) == 2
    run.complete("a")
    run.choose("xor1", onwards)
    assert run.finished


def test_trap_a_task_called_end_completes_the_case_and_one_called_start_cannot_be():
    spec = WorkflowSpec("p", addstart=True)
    end, after = Simple(spec, "End"), Simple(spec, "after")
    spec.start.connect(end)
    end.connect(after)
    case = Workflow(spec)
    case.run_next()
    case.run_next()
    assert case.completed
    assert [task.task_spec.name for task in case.get_tasks(state=TaskState.READY)] == ["after"]
    with pytest.raises(KeyError):
        Simple(spec, "Start")


def test_ours_runs_steps_called_end_and_start_like_any_other():
    flow = drawn("s > Start > End > after > e", *(Step(id=i, name=i) for i in ("Start", "End")))
    run = Run(flow)
    for step in ("Start", "End", "after"):
        assert [each.node for each in run.waiting] == [step]
        run.complete(step)
    assert run.finished


def test_trap_a_parallel_gateway_takes_every_token_of_a_branch_at_once():
    spec = BpmnProcessSpec("p")
    split, left, right = (UserTask(spec, name) for name in ("split", "left", "right"))
    join, after = ParallelGateway(spec, "join"), UserTask(spec, "after")
    spec.start.connect(split)
    for side in (left, right):
        split.connect(side)
        side.connect(join)
    join.connect(after)
    after.connect(spec.end)
    case = BpmnWorkflow(spec)
    case.do_engine_steps()
    for name in ("split", "left"):
        case.get_next_task(spec_name=name, state=TaskState.READY).run()
        case.do_engine_steps()
    assert case.get_next_task(spec_name="after", state=TaskState.READY) is None
    case.get_next_task(spec_name="right", state=TaskState.READY).run()
    case.do_engine_steps()
    assert case.get_next_task(spec_name="after", state=TaskState.READY) is not None


def test_ours_keeps_excess_tokens_before_a_parallel_join():
    flow = drawn("s > a; a > b > xor1; a > c > xor1; a > d > and1; xor1 > and1 > x > e")
    run = Run(flow)
    for step in ("a", "b", "c", "d", "x"):
        run.complete(step)
    assert not run.finished
    assert run.waiting == ()


def test_trap_of_two_true_conditions_the_one_connected_first_wins():
    spec = WorkflowSpec("p", addstart=True)
    choice = ExclusiveChoice(spec, "choice")
    spec.start.connect(choice)
    choice.connect(Simple(spec, "default"))
    for name in ("second", "first"):
        choice.connect_if(Equal(1, 1), Simple(spec, name))
    case = Workflow(spec)
    case.run_next()
    case.run_next()
    assert [task.task_spec.name for task in case.get_tasks(state=TaskState.READY)] == ["second"]


def test_ours_tries_conditions_in_file_order_and_the_default_last():
    nodes = (
        Event(id="s", position=EventPosition.START),
        Gateway(id="g", kind=GatewayKind.EXCLUSIVE, default="other"),
        *(Event(id=i, position=EventPosition.END) for i in ("none", "low", "high")),
    )
    edges = (
        SequenceFlow(id="f", source="s", target="g"),
        SequenceFlow(id="other", source="g", target="none"),
        SequenceFlow(id="first", source="g", target="low", condition="phí > 10"),
        SequenceFlow(id="second", source="g", target="high", condition="phí > 20"),
    )
    flow = Flow(id="p", nodes=nodes, edges=edges)
    assert Run(flow, data={"phí": 30}).taken == ("f", "first")
    assert Run(flow, data={"phí": 5}).taken == ("f", "other")
    turned = evolve(flow, edges=(edges[0], edges[3], edges[2], edges[1]))
    assert Run(turned, data={"phí": 30}).taken == ("f", "second")


def test_trap_its_expressions_are_python_with_everything_in_reach():
    spec = BpmnProcessSpec("p")
    spec.start.connect(spec.end)
    task = BpmnWorkflow(spec).task_tree
    assert PythonScriptEngine().evaluate(task, "__import__('os').getpid()") > 0


def test_ours_never_runs_a_script_and_has_no_script_engine():
    flow = drawn("s > a > e", Step(id="a", name="import os", task=TaskType.SCRIPT))
    run = Run(flow)
    assert [each.node for each in run.waiting] == ["a"]
    assert not hasattr(run._case, "script_engine")


def test_trap_a_receive_task_without_a_message_passes_straight_through():
    spec = BpmnProcessSpec("p")
    receive, after = ReceiveTask(spec, "receive", NoneEventDefinition()), UserTask(spec, "after")
    spec.start.connect(receive)
    receive.connect(after)
    after.connect(spec.end)
    case = BpmnWorkflow(spec)
    case.do_engine_steps()
    assert case.get_next_task(spec_name="after", state=TaskState.READY) is not None


@pytest.mark.parametrize("task", TaskType)
def test_ours_waits_at_a_step_of_every_type(task):
    flow = drawn("s > a > e", Step(id="a", name="a", task=task))
    run = Run(flow)
    assert [(each.node, each.what) for each in run.waiting] == [("a", For.WORK)]
    run.complete("a")
    assert run.finished


def test_trap_a_loop_of_certain_tasks_is_predicted_for_ever():
    spec = WorkflowSpec("p", addstart=True)
    again = Simple(spec, "again")
    spec.start.connect(again)
    again.connect(again)
    with pytest.raises(RecursionError):
        Workflow(spec)


def test_ours_refuses_to_go_round_without_waiting_for_anybody():
    flow = drawn("s > a > xor1 > x1 > xor1", Event(id="x1", position=EventPosition.THROW))
    run = Run(flow)
    with pytest.raises(NotRunnable, match="TF402"):
        run.complete("a")


def test_ours_lets_links_signals_and_errors_do_what_they_say():
    flow = drawn(
        "s > and1; and1 > hear > e1; and1 > a > shout > go; come > z > e2",
        Event(id="hear", position=EventPosition.CATCH, trigger=Trigger.SIGNAL, reference="S"),
        Event(id="shout", position=EventPosition.THROW, trigger=Trigger.SIGNAL, reference="S"),
        Event(id="go", position=EventPosition.THROW, trigger=Trigger.LINK, reference="L"),
        Event(id="come", position=EventPosition.CATCH, trigger=Trigger.LINK, reference="L"),
    )
    run = Run(flow)
    run.complete("a")
    assert "e1" in run.history
    assert [each.node for each in run.waiting] == ["z"]
    assert run.thrown == ("shout",)


def test_trap_conditions_on_flows_that_leave_a_task_have_nowhere_to_go():
    assert not hasattr(UserTask(BpmnProcessSpec("p"), "a"), "connect_if")


def test_ours_honours_conditions_on_flows_that_leave_a_step():
    flow = drawn("s > a; a > b > e; a > c > e")
    edges = tuple(
        evolve(each, condition="phí > 0") if each.target == "c" else each for each in flow.edges
    )
    flow = evolve(flow, edges=edges)
    for fee, due in ((1, {"b", "c"}), (0, {"b"})):
        run = Run(flow)
        run.complete("a", {"phí": fee})
        assert {each.node for each in run.waiting} == due


def test_the_life_cycle_that_our_task_spec_hooks_into_is_as_it_was():
    done = run_every_branch(drawn("s > a; a > b > e; a > c > e"))
    assert done.completed
    assert done.runs == (("s", "a", "b", "e", "c", "e"),)
