"""The record of a proposal: candidates with their reasons, and the plan with its proof.

A continuation of :mod:`tthc_flow.report.record`, in the same shape and under the same version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report import sentences
from tthc_flow.report.record import Json, figure, of_comparison, of_run, of_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.engine.run import BranchRun
    from tthc_flow.measures.comparison import Comparison
    from tthc_flow.model.lever import Evidence, Lever, Precondition
    from tthc_flow.model.plan import Binding, Offer, Plan, Proof
    from tthc_flow.model.procedure import Procedure


def of_precondition(condition: Precondition, lang: str) -> Json:
    """Return one precondition: what it demands, its verdict, why, and the open question."""
    return {
        "name": condition.name,
        "verdict": condition.verdict.value,
        "text": sentences.condition(condition, lang),
        "because": list(sentences.reasons(condition, lang)),
        "source": of_source(condition.source),
        "question": sentences.question(condition, lang),
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


def of_offer(offer: Offer, plan: Plan, titles: dict[str, str], lang: str) -> Json:
    """Return a candidate with its own effect and whether the plan applied it."""
    candidate, effect = offer.candidate, offer.effect
    return {
        "id": candidate.id,
        "lever": candidate.lever,
        "title": titles[candidate.lever],
        "targets": list(candidate.targets),
        "anchor": candidate.anchor,
        "verdict": candidate.verdict.value,
        "applied": any(each.id == candidate.id for each in plan.applied),
        "preconditions": [of_precondition(each, lang) for each in candidate.preconditions],
        "authority": candidate.authority.value,
        "instrument": candidate.instrument,
        "evidence": [of_evidence(each, plan.before, lang) for each in candidate.evidence],
        "effect": {
            "minutes": figure(effect.minutes),
            "steps": effect.steps,
            "hand_offs": effect.hand_offs,
            "performers": effect.performers,
            "documents": effect.documents,
            "visits": effect.visits,
        },
    }


def of_proof(proof: Proof, lang: str) -> Json:
    """Return one law, its verdict, and the firing sequence that refutes it."""
    return {
        "name": proof.name,
        "verdict": proof.verdict.value,
        "text": sentences.law(proof, lang),
        "because": list(sentences.law_reasons(proof.because, lang)),
        "trace": list(proof.trace),
    }


def of_binding(binding: Binding, lang: str) -> Json:
    """Return what keeps the plan from more, in words."""
    return {
        "candidate": binding.offer.candidate.id,
        "minutes": figure(binding.offer.effect.minutes),
        "conditions": [of_precondition(each, lang) for each in binding.conditions],
    }


def of_plan(
    plan: Plan,
    comparison: Comparison,
    executed: tuple[BranchRun, BranchRun],
    levers: Iterable[Lever],
    lang: str,
) -> Json:
    """Return candidates and plan: what was applied, before, after, cut and proof."""
    titles = {lever.id: lever.title for lever in levers}
    told = of_comparison(comparison, lang)
    return {
        "candidates": [of_offer(each, plan, titles, lang) for each in plan.offers],
        "plan": {
            "applied": [
                {"id": each.id, "lever": each.lever, "targets": list(each.targets)}
                for each in plan.applied
            ],
            "before": told["before"],
            "after": told["after"],
            "cut": told["cut"],
            "benefits": told["benefits"],
            "changes": told["changes"],
            "targets": {"time": figure(plan.targets.time), "cost": figure(plan.targets.cost)},
            "reached": plan.reached,
            "binding": [of_binding(each, lang) for each in plan.binding],
            "proof": {
                "sound": all(
                    law.verdict.value == "pass" for law in plan.proofs if law.name == "soundness"
                ),
                "laws": [of_proof(each, lang) for each in plan.proofs],
                "executed_branches": {
                    "before": of_run(executed[0]),
                    "after": of_run(executed[1]),
                },
            },
        },
    }
