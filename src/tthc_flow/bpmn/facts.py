"""The codec of the own extension: any frozen value of the model to an element and back.

One rule a kind of field, so a field added to the model is carried without a new line here:

* text, numbers, booleans, enumerations: an attribute in camelCase; left out when it is the default
* tuples and sets of enumerations: one attribute, members parted by blanks
* sets of text: an element of the field's name with one ``item`` a member (empty is not unknown)
* another model value: a child element; a tuple of them: one child each
* pairs of text: one child each with ``name`` and ``value``
* the fields of a form: as people type them, ``field`` with its ``type`` and one ``choice`` each
* ``duration``: its amount and unit lie flat in the element itself

A value that cannot be read becomes a finding, and the fact stays unknown.
"""

from __future__ import annotations

from enum import Enum, IntEnum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs
from lxml import etree

from tthc_flow.bpmn.names import own
from tthc_flow.model.step import FormField
from tthc_flow.units import Duration

Anything: TypeAlias = Any
"""Whatever a field of the model holds: the codec is driven by the annotations of the model."""

ITEM: Final = "item"
_ITEMS: Final = {FormField: "field"}
_TYPED: Final[dict[tuple[type, str], str]] = {
    (FormField, "kind"): "type",
    (FormField, "choices"): "choice",
}
CASE: Final = "case"


@attrs.frozen(kw_only=True, eq=False)
class Slot:
    """How one field is written: its name in the file, its shape, the type inside."""

    field: str
    name: str
    shape: str
    type: Any
    optional: bool
    default: Any
    required: bool


@cache
def slots(kind: type) -> tuple[Slot, ...]:
    """Return how the fields of the attrs class *kind* are written, in order."""
    hints = get_type_hints(kind)
    return tuple(_slot(kind, each, hints[each.name]) for each in attrs.fields(kind))


def _slot(kind: type, each: attrs.Attribute[Any], hint: Anything) -> Slot:
    optional = get_origin(hint) in {Union, UnionType} and NoneType in get_args(hint)
    inner = next(arg for arg in get_args(hint) if arg is not NoneType) if optional else hint
    name = _TYPED.get((kind, each.name), camel(each.name))
    shape, inner = ("names", str) if name == "choice" else _shape(each.name, inner)
    return Slot(
        field=each.name,
        name=name,
        shape=shape,
        type=inner,
        optional=optional,
        default=None if each.default is attrs.NOTHING else each.default,
        required=each.default is attrs.NOTHING,
    )


def _shape(name: str, hint: Anything) -> tuple[str, Any]:
    origin: Anything = get_origin(hint)
    if origin in {tuple, frozenset}:
        inner = get_args(hint)[0]
        if get_origin(inner) is tuple:
            paired = get_args(inner)[1]
            return ("pairs" if paired is str else "cases"), paired
        if attrs.has(inner):
            return "many", inner
        return ("texts" if inner is str else "words"), (inner, origin)
    if attrs.has(hint):
        return ("flat" if hint is Duration and name == "duration" else "one"), hint
    return "plain", hint


def camel(name: str) -> str:
    """Return the name in the file of the field *name* ("legal_basis" → "legalBasis")."""
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


def plain(value: Anything) -> str:
    """Return a scalar as the file holds it; numbers stay exact.

    Example:
        >>> plain(Fraction(1, 2)), plain(Fraction(1, 3)), plain(True)
        ('0.5', '1/3', 'true')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case IntEnum():
            return value.name.lower()
        case Enum():
            return str(value.value)
        case Fraction():
            return _decimal(value)
        case _:
            return str(value)


def _decimal(value: Fraction) -> str:
    for places in range(31):
        if (10**places) % value.denominator == 0:
            digits = str(value.numerator * (10**places // value.denominator)).rjust(places + 1, "0")
            return f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip(".")
    return str(value)


def encode(tag: str, value: Anything, leave_out: frozenset[str] = frozenset()) -> etree._Element:
    """Return *value* as an extension element; fields in *leave_out* are BPMN's own."""
    element = etree.Element(own(tag))
    stack: list[tuple[etree._Element, Anything, frozenset[str]]] = [(element, value, leave_out)]
    while stack:
        parent, each, without = stack.pop()
        for slot in slots(each.__class__):
            content = getattr(each, slot.field)
            if slot.field in without or (content == slot.default and not slot.required):
                continue
            for child, inside in _written(parent, slot, content):
                stack.append((child, inside, frozenset()))
    return element


def _write_texts(parent: etree._Element, slot: Slot, content: Anything) -> None:
    """Write a field that holds nothing but texts: a set or list of them, or pairs."""
    holder, tag = parent, own(slot.name)
    if slot.shape == "texts":
        holder, tag = etree.SubElement(parent, tag), own(ITEM)
    for each in sorted(content) if isinstance(content, frozenset) else content:
        name, value = each if slot.shape == "pairs" else (each, None)
        child = etree.SubElement(holder, tag, {"name": name})
        if value is not None:
            child.set("value", value)


def _written(
    parent: etree._Element, slot: Slot, content: Anything
) -> list[tuple[etree._Element, Any]]:
    """Write the field; return the (element, value) pairs that are still to be filled."""
    match slot.shape:
        case "plain":
            parent.set(slot.name, plain(content))
        case "words":
            members = content if slot.type[1] is tuple else sorted(content)
            parent.set(slot.name, " ".join(plain(each) for each in members))
        case "texts" | "names" | "pairs":
            _write_texts(parent, slot, content)
        case "flat" | "one":
            flat = slot.shape == "flat"
            return [(parent if flat else etree.SubElement(parent, own(slot.name)), content)]
        case "many" if slot.optional:
            child = etree.SubElement(parent, own(slot.name))
            item = own(_ITEMS.get(slot.type, ITEM))
            return [(etree.SubElement(child, item), each) for each in content]
        case "many":
            return [(etree.SubElement(parent, own(slot.name)), each) for each in content]
        case _:
            pairs = [(etree.SubElement(parent, own(slot.name)), each) for each in content]
            for child, (case, _) in pairs:
                child.set(CASE, case)
            return [(child, duration) for child, (_, duration) in pairs]
    return []
