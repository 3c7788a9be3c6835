"""ADONIS: times and costs that its BPMN export keeps as attributes of a task.

Execution, waiting, resting and transport time add up to the step's time; execution alone is its
work. A bare number has no unit in the file and stays unknown; zero is what ADONIS fills in.

Source: BOC ADONIS BPMN export (``adonis:attribute``), time format ``YY:DDD:HH:MM:SS``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene, Value
from tthc_flow.bpmn.lengths import (
    Doubt,
    Length,
    number,
    of_colons,
    of_iso,
    total,
)
from tthc_flow.bpmn.names import EXTENSIONS, TASKS
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepTime

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE: Final = "http://www.boc-group.com"
DIALECT: Final = "ADONIS"
EXECUTION: Final = ("A_EXECUTION_TIME", "EXECUTION_TIME")
OTHERS: Final = (
    "A_WAITING_TIME", "A_RESTING_TIME", "A_TRANSPORT_TIME",
    "WAITING_TIME", "RESTING_TIME", "TRANSPORT_TIME",
)  # fmt: skip
PARTS: Final = {Fact.TIME: (*EXECUTION, *OTHERS), Fact.WORK: EXECUTION}
COSTS: Final = ("COSTS", "A_COSTS")


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield what the ADONIS attributes of the tasks of the file say."""
    found: dict[etree._Element, dict[str, tuple[etree._Element, str]]] = {}
    for attribute in scene.root.iter(f"{{{NAMESPACE}}}attribute"):
        owner = _owner(attribute)
        if owner is not None and owner.tag in TASKS:
            text = attribute.findtext(f"{{{NAMESPACE}}}value") or ""
            found.setdefault(owner, {})[attribute.get("name", "")] = (attribute, text.strip())
    for owner, stated in found.items():
        yield from _claims(scene, owner, stated)


def _owner(attribute: etree._Element) -> etree._Element | None:
    """Return the BPMN element whose extension holds *attribute*."""
    holder = next(attribute.iterancestors(EXTENSIONS), None)
    return None if holder is None else holder.getparent()


def _claims(
    scene: Scene, owner: etree._Element, stated: dict[str, tuple[etree._Element, str]]
) -> Iterator[Claim]:
    for name in COSTS:
        if name in stated and stated[name][1] and number(stated[name][1]) != 0:
            at, text = stated[name]
            scene.tell("dialect-kept", owner, at, dialect=DIALECT, facts=f"{name} {text[:40]}")
    for fact, names in PARTS.items():
        parts = {name: stated[name] for name in names if name in stated and stated[name][1]}
        if not parts:
            continue
        length = total([_length(text) for _, text in parts.values()])
        filled = {name: part for name, part in parts.items() if number(part[1]) != 0} or parts
        words = " + ".join(f"{name} {text[:40]}" for name, (_, text) in filled.items())
        at = next(iter(filled.values()))[0]
        if length.duration is None:
            scene.doubt(length.doubt, owner, at, fact=fact.value, dialect=DIALECT, words=words)
            continue
        value: Value = length.duration
        if fact is Fact.TIME:
            value = StepTime(
                duration=length.duration,
                evidence=EvidenceKind.ESTIMATE,
                source=Source(document=DIALECT, place=words),
            )
        yield Claim(
            element=scene.index.ids[owner],
            fact=fact,
            value=value,
            words=words,
            dialect=DIALECT,
            rank=Rank.OTHER,
            at=at,
        )


def _length(text: str) -> Length:
    amount = number(text)
    if amount is not None:
        return of_iso("PT0S") if amount == 0 else Length(doubt=Doubt.NO_UNIT)
    return of_iso(text) if text.startswith("P") else of_colons(text)
