"""Camunda, Zeebe, Activiti and Flowable: assignments, and properties named like a fact.

An assignment names the performer unless it is an expression, which only the engine can work out;
several groups, or groups beside a person, are who may do the step as well (candidates).
A property called ``tthc:…`` was typed into the element template of this project and counts as the
own extension; one called like a fact ("Thời gian", "cost") is a claim of the engine's dialect.

Source: extension attributes and elements of ``http://camunda.org/schema/1.0/bpmn``,
    ``http://camunda.org/schema/zeebe/1.0`` and their ancestors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene, Value
from tthc_flow.bpmn.lengths import of_words
from tthc_flow.bpmn.names import EXTENSIONS, TASKS
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepTime
from tthc_flow.words.actors import read_performer
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from lxml import etree

ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
DIALECTS: Final = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda",
    ZEEBE: "Zeebe",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
}
GROUPS: Final = "candidateGroups"
ASSIGNMENTS: Final = ("assignee", GROUPS, "candidateUsers")
OWN_PROPERTY: Final = "tthc:"
NAMES: Final = {
    "thời gian": Fact.TIME, "thời hạn": Fact.TIME, "thời gian thực hiện": Fact.TIME,
    "thời gian giải quyết": Fact.TIME, "time": Fact.TIME, "duration": Fact.TIME,
    "thời gian làm việc": Fact.WORK, "công": Fact.WORK, "work": Fact.WORK, "effort": Fact.WORK,
    "người thực hiện": Fact.PERFORMER, "đơn vị thực hiện": Fact.PERFORMER,
    "performer": Fact.PERFORMER,
}  # fmt: skip
_BY_KEY: Final = {key(name): fact for name, fact in NAMES.items()}
# Some programs write the name of the type, with a capital, where the schema has the element's.
_PROPERTIES: Final = tuple(
    f"{{{namespace}}}{name}" for namespace in DIALECTS for name in ("property", "Property")
)
_DEFINITIONS: Final = (f"{{{ZEEBE}}}assignmentDefinition", f"{{{ZEEBE}}}AssignmentDefinition")
_EXPRESSION: Final = ("${", "#{", "=", "$")


@frozen(eq=False)
class Property:
    """A property that somebody gave an element."""

    name: str
    value: str
    dialect: str
    at: etree._Element


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield what assignments and properties say of the steps of the file."""
    if scene.namespaces.isdisjoint(DIALECTS):
        return
    for owner in scene.root.iter(*TASKS):
        identifier = scene.index.ids.get(owner)
        if identifier is None:
            continue
        yield from _assignments(scene, owner, identifier)
        kept: dict[str, list[Property]] = {}
        for each in properties(owner):
            fact = _BY_KEY.get(key(each.name))
            if fact is not None and each.value:
                yield from _property(scene, owner, identifier, each, fact)
            elif not each.name.startswith(OWN_PROPERTY):
                kept.setdefault(each.dialect, []).append(each)
        for dialect, members in kept.items():
            facts = ", ".join(f"{each.name}={each.value[:40]}" for each in members)
            scene.tell("dialect-kept", owner, members[0].at, dialect=dialect, facts=facts)


def properties(owner: etree._Element) -> Iterator[Property]:
    """Yield the properties in the extension of *owner*, those with a name."""
    extensions = next(owner.iterchildren(EXTENSIONS), None)
    if extensions is None:
        return
    for each in extensions.iter(*_PROPERTIES):
        name = (each.get("name") or each.get("id") or "").strip()
        if name:
            dialect = DIALECTS[str(each.tag)[1:].partition("}")[0]]
            yield Property(name, (each.get("value") or "").strip(), dialect, each)


def _property(
    scene: Scene, owner: etree._Element, identifier: str, said: Property, fact: Fact
) -> Iterator[Claim]:
    value: Value
    if fact is Fact.PERFORMER:
        value = read_performer(said.value).performer
    else:
        length = of_words(said.value)
        if length.duration is None:
            words = f"{said.name}={said.value[:40]}"
            scene.doubt(
                length.doubt, owner, said.at, fact=fact.value, dialect=said.dialect, words=words
            )
            return
        value = length.duration
        if fact is Fact.TIME:
            value = StepTime(
                duration=length.duration,
                printed=said.value,
                evidence=EvidenceKind.ESTIMATE,
                source=Source(document=said.dialect, place=said.name),
            )
    words = f"{said.name}={said.value[:80]}"
    yield _claim(identifier, fact, value, (said.dialect, words, said.at))


def _assigned(owner: etree._Element) -> Iterator[tuple[str, str, str, etree._Element]]:
    """Yield dialect, kind, text and place of every assignment of *owner*."""
    foreign = any(str(name).startswith("{") for name in owner.attrib)
    for namespace, dialect in DIALECTS.items() if foreign else ():
        if namespace != ZEEBE:
            for kind in ASSIGNMENTS:
                text = (owner.get(f"{{{namespace}}}{kind}") or "").strip()
                if text:
                    yield dialect, kind, text, owner
    extensions = next(owner.iterchildren(EXTENSIONS), None)
    if extensions is None:
        return
    for stated in extensions.iterchildren(*_DEFINITIONS):
        for kind in ASSIGNMENTS:
            text = (stated.get(kind) or "").strip()
            if text:
                yield DIALECTS[ZEEBE], kind, text, stated


def _assignments(scene: Scene, owner: etree._Element, identifier: str) -> Iterator[Claim]:
    named = False
    for dialect, kind, text, at in _assigned(owner):
        words = f"{kind}={text[:80]}"
        groups = tuple(each.strip() for each in text.split(",") if each.strip())
        several = len(groups) > 1 or named
        if text.startswith(_EXPRESSION) or "${" in text or "#{" in text:
            scene.tell("dialect-expression", owner, at, dialect=dialect, words=words)
        elif kind == GROUPS and several:
            yield _claim(identifier, Fact.CANDIDATES, groups, (dialect, words, at))
        elif "," in text:
            scene.tell("dialect-performers", owner, at, dialect=dialect, words=words)
        elif named:
            scene.tell("dialect-kept", owner, at, dialect=dialect, facts=words)
        else:
            named = True
            performer = read_performer(text).performer
            yield _claim(identifier, Fact.PERFORMER, performer, (dialect, words, at))


def _claim(
    identifier: str, fact: Fact, value: Value, said: tuple[str, str, etree._Element]
) -> Claim:
    dialect, words, at = said
    return Claim(
        element=identifier,
        fact=fact,
        value=value,
        words=words,
        dialect=dialect,
        rank=Rank.ENGINE,
        at=at,
    )
