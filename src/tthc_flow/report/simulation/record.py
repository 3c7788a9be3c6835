"""What a simulation says as a record, and what lacks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.known import Basis
from tthc_flow.expected.together import inclusive_choices
from tthc_flow.report import amounts
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.needs import need_code
from tthc_flow.report.record import Json, of_procedure
from tthc_flow.report.sentences import labels_of, names_of
from tthc_flow.report.simulation.bins import of_times
from tthc_flow.report.simulation.capacity import of_capacity
from tthc_flow.report.simulation.changes import (
    of_changes,
    of_interval,
    of_loads,
    of_quantiles,
)
from tthc_flow.report.simulation.told import statements
from tthc_flow.report.simulation.unlimited import unlimited
from tthc_flow.simulation.results import SHARES
from tthc_flow.simulation.stated import Trace, Yearly
from tthc_flow.simulation.streams import overruled
from tthc_flow.simulation.tally import Metric
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.lacking import Lacking
    from tthc_flow.simulation.results import CaseFigures, Outcome, PoolFigures
    from tthc_flow.simulation.simulation import Simulation

ALIKE = 0.3
"""Correlation of batches above which their intervals are told to be too narrow."""


def of_simulation(found: Simulation, lang: str = "vi") -> Json:
    """Return a simulation as a record; minutes are worked minutes but for ``span``.

    Args:
        found: What was simulated.
        lang: ``vi`` or ``en``, for the notes.

    Source: see :mod:`tthc_flow.simulation`.
    """
    asked, notes = found.settings.length, tuple(_notes(found, lang))
    record: Json = {
        "procedures": [of_procedure(each) for each in found.procedures],
        "names": names_of(*found.procedures, *found.after_procedures),
        "convention": found.stated.convention.name,
        "settings": {
            "cases": asked.cases,
            "warm_up": asked.warm,
            "batches": asked.batches,
            "seed": found.settings.seed,
            "kernel": found.settings.kernel.value,
            "replications": found.settings.replications,
        },
        "moves": dict(found.moves),
        "before": _of_side(found.before, found.procedures, found),
        "after": None
        if found.after is None
        else _of_side(found.after, found.after_procedures or found.procedures, found),
        "differences": None if found.after is None else of_changes(found.before, found.after),
        "quantile_differences": None
        if found.after is None
        else of_quantiles(found.before, found.after),
        "load_differences": None if found.after is None else of_loads(found.before, found.after),
        "times": of_times(found.before, found.after),
        "capacity": of_capacity(found),
        "notes": [told for _, told in notes],
        "note_codes": [code for code, _ in notes],
    }
    return {**record, "statements": list(statements(record, lang)) if record["after"] else []}


def _of_side(side: Outcome, procedures: Sequence[Procedure], found: Simulation) -> Json:
    names = names_of(*procedures)
    return {
        "cases": [_of_cases(each) for each in side.cases],
        "roles": [_of_pool(each) for each in side.pools],
        "unlimited": unlimited(procedures, found.stated),
        "steps": [
            {
                "procedure": each.entry,
                "element": each.element,
                "name": names.get(each.element, each.element),
                "visits": each.visits,
                "wait": each.queue,
                "work": each.work,
            }
            for each in side.steps
        ],
        "events": side.events,
    }


def _of_pool(found: PoolFigures) -> Json:
    sure = found.sure
    return {
        "role": found.name,
        "people": found.people,
        "load": found.load,
        "load_interval": None if sure is None else of_interval(sure),
    }


def _of_cases(found: CaseFigures) -> Json:
    kept = [each for each in Metric if each not in {Metric.LATE, Metric.COST}]
    shares = [f"p{round(share * 100)}" for share in SHARES]
    return {
        "counted": found.cases,
        "means": {each.name.lower(): of_interval(found.means[each]) for each in kept},
        "late": None if found.late is None else of_interval(found.late),
        "cost": None if found.cost is None else of_interval(found.cost),
        "cycle": dict(zip(shares, found.cycles, strict=False)),
        "cycle_intervals": {
            share: None if sure is None else of_interval(sure)
            for share, sure in zip(shares, found.sure, strict=False)
        },
        "span": dict(zip(shares, found.spans, strict=False)),
        "correlation": found.alike,
        "limit": found.limit,
    }


def _notes(found: Simulation, lang: str) -> Iterator[tuple[str, str]]:
    """Yield how it was computed and what was assumed."""
    asked, years = found.settings.length, sorted(found.stated.calendar.years)
    values = {
        "cases": amounts.amount(asked.cases, lang),
        "warm": amounts.amount(asked.warm, lang),
        "batches": amounts.amount(asked.batches, lang),
        "seed": str(found.settings.seed),
        "runs": amounts.amount(found.settings.replications, lang),
        "years": f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]),
    }
    traced = [isinstance(each, Trace) for each in found.stated.arrivals]
    codes = ["settings" if found.settings.replications == 1 else "replications", "calendar"]
    codes += ["trace"] if any(traced) else []
    codes += ["arrivals"] if traced.count(True) < len(found.procedures) else []
    codes += ["people"]
    codes += ["other"] if any(each.load != each.mine for each in found.before.pools) else []
    codes += ["norm"] if Basis.NORM in found.stated.basis else []
    codes += [] if found.after is None else ["same-luck"]
    for code in codes:
        yield _note(f"simulate-note-{code}", values, lang)
    sides = (*found.procedures, *found.after_procedures)
    if any(inclusive_choices(each.flow) for each in sides):
        yield _note("expect-note-together", {}, lang)
    yield from _dossiers(found, lang)
    yield from _counted(found, lang)
    names = _overruled(found, lang)
    if names:
        yield _note("simulate-note-overruled", {"names": ", ".join(names)}, lang)
    alike = max(each.alike for each in found.before.cases)
    if alike > ALIKE:
        told = {"value": amounts.amount(round(alike, 2), lang)}
        yield _note("simulate-note-alike", told, lang)


def _dossiers(found: Simulation, lang: str) -> Iterator[tuple[str, str]]:
    """Yield how many cases a year each procedure was simulated with, where that is a number."""
    stated = found.stated.arrivals
    for number, each in enumerate(found.procedures):
        said, volume = stated[number] if number < len(stated) else None, each.volume.dossiers
        dossiers = said.dossiers if isinstance(said, Yearly) else None
        if said is None and volume is not None:
            dossiers = volume.value
        if dossiers is not None:
            told = {"name": each.name or each.flow.id, "count": amounts.amount(dossiers, lang)}
            yield _note("simulate-note-dossiers", told, lang)


def _counted(found: Simulation, lang: str) -> Iterator[tuple[str, str]]:
    """Yield how each limit is counted, and how a share is told that is near 0 or 1."""
    cases = found.before.cases
    for days in dict.fromkeys(each.limit_days for each in cases if each.limit_days is not None):
        for code in ("simulate-note-limit-days", "simulate-note-limit-expect"):
            yield _note(code, {"days": str(days)}, lang)
    minutes = (each.limit for each in cases if each.limit is not None and each.limit_days is None)
    for each in dict.fromkeys(minutes):
        yield _note("simulate-note-limit-minutes", {"limit": length(each, lang)}, lang)
    sides = (found.before, found.after)
    late = [each.late for side in sides if side is not None for each in side.cases]
    if any(each is not None and each.ends is not None for each in late):
        yield _note("simulate-note-share", {}, lang)


def _note(code: str, values: Mapping[str, str], lang: str) -> tuple[str, str]:
    return code, message(code, values, lang).text


def _overruled(found: Simulation, lang: str) -> tuple[str, ...]:
    """Return the timers whose stated share is not what they go off by."""
    sides = (*found.procedures, *found.after_procedures)
    labels = labels_of(*sides, lang=lang)
    timers = [each for side in sides for each in overruled(side.flow, found.stated)]
    return tuple(dict.fromkeys(labels.get(each, each) for each in timers))


def of_lacking(lack: Lacking, procedures: Sequence[Procedure], lang: str = "vi") -> list[Json]:
    """Return what lacks for a simulation, each with its text and what to do.

    What is of one kind (``what``) has the same to be done about it.

    Example:
        >>> from tthc_flow.simulation.lacking import Lacking
        >>> of_lacking(Lacking(teams=("Chuyên viên",)), ())[0]["text"][:12]
        'Chuyên viên:'
    """
    labels = labels_of(*procedures, lang=lang)
    found = [
        (each.what.value, need_code(each, *procedures), {"name": labels.get(at, at)}, at)
        for each in lack.needs
        for at in (each.element,)
    ]
    found += [("people", "simulate-need-people", {"name": each}, each) for each in lack.teams]
    found += [
        ("performer", "simulate-need-performer", {"name": labels.get(each, each)}, each)
        for each in lack.nobody
    ]
    for number in lack.dossiers:
        name, order = procedures[number].name if number < len(procedures) else "", str(number + 1)
        found.append(("dossiers", "simulate-need-dossiers", {"name": name or order}, order))
    found += [
        (each.code, each.code, dict(each.values), each.element or "") for each in lack.refused
    ]
    told = (
        (what, message(code, {"element": at, **values}, lang), at)
        for what, code, values, at in found
    )
    return [
        {"element": at, "what": what, "text": each.text, "hint": each.hint}
        for what, each, at in told
    ]
