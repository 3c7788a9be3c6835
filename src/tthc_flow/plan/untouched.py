"""Why a step stays as it is: every step that no applied change touches, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Reason, Untouched
from tthc_flow.model.step import StepKind
from tthc_flow.proof.gates.amending import is_national

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.law import LegalBasis
    from tthc_flow.model.lever import Candidate, Lever, Precondition
    from tthc_flow.model.plan import NotChosen, Plan
    from tthc_flow.model.step import Step

_NEEDED: Final = (StepKind.RECEIVE, StepKind.SIGN, StepKind.RETURN, StepKind.COUNCIL)
"""Work that every case needs somewhere: nobody drops it without another step that does it."""


_ANY: Final = frozenset(StepKind)
"""A lever for any kind of work looks at who does it: it has not looked at the work."""


def untouched(plan: Plan, levers: Sequence[Lever]) -> tuple[Untouched, ...]:
    """Return every step of "before" that no applied change touches, each with at least one reason.

    The strongest reason comes first: a text demands it; a change rests on it; each candidate there
    is barred, open, or not chosen; a case needs such work; the levers that look at such work found
    nothing; nobody said what kind of work it is.

    Args:
        plan: A plan with its offers, what was applied, and what was not chosen.
        levers: The levers that were looked for.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.plan.make import plan
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> [each.reasons[0].code for each in untouched(plan(one, ()), ())]
        ['untouched-unclassified']

    Source: domain rule of this project: who signs a proposal asks of each step why it is left.
    """
    touched = {target for each in plan.applied for target in each.targets}
    resting: dict[str, list[str]] = {}
    for each in plan.applied:
        for anchor in each.anchors:
            resting.setdefault(anchor, []).append(each.lever)
    about: dict[str, list[Candidate]] = {}
    for offer in plan.offers:
        for target in offer.candidate.targets:
            about.setdefault(target, []).append(offer.candidate)
    why_not = {each.candidate: each for each in plan.not_chosen}
    found = []
    for step in plan.before.flow.steps:
        if step.id in touched:
            continue
        reasons = (
            *_demanded(step),
            *(
                Reason(code="untouched-anchor", values=(("lever", each),))
                for each in resting.get(step.id, ())
            ),
            *_candidates(about.get(step.id, ()), why_not),
            *_kind(step, levers, {each.lever for each in about.get(step.id, ())}),
        )
        found.append(Untouched(step=step.id, reasons=reasons))
    return tuple(found)


def _demanded(step: Step) -> Iterator[Reason]:
    """Yield that a text which the province cannot amend demands *step*, or that it is said to."""
    national: LegalBasis | None = next(filter(is_national, step.legal_basis), None)
    if national is not None:
        place = f"{national.clause} {national.document}" if national.clause else national.document
        yield Reason(code="untouched-demanded", values=(("document", place),), rule=national)
    elif step.mandatory:
        yield Reason(code="untouched-mandatory")


def _candidates(
    candidates: Sequence[Candidate], why_not: Mapping[str, NotChosen]
) -> Iterator[Reason]:
    """Yield why none of *candidates* about a step was applied: the barred first, then the open."""
    order = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)
    for candidate in sorted(candidates, key=lambda each: order.index(each.verdict)):
        match candidate.verdict:
            case Verdict.PASS:
                not_chosen = why_not.get(candidate.id)
                why = "other" if not_chosen is None else not_chosen.why.value
                values = (("lever", candidate.lever), ("why", f"not-chosen-{why}"))
                yield Reason(code="untouched-not-chosen", values=values)
            case verdict:
                condition = next(c for c in candidate.preconditions if c.verdict is verdict)
                code = "untouched-barred" if verdict is Verdict.FAIL else "untouched-open"
                yield _of_condition(code, candidate, condition)


def _of_condition(code: str, candidate: Candidate, condition: Precondition) -> Reason:
    return Reason(
        code=code,
        values=(("lever", candidate.lever), ("condition", condition.name)),
        rule=condition.rule,
        source=condition.source,
    )


def _kind(step: Step, levers: Sequence[Lever], offered: set[str]) -> Iterator[Reason]:
    """Yield what the kind of work says, and which levers looked at it and found nothing."""
    if step.automatic:
        yield Reason(code="untouched-automatic")
        return
    if step.kind is None:
        yield Reason(code="untouched-unclassified")
        return
    needed = next((kind for kind in _NEEDED if kind in step.kinds), None)
    if needed is not None:
        yield Reason(code="untouched-needed", values=(("kinds", needed.value),))
    looked = [
        lever.id
        for lever in levers
        if lever.kinds & {*step.kinds} and lever.kinds != _ANY and lever.id not in offered
    ]
    if looked:
        yield Reason(code="untouched-not-found", values=(("levers", " ".join(looked)),))
    elif needed is None and not offered:
        yield Reason(code="untouched-no-lever", values=(("kinds", step.kind.value),))
