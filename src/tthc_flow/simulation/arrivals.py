"""How cases come, on the kernel's clock: rates by year and month, or moments as they were."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tthc_flow.simulation.clock import MINUTES_OF_DAY, Rate
from tthc_flow.simulation.stated import Yearly

if TYPE_CHECKING:
    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.simulation.clock import Clock
    from tthc_flow.simulation.stated import Trace


def rate_of(yearly: Yearly, calendar: Calendar, clock: Clock, *, worked: bool) -> Rate:
    """Return the rate of so many dossiers a year in the hours of *clock*.

    Args:
        yearly: How many, and how they lie over the months.
        calendar: Which days they lie on.
        clock: Its hours.
        worked: Whether the kernel counts worked minutes only.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> from tthc_flow.simulation.clock import clock_of
        >>> calendar = Calendar.load(2026)
        >>> found = rate_of(Yearly(dossiers=100), calendar, clock_of(calendar), worked=True)
        >>> round(found.total)
        100
    """
    first = date(min(calendar.years), 1, 1)
    years = len(calendar.years)
    weights = _weights(yearly, clock, first)
    minutes = [close - opened for opened, close in zip(clock.opens, clock.closes, strict=True)]
    whole = sum(weight * length for weight, length in zip(weights, minutes, strict=True))
    times, gaps, counts, count = [], [], [], 0.0
    for opened, before, length, weight in zip(
        clock.opens, clock.before, minutes, weights, strict=True
    ):
        share = float(yearly.dossiers) * years * weight / whole
        if share:
            times.append(before if worked else opened)
            gaps.append(1 / share)
            counts.append(count)
            count += share * length
    period = clock.total if worked else clock.period
    return Rate(
        times=tuple(times), gaps=tuple(gaps), counts=tuple(counts), period=period, total=count
    )


def _weights(yearly: Yearly, clock: Clock, first: date) -> list[float]:
    """Return how busy each span of hours is beside the others."""
    if not yearly.months:
        return [1.0] * len(clock.opens)
    months = [
        date.fromordinal(first.toordinal() + int(opened // MINUTES_OF_DAY)).month
        for opened in clock.opens
    ]
    worked = [0.0] * 13
    for month, opened, close in zip(months, clock.opens, clock.closes, strict=True):
        worked[month] += close - opened
    return [yearly.months[month - 1] / worked[month] for month in months]


def moments_of(
    trace: Trace, calendar: Calendar, clock: Clock, *, worked: bool
) -> tuple[float, ...]:
    """Return the moments of *trace* on the kernel's clock, in order; from its first day on."""
    if not trace.moments:
        return ()
    midnight = datetime.combine(
        date(min(calendar.years), 1, 1), datetime.min.time(), trace.moments[0].tzinfo
    )
    found = sorted((each - midnight).total_seconds() / 60 for each in trace.moments)
    return tuple(map(clock.worked, found)) if worked else tuple(found)
