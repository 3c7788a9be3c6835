"""What is irregular about the ways of a process: splits, joins, answers, links, what is watched.

All of it is read and analysed; each finding says which reading was taken.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step

_CHOICES: Final = frozenset({GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE})
_THROWN: Final = frozenset({EventPosition.THROW, EventPosition.END})


def report_ways(flow: Flow, index: Index, findings: Findings) -> None:
    """Report every irregular way of *flow*, node by node; linear in nodes and arrows."""
    catches = Counter(_link(node) for node in flow.nodes if _is_link(node, EventPosition.CATCH))
    throws = {_link(node) for node in flow.nodes if _is_link(node, *_THROWN)}
    for node in flow.nodes:
        ins, outs = flow.incoming[node.id], flow.outgoing[node.id]
        if isinstance(node, Gateway):
            _gateway(node, ins, outs, index, findings)
        else:
            _without_gateway(node, ins, outs, index, findings)
        if isinstance(node, Event):
            _event(node, flow, index, findings)
            caught = node.position is EventPosition.CATCH
            paired = _link(node) in throws if caught else catches[_link(node)] == 1
            if node.trigger is Trigger.LINK and not paired:
                name = node.reference or node.name
                _tell("read-link-unpaired", node, index, findings, reference=name)
        _default(node, outs, index, findings)


def _tell(code: str, node: Node, index: Index, findings: Findings, **values: str) -> None:
    findings.add(
        code, _HOW_BAD.get(code, Severity.INFO), index.elements[node.id], at=None, **values
    )


_HOW_BAD: Final = dict.fromkeys(
    ("read-link-unpaired", "read-boundary-host", "read-default-elsewhere"), Severity.WARNING
)


def _is_link(node: Node, *positions: EventPosition) -> bool:
    return (
        isinstance(node, Event) and node.trigger is Trigger.LINK and node.position in {*positions}
    )


def _link(node: Node) -> tuple[str | None, str]:
    """Return what pairs link events: the scope they stand in and the name of the link."""
    return node.scope, (node.reference if isinstance(node, Event) else "") or node.name


def _gateway(
    node: Gateway,
    ins: tuple[SequenceFlow, ...],
    outs: tuple[SequenceFlow, ...],
    index: Index,
    findings: Findings,
) -> None:
    if len(ins) > 1 and len(outs) > 1:
        counts = {"ins": str(len(ins)), "outs": str(len(outs))}
        _tell("read-gateway-mixed", node, index, findings, **counts)
    stated = any(way.condition or way.printed for way in outs)
    labels = [" ".join(way.name.split()) for way in outs if way.name.strip()]
    if node.kind in _CHOICES and len(outs) > 1 and labels and not stated:
        shown = ", ".join(f"“{each}”" for each in labels[:_SHOWN])
        more = " …" if len(labels) > _SHOWN else ""
        _tell("read-condition-in-name", node, index, findings, labels=shown + more)


_SHOWN: Final = 6


def _without_gateway(
    node: Node,
    ins: tuple[SequenceFlow, ...],
    outs: tuple[SequenceFlow, ...],
    index: Index,
    findings: Findings,
) -> None:
    if len(outs) > 1:
        _tell("read-implicit-split", node, index, findings, count=str(len(outs)))
    if len(ins) > 1:
        _tell("read-implicit-join", node, index, findings, count=str(len(ins)))


def _event(node: Event, flow: Flow, index: Index, findings: Findings) -> None:
    if node.trigger is Trigger.COMPENSATION:
        _tell("read-compensation", node, index, findings)
    host = flow.by_id.get(node.attached_to or "")
    if node.position is EventPosition.BOUNDARY and host is not None:
        fits = isinstance(host, Step | SubProcess) and host.scope == node.scope
        apart = isinstance(host, SubProcess) and host.kind is SubProcessKind.EVENT
        if not fits or apart:
            _tell("read-boundary-host", node, index, findings, host=host.name or host.id)


def _default(node: Node, outs: tuple[SequenceFlow, ...], index: Index, findings: Findings) -> None:
    default = None if isinstance(node, Event) else node.default
    if default and default not in {way.id for way in outs}:
        _tell("read-default-elsewhere", node, index, findings, flow=default)
