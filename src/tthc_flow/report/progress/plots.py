"""The plots of a progress report: groups against the targets, stages against all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.report import amounts
from tthc_flow.report.progress.bars import Bar, Plot
from tthc_flow.report.progress.given import Stage
from tthc_flow.report.progress.period import TARGETS
from tthc_flow.report.progress.printed import (
    group_words,
    known_words,
    measure_words,
    share_of,
    share_words,
)
from tthc_flow.report.progress.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.progress import Cut
    from tthc_flow.report.progress.given import Reach

MOST: Final = 30
"""Groups in one plot; the table has all."""


def cuts_plot(name: str, cuts: Sequence[Cut], lang: str) -> Plot:
    """Return the pooled cut of each group, the largest first, what is unknown last.

    Of more than 30 groups those with most procedures are shown.

    Args:
        name: Of the picture: a mark that no other one of the page has.
        cuts: Figures of one measure, at least one.
        lang: ``vi`` or ``en``.
    """
    shown = sorted(cuts, key=lambda each: -each.procedures)[:MOST]
    ranked = sorted(shown, key=lambda each: (each.pooled is None, -(each.pooled or 0)))
    made = tuple(
        Bar(
            label=group_words(each.group, lang),
            share=each.pooled,
            words=f"{share_words(each.pooled, lang)} ({known_words(each, lang)})",
        )
        for each in ranked
    )
    of = measure_words(cuts[0].of, lang)
    marks = tuple((each, say("mark", lang, share=amounts.share(each, lang))) for each in TARGETS)
    title = say(f"plot-{name.partition('-')[0]}", lang, of=of)
    return Plot(name=name, title=title, summary=_summary(made), bars=made, marks=marks)


def reach_plot(name: str, reach: Reach, lang: str) -> Plot:
    """Return how many procedures have reached each stage, against all."""
    made = []
    for stage, count in zip(Stage, reach.counts, strict=True):
        part = share_of(count, reach.procedures)
        counts = f"{amounts.amount(count, lang)}/{amounts.amount(reach.procedures, lang)}"
        words = f"{share_words(part, lang)} ({counts})"
        made.append(Bar(label=say(f"stage-{stage.value}", lang), share=part, words=words))
    marks = ((1.0, say("mark", lang, share=amounts.share(1, lang))),)
    title = say("plot-reach", lang)
    return Plot(name=name, title=title, summary=_summary(made), bars=tuple(made), marks=marks)


def _summary(made: Sequence[Bar]) -> str:
    return "; ".join(f"{each.label}: {each.words}" for each in made)
