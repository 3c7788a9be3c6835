"""What a plan was asked for, and what stands in its way, as a record and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.plan import Objective
from tthc_flow.report import amounts
from tthc_flow.report.figures import input_words
from tthc_flow.report.record import Json, figure
from tthc_flow.report.sentences import demand
from tthc_flow.report.texts import text
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.plan import Bound, Plan

_HANDS: Final = frozenset(
    {Objective.HAND_OFFS, Objective.PERFORMERS, Objective.LEVELS, Objective.STRUCTURE}
)
"""Objectives under which the hand-offs that are left are told."""


def of_wishes(plan: Plan) -> Json:
    """Return what was asked for: targets, objective, pins and what stays out, with the reasons."""
    targets, wishes = plan.targets, plan.wishes
    return {
        "targets": {
            "time": figure(targets.time),
            "cost": figure(targets.cost),
            "cost_method": targets.cost_method.value,
            "hand_offs": targets.hand_offs,
            "risk": figure(targets.risk),
        },
        "objective": plan.objective.value,
        "wishes": {
            "objective": None if wishes.objective is None else wishes.objective.value,
            "authority": sorted(each.value for each in wishes.authority),
            "pinned": _reasoned(plan, wishes.pinned),
            "forbidden": _reasoned(plan, wishes.forbidden),
        },
    }


def _reasoned(plan: Plan, candidates: tuple[str, ...]) -> list[Json]:
    return [
        {"candidate": each, "reason": plan.wishes.reason(each)}
        for each in dict.fromkeys(candidates)
    ]


def because(reason: str, lang: str) -> str:
    """Return *reason* as it is added to a sentence; nothing where there is none.

    Example:
        >>> because("đang thí điểm", "vi")
        ' (lý do: đang thí điểm)'
    """
    return f" ({text('wish-reason', lang, reason=reason)})" if reason else ""


def of_bound(found: Bound, plan: Plan, labels: Mapping[str, str], lang: str) -> Json:
    """Return one constraint, and what the best plan would reach without it, in words.

    Args:
        found: The constraint.
        plan: The plan, which says what was asked for.
        labels: What candidates and elements are called, by their ids.
        lang: ``vi`` or ``en``.
    """
    values = {name: _value(name, value, labels, lang) for name, value in found.values}
    told = message(found.code, values, lang).text
    if found.code in {"bound-forbidden", "bound-pinned"}:
        told += because(plan.wishes.reason(dict(found.values)["candidate"]), lang)
    return {
        "code": found.code,
        "minutes": figure(found.minutes),
        "cost": figure(found.cost),
        "hand_offs": found.hand_offs,
        "reaches": found.reaches,
        "text": told + _reached(found, plan, lang),
    }


def _reached(found: Bound, plan: Plan, lang: str) -> str:
    """Return the figures of *found* in the measures that were asked for, and whether they do."""
    if found.hand_offs is None:
        return ""
    targets, figures = plan.targets, list[str]()
    if found.minutes is not None:
        figures.append(text("reaches-time", lang, time=amounts.days(float(found.minutes), lang)))
    if targets.hand_offs is not None or plan.objective in _HANDS:
        figures.append(text("reaches-hand-offs", lang, count=found.hand_offs))
    if targets.cost is not None and found.cost is not None:
        figures.append(text("reaches-cost", lang, cost=amounts.money(float(found.cost), lang)))
    verdict = {True: "reaches-yes", False: "reaches-no", None: "reaches-open"}[found.reaches]
    told = "; ".join((*figures, text(verdict, lang)))
    code = "reaches-best" if found.code == "bound-best" else "reaches-lifted"
    return f". {text(code, lang, figures=told)}"


def _value(name: str, value: str, labels: Mapping[str, str], lang: str) -> str:
    parts = value.split(", ")
    match name:
        case "candidate" | "beside":
            return "; ".join(labels.get(each, each) for each in parts)
        case "steps":
            return ", ".join(labels.get(each, each) for each in parts)
        case "conditions":
            return ", ".join(demand(each, lang) for each in parts)
        case "authority":
            return ", ".join(text(f"authority-{each}", lang) for each in parts)
        case "target":
            return text(f"target-of-{value}", lang)
        case "method":
            return text(f"by-{value}", lang)
        case "missing":
            return "; ".join(input_words(each, lang) for each in parts)
        case _:
            return value


def objective_line(plan: Mapping[str, Any], lang: str) -> str:
    """Return the sentence that names what was made small first, and why without a wish.

    Args:
        plan: The part ``plan`` of what ``tthc-flow propose --json`` prints.
        lang: ``vi`` or ``en``.
    """
    words = text(f"objective-{plan['objective']}", lang)
    method = text(f"by-{plan['targets']['cost_method']}", lang)
    if plan["objective"] == Objective.COST:
        words += f" ({method})"
    taken = plan["wishes"]["objective"] is None and plan["objective"] != Objective.TIME
    code = "objective-taken" if taken else "objective-line"
    return text(code, lang, objective=words)
