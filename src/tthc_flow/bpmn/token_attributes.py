"""What attributes of BPMN say about tokens: how many, for one event or all, that a case begins.

Source: BPMN 2.0.2, 10.3 (startQuantity, completionQuantity; both 1 unless they are said), 10.3.3
(instantiate of a receive task) and 10.6.6 (instantiate and eventGatewayType of a gateway).
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.bpmn.truth import truth
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Gateway, GatewayKind, SubProcess
from tthc_flow.model.step import Step, TaskType

if TYPE_CHECKING:
    from lxml import etree

    from tthc_flow.bpmn.findings import Findings
    from tthc_flow.model.flow import Node

QUANTITIES: Final = MappingProxyType(
    {"start_quantity": "startQuantity", "completion_quantity": "completionQuantity"}
)
"""The attribute of each field of an activity that holds a number of tokens."""

_INSTANTIATE: Final = "instantiate"
_WAITS_FOR: Final = "eventGatewayType"
_ALL: Final = "Parallel"
_NUMBER: Final = re.compile(r"0*[1-9]\d{0,8}", re.ASCII)


def of_gateway(element: etree._Element, kind: GatewayKind) -> dict[str, Any]:
    """Return what the gateway *element* says about how it begins and what it waits for."""
    if kind is not GatewayKind.EVENT_BASED:
        return {}
    parallel = (element.get(_WAITS_FOR) or "").strip() == _ALL
    return {"instantiates": truth(element, _INSTANTIATE), "parallel": parallel}


def of_task(element: etree._Element, task: TaskType, findings: Findings) -> dict[str, Any]:
    """Return what the task *element* says about how it begins and how many tokens it takes."""
    found = of_activity(element, findings)
    if task is TaskType.RECEIVE:
        return {**found, "instantiates": truth(element, _INSTANTIATE)}
    return found


def of_activity(element: etree._Element, findings: Findings) -> dict[str, Any]:
    """Return how many tokens *element* takes and gives; what is no number is a finding."""
    found = {}
    for field, name in QUANTITIES.items():
        said = element.get(name)
        if said is None:
            continue
        if _NUMBER.fullmatch(said.strip()):
            found[field] = int(said)
        else:
            findings.add(
                "read-bad-value",
                Severity.WARNING,
                element,
                fact=name,
                value=said[:80],
                expected="1, 2, 3 …",
            )
    return found


def attributes_of(node: Node) -> dict[str, str | None]:
    """Return the attributes that say all this of *node*; ``None`` where none is due.

    Example:
        >>> attributes_of(Gateway(id="g", kind=GatewayKind.EVENT_BASED, parallel=True))
        {'instantiate': None, 'eventGatewayType': 'Parallel'}
        >>> attributes_of(SubProcess(id="s", start_quantity=2))
        {'startQuantity': '2', 'completionQuantity': None}
    """
    match node:
        case Gateway():
            waits = node.kind is GatewayKind.EVENT_BASED
            return {
                _INSTANTIATE: "true" if waits and node.instantiates else None,
                _WAITS_FOR: _ALL if waits and node.parallel else None,
            }
        case Step():
            begins = node.task is TaskType.RECEIVE and node.instantiates
            return {_INSTANTIATE: "true" if begins else None, **_quantities(node)}
        case SubProcess():
            return _quantities(node)
        case _:
            return {}


def _quantities(node: Step | SubProcess) -> dict[str, str | None]:
    numbers = {name: int(getattr(node, field)) for field, name in QUANTITIES.items()}
    return {name: None if number == 1 else str(number) for name, number in numbers.items()}
