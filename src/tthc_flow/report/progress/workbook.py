"""The workbook of the progress: the procedures as data, everything else as formulas over them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import CannotWrite
from tthc_flow.report.excel.cells import Cell, days, formula, number, saved, say, words
from tthc_flow.report.excel.sheet import Sheet, for_print
from tthc_flow.report.progress.group_sheet import Source, aims, group_rows, whole_rows
from tthc_flow.report.progress.listed import AGENCY, FIELD, listed
from tthc_flow.report.progress.printed import about, doer_words
from tthc_flow.report.progress.words import say as say_progress
from tthc_flow.tables.timeless import timeless
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.report.progress.given import Alike, Standing

_SHEETS: Final = ("whole", "agency", "field", "listed", "alike")
_MOST: Final = 1_000_000
"""Procedures that a sheet takes: it has 1,048,576 rows, and some lines stand above."""

_ALIKE: Final = (
    ("number", 6), ("procedure", 44), ("progress-same", 20), ("progress-places", 9),
    ("progress-lightest", 40), ("progress-lightest-days", 12),
    ("progress-heaviest", 40), ("progress-heaviest-days", 12), ("progress-apart", 12),
)  # fmt: skip


def progress_workbook(standing: Standing, lang: str = "vi") -> bytes:
    """Return the workbook: sums and shares are formulas, what is unknown is an empty cell.

    No text of a portfolio is ever a formula. The same standing is the same bytes.

    Args:
        standing: Where a portfolio stands; every group of its rows is among its groups.
        lang: ``vi`` or ``en``.

    Raises:
        CannotWrite: TF628 for more procedures than a sheet has rows.

    Example:
        >>> from tthc_flow.report.progress.given import Standing
        >>> progress_workbook(Standing())[:2]
        b'PK'

    Source: Office Open XML (ISO/IEC 29500); columns of published plans.
    """
    if len(standing.listed) > _MOST:
        raise CannotWrite(
            "TF628",
            **fact_words("progress-fact-sheet", count=len(standing.listed), most=_MOST),
            hint="make a portfolio of each province and report on each",
        )
    with _uncollected():
        return _written(standing, lang)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: of a million cells none goes before the file is written."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _written(standing: Standing, lang: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    pages = {
        code: Sheet(book.create_sheet(say(f"progress-{code}", lang)), lang) for code in _SHEETS
    }
    rows = listed(pages["listed"], standing)
    told = say("progress-formulas", lang, sheet=pages["listed"].page.title)
    pages["whole"].say(about(standing, lang), say("draft", lang), told)
    cells = aims(pages["whole"])
    pages["whole"].skip()
    whole_rows(pages["whole"], Source(rows=rows, aims=cells))
    for code, column, grouped in (
        ("agency", AGENCY, standing.agencies),
        ("field", FIELD, standing.fields),
    ):
        pages[code].say(say_progress(f"section-{code}", lang), say("draft", lang), told)
        groups = [each.group for each in grouped.reach]
        group_rows(pages[code], groups, Source(rows=rows, aims=cells, chosen=column))
    _alike(pages["alike"], standing.alike)
    for page in book.worksheets:
        for_print(page, lang)
    book.calculation.fullCalcOnLoad = True
    book.properties.title, book.properties.creator = about(standing, lang), ""
    return timeless(book)


def _alike(sheet: Sheet, alike: Sequence[Alike]) -> None:
    lang = sheet.lang
    sheet.say(say_progress("section-alike", lang), say_progress("alike-note", lang))
    sheet.head(_ALIKE, frozen=2)
    for place, each in enumerate(alike, start=1):
        sheet.put([number(place, "count"), *_alike_row(each, sheet.row + 1, lang)])


def _alike_row(each: Alike, at: int, lang: str) -> Iterator[Cell]:
    yield words(each.name or each.lightest.key)
    code = each.code or say_progress("unnamed", lang)
    yield words(say_progress(f"same-{each.same}", lang, code=code))
    yield number(each.count, "count")
    for doer in (each.lightest, each.heaviest):
        yield words(doer_words(doer, lang))
        yield days(doer.minutes)
    yield formula(saved(f"H{at}", f"F{at}", lang), "days")
