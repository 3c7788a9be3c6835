"""From one value of the model to one BPMN element, with its facts as an extension."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tthc_flow.bpmn.called import CALLED
from tthc_flow.bpmn.facts import encode
from tthc_flow.bpmn.loops import loop_element
from tthc_flow.bpmn.names import (
    CONDITION,
    DOCUMENTATION,
    EXPRESSION,
    EXTENSIONS,
    INCOMING,
    OUTGOING,
    XSI_TYPE,
    bpmn,
    own,
)
from tthc_flow.bpmn.nodes import (
    EVENT_CONDITION,
    EVENT_IN_BPMN,
    FLOW_IN_BPMN,
    LANE_IN_BPMN,
    PROCEDURE_IN_BPMN,
    REFERRED,
    STEP_IN_BPMN,
    SUB_IN_BPMN,
)
from tthc_flow.bpmn.roots import Names
from tthc_flow.bpmn.timers import in_bpmn, time_of, timer_element
from tthc_flow.bpmn.to_run import calls_in_bpmn
from tthc_flow.bpmn.token_attributes import attributes_of
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime

_WITH_DEFAULT: Final = frozenset(
    {GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE, GatewayKind.COMPLEX}
)
_SUB_TAGS: Final = {
    SubProcessKind.EMBEDDED: "subProcess",
    SubProcessKind.EVENT: "subProcess",
    SubProcessKind.TRANSACTION: "transaction",
    SubProcessKind.AD_HOC: "adHocSubProcess",
}


def node_element(node: Node, names: Names) -> etree._Element:
    """Return the BPMN element of *node* without its arrows and, for a sub-process, content."""
    match node:
        case Step():
            return _step(node)
        case Gateway():
            element = _element(node.kind.value, node)
            if node.default and node.kind in _WITH_DEFAULT:
                element.set("default", node.default)
            return element
        case Event():
            return _event(node, names)
        case SubProcess():
            return _sub_process(node)


def flow_element(edge: SequenceFlow) -> etree._Element:
    """Return the ``sequenceFlow`` of *edge*, with its condition."""
    element = etree.Element(bpmn("sequenceFlow"), id=edge.id)
    if edge.name:
        element.set("name", edge.name)
    element.set("sourceRef", edge.source)
    element.set("targetRef", edge.target)
    _add_facts(element, flow_facts(edge))
    expression = condition_element(edge)
    if expression is not None:
        element.append(expression)
    return element


def condition_element(edge: SequenceFlow) -> etree._Element | None:
    """Return the condition of *edge*: ours with its language, else the foreign one as printed."""
    text = edge.printed if edge.condition is None else edge.condition
    if text is None:
        return None
    expression = etree.Element(CONDITION)
    expression.text = text
    return expression if edge.condition is None else _ours(expression)


def _ours(expression: etree._Element) -> etree._Element:
    expression.set(XSI_TYPE, bpmn("tFormalExpression"))
    expression.set("language", EXPRESSION)
    return expression


def step_facts(step: Step) -> etree._Element:
    """Return the facts of a step; no performer and no kinds are said, so nothing is inferred."""
    in_place = {"calls"} if calls_in_bpmn(step) else set()
    facts = encode("step", step, STEP_IN_BPMN | in_place)
    if step.performer is None:
        etree.SubElement(facts, own("performer"))
    if not step.kinds:
        facts.set("kinds", "")
    return facts


def event_facts(event: Event) -> etree._Element:
    """Return the facts of an event; what BPMN itself can hold is left to it.

    A time that follows from the timer is not said again; one that does not is said, also as
    unknown. A timer's definition may be written from the time alone: then no timer is said.
    """
    in_place = set(EVENT_IN_BPMN)
    if event.trigger in REFERRED or event.trigger in {Trigger.LINK, Trigger.COMPENSATION}:
        in_place.add("reference")
    if event.trigger is Trigger.CONDITIONAL:
        in_place.add("condition")
    follows = StepTime()
    if in_bpmn(event):
        in_place.add("timer")
        follows = time_of(event.timer)
    if event.time == follows:
        in_place.add("time")
    facts = encode("event", event, frozenset(in_place))
    if event.time == StepTime() != follows:
        etree.SubElement(facts, own("time"))
    timed = event.trigger is Trigger.TIMER and event.timer is None
    if timed and timer_element(event) is not None:
        etree.SubElement(facts, own("timer"))
    return facts


def sub_process_facts(node: SubProcess) -> etree._Element:
    """Return the facts of a sub-process."""
    return encode("subProcess", node, SUB_IN_BPMN)


def flow_facts(edge: SequenceFlow) -> etree._Element:
    """Return the facts of a sequence flow; a lone foreign condition stands in BPMN's own place."""
    printed = set() if edge.condition is not None else {"printed"}
    return encode("flow", edge, FLOW_IN_BPMN | printed)


def lane_facts(lane: Lane) -> etree._Element:
    """Return the facts of a lane; no performer is said, so none is inferred."""
    facts = encode("lane", lane, LANE_IN_BPMN)
    if lane.performer is None:
        etree.SubElement(facts, own("performer"))
    return facts


def procedure_facts(
    procedure: Procedure, leave_out: frozenset[str] = frozenset()
) -> etree._Element:
    """Return the facts of the procedure as a whole, some left out; its name is always said."""
    facts = encode("procedure", procedure, PROCEDURE_IN_BPMN | leave_out)
    facts.set("name", procedure.name)
    return facts


def lane_element(lane: Lane) -> etree._Element:
    """Return the ``lane`` without members and inner lanes."""
    element = etree.Element(bpmn("lane"), id=lane.id)
    if lane.name:
        element.set("name", lane.name)
    _add_facts(element, lane_facts(lane))
    return element


def add_arrows(element: etree._Element, node: str, flow: Flow) -> None:
    """Insert ``incoming`` and ``outgoing`` after the extension, where the schema has them."""
    position = sum(child.tag in {DOCUMENTATION, EXTENSIONS} for child in element)
    for tag, edges in ((INCOMING, flow.incoming[node]), (OUTGOING, flow.outgoing[node])):
        for edge in edges:
            child = etree.Element(tag)
            child.text = edge.id
            element.insert(position, child)
            position += 1


def _element(tag: str, node: Node) -> etree._Element:
    element = etree.Element(bpmn(tag), id=node.id)
    if node.name:
        element.set("name", node.name)
    for name, value in attributes_of(node).items():
        if value is not None:
            element.set(name, value)
    return element


def _step(step: Step) -> etree._Element:
    element = _element(step.task.value, step)
    if step.default:
        element.set("default", step.default)
    if step.calls and calls_in_bpmn(step):
        element.set(CALLED, step.calls)
    if step.documentation is not None:
        etree.SubElement(element, DOCUMENTATION).text = step.documentation
    _add_facts(element, step_facts(step))
    if step.loop is not None:
        element.append(loop_element(step.loop))
    return element


def _sub_process(node: SubProcess) -> etree._Element:
    element = _element(_SUB_TAGS[node.kind], node)
    if node.kind is SubProcessKind.EVENT:
        element.set("triggeredByEvent", "true")
    if node.default:
        element.set("default", node.default)
    _add_facts(element, sub_process_facts(node))
    if node.loop is not None:
        element.append(loop_element(node.loop))
    return element


def _event(event: Event, names: Names) -> etree._Element:
    element = _element(event.position.value, event)
    if event.attached_to:
        element.set("attachedToRef", event.attached_to)
    if not event.interrupting:
        start = event.position is EventPosition.START
        element.set("isInterrupting" if start else "cancelActivity", "false")
    _add_facts(element, event_facts(event))
    for definition in definitions(event, names):
        element.append(definition)
    return element


def definitions(event: Event, names: Names) -> list[etree._Element]:
    """Return the event definitions that give *event* its trigger."""
    if event.trigger is Trigger.NONE:
        return []
    if event.trigger is Trigger.MULTIPLE:
        return [etree.Element(bpmn(f"{each}EventDefinition")) for each in ("message", "signal")]
    definition = etree.Element(bpmn(f"{event.trigger.value}EventDefinition"))
    if event.trigger is Trigger.LINK:
        definition.set("name", event.reference or "")
    elif event.trigger is Trigger.COMPENSATION and event.reference:
        definition.set("activityRef", event.reference)
    elif event.trigger is Trigger.TIMER:
        says = timer_element(event)
        definition.extend(() if says is None else (says,))
    elif event.trigger is Trigger.CONDITIONAL:
        condition = etree.SubElement(definition, EVENT_CONDITION)
        if event.condition is not None:
            _ours(condition).text = event.condition
    elif event.trigger in REFERRED and event.reference:
        definition.set(REFERRED[event.trigger], names.refer(event.trigger, event.reference))
    return [definition]


def _add_facts(element: etree._Element, facts: etree._Element) -> None:
    if facts.attrib or len(facts):
        etree.SubElement(element, EXTENSIONS).append(facts)
