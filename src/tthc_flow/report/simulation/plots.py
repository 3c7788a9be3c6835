"""The plots of a simulation, drawn from its record: the same figures as in its tables."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.simulation.beams import Beam, Beams, Group, beams
from tthc_flow.report.simulation.histogram import WIDE, Axis, Histogram, Panel, Place, histogram
from tthc_flow.report.simulation.role_rows import load_words
from tthc_flow.report.simulation.rows import (
    HIGH,
    cases_of,
    late_words,
    parts_of,
    percent,
    say,
)
from tthc_flow.report.simulation.stacks import Stack, Stacks, stacks
from tthc_flow.report.simulation.told import (
    late_told,
    loads_told,
    sides_of,
    times_told,
    waited,
    waits_told,
)
from tthc_flow.units import MINUTES_OF_HOUR, MINUTES_OF_WORKING_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_BEFORE, _AFTER, _TOO_MUCH = "#64748b", "#0b4a80", "#a3231b"
_SIDES: Final = (_BEFORE, _AFTER)
_MARKS: Final = ("p50", "p90", "p99")
_WHOLES: Final = (0.05, 0.1, 0.2, 0.5, 1.0)
"""Where the scale of a late share may end: the first that holds all of it."""


def times_plot(
    record: Mapping[str, Any], number: int, name: str, lang: str, place: Place = WIDE
) -> str:
    """Return how many cases of a procedure take how long, with p50, p90, p99 and the limit.

    Args:
        record: As :func:`~tthc_flow.report.simulation.record.of_simulation` gives it.
        number: Which procedure, from 0.
        name: A mark that no other picture of the page has.
        lang: ``vi`` or ``en``.
        place: How it is laid out: wide, or narrow for a telephone.
    """
    times, cases = record["times"][number], cases_of(record, number)
    shares = [each for each in (times["before"], times["after"]) if each is not None]
    panels = tuple(
        Panel(
            label=side,
            shares=tuple(mine),
            colour=colour,
            marks=tuple((case["cycle"][each], f"{each[1:]} %") for each in _MARKS),
        )
        for side, mine, colour, case in zip(
            sides_of(record, lang), shares, _colours(record), cases, strict=True
        )
    )
    limit = cases[-1]["limit"]
    highest = max(map(max, shares))
    plot = Histogram(
        name=name,
        title=say("plot-times", lang),
        summary=" ".join(times_told(record, number, lang)),
        panels=panels,
        axis=_axis(times["width"], len(shares[0]), lang),
        highest=say("axis-share", lang, share=percent(highest, lang)),
        limit=None
        if limit is None
        else (limit, say("mark-limit", lang, limit=length(limit, lang))),
        place=place,
    )
    return histogram(plot)


def _colours(record: Mapping[str, Any]) -> tuple[str, ...]:
    return _SIDES if record["after"] else (_AFTER,)


def _axis(width: float, bars: int, lang: str) -> Axis:
    unit, code = Fraction(1), "minutes"
    if width >= MINUTES_OF_WORKING_DAY / 2:
        unit, code = MINUTES_OF_WORKING_DAY, "days"
    elif width >= MINUTES_OF_HOUR / 4:
        unit, code = MINUTES_OF_HOUR, "hours"
    return Axis(
        width=width,
        borders=tuple(
            amounts.amount(Fraction(width) * number / unit, lang) for number in range(bars)
        ),
        words=say(f"axis-{code}", lang),
        longer=say("axis-longer", lang),
    )


def waits_plot(
    record: Mapping[str, Any],
    number: int,
    name: str,
    lang: str,
    draw: Callable[[Stacks], str] = stacks,
) -> str:
    """Return how long a case of a procedure is worked on and what it waits for, on each side."""
    parts = [each for each in parts_of(record, number) if each != "stood"]
    cases = cases_of(record, number)
    made = tuple(
        Stack(
            label=side,
            sizes=tuple(max(case["means"][each]["mean"], 0.0) for each in parts),
            words=length(case["means"]["work"]["mean"] + waited(case), lang),
        )
        for side, case in zip(sides_of(record, lang), cases, strict=True)
    )
    plot = Stacks(
        name=name,
        title=say("plot-waits", lang),
        summary=" ".join(waits_told(record, number, lang)),
        parts=tuple(say(each, lang) for each in parts),
        stacks=made,
    )
    return draw(plot)


def loads_plot(
    record: Mapping[str, Any], name: str, lang: str, draw: Callable[[Beams], str] = beams
) -> str:
    """Return how busy each role is, on each side, against the load that is not to be passed."""
    sides = [each for each in (record["before"], record["after"]) if each]
    names = dict.fromkeys(role["role"] for side in sides for role in side["roles"])
    groups = tuple(Group(label=each, beams=tuple(_busy(record, each, lang))) for each in names)
    highest = max((role["load"] for side in sides for role in side["roles"]), default=0.0)
    plot = Beams(
        name=name,
        title=say("plot-loads", lang),
        summary=" ".join(loads_told(record, lang)),
        groups=groups,
        whole=max(1.0, highest),
        borders=(percent(0, lang), percent(max(1.0, highest), lang)),
        marks=((HIGH, say("mark-high", lang)),),
    )
    return draw(plot)


def _busy(record: Mapping[str, Any], role: str, lang: str) -> Iterator[Beam]:
    sides = (each for each in (record["before"], record["after"]) if each)
    for told, side, colour in zip(sides_of(record, lang), sides, _colours(record), strict=True):
        for each in side["roles"]:
            if each["role"] == role:
                found = each["load_interval"]
                yield Beam(
                    side=told if record["after"] else "",
                    value=each["load"],
                    words=load_words(each, lang),
                    colour=_TOO_MUCH if each["load"] >= 1 else colour,
                    ends=None if found is None else (found["least"], found["most"]),
                )


def late_plot(
    record: Mapping[str, Any],
    number: int,
    name: str,
    lang: str,
    asked: float | None = None,
    *,
    draw: Callable[[Beams], str] = beams,
) -> str | None:
    """Return the share of cases that are late on each side; ``None`` where no limit is known.

    Args:
        record: As for :func:`times_plot`.
        number: Which procedure.
        name: As for :func:`times_plot`.
        lang: ``vi`` or ``en``.
        asked: The share that is not to be passed, where one was asked for.
        draw: Draws it: wide, or narrow for a telephone.
    """
    cases = cases_of(record, number)
    if any(each["late"] is None for each in cases):
        return None
    made = tuple(
        Beam(
            side=side,
            value=case["late"]["mean"],
            words=late_words(case, lang),
            colour=colour,
            ends=(case["late"]["least"], case["late"]["most"]),
        )
        for side, case, colour in zip(sides_of(record, lang), cases, _colours(record), strict=True)
    )
    highest = max((*(each["late"]["most"] for each in cases), asked or 0.0))
    marks = () if asked is None else ((asked, say("mark-asked", lang, share=percent(asked, lang))),)
    whole = next((each for each in _WHOLES if highest <= each), 1.0)
    plot = Beams(
        name=name,
        title=say("plot-late", lang),
        summary=" ".join(late_told(record, number, lang)),
        groups=(Group(label="", beams=made),),
        whole=whole,
        borders=(percent(0, lang), percent(whole, lang)),
        marks=marks,
    )
    return draw(plot)
