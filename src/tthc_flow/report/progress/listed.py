"""The sheet of the procedures: one row each, its figures as data, what is saved as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.progress import Measure
from tthc_flow.report.excel.cells import Cell, days, formula, number, rate, saved, say, words
from tthc_flow.report.progress.given import Stage
from tthc_flow.report.progress.printed import about, notes
from tthc_flow.report.progress.words import say as say_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.report.excel.sheet import Sheet
    from tthc_flow.report.progress.given import Grouped, Listed, Standing

COLUMNS: Final = (
    ("number", 7), ("key", 28), ("code", 12), ("procedure", 40),
    ("progress-agency-name", 24), ("progress-agency-number", 9),
    ("progress-field-name", 22), ("progress-field-number", 9),
    ("progress-province", 14), ("dossiers", 10),
    ("time-before", 12), ("time-after", 12), ("time-saved", 12), ("time-rate", 12),
    ("cost-before", 15), ("cost-after", 15), ("cost-saved", 15), ("cost-rate", 12),
    ("progress-processing-before", 15), ("progress-processing-after", 15),
    ("progress-processing-saved", 15), ("progress-processing-rate", 12),
    ("steps-before", 8), ("steps-after", 8), ("steps-saved", 8), ("progress-steps-rate", 11),
    *((f"progress-{stage.value}", 12) for stage in Stage),
)  # fmt: skip

AGENCY, FIELD, DOSSIERS = "F", "H", "J"
SIDES: Final = {
    Measure.TIME: ("K", "L", "M", "N"),
    Measure.COST_TT02: ("O", "P", "Q", "R"),
    Measure.COST_PROCESSING: ("S", "T", "U", "V"),
    Measure.STEPS: ("W", "X", "Y", "Z"),
}
"""Columns of before, after, saved, rate."""

STAGES: Final = dict(zip(Stage, ("AA", "AB", "AC", "AD", "AE"), strict=True))

KINDS: Final = {
    Measure.TIME: "days",
    Measure.COST_TT02: "money",
    Measure.COST_PROCESSING: "money",
    Measure.STEPS: "count",
}


@frozen(kw_only=True)
class Rows:
    """Where the rows of the procedures stand."""

    sheet: str
    first: int
    last: int

    def span(self, column: str) -> str:
        """Return *column* of the rows, for formulas of any sheet.

        Example:
            >>> Rows(sheet="'A'!", first=5, last=9).span("K")
            "'A'!K$5:K$9"
        """
        return f"{self.sheet}{column}${self.first}:{column}${self.last}"


def listed(sheet: Sheet, standing: Standing) -> Rows:
    """Write a row for each procedure; return where they stand.

    A group is called by its number in formulas: names may hold what a spreadsheet takes for a
    pattern.

    Source: inventory of plan 949/KH-UBND, task 1.1.
    """
    lang = sheet.lang
    title = say("progress-listed-title", lang)
    sheet.say(title, about(standing, lang), *notes(standing, lang))
    sheet.head(COLUMNS, frozen=4)
    agencies, fields = numbers(standing.agencies), numbers(standing.fields)
    first = sheet.row + 1
    for place, each in enumerate(standing.listed, start=1):
        places = (agencies[each.agency], fields[each.field])
        sheet.put([number(place, "count"), *_row(each, places, sheet.row + 1, lang)])
    if not standing.listed:
        sheet.skip()
    page, last = sheet.page, sheet.row
    page.auto_filter.ref = f"A{first - 1}:{STAGES[Stage.PLANNED]}{last}"
    return Rows(sheet=sheet.name, first=first, last=last)


def numbers(grouped: Grouped) -> Mapping[str | None, int]:
    """Return the number of each group, from 1, in the order of its sheet."""
    return {each.group: place for place, each in enumerate(grouped.reach, start=1)}


def _row(each: Listed, places: tuple[int, int], at: int, lang: str) -> Iterator[Cell]:
    yield words(each.key)
    yield words(each.code)
    yield words(each.name)
    for name, place in zip((each.agency, each.field), places, strict=True):
        yield words(name or say_progress("unnamed", lang))
        yield number(place, "count")
    yield words(each.province)
    yield number(each.dossiers, "count")
    for of, one, two in zip(Measure, each.before, each.after, strict=True):
        before, after, gained, _ = (f"{column}{at}" for column in SIDES[of])
        made = (days(one), days(two)) if of is Measure.TIME else _plain(of, one, two)
        yield from made
        yield formula(saved(before, after, lang), KINDS[of])
        yield formula(rate(gained, before, lang), "share")
    for reached in each.reached:
        yield number(None if reached is None else int(reached), "count")


def _plain(of: Measure, *sides: float | None) -> tuple[Cell, ...]:
    return tuple(number(side, KINDS[of]) for side in sides)
