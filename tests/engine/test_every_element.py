"""Every element of BPMN 2.0 besides events: it runs as the standard says, or is refused by code.

Nothing is left out: a new member of an enumeration of the model has no row here, and fails. What
runs is played by us and by the token game (``one_case.py``), and against what is written here by
hand; the three must agree. Events stand in ``test_every_event.py``.

Source: BPMN 2.0.2, chapters 10 and 13.
"""

from __future__ import annotations

import pytest

from by_hand import drawn
from tthc_flow.bpmn.read import read
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.refusals import refusals
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Loop, Step, TaskType

from .element_traces import Both, at, codes, scoped
from .stock import HEAD, arrows, file


@pytest.mark.parametrize("task", TaskType)
def test_a_task_of_every_kind_waits_for_whoever_does_it(task):
    both = Both(drawn("s > x > a > e", Step(id="x", name="x", task=task)))
    assert [(each.node, each.what) for each in both.run.waiting] == [("x", For.WORK)]
    assert both.do("x") == ("a",)


@pytest.mark.parametrize("task", TaskType)
def test_only_a_receiving_task_may_stand_behind_an_event_based_gateway(task):
    flow = drawn("s > wait1; wait1 > x > a > e", Step(id="x", name="x", task=task))
    assert codes(flow) == ("" if task is TaskType.RECEIVE else "run-event-gateway")


LOOPS = {
    "none": (None, [("x", "a")]),
    "standard": (Loop(multi_instance=False, times="2"), [("x", "x"), ("x", "a")]),
    "asked before": (
        Loop(multi_instance=False, times="2", test_before=True),
        [("x", "x"), ("x", "a")],
    ),
    "parallel": (Loop(multi_instance=True, times="2"), [("x", "x"), ("x", "a")]),
    "sequential": (
        Loop(multi_instance=True, sequential=True, times="2"),
        [("x", "x"), ("x", "a")],
    ),
}


@pytest.mark.parametrize("kind", LOOPS)
@pytest.mark.parametrize("task", [*TaskType, "collapsed", "drawn"])
def test_whatever_is_repeated_is_done_as_often_as_its_marker_says(task, kind):
    loop, moves = LOOPS[kind]
    if task in {"collapsed", "drawn"}:
        node = SubProcess(id="x", loop=loop)
        inside = [Step(id="in", name="in", scope="x")] if task == "drawn" else []
        both, work = Both(drawn("s > x > a > e", node, *inside)), "in" if inside else "x"
    else:
        both = Both(drawn("s > x > a > e", Step(id="x", name="x", loop=loop, task=task)))
        work = "x"
    assert len(both.run.waiting) == (2 if kind == "parallel" else 1)
    for _, waits in moves:
        assert both.do(work) == ((work if waits == "x" else waits),)


GATEWAYS = {
    GatewayKind.EXCLUSIVE: "one way",
    GatewayKind.PARALLEL: "all ways",
    GatewayKind.INCLUSIVE: "the ways chosen",
    GatewayKind.EVENT_BASED: "the first event",
    GatewayKind.COMPLEX: "run-complex-gateway",
}


def gated(kind: GatewayKind) -> Flow:
    """Return ``s > g``, two ways from *g*, which meet in a gateway of the kind where it can be."""
    splits = Gateway(id="g", kind=kind)
    meets = Gateway(id="j", kind=kind)
    if kind is GatewayKind.EVENT_BASED:
        return drawn("s > g; g > catch1 > a > e; g > catch2 > b > e2", splits)
    return drawn("s > g; g > a > j; g > b > j; j > z > e", splits, meets)


def test_the_table_of_gateways_is_complete():
    assert set(GATEWAYS) == set(GatewayKind)


def ways(both: Both, *targets: str) -> None:
    """Choose the ways to *targets* in both."""
    flow = both.flow
    edges = [edge.id for edge in flow.outgoing["g"] if edge.target in targets]
    both.run.choose("g", *edges)
    both.game.choose("g", *edges)


@pytest.mark.parametrize("kind", GatewayKind)
def test_a_gateway_splits_and_joins_as_its_kind_says_or_is_refused(kind):
    flow = gated(kind)
    if GATEWAYS[kind].startswith("run-"):
        assert codes(flow) == GATEWAYS[kind]
        return
    both = Both(flow)
    match kind:
        case GatewayKind.EXCLUSIVE:
            ways(both, "b")
            assert (at(both.run), both.do("b")) == (("b",), ("z",))
        case GatewayKind.PARALLEL:
            assert (at(both.run), both.do("b"), both.do("a")) == (("a", "b"), ("a",), ("z",))
        case GatewayKind.INCLUSIVE:
            ways(both, "a", "b")
            assert (at(both.run), both.do("b"), both.do("a")) == (("a", "b"), ("a",), ("z",))
        case GatewayKind.EVENT_BASED:
            assert [each.what for each in both.run.waiting] == [For.CHOICE]
            both.run.deliver("catch2")
            both.game.choose("g", flow.outgoing["g"][1].id)
            assert both.do("b") == ()


BLOCKS = {
    SubProcessKind.EMBEDDED: ("in", "x"),
    SubProcessKind.TRANSACTION: ("in", "x"),
    SubProcessKind.AD_HOC: ("run-ad-hoc", "x"),
    SubProcessKind.EVENT: ("run-event-sub-process", "run-event-sub-process"),
}
"""What waits first: with its content drawn, and as one piece of work. Flows touch no handler."""


def test_the_table_of_sub_processes_is_complete():
    assert set(BLOCKS) == set(SubProcessKind)


@pytest.mark.parametrize("content", [True, False], ids=["drawn", "collapsed"])
@pytest.mark.parametrize("kind", SubProcessKind)
def test_a_sub_process_is_entered_or_worked_on_as_a_whole_or_refused(kind, content):
    block = SubProcess(id="x", kind=kind)
    inside = [Step(id="in", name="in", scope="x")] if content else []
    flow = drawn("s > x > a > e", block, *inside)
    expected = BLOCKS[kind][0 if content else 1]
    if expected.startswith("run-"):
        assert expected in codes(flow)
        return
    both = Both(flow)
    assert at(both.run) == (expected,)
    assert both.do(expected) == ("a",)


def test_an_event_sub_process_is_begun_by_its_event_alone():
    start = Event(id="x", position=EventPosition.START, trigger=Trigger.MESSAGE)
    block = SubProcess(id="sub", kind=SubProcessKind.EVENT)
    both = Both(scoped(drawn("s > b > e; x > a > e2", start, block), "x a e2", "sub"))
    assert (at(both.run), both.do("x"), both.do("a")) == (("b",), ("a",), ())


EVENTS = '<startEvent id="s"/>{}<endEvent id="e"/>'
LAST = '<task id="t"/>' + EVENTS
GATED = (
    '<eventBasedGateway id="g" {}/><intermediateCatchEvent id="c"><messageEventDefinition/>'
    '</intermediateCatchEvent><intermediateCatchEvent id="d"><messageEventDefinition/>'
    '</intermediateCatchEvent><endEvent id="e"/>' + arrows("g > c; g > d; c > e; d > e")
)
INERT = (
    '<dataObject id="D"/><dataObjectReference id="R" dataObjectRef="D"/>'
    '<dataStoreReference id="DS"/><textAnnotation id="T"><text>import os</text></textAnnotation>'
    '<group id="G"/><association id="A" sourceRef="t" targetRef="T"/>'
)


def test_data_and_artifacts_change_nothing_in_the_run():
    bare, full = (
        read(file(LAST.format(more) + arrows("s > t; t > e"))).procedures[0].flow
        for more in ("", INERT)
    )
    runs = [Run(flow) for flow in (bare, full)]
    assert [at(run) for run in runs] == [("t",), ("t",)]
    for run in runs:
        run.complete("t")
    assert runs[0].history == runs[1].history


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("<choreography id='C'><choreographyTask id='t'/></choreography>", "read-choreography"),
        ("<collaboration id='C'><conversation id='v'/></collaboration>", "read-kept-only"),
        ("<globalTask id='G'/>", "read-no-process"),
    ],
)
def test_what_is_no_process_is_told_and_there_is_nothing_to_run(data, code):
    reading = read(f"{HEAD}{data}</definitions>".encode())
    assert reading.procedures == ()
    assert code in {each.code for each in reading.findings}


def test_a_choreography_s_task_inside_a_process_is_told_and_leads_nowhere():
    inside = EVENTS.format('<choreographyTask id="x"/>') + arrows("s > x; x > e")
    told = {each.code for each in read(file(inside)).findings}
    assert {"read-choreography", "read-flow-crosses-pools"} <= told


def test_an_event_based_gateway_that_begins_the_process_waits_for_its_first_event():
    run = Run(read(file(GATED.format('instantiate="true"'))).procedures[0].flow)
    assert [(each.node, each.what) for each in run.waiting] == [("g", For.CHOICE)]
    run.deliver("d")
    assert run.finished


def test_a_receiving_task_that_begins_the_process_waits_for_its_message():
    inside = '<receiveTask id="r" instantiate="true"/><endEvent id="e"/>' + arrows("r > e")
    assert at(Run(read(file(inside)).procedures[0].flow)) == ("r",)


ONLY_READ = {
    "a gateway that waits for all its events": (
        GATED.format('eventGatewayType="Parallel"'),
        "run-gateway-all-events",
    ),
    "a gateway that begins a case behind the start": (
        '<startEvent id="s"/>' + GATED.format('instantiate="true"') + arrows("s > g"),
        "run-instantiates",
    ),
    "a receiving task that begins a case beside the start": (
        EVENTS.format('<receiveTask id="x" instantiate="true"/>') + arrows("s > e"),
        "run-instantiates",
    ),
    "instances that throw events": (
        LAST.format('<task id="x"><multiInstanceLoopCharacteristics behavior="None"/></task>'),
        "run-instances-throw",
    ),
    "a task that takes several tokens": (
        LAST.format('<task id="x" startQuantity="2"/>'),
        "run-token-quantity",
    ),
    "a task that gives several tokens": (
        LAST.format('<task id="x" completionQuantity="2"/>'),
        "run-token-quantity",
    ),
}


@pytest.mark.parametrize(("inside", "code"), ONLY_READ.values(), ids=ONLY_READ)
def test_what_is_not_run_as_the_standard_says_is_refused_by_the_file_alone(inside, code):
    told = refusals(read(file(inside)).procedures[0].flow)
    assert [(each.code, each.element in {"g", "x"}) for each in told] == [(code, True)]


def test_a_loop_of_a_file_that_asks_before_its_first_round_may_have_none():
    marker = '<standardLoopCharacteristics testBefore="true"><loopCondition>more</loopCondition>'
    inside = EVENTS.format(f'<task id="x">{marker}</standardLoopCharacteristics></task>')
    flow = read(file(inside + arrows("s > x; x > e"))).procedures[0].flow
    assert Run(flow, data={"more": False}).finished
    assert at(Run(flow, data={"more": True})) == ("x",)
