"""The sheet of what was examined: verdict, evidence, open questions, and room for the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.excel.cells import Cell, days, say, words
from tthc_flow.report.outcome import title_of
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.report.excel.sheet import Sheet

COLUMNS: Final = (
    ("key", 12), ("proposal-id", 14), ("procedure", 20), ("proposal", 26), ("verdict", 9),
    ("applied", 7), ("authority", 13), ("instrument", 16), ("saves-alone", 9), ("proof", 30),
    ("conditions", 32), ("questions", 34), ("decision", 12), ("reason", 16), ("decided-by", 14),
)  # fmt: skip

DECISIONS: Final = ("stand-accept", "stand-edit", "stand-reject")


def proposals(sheet: Sheet, records: Sequence[Mapping[str, Any]], choices: str) -> None:
    """Write a row for each candidate of each record.

    Args:
        sheet: The sheet.
        records: What ``tthc-flow propose --json`` prints, one a procedure.
        choices: Where the decisions stand that one can choose from.

    Source: Phần II of the published annexes; decisions as ``tthc-flow decide`` keeps them.
    """
    lang = sheet.lang
    sheet.say(say("proposals-title", lang), say("draft", lang), say("fill", lang))
    sheet.head(COLUMNS, frozen=4)
    first = sheet.row + 1
    for record in records:
        for each in record["candidates"]:
            sheet.put(_row(each, record, lang))
    if sheet.row >= first:
        sheet.offer(f"M{first}:M{sheet.row}", choices)


def _row(candidate: Mapping[str, Any], record: Mapping[str, Any], lang: str) -> list[Cell]:
    procedure, effect = record["procedure"], candidate["effect"]
    asked = [each for each in candidate["preconditions"] if each["verdict"] != "pass"]
    return [
        words(procedure["process"]),
        words(candidate["id"]),
        words(procedure["name"]),
        words(title_of(candidate, record["labels"])),
        words(text(f"verdict-{candidate['verdict']}", lang)),
        words(say("yes" if candidate["applied"] else "no", lang)),
        words(text(f"authority-{candidate['authority']}", lang)),
        words(candidate["instrument"]),
        days(None if effect is None else effect["minutes"]),
        words(_lines(each["text"] for each in candidate["evidence"])),
        words(_lines(_condition(each, lang) for each in asked)),
        words(_lines(f"{each['question']} [{each['question_id']}]"
                     for each in asked if each["question"])),
        Cell(entry=True),
        Cell(entry=True),
        Cell(entry=True),
    ]  # fmt: skip


def _condition(condition: Mapping[str, Any], lang: str) -> str:
    verdict = text(f"verdict-{condition['verdict']}", lang)
    because = f" ({'; '.join(condition['because'])})" if condition["because"] else ""
    return f"{condition['text']}: {verdict}{because}"


def _lines(told: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(told))
