"""The story of several proposals on one page: what all of them cut, then each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tthc_flow.report import amounts, figures
from tthc_flow.report.answering import answering
from tthc_flow.report.blocks import Block, Grid, Heading, Paragraph, Picture, Section, Story
from tthc_flow.report.cases import cases
from tthc_flow.report.ledger import cost, roles
from tthc_flow.report.outcome import changes, result
from tthc_flow.report.texts import text
from tthc_flow.report.told_apart import told_apart
from tthc_flow.report.totals import of_totals
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.word.reviewed import Reviewed


def joint_story(reviewed: Sequence[Reviewed], lang: str = "vi") -> Story:
    """Return the joint report of *reviewed*: the overview, then a part for each procedure.

    Args:
        reviewed: Records in *lang* and their diagrams, at least one.
        lang: ``vi`` or ``en``.

    Source: group reviews report the procedures together and carry their diagrams.
    """
    records = told_apart([each.record for each in reviewed])
    reviewed = [evolve(one, record=each) for one, each in zip(reviewed, records, strict=True)]
    convention = figures.convention(records[0]["plan"]["before"], lang)
    parts = (_procedure(place, each, lang) for place, each in enumerate(reviewed, start=1))
    return Story(
        lang=lang,
        title=_say("overview-title", lang),
        facts=(text("joint-count", lang, count=len(records)),),
        draft=text("draft", lang),
        sections=(_overview(records, lang), *parts),
        footer=(text("convention-line", lang, words=convention), text("footer", lang)),
    )


def picture_name(place: int, side: str) -> str:
    """Return the name under which the joint page finds a diagram; *place* counts from 1.

    Example:
        >>> picture_name(2, "before")
        '2-before'
    """
    return f"{place}-{side}"


def _say(code: str, lang: str) -> str:
    return message(f"excel-{code}", {}, lang).text


def _overview(records: Sequence[Mapping[str, Any]], lang: str) -> Section:
    codes = ("procedure", "code", "joint-time", "time-rate", "joint-cost", "cost-rate",
             "joint-steps", "joint-hands")  # fmt: skip
    rows = tuple(_row(place, each, lang) for place, each in enumerate(records, start=1))
    table = Grid(heading=tuple(_say(code, lang) for code in codes), rows=rows)
    blocks: list[Block] = [table, *_totals(records, lang)]
    return Section(id="tong-hop", title=_say("overview", lang), blocks=tuple(blocks))


def _row(place: int, record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    procedure, plan = record["procedure"], record["plan"]
    one, two = plan["before"], plan["after"]
    official = [plan["costs"][side][0]["yearly"] for side in ("before", "after")]
    return (
        f"{place}. {procedure['name']}",
        procedure["code"] or "–",
        _both(*(figures.norm_time(each, lang) for each in (one, two))),
        amounts.cut_words(plan["cut"]["time"], lang),
        _both(*(amounts.money(each, lang) for each in official)),
        amounts.cut_words(plan["cut"]["cost"], lang),
        *(
            _both(*(amounts.count(each[key], lang) for each in (one, two)))
            for key in ("steps", "hand_offs")
        ),
    )


def _both(before: str, after: str) -> str:
    """Return before and after; once where nothing changed.

    Example:
        >>> _both("8", "7"), _both("8", "8")
        ('8 → 7', '8')
    """
    return before if before == after else f"{before} → {after}"


def _totals(records: Sequence[Mapping[str, Any]], lang: str) -> Iterator[Block]:
    """Yield what all procedures of a kind cut together, in each way that has a name."""
    heading = (text("measure", lang), text("cut", lang))
    for part in of_totals(records):
        yield Heading(text=text(f"kind-{part['kind']}", lang))
        lines = []
        for row in part["rows"]:
            of = text("overall-time" if row["of"] == "time" else "overall-cost", lang)
            method = f" ({text('by-' + row['method'], lang)})" if row["method"] else ""
            way = text(f"aggregate-{row['aggregate']}", lang)
            counted = text("joint-counted", lang, count=row["count"], of=len(part["members"]))
            lines.append((f"{of}{method}, {way}, {counted}", amounts.cut_words(row["share"], lang)))
        yield Grid(heading=heading, rows=tuple(lines))


def _procedure(place: int, one: Reviewed, lang: str) -> Section:
    record = one.record
    pictures = [
        Picture(name=picture_name(place, side), title=text(f"picture-{side}", lang))
        for side, svg in (("before", one.before), ("after", one.after))
        if svg
    ]
    shown = pictures if record["plan"]["changes"] else pictures[:1]
    drawn: list[Block] = [Paragraph(text=text("picture-note", lang), tone="soft")] if shown else []
    parts = (
        changes(record, lang),
        *cases(record, lang),
        *answering(record, lang),
        roles(record["plan"], lang),
        cost(record["plan"], lang),
    )
    blocks: list[Block] = [*result(record, lang).blocks, *drawn, *shown]
    for part in parts:
        blocks += [Heading(text=part.title), *part.blocks]
    title = f"{place}. {record['procedure']['name']}"
    return Section(id=f"thu-tuc-{place}", title=title, blocks=tuple(blocks))
