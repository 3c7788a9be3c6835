"""The first sheet: one row a procedure, and all of them together in each way that has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.report import figures
from tthc_flow.report.excel.aggregates import Cut, Table, aggregates
from tthc_flow.report.excel.cells import Cell, formula, number, rate, saved, say, words
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.excel.costs import Balance
    from tthc_flow.report.excel.sheet import Sheet
    from tthc_flow.report.excel.workflow import Block

COLUMNS: Final = (
    ("number", 6), ("key", 20), ("code", 11), ("procedure", 36), ("dossiers", 9),
    ("time-before", 13), ("time-after", 13), ("time-saved", 13), ("time-rate", 13),
    ("cost-before", 15), ("cost-after", 15), ("cost-saved", 15), ("cost-rate", 13),
    ("steps-before", 8), ("steps-after", 8), ("steps-saved", 8),
    ("hands-before", 8), ("hands-after", 8), ("hands-saved", 8), ("note", 18),
)  # fmt: skip

_SIDES: Final = ("before", "after")
_COUNTS: Final = "NOPQRS"


@frozen(kw_only=True)
class Places:
    """Where the other sheets hold the times, the cost and the dossiers of one procedure."""

    workflow: Block
    cost: Balance
    dossiers: str


def overview(
    sheet: Sheet,
    records: Sequence[Mapping[str, Any]],
    places: Sequence[Places],
) -> None:
    """Write a row a procedure, linked to the sheets behind it, and the totals.

    Source: columns of published plans (time and cost before, after, saved, share).
    """
    lang = sheet.lang
    conventions = dict.fromkeys(each["plan"]["before"]["convention"] for each in records)
    told = [text("convention-line", lang, words=text(f"convention-{each}", lang))
            for each in conventions]  # fmt: skip
    sheet.say(say("overview-title", lang), say("draft", lang), *told)
    sheet.head(COLUMNS, frozen=4)
    for kind, members in by_kind(records).items():
        if len(members) < len(records):
            sheet.band(text(f"kind-{kind}", lang), 4)
        first = sheet.row + 1
        for place in members:
            cells = _row(records[place], places[place], sheet.row + 1, lang)
            sheet.put([number(place + 1, "count"), *cells])
        _totals(sheet, Table(first=first, last=sheet.row, label="D", dossiers="E"))
        sheet.skip()


def by_kind(records: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Return the places of *records* by the kind of procedure: their targets differ.

    Example:
        >>> by_kind([{"procedure": {"kind": "public"}}])
        {'public': [0]}
    """
    found: dict[str, list[int]] = {}
    for place, each in enumerate(records):
        found.setdefault(each["procedure"]["kind"], []).append(place)
    return found


def _totals(sheet: Sheet, table: Table) -> None:
    time = Cut(columns=("F", "G", "H", "I"), kind="days")
    aggregates(sheet, table, (time, Cut(columns=("J", "K", "L", "M"), kind="money")))
    for column in _COUNTS:  # their sums stand in the row of the other sums
        cell = formula(f"SUM({table.span(column)})", "count", strong=True)
        sheet.set(f"{column}{table.last + 1}", cell)


def _row(record: Mapping[str, Any], places: Places, at: int, lang: str) -> list[Cell | None]:
    procedure, plan = record["procedure"], record["plan"]
    time, cost = places.workflow.norm_time, places.cost
    steps = [formula(f"COUNTA({places.workflow.steps(each)})", "count") for each in _SIDES]
    hands = [number(plan[side]["hand_offs"], "count") for side in _SIDES]
    return [
        words(procedure["process"]),
        words(procedure["code"]),
        words(procedure["name"]),
        formula(f'IF({places.dossiers}="","",{places.dossiers})', "count"),
        *(formula(f'IF({cell}="","",{cell})', "days") for cell in map(time, _SIDES)),
        formula(saved(f"F{at}", f"G{at}", lang), "days"),
        formula(rate(f"H{at}", f"F{at}", lang), "share"),
        *(formula(cell, "money") for cell in (cost.before, cost.after)),
        formula(saved(f"J{at}", f"K{at}", lang), "money"),
        formula(rate(f"L{at}", f"J{at}", lang), "share"),
        *steps,
        formula(f"N{at}-O{at}", "count"),
        *hands,
        formula(f"Q{at}-R{at}", "count"),
        words(_note(plan, lang)),
    ]


def _note(plan: Mapping[str, Any], lang: str) -> str:
    """Return which figures are only lower bounds, and how long it takes at least."""
    told = [
        f"{say(side, lang)}: {figures.norm_time(plan[side], lang)}"
        for side in _SIDES
        if not plan[side]["norm_time"]["complete"]
    ]
    unsure = any(plan[side]["without_performer"] for side in _SIDES)
    return "; ".join((*told, *([say("hands-least", lang)] if unsure else ())))
