"""The sentences of a simulation: what a plot shows, and whether a change is real or luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.simulation.rows import (
    cases_of,
    lopsided,
    outwards,
    parts_of,
    percent,
    points,
    say,
)
from tthc_flow.report.texts import text
from tthc_flow.simulation.change import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Words = Callable[[float], str]

WAITS: Final = ("queue", "batch", "applicant", "other", "closed", "diluted")
"""The kinds of waiting, by their names in the record."""
TOLD: Final = ("p50", "p90", "p99")
"""The times that few cases pass of which it is told whether they change."""
_ROUNDING: Final = 1e-6


def sides_of(record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return what the sides are called: before and after, or today alone.

    Example:
        >>> sides_of({"after": None}, "en")
        ('Today',)
    """
    if not record["after"]:
        return (say("now", lang),)
    return text("before", lang), text("after", lang)


def waited(case: Mapping[str, Any]) -> float:
    """Return the minutes that a case waits in the mean, whatever for."""
    return float(sum(case["means"][each]["mean"] for each in WAITS))


def times_told(record: Mapping[str, Any], number: int, lang: str) -> Iterator[str]:
    """Yield how long the cases of a procedure take, a sentence a side."""
    cases = cases_of(record, number)
    for side, case in zip(sides_of(record, lang), cases, strict=True):
        shares = {each: length(case["cycle"][each], lang) for each in TOLD}
        yield say("told-times", lang, side=side, **shares)
    if cases[-1]["limit"] is not None:
        yield say("told-line", lang)


def waits_told(record: Mapping[str, Any], number: int, lang: str) -> Iterator[str]:
    """Yield how long a case is worked on, how long it waits and what for most."""
    cases = cases_of(record, number)
    for side, case in zip(sides_of(record, lang), cases, strict=True):
        work, wait = length(case["means"]["work"]["mean"], lang), waited(case)
        if wait <= _ROUNDING:
            yield say("told-no-wait", lang, side=side, work=work)
            continue
        parts = [each for each in parts_of(record, number) if each in WAITS]
        most = max(parts, key=lambda each: float(case["means"][each]["mean"]))
        told = f"{say(most, lang).lower()} ({length(case['means'][most]['mean'], lang)})"
        yield say("told-waits", lang, side=side, work=work, wait=length(wait, lang), most=told)
    means = [each["means"] for each in cases]
    if any(
        e["work"]["mean"] + waited(c) > e["cycle"]["mean"] * 1.001
        for e, c in zip(means, cases, strict=True)
    ):
        yield say("told-beside", lang)


def loads_told(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield who is the busiest on each side, and which load is too much."""
    sides = (each for each in (record["before"], record["after"]) if each)
    for told, side in zip(sides_of(record, lang), sides, strict=True):
        if side["roles"]:
            most = max(side["roles"], key=lambda each: float(each["load"]))
            load = percent(most["load"], lang)
            yield say("told-loads", lang, side=told, name=most["role"], load=load)
    yield say("told-limit", lang)


def late_told(record: Mapping[str, Any], number: int, lang: str) -> Iterator[str]:
    """Yield how many of a hundred cases are late, a sentence a side."""
    cases = cases_of(record, number)
    if any(each["late"] is None for each in cases):
        yield say("told-no-limit", lang)
        return
    for side, case in zip(sides_of(record, lang), cases, strict=True):
        late = case["late"]
        count = amounts.amount(round(late["mean"] * 1000), lang)
        limit = say("mark-limit", lang, limit=length(case["limit"], lang))
        yield say("told-late", lang, side=side, count=count, limit=limit)
        if not late["mean"] and lopsided(late):
            seen, most = amounts.amount(case["counted"], lang), percent(outwards(late)[1], lang)
            yield say("told-none-late", lang, cases=seen, most=most)


def statements(record: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield whether times, lateness and loads really change, or cannot be told from luck.

    Args:
        record: As :func:`~tthc_flow.report.simulation.record.of_simulation` gives it, or a
            part of it:
            ``procedures``, ``differences``, ``quantile_differences``, ``load_differences``.
        lang: ``vi`` or ``en``.

    Source: zero outside the 95 % interval of the paired difference.
    """
    several = len(record["procedures"]) > 1
    sides = record["procedures"], record["differences"], record["quantile_differences"]
    for procedure, change, shares in zip(*sides, strict=True):
        times = (("cycle", change["cycle"]), *((e, shares.get(e)) for e in TOLD))
        told = [(*each, _times(lang)) for each in times]
        for metric, found, words in (*told, ("late", _outwards(change["late"]), _points(lang))):
            if found is not None:
                what = say(f"what-{metric}", lang)
                name = procedure["name"] or procedure["process"]
                what = say("what-of", lang, procedure=name, what=what) if several else what
                yield _statement(what, found, words, lang)
    for each in record["load_differences"]:
        if each["change"] is not None and each["change"]["verdict"] != Verdict.SAME:
            what = say("what-load", lang, name=each["role"])
            yield _statement(what, each["change"], _points(lang), lang)


def _outwards(change: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return a change of a share with the ends that the table prints."""
    if change is None or not lopsided(change):
        return change
    least, most = outwards(change)
    return {**change, "least": least, "most": most}


def _times(lang: str) -> Words:
    return lambda minutes: length(minutes, lang)


def _points(lang: str) -> Words:
    return lambda share: points(share, lang)


def _statement(what: str, change: Mapping[str, Any], words: Words, lang: str) -> str:
    found = Verdict(change["verdict"])
    ends = change["least"], change["most"]
    if found in {Verdict.LESS, Verdict.MORE}:  # "less by", not "by minus"
        least, most = (words(each) for each in sorted(map(abs, ends)))
        told = words(abs(change["mean"]))
        return say(f"says-{found.value}", lang, what=what, change=told, least=least, most=most)
    least, most = (say("down" if e < 0 else "up", lang, value=words(abs(e))) for e in ends)
    return say(f"says-{found.value}", lang, what=what, least=least, most=most)
