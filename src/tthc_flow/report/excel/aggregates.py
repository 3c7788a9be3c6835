"""The rows under a table that put its procedures into one figure, each by its name.

No official formula says how, so every way that is used in practice stands there with its name;
what is not known on both sides is left out of all of them, and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.report.excel.cells import Cell, formula, guarded, say, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.report.excel.sheet import Sheet

_NUMBER = '">-1E+300"'


@frozen(kw_only=True)
class Cut:
    """Four columns of a table: before, after, saved, rate; and how the first three are printed."""

    columns: tuple[str, str, str, str]
    kind: str


@frozen(kw_only=True)
class Table:
    """The rows of a table, the column of its labels, and that of the dossiers a year."""

    first: int
    last: int
    label: str
    dossiers: str

    def span(self, column: str) -> str:
        """Return *column* of the rows."""
        return f"{column}${self.first}:{column}${self.last}"


def aggregates(sheet: Sheet, table: Table, cuts: Sequence[Cut]) -> None:
    """Write sums, the number of procedures in them, and the cut in each way that has a name.

    Source: published practice mixes pooled sums and means; domain rule of this project.
    """
    at = sheet.row + 1
    _put(sheet, table, "sum", [cell for cut in cuts for cell in _sums(table, cut, sheet.lang)])
    _put(sheet, table, "counted", [_count(table, cut) for cut in cuts])
    ways = [_ways(table, cut, at, sheet.lang) for cut in cuts]
    for code in ("pooled", "mean", "weighted"):
        cells = (formula(way[code], "share", strong=True) for way in ways)
        rates = (cut.columns[3] for cut in cuts)
        _put(sheet, table, code, list(zip(rates, cells, strict=True)))


def _put(sheet: Sheet, table: Table, code: str, cells: Sequence[tuple[str, Cell]]) -> None:
    label = (table.label, words(say(code, sheet.lang), strong=True))
    by_column = dict([label, *cells])
    last = max(map(ord, by_column)) - ord("A")
    sheet.put([by_column.get(chr(ord("A") + number)) for number in range(last + 1)])


def _sums(table: Table, cut: Cut, lang: str) -> list[tuple[str, Cell]]:
    before, after, saved, _ = cut.columns
    made = [
        (column, f"SUMIF({table.span(saved)},{_NUMBER},{table.span(column)})")
        for column in (before, after)
    ]
    made.append((saved, f"SUM({table.span(saved)})"))
    some = f"COUNT({table.span(saved)})>0"
    return [
        (column, formula(guarded(some, text, lang), cut.kind, strong=True)) for column, text in made
    ]


def _count(table: Table, cut: Cut) -> tuple[str, Cell]:
    saved = cut.columns[2]
    return saved, formula(f"COUNT({table.span(saved)})", "count", strong=True)


def _ways(table: Table, cut: Cut, at: int, lang: str) -> dict[str, str]:
    """Return the formula of each way; the sums stand in row *at*."""
    before, _, saved, rate = cut.columns
    span, dossiers = table.span(rate), table.span(table.dossiers)
    base = f"SUMIF({span},{_NUMBER},{dossiers})"
    return {
        "pooled": guarded(f"N({before}{at})>0", f"{saved}{at}/{before}{at}", lang),
        "mean": guarded(f"COUNT({span})>0", f"AVERAGE({span})", lang),
        "weighted": guarded(f"{base}>0", f"SUMPRODUCT({span},{dossiers})/{base}", lang),
    }
