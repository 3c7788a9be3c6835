"""The draft decision that approves the proposal; it never orders a phân cấp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.word.blocks import Head, Line, Look, Paper, Rule, Signature
from tthc_flow.report.word.citing import dated_in_full
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.handing import handing_notes
from tthc_flow.report.word.issuer import issuer_of
from tthc_flow.report.word.reviewed import applied, called, hands_down, listed, stages, text_of
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.issuer import Issuer
    from tthc_flow.report.word.reviewed import Reviewed

_DECIDED: Final = ("within", "outside")
_BASES: Final = {
    "public": ("organisation", "control", "one-stop", "targets", "cost"),
    "between_agencies": ("organisation", "control", "internal"),
    "within_agency": ("internal",),
}
_PUBLIC: Final = "public"
_DEPARTMENT: Final = "sở "


def decidable(reviewed: Sequence[Reviewed]) -> bool:
    """Return whether there is anything that such a decision may approve.

    What is a phân cấp, and what nobody knows who may do, is none of it.
    """
    return any(_titles(one, authority) for one in reviewed for authority in _DECIDED)


def undecided(one: Reviewed) -> list[str]:
    """Return what is proposed of a procedure and may not be approved by such a decision."""
    decided = [title for authority in _DECIDED for title in _titles(one, authority)]
    return [each for each in (called(one, each) for each in applied(one)) if each not in decided]


def decision(reviewed: Sequence[Reviewed]) -> Paper:
    """Return the draft; number, date and signature are blank.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III (quyết định cá biệt).
    """
    issuer = issuer_of(reviewed)
    alone = len(reviewed) == 1
    about = (
        say("decision-about-one", name=reviewed[0].name)
        if alone
        else counted(say("decision-about", count=len(reviewed), scope=issuer.scope))
    )
    blocks: list[Block] = [
        Line(text=say("draft-noted"), look=Look.DRAFT),
        Head(agency=issuer.head, number=issuer.number, place=issuer.place),
        Line(text=say("decision-name"), look=Look.TITLE),
        Line(text=about, look=Look.TITLE),
        Rule(),
        Line(text=issuer.chair.upper(), look=Look.ISSUER),
        *(Line(text=each, look=Look.BASIS) for each in _bases(reviewed)),
        Line(text=say("decision-decides"), look=Look.ISSUER),
        *_articles(reviewed, issuer),
        Signature(titles=(issuer.sign,), receivers=_receivers()),
        Line(text=say("decision-notes"), look=Look.NOTE),
        *(Line(text=f"- {_capital(each)}", look=Look.NOTE) for each in _notes(reviewed)),
    ]
    return Paper(
        title=f"{say('decision-name')} – {about}",
        subject=about,
        author=issuer.agency,
        blocks=tuple(blocks),
    )


def _notes(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    """Yield what the draft still needs, and what it does not decide and why."""
    yield say("decision-note-bases")
    kinds = {one.record["procedure"]["kind"] for one in reviewed}
    if _PUBLIC in kinds:
        yield say("decision-note-public")
    if kinds - {_PUBLIC}:
        yield say("decision-note-internal")
    for one in reviewed:
        yield from handing_notes(one)
    unknown = [title for one in reviewed for title in _titles(one, "unknown")]
    if unknown:
        yield say("decision-note-unknown", titles=listed(unknown))


def _bases(reviewed: Sequence[Reviewed]) -> list[str]:
    """Return the legal grounds by the kinds of procedure, then the decisions reviewed."""
    procedures = [each.record["procedure"] for each in reviewed]
    codes = dict.fromkeys(code for each in procedures for code in _BASES[each["kind"]])
    sources = dict.fromkeys(dated_in_full(each["source"]) for each in procedures if each["source"])
    return [
        *(say(f"decision-basis-{each}") for each in codes),
        *(say("decision-basis-source", source=each) for each in sources),
        say("decision-basis-proposal"),
    ]


def _articles(reviewed: Sequence[Reviewed], issuer: Issuer) -> Iterator[Line]:
    alone = len(reviewed) == 1
    first = (
        say("article-1-one", name=reviewed[0].name)
        if alone
        else counted(say("article-1", count=len(reviewed), scope=issuer.scope))
    )
    if any(undecided(one) for one in reviewed):
        first += say("article-1-scope")
    yield Line(text=first, lead=say("article", number=1))
    yield Line(text=say("article-2"), lead=say("article", number=2), kept=True)
    number = 0
    for authority in _DECIDED:
        if any(_titles(one, authority) for one in reviewed):
            number += 1
            yield from _ordered(reviewed, issuer, authority, number)
    public = any(one.record["procedure"]["kind"] == _PUBLIC for one in reviewed)
    last = "article-2-workflow" if public else "article-2-workflow-internal"
    yield Line(text=say(last, number=number + 1, agency=issuer.lead))
    yield Line(text=_carried_out(issuer), lead=say("article", number=3))


def _ordered(
    reviewed: Sequence[Reviewed], issuer: Issuer, authority: str, number: int
) -> Iterator[Line]:
    """Yield who is told to do what; of several procedures each has a line of its own."""
    office = issuer.committee and say("office-of", committee=issuer.committee)
    told = {
        "number": number,
        "agency": issuer.lead,
        "chair": issuer.chair,
        "office": office or say("office-unknown"),
    }
    if len(reviewed) == 1:
        (one,) = reviewed
        titles, texts = listed(_titles(one, authority)), listed(_texts(one, authority))
        yield Line(text=say(f"article-2-{authority}", **told, titles=titles, texts=texts))
        return
    yield Line(text=say(f"article-2-{authority}-many", **told))
    for one in reviewed:
        titles, texts = listed(_titles(one, authority)), listed(_texts(one, authority))
        if titles:
            yield Line(text=say("article-2-item", name=one.name, titles=titles, texts=texts))


def _carried_out(issuer: Issuer) -> str:
    if not issuer.committee:
        return say("article-3-agency", agency=issuer.agency)
    director = issuer.lead.casefold().startswith(_DEPARTMENT)
    head = say("director" if director else "head-of-lower", agency=issuer.lead)
    return say("article-3", committee=issuer.committee, head=head)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _titles(one: Reviewed, authority: str) -> list[str]:
    return [
        called(one, each)
        for _, some in stages(one, authority)
        for each in some
        if not hands_down(each)
    ]


def _texts(one: Reviewed, authority: str) -> Iterator[str]:
    for instrument, some in stages(one, authority):
        if not all(map(hands_down, some)):
            yield text_of(instrument)


def _receivers() -> tuple[str, ...]:
    return tuple(
        say(each)
        for each in ("receivers", "receivers-article", "receivers-above", "receivers-filed")
    )
