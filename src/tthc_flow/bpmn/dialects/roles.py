"""BPMN's own resource roles: who performs a task, as the standard has it and jBPM writes it.

A literal expression or the name of a resource is the performer. An expression can only be worked
out by an engine. Several potential owners are who may do the task (candidates); of several
performers none is chosen.

Source: OMG formal/13-12-09 (BPMN 2.0.2), 10.3.1 (ResourceRole) and 10.3.4.1 (HumanPerformer).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene, Value
from tthc_flow.bpmn.index import local
from tthc_flow.bpmn.names import RESOURCE_ROLES, TASKS, bpmn
from tthc_flow.words.actors import read_performer

if TYPE_CHECKING:
    from lxml import etree

DIALECT: Final = "BPMN"
_RESOURCE: Final = bpmn("resourceRef")
_ASSIGNMENT: Final = bpmn("resourceAssignmentExpression")
_COMPUTED: Final = re.compile(r"[$#]\{|^\s*=|\(\s*\)")
_ACTIVITI: Final = re.compile(r"(?:user|group)\((.*)\)", re.DOTALL)
_LONGEST: Final = 2_000


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield who performs the tasks of the file by their resource roles."""
    if next(scene.root.iter(*RESOURCE_ROLES), None) is None:
        return
    for owner in scene.root.iter(*TASKS):
        identifier = scene.index.ids.get(owner)
        if identifier is None:
            continue
        roles = list(owner.iterchildren(*RESOURCE_ROLES))
        said = [text for text in (_text(scene, role) for role in roles) if text]
        if not said:
            for role in roles:
                facts = f"{_kind(role)} {role.get('name', '')[:40]}".strip()
                scene.tell("dialect-kept", owner, role, dialect=DIALECT, facts=facts)
            continue
        role, words = roles[0], ", ".join(said)
        if _COMPUTED.search(words):
            scene.tell("dialect-expression", owner, role, dialect=DIALECT, words=words[:80])
        elif len(said) > 1 and not any("," in each for each in said) and _are_owners(roles):
            yield _claim(identifier, Fact.CANDIDATES, tuple(said), role, words)
        elif "," in words:
            scene.tell("dialect-performers", owner, role, dialect=DIALECT, words=words[:80])
        else:
            performer = read_performer(words).performer
            yield _claim(identifier, Fact.PERFORMER, performer, role, words)


def _claim(identifier: str, fact: Fact, value: Value, role: etree._Element, words: str) -> Claim:
    return Claim(
        element=identifier,
        fact=fact,
        value=value,
        words=f"{_kind(role)}={words[:80]}",
        dialect=DIALECT,
        rank=Rank.ENGINE,
        at=role,
    )


def _are_owners(roles: list[etree._Element]) -> bool:
    """Return whether all *roles* say who may do the task, not who does it."""
    return {_kind(role) for role in roles} == {"potentialOwner"}


def _text(scene: Scene, role: etree._Element) -> str:
    """Return whom *role* names: a resource of the file, or what its expression says."""
    resource = role.findtext(_RESOURCE)
    if resource:
        target = scene.index.elements.get(local(resource, role))
        return ("" if target is None else target.get("name") or "").strip()[:_LONGEST]
    assigned = role.find(_ASSIGNMENT)
    text = "" if assigned is None else "".join(str(each) for each in assigned.itertext())
    text = " ".join(text.split())[:_LONGEST]
    wrapped = _ACTIVITI.fullmatch(text)
    return text if wrapped is None or ")" in wrapped[1] else wrapped[1].strip()


def _kind(role: etree._Element) -> str:
    return str(role.tag).rpartition("}")[2]
