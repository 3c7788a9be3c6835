"""What a file holds besides the model: elements that are kept and not analysed, each told once.

Nothing is dropped silently: the walk sees every BPMN element, and what the reader has no use for
is counted by kind, one finding a kind and part of the file. Extensions are kept as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.artifacts import ARTIFACTS, ASSOCIATION, DATA_ASSOCIATIONS, drawn_end
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import IN_MODEL, Index
from tthc_flow.bpmn.loops import LOOPS
from tthc_flow.bpmn.names import (
    BPMN,
    CHOREOGRAPHY,
    CONDITION,
    DIAGRAM,
    DOCUMENTATION,
    EXTENSIONS,
    PROCESS,
    RESOURCE_ROLES,
    SILENT,
    SUB_PROCESSES,
    TASKS,
    TRIGGERS,
    bpmn,
)
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from lxml import etree

_PREFIX: Final = f"{{{BPMN}}}"
_SPECIFICATION: Final = bpmn("ioSpecification")
_SCOPES: Final = frozenset((PROCESS, *SUB_PROCESSES))
_CHOREOGRAPHIES: Final = frozenset((*CHOREOGRAPHY, bpmn("choreography")))
_TOLD: Final = frozenset((*_CHOREOGRAPHIES, *RESOURCE_ROLES))
_ONCE: Final = frozenset((EXTENSIONS, DIAGRAM, DOCUMENTATION))
# Read into the model, by another room of the reader, or a part of what a finding quotes.
_USED: Final = frozenset(
    (
        *IN_MODEL,
        *SILENT,
        *ARTIFACTS,
        *TRIGGERS,
        *LOOPS,
        ASSOCIATION,
        CONDITION,
        *(
            bpmn(name)
            for name in (
                *("collaboration", "globalConversation", "category", "categoryValue"),
                *("dataStore", "message", "signal", "error", "escalation", "text", "dataState"),
                *("childLaneSet", "flowNodeRef", "eventDefinitionRef", "sourceRef", "targetRef"),
                *("timeDuration", "timeDate", "timeCycle", "condition", "completionCondition"),
                *("loopCardinality", "loopCondition", "loopDataInputRef", "activationCondition"),
                "inputDataItem",
                *("participantMultiplicity", "import", "extension", "resource"),
            )
        ),
    )
)


def report_kept(root: etree._Element, index: Index, findings: Findings) -> None:
    """Report, for each part of the file, the kinds of elements that are not analysed; linear."""
    for part in root.iterchildren("*") if root.tag not in _SCOPES else (root,):
        if part.tag in _ONCE:
            continue
        met: dict[str, list[etree._Element]] = {}
        stack = [part]
        while stack:
            element = stack.pop()
            if element.tag not in _USED and _is_kept(element, index):
                met.setdefault(str(element.tag), []).append(element)
            elif len(element) and element.tag not in _TOLD:
                stack.extend(
                    child
                    for child in element.iterchildren("*", reversed=True)
                    if child.tag not in _ONCE
                )
        for tag, elements in met.items():
            findings.add(
                "read-kept-only",
                Severity.INFO,
                part,
                at=elements[0],
                kind=tag.removeprefix(_PREFIX),
                count=str(len(elements)),
            )


def _is_kept(element: etree._Element, index: Index) -> bool:
    """Return whether the reader has no use for *element* (its content is not looked at then).

    It is none of those that are always used.
    """
    if element.tag in _CHOREOGRAPHIES:
        return False
    if element.tag in DATA_ASSOCIATIONS:
        return not drawn_end(element, index)
    around = element.getparent()
    if element.tag in RESOURCE_ROLES:  # a dialect of its own reads them, and tells
        return around is None or around.tag not in TASKS
    if element.tag == _SPECIFICATION:
        return around is None or around.tag not in _SCOPES
    return around is None or around.tag != _SPECIFICATION  # its sets say which data belong together


def report_misplaced(known: set[str], index: Index, findings: Findings) -> None:
    """Report the nodes, arrows, lanes and pools of the file that are in no procedure."""
    for element, identifier in index.ids.items():
        if identifier in known or element.tag == PROCESS:
            continue
        around = element.getparent()
        if around is not None and not _of_choreography(element):
            findings.add(
                "read-node-misplaced",
                Severity.WARNING,
                element,
                kind=_local(element),
                inside=_local(around),
            )


def _of_choreography(element: etree._Element) -> bool:
    return any(each.tag in _CHOREOGRAPHIES for each in element.iterancestors())


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
