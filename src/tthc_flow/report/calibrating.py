"""What a log told, as plain JSON values and as lines of text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import fields

from tthc_flow.report.amounts import amount
from tthc_flow.report.log_words import (
    fit_words,
    interval_words,
    of_interval,
    percent_words,
    say,
    time_words,
)

if TYPE_CHECKING:
    from attrs import AttrsInstance

    from tthc_flow.calibration.found import Conformance, Deviation, LogFound, StepFound, WayFound
    from tthc_flow.calibration.goodness import Fitted
    from tthc_flow.calibration.intervals import Interval
    from tthc_flow.model.flow import Flow
    from tthc_flow.report.log_words import Json

Rows: TypeAlias = tuple[tuple[str, ...], ...]

_PLACES: Final = 4


def of_found(found: LogFound) -> Json:
    """Return what a log told as plain JSON values; times are minutes of office hours.

    Source: see :class:`~tthc_flow.calibration.found.LogFound`.
    """
    whole = found.whole
    return {
        "log": {
            "name": found.log,
            "period": found.period,
            "cases": found.cases,
            "events": found.events,
            "by_year": {str(year): count for year, count in found.by_year.items()},
        },
        "steps": [_of_step(step) for step in found.steps],
        "ways": [_of_way(way) for way in found.ways],
        "rejections": [_plain(each, rate=of_interval(each.rate)) for each in found.rejections],
        "loads": [_plain(each) for each in found.loads],
        "hours": [_plain(each) for each in found.hours],
        "whole": {
            "cases": len(whole.times),
            "mean": of_interval(whole.mean),
            "median": whole.median,
            "p90": whole.p90,
            "limit": whole.limit,
            "late": whole.late,
            "due": whole.due,
        },
        "conformance": _of_conformance(found.conformance),
    }


def _plain(found: AttrsInstance, **instead: Json | None) -> Json:
    """Return the fields of *found*, floats rounded, some of them *instead*."""
    values = {each.name: getattr(found, each.name) for each in fields(type(found))}
    rounded = {
        name: round(each, _PLACES) if isinstance(each, float) else each
        for name, each in values.items()
    }
    return {**rounded, **instead}


def _of_way(way: WayFound) -> Json:
    share = of_interval(way.share)
    return {"flow": way.edge, "node": way.node, "taken": way.taken, "of": way.of, "share": share}


def _of_conformance(fits: Conformance) -> Json:
    return {
        "fitness": None if fits.fitness is None else round(fits.fitness, _PLACES),
        "cases": fits.cases,
        "fitting": fits.fitting,
        "ended": fits.ended,
        "open": fits.open,
        "bounded": fits.bounded,
        "strange_events": fits.strange,
        "deviations": [_plain(each) for each in fits.deviations],
    }


def _of_step(step: StepFound) -> Json:
    fit = step.handling
    chance = None if fit is None else fit.chance
    return {
        "element": step.element,
        "name": step.name,
        "cases": step.cases,
        "done": step.done,
        "withdrawn": step.withdrawn,
        "open": step.open,
        "timed": step.timed,
        "mean": of_interval(step.mean),
        "median": step.median,
        "p90": step.p90,
        "whole": of_interval(step.whole),
        "distribution": None if chance is None else chance.spread.value,
        "p": None if fit is None or fit.p is None else round(fit.p, _PLACES),
        "parameters": _of_parameters(fit),
        "waits": {kind: round(minutes, _PLACES) for kind, minutes in step.waits.items()},
        "late": step.late,
        "due": step.due,
    }


def _of_parameters(fit: Fitted | None) -> Json:
    found = {} if fit is None else fit.parameters
    return {name: of_interval(each) for name, each in found.items()}


def _period(found: LogFound, lang: str) -> str:
    """Return from when to when the log tells, as its reader writes a date."""
    if found.first is None or found.last is None:
        return say("unknown", lang)
    form = "%d/%m/%Y" if lang == "vi" else "%Y-%m-%d"
    first, last = (each.strftime(form) for each in (found.first, found.last))
    return say("period", lang, first=first, last=last)


def head_lines(found: LogFound, lang: str) -> tuple[str, ...]:
    """Return what is told of the log as a whole, a line each."""
    fits, whole = found.conformance, found.whole
    counts = {"cases": amount(found.cases, lang), "events": amount(found.events, lang)}
    fitness = say("unknown", lang) if fits.fitness is None else percent_words(fits.fitness, lang)
    lines = [
        say("say-log", lang, log=found.log, period=_period(found, lang), **counts),
        say(
            "say-fitness",
            lang,
            fitness=fitness,
            fitting=amount(fits.fitting, lang),
            cases=amount(fits.cases, lang),
            ended=amount(fits.ended, lang),
        ),
    ]
    if fits.strange:
        lines.append(say("say-strange", lang, count=amount(fits.strange, lang)))
    if whole.times:
        mean = interval_words(whole.mean, lang)
        median, p90 = time_words(whole.median, lang), time_words(whole.p90, lang)
        lines.append(say("say-whole", lang, mean=mean, median=median, p90=p90))
    if whole.due:
        late, due = amount(whole.late, lang), amount(whole.due, lang)
        part = percent_words(whole.late / whole.due, lang)
        lines.append(say("say-late", lang, late=late, due=due, share=part))
    return tuple(lines)


def tables(found: LogFound, flow: Flow, lang: str) -> tuple[Rows, ...]:
    """Return the tables of what a log told, each with its heading; empty ones are left out."""
    names = {each.id: " ".join(each.name.split()) or each.id for each in (*flow.nodes, *flow.edges)}
    deviations = [
        each
        for each in found.conformance.deviations
        if each.skipped or each.out_of_place or each.standing
    ]
    rejections = (
        (names[each.step], _part(each.rejected, each.checked, lang), _percents(each.rate, lang))
        for each in found.rejections
    )
    loads = (
        (
            each.name or each.lane or "–",
            amount(each.people, lang),
            f"{time_words(each.minutes, lang)}, {_load(each.share, lang)}",
        )
        for each in found.loads
    )
    left = ((names[each.element], *_counts(each, lang)) for each in deviations)
    made: tuple[Rows, ...] = (
        (
            _head(lang, "step", "done", "work", "fit", "waits"),
            *(_step_row(step, lang) for step in found.steps),
        ),
        (
            _head(lang, "way", "taken", "share"),
            *(_way_row(each, flow, lang) for each in found.ways),
        ),
        (_head(lang, "rejecting", "taken", "share"), *rejections),
        (_head(lang, "lane", "people", "load"), *loads),
        (_head(lang, "deviation", "skipped", "out-of-place", "standing"), *left),
    )
    return tuple(rows for rows in made if len(rows) > 1)


def _percents(found: Interval, lang: str) -> str:
    return interval_words(found, lang, percent=True)


def _counts(found: Deviation, lang: str) -> tuple[str, ...]:
    return tuple(amount(each, lang) for each in (found.skipped, found.out_of_place, found.standing))


def _part(some: int, of: int, lang: str) -> str:
    return f"{amount(some, lang)}/{amount(of, lang)}"


def _load(value: float | None, lang: str) -> str:
    return say("unknown", lang) if value is None else percent_words(value, lang)


def _head(lang: str, *codes: str) -> tuple[str, ...]:
    return tuple(say(f"head-{code}", lang) for code in codes)


def _step_row(step: StepFound, lang: str) -> tuple[str, ...]:
    total = sum(step.waits.values())
    waits = "; ".join(
        say(f"wait-{kind}", lang, share=percent_words(minutes / total, lang))
        for kind, minutes in sorted(step.waits.items(), key=lambda each: -each[1])
        if minutes > 0
    )
    work = interval_words(step.mean, lang) if step.mean else time_words(step.median, lang)
    fit = fit_words(step.handling, lang)
    return step.name or step.element, amount(step.done, lang), work, fit, waits or "–"


def _way_row(way: WayFound, flow: Flow, lang: str) -> tuple[str, ...]:
    edge = next(each for each in flow.edges if each.id == way.edge)
    ends = (flow.by_id[each].name or each for each in (edge.source, edge.target))
    source, target = (" ".join(each.split()) for each in ends)
    label = f"{source} → {target}" + (f" ({' '.join(edge.name.split())})" if edge.name else "")
    return label, _part(way.taken, way.of, lang), interval_words(way.share, lang, percent=True)
