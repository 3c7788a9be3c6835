"""Single values of a table: truth, numbers, lengths of time, sources, quantities."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

from tthc_flow.errors import BadQuantity
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.units import Duration, TimeUnit, exact
from tthc_flow.words.typed_numbers import is_read_two_ways, plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.tables.notes import Notes
    from tthc_flow.tables.tree import Node

Choice = TypeVar("Choice", bound=StrEnum)

TRUTHS: Final = {"true": True, "yes": True, "1": True, "có": True} | {
    "false": False, "no": False, "0": False, "không": False
}  # fmt: skip


def truth(node: Node, name: str, notes: Notes) -> bool | None:
    """Return the yes or no written in the field *name*; ``None`` if none or not understood."""
    text = node.text_of(name)
    if text is None:
        return None
    if text.casefold() not in TRUTHS:
        notes.warn("table-bad-truth", line=node.line, field=name, value=text)
    return TRUTHS.get(text.casefold())


def number(node: Node, name: str, notes: Notes) -> Fraction | None:
    """Return the exact number in the field *name*; "0,5" and "0.5" are the same.

    So are "1.200.000" and "1200000", and "1.200,5" and "1200.5". What one reads as thousands and
    another as decimals ("150.000") is unknown, and told.
    """
    text = node.text_of(name)
    if text is None:
        return None
    if is_read_two_ways(text):
        notes.warn("table-number-either-way", line=node.line, field=name, value=text)
        return None
    try:
        value = exact(plain_number(text))
    except BadQuantity:
        notes.warn("table-bad-number", line=node.line, field=name, value=text)
        return None
    if value < 0:
        notes.warn("table-negative", line=node.line, field=name, value=text)
        return None
    return value


def count(node: Node, name: str, notes: Notes) -> int | None:
    """Return the whole number in the field *name*."""
    value = number(node, name, notes)
    if value is not None and value.denominator != 1:
        notes.warn("table-bad-number", line=node.line, field=name, value=str(value))
        return None
    return None if value is None else value.numerator


def one_of(node: Node, name: str, choices: type[Choice], notes: Notes) -> Choice | None:
    """Return the member of *choices* that the field *name* names."""
    text = node.text_of(name)
    if text is None:
        return None
    try:
        return choices(text.casefold())
    except ValueError:
        allowed = ", ".join(choice.value for choice in choices)
        notes.warn("table-unknown-label", line=node.line, field=name, value=text, allowed=allowed)
        return None


def length(node: Node, notes: Notes) -> Duration | None:
    """Return the length of time that ``value`` and ``unit`` give; unknown stays ``None``."""
    amount = number(node, "value", notes)
    unit = one_of(node, "unit", TimeUnit, notes)
    if amount is None:
        return None
    if unit is None:
        if node.text_of("unit") is None:
            notes.warn("table-unit-missing", line=node.line, value=node.text_of("value") or "")
        return None
    return Duration(amount=amount, unit=unit, at_least=number(node, "at_least", notes))


def source(node: Node | None, notes: Notes) -> Source | None:
    """Return the document that a ``source`` field names, as mapping or as bare text."""
    if node is None:
        return None
    if node.text is not None:
        return Source(document=node.text.strip())
    document = node.text_of("document")
    if document is None:
        notes.warn("table-source-without-document", line=node.line)
        return None
    return Source(
        document=document,
        place=node.text_of("place"),
        date=node.text_of("date"),
        url=node.text_of("url"),
    )


def quantity(node: Node, name: str, notes: Notes) -> Quantity | None:
    """Return the number in the field *name* with its evidence and source; bare is assumed."""
    field = node.get(name)
    if field is None:
        return None
    if field.fields is None:
        value = number(node, name, notes)
        return None if value is None else Quantity(value=value)
    value = number(field, "value", notes)
    if value is None:
        return None
    evidence = one_of(field, "evidence", EvidenceKind, notes) or EvidenceKind.ASSUMED
    return Quantity(value=value, evidence=evidence, source=source(field.get("source"), notes))


def texts(node: Node, name: str) -> frozenset[str] | None:
    """Return the texts listed under *name*; ``None`` where the field is not there."""
    if node.get(name) is None:
        return None
    return frozenset(item.text.strip() for item in node.each(name) if item.text)


def known_only(node: Node, names: Iterable[str], notes: Notes) -> None:
    """Report the fields of *node* that nobody reads, and those written twice."""
    known, seen = frozenset(names), set[str]()
    for name, value in node.fields or ():
        if name in seen:
            notes.warn("table-field-twice", line=value.line, field=name)
        elif name not in known:
            notes.warn("table-unknown-field", line=value.line, field=name)
        seen.add(name)
