"""The sheet of the official compliance cost: the form of TT 02/2017/TT-VPCP, before and after.

C1 = Σ (hours × income + hired service + other); a year = C1 × times × subjects, with the sampled
check afterwards. What is missing stays empty, and every formula over it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.model.procedure import CostItem, CostMethod
from tthc_flow.report import figures
from tthc_flow.report.excel.cells import (
    Cell,
    formula,
    guarded,
    literal,
    rate,
    saved,
    say,
    words,
)
from tthc_flow.report.excel.inputs import by_method, doubts, entered, grounds
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet

COLUMNS: Final = (
    ("cost-id", 24), ("side", 8), ("item", 24), ("work", 36), ("hours", 10), ("income", 12),
    ("service", 13), ("other", 13), ("share", 9), ("once", 14), ("times", 9), ("subjects", 11),
    ("yearly", 16), ("evidence", 18), ("source", 28),
)  # fmt: skip


@frozen(kw_only=True)
class Balance:
    """Where the yearly cost of both sides stands."""

    before: str
    after: str


def costs(sheet: Sheet, records: Sequence[Mapping[str, Any]]) -> list[Balance]:
    """Write the form of each record, before and after; return where the results stand.

    Source: TT 02/2017/TT-VPCP Điều 27 and its form; blank cells are for staff.
    """
    lang = sheet.lang
    sheet.say(say("costs-title", lang), say("draft", lang), say("fill", lang))
    sheet.head(COLUMNS, frozen=4)
    found = []
    for record in records:
        sheet.band(record["procedure"]["name"], 3)
        key = record["procedure"]["process"]
        ends = [_side(sheet, record["plan"], side, f"{key}/{side}") for side in ("before", "after")]
        _result(sheet, record["plan"], ends)
        sheet.skip()
        found.append(Balance(before=f"{sheet.name}$M${ends[0]}", after=f"{sheet.name}$M${ends[1]}"))
    return found


def _side(sheet: Sheet, plan: Mapping[str, Any], side: str, key: str) -> int:
    """Write the form of one side; return the row of its total."""
    lang = sheet.lang
    found = by_method(plan["costs"][side], CostMethod.TT02_2017)
    given = {each["name"]: each for each in found["inputs"]}
    base = _common(sheet, given, key, say(side, lang))
    first = sheet.row + 1
    for place, row in enumerate(plan["work"][side] or _blank_form(), start=1):
        cells = _work(row, first + place - 1, base, lang)
        sheet.put([words(f"{key}/{place}"), words(say(side, lang)), *cells])
    last = sheet.row
    check = _post_check(sheet, found, (key, say(side, lang), base))
    sheet.not_negative(f"E{base}:H{check}")
    sheet.not_negative(f"K{base}:L{base}")
    sheet.only_share(f"I{check}")
    return _total(sheet, (first, last, check, base), say(side, lang))


def _blank_form() -> list[dict[str, Any]]:
    """Return the rows of the official form where nobody has stated what applicants do."""
    empty = dict.fromkeys(("hours", "service", "other"))
    return [{"item": each.value, "name": "", **empty} for each in CostItem]


def _common(sheet: Sheet, given: Mapping[str, Any], key: str, side: str) -> int:
    """Write income, times and subjects, which all rows of a side share; return the row."""
    names = ("hourly_income", "times", "subjects")
    income, times, subjects = (given.get(each) for each in names)
    lang = sheet.lang
    head = (f"{key}/common", side, say("common", lang), say("common-work", lang))
    cells = [*map(words, head), None, entered(income, "money"), *[None] * 4]
    cells += [entered(times, "count"), entered(subjects, "count"), None]
    known = [(figures.input_words(name, lang), given.get(name)) for name in names]
    return sheet.put([*cells, *grounds(known, lang)])


def _work(row: Mapping[str, Any], at: int, base: int, lang: str) -> list[Cell | None]:
    few = literal(say("few", lang))
    income = f"$F${base}"
    cost = f"E{at}*{income}+G{at}+H{at}"
    # A row of the blank form that nobody filled in is no work; a stated one without a figure is.
    nothing = f'AND(E{at}="",COUNTBLANK(G{at}:H{at})=2)'
    once = f'IF({nothing},IF(D{at}="","",{few}),IF(AND(E{at}<>"",{income}=""),{few},{cost}))'
    named = [(text(f"input-{part}", lang), row[part]) for part in ("hours", "service", "other")]
    return [
        words(say(f"item-{row['item']}", lang)),
        Cell(value=row["name"] or None, entry=True),
        entered(row["hours"], "hours"),
        formula(f'IF({income}="","",{income})', "money"),
        entered(row["service"], "money"),
        entered(row["other"], "money"),
        None,
        formula(once, "money"),
        *[None] * 3,
        *grounds(named, lang),
    ]


def _post_check(
    sheet: Sheet,
    found: Mapping[str, Any],
    where: tuple[str, str, int],
) -> int:
    """Write the sampled check after the grant, which costs nothing where there is none."""
    (key, side, base), lang, at = where, sheet.lang, sheet.row + 1
    given = {each["name"]: each for each in found["inputs"]}
    missing = "post_check" in found["missing"]
    names = ("post_check_share", "post_check_hours", "post_check_service")
    share, hours, service = (given.get(each) for each in names)
    none = literal(say("few", lang)) if missing else "0"
    whole = guarded(
        f'AND(E{at}<>"",I{at}<>"",$F${base}<>"")', f"I{at}*(E{at}*$F${base}+G{at})", lang
    )
    once = f'IF(AND(E{at}="",I{at}=""),{none},{whole})'
    stated = "post-check-work" if missing or share is not None else "post-check-none"
    known = [(figures.input_words(name, lang), given.get(name)) for name in names]
    return sheet.put(
        [
            words(f"{key}/post_check"),
            words(side),
            words(say("post-check", lang)),
            words(say(stated, lang)),
            entered(hours, "hours"),
            formula(f'IF($F${base}="","",$F${base})', "money"),
            entered(service, "money"),
            None,
            entered(share, "share"),
            formula(once, "money"),
            *[None] * 3,
            *grounds(known, lang),
        ]
    )


def _total(sheet: Sheet, rows: tuple[int, int, int, int], side: str) -> int:
    (first, last, check, base), lang, at = rows, sheet.lang, sheet.row + 1
    span = f"J{first}:J{last}"
    few = literal(say("few", lang))
    once = guarded(f"AND(COUNT({span})>0,COUNTIF({span},{few})=0)", f"SUM({span})", lang)
    known = f'AND(ISNUMBER(J{at}),ISNUMBER(J{check}),$K${base}<>"",$L${base}<>"")'
    yearly = guarded(known, f"(J{at}+J{check})*$K${base}*$L${base}", lang)
    label = words(say("cost-total", lang), strong=True)
    cells: list[Cell | None] = [None, words(side), label, *[None] * 6]
    cells.append(formula(once, "money", strong=True))
    return sheet.put([*cells, None, None, formula(yearly, "money", strong=True)])


def _result(sheet: Sheet, plan: Mapping[str, Any], ends: Sequence[int]) -> None:
    """Write what is saved a year, its share, and what is missing or unlike."""
    lang, (before, after) = sheet.lang, ends
    notes = doubts(plan, CostMethod.TT02_2017, lang)
    saving = formula(saved(f"M{before}", f"M{after}", lang), "money", strong=True)
    blank: list[Cell | None] = [None] * 9
    row = [None, None, words(say("cost-saving", lang), strong=True), *blank, saving, None]
    at = sheet.put([*row, words(notes)])
    share = formula(rate(f"M{at}", f"M{before}", lang), "share", strong=True)
    sheet.put([None, None, words(say("cost-cut", lang), strong=True), *blank, share])
