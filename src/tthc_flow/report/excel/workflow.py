"""The sheet of both workflows: a row a step, before beside after, with what it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from tthc_flow.measures.wording import UNKNOWN_TIME
from tthc_flow.report import amounts, figures
from tthc_flow.report.english import english
from tthc_flow.report.excel.cells import Cell, days, formula, guarded, literal, say, words
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet

COLUMNS: Final = (
    ("element", 9), ("step", 6), ("step-name", 30), ("performer", 20), ("time", 11),
    ("days-before", 9), ("clock-before", 9), ("role-before", 11), ("performer-after", 20),
    ("printed-after", 11), ("days-after", 9), ("clock-after", 9), ("role-after", 11),
    ("days-saved", 9), ("result", 14), ("evidence", 10), ("source", 16), ("note", 14),
)  # fmt: skip

_OF_SEVERAL: Final = {
    "element": "element-of",
    "step-name": "step-content",
    "performer": "performer-before",
    "time": "printed-before",
}
"""Headers that no reader of facts knows: ids of several drawings are never merged into one."""

_TIME: Final = {"before": "F", "after": "K"}
_CLOCK: Final = {"before": "G", "after": "L"}
ROLE: Final = {"before": "H", "after": "M"}
_CLOCKS: Final = {
    "inside": "clock-inside",
    "after": "clock-after-grant",
    "outside": "clock-outside",
}


@frozen(kw_only=True)
class Block:
    """Where the workflow of one procedure stands: its first and last step, and its norm time."""

    sheet: str
    first: int
    last: int
    norm: int

    def span(self, column: str) -> str:
        """Return *column* of the steps as formulas of other sheets call it."""
        return f"{self.sheet}${column}${self.first}:${column}${self.last}"

    def time(self, side: str) -> str:
        """Return the times of one side."""
        return self.span(_TIME[side])

    def steps(self, side: str) -> str:
        """Return the cells of one side that are filled where a step stands."""
        return self.span(_CLOCK[side])

    def norm_time(self, side: str) -> str:
        """Return the cell of the norm time of one side."""
        return f"{self.sheet}${_TIME[side]}${self.norm}"


def workflow(
    sheet: Sheet, records: Sequence[Mapping[str, Any]], *, rereadable: bool
) -> list[Block]:
    """Write both workflows of each record; return where each stands.

    The columns of "before" are those that ``annotate`` reads: the sheet of one procedure can be
    corrected and merged into its drawing again.

    Args:
        sheet: The sheet.
        records: What ``tthc-flow propose --json`` prints, one a procedure.
        rereadable: Whether it is the sheet of one procedure.

    Source: columns of a published quy trình nội bộ.
    """
    sheet.say(say("workflow-title", sheet.lang), say("draft", sheet.lang))
    several = {} if rereadable else _OF_SEVERAL
    sheet.head([(several.get(code, code), width) for code, width in COLUMNS], frozen=3)
    found = []
    for record in records:
        procedure = record["procedure"]
        sheet.band(procedure["name"], 3)
        key = "" if rereadable else f"{procedure['process']}/"
        found.append(_block(sheet, record["plan"], key))
        sheet.skip()
    return found


def _block(sheet: Sheet, plan: Mapping[str, Any], key: str) -> Block:
    first = sheet.row + 1
    for one, two in aligned(plan):
        cells = _row(one, two, sheet.row + 1, sheet.lang)
        sheet.put([words(f"{key}{(one or two)['id']}"), *cells])
    last = max(sheet.row, first)
    sheet.row = last  # a flow without steps keeps an empty row, so that every range is one
    _totals(sheet, first, last)
    norm = _norm(sheet, plan)
    return Block(sheet=sheet.name, first=first, last=last, norm=norm)


def aligned(plan: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return the steps of both sides in the order in which they are done, one step in one row.

    What is gone stands where it stood; a step that is only on one side has ``None`` on the other.
    """
    rows = {side: {each["id"]: each for each in plan["steps"][side]} for side in plan["steps"]}
    order = {
        side: [each["step"] for each in sorted(plan["workflow"][side], key=_position)]
        for side in plan["workflow"]
    }
    gone = [each for each in order["before"] if each not in rows["after"]]
    place = {each: number for number, each in enumerate(order["before"])}
    merged: list[str] = []
    for each in order["after"]:
        while gone and each in place and place[gone[0]] < place[each]:
            merged.append(gone.pop(0))
        merged.append(each)
    return [(rows["before"].get(each), rows["after"].get(each)) for each in (*merged, *gone)]


def _position(row: Mapping[str, Any]) -> int:
    return int(row["position"])


def _row(one: Any, two: Any, at: int, lang: str) -> list[Cell | None]:  # noqa: ANN401 - rows or None
    step = one or two
    sides = [_side(one, "time", lang), _side(two, "after", lang)]
    return [
        words(step["number"]),
        words(step["name"]),
        *sides[0],
        *sides[1],
        _saving(one, two, at, lang),
        words((two or one)["result"]),
        words(_both(one, two, lambda each: text(f"evidence-{each['evidence']}", lang))),
        words(_both(one, two, lambda each: figures.source_words(each["source"], lang))),
        words(_note(one, two, lang)),
    ]


def _side(row: Any, side: str, lang: str) -> list[Cell]:  # noqa: ANN401 - a row or None
    """Return performer, printed time, days, clock and role of one side; empty where it is not."""
    if row is None:
        return [Cell(), Cell(), Cell(kind="days"), Cell(), Cell()]
    # In a column that is read again, an unknown time is an empty cell, as in any table of facts.
    unknown = row["time"] in {UNKNOWN_TIME, english(UNKNOWN_TIME)}
    printed = None if unknown and side == "time" else row["time"]
    return [
        words(row["performer"]),
        words(printed),
        days(row["minutes"]),
        words(say(_CLOCKS[row["clock"]], lang)),
        words(text(f"role-{row['role']}", lang)),
    ]


def _both(one: Any, two: Any, told: Any) -> str:  # noqa: ANN401 - rows or None, and what to say
    timed = [each for each in (one, two) if each is not None and each["clock"] != "outside"]
    return " → ".join(dict.fromkeys(told(each) for each in timed))


def _note(one: Any, two: Any, lang: str) -> str:  # noqa: ANN401 - rows or None
    if one is None:
        return say("added", lang)
    if two is None:
        return say("removed", lang)
    same = one["name"] == two["name"]
    return "" if same else say("renamed", lang, name=two["name"])


def _saving(one: Any, two: Any, at: int, lang: str) -> Cell | None:  # noqa: ANN401 - rows or None
    cells = [
        f"{_TIME[side]}{at}"
        for side, row in (("before", one), ("after", two))
        if row is not None and row["clock"] != "outside"
    ]
    if not cells:
        return Cell(kind="days")
    counts_before = one is not None and one["clock"] != "outside"
    known = f"COUNT({','.join(cells)})={len(cells)}"
    saved = "-".join(cells) if counts_before else f"-{cells[0]}"
    return formula(guarded(known, saved, lang), "days")


def _totals(sheet: Sheet, first: int, last: int) -> None:
    lang, total = sheet.lang, sheet.row + 1
    sums, gaps = {}, {}
    outside = literal(say("clock-outside", lang))
    for side in ("before", "after"):
        time, clock = (f"{each[side]}{first}:{each[side]}{last}" for each in (_TIME, _CLOCK))
        sums[side] = formula(f"SUM({time})", "days")
        lacks = f'({time}="")*({clock}<>"")*({clock}<>{outside})'
        gaps[side] = formula(f"SUMPRODUCT({lacks})", "count")
    complete = f"F{total + 1}+K{total + 1}=0"
    saving = formula(guarded(complete, f"F{total}-K{total}", lang), "days")
    sheet.put(_line(say("workload", lang), sums, saving))
    sheet.put(_line(say("unknown-steps", lang), gaps, None))


def _norm(sheet: Sheet, plan: Mapping[str, Any]) -> int:
    """Write the longest path, which is no sum; empty, with what is known, where it is not whole."""
    lang, at = sheet.lang, sheet.row + 1
    sides, notes = {}, []
    for side in ("before", "after"):
        found = plan[side]["norm_time"]
        sides[side] = days(found["minutes"] if found["complete"] else None)
        if not found["complete"] and found["minutes"]:
            known = amounts.amount(found["minutes"] / 480, lang)
            notes.append(f"{say(side, lang)}: {say('norm-least', lang, days=known)}")
    saving = formula(guarded(f"COUNT(F{at},K{at})=2", f"F{at}-K{at}", lang), "days")
    note = "; ".join((say("norm-note", lang), *notes))
    return sheet.put(_line(say("norm-time", lang), sides, saving, note))


def _line(
    label: str, sides: Mapping[str, Cell], saving: Cell | None, note: str = ""
) -> list[Cell | None]:
    none: list[Cell | None] = [None] * 4
    before, after = (evolve(each, strong=True) for each in sides.values())
    name = words(label, strong=True)
    head = (None, None, name, *none[:2], before, *none, after, *none[:2], saving)
    return [*head, *none[:3], words(note)]
