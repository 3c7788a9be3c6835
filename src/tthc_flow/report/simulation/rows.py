"""The record of a simulation as rows for people."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length, length_beside
from tthc_flow.report.texts import text
from tthc_flow.words.messages import message
from tthc_flow.words.numbers import MINUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ALWAYS: Final = ("work", "queue")
_SOMETIMES: Final = ("batch", "applicant", "other", "closed", "diluted", "stood")
HIGH: Final = 0.85
"""A load above which lines grow fast; the same as that of the gates."""
NOTHING: Final = 0.005
"""A change that is printed as 0, with two places."""
_ROUNDING: Final = 1e-6
_UNEVEN: Final = 1e-9
_MINUTES_OF_DAY: Final = 1440


def say(code: str, lang: str, **values: str) -> str:
    """Return the words of a code of this room.

    Example:
        >>> say("late", "en")
        'Share late'
    """
    return message(f"simulate-{code}", values, lang).text


def percent(value: float, lang: str) -> str:
    """Return a share with one place.

    Example:
        >>> percent(0.0123, "vi")
        '1,2 %'
    """
    return f"{_tenths(value, lang)} %"


def points(value: float, lang: str) -> str:
    """Return by how much a share is more than another one: points, not a part of it.

    Example:
        >>> points(0.1234, "vi")
        '12,3 điểm phần trăm'
    """
    return say("points", lang, value=_tenths(value, lang))


def _tenths(value: float, lang: str) -> str:
    """Return a hundred times *value* with one place."""
    return amounts.amount(Fraction(round(value * 1000), 10), lang)


def case_rows(record: Mapping[str, Any], number: int, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the figures of the cases of one procedure; with what changes where there is an after.

    Args:
        record: As :func:`~tthc_flow.report.simulation.record.of_simulation` gives it.
        number: Which procedure, from 0.
        lang: ``vi`` or ``en``.
    """
    yield heads(record, lang)
    counted = (amounts.amount(each["counted"], lang) for each in cases_of(record, number))
    yield (say("cases", lang), *counted, *([""] if record["after"] else []))
    yield from time_rows(record, number, lang)
    yield from wait_rows(record, number, lang)
    yield _row(record, number, "span", _span, lang)
    yield late_row(record, number, lang)
    if all(each["cost"] for each in cases_of(record, number)):
        yield _row(record, number, "cost", _cost, lang)


def heads(record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return the heading of such rows."""
    last = ("before", "after") if record["after"] else ("value",)
    change = (say("change", lang),) if record["after"] else ()
    return (text("measure", lang), *(text(each, lang) for each in last), *change)


def cases_of(record: Mapping[str, Any], number: int) -> list[Mapping[str, Any]]:
    """Return the figures of a procedure, of one side or of both."""
    return [side["cases"][number] for side in filter(None, (record["before"], record["after"]))]


def time_rows(record: Mapping[str, Any], number: int, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield how long cases take: the mean, and the times that few of them pass."""
    cases = cases_of(record, number)
    yield _row(record, number, "cycle", _part("cycle"), lang)
    for share in cases[0]["cycle"]:
        told = (_quantile(each, share, lang) for each in cases)
        change = _changed(record, number, share, lang)
        yield (say("p", lang, share=share[1:]), *told, *change)


def _changed(record: Mapping[str, Any], number: int, share: str, lang: str) -> tuple[str, ...]:
    """Return by how much a quantile changes, in a tuple where there is an after."""
    if not record["after"]:
        return ()
    return (_signed(record["quantile_differences"][number].get(share), share, lang),)


def _quantile(case: Mapping[str, Any], share: str, lang: str) -> str:
    value, sure = length(case["cycle"][share], lang), case["cycle_intervals"].get(share)
    if sure is None:
        return value
    return say("of", lang, value=value, half=_half(sure, case["cycle"][share], lang))


def parts_of(record: Mapping[str, Any], number: int) -> list[str]:
    """Return what cases are worked on and wait for, without what never comes about."""
    cases = cases_of(record, number)
    return [
        name
        for name in (*_ALWAYS, *_SOMETIMES)
        if name in _ALWAYS or any(abs(each["means"][name]["mean"]) > _ROUNDING for each in cases)
    ]


def wait_rows(record: Mapping[str, Any], number: int, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield how long cases are worked on, and what they wait for."""
    for name in parts_of(record, number):
        yield _row(record, number, name, _part(name), lang)


def late_row(record: Mapping[str, Any], number: int, lang: str) -> tuple[str, ...]:
    """Return the share of cases that are late."""
    return _row(record, number, "late", late_words, lang)


def _row(
    record: Mapping[str, Any],
    number: int,
    metric: str,
    told: Callable[[Mapping[str, Any], str], str],
    lang: str,
) -> tuple[str, ...]:
    values = (told(each, lang) for each in cases_of(record, number))
    if not record["after"]:
        return (say(metric, lang), *values)
    return (
        say(metric, lang),
        *values,
        _signed(record["differences"][number][metric], metric, lang),
    )


def _part(name: str) -> Callable[[Mapping[str, Any], str], str]:
    return lambda case, lang: _mean(case, name, lang)


def _mean(case: Mapping[str, Any], name: str, lang: str) -> str:
    found = case["means"][name]
    half = _half(found, found["mean"], lang)
    return say("of", lang, value=length(found["mean"], lang), half=half)


def _half(found: Mapping[str, float], value: float, lang: str) -> str:
    """Return half the width of an interval, in the unit in which *value* is told before it."""
    return length_beside(found["most"] - found["mean"], value, lang)


def _calendar_days(minutes: float, lang: str) -> str:
    value = Fraction(round(minutes / _MINUTES_OF_DAY * 100), 100)
    return amounts.of_one(say("days", lang, value=amounts.amount(value, lang)), lang)


def _span(case: Mapping[str, Any], lang: str) -> str:
    found = case["means"]["span"]
    half = _calendar_days(found["most"] - found["mean"], lang)
    return say("of", lang, value=_calendar_days(found["mean"], lang), half=half)


def late_words(case: Mapping[str, Any], lang: str) -> str:
    """Return the share of cases that are late, and how sure it is."""
    found = case["late"]
    if found is None:
        return say("no-limit", lang)
    if lopsided(found):
        low, high = outwards(found)
        least, most = percent(low, lang).removesuffix(" %"), percent(high, lang)
        return say("between", lang, value=percent(found["mean"], lang), least=least, most=most)
    half = percent(found["most"] - found["mean"], lang)
    return say("of", lang, value=percent(found["mean"], lang), half=half)


def lopsided(found: Mapping[str, float]) -> bool:
    """Return whether an interval is longer to one side: that of a share near 0 or 1 is.

    Example:
        >>> lopsided({"mean": 0.0, "least": 0.0, "most": 0.01})
        True
    """
    up, down = found["most"] - found["mean"], found["mean"] - found["least"]
    return isfinite(up) and abs(up - down) > _UNEVEN


def outwards(found: Mapping[str, float]) -> tuple[float, float]:
    """Return the ends of a share in tenths of a percent, rounded so that nothing is left out.

    Example:
        >>> outwards({"least": 0.0, "most": 0.00041})
        (0.0, 0.001)
    """
    return floor(found["least"] * 1000) / 1000, ceil(found["most"] * 1000) / 1000


def _cost(case: Mapping[str, Any], lang: str) -> str:
    found = case["cost"]
    half = amounts.money(round(found["most"] - found["mean"]), lang)
    return say("of", lang, value=amounts.money(round(found["mean"]), lang), half=half)


def _signed(found: Mapping[str, Any] | None, metric: str, lang: str) -> str:
    """Return a change with its sign and how sure it is; nothing where it is not known."""
    if found is None:
        return ""
    mean, half = found["mean"], found["most"] - found["mean"]
    sign = "" if abs(mean) < NOTHING else MINUS if mean < 0 else "+"
    if metric == "late" and lopsided(found):
        least, most = (
            f"{MINUS if each < 0 else '+'}{_tenths(abs(each), lang)}" for each in outwards(found)
        )
        value = f"{sign}{points(abs(mean), lang)}"
        return say("change-between", lang, value=value, least=least, most=most)
    if metric == "late":
        value, more = points(abs(mean), lang), _tenths(half, lang)
    elif metric == "cost":
        value, more = (amounts.money(round(each), lang) for each in (abs(mean), half))
    elif metric == "span":
        value, more = _calendar_days(abs(mean), lang), _calendar_days(half, lang)
    else:
        value, more = length(abs(mean), lang), length_beside(half, abs(mean), lang)
    return say("of", lang, value=f"{sign}{value}", half=more)


def signed_share(found: Mapping[str, Any], lang: str) -> str:
    """Return by how much a share changes, with its sign and how sure it is.

    Example:
        >>> signed_share({"mean": 0.1, "least": 0.08, "most": 0.12}, "en")
        '+10 percentage points (±2)'
    """
    return _signed(found, "late", lang)


def step_rows(record: Mapping[str, Any], side: str, lang: str) -> list[tuple[str, ...]]:
    """Return what each step waits and takes, on one side (``before`` or ``after``)."""
    rows = [tuple(say(each, lang) for each in ("step", "visits", "waited", "worked"))]
    for each in record[side]["steps"]:
        if each["wait"] or each["work"]:
            visits = amounts.amount(Fraction(round(each["visits"] * 100), 100), lang)
            rows.append(
                (each["name"], visits, length(each["wait"], lang), length(each["work"], lang))
            )
    return rows


def warnings(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield who cannot keep up, and who is so busy that little more work makes long lines."""
    for side in ("before", "after") if record["after"] else ("before",):
        when = f"{text(side, lang)}: " if record["after"] else ""
        for each in record[side]["roles"]:
            if each["load"] >= 1:
                told = {"name": each["role"], "load": percent(each["load"], lang)}
                yield when + say("overloaded", lang, **told)
            elif each["load"] > HIGH:
                yield when + say("high", lang, name=each["role"])
