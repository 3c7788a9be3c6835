"""QBP (BIMP, Apromore): fixed durations, performers and shares of a simulation.

A duration counts only where it is fixed and its unit beyond doubt: the format keeps ``mean`` in
seconds whatever the ``timeUnit`` says, and newer files repeat the number as typed in ``rawMean``.

Source: the qbp namespace ``http://www.qbp-simulator.com/Schema201212`` as BIMP and Apromore write
    it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene, Value, share
from tthc_flow.bpmn.lengths import Doubt, Length, number, of_number, total
from tthc_flow.bpmn.names import FLOW
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepTime
from tthc_flow.words.actors import read_performer

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE: Final = "http://www.qbp-simulator.com/Schema201212"
DIALECT: Final = "QBP"


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield what the simulation data of the file say of its steps and flows."""
    names: dict[str, str] = {}
    for resource in scene.root.iter(_tag("resource")):
        names.setdefault(resource.get("id", ""), resource.get("name", ""))
        cost = resource.get("costPerHour", "")
        if number(cost):
            facts = f"costPerHour {cost[:40]} ({resource.get('name', '')})"
            scene.tell("dialect-kept", scene.root, resource, dialect=DIALECT, facts=facts)
    for holder in scene.root.iter(_tag("element")):
        element = scene.target(holder, "elementId", DIALECT)
        if element is not None:
            yield from _times(scene, element, holder)
            yield from _performers(scene, element, holder, names)
    for holder in scene.root.iter(_tag("sequenceFlow")):
        text = holder.get("executionProbability")
        element = scene.target(holder, "elementId", DIALECT) if text else None
        if element is not None and scene.index.elements[element].tag == FLOW:
            yield from share(scene, element, text, (holder, DIALECT), Rank.OTHER)


def _times(scene: Scene, element: str, holder: etree._Element) -> Iterator[Claim]:
    stated = holder.find(_tag("durationDistribution"))
    cost = holder.get("fixedCost", "")
    owner = scene.index.elements[element]
    if number(cost):
        scene.tell("dialect-kept", owner, holder, dialect=DIALECT, facts=f"fixedCost {cost[:40]}")
    if stated is None:
        return
    unit = stated.findtext(_tag("timeUnit")) or ""
    words = f"{stated.get('type', '')} {stated.get('rawMean', stated.get('mean', ''))[:40]} {unit}"
    length = total([_length(stated, unit)])
    for fact in (Fact.TIME, Fact.WORK):
        if length.duration is None:
            scene.doubt(
                length.doubt, owner, stated, fact=fact.value, dialect=DIALECT, words=words.strip()
            )
            return
        value: Value = length.duration
        if fact is Fact.TIME:
            value = StepTime(
                duration=length.duration,
                evidence=EvidenceKind.ESTIMATE,
                source=Source(document=DIALECT, place=f"durationDistribution {words}"),
            )
        yield Claim(
            element=element,
            fact=fact,
            value=value,
            words=words,
            dialect=DIALECT,
            rank=Rank.OTHER,
            at=stated,
        )


def _length(stated: etree._Element, unit: str) -> Length:
    """Return the fixed length: ``mean`` in seconds, held against ``rawMean`` in the shown unit."""
    mean = number(stated.get("mean", ""))
    if stated.get("type") != "FIXED":
        return Length(doubt=Doubt.NOT_FIXED)
    seconds = of_number(stated.get("mean", ""), "seconds")
    if mean == 0 or unit.strip() == "seconds":
        return seconds
    shown = of_number(stated.get("rawMean", ""), unit)
    if shown.duration is None or shown != seconds:
        return Length(doubt=Doubt.UNCERTAIN)
    return seconds


def _performers(
    scene: Scene, element: str, holder: etree._Element, names: dict[str, str]
) -> Iterator[Claim]:
    ids = [(each.text or "").strip() for each in holder.iter(_tag("resourceId"))]
    known = [names[each] for each in ids if names.get(each)]
    if len(known) == 1:
        yield Claim(
            element=element,
            fact=Fact.PERFORMER,
            value=read_performer(known[0]).performer,
            words=known[0],
            dialect=DIALECT,
            rank=Rank.OTHER,
            at=holder,
        )
    elif known:
        owner = scene.index.elements[element]
        several = ", ".join(known)
        scene.tell("dialect-performers", owner, holder, dialect=DIALECT, words=several)
