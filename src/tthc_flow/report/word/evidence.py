"""What each proposal rests on: what is observed, what was confirmed, and by which text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.figures import source_words
from tthc_flow.report.word.blocks import Cell, Line, Look, Row, Table
from tthc_flow.report.word.citing import in_full
from tthc_flow.report.word.reviewed import applied, called
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_COLUMNS: Final = ("column-number", "evidence-content", "evidence-now", "evidence-confirmed")
_WIDTHS: Final = (12, 37, 52, 64)
_SIZE: Final = 11
_ANSWERED: Final = "pass"
_KIND: Final = "kind"  # what a step does is told by its name


def evidence(one: Reviewed, number: int) -> list[Block]:
    """Return the table of one procedure; none where nothing is proposed.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần II: each reason with the text that it follows from.
    """
    if not one.changed:
        return []
    rows = tuple(
        Row(
            cells=(
                Cell(lines=(str(place),)),
                Cell(lines=(_capital(called(one, each)),)),
                Cell(lines=tuple(_facts(each)) or (say("blank"),)),
                Cell(lines=tuple(_confirmed(each)) or (say("evidence-none"),)),
            )
        )
        for place, each in enumerate(applied(one), start=1)
    )
    heading = tuple(say(each) for each in _COLUMNS)
    return [
        Line(text=say("evidence-title", number=number), look=Look.CAPTION),
        Table(heading=heading, rows=rows, widths=_WIDTHS, centred=frozenset({0}), size=_SIZE),
    ]


def _facts(candidate: Mapping[str, Any]) -> Iterator[str]:
    return _by_source(each for each in candidate["evidence"] if each["name"] != _KIND)


def _confirmed(candidate: Mapping[str, Any]) -> Iterator[str]:
    return _by_source(
        each
        for each in candidate["preconditions"]
        if each["verdict"] == _ANSWERED and each["source"] is not None
    )


def _by_source(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what each source says in one line, the source named once behind it."""
    groups: dict[str, list[str]] = {}
    for each in told:
        source = each["source"]
        stated = source is None or source["document"] in each["text"]
        words = "" if stated else in_full(source_words(source, LANG))
        groups.setdefault(words, []).append(in_full(_clause(each["text"])))
    for source, clauses in groups.items():
        text = _capital("; ".join(dict.fromkeys(clauses)))
        yield f"- {say('reasons-source', text=text, source=source) if source else text}"


def _clause(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
