"""Why a change that passes is not in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import NotChosen, WhyNot
from tthc_flow.plan.problem import conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tthc_flow.model.lever import Candidate
    from tthc_flow.model.plan import Offer
    from tthc_flow.plan.choose import Choice
    from tthc_flow.plan.problem import Problem
    from tthc_flow.plan.rows import Clash


def not_chosen(problem: Problem, offered: Iterable[Offer], choice: Choice) -> tuple[NotChosen, ...]:
    """Return each of *offered* that passes and was not chosen, with the first reason that holds.

    Args:
        problem: What was asked.
        offered: All candidates, the compounds too.
        choice: What was chosen.
    """
    chosen = [each.candidate for each in choice.chosen]
    ids = {each.id for each in chosen}
    return tuple(
        _reason(problem, each.candidate, chosen, choice.clashes)
        for each in offered
        if each.candidate.verdict is Verdict.PASS and each.candidate.id not in ids
    )


def _reason(
    problem: Problem,
    candidate: Candidate,
    chosen: Sequence[Candidate],
    clashes: Iterable[Clash],
) -> NotChosen:
    why, beside = next(_reasons(problem, candidate, chosen, clashes))
    return NotChosen(candidate=candidate.id, why=why, beside=beside)


def _reasons(
    problem: Problem,
    candidate: Candidate,
    chosen: Sequence[Candidate],
    clashes: Iterable[Clash],
) -> Iterator[tuple[WhyNot, tuple[str, ...]]]:
    """Yield every reason, the strongest first; that it saves nothing holds where no other does."""
    ids = [each.id for each in chosen]
    if candidate.id in problem.wishes.forbidden:
        yield WhyNot.FORBIDDEN, ()
    if candidate.authority not in problem.wishes.authority:
        yield WhyNot.OTHER_AUTHORITY, ()
    if over_risk(problem, candidate):
        yield WhyNot.OVER_RISK, ()
    absent = tuple(each for each in candidate.needs if each not in ids)
    if absent:
        yield WhyNot.NEEDS_ABSENT, absent
    beside = tuple(each.id for each in chosen if conflict(candidate, each))
    if beside:
        yield WhyNot.CLASHES, beside
    for clash in clashes:
        others = clash.core - {candidate.id}
        if candidate.id in clash.core and others.issubset(ids):
            yield WhyNot.BREAKS_LAW, tuple(each for each in ids if each in others)
    if over_risk(problem, candidate, *chosen):
        yield WhyNot.OVER_RISK, tuple(each.id for each in chosen if each.risk)
    yield WhyNot.SAVES_NOTHING, ()


def over_risk(problem: Problem, *candidates: Candidate) -> bool:
    """Return whether *candidates* together are over the budget; an unknown risk is over any.

    Without a budget nothing is.
    """
    budget = problem.targets.risk
    if budget is None:
        return False
    known = [each.risk for each in candidates if each.risk is not None]
    return len(known) < len(candidates) or sum(known) > budget
