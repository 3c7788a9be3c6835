"""The record of a result as plain JSON values: one shape for scripts, pages and papers.

``schema_version`` changes when a field changes its meaning or goes; the JSON Schemas stand in
``report/schema/``. Times are working minutes under the convention the record names; unknown is
``null`` with the elements listed, never 0.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tthc_flow.measures.costs import cost
from tthc_flow.model.procedure import CostMethod
from tthc_flow.model.source import EvidenceKind
from tthc_flow.report import sentences
from tthc_flow.report.texts import text
from tthc_flow.units import Convention
from tthc_flow.words.messages import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.engine.run import BranchRun
    from tthc_flow.measures.change import Change
    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.measures.compliance_cost import Benefit, Cost
    from tthc_flow.measures.measure import Measures
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.source import Source
    from tthc_flow.units import WorkTime

SCHEMA_VERSION: Final = 1

Json: TypeAlias = dict[str, Any]


def figure(value: Fraction | int | None) -> float | int | None:
    """Return an exact number as JSON: whole numbers stay whole.

    Example:
        >>> figure(Fraction(480)), figure(Fraction(1, 4)), figure(None)
        (480, 0.25, None)
    """
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def _minutes(time: WorkTime | None) -> float | int | None:
    return None if time is None else figure(time.minutes)


def of_source(source: Source | None) -> Json | None:
    """Return a source, or ``None``."""
    if source is None:
        return None
    return {"document": source.document, "place": source.place, "date": source.date}


def of_procedure(procedure: Procedure) -> Json:
    """Return what identifies a procedure."""
    return {
        "process": procedure.flow.id,
        "name": sentences.on_one_line(procedure.name or procedure.flow.name),
        "code": procedure.code,
        "kind": procedure.kind.value,
        "field": procedure.field,
        "locality": procedure.locality,
        "agency": procedure.agency,
        "level": None if procedure.level is None else procedure.level.value,
        "source": of_source(procedure.source),
        "baseline": procedure.baseline,
    }


def of_others(others: Iterable[tuple[str, str]]) -> list[Json]:
    """Return the processes of the file that a result is not about."""
    return [{"process": process, "name": name} for process, name in others]


def of_findings(found: Iterable[Finding], lang: str) -> list[Json]:
    """Return findings in *lang*: the text, the hint, and what was assumed meanwhile."""
    rows = []
    for each in found:
        told = sentences.finding(each, lang)
        rows.append(
            {
                "code": each.code,
                "severity": each.severity.name.lower(),
                "element": each.element,
                "name": each.name and place_words(each.name, lang),
                "line": each.line,
                "message": told.text,
                "hint": told.hint,
                "assumed": told.assumed or None,
            }
        )
    return rows


def of_measures(measures: Measures, procedure: Procedure, lang: str = "vi") -> Json:
    """Return the measures of one procedure, with the evidence behind its times."""
    return {
        "convention": measures.convention,
        **_times(measures),
        "steps": measures.steps,
        "automatic": measures.automatic,
        "after_grant": measures.after_grant,
        "handling_share": {
            "steps": figure(measures.handling_by_steps),
            "time": figure(measures.handling_by_time),
        },
        "hand_offs": measures.hand_offs,
        "performers": measures.performers,
        "levels_crossed": measures.levels_crossed,
        "signatures": measures.signatures,
        "stamps": measures.stamps,
        "consultations": measures.consultations,
        "applicant_visits": measures.applicant_visits,
        "documents": measures.documents,
        "unknown_times": list(measures.unknown_times),
        "unclassified": list(measures.unclassified),
        "without_performer": list(measures.without_performer),
        "time_evidence": _time_evidence(measures, procedure),
        "by_role": [
            {
                "role": row.row.value,
                "label": text(f"role-{row.row.value}", lang),
                "minutes": _minutes(row.work),
                "steps": row.steps,
                "unknown": row.unknown,
            }
            for row in measures.by_role
        ],
    }


def _time_evidence(measures: Measures, procedure: Procedure) -> dict[str, list[str]]:
    """Return the steps with a known time by the kind of evidence behind it."""
    found: dict[str, list[str]] = {kind.value: [] for kind in EvidenceKind}
    unknown = set(measures.unknown_times)
    for step in procedure.flow.steps:
        if step.time.duration is not None and step.time.counted and step.id not in unknown:
            found[step.time.evidence.value].append(step.id)
    return found


def _times(measures: Measures) -> Json:
    longest, stated = measures.norm_time, measures.stated_total
    return {
        "norm_time": {
            "minutes": _minutes(longest.work),
            "complete": longest.complete,
            "path": list(longest.path),
            "units": sorted(unit.value for unit in longest.units),
        },
        "workload": {
            "minutes": _minutes(measures.workload),
            "complete": not measures.workload_unknown,
        },
        "stated_total": {
            "minutes": _minutes(stated.work),
            "agreement": stated.agreement.value,
            "path_difference": _minutes(stated.path_difference),
            "sum_difference": _minutes(stated.sum_difference),
        },
    }


def of_cost(found: Cost) -> Json:
    """Return a compliance cost with every input and its source."""
    return {
        "method": found.method.value,
        "once": None if found.once is None else figure(found.once.amount),
        "yearly": None if found.yearly is None else figure(found.yearly.amount),
        "post_check": None if found.post_check is None else figure(found.post_check.amount),
        "missing": list(found.missing),
        "inputs": [
            {
                "name": each.name,
                "value": figure(each.quantity.value),
                "evidence": each.quantity.evidence.value,
                "source": of_source(each.quantity.source),
            }
            for each in found.inputs
        ],
    }


def of_benefit(benefit: Benefit) -> Json:
    """Return what is saved a year, by one method."""
    return {
        "method": benefit.method.value,
        "saved": None if benefit.saved is None else figure(benefit.saved.amount),
        "rate": figure(benefit.rate),
        "missing": list(benefit.missing),
        "unlike": list(benefit.unlike),
    }


def of_change(change: Change, lang: str) -> Json:
    """Return one change with its sentence."""
    return {
        "kind": change.kind.value,
        "code": change.code,
        "element": change.element,
        "elements": {"before": list(change.was), "after": list(change.now)},
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "sentence": sentences.change(change, lang),
    }


def of_comparison(comparison: Comparison, lang: str) -> Json:
    """Return before, after, every change, the cuts as shares of before, and all costs."""
    before, after = comparison.procedures
    convention = Convention.named(comparison.before.convention)
    return {
        "names": sentences.names_of(before, after),
        "labels": sentences.labels_of(before, after, lang=lang),
        "changes": [of_change(each, lang) for each in comparison.changes],
        "before": of_measures(comparison.before, before, lang),
        "after": of_measures(comparison.after, after, lang),
        "cut": of_cut(comparison),
        "benefits": [of_benefit(each) for each in comparison.benefits],
        "costs": {"before": of_costs(before, convention), "after": of_costs(after, convention)},
    }


def of_costs(procedure: Procedure, convention: Convention) -> list[Json]:
    """Return the compliance cost by every method."""
    return [of_cost(cost(procedure, method, convention)) for method in CostMethod]


def of_cut(comparison: Comparison) -> Json:
    """Return the cuts as shares, of the norm time and the cost, and in minutes of norm time."""
    share, one, two = comparison.time_cut, comparison.before.norm_time, comparison.after.norm_time
    saved = None
    if share is not None and one.work is not None and two.work is not None:
        saved = one.work.minutes - two.work.minutes
    return {
        "time": figure(share),
        "minutes": figure(saved),
        "cost": figure(comparison.cost_cut(CostMethod.TT02_2017)),
        "cost_by_method": {
            method.value: figure(comparison.cost_cut(method)) for method in CostMethod
        },
    }


def of_run(run: BranchRun) -> Json:
    """Return what executing every branch came to."""
    return {
        "branches": run.branches,
        "executed": run.executed,
        "completed": run.completed,
        "missed": list(run.missed),
        "stopped": list(run.stopped),
        "runs": [list(each) for each in run.runs],
    }
