"""Two periods of one procedure, before and after: what changed, and whether it is more than luck.

Source: Zou & Donner 2008 for means, the bootstrap of Efron & Tibshirani 1993 for medians, Newcombe
1998 for shares: each with 95 % intervals of the difference.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.found import LogFound
from tthc_flow.calibration.intervals import Interval, median_change, newcombe
from tthc_flow.calibration.means import mean_change
from tthc_flow.errors import UnreadableInput
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.finding import Finding

FEWEST: Final = 10
"""Fewer ended cases a period say nothing."""


class Verdict(StrEnum):
    """What can be said of a change.

    ``UNCLEAR``: it may be luck. ``UNKNOWN``: one of the logs does not tell.
    """

    LESS = "less"
    MORE = "more"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Difference:
    """A figure of both periods and what lies between them, after minus before.

    *figure* is ``mean``, ``median`` (minutes from first event to last, in office hours),
    ``late`` (the share over the declared time) or ``late_tasks`` (of tasks after their due date).
    """

    figure: str
    before: float | None
    after: float | None
    change: Interval | None

    @property
    def verdict(self) -> Verdict:
        """Return what can be said: zero outside the interval is a change."""
        if self.change is None:
            return Verdict.UNKNOWN
        if not self.change.excludes_zero:
            return Verdict.UNCLEAR
        return Verdict.LESS if self.change.value < 0 else Verdict.MORE


@frozen(kw_only=True)
class Periods:
    """Two logs of one procedure and the differences; *shared* cases are in both."""

    before: LogFound
    after: LogFound
    differences: tuple[Difference, ...]
    shared: int

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is broken or unclear in the two logs, and whether they share cases."""
        doubts = Doubts()
        if self.shared:
            doubts.add("log-case-in-both", count=self.shared)
        return (*doubts.findings(), *self.before.findings, *self.after.findings)

    @property
    def verdict(self) -> Verdict:
        """Return what can be said of the time of a case: that of its mean."""
        return self.differences[0].verdict


def compared(before: LogFound, after: LogFound) -> Periods:
    """Return what lies between two periods.

    The cases of both have to be independent: *shared* says how many are in both logs.

    Args:
        before: What the log of the first period tells.
        after: What that of the second one tells.

    Raises:
        UnreadableInput: TF276 for a log with less than ten ended cases.

    Source: see the module.
    """
    for log in (before, after):
        if len(log.whole.times) < FEWEST:
            raise UnreadableInput(
                "TF276",
                **fact_words("log-fact-ended", count=len(log.whole.times)),
                place=log.log,
                hint=f"give logs of at least {FEWEST} ended cases each",
                choices=(str(FEWEST),),
            )
    one, other = before.whole, after.whole
    return Periods(
        before=before,
        after=after,
        differences=(
            _difference(
                "mean", _mean(one.times), _mean(other.times), mean_change(one.times, other.times)
            ),
            _difference("median", one.median, other.median, median_change(one.times, other.times)),
            _share("late", (one.late, one.due), (other.late, other.due)),
            _share("late_tasks", _tasks(before), _tasks(after)),
        ),
        shared=_shared(before.fingerprints, after.fingerprints),
    )


def _shared(before: Sequence[int], after: Sequence[int]) -> int:
    """Return how many fingerprints are in both."""
    import numpy as np

    one, other = (np.asarray(each, dtype="u8") for each in (before, after))
    return len(np.intersect1d(one, other))


def _difference(
    figure: str, before: float | None, after: float | None, change: Interval | None
) -> Difference:
    return Difference(figure=figure, before=before, after=after, change=change)


def _mean(times: Sequence[float]) -> float:
    return sum(times) / len(times)


def _share(figure: str, before: tuple[int, int], after: tuple[int, int]) -> Difference:
    one, other = (found / of if of else None for found, of in (before, after))
    return _difference(figure, one, other, newcombe(before, after))


def _tasks(log: LogFound) -> tuple[int, int]:
    return sum(step.late for step in log.steps), sum(step.due for step in log.steps)
