"""Which row of a table a finding is about, and which of its cells was guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.finding import Severity
from tthc_flow.tables.review.columns import NOTES, ROWS
from tthc_flow.tables.review.words import FAMILIES, header, label, said
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.model.finding import Finding
    from tthc_flow.tables.step_table import StepTable, TableRow

_PATHS: Final = {
    "table-applicant-by-kind": "role",
    "table-citizen-level": "level",
    "table-office-unknown": "office",
    "table-time-missing": "time.value",
    "table-zero-without-unit": "time.value",
    "table-unit-missing": "time.unit",
    "office-performer-merged": "performer",
    "office-performer-in-content": "performer",
    "office-performer-of-stage": "performer",
    "office-number-missing": "no",
    "office-time-shared": "time.value",
    "office-time-doubtful": "time.value",
    "office-two-times": "time.text",
    "office-row-joined": "content",
    "office-branch-by-words": "branches",
}
"""The cell that a finding is about, where it does not say so itself by its *field*."""

_COLUMNS: Final = {each.path: each for each in ROWS if each.path != NOTES}
_LABELLED: Final = {"kind": ("procedure", "branch"), "assumed": ("branch",)}
"""Values of findings that are labels, with the families they may be of."""


@frozen
class Doubts:
    """The findings of a table: those of the whole, and those of each row."""

    whole: tuple[Finding, ...]
    rows: tuple[tuple[Finding, ...], ...]


def doubts_of(table: StepTable, ids: tuple[str, ...], findings: Iterable[Finding]) -> Doubts:
    """Return *findings* by the row of *table* they are about; *ids* name its rows.

    The element counts first, then the number of the step, then the line.
    """
    by_id = {each: at for at, each in enumerate(ids)}
    by_number: dict[str, int] = {}
    for at, row in enumerate(table.rows):
        by_number.setdefault(row.number, at)
    by_line = {line: at for at, row in enumerate(table.rows) for line in _lines(row)}
    whole: list[Finding] = []
    rows: list[list[Finding]] = [[] for _ in table.rows]
    for finding in dict.fromkeys(findings):
        about = by_id.get(finding.element or "")
        if about is None:
            about = _by_number_or_line(finding, table, by_number, by_line)
        (whole if about is None else rows[about]).append(finding)
    return Doubts(tuple(whole), tuple(map(tuple, rows)))


def _lines(row: TableRow) -> set[int]:
    return {line for line in (row.line, *(each.line for each in row.branches)) if line is not None}


def _by_number_or_line(
    finding: Finding, table: StepTable, by_number: Mapping[str, int], by_line: Mapping[int, int]
) -> int | None:
    lined = None if finding.line is None else by_line.get(finding.line)
    number = dict(finding.values).get("step")
    if lined is not None and number in {None, table.rows[lined].number}:
        return lined
    return by_number.get(number or "", lined)


def needs_a_look(findings: Iterable[Finding]) -> bool:
    """Return whether one of *findings* is more than something worth knowing."""
    return any(each.severity > Severity.INFO for each in findings)


def in_words(findings: Iterable[Finding], lang: str) -> str:
    """Return *findings* one a line: what was found and what to do about it."""
    told = []
    for each in findings:
        words = message(each.code, _readable(dict(each.values), lang), lang)
        own = f"hint-{each.code}"
        hint = said(own, lang) if f"sheet-{own}" in texts("sheet") else words.hint
        told.append(" ".join(f"{part.rstrip('.')}." for part in (words.text, hint) if part))
    return "\n".join(f"• {each}" for each in dict.fromkeys(told))


def _readable(values: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return the values of a finding with columns and labels called as in the workbook."""
    told = dict(values)
    for name, families in _LABELLED.items():
        for family in families:
            if told.get(name) in FAMILIES[family]:
                told[name] = label(family, told[name], lang)
    column = _COLUMNS.get(values.get("field", ""))
    if column is None:
        return told
    told["field"] = f"“{header(column.path, lang)}”"
    known = FAMILIES.get(column.family, ())
    for name in ("value", "allowed"):
        labels = [each.strip() for each in told.get(name, "").split(",")]
        if set(labels) <= set(known):
            told[name] = "; ".join(label(column.family, each, lang) for each in labels)
    return told


def remarks(findings: Iterable[Finding], lang: str) -> dict[str, str]:
    """Return what is to be said beside the cells of a row: guesses, and what is missing."""
    told: dict[str, list[Finding]] = {}
    for each in findings:
        path = _PATHS.get(each.code) or dict(each.values).get("field", "")
        if path in _COLUMNS:
            told.setdefault(path, []).append(each)
    return {path: in_words(each, lang) for path, each in told.items()}
