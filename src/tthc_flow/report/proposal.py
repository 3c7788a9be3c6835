"""The record of a proposal: candidates with their reasons, and the plan with its proof.

A continuation of :mod:`tthc_flow.report.record`, in the same shape and under the same version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report import sentences
from tthc_flow.report.cost_rows import of_cost_rows
from tthc_flow.report.expecting import of_expected
from tthc_flow.report.explaining import of_effect, of_explanations, of_grounds, of_rule
from tthc_flow.report.record import Json, figure, of_comparison, of_run, of_source
from tthc_flow.report.role_cuts import of_role_cuts
from tthc_flow.report.step_rows import of_steps
from tthc_flow.report.texts import text
from tthc_flow.report.wishes import of_wishes
from tthc_flow.report.workflow_rows import of_workflow
from tthc_flow.units import Convention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.engine.run import BranchRun
    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.model.lever import Candidate, Effect, Evidence, Precondition
    from tthc_flow.model.plan import Binding, Plan, Proof
    from tthc_flow.model.procedure import Procedure


def of_precondition(condition: Precondition, labels: Mapping[str, str], lang: str) -> Json:
    """Return one precondition: what it demands, its verdict, why, and what would decide it."""
    return {
        "name": condition.name,
        "verdict": condition.verdict.value,
        "text": sentences.condition(condition, lang),
        "because": list(sentences.reasons(condition, labels, lang)),
        "source": of_source(condition.source),
        "rule": of_rule(condition.rule),
        "question": sentences.question(condition, lang),
        "question_id": condition.question,
        "about": list(condition.about),
        "passes_on": sentences.passing_reply(condition),
        "hint": sentences.need(condition, lang),
    }


def of_evidence(evidence: Evidence, procedure: Procedure, lang: str) -> Json:
    """Return one observed fact."""
    return {
        "name": evidence.name,
        "value": evidence.value,
        "element": evidence.element,
        "text": sentences.evidence(evidence, procedure, lang),
        "source": of_source(evidence.source),
    }


def of_candidate(candidate: Candidate, effect: Effect | None, plan: Plan, lang: str) -> Json:
    """Return a candidate with its own effect and whether the plan applied it.

    One that only another rewrite made possible has no effect of its own: ``None``.
    """
    labels = sentences.labels_of(plan.before, plan.after, lang=lang)
    return {
        "id": candidate.id,
        "lever": candidate.lever,
        "title": text(f"lever-{candidate.lever}", lang),
        "targets": list(candidate.targets),
        "verdict": candidate.verdict.value,
        "applied": any(each.id == candidate.id for each in plan.applied),
        "preconditions": [of_precondition(each, labels, lang) for each in candidate.preconditions],
        "authority": candidate.authority.value,
        "instrument": candidate.instrument,
        "evidence": [of_evidence(each, plan.before, lang) for each in candidate.evidence],
        "effect": None if effect is None else of_effect(effect),
        "expected": of_expected(candidate.expected, plan.before.volume.dossiers, lang),
        **of_grounds(candidate, lang),
    }


def of_candidates(plan: Plan, lang: str) -> list[Json]:
    """Return every candidate of the procedure, then those that opened while others were applied."""
    offered = {each.candidate.id for each in plan.offers}
    opened = (*plan.applied, *(each.offer.candidate for each in plan.explanation.binding))
    return [
        *(of_candidate(each.candidate, each.effect, plan, lang) for each in plan.offers),
        *(of_candidate(each, None, plan, lang) for each in opened if each.id not in offered),
    ]


def of_proof(proof: Proof, labels: Mapping[str, str], lang: str) -> Json:
    """Return one law, its verdict, and the firing sequence that refutes it."""
    return {
        "name": proof.name,
        "verdict": proof.verdict.value,
        "text": sentences.law(proof, lang),
        "because": list(sentences.law_reasons(proof.because, labels, lang)),
        "trace": list(proof.trace),
    }


def of_binding(binding: Binding, labels: Mapping[str, str], lang: str) -> Json:
    """Return what keeps the plan from more, in words."""
    return {
        "candidate": binding.offer.candidate.id,
        "minutes": figure(binding.offer.effect.minutes),
        "effect": of_effect(binding.offer.effect),
        "conditions": [of_precondition(each, labels, lang) for each in binding.conditions],
    }


def of_plan(
    plan: Plan, comparison: Comparison, executed: tuple[BranchRun, BranchRun], lang: str
) -> Json:
    """Return candidates and plan: what was applied, before, after, cut, costs and proof."""
    told = of_comparison(comparison, lang)
    names, labels = told.pop("names"), told.pop("labels")
    first = {**labels, **sentences.labels_of(plan.before, lang=lang)}  # what the readers know
    return {
        "candidates": of_candidates(plan, lang),
        "names": names,
        "labels": first,
        "numbers": {step.id: step.number for step in plan.before.flow.steps if step.number},
        "plan": {
            "applied": [
                {"id": each.id, "lever": each.lever, "targets": list(each.targets)}
                for each in plan.applied
            ],
            **told,
            **_sides(plan, comparison, lang),
            "workflow": of_workflow(*comparison.procedures, comparison.changes, lang),
            "cut_by_role": of_role_cuts(comparison.before, comparison.after),
            **of_wishes(plan),
            "reached": plan.reached,
            **of_explanations(plan, first, lang),
            "binding": [of_binding(each, labels, lang) for each in plan.explanation.binding],
            "proof": {
                "sound": all(
                    law.verdict.value == "pass" for law in plan.proofs if law.name == "soundness"
                ),
                "laws": [of_proof(each, labels, lang) for each in plan.proofs],
                "executed_branches": {
                    "before": of_run(executed[0]),
                    "after": of_run(executed[1]),
                },
            },
        },
    }


def _sides(plan: Plan, comparison: Comparison, lang: str) -> Json:
    """Return the step tables of both sides, and what an applicant does and pays on either."""
    convention = Convention.named(comparison.before.convention)
    sides = {"before": plan.before, "after": plan.after}
    return {
        "steps": {name: of_steps(side, convention, lang) for name, side in sides.items()},
        "work": {name: of_cost_rows(side) for name, side in sides.items()},
    }
