"""The signs that a drawing shows of its elements besides what the procedures hold."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.bpmn.index import PARTICIPANT
from tthc_flow.bpmn.names import (
    BPMN,
    DIAGRAM,
    EDGE,
    EVENTS,
    SHAPE,
    SUB_PROCESSES,
    TASKS,
    bpmn,
)
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.notation import Band, Envelope, Notation
from tthc_flow.model.step import TaskType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml import etree

    from tthc_flow.bpmn.index import Index
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure

_CALL: Final = bpmn("callActivity")
_GATEWAY: Final = bpmn("eventBasedGateway")
_RECEIVE: Final = bpmn("receiveTask")
_MULTIPLICITY: Final = bpmn("participantMultiplicity")
_GLOBAL: Final = {
    bpmn("globalTask"): TaskType.TASK,
    bpmn("globalUserTask"): TaskType.USER,
    bpmn("globalManualTask"): TaskType.MANUAL,
    bpmn("globalScriptTask"): TaskType.SCRIPT,
    bpmn("globalBusinessRuleTask"): TaskType.BUSINESS_RULE,
}
_ENVELOPE, _BAND = "messageVisibleKind", "participantBandKind"
_ENVELOPES: Final = {each.value: each for each in Envelope}
_BANDS: Final = {each.value: each for each in Band}


def read_notation(
    root: etree._Element,
    index: Index,
    drawings: Iterable[Drawing],
    procedures: Iterable[Procedure],
) -> Mapping[str, Notation]:
    """Return the signs of every element that has one, by the id of the model.

    What *drawings* place and no procedure holds has its kind and name.
    """
    found: dict[str, dict[str, Any]] = {}
    for identifier, element in index.elements.items():
        signs = _signs(element, index)
        if signs:
            found[identifier] = signs
    drawn = {each for drawing in drawings for each in (*drawing.shapes, *drawing.lines)}
    for identifier in drawn - _held(procedures):
        stranger = index.elements.get(identifier)
        if stranger is not None:
            found.setdefault(identifier, {}).update(_told(stranger))
    for diagram in root.iterchildren(DIAGRAM):
        for element in diagram.iter(SHAPE, EDGE):
            if element.get(_ENVELOPE) or element.get(_BAND):
                _of_drawing(element, index, found)
    return MappingProxyType({key: Notation(**signs) for key, signs in found.items()})


def _signs(element: etree._Element, index: Index) -> dict[str, Any]:
    tag = element.tag
    signs: dict[str, Any] = {}
    if tag in TASKS or tag in SUB_PROCESSES:
        signs["compensation"] = truth(element, "isForCompensation")
    if tag in {_RECEIVE, _GATEWAY}:
        signs["instantiates"] = truth(element, "instantiate")
    if tag == _GATEWAY:
        signs["parallel"] = element.get("eventGatewayType") == "Parallel"
    elif tag in EVENTS:
        signs["parallel"] = truth(element, "parallelMultiple")
    elif tag == _CALL:
        target = index.elements.get(index.refer(element, "calledElement") or "")
        signs["called"] = None if target is None else _GLOBAL.get(str(target.tag))
    elif tag == PARTICIPANT:
        signs["several"] = _several(element)
    return {name: value for name, value in signs.items() if value}


def _several(participant: etree._Element) -> bool:
    many = participant.find(_MULTIPLICITY)
    most = "" if many is None else many.get("maximum", "")
    return most.isdecimal() and int(most) > 1


def _held(procedures: Iterable[Procedure]) -> set[str]:
    held: set[str] = set()
    for one in procedures:
        flow = one.flow
        held.update(flow.by_id, flow.lane_by_id)
        for part in (flow.edges, one.links, one.pools, one.messages):
            held.update(each.id for each in part)
        for beside in (one.artifacts, one.associations):
            held.update(each.id for each in beside)
    return held


def _told(element: etree._Element) -> dict[str, Any]:
    kind = str(element.tag).removeprefix(f"{{{BPMN}}}")
    return {"kind": kind, "name": element.get("name", "")}


def _of_drawing(element: etree._Element, index: Index, found: dict[str, dict[str, Any]]) -> None:
    """Note what only the drawing says: envelopes, and the participants of a choreography."""
    envelope = _ENVELOPES.get(element.get(_ENVELOPE, ""))
    drawn = index.refer(element, "bpmnElement") or ""
    if envelope is not None and element.tag == EDGE:
        found.setdefault(drawn, {})["envelope"] = envelope
    place, _, starts = element.get(_BAND, "").partition("_")
    participant = index.elements.get(drawn)
    if place in _BANDS and participant is not None:
        found[element.get("id", "")] = {
            "kind": "participant",
            "name": participant.get("name", ""),
            "band": _BANDS[place],
            "starts": starts == "initiating",
        }
