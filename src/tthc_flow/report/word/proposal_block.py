"""Phần II of the annex: one numbered block a procedure, with 1.1, 1.2, 1.3 and 1.4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.figures import source_words
from tthc_flow.report.grounds import effect_words
from tthc_flow.report.outcome import grouped
from tthc_flow.report.word.benefits import benefits
from tthc_flow.report.word.blocks import Line, Look
from tthc_flow.report.word.handing import handing_lines
from tthc_flow.report.word.reviewed import (
    AUTHORITIES,
    applied,
    called,
    listed,
    stages,
    text_of,
)
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_ANSWERED: Final = "pass"
_KIND: Final = "kind"  # what a step does is told by its name


def proposal_block(one: Reviewed, number: int) -> list[Block]:
    """Return the block of one procedure.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần II.
    """
    code = one.record["procedure"]["code"]
    kind = "procedure-coded" if code else "procedure"
    heading = say(kind, number=number, name=one.name, code=code)
    return [
        Line(text=heading, look=Look.HEADING),
        *_content(one, number),
        *_enforcement(one, number),
        *benefits(one, number),
        *_schedule(one, number),
    ]


def _content(one: Reviewed, number: int) -> list[Block]:
    lines: list[Block] = [Line(text=say("content", number=number), look=Look.HEADING)]
    if not one.changed:
        return [*lines, Line(text=say("content-none"))]
    for item in grouped({**one.record["plan"], "labels": one.record["labels"]}, LANG):
        lines.append(Line(text=f"- {item.text}"))
        lines += [Line(text=f"+ {each}") for each in item.under]
    lines.append(Line(text=say("reasons"), look=Look.SUBHEADING))
    for each in applied(one):
        lead = called(one, each)
        lines.append(Line(text=f"- {lead[:1].upper()}{lead[1:]}:"))
        lines += [Line(text=f"+ {reason}") for reason in _reasons(one, each)]
    return lines


def _reasons(one: Reviewed, candidate: Mapping[str, Any]) -> Iterator[str]:
    """Yield the observed facts, what was confirmed and by which text, and what it saves."""
    facts = [
        _sourced(each["text"], each["source"])
        for each in candidate["evidence"]
        if each["name"] != _KIND
    ]
    if facts:
        yield say("reasons-now", facts=listed(facts))
    confirmed = [
        _sourced(each["text"], each["source"])
        for each in candidate["preconditions"]
        if each["verdict"] == _ANSWERED and each["source"] is not None
    ]
    if confirmed:
        yield say("reasons-confirmed", conditions=listed(confirmed))
    for each in one.record["plan"]["attributions"]:
        if each["candidate"] == candidate["id"]:
            yield say("reasons-effect", effect=effect_words(each["marginal"], LANG))


def _sourced(text: str, source: Mapping[str, Any] | None) -> str:
    """Return a fact as a clause, with its source where the words do not name it already."""
    clause = text if text[:2].isupper() else text[:1].lower() + text[1:]
    if source is None or source["document"] in text:
        return clause
    return say("reasons-source", text=clause, source=source_words(source, LANG))


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


def _schedule(one: Reviewed, number: int) -> list[Block]:
    lines: list[Block] = [Line(text=say("schedule", number=number), look=Look.HEADING)]
    for authority in AUTHORITIES:
        titles = [called(one, each) for _, some in stages(one, authority) for each in some]
        if titles:
            told = say(f"schedule-{authority}", titles=listed(titles))
            lines.append(Line(text=f"- {told}"))
    if not one.changed:
        return [*lines, Line(text=say("schedule-none"))]
    return [*lines, Line(text=f"- {say('schedule-workflow')}")]
