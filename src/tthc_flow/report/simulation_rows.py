"""The record of a simulation as rows for people."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.texts import text
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ALWAYS: Final = ("work", "queue")
_SOMETIMES: Final = ("batch", "applicant", "other", "closed", "diluted", "stood")
HIGH: Final = 0.85
"""A load above which lines grow fast; the same as that of the gates."""
NOTHING: Final = 0.005
"""A change that is printed as 0, with two places."""
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
    return f"{amounts.amount(Fraction(round(value * 1000), 10), lang)} %"


def case_rows(record: Mapping[str, Any], number: int, lang: str) -> Iterator[tuple[str, ...]]:
    """Yield the figures of the cases of one procedure; with what changes where there is an after.

    Args:
        record: As :func:`~tthc_flow.report.simulating.of_simulation` gives it.
        number: Which procedure, from 0.
        lang: ``vi`` or ``en``.
    """
    sides = [record["before"], *([record["after"]] if record["after"] else [])]
    cases = [side["cases"][number] for side in sides]
    change = record["differences"][number] if record["after"] else None

    def row(name: str, *values: str, metric: str = "") -> tuple[str, ...]:
        changed = (_signed(change[metric], metric, lang) if metric else "",) if change else ()
        return (name, *values, *changed)

    heads = ("value",) if change is None else ("before", "after")
    last = () if change is None else (say("change", lang),)
    yield (text("measure", lang), *(text(each, lang) for each in heads), *last)
    yield row(say("cases", lang), *(str(each["counted"]) for each in cases))
    yield row(say("cycle", lang), *(_mean(each, "cycle", lang) for each in cases), metric="cycle")
    for share in cases[0]["cycle"]:
        told = (length(each["cycle"][share], lang) for each in cases)
        yield row(say("p", lang, share=share[1:]), *told)
    for name in (*_ALWAYS, *_SOMETIMES):
        if name in _ALWAYS or any(abs(each["means"][name]["mean"]) > 1e-6 for each in cases):  # noqa: PLR2004 - rounding
            yield row(say(name, lang), *(_mean(each, name, lang) for each in cases), metric=name)
    yield row(say("span", lang), *(_span(each, lang) for each in cases), metric="span")
    yield row(say("late", lang), *(_late(each, lang) for each in cases), metric="late")
    if all(each["cost"] for each in cases):
        yield row(say("cost", lang), *(_cost(each["cost"], lang) for each in cases), metric="cost")


def _mean(case: Mapping[str, Any], name: str, lang: str) -> str:
    found = case["means"][name]
    half = length(found["most"] - found["mean"], lang)
    return say("of", lang, value=length(found["mean"], lang), half=half)


def _calendar_days(minutes: float, lang: str) -> str:
    value = Fraction(round(minutes / _MINUTES_OF_DAY * 100), 100)
    return say("days", lang, value=amounts.amount(value, lang))


def _span(case: Mapping[str, Any], lang: str) -> str:
    found = case["means"]["span"]
    half = _calendar_days(found["most"] - found["mean"], lang)
    return say("of", lang, value=_calendar_days(found["mean"], lang), half=half)


def _late(case: Mapping[str, Any], lang: str) -> str:
    found = case["late"]
    if found is None:
        return say("no-limit", lang)
    half = percent(found["most"] - found["mean"], lang)
    return say("of", lang, value=percent(found["mean"], lang), half=half)


def _cost(found: Mapping[str, float], lang: str) -> str:
    half = amounts.money(round(found["most"] - found["mean"]), lang)
    return say("of", lang, value=amounts.money(round(found["mean"]), lang), half=half)


def _signed(found: Mapping[str, float], metric: str, lang: str) -> str:
    """Return a change with its sign and how sure it is."""
    mean, half = found["mean"], found["most"] - found["mean"]
    sign = "" if abs(mean) < NOTHING else "−" if mean < 0 else "+"
    if metric == "late":
        value, more = percent(abs(mean), lang), percent(half, lang)
    elif metric == "cost":
        value, more = (amounts.money(round(each), lang) for each in (abs(mean), half))
    elif metric == "span":
        value, more = _calendar_days(abs(mean), lang), _calendar_days(half, lang)
    else:
        value, more = length(abs(mean), lang), length(half, lang)
    return say("of", lang, value=f"{sign}{value}", half=more)


def role_rows(record: Mapping[str, Any], lang: str) -> list[tuple[str, ...]]:
    """Return how busy each role is; before and after side by side where both were simulated."""
    heads = ("role", "people", "load")
    rows = [tuple(say(each, lang) for each in heads)]
    after = {} if record["after"] is None else {e["role"]: e for e in record["after"]["roles"]}
    if after:
        rows = [(*rows[0], text("after", lang))]
    for each in record["before"]["roles"]:
        row = [each["role"], str(each["people"]), percent(each["load"], lang)]
        if after:
            other = after.pop(each["role"], None)
            row.append("" if other is None else percent(other["load"], lang))
        rows.append(tuple(row))
    rows += [
        (each["role"], str(each["people"]), "", percent(each["load"], lang))
        for each in after.values()
    ]
    return rows


def step_rows(record: Mapping[str, Any], side: str, lang: str) -> list[tuple[str, ...]]:
    """Return what each step waits and takes, on one side (``before`` or ``after``)."""
    rows = [tuple(say(each, lang) for each in ("step", "visits", "waited", "worked"))]
    for each in record[side]["steps"]:
        if each["wait"] or each["work"]:
            visits = amounts.amount(Fraction(round(each["visits"] * 100), 100), lang)
            name = record["names"].get(each["element"], each["element"])
            rows.append((name, visits, length(each["wait"], lang), length(each["work"], lang)))
    return rows


def warnings(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield who cannot keep up, and who is so busy that little more work makes long lines."""
    for side in filter(None, (record["before"], record["after"])):
        for each in side["roles"]:
            if each["load"] >= 1:
                told = {"name": each["role"], "load": percent(each["load"], lang)}
                yield say("overloaded", lang, **told)
            elif each["load"] > HIGH:
                yield say("high", lang, name=each["role"])
