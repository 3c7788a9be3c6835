"""The draft decision that approves the proposal; it never orders a phân cấp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report.figures import source_words
from tthc_flow.report.word.blocks import Head, Line, Look, Paper, Signature
from tthc_flow.report.word.citing import in_full
from tthc_flow.report.word.handing import handing_notes
from tthc_flow.report.word.issuer import issuer_of
from tthc_flow.report.word.reviewed import called, hands_down, listed, stages, text_of
from tthc_flow.report.word.words import LANG, say

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


def decidable(reviewed: Sequence[Reviewed]) -> bool:
    """Return whether there is anything that such a decision may approve.

    What is a phân cấp, and what nobody knows who may do, is none of it.
    """
    return any(_titles(reviewed, authority) for authority in _DECIDED)


def decision(reviewed: Sequence[Reviewed]) -> Paper:
    """Return the draft; number, date and signature are blank.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III (quyết định cá biệt).
    """
    issuer = issuer_of(reviewed)
    alone = len(reviewed) == 1
    about = (
        say("decision-about-one", name=reviewed[0].name)
        if alone
        else say("decision-about", count=len(reviewed), scope=issuer.scope)
    )
    blocks: list[Block] = [
        Line(text=say("draft"), look=Look.DRAFT),
        Head(agency=issuer.head, number=issuer.number, place=issuer.place),
        *(
            Line(text=say("decision-note", text=each), look=Look.NOTE)
            for each in _drafting(reviewed)
        ),
        Line(text=say("decision-name"), look=Look.TITLE),
        Line(text=about, look=Look.TITLE),
        Line(text=issuer.chair.upper(), look=Look.ISSUER),
        *(Line(text=each, look=Look.BASIS) for each in _bases(reviewed)),
        Line(text=say("decision-decides"), look=Look.ISSUER),
        *_articles(reviewed, issuer),
        Signature(titles=(issuer.sign,), receivers=_receivers()),
    ]
    return Paper(
        title=f"{say('decision-name')} – {about}",
        subject=about,
        author=issuer.agency,
        blocks=tuple(blocks),
    )


def _drafting(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    for one in reviewed:
        yield from handing_notes(one)
    unknown = _titles(reviewed, "unknown")
    if unknown:
        yield say("decision-note-unknown", titles=listed(unknown))


def _bases(reviewed: Sequence[Reviewed]) -> list[str]:
    """Return the legal grounds by the kinds of procedure, then the decisions reviewed."""
    procedures = [each.record["procedure"] for each in reviewed]
    codes = dict.fromkeys(code for each in procedures for code in _BASES[each["kind"]])
    sources = dict.fromkeys(
        in_full(source_words(each["source"], LANG).replace(", ngày", " ngày", 1))
        for each in procedures
        if each["source"]
    )
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
        else say("article-1", count=len(reviewed), scope=issuer.scope)
    )
    yield Line(text=first, lead=say("article", number=1))
    yield Line(text=say("article-2"), lead=say("article", number=2))
    number = 0
    for authority in _DECIDED:
        titles = _titles(reviewed, authority)
        if titles:
            number += 1
            yield Line(
                text=say(
                    f"article-2-{authority}",
                    number=number,
                    agency=issuer.lead,
                    chair=issuer.chair,
                    titles=listed(titles),
                    texts=listed(_texts(reviewed, authority)),
                )
            )
    yield Line(text=say("article-2-workflow", number=number + 1, agency=issuer.lead))
    last = "article-3" if issuer.committee else "article-3-agency"
    agency = issuer.lead if issuer.committee else issuer.agency
    told = say(last, committee=issuer.committee, agency=agency)
    yield Line(text=told, lead=say("article", number=3))


def _titles(reviewed: Sequence[Reviewed], authority: str) -> list[str]:
    return [
        called(one, each)
        for one in reviewed
        for _, some in stages(one, authority)
        for each in some
        if not hands_down(each)
    ]


def _texts(reviewed: Sequence[Reviewed], authority: str) -> Iterator[str]:
    for one in reviewed:
        for instrument, some in stages(one, authority):
            if not all(map(hands_down, some)):
                yield text_of(instrument)


def _receivers() -> tuple[str, ...]:
    return tuple(
        say(each)
        for each in ("receivers", "receivers-article", "receivers-above", "receivers-filed")
    )
