"""The other way of :mod:`tthc_flow.bpmn.facts`: an extension element back to model values.

What cannot be read is a finding with its line and the fact stays unknown; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, IntEnum
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Final, TypeAlias

from attrs import define, frozen
from lxml import etree

from tthc_flow.bpmn.facts import CASE, Anything, Slot, slots
from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.names import own
from tthc_flow.errors import BadQuantity
from tthc_flow.model.finding import Severity

_NUMBER: Final = re.compile(r"\d{1,30}(\.\d{1,30})?|\d{1,30}/0*[1-9]\d{0,29}", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,18}", re.ASCII)
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
_ALL_OWN: Final = own("*")
_BAD: Final = object()
_NO_FACTS: Final = frozenset((CASE, "id"))
"""Attributes that name or place a value rather than state one."""

_FLAT: Final = ""
"""The one field of what lies flat in an element."""

Attributes: TypeAlias = tuple[tuple[str, str], ...]
Wrong: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]


@define
class FactReader:
    """Reads the facts of one BPMN element, *owner*; what is wrong goes to *findings*."""

    owner: etree._Element
    findings: Findings

    def fields(
        self, kind: type, element: etree._Element, leave_out: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """Return the fields of *kind* that *element* states, ready for its constructor."""
        stated = dict(self._told(_said(kind, leave_out, _attributes(element)), element))
        if not len(element):
            return stated
        in_children = _places(kind, leave_out)[1]
        inside: dict[Slot, list[etree._Element]] = {}
        for child in element.iterchildren(_ALL_OWN):
            slot = in_children.get(child.tag)
            if slot is None:
                self._report("read-unknown-fact", child, fact=etree.QName(child).localname)
            elif slot in inside:
                inside[slot].append(child)
            else:
                inside[slot] = [child]
        for slot, children in inside.items():
            stated[slot.field] = self._inside(slot, children)
        return stated

    def value(self, kind: type, element: etree._Element) -> Anything:
        """Return the *kind* that *element* states, or ``None`` where a needed part is missing."""
        if not len(element):
            alone = _alone(kind, _attributes(element))
            if alone is not None:
                return alone
        stated = self.fields(kind, element)
        lacking = [slot for slot in _required(kind) if stated.get(slot.field) is None]
        if not lacking:
            return self._made(kind, stated, element)
        missing = [slot.name for slot in lacking if slot.field not in stated]
        if missing and (element.attrib or len(element)):
            tag = etree.QName(element).localname
            self._report("read-fact-incomplete", element, fact=tag, missing=", ".join(missing))
        return None

    def _made(self, kind: type, stated: dict[str, Any], element: etree._Element) -> Anything:
        try:
            return kind(**stated)
        except BadQuantity as error:
            tag = etree.QName(element).localname
            self._report("read-fact-impossible", element, fact=tag, reason=error.code)
            return None

    def _told(self, said: _Said, element: etree._Element) -> Mapping[str, Anything]:
        """Return what the attributes of *element* state, and report what is wrong with them."""
        for code, values in said.wrong:
            named = {"fact": etree.QName(element).localname, **dict(values)}
            self._report(code, element, **named)
        return said.stated

    def _inside(self, slot: Slot, children: list[etree._Element]) -> Anything:
        """Return the field that stands in *children*, one or more."""
        match slot.shape:
            case "texts":
                items = (each.get("name") for child in children for each in child)
                return slot.type[1](each for each in items if each is not None)
            case "pairs":
                return tuple((each.get("name", ""), each.get("value", "")) for each in children)
            case "names":
                return tuple(each.get("name", "") for each in children)
            case "one":
                return self.value(slot.type, children[0])
            case "many":
                found = (
                    [each for child in children for each in child] if slot.optional else children
                )
                values = [self.value(slot.type, each) for each in found]
                return tuple([each for each in values if each is not None])
            case _:
                cases = ((each.get(CASE, ""), self._duration(slot.type, each)) for each in children)
                return tuple(each for each in cases if each[1] is not None)

    def _duration(self, kind: type, element: etree._Element) -> Anything:
        said = _flat(kind, _attributes(element))
        return self._told(said, element).get(_FLAT)

    def _report(self, code: str, at: etree._Element, **values: str) -> None:
        self.findings.add(code, Severity.WARNING, self.owner, at=at, **values)


@frozen
class _Said:
    """What attributes state, by field, and what is wrong with them: a code with its values."""

    stated: Mapping[str, Anything]
    wrong: tuple[Wrong, ...] = ()


def _attributes(element: etree._Element) -> Attributes:
    found: Any = element.items()  # to the stubs they may be bytes
    return tuple(found)


@lru_cache(maxsize=4096)  # the same few facts stand all over a file, and in the file written
def _alone(kind: type, attributes: Attributes) -> Anything:
    """Return the *kind* that *attributes* alone state; ``None`` where something is wrong."""
    said = _said(kind, frozenset(), attributes)
    lacking = any(said.stated.get(slot.field) is None for slot in _required(kind))
    if lacking or said.wrong:
        return None
    try:
        return kind(**said.stated)
    except BadQuantity:
        return None


@lru_cache(maxsize=4096)
def _said(kind: type, leave_out: frozenset[str], attributes: Attributes) -> _Said:
    """Return the fields of *kind* that stand in *attributes*, in the order met, each once."""
    in_attributes = _places(kind, leave_out)[0]
    said: dict[Slot, str] = {}
    stated: dict[str, Anything] = {}
    wrong: list[Wrong] = []
    for name, text in attributes:
        slot = in_attributes.get(name)
        if slot is not None:
            said[slot] = text
        elif name not in _NO_FACTS and not name.startswith("{"):
            wrong.append(("read-unknown-fact", (("fact", name),)))
    for slot, text in said.items():
        if slot.shape == "words":
            stated[slot.field] = _words(slot, text, wrong)
        elif slot.shape == "flat":
            flat = _flat(slot.type, attributes)
            wrong += flat.wrong
            stated[slot.field] = flat.stated.get(_FLAT)
        else:
            value = _scalar(slot.type, text)
            if value is _BAD:
                wrong.append(_bad(slot.name, text, slot.type))
            stated[slot.field] = slot.default if value is _BAD else value
    return _Said(stated, tuple(wrong))


def _flat(kind: type, attributes: Attributes) -> _Said:
    """Return the *kind* whose parts lie flat in *attributes*, as the field ``_FLAT``."""
    there = dict(attributes)
    stated = {}
    for slot in slots(kind):
        text = there.get(slot.name)
        if text is None:
            continue
        value = _scalar(slot.type, text)
        if value is _BAD:
            return _Said({}, (_bad(slot.name, text, slot.type),))
        stated[slot.field] = value
    missing = [slot.name for slot in slots(kind) if slot.required and slot.field not in stated]
    if missing:
        return _Said({}, (("read-fact-incomplete", (("missing", ", ".join(missing)),)),))
    return _Said({_FLAT: kind(**stated)})


def _words(slot: Slot, text: str, wrong: list[Wrong]) -> Anything:
    """Return the members that *text* lists; what is none goes to *wrong*."""
    kind, holder = slot.type
    found = [(word, _scalar(kind, word)) for word in text.split()]
    wrong += [_bad(slot.name, word, kind) for word, value in found if value is _BAD]
    return holder(value for _, value in found if value is not _BAD)


def _bad(name: str, text: str, kind: type) -> Wrong:
    values = (("fact", name), ("value", text[:80]), ("expected", _expected(kind)))
    return "read-bad-value", values


@cache
def _required(kind: type) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots(kind) if slot.required)


@cache
def _places(kind: type, leave_out: frozenset[str]) -> tuple[Mapping[str, Slot], Mapping[str, Slot]]:
    """Return the fields of *kind* by the attribute, and by the child tag, that states them."""
    in_attributes: dict[str, Slot] = {}
    in_children: dict[str, Slot] = {}
    for slot in slots(kind):
        if slot.field in leave_out:
            continue
        if slot.shape == "flat":
            in_attributes.update((each.name, slot) for each in slots(slot.type))
        elif slot.shape in {"plain", "words"}:
            in_attributes[slot.name] = slot
        else:
            in_children[own(slot.name)] = slot
    return in_attributes, in_children


@lru_cache(maxsize=4096)  # the same few words stand all over a file, and in the file written
def _scalar(kind: type, text: str) -> Anything:
    if kind is str:
        return text
    if kind is bool:
        return _TRUTH.get(text.strip(), _BAD)
    if kind is int:
        return int(text) if _WHOLE.fullmatch(text.strip()) else _BAD
    if kind is Fraction:
        return Fraction(text.strip()) if _NUMBER.fullmatch(text.strip()) else _BAD
    return _member(kind, text.strip())


def _member(kind: Anything, text: str) -> Anything:
    try:
        return kind[text.upper()] if issubclass(kind, IntEnum) else kind(text)
    except (KeyError, ValueError):
        return _BAD


def _expected(kind: type) -> str:
    if issubclass(kind, IntEnum):
        return ", ".join(each.name.lower() for each in kind)
    if kind is bool:
        return "true, false"
    if issubclass(kind, Enum):
        return ", ".join(str(each.value) for each in kind)
    return "0, 3, 0.5, 1/2" if kind is Fraction else "0, 1, 2, …"
