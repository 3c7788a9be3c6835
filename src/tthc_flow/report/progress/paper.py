"""The report on the progress as a Word paper: whole, stages, agencies, fields, twins, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.progress import Measure
from tthc_flow.report import amounts
from tthc_flow.report.progress.bars import bars
from tthc_flow.report.progress.groups import CONCLUDED
from tthc_flow.report.progress.paper_tables import (
    alike_table,
    group_table,
    open_table,
    stage_table,
    whole_table,
)
from tthc_flow.report.progress.plots import cuts_plot, reach_plot
from tthc_flow.report.progress.printed import about, conclusion, notes
from tthc_flow.report.progress.words import say
from tthc_flow.report.texts import text
from tthc_flow.report.word.blocks import Figure, Head, Line, Look, Paper, Rule, Signature
from tthc_flow.report.word.drawing import drawn
from tthc_flow.report.word.page import text_width
from tthc_flow.report.word.words import LANG
from tthc_flow.report.word.words import say as say_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.report.progress.bars import Plot
    from tthc_flow.report.progress.given import Grouped, Standing
    from tthc_flow.report.word.blocks import Block

_DETAILED: Final = (Measure.TIME, Measure.COST_TT02, Measure.COST_PROCESSING)
"""What agencies and fields are told of; the workbook has the steps too."""


_MOST_ALIKE: Final = 10
"""Groups of procedures that are the same on paper; page and workbook have more."""


def progress_document(standing: Standing) -> bytes:
    """Return the report as a .docx file; number, date and signature are blanks.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; plan 949/KH-UBND VI.
    """
    return drawn(progress_paper(standing))


def progress_paper(standing: Standing) -> Paper:
    """Return the report as a paper, which can be read without Word.

    Args:
        standing: Where a portfolio stands.

    Example:
        >>> from tthc_flow.report.progress.given import Standing
        >>> progress_paper(Standing()).subject
        'Kết quả rà soát, đơn giản hóa thủ tục hành chính'

    Source: Nghị định 30/2020/NĐ-CP for the form; plan 949/KH-UBND VI for the content.
    """
    subject = about(standing, LANG)
    name = say_word("report-name")
    blocks: list[Block] = [
        Line(text=say_word("draft"), look=Look.DRAFT),
        Head(agency=say_word("long-blank"), number=say_word("number-report")),
        Line(text=name, look=Look.TITLE),
        Line(text=subject, look=Look.TITLE),
        Rule(),
        Line(text=say_word("report-to"), look=Look.ADDRESSEE),
        Line(text=_intro(standing)),
        *_whole(standing),
        *_reach(standing),
        *_groups("agency", standing.agencies),
        *_groups("field", standing.fields),
        *_alike(standing),
        *_open(standing),
        *_notes(standing),
        Line(text=say("paper-end", LANG), look=Look.HEADING),
        Line(text=say("paper-end-text", LANG), kept=True),
        Signature(
            titles=(say_word("head-sign"),),
            hint=say_word("sign-hint"),
            receivers=tuple(
                say_word(each) for each in ("receivers", "receivers-above", "receivers-filed")
            ),
        ),
    ]
    title = f"{name} – {subject}"
    return Paper(title=title, subject=subject, author="", blocks=tuple(blocks))


def _intro(standing: Standing) -> str:
    if standing.period is None:
        return say_word("report-intro")
    return say("paper-intro", LANG, period=standing.period.words(LANG))


def _whole(standing: Standing) -> Iterator[Block]:
    yield Line(text=say("paper-whole", LANG), look=Look.HEADING)
    if not standing.finished:
        yield Line(text=say("note-unfinished", LANG))
    count = sum(each.procedures for each in standing.whole.reach)
    yield Line(text=say("paper-count", LANG, count=amounts.amount(count, LANG)))
    target = standing.period.target if standing.period is not None else None
    for cut in standing.whole.cuts:
        if cut.of in CONCLUDED:
            yield Line(text=f"- {conclusion(cut, target, LANG)}")
    yield whole_table(standing.whole.cuts)
    yield Line(text=text("targets-note-public", LANG), look=Look.NOTE)


def _reach(standing: Standing) -> Iterator[Block]:
    yield Line(text=say("paper-reach", LANG), look=Look.HEADING)
    for each in standing.whole.reach:
        yield stage_table(each)
        yield from _plotted(reach_plot("reach", each, LANG))
    yield Line(text=say("note-scope", LANG), look=Look.NOTE)


def _groups(by: str, grouped: Grouped) -> Iterator[Block]:
    yield Line(text=say(f"paper-{by}", LANG), look=Look.HEADING)
    for number, of in enumerate(_DETAILED, start=1):
        cuts = grouped.of(of)
        heading = say(f"paper-of-{of.value}", LANG, number=str(number))
        yield Line(text=heading, look=Look.SUBHEADING)
        if not any(each.known for each in cuts):
            yield Line(text=say("none-known", LANG))
            continue
        yield group_table(by, cuts)
        if of in CONCLUDED:
            yield from _plotted(cuts_plot(f"{by}-{of.value}", cuts, LANG))


def _plotted(plot: Plot) -> Iterator[Block]:
    told = f"{plot.title}. {plot.summary}"
    yield Line(text=plot.title, look=Look.CAPTION)
    yield Figure(svg=bars(plot), width=text_width(wide=False), title=told)


def _alike(standing: Standing) -> Iterator[Block]:
    yield Line(text=say("paper-alike", LANG), look=Look.HEADING)
    if not standing.alike:
        yield Line(text=say("no-alike", LANG))
        return
    some = standing.alike[:_MOST_ALIKE]
    shown = amounts.amount(len(some), LANG)
    count = amounts.amount(standing.alike_count, LANG)
    yield Line(text=say("alike-shown", LANG, shown=shown, count=count))
    yield alike_table(some)
    yield Line(text=say("alike-note", LANG), look=Look.NOTE)


def _open(standing: Standing) -> Iterator[Block]:
    yield Line(text=say("paper-open", LANG), look=Look.HEADING)
    table = open_table(standing)
    if table is None:
        yield Line(text=say("no-open", LANG))
        return
    yield Line(text=say("open-intro", LANG), kept=True)
    yield table


def _notes(standing: Standing) -> Iterator[Block]:
    yield Line(text=say("paper-notes", LANG), look=Look.HEADING)
    said = {text("targets-note-public", LANG), say("note-scope", LANG)}
    said.add(say("note-unfinished", LANG))
    yield from (Line(text=f"- {each}") for each in notes(standing, LANG) if each not in said)
