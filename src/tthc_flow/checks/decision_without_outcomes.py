"""A decision whose branches say nothing (rẽ nhánh không ghi kết quả).

Finds: a way out of an exclusive gateway without a label, a condition and an outcome; a step
    said to decide after which the flow does not branch.
Matters: nobody can tell when a dossier takes the way, the engine cannot choose it, and a
    refusal that is not drawn cannot be proven to be reachable.
Not when: the way is the gateway's default, or the gateway only joins.
Source: BPMN 2.0.2, 10.6.2; branches stand as text in 40 of 123 published tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Flow, SequenceFlow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention

_CHOICES: Final = frozenset({GatewayKind.EXCLUSIVE, GatewayKind.INCLUSIVE})


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield the gateways with a silent way out, and the deciding steps without branches."""
    flow = procedure.flow
    for node in flow.nodes:
        if not isinstance(node, Gateway) or node.kind not in _CHOICES:
            continue
        ways = flow.outgoing[node.id]
        silent = [way for way in ways if _silent(way) and way.id != node.default]
        if len(ways) > 1 and silent:
            yield about(CHECK.code, CHECK.severity, node, ways=_targets(flow, silent))
    for step in flow.steps:
        if step.decides and not _branches(flow, step):
            yield about(f"{CHECK.code}-of-step", CHECK.severity, step)


def _silent(way: SequenceFlow) -> bool:
    return not (way.name.strip() or way.condition or way.printed or way.outcome)


def _targets(flow: Flow, ways: list[SequenceFlow]) -> str:
    nodes = (flow.by_id.get(way.target) for way in ways)
    return ", ".join(f"“{node.name or node.id}”" for node in nodes if node is not None)


def _branches(flow: Flow, step: Step) -> bool:
    """Return whether the flow branches after *step* before anything else is done."""
    at, seen = step.id, {step.id}
    while True:
        ways = flow.outgoing[at]
        if len(ways) != 1:
            return len(ways) > 1
        node = flow.by_id.get(ways[0].target)
        passing = isinstance(node, Gateway) or (
            isinstance(node, Event) and node.position is not EventPosition.END
        )
        if node is None or not passing or node.id in seen:
            return False
        at = node.id
        seen.add(at)


CHECK: Final = Check(id="decision_without_outcomes", severity=Severity.WARNING, find=find)
