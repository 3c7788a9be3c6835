"""The workbook of one or several proposals, made from their records alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.excel.cells import say
from tthc_flow.report.excel.costs import costs
from tthc_flow.report.excel.handling import handling
from tthc_flow.report.excel.overview import Places, overview
from tthc_flow.report.excel.proposals import DECISIONS, proposals
from tthc_flow.report.excel.roles import roles
from tthc_flow.report.excel.sheet import Sheet, for_print
from tthc_flow.report.excel.sources import sources
from tthc_flow.report.excel.workflow import workflow
from tthc_flow.report.texts import text
from tthc_flow.report.told_apart import told_apart
from tthc_flow.tables.timeless import timeless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.workbook import Workbook

_SHEETS: Final = (
    "overview", "workflow", "roles", "costs", "handling", "proposals", "sources", "lists",
)  # fmt: skip


def workbook(records: Sequence[Mapping[str, Any]], lang: str = "vi") -> bytes:
    """Return the Excel workbook of *records*: live formulas over figures with their sources.

    What is saved, shares, totals and costs are formulas; what is not known is an empty cell, and
    a formula over it says so. No text of a record is ever a formula. The same records are the
    same bytes.

    Args:
        records: What ``tthc-flow propose --json`` prints, one a procedure, all by one time
            convention and in the language *lang*.
        lang: ``vi`` or ``en``.

    Example:
        >>> workbook((), "vi")[:2]
        b'PK'

    Source: TT 02/2017/TT-VPCP Điều 27; columns of published plans.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    pages = {code: Sheet(book.create_sheet(say(code, lang)), lang) for code in _SHEETS}
    records = told_apart(records)
    single = len(records) == 1
    blocks = workflow(pages["workflow"], records, rereadable=single)
    roles(pages["roles"], records, blocks)
    balances = costs(pages["costs"], records)
    dossiers = handling(pages["handling"], records, blocks)
    places = [
        Places(workflow=block, cost=cost, dossiers=dossiers[place])
        for place, (block, cost) in enumerate(zip(blocks, balances, strict=True))
    ]
    overview(pages["overview"], records, places)
    proposals(pages["proposals"], records, _choices(pages["lists"]))
    sources(pages["sources"], records)
    _finish(book, lang)
    return timeless(book)


def _choices(lists: Sheet) -> str:
    """Write the decisions that one can choose from on the hidden sheet; return where they stand."""
    for code in DECISIONS:
        lists.say(text(code, lists.lang))
    lists.page.sheet_state = "hidden"
    return f"{lists.name}$A$1:$A${len(DECISIONS)}"


def _finish(book: Workbook, lang: str) -> None:
    """Set the paper up, and let every program compute what it opens."""
    for page in book.worksheets:
        for_print(page, lang)
    book.calculation.fullCalcOnLoad = True
    book.properties.title = say("overview-title", lang)
    book.properties.creator = ""
