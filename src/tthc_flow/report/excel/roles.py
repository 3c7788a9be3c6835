"""The sheet of the cut by role: what each role does on both sides, added up from the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.excel.cells import (
    Cell,
    formula,
    guarded,
    literal,
    rate,
    say,
    words,
)
from tthc_flow.report.excel.workflow import ROLE
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet
    from tthc_flow.report.excel.workflow import Block

COLUMNS: Final = (
    ("role-id", 18), ("role", 34), ("role-steps-before", 11), ("role-steps-after", 11),
    ("role-time-before", 15), ("role-time-after", 15), ("role-saved", 15), ("role-rate", 13),
    ("role-unknown-before", 14), ("role-unknown-after", 14),
)  # fmt: skip


def roles(
    sheet: Sheet,
    records: Sequence[Mapping[str, Any]],
    blocks: Sequence[Block],
) -> None:
    """Write a row for each role that has steps on either side, and their total.

    Source: Bình Định's approved plan, which prints the cut by role.
    """
    sheet.say(say("roles-title", sheet.lang), say("draft", sheet.lang))
    sheet.head(COLUMNS, frozen=2)
    for record, block in zip(records, blocks, strict=True):
        sheet.band(record["procedure"]["name"], 2)
        first = sheet.row + 1
        for row in record["plan"]["cut_by_role"]["rows"]:
            if row["before"]["steps"] or row["after"]["steps"]:
                sheet.put(_row(row["role"], block, sheet.row + 1, sheet.lang))
        if sheet.row >= first:
            _total(sheet, first)
        sheet.skip()


def _row(role: str, block: Block, at: int, lang: str) -> list[Cell]:
    steps, times, gaps = [], [], []
    outside = literal(say("clock-outside", lang))
    for side, unknown in (("before", f"I{at}"), ("after", f"J{at}")):
        same, time = f"{block.span(ROLE[side])}=$B{at}", block.time(side)
        steps.append(formula(f"COUNTIF({block.span(ROLE[side])},$B{at})", "count"))
        lacks = f'({same})*({time}="")*({block.steps(side)}<>{outside})'
        gaps.append(formula(f"SUMPRODUCT({lacks})", "count"))
        known = f"SUMPRODUCT(({same})*ISNUMBER({time}))"
        total = f"SUMIF({block.span(ROLE[side])},$B{at},{time})"
        times.append(formula(guarded(f"OR({unknown}=0,{known}>0)", total, lang), "days"))
    label = words(text(f"role-{role}", lang))
    return [words(role), label, *steps, *times, *_cut(at, lang), *gaps]


def _cut(at: int, lang: str) -> list[Cell]:
    """Return what is saved and its share; neither where a step of either side has no time."""
    return [
        formula(guarded(f"I{at}+J{at}=0", f"E{at}-F{at}", lang), "days"),
        formula(rate(f"G{at}", f"E{at}", lang), "share"),
    ]


def _total(sheet: Sheet, first: int) -> None:
    last, lang = sheet.row, sheet.lang

    def added(column: str, kind: str) -> Cell:
        return formula(f"SUM({column}{first}:{column}{last})", kind, strong=True)

    sheet.put(
        [
            None,
            words(say("total", lang), strong=True),
            *(added(each, "count") for each in "CD"),
            *(added(each, "days") for each in "EF"),
            *_cut(last + 1, lang),
            *(added(each, "count") for each in "IJ"),
        ]
    )
