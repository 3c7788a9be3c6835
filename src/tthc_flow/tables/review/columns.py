"""The sheets and columns of the workbook to be reviewed: where in the tree of a table each stands.

A column is named by its path in the tree (``time.value``), its header says it in words. Columns
that are not *always* there stand only where something is to be said in them.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen


class Form(Enum):
    """How a cell says its value."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    BRANCHES = "branches"


@frozen
class Column:
    """One column: its path, how wide it is drawn, how it says its value, from which family.

    A text of the family "open" may be unknown, and is said to be.
    """

    path: str
    width: int = 16
    form: Form = Form.TEXT
    family: str = ""
    always: bool = False


KEY: Final = "key"
"""The column by which the sheets name their procedure."""

ROW_ID: Final = "row"
"""The column by which a row is named: the id of its element in the drawing."""

NOTES: Final = "notes"
"""What is doubtful, in words; written, never read."""


def _choice(path: str, family: str, width: int = 16, *, always: bool = False) -> Column:
    return Column(path, width, Form.CHOICE, family, always)


def _truth(path: str) -> Column:
    return _choice(path, "truth", 12)


def _source(path: str) -> tuple[Column, ...]:
    return (
        Column(f"{path}.document", 30),
        *(Column(f"{path}.{part}", 14) for part in ("place", "date", "url")),
    )


def _quantity(path: str) -> tuple[Column, ...]:
    return (
        Column(f"{path}.value", 14, Form.NUMBER),
        _choice(f"{path}.evidence", "evidence"),
        *_source(f"{path}.source"),
    )


def _length(path: str, *, always: bool = False) -> tuple[Column, ...]:
    return (
        Column(f"{path}.value", 9, Form.NUMBER, always=always),
        _choice(f"{path}.unit", "unit", 12, always=always),
        Column(f"{path}.at_least", 10, Form.NUMBER),
    )


HEAD: Final = (
    Column(KEY, 7, always=True), Column("name", 48, always=True),
    Column("tthc_code", 14, always=True), _choice("kind", "procedure", 24, always=True),
    Column("field", 20, always=True), Column("province", 14, always=True),
    _choice("authority_level", "level", 12, always=True), Column("agency", 28, always=True),
    Column("source.document", 30, always=True), *_source("source")[1:],
    Column("total_time.text", 24, always=True), *_length("total_time", always=True),
    _truth("total_time.none_prescribed"), Column("documents", 14, Form.TEXTS),
    *(each for name in ("subjects", "times", "dossiers", "hourly_income")
      for each in _quantity(f"volume.{name}")),
    _truth("baseline"), Column("id", 24, always=True), Column(NOTES, 60, always=True),
)  # fmt: skip

ROWS: Final = (
    Column("no", 7, always=True), Column("stage", 16), Column("name", 24),
    Column("content", 48), Column("performer", 24, always=True),
    Column("office", 20, family="open", always=True), _choice("role", "role", 14, always=True),
    Column("level", 9, Form.CHOICES, "level", always=True),
    Column("kinds", 15, Form.CHOICES, "kind", always=True),
    Column("time.text", 15, always=True), *_length("time", always=True),
    _choice("time.counted", "truth", 9, always=True), Column("anchor", 20),
    _choice("time.evidence", "evidence"), *_source("time.source"),
    Column("result", 22, always=True), Column("branches", 34, Form.BRANCHES, always=True),
    Column(NOTES, 40, always=True), Column(ROW_ID, 10, always=True), _truth("pause"),
    _truth("unpause"), _truth("automatic"),
    _truth("parallel"), *_length("work"), Column("reads", 24, Form.TEXTS),
    Column("writes", 24, Form.TEXTS), Column("criteria", 24, Form.TEXTS), _truth("decides"),
    _truth("mandatory"), _truth("discretion"), _truth("paper"), _truth("applicant_visit"),
    Column("inspects", 20), Column("checked", 12, Form.NUMBER), Column("rejected", 12, Form.NUMBER),
    Column("amended", 12, Form.NUMBER), Column("separate_from", 16, Form.TEXTS),
    _choice("harm.severity", "severity"), _truth("harm.reversible"), *_quantity("harm.amount"),
)  # fmt: skip

LISTS: Final = {
    "tasks": (
        Column("name", 60), Column("time_as_printed", 18), _choice("kind", "kind", 20),
        _truth("pause"), _truth("unpause"),
    ),
    "legal_basis": (Column("document", 40), _choice("rank", "rank", 20), Column("clause", 24)),
    "databases": (Column("name", 40), _truth("connected"), _truth("authoritative")),
    "total_time.alternatives": (Column("when", 40), *_length("length")),
    "documents": (
        Column("name", 60), Column("copies", 10, Form.NUMBER), _truth("original"),
        Column("known_in", 30),
    ),
    "work": (
        _choice("item", "item", 24), Column("name", 40), *_quantity("hours"),
        *_quantity("service"), *_quantity("other"), Column("document", 30),
    ),
    "volume.by_year": (
        Column("year", 10, Form.NUMBER), Column("dossiers", 14, Form.NUMBER), *_source("source"),
    ),
    "crews": (
        Column("office", 30), _choice("role", "role", 20), *_quantity("people"),
        *_quantity("hours"), *_quantity("other_load"),
    ),
    "answers": (
        Column("question", 30), _choice("reply", "reply", 10), Column("step", 8),
        *_source("source"), Column("by", 20), Column("on", 12), Column("about", 24),
    ),
}  # fmt: skip
"""The columns of each list of the table; each list has a sheet, behind its key columns."""

OF_ROWS: Final = frozenset({"tasks", "legal_basis", "databases"})
"""Lists that belong to a row: their sheets name it by its id."""
