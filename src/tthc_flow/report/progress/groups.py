"""The sections of the dashboard that tell of agencies and of fields: plot and table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.progress import Measure
from tthc_flow.report import amounts
from tthc_flow.report.blocks import Grid, Heading, Paragraph, Picture, Section
from tthc_flow.report.progress.bars import for_screens
from tthc_flow.report.progress.given import AGGREGATES
from tthc_flow.report.progress.plots import MOST, cuts_plot
from tthc_flow.report.progress.printed import (
    group_words,
    share_words,
    shares_of,
    sum_words,
    unit_words,
)
from tthc_flow.report.progress.words import say

if TYPE_CHECKING:
    from tthc_flow.model.progress import Cut
    from tthc_flow.report.blocks import Block
    from tthc_flow.report.progress.given import Grouped

CONCLUDED: Final = (Measure.TIME, Measure.COST_TT02)
"""What the resolution asks to cut: told in sentences and plots."""


def groups(by: str, grouped: Grouped, pictures: dict[str, str], lang: str) -> Section:
    """Return the figures of every ``agency`` or ``field``; what is drawn is put into *pictures*."""
    blocks: list[Block] = []
    for of in Measure:
        cuts = grouped.of(of)
        blocks.append(Heading(text=unit_words(of, lang)))
        if not any(each.known for each in cuts):
            blocks.append(Paragraph(text=say("none-known", lang), tone="ask"))
            continue
        if of in CONCLUDED:
            plot = cuts_plot(f"{by}-{of.value}", cuts, lang)
            pictures |= for_screens(plot)
            blocks.append(Picture(name=plot.name, title=plot.title))
            if len(cuts) > MOST:
                some = say("plot-most", lang, most=str(MOST), count=amounts.amount(len(cuts), lang))
                blocks.append(Paragraph(text=some, tone="soft"))
        blocks.append(_group_table(by, cuts, lang))
    anchor = {"agency": "co-quan", "field": "linh-vuc"}[by]
    return Section(id=anchor, title=say(f"section-{by}", lang), blocks=tuple(blocks))


def _group_table(by: str, cuts: tuple[Cut, ...], lang: str) -> Grid:
    codes = ("counted-all", "known", "before", "after", *AGGREGATES, "at-30", "at-50")
    rows = tuple(
        (
            group_words(cut.group, lang),
            amounts.amount(cut.procedures, lang),
            amounts.amount(cut.known, lang),
            sum_words(cut.of, cut.before, lang),
            sum_words(cut.of, cut.after, lang),
            *(share_words(share, lang) for share in shares_of(cut)),
            amounts.amount(cut.at_30, lang),
            amounts.amount(cut.at_50, lang),
        )
        for cut in cuts
    )
    heading = (say(f"head-{by}", lang), *(say(f"head-{code}", lang) for code in codes))
    return Grid(heading=heading, rows=rows)
