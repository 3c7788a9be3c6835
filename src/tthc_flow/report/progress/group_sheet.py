"""Sheets of groups: counts, sums and the three aggregates as formulas over the procedures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.progress import Measure
from tthc_flow.report.excel.cells import Cell, formula, guarded, literal, number, say, words
from tthc_flow.report.progress.listed import DOSSIERS, KINDS, SIDES, STAGES
from tthc_flow.report.progress.period import TARGETS
from tthc_flow.report.progress.printed import HELD, group_words, unit_words
from tthc_flow.report.progress.words import say as say_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.report.excel.sheet import Sheet
    from tthc_flow.report.progress.listed import Rows

COLUMNS: Final = (
    ("number", 7), ("progress-group", 44), ("progress-count", 10), ("progress-known", 11),
    ("progress-before", 17), ("progress-after", 17), ("progress-saved", 17),
    ("progress-pooled", 13), ("progress-mean", 13), ("progress-weighted", 13),
    ("progress-first", 11), ("progress-second", 11),
    ("progress-reached-first", 15), ("progress-reached-second", 15),
)  # fmt: skip

_NUMBER: Final = '">-1E+300"'
_LEAST: Final = "0.000000001"
"""A share of exactly 30 % may be a little less as a double; it still counts."""

_ANY: Final = "A"
"""The column that every procedure has a number in."""


@frozen(kw_only=True)
class Source:
    """What formulas refer to: the rows, the cells of both targets, and by what rows are chosen.

    *chosen* is the column with the number of the group; without one all rows are meant.
    """

    rows: Rows
    aims: tuple[str, ...]
    chosen: str | None = None

    def where(self, at: int) -> tuple[str, ...]:
        """Return the condition of the group in row *at*, as two arguments of a formula."""
        return (self.rows.span(self.chosen), f"$A{at}") if self.chosen else ()

    def factor(self, at: int) -> tuple[str, ...]:
        """Return the same condition as ones and noughts to multiply by."""
        return (f"({self.rows.span(self.chosen)}=$A{at})*1",) if self.chosen else ()


def aims(sheet: Sheet) -> tuple[str, ...]:
    """Write the targets as cells that can be changed; return how formulas call them."""
    lang, cells = sheet.lang, []
    for code, target in zip(("aim-first", "aim-second"), TARGETS, strict=True):
        sheet.row += 1
        label = words(say(f"progress-{code}", lang))
        sheet.set(f"A{sheet.row}", Cell())
        sheet.set(f"B{sheet.row}", label)
        sheet.set(f"C{sheet.row}", number(target, "share", entry=True))
        sheet.only_share(f"C{sheet.row}")
        cells.append(f"{sheet.name}$C${sheet.row}")
    return tuple(cells)


def group_rows(sheet: Sheet, groups: Sequence[str | None], source: Source) -> None:
    """Write a block for each measure: a row a group, in their order.

    Source: published practice mixes pooled sums and means, so each has its column.
    """
    sheet.head(COLUMNS, frozen=2)
    for of in Measure:
        sheet.band(unit_words(of, sheet.lang), 2)
        for place, group in enumerate(groups, start=1):
            sheet.put([*_row(of, place, group, source, sheet)])
        sheet.skip()


def whole_rows(sheet: Sheet, source: Source) -> None:
    """Write a row for each measure over all procedures, and one for each stage."""
    sheet.head(COLUMNS, frozen=2)
    for place, of in enumerate(Measure, start=1):
        cells = list(_row(of, place, None, source, sheet))
        cells[1] = words(unit_words(of, sheet.lang))
        sheet.put(cells)
    sheet.skip()
    _stages(sheet, source)


def _stages(sheet: Sheet, source: Source) -> None:
    """Write how many procedures have reached each stage, under a heading of its own."""
    lang, every = sheet.lang, source.rows.span(_ANY)
    sheet.band(say_progress("section-reach", lang), 2)
    codes = ("stage", "all", "done", "share")
    sheet.put([None, *(words(say_progress(f"head-{code}", lang), strong=True) for code in codes)])
    for place, (stage, column) in enumerate(STAGES.items(), start=1):
        at = sheet.row + 1
        label = words(say_progress(f"stage-{stage.value}", lang))
        count = formula(f"COUNT({every})", "count")
        done = formula(f"SUM({source.rows.span(column)})", "count")
        share = formula(guarded(f"C{at}>0", f"D{at}/C{at}", lang), "share", strong=True)
        sheet.put([number(place, "count"), label, count, done, share])


def _row(
    of: Measure, place: int, group: str | None, source: Source, sheet: Sheet
) -> Iterator[Cell]:
    lang, at, kind = sheet.lang, sheet.row + 1, KINDS[of]
    before, after, saved, _ = (source.rows.span(column) for column in SIDES[of])
    where, known = source.where(at), f"D{at}>0"
    yield number(place, "count")
    yield words(group_words(group, lang))
    yield formula(_call("COUNTIFS", source.rows.span(_ANY), _NUMBER, *where), "count")
    yield formula(_call("COUNTIFS", saved, _NUMBER, *where), "count")
    for side in (before, after):
        total = _call("SUMIFS", side, saved, _NUMBER, *where)
        yield formula(guarded(known, total, lang), kind)
    yield formula(guarded(known, f"E{at}-F{at}", lang), kind)
    yield from _shares(of, source, at, lang)
    yield from _targets(of, source, at, lang)


def _shares(of: Measure, source: Source, at: int, lang: str) -> Iterator[Cell]:
    """Yield the three aggregates; what had nothing to cut is in neither mean."""
    rates, dossiers = source.rows.span(SIDES[of][3]), source.rows.span(DOSSIERS)
    where = source.where(at)
    some = f"{_call('COUNTIFS', rates, _NUMBER, *where)}>0"
    base = _call("SUMIFS", dossiers, rates, _NUMBER, *where)
    product = _call("SUMPRODUCT", *source.factor(at), rates, dossiers)
    mean = _call("AVERAGEIFS", rates, rates, _NUMBER, *where)
    yield formula(guarded(f"N(E{at})>0", f"G{at}/E{at}", lang), "share", strong=True)
    yield formula(guarded(some, mean, lang), "share", strong=True)
    yield formula(guarded(f"{base}>0", f"{product}/{base}", lang), "share", strong=True)


def _targets(of: Measure, source: Source, at: int, lang: str) -> Iterator[Cell]:
    """Yield how many procedures reach each target, and whether the pooled cut does."""
    rates = source.rows.span(SIDES[of][3])
    factor = "".join(f"{each}*" for each in source.factor(at))
    for aim in source.aims:
        reached = f"({rates}>={aim}-{_LEAST})"
        yield formula(f"SUMPRODUCT({factor}ISNUMBER({rates})*{reached})", "count")
    yes, no = (literal(say_progress(code, lang)) for code in ("reached", "missed"))
    for aim in source.aims:
        judged = guarded(f"ISNUMBER(H{at})", f"IF(H{at}>={aim}-{_LEAST},{yes},{no})", lang)
        yield formula(judged, "text") if of in HELD else words("–")


def _call(name: str, *arguments: str) -> str:
    """Return a call of *name*.

    Example:
        >>> _call("SUM", "A1", "B1")
        'SUM(A1,B1)'
    """
    return f"{name}({','.join(arguments)})"
