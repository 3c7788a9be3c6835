"""From one element of a process to one node or sequence flow of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import define

from tthc_flow.bpmn.called import named, process_of
from tthc_flow.bpmn.conditions import condition_of, words
from tthc_flow.bpmn.facts import Anything
from tthc_flow.bpmn.facts_in import FactReader
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.loops import read_loop
from tthc_flow.bpmn.names import (
    CONDITION,
    DOCUMENTATION,
    EVENTS,
    EXPRESSION,
    EXTENSIONS,
    GATEWAYS,
    SUB_PROCESSES,
    TASKS,
    TRIGGERS,
    bpmn,
    own,
)
from tthc_flow.bpmn.timers import read_timer, time_of
from tthc_flow.bpmn.to_run import SHORT, completed
from tthc_flow.bpmn.token_attributes import QUANTITIES, of_activity, of_gateway, of_task
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Timer,
    Trigger,
)
from tthc_flow.model.step import Step, StepTime, TaskType
from tthc_flow.words.durations import read_duration

if TYPE_CHECKING:
    from lxml import etree

STEP_IN_BPMN: Final = frozenset(
    {
        *("id", "name", "task", "scope", "lane", "loop", "documentation", "default"),
        *("instantiates", *QUANTITIES),
    }
)
EVENT_IN_BPMN: Final = frozenset(
    {
        *("id", "position", "trigger", "name", "scope", "lane"),
        *("attached_to", "interrupting", "handler"),
    }
)
SUB_IN_BPMN: Final = frozenset(
    {"id", "name", "kind", "scope", "lane", "loop", "default", *QUANTITIES}
)
FLOW_IN_BPMN: Final = frozenset({"id", "source", "target", "name", "condition", "scope"})
LANE_IN_BPMN: Final = frozenset({"id", "name", "parent"})
PROCEDURE_IN_BPMN: Final = frozenset(
    {"flow", "pools", "messages", "links", "artifacts", "associations"}
)

EVENT_CONDITION: Final = bpmn("condition")
_DEFINITION_REF: Final = bpmn("eventDefinitionRef")
REFERRED: Final = {
    Trigger.MESSAGE: "messageRef",
    Trigger.SIGNAL: "signalRef",
    Trigger.ERROR: "errorRef",
    Trigger.ESCALATION: "escalationRef",
}


@define
class NodeReader:
    """Reads nodes and flows of one file; what is doubtful goes to *findings*."""

    index: Index
    findings: Findings

    def node(self, element: etree._Element, scope: str | None, lane: str | None) -> Anything:
        """Return the node that *element* draws."""
        place: dict[str, Any] = {
            "id": self.index.ids[element],
            "name": element.get("name", ""),
            "scope": scope,
            "lane": lane,
        }
        tag = element.tag
        if tag in TASKS:
            return self._step(element, TASKS[tag], place)
        if tag in GATEWAYS:
            kind, default = GATEWAYS[tag], self.index.refer(element, "default")
            return Gateway(kind=kind, default=default, **of_gateway(element, kind), **place)
        if tag in EVENTS:
            return self._event(element, EVENTS[tag], place)
        return self._sub_process(element, place)

    def flow(self, element: etree._Element, scope: str | None) -> SequenceFlow:
        """Return the sequence flow that *element* draws; a missing end is the empty id."""
        expression = next(element.iterchildren(CONDITION), None)
        condition = printed = None
        if expression is not None:
            text = words(expression)
            if expression.get("language") == EXPRESSION:
                condition = text
            else:
                printed = text
        facts = self.facts(SequenceFlow, "flow", element, FLOW_IN_BPMN)
        return SequenceFlow(
            **{
                "id": self.index.ids[element],
                "source": self.index.refer(element, "sourceRef") or "",
                "target": self.index.refer(element, "targetRef") or "",
                "name": element.get("name", ""),
                "condition": condition,
                "printed": printed,
                "scope": scope,
                **facts,
            }
        )

    def facts(
        self, kind: type, tag: str, element: etree._Element, in_bpmn: frozenset[str]
    ) -> dict[str, Any]:
        """Return the facts of *kind* in the own extension of *element*."""
        return self._read(kind, extension(element, tag), element, in_bpmn)

    def _read(
        self,
        kind: type,
        said: etree._Element | None,
        element: etree._Element,
        in_bpmn: frozenset[str],
    ) -> dict[str, Any]:
        if said is None:
            return {}
        return FactReader(element, self.findings).fields(kind, said, in_bpmn)

    def _step(self, element: etree._Element, task: TaskType, place: dict[str, Any]) -> Step:
        calls = self._called(element) if task is TaskType.CALL else None
        said = extension(element, "step")
        facts = {"calls": calls, **self._read(Step, said, element, STEP_IN_BPMN)}
        printed = element.get(SHORT["time"])
        if printed is not None and "time" not in facts:
            facts["time"] = self._short_time(element, printed)
        facts = completed(element, said, facts)
        stated = [words(each) for each in element.iterchildren(DOCUMENTATION)]
        documentation = "\n\n".join(filter(None, stated)) if stated else None
        return Step(
            task=task,
            loop=read_loop(element, self.index),
            documentation=documentation,
            default=self.index.refer(element, "default"),
            **of_task(element, task, self.findings),
            **place,
            **facts,
        )

    def _called(self, element: etree._Element) -> str | None:
        """Return the process that the call activity *element* starts; a task is none."""
        said = named(element)
        if said is None:
            self.findings.add("read-call-unnamed", Severity.INFO, element)
        elif said.id not in self.index.elements:
            self.findings.add("read-call-outside", Severity.INFO, element, target=said.id)
        return process_of(said, self.index)

    def _short_time(self, element: etree._Element, printed: str) -> StepTime:
        """Return the time that a person typed as an attribute, ``tthc:time="4 giờ làm việc"``."""
        found = read_duration(printed)
        if found.duration is None:
            self.findings.add(
                "read-bad-value",
                Severity.WARNING,
                element,
                fact="tthc:time",
                value=printed[:80],
                expected="4 giờ làm việc, 0,5 ngày làm việc, 3 ngày",
            )
        return StepTime(duration=found.duration, printed=printed, counted=found.counted)

    def _sub_process(self, element: etree._Element, place: dict[str, Any]) -> SubProcess:
        kind = SUB_PROCESSES[element.tag]
        if kind is SubProcessKind.EMBEDDED and truth(element, "triggeredByEvent"):
            kind = SubProcessKind.EVENT
        facts = self.facts(SubProcess, "subProcess", element, SUB_IN_BPMN)
        return SubProcess(
            kind=kind,
            loop=read_loop(element, self.index),
            default=self.index.refer(element, "default"),
            **of_activity(element, self.findings),
            **place,
            **facts,
        )

    def _event(
        self, element: etree._Element, position: EventPosition, place: dict[str, Any]
    ) -> Event:
        definitions = self._definitions(element)
        trigger = Trigger.NONE
        if definitions:
            trigger = TRIGGERS[definitions[0].tag] if len(definitions) == 1 else Trigger.MULTIPLE
        interrupting = True
        attached = None
        if position is EventPosition.BOUNDARY:
            interrupting = truth(element, "cancelActivity", silent=True)
            attached = self.index.refer(element, "attachedToRef")
        elif position is EventPosition.START:
            interrupting = truth(element, "isInterrupting", silent=True)
        stated: dict[str, Any] = {}
        if definitions:
            stated["reference"] = self._reference(element, definitions[0], trigger)
        if trigger is Trigger.TIMER:
            timer = stated["timer"] = self._timer(element, definitions[0])
            stated["time"] = time_of(timer)
        elif trigger is Trigger.CONDITIONAL:
            stated["condition"] = condition_of(definitions[0].find(EVENT_CONDITION))
        stated |= self.facts(Event, "event", element, EVENT_IN_BPMN)
        return Event(
            position=position,
            trigger=trigger,
            interrupting=interrupting,
            attached_to=attached,
            **place,
            **stated,
        )

    def _definitions(self, element: etree._Element) -> list[etree._Element]:
        found = []
        for child in element:
            if child.tag in TRIGGERS:
                found.append(child)
            elif child.tag == _DEFINITION_REF:
                target = self.index.elements.get(local(child.text or "", child))
                if target is not None and target.tag in TRIGGERS:
                    found.append(target)
                else:
                    self._undefined(element, child.text or "")
        return found

    def _reference(
        self, element: etree._Element, definition: etree._Element, trigger: Trigger
    ) -> str | None:
        if trigger is Trigger.LINK:
            return definition.get("name") or None
        if trigger is Trigger.COMPENSATION:
            return self.index.refer(definition, "activityRef")
        name = REFERRED.get(trigger)
        reference = self.index.refer(definition, name) if name else None
        if not reference:
            return None
        target = self.index.elements.get(reference)
        if target is None:
            self._undefined(element, reference)
            return reference
        return target.get("name") or reference

    def _undefined(self, element: etree._Element, reference: str) -> None:
        self.findings.add("read-event-undefined", Severity.WARNING, element, reference=reference)

    def _timer(self, element: etree._Element, definition: etree._Element) -> Timer | None:
        timer = read_timer(definition)
        if timer is None:
            if extension(element, "event") is None:
                self.findings.add("read-timer-without-time", Severity.INFO, element)
        elif time_of(timer).duration is None:
            self.findings.add(
                "read-timer-printed",
                Severity.INFO,
                element,
                detail=timer.kind.value,
                words=timer.text[:80],
            )
        return timer


def extension(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the own extension element *tag* of a BPMN element, if it has one."""
    if not len(element):
        return None
    extensions = next(element.iterchildren(EXTENSIONS), None)
    return None if extensions is None else next(extensions.iterchildren(own(tag)), None)
