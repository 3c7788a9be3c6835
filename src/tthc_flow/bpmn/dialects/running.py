"""What engines need to run a step: the function that does it, the form that is filled in.

A function is taken by its name only: the topic or type of a job, a bean in brackets, BPMN's own
``implementation`` where it is a bare name. A class, an expression, a script is code and never
taken. The fields of a form are those of the task itself; a form in another file stays there.

Source: extension elements of Camunda 7, Flowable, Activiti and Zeebe; BPMN 2.0.2, 10.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.conditions import unwrapped
from tthc_flow.bpmn.dialects.claim import Claim, Fact, Rank, Scene
from tthc_flow.bpmn.dialects.engines import DIALECTS, ZEEBE
from tthc_flow.bpmn.names import EXTENSIONS, TASKS, bpmn
from tthc_flow.model.step import FieldKind, FormField

if TYPE_CHECKING:
    from lxml import etree

_AUTOMATIC: Final = frozenset(
    bpmn(name) for name in ("serviceTask", "sendTask", "scriptTask", "businessRuleTask")
)
_JOB: Final = re.compile(r"[^\W\d][\w.:/\-]{0,199}")
_BEAN: Final = re.compile(r"[^\W\d]\w{0,199}")
_BARE: Final = re.compile(r"[^\W\d][\w\-]{0,199}")
_TECHNOLOGIES: Final = frozenset(("webservice", "other", "unspecified", "java", "none"))
"""Values of ``implementation`` that name a technology; some programs leave out the ``##``."""

_DEFINITIONS: Final = (f"{{{ZEEBE}}}taskDefinition", f"{{{ZEEBE}}}TaskDefinition")
_KINDS: Final = {
    **dict.fromkeys(("long", "integer", "int", "double", "float", "number"), FieldKind.NUMBER),
    "boolean": FieldKind.TRUTH,
    "date": FieldKind.DATE,
    "enum": FieldKind.CHOICE,
}
_REFUSALS: Final = frozenset(("false", "no", "0"))


def claims(scene: Scene) -> Iterator[Claim]:
    """Yield the functions and forms that engines give the steps of the file."""
    engines = not scene.namespaces.isdisjoint(DIALECTS)
    for owner in scene.root.iter(*TASKS):
        identifier = scene.index.ids.get(owner)
        if identifier is None:
            continue
        if owner.tag in _AUTOMATIC:
            for dialect, words, name, at in functions(owner):
                yield Claim(
                    element=identifier,
                    fact=Fact.FUNCTION,
                    value=name,
                    words=words,
                    dialect=dialect,
                    rank=Rank.ENGINE,
                    at=at,
                )
        if engines:
            yield from _form(owner, identifier)


def functions(owner: etree._Element) -> Iterator[tuple[str, str, str, etree._Element]]:
    """Yield dialect, words, name and place of every function that *owner* names.

    Whether *owner* is an automatic task is not asked: one that is retyped may become one.
    """
    for namespace, dialect in DIALECTS.items():
        topic = (owner.get(f"{{{namespace}}}topic") or "").strip()
        if _JOB.fullmatch(topic):
            yield dialect, f"topic={topic}", topic, owner
        text = (owner.get(f"{{{namespace}}}delegateExpression") or "").strip()
        bean = unwrapped(text)
        if bean != text and _BEAN.fullmatch(bean):
            yield dialect, f"delegateExpression={text}", bean, owner
    extensions = owner.find(EXTENSIONS)
    for stated in () if extensions is None else extensions.iterchildren(*_DEFINITIONS):
        kind = (stated.get("type") or "").strip()
        if _JOB.fullmatch(kind):
            yield DIALECTS[ZEEBE], f"taskDefinition={kind}", kind, stated
    name = (owner.get("implementation") or "").strip()
    if _BARE.fullmatch(name) and name.lower() not in _TECHNOLOGIES:
        yield "BPMN", f"implementation={name}", name, owner


def _form(owner: etree._Element, identifier: str) -> Iterator[Claim]:
    extensions = next(owner.iterchildren(EXTENSIONS), None)
    if extensions is None:
        return
    there = {str(each.tag)[1:].partition("}")[0] for each in extensions.iterchildren("*")}
    for namespace, dialect in DIALECTS.items():
        if namespace not in there:
            continue
        form = extensions.find(f"{{{namespace}}}formData")
        stated = [] if form is None else form.findall(f"{{{namespace}}}formField")
        stated += extensions.findall(f"{{{namespace}}}formProperty")
        fields = tuple(_field(each, namespace) for each in stated if (each.get("id") or "").strip())
        if fields:
            yield Claim(
                element=identifier,
                fact=Fact.FIELDS,
                value=fields,
                words=", ".join(each.name[:80] for each in fields),
                dialect=dialect,
                rank=Rank.ENGINE,
                at=stated[0],
            )


def _field(stated: etree._Element, namespace: str) -> FormField:
    values = tuple(each.get("id") or "" for each in stated.iterchildren(f"{{{namespace}}}value"))
    kind = _KINDS.get((stated.get("type") or "").strip().lower(), FieldKind.TEXT)
    return FormField(
        name=(stated.get("id") or "").strip(),
        kind=kind,
        label=stated.get("label") or stated.get("name") or "",
        required=_is_required(stated, namespace),
        choices=tuple(filter(None, values)) if kind is FieldKind.CHOICE else (),
    )


def _is_required(stated: etree._Element, namespace: str) -> bool:
    """Return whether the field must be filled in: an attribute, or a constraint of that name."""
    if (stated.get("required") or "").strip().lower() == "true":
        return True
    constraints = stated.iterfind(f"{{{namespace}}}validation/{{{namespace}}}constraint")
    return any(
        each.get("name") == "required" and (each.get("config") or "").lower() not in _REFUSALS
        for each in constraints
    )
