"""What a finding about a table says, as staff call it: columns, labels and units in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.english import english
from tthc_flow.tables.review.words import FAMILIES, label
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

_AS_TYPED: Final = frozenset({"table-unknown-field", "table-field-twice"})
"""Findings about a column that nobody knows: it is called as it was written."""

_FAMILY_OF: Final = {
    "role": ("role",),
    "level": ("level",),
    "authority_level": ("level",),
    "kinds": ("kind",),
    "kind": ("procedure", "kind", "branch"),
    "unit": ("unit",),
    "units": ("unit",),
    "evidence": ("evidence",),
    "assumed": ("branch",),
}
"""The families that the labels of a column, or of a value by its own name, may be of."""

_LENGTHS: Final = frozenset({"computed", "printed"})
_BY_FIELD: Final = frozenset({"value", "allowed"})


def in_words(code: str, values: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return the values of a finding about a table with names of columns and labels in words.

    What is no label of ours stays as the table has it.

    Example:
        >>> in_words("table-by-words", {"field": "role", "value": "one_stop_shop"}, "vi")
        {'field': 'vai trò', 'value': 'bộ phận một cửa'}
        >>> in_words("table-units-mixed", {"units": "day, working_day"}, "en")
        {'units': 'day, working day'}

    Source: ``words/messages/field.csv`` and ``sheet.csv``.
    """
    field = values.get("field", "")
    told = {}
    for name, value in values.items():
        families = _FAMILY_OF.get(field if name in _BY_FIELD else name, ())
        told[name] = _labels(value, families, lang)
        if lang == "en" and name in _LENGTHS:
            told[name] = english(value)
    known = f"field-{field}"
    if code not in _AS_TYPED and known in texts("field"):
        told["field"] = message(known, {}, lang).text
    return told


def _labels(value: str, families: tuple[str, ...], lang: str) -> str:
    """Return the words of the labels in *value*, where each of them is one of a family."""
    parts = value.split(", ")
    for family in families:
        if set(parts) <= set(FAMILIES[family]):
            return ", ".join(label(family, each, lang) for each in parts)
    return value
