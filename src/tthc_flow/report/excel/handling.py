"""The sheet of the second method: time × income × dossiers, apart from the official one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.procedure import CostMethod
from tthc_flow.report import figures
from tthc_flow.report.excel.aggregates import Cut, Table, aggregates
from tthc_flow.report.excel.cells import (
    Cell,
    formula,
    guarded,
    rate,
    saved,
    say,
    words,
)
from tthc_flow.report.excel.inputs import by_method, doubts, entered, grounds
from tthc_flow.report.excel.overview import by_kind
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet
    from tthc_flow.report.excel.workflow import Block

COLUMNS: Final = (
    ("key", 16), ("code", 12), ("procedure", 38), ("time-before", 12), ("time-after", 12),
    ("income-before", 12), ("income-after", 12), ("dossiers-before", 11), ("dossiers-after", 11),
    ("cost-before", 15), ("cost-after", 15), ("cost-saved", 15), ("cost-rate", 13),
    ("evidence", 18), ("source", 28), ("note", 24),
)  # fmt: skip

_HOURS: Final = 8


def handling(
    sheet: Sheet,
    records: Sequence[Mapping[str, Any]],
    blocks: Sequence[Block],
) -> dict[int, str]:
    """Write a row a procedure, and under them all of them together.

    Returns:
        By the place of each record, the cell that holds its dossiers a year before.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, 20/11/2025.
    """
    lang = sheet.lang
    sheet.say(say("handling-title", lang), say("draft", lang), say("fill", lang))
    sheet.head(COLUMNS, frozen=3)
    found: dict[int, str] = {}
    for kind, members in by_kind(records).items():
        if len(members) < len(records):
            sheet.band(text(f"kind-{kind}", lang), 3)
        first = sheet.row + 1
        for place in members:
            at = sheet.put(_row(records[place], blocks[place], sheet.row + 1, lang))
            found[place] = f"{sheet.name}$H${at}"
        sheet.not_negative(f"F{first}:I{sheet.row}")
        table = Table(first=first, last=sheet.row, label="C", dossiers="H")
        aggregates(sheet, table, (Cut(columns=("J", "K", "L", "M"), kind="money"),))
        sheet.skip()
    return found


def _row(record: Mapping[str, Any], block: Block, at: int, lang: str) -> list[Cell | None]:
    procedure, plan = record["procedure"], record["plan"]
    sides = [
        by_method(plan["costs"][side], CostMethod.PROCESSING_TIME) for side in ("before", "after")
    ]
    inputs = [{each["name"]: each for each in found["inputs"]} for found in sides]
    return [
        words(procedure["process"]),
        words(procedure["code"]),
        words(procedure["name"]),
        *(_linked(block.norm_time(side)) for side in ("before", "after")),
        *(entered(each.get("hourly_income"), "money") for each in inputs),
        *(entered(each.get("dossiers"), "count") for each in inputs),
        _cost("D", "F", "H", at, lang),
        _cost("E", "G", "I", at, lang),
        formula(saved(f"J{at}", f"K{at}", lang), "money"),
        formula(rate(f"L{at}", f"J{at}", lang), "share"),
        *grounds(_named(inputs, lang), lang),
        words(doubts(plan, CostMethod.PROCESSING_TIME, lang)),
    ]


def _linked(cell: str) -> Cell:
    return formula(f'IF({cell}="","",{cell})', "days")


def _cost(time: str, income: str, dossiers: str, at: int, lang: str) -> Cell:
    cells = (f"{each}{at}" for each in (time, income, dossiers))
    days, hourly, count = cells
    known = f"COUNT({days},{hourly},{count})=3"
    return formula(guarded(known, f"{days}*{_HOURS}*{hourly}*{count}", lang), "money")


def _named(inputs: Sequence[Mapping[str, Any]], lang: str) -> list[tuple[str, Any]]:
    return [
        (figures.input_words(name, lang), each) for side in inputs for name, each in side.items()
    ]
