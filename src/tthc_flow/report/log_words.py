"""Figures that a log told, with how sure they are, as words and as plain JSON values."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tthc_flow.report.amounts import amount, of_one, share
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from tthc_flow.calibration.goodness import Fitted
    from tthc_flow.calibration.intervals import Interval

Json: TypeAlias = dict[str, Any]

_UNITS: Final = (("minutes", 1), ("hours", 60), ("days", 480))
_PLACES: Final = 4
_OF_MINUTES: Final = frozenset({"mean", "least", "most"})
_BETWEEN: Final = {
    (True, True): "between",
    (True, False): "from",
    (False, True): "up-to",
    (False, False): "unbounded",
}


def say(code: str, lang: str, **values: str) -> str:
    """Return the words of ``log-`` *code* in *lang*.

    Example:
        >>> say("head-step", "en")
        'Step'
    """
    return message(f"log-{code}", values, lang).text


def time_words(minutes: float | None, lang: str) -> str:
    """Return working minutes as people say them, in three digits; ``None`` is unknown.

    Example:
        >>> time_words(45.26, "vi"), time_words(150, "en"), time_words(1200, "vi")
        ('45,3 phút', '2.5 working hours', '2,5 ngày làm việc')
    """
    if minutes is None:
        return say("unknown", lang)
    code, size = _unit(minutes)
    return of_one(say(code, lang, value=_number(minutes / size, lang)), lang)


def _unit(minutes: float) -> tuple[str, int]:
    fitting = [each for each in _UNITS if abs(minutes) >= each[1]]
    return fitting[-1] if fitting else _UNITS[0]


def _number(value: float, lang: str) -> str:
    return amount(Fraction(f"{value:.3g}"), lang)


def percent_words(value: float, lang: str) -> str:
    """Return a share in percent with one place.

    Example:
        >>> percent_words(0.1234, "vi")
        '12,3 %'
    """
    return share(round(value, 3), lang)


def interval_words(found: Interval | None, lang: str, *, percent: bool = False) -> str:
    """Return a figure with its interval in brackets; ``None`` is unknown.

    Example:
        >>> from tthc_flow.calibration.intervals import clopper_pearson
        >>> from tthc_flow.calibration.means import mean_interval
        >>> interval_words(clopper_pearson(3, 10), "en", percent=True)
        '30 % (6.7 % to 65.2 %)'
        >>> interval_words(mean_interval([60, 90, 120]), "vi")
        '1,5 (0,26 – 21) giờ làm việc'
        >>> interval_words(mean_interval([1, 60]), "en")
        '30.5 (too few to tell how sure) min'
    """
    if found is None:
        return say("unknown", lang)
    if percent:
        return _ends(found, partial(percent_words, lang=lang), lang)
    code, size = _unit(found.value)
    return say(code, lang, value=_ends(found, lambda each: _number(each / size, lang), lang))


def _ends(found: Interval, words: Callable[[float], str], lang: str) -> str:
    """Return a figure with its ends in brackets; an infinite one, and zero beside it, says none."""
    high = isfinite(found.high)
    bounded = isfinite(found.low) and (high or found.low != 0), high
    ends = zip(("low", "high"), (found.low, found.high), bounded, strict=True)
    told = {name: words(end) for name, end, known in ends if known}
    return say(_BETWEEN[bounded], lang, value=words(found.value), **told)


def of_interval(found: Interval | None) -> Json | None:
    """Return an interval as plain values, an infinite end as ``None``; ``None`` is unknown.

    Example:
        >>> from tthc_flow.calibration.means import mean_interval
        >>> of_interval(mean_interval([1, 60]))
        {'value': 30.5, 'low': 0.0, 'high': None, 'method': 'hall_lognormal'}
    """
    if found is None:
        return None
    value, low, high = (
        round(each, _PLACES) if isfinite(each) else None
        for each in (found.value, found.low, found.high)
    )
    return {"value": value, "low": low, "high": high, "method": found.method}


def fit_words(found: Fitted | None, lang: str) -> str:
    """Return a fitted family with how well it fits and its parameters; ``None`` is unknown.

    Example:
        >>> from tthc_flow.calibration.goodness import fitted
        >>> fit_words(fitted([3.0] * 20), "en")
        'fixed'
    """
    if found is None:
        return say("unknown", lang)
    fit = say(f"spread-{found.chance.spread.value}", lang)
    if found.p is not None:
        fit = say("p", lang, spread=fit, p=_number(found.p, lang))
    named = (_parameter(name, each, lang) for name, each in found.parameters.items())
    return "; ".join((fit, *named))


def _parameter(name: str, found: Interval, lang: str) -> str:
    value = _ends(found, partial(_number, lang=lang), lang)
    if name in _OF_MINUTES:
        value = interval_words(found, lang)
    return say(f"parameter-{name}", lang, value=value)
