"""1.1 of a block of the annex: what changes, proposal by proposal, each with its reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tthc_flow.report import amounts, figures
from tthc_flow.report.grounds import effect_words
from tthc_flow.report.outcome import grouped
from tthc_flow.report.word.blocks import Line, Look
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.handing import gone_words
from tthc_flow.report.word.reviewed import applied, called
from tthc_flow.report.word.words import LANG, known, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed


def content(one: Reviewed, number: int) -> list[Block]:
    """Return the lines of 1.1; what a proposal rests on stands in a table of its own.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần II, mục 1.1 (from how much to how much, and why).
    """
    lines: list[Block] = [Line(text=say("content", number=number), look=Look.HEADING)]
    if not one.changed:
        return [*lines, Line(text=say("content-none"))]
    lines.append(Line(text=counted(_lead(one.record["plan"]))))
    left = list(one.record["plan"]["changes"])
    for each in applied(one):
        mine = [change for change in left if _touches(change, each)]
        left = [change for change in left if change not in mine]
        lines += _proposal(one, each, mine)
    lines += _besides(one, left)
    return [*lines, Line(text=say("content-evidence", number=number))]


def _lead(plan: Mapping[str, Any]) -> str:
    """Return how much shorter it becomes, where that is known."""
    cut = plan["cut"]["time"]
    if not cut or cut < 0:
        return say("content-parts")
    before, after = (figures.norm_time(plan[side], LANG) for side in ("before", "after"))
    share = amounts.share(cut, LANG)
    return say("content-time", before=before, after=after, share=share)


def _touches(change: Mapping[str, Any], candidate: Mapping[str, Any]) -> bool:
    about = {*candidate["targets"], *candidate["anchors"]}
    return not about.isdisjoint((*change["elements"]["before"], *change["elements"]["after"]))


def _proposal(
    one: Reviewed, candidate: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]
) -> Iterator[Block]:
    """Yield what a proposal changes, in one line if it is one change, and why."""
    title = _capital(called(one, candidate))
    told = _told(one, changes)
    if len(told) == 1:
        alone = _capital(called(one, {**candidate, "targets": []}))
        text = say("content-one", title=alone, sentence=_lowered(told[0]))
        yield Line(text=f"- {text}")
    else:
        yield Line(text=f"- {title}{':' if told else '.'}")
        yield from (Line(text=f"+ {each}") for each in told)
    reasons = counted("; ".join(_reasons(one, candidate)))
    yield Line(text=f"+ {say('reasons', reasons=reasons)}")


def _told(one: Reviewed, changes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the changes as sentences; those that say the same once, with how often."""
    said = [{**each, "sentence": gone_words(one, each)} for each in changes]
    items = grouped({"changes": said, "labels": one.record["labels"]}, LANG)
    told = [line for item in items for line in item.under or (item.text,)]
    return [counted(_times(line, count)) for line, count in Counter(told).items()]


def _times(sentence: str, count: int) -> str:
    if count == 1:
        return sentence
    return say("content-times", sentence=sentence.removesuffix("."), count=count)


def _besides(one: Reviewed, changes: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Yield what changes with the proposals, and is none of theirs alone."""
    told = _told(one, changes)
    if len(told) == 1:
        yield Line(text=f"- {say('content-besides')} {_lowered(told[0])}")
    elif told:
        yield Line(text=f"- {say('content-besides')}")
        yield from (Line(text=f"+ {each}") for each in told)


def _reasons(one: Reviewed, candidate: Mapping[str, Any]) -> Iterator[str]:
    """Yield why it is proposed, and what it saves along with the others."""
    code = f"reason-{candidate['lever']}"
    if known(code):
        yield say(code)
    for each in one.record["plan"]["attributions"]:
        if each["candidate"] == candidate["id"]:
            yield say("reasons-effect", effect=effect_words(each["marginal"], LANG))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lowered(sentence: str) -> str:
    return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
