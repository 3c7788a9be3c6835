"""Lanes of a process, nested as drawn, and which node lies in which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from tthc_flow.bpmn.artifacts import ARTIFACTS
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.names import LANE, LANE_REF, LANE_SET, bpmn
from tthc_flow.bpmn.nodes import LANE_IN_BPMN, NodeReader
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Lane

if TYPE_CHECKING:
    from lxml import etree

_CHILD_SET = bpmn("childLaneSet")


@define
class Lanes:
    """The lanes read so far; *of* is the lane of each node id, *stated* those with a performer."""

    lanes: list[Lane] = field(factory=list)
    of: dict[str, str] = field(factory=dict)
    stated: set[str] = field(factory=set)


def read_lanes(container: etree._Element, reader: NodeReader, into: Lanes) -> None:
    """Add the lanes of a process or sub-process to *into*, outer lanes before inner ones."""
    depths: dict[str, int] = {}
    stack: list[tuple[etree._Element, str | None, int]] = [
        (lane, None, 0)
        for lane_set in reversed(container.findall(LANE_SET))
        for lane in reversed(lane_set.findall(LANE))
    ]
    while stack:
        element, parent, depth = stack.pop()
        identifier = reader.index.ids[element]
        facts = reader.facts(Lane, "lane", element, LANE_IN_BPMN)
        if "performer" in facts:
            into.stated.add(identifier)
        name = element.get("name", "")
        into.lanes.append(Lane(**{"id": identifier, "name": name, "parent": parent, **facts}))
        _members(element, identifier, depth, depths, reader, into)
        stack.extend(
            (lane, identifier, depth + 1)
            for lane_set in reversed(element.findall(_CHILD_SET))
            for lane in reversed(lane_set.findall(LANE))
        )


def _members(
    element: etree._Element,
    identifier: str,
    depth: int,
    depths: dict[str, int],
    reader: NodeReader,
    into: Lanes,
) -> None:
    for reference in element.iterchildren(LANE_REF):
        node = local(reference.text or "", reference)
        known = depths.get(node)
        if known is not None and known == depth and into.of[node] != identifier:
            _doubt("read-lane-ambiguous", element, node, reader.findings)
        elif known is None or depth > known:
            depths[node] = depth
            into.of[node] = identifier


def _doubt(code: str, lane: etree._Element, node: str, findings: Findings) -> None:
    findings.add(code, Severity.WARNING, lane, node=node)


def report_unknown(lanes: Lanes, nodes: set[str], index: Index, findings: Findings) -> None:
    """Report the lanes' references to nodes that the process does not have; data may lie in one."""
    for node, lane in lanes.of.items():
        element = index.elements.get(node)
        if node not in nodes and (element is None or element.tag not in ARTIFACTS):
            _doubt("read-lane-ref-unknown", index.elements[lane], node, findings)
