"""Two real periods of one procedure: their figures, and a plain statement of what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.calibration.periods import Verdict
from tthc_flow.report.calibrating import of_found
from tthc_flow.report.log_words import (
    interval_words,
    of_interval,
    percent_words,
    say,
    time_words,
)

if TYPE_CHECKING:
    from tthc_flow.calibration.periods import Difference, Periods
    from tthc_flow.report.calibrating import Rows
    from tthc_flow.report.log_words import Json

_SHARES: Final = frozenset({"late", "late_tasks"})


def of_periods(periods: Periods, lang: str) -> Json:
    """Return the comparison as plain JSON values, with its statement in *lang*."""
    return {
        "before": of_found(periods.before),
        "after": of_found(periods.after),
        "shared_cases": periods.shared,
        "differences": [
            {
                "figure": each.figure,
                "before": each.before,
                "after": each.after,
                "change": of_interval(each.change),
                "verdict": each.verdict.value,
            }
            for each in periods.differences
        ],
        "verdict": periods.verdict.value,
        "statement": statement(periods, lang),
    }


def statement(periods: Periods, lang: str) -> str:
    """Return in one sentence whether the change of the time of a case is real.

    Source: zero outside the 95 % interval of the difference of the means.
    """
    first = periods.differences[0]
    if first.change is None or periods.verdict is Verdict.UNKNOWN:
        return say("verdict-unknown", lang)
    told = first.change
    if periods.verdict is Verdict.LESS:  # "faster by", not "by minus"
        told = evolve(told, value=-told.value, low=-told.high, high=-told.low)
    change = interval_words(told, lang)
    return say(f"verdict-{periods.verdict.value}", lang, change=change)


def period_rows(periods: Periods, lang: str) -> Rows:
    """Return the figures of both periods and their differences as a table with its heading."""
    head = tuple(say(f"head-{code}", lang) for code in ("figure", "before", "after", "change"))
    known = (each for each in periods.differences if each.change is not None)
    return head, *(_row(each, lang) for each in known)


def _row(difference: Difference, lang: str) -> tuple[str, ...]:
    shown = difference.figure in _SHARES
    sides = [
        interval_words(None, lang) if value is None else _value(value, lang, percent=shown)
        for value in (difference.before, difference.after)
    ]
    change = interval_words(difference.change, lang, percent=shown)
    method = "" if difference.change is None else say(f"method-{difference.change.method}", lang)
    return say(f"figure-{difference.figure}", lang), *sides, f"{change}; {method}"


def _value(value: float, lang: str, *, percent: bool) -> str:
    return percent_words(value, lang) if percent else time_words(value, lang)
