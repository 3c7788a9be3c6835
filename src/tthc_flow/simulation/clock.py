"""Worked time on a line of minutes: spans of office hours that repeat, and rates of arrival.

A clock says how many minutes were worked by a moment, and the moment at which so many are. The
years it was made of repeat for ever; minutes are counted from the first midnight.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, time, timedelta
from math import floor
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.calendars.calendar import Calendar


@frozen(kw_only=True)
class Clock:
    """Spans of office hours in one *period* of minutes, and what was worked before each.

    *days* are the worked minutes at the end of each working day; *total* those of the period.

    Example:
        >>> clock = clock_of_spans([(480, 720), (780, 1020)], 1440)
        >>> clock.worked(800), clock.at(260), clock.opening(1100)
        (260.0, 800.0, 1920.0)
    """

    opens: tuple[float, ...]
    closes: tuple[float, ...]
    before: tuple[float, ...]
    days: tuple[float, ...]
    period: float
    total: float

    def worked(self, moment: float) -> float:
        """Return the minutes worked by *moment*."""
        rounds = floor(moment / self.period)
        rest = moment - rounds * self.period
        span = bisect_right(self.opens, rest) - 1
        inside = 0.0
        if span >= 0:
            inside = self.before[span] + min(rest, self.closes[span]) - self.opens[span]
        return rounds * self.total + inside

    def at(self, minutes: float) -> float:
        """Return the first moment at which so many minutes were worked."""
        rounds = floor(minutes / self.total)
        rest = minutes - rounds * self.total
        if rest <= 0.0 and rounds > 0:
            return (rounds - 1) * self.period + self.closes[-1]
        span = max(bisect_left(self.before, rest) - 1, 0)
        return rounds * self.period + self.opens[span] + (rest - self.before[span])

    def opening(self, moment: float) -> float:
        """Return *moment* where the office is open, else when it opens next."""
        rounds = floor(moment / self.period)
        rest = moment - rounds * self.period
        span = bisect_right(self.opens, rest) - 1
        if span >= 0 and rest < self.closes[span]:
            return moment
        if span + 1 < len(self.opens):
            return rounds * self.period + self.opens[span + 1]
        return (rounds + 1) * self.period + self.opens[0]

    def finish(self, moment: float, minutes: float) -> float:
        """Return when *minutes* of work that begin at *moment* are over."""
        return self.at(self.worked(moment) + minutes) if minutes > 0.0 else moment


@frozen(kw_only=True)
class Rate:
    """How many cases have come by a moment, in the mean: straight pieces that repeat.

    From *times* on (moments of the kernel's clock within the *period*) a case comes each *gaps*
    minutes in the mean; *counts* have come before, *total* in the whole period.
    """

    times: tuple[float, ...]
    gaps: tuple[float, ...]
    counts: tuple[float, ...]
    period: float
    total: float

    def at(self, count: float) -> float:
        """Return the moment by which *count* cases are expected."""
        rounds = floor(count / self.total)
        rest = count - rounds * self.total
        piece = bisect_right(self.counts, rest) - 1
        return (
            rounds * self.period
            + self.times[piece]
            + (rest - self.counts[piece]) * self.gaps[piece]
        )

    def all_at(self, counts: list[float]) -> list[float]:
        """Return :meth:`at` of many counts at once.

        Example:
            >>> rate = Rate(times=(0.0,), gaps=(5.0,), counts=(0.0,), period=5.0, total=1.0)
            >>> rate.all_at([0.5, 7.25]) == [rate.at(0.5), rate.at(7.25)]
            True
        """
        import numpy as np

        each, before = np.array(counts), np.array(self.counts)
        rounds = np.floor(each / self.total)
        rest = each - rounds * self.total
        piece = np.searchsorted(before, rest, side="right") - 1
        spread = (rest - before[piece]) * np.array(self.gaps)[piece]
        found: list[float] = (rounds * self.period + np.array(self.times)[piece] + spread).tolist()
        return found


def clock_of_spans(spans: Iterable[tuple[float, float]], period: float) -> Clock:
    """Return the clock of *spans* of minutes, in order, that repeat each *period*.

    Example:
        >>> clock_of_spans([(480, 720)], 1440).total
        240.0
    """
    found = [(float(opened), float(close)) for opened, close in spans]
    before, days, total = [], dict[int, float](), 0.0
    for opened, close in found:
        before.append(total)
        total += close - opened
        days[floor(opened / MINUTES_OF_DAY)] = total
    return Clock(
        opens=tuple(opened for opened, _ in found),
        closes=tuple(close for _, close in found),
        before=tuple(before),
        days=tuple(days.values()),
        period=float(period),
        total=total,
    )


MINUTES_OF_DAY = 1440


def clock_of(calendar: Calendar) -> Clock:
    """Return the clock of the years of *calendar*, from the first of January of the first.

    Raises:
        BadQuantity: TF106 where a year between its first and its last is not covered.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> clock_of(Calendar.load(2026)).opening(0) / MINUTES_OF_DAY  # Monday 5 January, 08:00
        4.333333333333333

    Source: office hours of :mod:`tthc_flow.calendars.calendar`; that the years repeat is an
        assumption, told with every result.
    """
    first, last = date(min(calendar.years), 1, 1), date(max(calendar.years), 12, 31)
    count = (last - first).days + 1
    spans = [
        (number * MINUTES_OF_DAY + _minute(opened), number * MINUTES_OF_DAY + _minute(close))
        for number in range(count)
        for opened, close in calendar.hours_of(first + timedelta(days=number))
    ]
    return clock_of_spans(spans, count * MINUTES_OF_DAY)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
