"""Pools and message flows: the collaboration a process is drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.artifacts import ArtifactReader
from tthc_flow.bpmn.details import report_multiplicity
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import MESSAGE_FLOW, PARTICIPANT, Index
from tthc_flow.bpmn.names import PROCESS
from tthc_flow.model.artifact import Artifact, Association
from tthc_flow.model.finding import Severity
from tthc_flow.model.procedure import MessageFlow, Pool

if TYPE_CHECKING:
    from lxml import etree


@frozen(kw_only=True)
class Collaboration:
    """The pools, messages and artifacts of one collaboration, and the processes it draws."""

    pools: tuple[Pool, ...] = ()
    messages: tuple[MessageFlow, ...] = ()
    artifacts: tuple[Artifact, ...] = ()
    associations: tuple[Association, ...] = ()

    @property
    def processes(self) -> frozenset[str]:
        """Return the ids of the processes its pools draw."""
        return frozenset(pool.process for pool in self.pools if pool.process)


def read_collaborations(index: Index, findings: Findings) -> tuple[Collaboration, ...]:
    """Return the collaborations of a file; references to nothing are findings."""
    return tuple(_collaboration(each, index, findings) for each in index.collaborations)


def _collaboration(element: etree._Element, index: Index, findings: Findings) -> Collaboration:
    beside = ArtifactReader(index, findings)
    for child in element:
        beside.take(child, shared=True)
    return Collaboration(
        pools=tuple(_pool(each, index, findings) for each in element.iterchildren(PARTICIPANT)),
        messages=tuple(
            _message(each, index, findings) for each in element.iterchildren(MESSAGE_FLOW)
        ),
        artifacts=tuple(beside.artifacts),
        associations=tuple(beside.associations),
    )


def _pool(element: etree._Element, index: Index, findings: Findings) -> Pool:
    process = index.refer(element, "processRef") or None
    target = index.elements.get(process) if process else None
    if process and (target is None or target.tag != PROCESS):
        findings.add("read-pool-without-process", Severity.WARNING, element, process=process)
    elif not process:
        findings.add("read-pool-black-box", Severity.INFO, element)
    report_multiplicity(element, findings)
    return Pool(id=index.ids[element], name=element.get("name", ""), process=process)


def _message(element: etree._Element, index: Index, findings: Findings) -> MessageFlow:
    source = index.refer(element, "sourceRef") or ""
    target = index.refer(element, "targetRef") or ""
    for end in (source, target):
        if end not in index.elements:
            findings.add("read-message-dangling", Severity.WARNING, element, end=end)
    return MessageFlow(
        id=index.ids[element], source=source, target=target, name=element.get("name", "")
    )
