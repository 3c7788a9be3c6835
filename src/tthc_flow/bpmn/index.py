"""Which element of the file each id of the model means; ids that are missing or taken twice.

One pass over the file. An element without an id, or with one that is taken, gets a derived id in
the model (the file stays as it is) and a finding.
"""

from __future__ import annotations

from typing import Final

from attrs import define, field
from lxml import etree

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.names import FLOW, LANE, NODES, PROCESS, bpmn
from tthc_flow.model.finding import Severity

PARTICIPANT: Final = bpmn("participant")
MESSAGE_FLOW: Final = bpmn("messageFlow")
IN_MODEL: Final = NODES | {FLOW, LANE, PROCESS, PARTICIPANT, MESSAGE_FLOW}
_ALL: Final = bpmn("*")


@define
class Index:
    """The elements of a file by the id of the model, and back."""

    elements: dict[str, etree._Element] = field(factory=dict)
    ids: dict[etree._Element, str] = field(factory=dict)
    processes: list[etree._Element] = field(factory=list)
    collaborations: list[etree._Element] = field(factory=list)
    owners: dict[str, str] = field(factory=dict)

    def refer(self, element: etree._Element, name: str) -> str | None:
        """Return the id that the QName attribute *name* of *element* refers to."""
        text = element.get(name)
        return None if text is None else local(text, element)


def local(text: str, element: etree._Element) -> str:
    """Return the local part of the QName *text*; a colon without a declared prefix stays.

    Only a prefix that the file declares is cut off: some tools write colons into ids.
    """
    if ":" not in text:
        return text.strip()
    prefix, _, rest = text.strip().partition(":")
    return rest if prefix in element.nsmap else text.strip()


def stated(element: etree._Element) -> str:
    """Return the id that *element* states, or nothing; the schema says that blanks are no part."""
    return (element.get("id") or "").strip()


def index(root: etree._Element, findings: Findings) -> Index:
    """Return the index of the file under *root*; doubtful ids go to *findings*."""
    found = Index()
    findings.ids = found.ids
    unnamed: list[etree._Element] = []
    again: list[etree._Element] = []
    others: dict[str, etree._Element] = {}
    for element in root.iter(_ALL):
        tag = element.tag
        if tag == PROCESS or (element is root and tag in NODES):  # a sub-process cut out alone
            found.processes.append(element)
        elif tag in _COLLABORATIONS:
            found.collaborations.append(element)
        identifier = element.get("id") and stated(element)
        if tag not in IN_MODEL:
            if identifier:
                others.setdefault(identifier, element)
            continue
        if not identifier:
            unnamed.append(element)
        elif identifier in found.elements:
            again.append(element)
        else:
            found.elements[identifier] = element
            found.ids[element] = identifier
    _derive(found, others, again, findings, "read-id-duplicate")
    _derive(found, others, unnamed, findings, "read-id-missing")
    for identifier, element in others.items():
        found.elements.setdefault(identifier, element)
    return found


_COLLABORATIONS: Final = frozenset((bpmn("collaboration"), bpmn("globalConversation")))


def _derive(
    found: Index,
    others: dict[str, etree._Element],
    elements: list[etree._Element],
    findings: Findings,
    code: str,
) -> None:
    counts: dict[str, int] = {}
    for element in elements:
        tag = etree.QName(element).localname
        stem = stated(element) or tag
        number = counts.get(stem, 1)
        derived = stem
        while derived in found.elements or derived in others or derived == stem:
            number += 1
            derived = (
                f"{stem}_{number}"
                if stated(element)
                else f"{stem}_line{element.sourceline}_{number - 1}"
            )
        counts[stem] = number
        found.elements[derived] = element
        found.ids[element] = derived
        findings.add(code, Severity.WARNING, element, kind=tag, id=derived)
