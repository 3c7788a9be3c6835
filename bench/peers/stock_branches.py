"""Stock SpiffWorkflow taking every branch of a file in memory, as one would write it by hand.

It decides by Python expressions, so every way out of a choice gets one that asks the driver; the
driver takes the way that was taken least. Cases are begun until no way is left, or until some in
a row take none that is new.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from attrs import frozen
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.util.task import TaskState

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CHOICES = {f"{MODEL}exclusiveGateway", f"{MODEL}inclusiveGateway"}
IDLE = 8
"""Cases in a row without a new way, after which the rest is given up."""


@frozen(kw_only=True)
class Done:
    """How many of the ways were taken, and whether each case came to its end."""

    taken: int
    ways: int
    ended: bool


def asking(text: bytes) -> bytes:
    """Return a file in which every way out of a choice asks the driver; no part of the times.

    Nodes with the ids ``Start`` and ``End`` get others: it takes them for tasks of its own.
    """
    root = etree.fromstring(text)
    for each in root.iter():
        for name, said in each.attrib.items():
            if said in {"Start", "End"}:
                each.set(name, f"{said}_node")
    for process in root.findall(f"{MODEL}process"):
        process.set("isExecutable", "true")
        ways = process.findall(f"{MODEL}sequenceFlow")
        out = Counter(way.get("sourceRef") for way in ways)
        choices = {each.get("id") for each in process if each.tag in CHOICES}
        for way in ways:
            for old in way.findall(f"{MODEL}conditionExpression"):
                way.remove(old)
            if way.get("sourceRef") in choices and out[way.get("sourceRef")] > 1:
                asks = etree.SubElement(way, f"{MODEL}conditionExpression")
                asks.text = f"way('{way.get('sourceRef')}', '{way.get('id')}')"
    return etree.tostring(root)


def parse(text: bytes, process: str) -> BpmnProcessSpec:
    """Return what stock SpiffWorkflow makes of a file."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(text))
    return parser.get_spec(process)


def every_branch(spec: BpmnProcessSpec, text: bytes) -> Done:
    """Take every branch of a process, by cases worked on one task at a time."""
    arrows = list(etree.fromstring(text).iter(f"{MODEL}sequenceFlow"))
    ways = {(each.get("sourceRef"), each.get("targetRef")) for each in arrows}
    out: dict[str, list[str]] = defaultdict(list)
    for each in arrows:
        out[str(each.get("sourceRef"))].append(str(each.get("id")))
    often: Counter[str] = Counter()

    def way(choice: str, asked: str) -> bool:
        least = min(out[choice], key=lambda each: often[each])
        often[asked] += least == asked
        return least == asked

    taken: set[tuple[str, str]] = set()
    ended, idle = True, 0
    while ways - taken and idle < IDLE:
        case = BpmnWorkflow(
            spec, script_engine=PythonScriptEngine(TaskDataEnvironment({"way": way}))
        )
        case.do_engine_steps()
        while _act(case):
            case.do_engine_steps()
        new = _taken(case) & ways - taken
        taken |= new
        ended = ended and bool(case.completed)
        idle = 0 if new else idle + 1
    return Done(taken=len(taken), ways=len(ways), ended=ended)


def _act(case: BpmnWorkflow) -> bool:
    """Complete the first task at work, or a service begun; else report what is waited for."""
    begun = case.get_tasks(state=TaskState.STARTED)
    ready = case.get_tasks(state=TaskState.READY, manual=True)
    waiting = case.get_tasks(state=TaskState.WAITING, spec_class=CatchingEvent)
    if ready:
        ready[0].run()
    elif begun:
        begun[0].complete()
    elif waiting:
        case.catch(BpmnEvent(waiting[0].task_spec.event_definition, payload={}))
    return bool(ready or begun or waiting)


def _taken(case: BpmnWorkflow) -> set[tuple[str, str]]:
    done = case.get_tasks(state=TaskState.FINISHED_MASK)
    return {(task.parent.task_spec.name, task.task_spec.name) for task in done if task.parent}
