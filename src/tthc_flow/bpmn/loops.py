"""How often an activity is repeated: what its marker says, to the model and back.

BPMN has a place for the number and for the condition; a standard loop says when it goes on, the
model when it ends. What BPMN and the engines have no common place for (the list that is gone
through, its member, what is said in a foreign language) stands in own attributes of the marker;
an own attribute goes before what the file says otherwise, and an empty one says: nothing.

Source: BPMN 2.0.2, 10.3.8 (loop characteristics); extension attributes of Camunda, Flowable, Zeebe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from attrs import frozen
from lxml import etree

from tthc_flow.bpmn.conditions import (
    bare_name,
    compiles,
    completion_of,
    condition_of,
    count,
    negated,
    one_word,
    words,
)
from tthc_flow.bpmn.names import EXPRESSION, EXTENSIONS, OWN, XSI_TYPE, bpmn, own
from tthc_flow.bpmn.truth import truth
from tthc_flow.model.step import Behavior, Loop

if TYPE_CHECKING:
    from tthc_flow.bpmn.index import Index

STANDARD: Final = bpmn("standardLoopCharacteristics")
MULTI: Final = bpmn("multiInstanceLoopCharacteristics")
LOOPS: Final = (STANDARD, MULTI)
FACTS: Final = ("times", "each", "member", "until", "printed", "foreign")
BEHAVIOR: Final = "behavior"
TEST_BEFORE: Final = "testBefore"
MAXIMUM: Final = "loopMaximum"
CARDINALITY: Final = bpmn("loopCardinality")
COMPLETION: Final = bpmn("completionCondition")
GOES_ON: Final = bpmn("loopCondition")
_LIST: Final = bpmn("loopDataInputRef")
_MEMBER: Final = bpmn("inputDataItem")
_DATA_IN: Final = bpmn("dataInputAssociation")
SAID_BY: Final = {CARDINALITY: "times", COMPLETION: "until", GOES_ON: "until"}
_OF_ENGINES: Final = {
    "collection": "each",
    "inputCollection": "each",
    "elementVariable": "member",
    "inputElement": "member",
}


@frozen
class Said:
    """One thing that a marker says: its name in BPMN, its words, the fact and how it is read."""

    detail: str
    words: str
    fact: str
    value: str | None


def read_loop(activity: etree._Element, index: Index) -> Loop | None:
    """Return how *activity* is repeated, or ``None`` where it is done once."""
    marker = marker_of(activity)
    if marker is None:
        return None
    multi = marker.tag == MULTI
    found = facts_of(said(marker, index))
    for name in FACTS:
        stated = marker.get(own(name))
        if stated is not None:
            found[name] = stated or None
    return Loop(
        multi_instance=multi,
        sequential=multi and truth(marker, "isSequential"),
        test_before=not multi and truth(marker, TEST_BEFORE),
        behavior=(behavior_of(marker) if multi else None) or Behavior.ALL,
        **found,
    )


def behavior_of(marker: etree._Element) -> Behavior | None:
    """Return when the rounds of *marker* throw an event, or ``None`` where its word is unknown."""
    text = (marker.get(BEHAVIOR) or "").strip() or Behavior.ALL
    return next((each for each in Behavior if each == text), None)


def marker_of(activity: etree._Element) -> etree._Element | None:
    """Return the marker that makes *activity* a repeated one; of two the multi-instance one."""
    multi = next(activity.iterchildren(MULTI), None)
    return next(activity.iterchildren(STANDARD), None) if multi is None else multi


def facts_of(statements: Iterable[Said]) -> dict[str, str | None]:
    """Return what *statements* come to: of each fact the first that is understood.

    What is not understood is ``printed``, a condition ``foreign``, the first of several.
    """
    found: dict[str, str | None] = {}
    for each in statements:
        if each.value is None:
            name = "foreign" if each.fact == "until" else "printed"
            found.setdefault(name, " ".join(each.words.split()))
        else:
            found.setdefault(each.fact, each.value)
    return found


def said(marker: etree._Element, index: Index) -> Iterator[Said]:
    """Yield what BPMN and the engines say in *marker*; own attributes are not among it."""
    maximum = marker.get(MAXIMUM) or ""
    if maximum.strip():
        yield Said(MAXIMUM, maximum, "times", count(maximum))
    for child in marker.iterchildren(CARDINALITY, _LIST, _MEMBER, COMPLETION, GOES_ON):
        told = _of_child(child, index)
        if told.words.strip():
            yield told
    for holder in (marker, *marker.iterfind(f"{EXTENSIONS}/*")):
        for name, value in holder.attrib.items():
            local = str(name).rpartition("}")[2]
            if local in _OF_ENGINES and not str(name).startswith(f"{{{OWN}}}") and value.strip():
                yield Said(local, str(value), _OF_ENGINES[local], one_word(str(value)))


def _of_child(child: etree._Element, index: Index) -> Said:
    detail, text = str(child.tag).rpartition("}")[2], words(child)
    if child.tag == CARDINALITY:
        return Said(detail, text, "times", count(text))
    if child.tag == COMPLETION:
        return Said(detail, text, "until", completion_of(child))
    if child.tag == GOES_ON:
        condition = condition_of(child)
        return Said(detail, text, "until", None if condition is None else negated(condition))
    if child.tag == _LIST:
        name = _data(text.strip(), child, index)
        return Said(detail, name, "each", bare_name(name))
    name = child.get("name") or child.get("id") or ""
    return Said(detail, name, "member", bare_name(name))


def _data(reference: str, child: etree._Element, index: Index) -> str:
    """Return the name of the data that *reference* means; an input is filled from other data."""
    marker = child.getparent()
    activity = None if marker is None else marker.getparent()
    for filled in () if activity is None else activity.iterchildren(_DATA_IN):
        source = (filled.findtext(bpmn("sourceRef")) or "").strip()
        if source and (filled.findtext(bpmn("targetRef")) or "").strip() == reference:
            reference = source
            break
    target = index.elements.get(reference)
    return reference if target is None else target.get("name") or reference


def loop_element(loop: Loop) -> etree._Element:
    """Return the marker of *loop*: in BPMN's own places what they can hold."""
    element = _several(loop) if loop.multi_instance else _in_a_row(loop)
    in_bpmn = {SAID_BY.get(str(child.tag)) for child in element}
    in_bpmn |= {"times"} if element.get(MAXIMUM) else set()
    for name in FACTS:
        value = getattr(loop, name)
        if value is not None and name not in in_bpmn:
            element.set(own(name), value)
    return element


def _several(loop: Loop) -> etree._Element:
    element = etree.Element(MULTI)
    if loop.sequential:
        element.set("isSequential", "true")
    if loop.behavior is not Behavior.ALL:
        element.set(BEHAVIOR, loop.behavior.value)
    if loop.times and count(loop.times) == loop.times:
        etree.SubElement(element, CARDINALITY).text = loop.times
    if loop.until is not None:
        element.append(_ours(COMPLETION, loop.until))
    return element


def _in_a_row(loop: Loop) -> etree._Element:
    element = etree.Element(STANDARD)
    if loop.test_before:
        element.set(TEST_BEFORE, "true")
    if loop.times and loop.times.isdecimal() and count(loop.times) == loop.times:
        element.set(MAXIMUM, loop.times)
    if loop.until is not None and _reversible(loop.until):
        element.append(_ours(GOES_ON, negated(loop.until)))
    return element


def _reversible(condition: str) -> bool:
    other = negated(condition)
    return compiles(condition) and compiles(other) and negated(other) == condition


def _ours(tag: str, text: str) -> etree._Element:
    element = etree.Element(tag)
    element.set(XSI_TYPE, bpmn("tFormalExpression"))
    element.set("language", EXPRESSION)
    element.text = text
    return element
