"""Why the plan is as it is, as a record: each change's own part, what was left, what stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.wording import kind_words
from tthc_flow.model.plan import WhyNot
from tthc_flow.model.step import StepKind
from tthc_flow.plan.roadmap import roadmap
from tthc_flow.report.english import english
from tthc_flow.report.record import Json, figure, of_source
from tthc_flow.report.sentences import demand
from tthc_flow.report.texts import text
from tthc_flow.report.wishes import because, of_bound
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.law import Instrument, LegalBasis
    from tthc_flow.model.lever import Candidate, Effect, Handing
    from tthc_flow.model.plan import Attribution, NotChosen, Plan, Reason, Tradeoff


def of_effect(effect: Effect) -> Json:
    """Return what a change saves: before minus after."""
    return {
        "minutes": figure(effect.minutes),
        "cost": figure(effect.cost),
        "steps": effect.steps,
        "hand_offs": effect.hand_offs,
        "performers": effect.performers,
        "levels": effect.levels,
        "documents": effect.documents,
        "visits": effect.visits,
        "eased": effect.eased,
    }


def of_rule(rule: LegalBasis | None) -> Json | None:
    """Return the text that supports or forbids."""
    if rule is None:
        return None
    return {"document": rule.document, "clause": rule.clause, "rank": rule.rank.value}


def of_instrument(instrument: Instrument) -> Json:
    """Return a text to issue or amend: by whom, and whether the province may."""
    return {
        "title": instrument.title,
        "authority": instrument.authority.value,
        "body": None if instrument.body is None else instrument.body.value,
        "amends": of_rule(instrument.amends),
        "because": dict(instrument.because),
        "question": instrument.question,
    }


def of_handing(handing: Handing | None, lang: str) -> Json | None:
    """Return a decision that is handed down: from, to, form, period, conditions, to publish."""
    if handing is None:
        return None
    return {
        "giver": handing.giver.name,
        "receiver": handing.receiver.name,
        "form": handing.form.value,
        "form_text": text(f"form-{handing.form.value}", lang),
        "period": handing.period,
        "conditions": [message(code, {}, lang).text for code in handing.conditions],
        "republish": [message(code, {}, lang).text for code in handing.republish],
    }


def of_grounds(candidate: Candidate, lang: str) -> Json:
    """Return what a candidate rests on besides its conditions."""
    return {
        "anchors": list(candidate.anchors),
        "needs": list(candidate.needs),
        "amends": [of_instrument(each) for each in candidate.amends],
        "handing": of_handing(candidate.handing, lang),
        "terms": dict(candidate.terms),
        "risk": figure(candidate.risk),
        "confidence": candidate.confidence.value,
        "confidence_text": text(f"confidence-{candidate.confidence.value}", lang),
        "necessity": candidate.necessity.value,
    }


def of_explanations(plan: Plan, labels: Mapping[str, str], lang: str) -> Json:
    """Return why the plan is as it is.

    Args:
        plan: The plan.
        labels: What elements are called, by their ids.
        lang: ``vi`` or ``en``.

    Source: domain rule of this project: a head of agency signs what is explained.
    """
    titles = _titles(plan, labels, lang)
    return {
        "optimal": plan.optimal,
        "attributions": [_attribution(each, titles) for each in plan.explanation.attributions],
        "not_chosen": [_not_chosen(each, plan, titles, lang) for each in plan.not_chosen],
        "bounds": [
            of_bound(each, plan, {**labels, **titles}, lang) for each in plan.explanation.bounds
        ],
        "frontier": [_tradeoff(each) for each in plan.explanation.frontier],
        "roadmap": [
            {
                "authority": stage.authority.value,
                "instrument": None if stage.instrument is None else of_instrument(stage.instrument),
                "candidates": list(stage.candidates),
                "titles": [titles.get(each, each) for each in stage.candidates],
            }
            for stage in roadmap(plan)
        ],
        "untouched": [
            {
                "step": each.step,
                "label": labels.get(each.step, each.step),
                "reasons": [of_reason(reason, lang) for reason in each.reasons],
            }
            for each in plan.untouched
        ],
    }


def _titles(plan: Plan, labels: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return how every candidate is called: its lever, and the elements that it changes."""
    every = (*(each.candidate for each in plan.offers), *plan.applied)
    opened = (each.offer.candidate for each in plan.explanation.binding)
    return {
        each.id: f"{text(f'lever-{each.lever}', lang)}: "
        + ", ".join(labels.get(target, target) for target in each.targets)
        for each in (*opened, *every)
    }


def _attribution(found: Attribution, titles: Mapping[str, str]) -> Json:
    return {
        "candidate": found.candidate,
        "title": titles.get(found.candidate, found.candidate),
        "alone": None if found.alone is None else of_effect(found.alone),
        "marginal": of_effect(found.marginal),
    }


def _not_chosen(found: NotChosen, plan: Plan, titles: Mapping[str, str], lang: str) -> Json:
    beside = "; ".join(titles.get(each, each) for each in found.beside)
    told = text(f"not-chosen-{found.why.value}", lang)
    if found.why is WhyNot.FORBIDDEN:
        told += because(plan.wishes.reason(found.candidate), lang)
    return {
        "candidate": found.candidate,
        "title": titles.get(found.candidate, found.candidate),
        "why": found.why.value,
        "beside": list(found.beside),
        "text": f"{told} ({beside})" if beside else told,
    }


def _tradeoff(found: Tradeoff) -> Json:
    return {
        "minutes": figure(found.minutes),
        "cost": figure(found.cost),
        "risk": figure(found.risk),
        "hand_offs": found.hand_offs,
        "chosen": list(found.chosen),
    }


def of_reason(reason: Reason, lang: str) -> Json:
    """Return one reason why a step stays, with the text behind it."""
    values = {name: _said(name, value, lang) for name, value in reason.values}
    return {
        "code": reason.code,
        "text": message(reason.code, values, lang).text,
        "rule": of_rule(reason.rule),
        "source": of_source(reason.source),
    }


def _said(name: str, value: str, lang: str) -> str:
    match name:
        case "lever":
            return text(f"lever-{value}", lang)
        case "levers":
            return "; ".join(text(f"lever-{each}", lang) for each in value.split())
        case "condition":
            return demand(value, lang)
        case "why":
            return text(value, lang)
        case "kinds":
            words = kind_words((StepKind(value),))
            return english(words) if lang == "en" else words
        case _:
            return value
