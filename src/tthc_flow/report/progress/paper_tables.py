"""The tables of the progress report in Word; every figure is printed as the dashboard prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.progress import Measure
from tthc_flow.report import amounts
from tthc_flow.report.progress.given import AGGREGATES
from tthc_flow.report.progress.printed import (
    doer_words,
    group_words,
    lacking,
    share_words,
    shares_of,
    stage_rows,
    targets_heading,
    whole_rows,
)
from tthc_flow.report.progress.words import say
from tthc_flow.report.word.blocks import RowKind, Table, plain
from tthc_flow.report.word.words import LANG
from tthc_flow.report.word.words import say as say_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.progress import Cut
    from tthc_flow.report.progress.given import Alike, Reach, Standing

_SIZE: Final = 11
_SMALL: Final = 10
"""Of the table with sums of money: those of a province have 13 figures."""

_WHOLE: Final = (25, 21, 13, 31, 31, 16, 14, 14)
_STAGES: Final = (75, 24, 22, 22, 22)
_GROUP: Final = (13, 42, 15, 17, 19, 19, 18, 11, 11)
_ALIKE: Final = (13, 36, 23, 14, 29, 29, 21)
_OPEN: Final = (13, 52, 25, 25, 25, 25)
"""Widths in mm, 165 between the margins."""


def whole_table(cuts: Sequence[Cut]) -> Table:
    """Return every measure by the three aggregates, against both targets."""
    codes = ("measure", "aggregate", "counted", "before", "after", "cut")
    rows = tuple(plain(*row) for row in whole_rows(cuts, LANG))
    heading = (*(say(f"head-{code}", LANG) for code in codes), *targets_heading(LANG))
    centred = frozenset(range(2, len(heading)))
    return Table(heading=heading, rows=rows, widths=_WHOLE, centred=centred, size=_SMALL)


def stage_table(reach: Reach) -> Table:
    """Return how many procedures have reached each stage, against all."""
    codes = ("stage", "done", "all", "share")
    full = say("target", LANG, share=amounts.share(1, LANG))
    return Table(
        heading=(*(say(f"head-{code}", LANG) for code in codes), full),
        rows=tuple(plain(*row) for row in stage_rows(reach, LANG)),
        widths=_STAGES,
        centred=frozenset({1, 2, 3, 4}),
        size=_SIZE,
    )


def group_table(by: str, cuts: Sequence[Cut]) -> Table:
    """Return one measure by ``agency`` or ``field``: three aggregates, and who reaches what."""
    codes = ("counted-all", "known-short", *AGGREGATES, "at-30-short", "at-50-short")
    rows = tuple(
        plain(
            str(number),
            group_words(cut.group, LANG),
            amounts.amount(cut.procedures, LANG),
            amounts.amount(cut.known, LANG),
            *(share_words(share, LANG) for share in shares_of(cut)),
            amounts.amount(cut.at_30, LANG),
            amounts.amount(cut.at_50, LANG),
        )
        for number, cut in enumerate(cuts, start=1)
    )
    first = (say_word("column-number"), say(f"head-{by}", LANG))
    heading = (*first, *(say(f"head-{code}", LANG) for code in codes))
    centred = frozenset({0, *range(2, len(heading))})
    return Table(heading=heading, rows=rows, widths=_GROUP, centred=centred, size=_SIZE)


def alike_table(alike: Sequence[Alike]) -> Table:
    """Return the groups of procedures that are the same: who does it lightest and heaviest."""
    codes = ("procedure", "same", "places", "lightest", "heaviest", "saved")
    rows = tuple(
        plain(
            str(number),
            each.name or each.lightest.key,
            say(f"same-{each.same}", LANG, code=each.code or say("unnamed", LANG)),
            amounts.amount(each.count, LANG),
            doer_words(each.lightest, LANG),
            doer_words(each.heaviest, LANG),
            "–" if each.saved is None else amounts.days(each.saved, LANG),
        )
        for number, each in enumerate(alike, start=1)
    )
    heading = (say_word("column-number"), *(say(f"head-{code}", LANG) for code in codes))
    centred = frozenset({0, 3, 6})
    return Table(heading=heading, rows=rows, widths=_ALIKE, centred=centred, size=_SIZE)


def open_table(standing: Standing) -> Table | None:
    """Return how many procedures of each agency lack what; ``None`` where nothing is missing."""
    found = lacking(standing)
    if not found:
        return None
    rows = [
        plain(str(number), group_words(group, LANG), *_counts(counts))
        for number, (group, counts) in enumerate(found, start=1)
    ]
    total = tuple(map(sum, zip(*(counts for _, counts in found), strict=True)))
    rows.append(plain("", say("total", LANG), *_counts(total), kind=RowKind.SUM))
    first = (say_word("column-number"), say("head-agency", LANG))
    return Table(
        heading=(*first, *(say(f"of-{of.value}", LANG) for of in Measure)),
        rows=tuple(rows),
        widths=_OPEN,
        centred=frozenset({0, 2, 3, 4, 5}),
        size=_SIZE,
    )


def _counts(counts: Sequence[int]) -> tuple[str, ...]:
    return tuple(amounts.amount(each, LANG) for each in counts)
