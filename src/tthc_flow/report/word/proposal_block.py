"""Phần II of the annex: one numbered block a procedure, with 1.1, 1.2, 1.3 and 1.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.word.benefits import benefits
from tthc_flow.report.word.blocks import Line, Look
from tthc_flow.report.word.content import content
from tthc_flow.report.word.handing import handing_lines
from tthc_flow.report.word.reviewed import AUTHORITIES, called, listed, stages, text_of
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_PUBLIC: Final = "public"


def proposal_block(one: Reviewed, number: int) -> list[Block]:
    """Return the block of one procedure.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần II.
    """
    code = one.record["procedure"]["code"]
    kind = "procedure-coded" if code else "procedure"
    heading = say(kind, number=number, name=one.name, code=code)
    return [
        Line(text=heading, look=Look.HEADING),
        *content(one, number),
        *_enforcement(one, number),
        *benefits(one, number),
        *_schedule(one, number),
    ]


def _enforcement(one: Reviewed, number: int) -> list[Block]:
    lines: list[Block] = [Line(text=say("enforcement", number=number), look=Look.HEADING)]
    every = ((each, list(stages(one, each))) for each in AUTHORITIES)
    groups = [each for each in every if each[1]]
    for letter, (authority, found) in zip("abc"[: len(groups)], groups, strict=True):
        heading = say(f"authority-{authority}", letter=letter)
        lines.append(Line(text=heading, look=Look.SUBHEADING))
        for instrument, candidates in found:
            lines += [Line(text=f"- {each}") for each in _amended(one, instrument, candidates)]
    lines += [Line(text=each) for each in handing_lines(one)]
    return lines if len(lines) > 1 else [*lines, Line(text=f"{say('none')}.")]


def _amended(
    one: Reviewed, instrument: Mapping[str, Any] | None, candidates: Sequence[Mapping[str, Any]]
) -> list[str]:
    titles = listed(called(one, each) for each in candidates)
    if instrument is None:
        return [say("amend-none", titles=titles)]
    new = all(each["handing"] is not None for each in candidates)
    told = [
        say(
            "amend-handing" if new else "amend",
            text=text_of(instrument),
            titles=titles,
            body=say(f"body-{instrument['body'] or 'unknown'}"),
        )
    ]
    asked = questions().get(instrument["question"] or "")
    if asked is not None:
        told.append(say("amend-question", question=asked.vi))
    return told


def _after(authority: str, candidate: Mapping[str, Any]) -> str:
    """Return after what a proposal may be carried out: its own text where power is handed on."""
    handing = candidate["handing"]
    return f"schedule-{authority}" if handing is None else f"schedule-{handing['form']}"


def _schedule(one: Reviewed, number: int) -> list[Block]:
    lines: list[Block] = [Line(text=say("schedule", number=number), look=Look.HEADING)]
    for authority in AUTHORITIES:
        groups: dict[str, list[str]] = {}
        for each in (each for _, some in stages(one, authority) for each in some):
            groups.setdefault(_after(authority, each), []).append(called(one, each))
        for code, titles in groups.items():
            lines.append(Line(text=f"- {say(code, titles=listed(titles))}"))
    if not one.changed:
        return [*lines, Line(text=say("schedule-none"))]
    public = one.record["procedure"]["kind"] == _PUBLIC
    told = say("schedule-workflow" if public else "schedule-workflow-internal")
    return [*lines, Line(text=f"- {told}")]
