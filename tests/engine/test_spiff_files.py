"""Traps of SpiffWorkflow that a file leads into: its answer, pinned, and ours to the same file.

The table of all traps stands in ``test_spiff_contract.py``.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tthc_flow.bpmn.read import read
from tthc_flow.engine.instance import Run
from tthc_flow.errors import NotRunnable

from .stock import Stock, arrows, at, file, ours, raised, simple, states

HEARD = '<error id="E" name="E" errorCode="1"/><escalation id="X" name="X" escalationCode="1"/>'
MESSAGE = '<message id="M" name="M"/>'


def aside(definition: str, around: str, *, interrupting: bool = True) -> bytes:
    """Return ``s > a > b > e`` with an event sub-process ``hs > heal > he``."""
    stops = "true" if interrupting else "false"
    return file(
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
        '<subProcess id="h" triggeredByEvent="true">'
        f'<startEvent id="hs" isInterrupting="{stops}">{definition}</startEvent>'
        '<userTask id="heal"/><endEvent id="he"/>'
        '<sequenceFlow id="h1" sourceRef="hs" targetRef="heal"/>'
        '<sequenceFlow id="h2" sourceRef="heal" targetRef="he"/></subProcess>'
        + arrows("s > a; a > b; b > e"),
        around,
    )


LOOP = file(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/>'
    '<exclusiveGateway id="g" default="f4"/><endEvent id="e"/>'
    + arrows("s > a; a > b; b > g; g > a [more]; g > e")
)


def test_trap_a_loop_of_a_file_stands_still_after_333_rounds_and_says_it_is_complete():
    stock, rounds = Stock(LOOP), 0
    while stock.ready == ["a"]:
        stock.case.get_next_task(spec_name="a", state=TaskState.READY).data["more"] = True
        stock.complete("a")
        if stock.ready == ["b"]:
            stock.complete("b")
            rounds += 1
    assert (rounds, stock.ready, stock.case.is_completed()) == (333, [], True)


def test_ours_goes_round_the_same_file_a_thousand_times():
    run = ours(LOOP)
    back = run.complete("a") or run.complete("b") or run.waiting[0].options[0]
    for _ in range(1000):
        run.choose("g", back)
        run.complete("a")
        run.complete("b")
    assert (at(run), run.finished) == (["g"], False)


@pytest.mark.parametrize(
    "definition",
    [
        '<errorEventDefinition errorRef="E"/>',
        '<escalationEventDefinition escalationRef="X"/>',
        "<compensateEventDefinition/>",
    ],
)
def test_trap_an_event_sub_process_begins_with_the_process_and_ours_does_not(definition):
    data = aside(definition, HEARD)
    assert Stock(data).ready == ["a", "heal"]
    if "compensate" in definition:
        with pytest.raises(NotRunnable, match="run-compensation hs"):
            ours(data)
    else:
        assert at(ours(data)) == ["a"]


def test_trap_a_message_does_not_interrupt_and_stays_in_the_spec_of_later_cases():
    stock = Stock(aside('<messageEventDefinition messageRef="M"/>', MESSAGE))
    assert "h" not in states(stock.case)
    stock.case.catch(BpmnEvent(MessageEventDefinition("M"), {}))
    stock.case.do_engine_steps()
    assert stock.ready == ["a", "heal"]
    assert states(stock.begin())["h"] == "STARTED"


def test_ours_takes_the_work_off_and_leaves_other_cases_alone():
    data = aside('<messageEventDefinition messageRef="M"/>', MESSAGE)
    flow = read(data).procedures[0].flow
    run, other = Run(flow), Run(flow)
    run.deliver("hs")
    assert (at(run), at(other), at(Run(flow))) == (["heal"], ["a"], ["a"])


SPLIT = file(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><endEvent id="e"/>'
    + arrows("s > a; a > b; a > c [1 == 2]; b > e; c > e")
)
ONE_WAY = file(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    + arrows("s > a; a > b [1 == 2]; b > e")
)


def test_trap_a_step_is_left_over_a_condition_that_is_false_and_several_ways_are_refused():
    assert Stock(ONE_WAY).complete("a") == ["b"]
    assert "Multiple outgoing flows" in str(raised(lambda: Stock(SPLIT)))


def test_ours_does_not_leave_over_a_false_condition_and_splits_where_several_ways_lead_on():
    run = ours(ONE_WAY)
    run.complete("a")
    assert [(each.node, each.because) for each in run.waiting] == [("a", "run-no-condition-holds")]
    run = ours(SPLIT)
    run.complete("a")
    assert at(run) == ["b"]


LINK = file(
    '<startEvent id="s"/><userTask id="a"/><intermediateThrowEvent id="t">'
    '<linkEventDefinition name="L"/></intermediateThrowEvent><intermediateCatchEvent id="c">'
    '<linkEventDefinition name="L"/></intermediateCatchEvent><userTask id="z"/><endEvent id="e"/>'
    + arrows("s > a; a > t; c > z; z > e")
)
SIGNAL = file(
    '<startEvent id="s"/><parallelGateway id="p"/><intermediateCatchEvent id="c">'
    '<signalEventDefinition signalRef="S"/></intermediateCatchEvent><userTask id="a"/>'
    '<endEvent id="e"><signalEventDefinition signalRef="S"/></endEvent><userTask id="z"/>'
    '<endEvent id="e2"/>' + arrows("s > p; p > c; p > a; a > e; c > z; z > e2"),
    '<signal id="S" name="S"/>',
)


@pytest.mark.parametrize("data", [LINK, SIGNAL], ids=["a link", "a signal end"])
def test_trap_links_and_signal_ends_do_nothing_and_ours_do(data):
    assert Stock(data).complete("a") == []
    run = ours(data)
    run.complete("a")
    assert at(run) == ["z"]


ENDS = {
    "timer": '<timerEventDefinition><timeDuration>"PT1H"</timeDuration></timerEventDefinition>',
    "condition": (
        "<conditionalEventDefinition><condition>x</condition></conditionalEventDefinition>"
    ),
}


@pytest.mark.parametrize("definition", ENDS.values(), ids=ENDS)
def test_trap_a_timer_or_conditional_end_is_a_plain_end_and_ours_is_refused(definition):
    inside = f'<startEvent id="s"/><userTask id="a"/><endEvent id="e">{definition}</endEvent>'
    data = file(inside + arrows("s > a; a > e"))
    stock = Stock(data)
    stock.complete("a")
    assert stock.case.completed
    with pytest.raises(NotRunnable, match="run-trigger-misplaced e"):
        ours(data)


def drawn_at(first: int, second: int) -> bytes:
    """Return a decision whose conditions all hold, its ways drawn at two heights."""
    shapes = "".join(
        f'<di:BPMNShape id="{node}_di" bpmnElement="{node}"><dc:Bounds x="0" y="{y}" width="1"'
        ' height="1"/></di:BPMNShape>'
        for node, y in (("a", first), ("b", second))
    )
    return file(
        '<startEvent id="s"/><exclusiveGateway id="g" default="f3"/><userTask id="a"/>'
        '<userTask id="b"/><endEvent id="e"/>'
        + arrows("s > g; g > a [1 == 1]; g > b [1 == 1]; g > e; a > e; b > e"),
        after=f'<di:BPMNDiagram id="D"><di:BPMNPlane id="pl" bpmnElement="P">{shapes}'
        "</di:BPMNPlane></di:BPMNDiagram>",
    )


def test_trap_moving_a_shape_changes_the_outcome_and_not_ours():
    assert [Stock(drawn_at(*y)).ready for y in ((0, 99), (99, 0))] == [["a"], ["b"]]
    assert [at(ours(drawn_at(*y))) for y in ((0, 99), (99, 0))] == [["a"], ["a"]]


@pytest.mark.parametrize(
    ("element", "stock", "state"),
    [
        ('<sendTask id="x"/>', ["b"], "COMPLETED"),
        ('<receiveTask id="x"/>', ["b"], "COMPLETED"),
        ('<task id="x"/>', ["x"], "READY"),
        ('<serviceTask id="x"/>', [], "STARTED"),
    ],
)
def test_trap_tasks_pass_or_wait_by_their_kind_and_ours_all_wait_for_somebody(
    element, stock, state
):
    case = Stock(simple(element))
    assert (case.ready, states(case.case)["x"]) == (stock, state)
    assert at(ours(simple(element))) == ["x"]


def test_trap_what_is_not_executable_is_passed_over_and_ours_runs_it():
    data = file('<startEvent id="s"/><userTask id="a"/>' + arrows("s > a"), executable=False)
    parser = BpmnParser()
    parser.add_bpmn_str(data)
    assert (parser.get_process_ids(), parser.find_all_specs()) == ([], {})
    assert at(ours(data)) == ["a"]


FAILING = simple('<scriptTask id="x"><script>half = 1\nrest = 1 / 0</script></scriptTask>')


def test_trap_a_script_that_fails_leaves_what_it_wrote_and_ours_is_not_run():
    parser = BpmnParser()
    parser.add_bpmn_str(FAILING)
    case = BpmnWorkflow(parser.get_spec("P"))
    assert "division by zero" in str(raised(case.do_engine_steps))
    assert case.get_next_task(spec_name="x", state=TaskState.ERROR).data == {"half": 1}
    run = ours(FAILING)
    assert (at(run), dict(run.data)) == (["x"], {})


VALUES = {"a tuple": ((1, 2), [1, 2]), "a number as a key": ({1: "a"}, {"1": "a"})}


def test_trap_values_change_their_type_on_the_way_or_cannot_be_kept():
    case, keeper = Stock(LOOP).case, BpmnWorkflowSerializer()
    for value, became in VALUES.values():
        case.data = {"v": value}
        assert keeper.deserialize_json(keeper.serialize_json(case)).data == {"v": became}
    for value in (Decimal("1.5"), date(2026, 1, 2), frozenset({1})):
        case.data = {"v": value}
        assert isinstance(raised(lambda: keeper.serialize_json(case)), TypeError)


def test_ours_keeps_values_or_refuses_them():
    kept = {"day": date(2026, 1, 2), "pair": (1, 2), "set": frozenset({1})}
    run = ours(LOOP, data=kept)
    state = json.loads(json.dumps(run.state))
    assert dict(Run.resumed(read(LOOP).procedures[0].flow, state).data) == kept
    for value in (Decimal("1.5"), {1: "a"}):
        with pytest.raises(NotRunnable, match="TF407"):
            _ = ours(LOOP, data={"v": value}).state


UNDONE = file(
    '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="m" attachedToRef="a">'
    '<compensateEventDefinition/></boundaryEvent><userTask id="undo" isForCompensation="true"/>'
    '<association id="as" sourceRef="m" targetRef="undo" associationDirection="One"/>'
    '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
    '<userTask id="z"/><endEvent id="e"/>' + arrows("s > a; a > t; t > z; z > e")
)


def test_trap_undoing_is_not_read_by_its_parser_and_is_done_by_ours():
    assert "Unsupported Catch Event" in str(raised(lambda: Stock(UNDONE)))
    run = ours(UNDONE)
    run.complete("a")
    assert at(run) == ["undo"]
