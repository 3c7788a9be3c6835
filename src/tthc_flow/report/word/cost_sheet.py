"""The compliance cost sheet: every input with its source, and a blank for each that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.procedure import CostItem
from tthc_flow.report.figures import input_words
from tthc_flow.report.ledger import balance, input_rows
from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Line, Look, Table, plain
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_COLUMNS: Final = ("cost-input", "cost-before", "cost-after", "cost-evidence", "cost-source")
_WIDTHS: Final = (48, 28, 28, 24, 37)
_WORK: Final = "work"
_FIGURES: Final = 2  # before and after stand first


def cost_sheet(one: Reviewed, number: int) -> list[Block]:
    """Return the sheet of one procedure by both methods, which are never mixed.

    Source: TT 02/2017/TT-VPCP Điều 27 and its sheet; QĐ 2816/QĐ-UBND Đồng Nai for the second.
    """
    plan = one.record["plan"]
    blocks: list[Block] = [
        Line(text=say("cost-title", number=number), look=Look.CAPTION),
        Line(text=text("cost-note", LANG), look=Look.NOTE),
    ]
    sides = zip(plan["costs"]["before"], plan["costs"]["after"], plan["benefits"], strict=True)
    for before, after, benefit in sides:
        method = text(f"method-{benefit['method']}", LANG)
        blocks.append(Line(text=method, look=Look.SUBHEADING))
        blocks.append(_table(plan, before, after, benefit))
        blocks += [
            Line(text=each.text, look=Look.BODY) for each in balance(before, after, benefit, LANG)
        ]
    if any(each["missing"] for each in plan["benefits"]):
        blocks.append(Line(text=say("cost-fill-note"), look=Look.NOTE))
    return blocks


def _table(
    plan: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    benefit: Mapping[str, Any],
) -> Table:
    given = input_rows(plan, before, after, LANG)
    known = [
        plain(_capital(name), *map(counted, values[:_FIGURES]), *values[_FIGURES:])
        for name, *values in given
    ]
    blank = say("blank")
    missing = [
        plain(name, blank, blank, say("cost-to-fill"), blank)
        for each in benefit["missing"]
        for name in _to_fill(each)
    ]
    heading = tuple(say(each) for each in _COLUMNS)
    centred = frozenset({1, 2, 3})
    return Table(heading=heading, rows=(*known, *missing), widths=_WIDTHS, centred=centred)


def _to_fill(name: str) -> list[str]:
    """Return the rows to fill in: the six tasks of the sheet where nothing is known of any."""
    if name == _WORK:
        return [say(f"cost-work-{each.value}") for each in CostItem]
    return [_capital(input_words(name, LANG))]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
