"""What keeps a procedure from being made lighter still, as a table of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.outcome import gained, named
from tthc_flow.report.word.blocks import Cell, Row, Table
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.reviewed import candidates
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.report.word.reviewed import Reviewed

_COLUMNS: Final = ("column-number", "report-more", "report-why", "report-gain")
_WIDTHS: Final = (12, 52, 71, 30)
_SIZE: Final = 11
_BARRED: Final = "fail"
_DASH: Final = "–"


def obstacles(one: Reviewed) -> Table | None:
    """Return a row for each proposal that was not possible, with what it lacks; none if none.

    Steps that lack the same for the same proposal share a row.

    Source: 949/KH-UBND (agencies report what they could not cut, and why).
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    for each in one.record["plan"]["binding"]:
        candidate = candidates(one)[each["candidate"]]
        why, gain = _why(each), _gain(each, one.record["plan"]["objective"])
        steps = found.setdefault((candidate["title"], why, gain), [])
        steps.append(named(one.record["labels"], candidate["targets"]))
    if not found:
        return None
    rows = tuple(
        Row(
            cells=tuple(
                Cell(lines=(text,))
                for text in (str(place), f"{title}: {', '.join(steps)}", why, gain)
            )
        )
        for place, ((title, why, gain), steps) in enumerate(found.items(), start=1)
    )
    heading = tuple(say(each) for each in _COLUMNS)
    centred = frozenset({0, 3})
    return Table(heading=heading, rows=rows, widths=_WIDTHS, centred=centred, size=_SIZE)


def _failed(binding: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in binding["conditions"] if each["verdict"] == _BARRED]


def _why(binding: Mapping[str, Any]) -> str:
    failed = _failed(binding)
    told = "; ".join(_clause(each["text"]) for each in failed or binding["conditions"])
    return say("report-barred" if failed else "report-confirm", conditions=told)


def _gain(binding: Mapping[str, Any], objective: str) -> str:
    return _DASH if _failed(binding) else counted(gained(binding["effect"], objective, LANG))


def _clause(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
