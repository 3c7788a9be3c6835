"""The table of cuts by role: what each role does before and after, and what it saves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Line, Look, RowKind, Table, plain
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.report.word.blocks import Block, Row
    from tthc_flow.report.word.reviewed import Reviewed

_COLUMNS: Final = (
    "role",
    "role-steps-before",
    "role-steps-after",
    "role-time-before",
    "role-time-after",
    "role-saved",
    "role-cut",
)
_WIDTHS: Final = (35, 16, 16, 26, 26, 25, 21)
_ALWAYS: Final = 8  # categories that the published plan prints, also where they are empty
_DASH: Final = "–"


def role_table(one: Reviewed, number: int) -> list[Block]:
    """Return the table of one procedure with its caption.

    Source: categories of the plan of Bình Định.
    """
    cuts = one.record["plan"]["cut_by_role"]
    rows = [
        _row(text(f"role-{each['role']}", LANG), each)
        for place, each in enumerate(cuts["rows"])
        if place < _ALWAYS or each["before"]["steps"] or each["after"]["steps"]
    ]
    rows.append(_row(say("total"), cuts["total"], RowKind.SUM))
    heading = tuple(say(each) for each in _COLUMNS)
    centred = frozenset(range(1, len(_COLUMNS)))
    return [
        Line(text=say("roles-title", number=number), look=Look.CAPTION),
        Table(heading=heading, rows=tuple(rows), widths=_WIDTHS, centred=centred),
        Line(text=say("role-note"), look=Look.NOTE),
    ]


def _row(label: str, cut: Mapping[str, Any], kind: RowKind = RowKind.PLAIN) -> Row:
    one, two = cut["before"], cut["after"]
    saved = cut["saved"]
    if not one["steps"] and not two["steps"]:
        return plain(label, "0", "0", *[_DASH] * 4, kind=kind)
    return plain(
        label,
        amounts.count(one["steps"], LANG),
        amounts.count(two["steps"], LANG),
        _time(one),
        _time(two),
        _DASH if saved == 0 else counted(amounts.days(saved, LANG)),
        _share(cut),
        kind=kind,
    )


def _share(cut: Mapping[str, Any]) -> str:
    if cut["cut"] is not None:
        return amounts.cut_words(cut["cut"], LANG)
    return text("unknown", LANG) if cut["saved"] is None else _DASH


def _time(side: Mapping[str, Any]) -> str:
    """Return a role's time; "at least" where some of its steps have none."""
    if not side["steps"]:
        return _DASH
    if not side["minutes"] and side["unknown"]:
        return text("unknown", LANG)
    if side["minutes"] is None:
        return amounts.days(0, LANG)
    printed = counted(amounts.days(side["minutes"], LANG))
    return text("at-least", LANG, value=printed) if side["unknown"] else printed
