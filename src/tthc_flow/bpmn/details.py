"""What an element says that the analysis does not follow: one finding each.

How often work is repeated, how many tokens it takes, when an ad-hoc sub-process is done, what a
gateway waits for, how many parties a pool stands for: all of it stays in the file, and what the
model does not hold is never evaluated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.conditions import words
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index
from tthc_flow.bpmn.loops import BEHAVIOR, MULTI, behavior_of, marker_of, said
from tthc_flow.bpmn.names import TRIGGERS, bpmn
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import (
    Event,
    Flow,
    Gateway,
    GatewayKind,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Behavior, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_COMPLETION: Final = bpmn("completionCondition")
_ACTIVATION: Final = bpmn("activationCondition")
_CONDITION: Final = bpmn("condition")
_MULTIPLICITY: Final = bpmn("participantMultiplicity")
_LONGEST: Final = 120


def report_details(flow: Flow, index: Index, findings: Findings) -> None:
    """Report what the nodes of *flow* say beyond the model; linear in their elements."""
    for node in flow.nodes:
        element = index.elements[node.id]
        if isinstance(node, Step | SubProcess):
            _activity(node, element, index, findings)
        if isinstance(node, SubProcess) and node.kind is SubProcessKind.AD_HOC:
            _ad_hoc(element, findings)
        elif isinstance(node, Gateway) and node.kind is GatewayKind.COMPLEX:
            condition = _stated(element, _ACTIVATION)
            if condition:
                _printed("read-gateway-activation", element, findings, "", condition)
        elif isinstance(node, Gateway) and node.parallel:
            findings.add("read-gateway-all-events", Severity.WARNING, element)
        elif isinstance(node, Event):
            _event(node, element, findings)


def report_multiplicity(pool: etree._Element, findings: Findings) -> None:
    """Report how many participants a pool stands for, where the file says so."""
    stated = pool.find(_MULTIPLICITY)
    if stated is not None:
        findings.add(
            "read-pool-several",
            Severity.INFO,
            pool,
            at=stated,
            least=stated.get("minimum") or "0",
            most=stated.get("maximum") or "1",
        )


def _printed(
    code: str, element: etree._Element, findings: Findings, detail: str, text: str
) -> None:
    told = " ".join(text.split())
    shown = told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
    values = {"detail": detail, "words": shown} if detail else {"words": shown}
    findings.add(code, Severity.INFO, element, at=None, **values)


def _stated(element: etree._Element, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else words(found).strip()


def _activity(
    node: Step | SubProcess, element: etree._Element, index: Index, findings: Findings
) -> None:
    """Report what *node* says of its rounds and tokens: each is counted once."""
    marker = marker_of(element)
    if marker is not None:
        foreign = list(_repetition(marker, index))
        for detail, text in foreign:
            _printed("read-loop-printed", element, findings, detail, text)
        if not foreign:
            findings.add("read-loop-once", Severity.INFO, element, at=marker)
        if marker.tag == MULTI and behavior_of(marker) is None:
            findings.add(
                "read-bad-value",
                Severity.WARNING,
                element,
                at=marker,
                fact=BEHAVIOR,
                value=(marker.get(BEHAVIOR) or "")[:80],
                expected=", ".join(Behavior),
            )
    takes, gives = node.start_quantity, node.completion_quantity
    if (takes, gives) != (1, 1):
        findings.add(
            "read-tokens-several",
            Severity.WARNING,
            element,
            takes=str(takes),
            gives=str(gives),
        )


def _repetition(marker: etree._Element, index: Index) -> Iterator[tuple[str, str]]:
    """Yield what *marker*, of a repeated activity, says in a foreign language."""
    for each in said(marker, index):
        if each.value is None:
            yield each.detail, each.words


def _ad_hoc(element: etree._Element, findings: Findings) -> None:
    ordering = element.get("ordering") or "Parallel"
    _printed("read-ad-hoc", element, findings, "ordering", ordering)
    condition = _stated(element, _COMPLETION)
    if condition:
        _printed("read-ad-hoc", element, findings, "completionCondition", condition)


def _event(node: Event, element: etree._Element, findings: Findings) -> None:
    if node.trigger is Trigger.MULTIPLE:
        kinds = [TRIGGERS[child.tag].value for child in element if child.tag in TRIGGERS]
        code = "read-triggers-all" if truth(element, "parallelMultiple") else _ANY
        findings.add(code, Severity.INFO, element, triggers=", ".join(kinds))
    for definition in element.iterchildren(bpmn("conditionalEventDefinition")):
        condition = _stated(definition, _CONDITION)
        if condition and node.condition is None:
            _printed("read-event-condition", element, findings, "", condition)


_ANY: Final = "read-triggers-any"
