"""What a simulation says as a record, and what lacks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.expected.known import Basis
from tthc_flow.report.record import Json, of_procedure
from tthc_flow.report.sentences import labels_of, names_of
from tthc_flow.simulation.results import SHARES, difference
from tthc_flow.simulation.stated import Trace
from tthc_flow.simulation.tally import Metric
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.confidence import Interval
    from tthc_flow.simulation.lacking import Lacking
    from tthc_flow.simulation.results import CaseFigures, Outcome
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
    length = found.settings.length
    return {
        "procedures": [of_procedure(each) for each in found.procedures],
        "names": names_of(*found.procedures, *found.after_procedures),
        "convention": found.stated.convention.name,
        "settings": {
            "cases": length.cases,
            "warm_up": length.warm,
            "batches": length.batches,
            "seed": found.settings.seed,
            "kernel": found.settings.kernel.value,
        },
        "moves": dict(found.moves),
        "before": _of_side(found.before),
        "after": None if found.after is None else _of_side(found.after),
        "differences": None if found.after is None else list(_differences(found)),
        "capacity": _of_capacity(found),
        "notes": list(_notes(found, lang)),
    }


def _of_side(side: Outcome) -> Json:
    return {
        "cases": [_of_cases(each) for each in side.cases],
        "roles": [
            {"role": each.name, "people": each.people, "load": each.load} for each in side.pools
        ],
        "steps": [
            {
                "procedure": each.entry,
                "element": each.element,
                "visits": each.visits,
                "wait": each.queue,
                "work": each.work,
            }
            for each in side.steps
        ],
        "events": side.events,
    }


def _of_cases(found: CaseFigures) -> Json:
    kept = [each for each in Metric if each not in {Metric.LATE, Metric.COST}]
    shares = [f"p{round(share * 100)}" for share in SHARES]
    return {
        "counted": found.cases,
        "means": {each.name.lower(): _of_interval(found.means[each]) for each in kept},
        "late": None if found.late is None else _of_interval(found.late),
        "cost": None if found.cost is None else _of_interval(found.cost),
        "cycle": dict(zip(shares, found.cycles, strict=False)),
        "span": dict(zip(shares, found.spans, strict=False)),
        "correlation": found.alike,
    }


def _of_interval(found: Interval) -> Json:
    return {"mean": found.mean, "least": found.least, "most": found.most}


def _differences(found: Simulation) -> Iterator[Json]:
    """Yield by how much each mean of a procedure changes."""
    if found.after is None:
        return
    for before, after in zip(found.before.batches, found.after.batches, strict=True):
        yield {
            metric.name.lower(): _of_interval(difference(before, after, metric))
            for metric in Metric
        }


def _of_capacity(found: Simulation) -> Json | None:
    if found.capacity is None:
        return None
    return {
        "roles": [{"role": name, "people": people} for name, people in found.capacity.people],
        "late": found.capacity.late,
        "enough": found.capacity.enough,
        "runs": found.capacity.runs,
    }


def _notes(found: Simulation, lang: str) -> Iterator[str]:
    """Yield how it was computed and what was assumed."""
    length, years = found.settings.length, sorted(found.stated.calendar.years)
    values = {
        "cases": str(length.cases),
        "warm": str(length.warm),
        "batches": str(length.batches),
        "seed": str(found.settings.seed),
        "years": f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]),
    }
    traced = [isinstance(each, Trace) for each in found.stated.arrivals]
    codes = ["settings", "calendar"]
    codes += ["trace"] if any(traced) else []
    codes += ["arrivals"] if traced.count(True) < len(found.procedures) else []
    codes += ["people"]
    codes += ["other"] if any(each.load != each.mine for each in found.before.pools) else []
    codes += ["norm"] if Basis.NORM in found.stated.basis else []
    codes += [] if found.after is None else ["same-luck"]
    for code in codes:
        yield message(f"simulate-note-{code}", values, lang).text
    alike = max(each.alike for each in found.before.cases)
    if alike > ALIKE:
        yield message("simulate-note-alike", {"value": f"{alike:.2f}"}, lang).text


def of_lacking(lack: Lacking, procedures: Sequence[Procedure], lang: str = "vi") -> list[Json]:
    """Return what lacks for a simulation, each with its text and what to do.

    Example:
        >>> from tthc_flow.simulation.lacking import Lacking
        >>> of_lacking(Lacking(teams=("Chuyên viên",)), ())[0]["text"][:12]
        'Chuyên viên:'
    """
    labels = labels_of(*procedures, lang=lang)
    found = [
        (f"expect-need-{each.what}", {"name": labels.get(each.element, each.element)}, each.element)
        for each in lack.needs
    ]
    found += [("simulate-need-people", {"name": each}, each) for each in lack.teams]
    found += [
        ("simulate-need-performer", {"name": labels.get(each, each)}, each) for each in lack.nobody
    ]
    for number in lack.dossiers:
        name = procedures[number].name if number < len(procedures) else ""
        found.append(("simulate-need-dossiers", {"name": name or str(number + 1)}, str(number + 1)))
    found += [(each.code, dict(each.values), each.element or "") for each in lack.refused]
    told = [(message(code, {"element": at, **values}, lang), at) for code, values, at in found]
    return [{"element": at, "text": each.text, "hint": each.hint} for each, at in told]
