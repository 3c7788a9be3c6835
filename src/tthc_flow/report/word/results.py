"""The report of what a review came to: the totals against the targets, each procedure, the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts, figures
from tthc_flow.report.texts import text
from tthc_flow.report.word.benefits import missing_costs, missing_times
from tthc_flow.report.word.blocks import (
    Cell,
    Head,
    Line,
    Look,
    Paper,
    Row,
    Rule,
    Signature,
    Table,
    plain,
)
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.issuer import issuer_of
from tthc_flow.report.word.obstacles import obstacles
from tthc_flow.report.word.page import text_width
from tthc_flow.report.word.reviewed import AUTHORITIES, called, listed, stages, text_of
from tthc_flow.report.word.simulated import simulated_line
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_EACH: Final = (13, 22, 42, 24, 24, 20, 20)
_ALONE: Final = (43, 32, 32)
_MANY: Final = (27, 20, 14, 25, 25)
"""Widths in mm of the columns up to "before" and "after", which hold sums of money."""
_SMALL: Final = 11
_DASH: Final = "–"
_POOLED: Final = "pooled"
_TT02: Final = "tt02_2017"
_PUBLIC: Final = "public"


def results(reviewed: Sequence[Reviewed], totals: Sequence[Mapping[str, Any]]) -> Paper:
    """Return the report.

    Args:
        reviewed: The procedures, in the order of *totals*.
        totals: What ``of_totals`` made of their records.

    Source: 949/KH-UBND (what agencies report); NQ 66/NQ-CP for the targets.
    """
    issuer = issuer_of(reviewed)
    one = reviewed[0] if len(reviewed) == 1 else None
    about = (
        say("report-about", scope=issuer.scope)
        if one is None
        else say("report-about-one", name=one.name)
    )
    blocks: list[Block] = [
        Line(text=say("draft"), look=Look.DRAFT),
        Head(agency=say("long-blank"), number=say("number-report"), place=issuer.place),
        Line(text=say("report-name"), look=Look.TITLE),
        Line(text=about, look=Look.TITLE),
        Rule(),
        Line(text=say("report-to"), look=Look.ADDRESSEE),
        Line(text=say("report-intro")),
        *_whole(reviewed, totals),
        *_each(reviewed),
        *_by_authority(reviewed),
        *_open(reviewed),
        Line(text=say("report-end"), look=Look.HEADING),
        Line(text=say("report-end-text")),
        Signature(
            titles=(say("head-sign"),),
            hint=say("sign-hint"),
            receivers=tuple(
                say(each) for each in ("receivers", "receivers-above", "receivers-filed")
            ),
        ),
    ]
    title = f"{say('report-name')} – {about}"
    return Paper(title=title, subject=about, author="", blocks=tuple(blocks))


def _whole(reviewed: Sequence[Reviewed], totals: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    yield Line(text=say("report-whole"), look=Look.HEADING)
    changed = sum(each["changed"] for each in totals)
    yield Line(text=counted(say("report-count", count=len(reviewed), changed=changed)))
    for number, part in enumerate(totals, start=1):
        if len(totals) > 1:
            kind = text(f"kind-{part['kind']}", LANG)
            told = say("report-kind", number=number, kind=kind)
            yield Line(text=told, look=Look.SUBHEADING)
        alone = len(part["members"]) == 1
        yield _alone(part) if alone else _totals(part)
        yield from (Line(text=f"- {each}") for each in _left_out(reviewed, part))
        public = part["kind"] == _PUBLIC
        code = "public" if public else "internal"
        yield Line(text=text(f"targets-note-{code}", LANG), look=Look.NOTE)
        if public:
            yield Line(text=say("report-scope"), look=Look.NOTE)
        if not alone:
            yield Line(text=say("report-how"), look=Look.NOTE)
    yield Line(text=say("report-formula"), look=Look.NOTE)


def _left_out(reviewed: Sequence[Reviewed], part: Mapping[str, Any]) -> Iterator[str]:
    """Yield which procedures a total leaves out; of one alone its row says so."""
    missing = {_measure(row): row["unknown"] for row in part["rows"] if row["unknown"]}
    for of, places in missing.items() if len(part["members"]) > 1 else ():
        names = "; ".join(f"“{reviewed[place - 1].name}”" for place in places)
        yield say("report-left-out", of=of, names=names)


def _alone(part: Mapping[str, Any]) -> Table:
    """Return the figures of one procedure, which need no way of adding up."""
    rows = tuple(
        plain(_measure(row), *_figures(row)) for row in part["rows"] if row["aggregate"] == _POOLED
    )
    return _table(("measure",), part, rows, _ALONE)


def _totals(part: Mapping[str, Any]) -> Table:
    rows = tuple(
        plain(
            _measure(row),
            text(f"aggregate-{row['aggregate']}", LANG),
            amounts.count(row["count"], LANG),
            *_figures(row),
        )
        for row in part["rows"]
    )
    return _table(("measure", "aggregate", "counted"), part, rows, _MANY)


def _table(
    first: tuple[str, ...],
    part: Mapping[str, Any],
    rows: tuple[Row, ...],
    widths: tuple[float, ...],
) -> Table:
    codes = (*first, "before", "after", "share")
    targets = (say("report-target", share=amounts.share(each, LANG)) for each in part["targets"])
    heading = (*(say(f"report-{each}") for each in codes), *targets)
    last = len(heading) - len(widths)
    each = (text_width(wide=False) - sum(widths)) / last
    return Table(
        heading=heading,
        rows=rows,
        widths=(*widths, *[each] * last),
        centred=frozenset(range(1, len(heading))),
        size=_SMALL,
    )


def _figures(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield before, after, the cut, and whether each target is reached."""
    for side in ("before", "after"):
        value = row[side]
        if value is None:
            yield _DASH
        elif row["of"] == "time":
            yield counted(amounts.days(value, LANG))
        else:
            yield say("yearly", money=amounts.money(value, LANG))
    share = row["share"]
    yield say("not-known") if share is None else _cut(share)
    for target, reached in zip(row["targets"], row["reached"], strict=True):
        verdict = {True: "reached-yes", False: "reached-no", None: "not-known"}[reached]
        yield _DASH if target is None else say(verdict)


def _measure(row: Mapping[str, Any]) -> str:
    if row["of"] == "time":
        return say("of-time")
    return say(f"of-cost-{row['method']}")


def _each(reviewed: Sequence[Reviewed]) -> Iterator[Block]:
    yield Line(text=say("report-each"), look=Look.HEADING)
    codes = ("column-number", "column-code", "column-name")
    figures_of = ("report-time-before", "report-time-after", "report-time-cut", "report-cost-cut")
    rows = tuple(_row(number, one) for number, one in enumerate(reviewed, start=1))
    yield Table(
        heading=tuple(say(each) for each in (*codes, *figures_of)),
        rows=rows,
        widths=_EACH,
        centred=frozenset({0, 1, 3, 4, 5, 6}),
    )
    told = (simulated_line(one, number) for number, one in enumerate(reviewed, start=1))
    yield from (Line(text=f"- {each}") for each in told if each)


def _row(number: int, one: Reviewed) -> Row:
    plan, procedure = one.record["plan"], one.record["procedure"]
    told = (
        str(number),
        procedure["code"] or say("no-code"),
        one.name,
        counted(figures.norm_time(plan["before"], LANG)),
        counted(figures.norm_time(plan["after"], LANG)),
        _cut(plan["cut"]["time"]),
        _cut(plan["cut"]["cost_by_method"][_TT02]),
    )
    return Row(cells=tuple(Cell(lines=(each,)) for each in told))


def _cut(share: float | None) -> str:
    """Return a cut; none at all is a number too, where a dash would be taken for unknown."""
    return amounts.share(share, LANG) if share == 0 else amounts.cut_words(share, LANG)


def _by_authority(reviewed: Sequence[Reviewed]) -> Iterator[Block]:
    yield Line(text=say("report-list"), look=Look.HEADING)
    for authority in AUTHORITIES:
        yield Line(text=say(f"report-{authority}"), look=Look.SUBHEADING)
        lines = [
            say(
                "report-item",
                name=one.name,
                titles=listed(called(one, each) for each in some),
                text=text_of(instrument),
            )
            for one in reviewed
            for instrument, some in stages(one, authority)
        ]
        yield from (Line(text=f"- {each}") for each in lines or [f"{say('none')}."])


def _open(reviewed: Sequence[Reviewed]) -> Iterator[Block]:
    yield Line(text=say("report-open"), look=Look.HEADING)
    told = [(one, list(_gaps(one)), obstacles(one)) for one in reviewed]
    if not any(lines or table for _, lines, table in told):
        yield Line(text=say("report-open-none"))
    for one, lines, table in told:
        if lines or table:
            yield Line(text=say("report-open-of", name=one.name), look=Look.SUBHEADING)
            yield from (Line(text=f"- {each}") for each in lines)
            yield from (table,) if table else ()
    if any(table for _, _, table in told):
        yield Line(text=say("report-gain-note"), look=Look.NOTE)


def _gaps(one: Reviewed) -> Iterator[str]:
    plan = one.record["plan"]
    if plan["cut"]["time"] is None:
        lacking = say("no-data", missing=missing_times(one.record))
        yield f"{say('of-time')}: {lacking}."
    for benefit in plan["benefits"]:
        if benefit["missing"]:
            lacking = say("no-data", missing=missing_costs(benefit))
            yield f"{_measure({'of': 'cost', **benefit})}: {lacking}."
