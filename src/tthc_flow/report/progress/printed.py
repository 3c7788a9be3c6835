"""The figures of a progress report as people read them; here they are rounded, nowhere else."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.measures.aggregate import points
from tthc_flow.model.progress import Measure
from tthc_flow.report import amounts
from tthc_flow.report.progress.given import AGGREGATES, Stage
from tthc_flow.report.progress.period import TARGETS
from tthc_flow.report.progress.words import say
from tthc_flow.report.texts import text
from tthc_flow.units import MINUTES_OF_WORKING_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.progress import Cut
    from tthc_flow.report.progress.given import Doer, Reach, Standing

_PLACES: Final = 10**9
"""A figure is a double; the exact number behind it has a denominator below this."""

HELD: Final = frozenset({Measure.TIME, Measure.COST_TT02, Measure.COST_PROCESSING})
"""What the targets are about; no number of steps is asked for."""


def exact(value: float) -> Fraction:
    """Return the number behind a double.

    Example:
        >>> exact(0.1 + 0.2)
        Fraction(3, 10)
    """
    return Fraction(value).limit_denominator(_PLACES)


def share_words(value: float | None, lang: str) -> str:
    """Return a cut in per cent; growth is said so, none at all is a number.

    Example:
        >>> share_words(0.2529, "vi"), share_words(0.0, "vi"), share_words(-0.1, "vi")
        ('25,29 %', '0 %', 'tăng 10 %')
        >>> share_words(None, "vi")
        'chưa đủ dữ liệu'
    """
    if value is None:
        return say("few", lang)
    return amounts.share(0, lang) if value == 0 else amounts.cut_words(value, lang)


def sum_words(of: Measure, value: float | None, lang: str) -> str:
    """Return a sum in the unit of its column: working days, đồng a year, steps.

    Example:
        >>> sum_words(Measure.TIME, 1080.0, "vi"), sum_words(Measure.COST_TT02, 1800000.0, "vi")
        ('2,25', '1.800.000')
    """
    if value is None:
        return say("few", lang)
    if of is Measure.TIME:
        return amounts.amount(exact(value) / MINUTES_OF_WORKING_DAY, lang)
    return amounts.amount(round(exact(value)), lang)


def verdict(share: float | None, target: float, lang: str) -> str:
    """Return whether *target* is reached; of what is not known nothing is said.

    Example:
        >>> verdict(0.1 + 0.2, 0.3, "vi"), verdict(0.29, 0.3, "vi"), verdict(None, 0.3, "vi")
        ('đạt', 'chưa đạt', 'chưa đủ dữ liệu')
    """
    if share is None:
        return say("few", lang)
    return say("reached" if reaches(share, target) else "missed", lang)


def reaches(share: float, target: float) -> bool:
    """Return whether *share* is *target* or more, as exact numbers."""
    return exact(share) >= exact(target)


def over_words(share: float, target: float, lang: str) -> str:
    """Return by how many percentage points a target is passed or missed.

    Example:
        >>> over_words(0.5515, 0.3, "vi")
        'vượt 25,15 điểm phần trăm so với mục tiêu 30 %'

    Source: differences of percentages are "điểm phần trăm", never per cent.
    """
    apart = points(exact(share), exact(target))
    code = "over" if apart > 0 else "under" if apart < 0 else "just"
    told = amounts.amount(abs(apart), lang)
    return say(code, lang, target=amounts.share(target, lang), points=told)


def group_words(group: str | None, lang: str) -> str:
    """Return the name of a group, or that it has none."""
    return group or say("unnamed", lang)


def measure_words(of: Measure, lang: str) -> str:
    """Return what *of* is called."""
    return say(f"of-{of.value}", lang)


def unit_words(of: Measure, lang: str) -> str:
    """Return what *of* is called, with the unit of its sums.

    Example:
        >>> unit_words(Measure.TIME, "vi")
        'Thời gian giải quyết (ngày làm việc)'
    """
    return say(f"unit-{of.value}", lang)


def shares_of(cut: Cut) -> tuple[float | None, ...]:
    """Return the three aggregates of *cut* in their order."""
    return tuple(getattr(cut, each) for each in AGGREGATES)


def known_words(cut: Cut, lang: str) -> str:
    """Return of how many procedures a figure is.

    Example:
        >>> from tthc_flow.model.progress import Cut
        >>> known_words(Cut(of=Measure.TIME, group=None, procedures=5, known=3, before=1, after=1,
        ...     pooled=0, mean=0, weighted=None, with_dossiers=0, at_30=0, at_50=0), "vi")
        '3/5'
    """
    return f"{amounts.amount(cut.known, lang)}/{amounts.amount(cut.procedures, lang)}"


def whole_rows(cuts: Sequence[Cut], lang: str) -> Iterator[tuple[str, ...]]:
    """Yield each measure by the three aggregates: sums, share, and the verdict on both targets.

    A measure of which nothing is known is one row.
    """
    for cut in cuts:
        if not cut.known:
            few = (say("few", lang),) * 3
            yield unit_words(cut.of, lang), "–", "0", *few, *_held(cut.of, None, lang)
            continue
        sums = (sum_words(cut.of, cut.before, lang), sum_words(cut.of, cut.after, lang))
        for name, share in zip(AGGREGATES, shares_of(cut), strict=True):
            own = name == AGGREGATES[-1]  # of other procedures than the sums are
            count = amounts.amount(cut.with_dossiers if own else cut.known, lang)
            first = (unit_words(cut.of, lang), text(f"aggregate-{name}", lang), count)
            told = ("–", "–") if own else sums
            yield *first, *told, share_words(share, lang), *_held(cut.of, share, lang)


def _held(of: Measure, share: float | None, lang: str) -> tuple[str, ...]:
    """Return the verdict on each target, dashes where they are not about *of*."""
    return tuple(verdict(share, each, lang) if of in HELD else "–" for each in TARGETS)


def stage_rows(reach: Reach, lang: str) -> tuple[tuple[str, ...], ...]:
    """Return each stage with how many reached it, of all, as a share, and whether all did."""
    return tuple(
        (
            say(f"stage-{stage.value}", lang),
            amounts.amount(count, lang),
            amounts.amount(reach.procedures, lang),
            amounts.share(part, lang) if part is not None else say("few", lang),
            verdict(part, 1, lang),
        )
        for stage, count in zip(Stage, reach.counts, strict=True)
        for part in (share_of(count, reach.procedures),)
    )


def share_of(part: int, whole: int) -> float | None:
    """Return *part* of *whole*; of nothing there is no share."""
    return part / whole if whole else None


def doer_words(doer: Doer, lang: str) -> str:
    """Return who does it and how heavy it is there."""
    who = ", ".join(filter(None, (doer.agency, doer.province))) or doer.key
    time = say("few", lang) if doer.minutes is None else amounts.days(doer.minutes, lang)
    steps = amounts.amount(doer.steps, lang)
    return say("doer", lang, who=who, time=time, steps=steps)


def about(standing: Standing, lang: str) -> str:
    """Return what a report on *standing* is about."""
    if standing.period is None:
        return say("about", lang)
    return say("about-period", lang, period=standing.period.words(lang))


def conclusion(cut: Cut, target: float | None, lang: str) -> str:
    """Return in one sentence how far a figure is, and from how many procedures it comes."""
    of, known = measure_words(cut.of, lang), amounts.amount(cut.known, lang)
    counts = {"known": known, "count": amounts.amount(cut.procedures, lang)}
    if cut.pooled is None:
        return say("conclude-few", lang, of=of, **counts)
    share = share_words(cut.pooled, lang)
    if target is None:
        return say("conclude", lang, of=of, share=share, **counts)
    over = over_words(cut.pooled, target, lang)
    return say("conclude-target", lang, of=of, share=share, over=over, **counts)


def notes(standing: Standing, lang: str) -> tuple[str, ...]:
    """Return what a reader must know of the figures, one sentence or two each."""
    told = [text("targets-note-public", lang), say("note-scope", lang)]
    told += [say("note-proposed", lang), say("note-baseline", lang)]
    told += [say("note-aggregates", lang), say("note-unknown", lang), say("note-processing", lang)]
    if standing.respelled:
        told.append(say("note-respelled", lang, count=amounts.amount(standing.respelled, lang)))
    if standing.internal:
        told.append(say("note-internal", lang, count=amounts.amount(standing.internal, lang)))
    if standing.convention is not None:
        words = text(f"convention-{standing.convention}", lang)
        told.append(text("convention-line", lang, words=words))
    if not standing.finished:
        told.insert(0, say("note-unfinished", lang))
    return tuple(told)


def lacking(standing: Standing) -> tuple[tuple[str | None, tuple[int, ...]], ...]:
    """Return the agencies with how many procedures lack a figure, in the order of Measure."""
    together = zip(*(standing.agencies.of(of) for of in Measure), strict=True)
    counted = (
        (cuts[0].group, tuple(each.procedures - each.known for each in cuts)) for cuts in together
    )
    return tuple((group, counts) for group, counts in counted if any(counts))


def targets_heading(lang: str) -> tuple[str, ...]:
    """Return the headings of the columns that hold figures against the targets."""
    return tuple(say("target", lang, share=amounts.share(each, lang)) for each in TARGETS)
