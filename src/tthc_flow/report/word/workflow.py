"""The new internal workflow as a table, the rows that changed marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import figures
from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Cell, Line, Look, Paper, Row, RowKind, Sheet, Table, plain
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.decision import undecided
from tthc_flow.report.word.handing import gone_words
from tthc_flow.report.word.issuer import issuer_of
from tthc_flow.report.word.reviewed import listed
from tthc_flow.report.word.words import LANG, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

_COLUMNS: Final = ("number", "content", "performer", "duration", "result")
_WIDTHS: Final = (13, 57, 38, 25, 32)
_GONE: Final = frozenset({"removed", "merged"})
_INTERNAL: Final = "public"


def workflow(reviewed: Sequence[Reviewed]) -> Paper:
    """Return the workflows of one or several procedures, one below the other.

    Source: columns of published workflows; NĐ 30/2020 Phụ lục I for the paper.
    """
    blocks: list[Block] = []
    for place, one in enumerate(reviewed):
        blocks += [*([Sheet()] if place else []), *_one(one)]
    subject = "; ".join(one.name for one in reviewed)
    author = issuer_of(reviewed).agency
    return Paper(title=say("workflow-name"), subject=subject, author=author, blocks=tuple(blocks))


def _one(one: Reviewed) -> Iterator[Block]:
    issuer = issuer_of((one,))
    procedure, plan = one.record["procedure"], one.record["plan"]
    internal = procedure["kind"] != _INTERNAL
    yield Line(text=say("draft"), look=Look.DRAFT)
    yield Line(text=say("workflow-name-internal" if internal else "workflow-name"), look=Look.TITLE)
    yield Line(text=say("annex-of", number=issuer.number, issuer=issuer.chair), look=Look.ABOUT)
    yield Line(text=say("workflow-procedure", name=one.name))
    yield Line(text=say("workflow-code", code=procedure["code"] or say("blank")))
    yield Line(text=say("workflow-agency", agency=procedure["agency"] or say("blank")))
    yield Line(text=say("workflow-time", time=counted(figures.norm_time(plan["after"], LANG))))
    if plan["before"]["stated_total"]["minutes"] is not None and one.changed:
        yield Line(text=say("workflow-stated"), look=Look.NOTE)
    yield Line(
        text=say("workflow-convention", words=figures.convention(plan["after"], LANG)),
        look=Look.NOTE,
    )
    yield _table(plan)
    if one.changed:
        yield Line(text=say("decision-notes"), look=Look.NOTE)
        yield from (Line(text=f"- {each}", look=Look.NOTE) for each in _draft_notes(one))


def _draft_notes(one: Reviewed) -> Iterator[str]:
    """Yield what the draft shows besides, to be struck when it is issued."""
    yield say("workflow-legend")
    open_ = listed(undecided(one))
    if open_:
        yield say("workflow-open", titles=open_)
    changes = one.record["plan"]["changes"]
    gone = [gone_words(one, each) for each in changes if each["kind"] in _GONE]
    if gone:
        yield say("workflow-gone", gone=counted(" ".join(gone)))


def _table(plan: Mapping[str, Any]) -> Table:
    known = {each["id"]: each for each in plan["steps"]["after"]}
    rows = [_row(each, known[each["step"]]) for each in plan["workflow"]["after"]]
    total = counted(figures.norm_time(plan["after"], LANG))
    rows.append(plain("", say("workflow-total"), "", total, "", kind=RowKind.SUM))
    heading = tuple(say(f"workflow-{each}") for each in _COLUMNS)
    return Table(heading=heading, rows=tuple(rows), widths=_WIDTHS, centred=frozenset({0, 3}))


def _row(place: Mapping[str, Any], step: Mapping[str, Any]) -> Row:
    changed = place["changed"]
    number = f"{place['position']}{' (*)' if changed else ''}"
    automatic = step["automatic"]
    at_once = automatic and step["minutes"] == 0
    cells = (
        Cell(lines=(number,)),
        Cell(lines=(step["name"] or step["id"],), notes=tuple(_notes(place, step))),
        Cell(lines=(_performer(step["performer"], automatic=automatic),)),
        Cell(lines=(say("workflow-at-once") if at_once else counted(step["time"]),)),
        Cell(lines=(step["result"] or say("blank"),)),
    )
    return Row(cells=cells, kind=RowKind.CHANGED if changed else RowKind.PLAIN)


def _performer(name: str | None, *, automatic: bool) -> str:
    """Return who answers for a step, also where the system does it."""
    if not automatic:
        return name or say("blank")
    return say("workflow-automatic", performer=name) if name else say("workflow-automatic-alone")


def _notes(place: Mapping[str, Any], step: Mapping[str, Any]) -> Iterator[str]:
    for way in place["ways"]:
        if way["when"]:
            yield say("workflow-way", when=way["when"], to=way["to"])
        else:
            together = "workflow-way-together" if way["together"] else "workflow-way-plain"
            yield say(together, to=way["to"])
    if step["number"] and step["number"] != str(place["position"]):
        yield say("workflow-old-number", number=step["number"])
    if place["changed"]:
        kinds = ", ".join(text(f"kind-{each}", LANG) for each in place["changed"])
        yield say("workflow-changed", kinds=kinds)
