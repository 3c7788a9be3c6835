"""Which proposals are trusted least: a rule over what the plans know, and which of them are listed.

The doubt of a proposal is the sum of five shares, each 0 to 1, all from the plan: see ``RULE``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen
from tools.real_tables_plans import standing

from tthc_flow.model.lever import Confidence, Verdict
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tools.real_tables_plans import Planned

    from tthc_flow.model.lever import Precondition
    from tthc_flow.model.plan import Offer

LEAST: Final = 10
OF_ONE_LEVER: Final = 2
WORST_RISK: Final = 6
"""Points of one check with high harm that cannot be undone; see ``proof/gates/risk.py``."""

RULE: Final = f"""Five shares of doubt, 0 to 1 each, are added for every proposal that is applied or
offered:

1. **evidence**: stated 0, read from printed words ½, the drawing had to be assumed 1;
2. **risk**: points by {WORST_RISK}, 1 where the harm of leaving the check out is not known;
3. **questions**: the share of its conditions that nobody has answered;
4. **facts**: of eight facts of each step it changes (reads, writes, criteria, decides, legal basis,
   harm, mandatory, how many are rejected), the share that nobody has stated;
5. **match**: 1 where it rests on comparing two steps whose documents are not both stated (by words
   and place alone), ½ where it takes one of several kinds of work of a row, else 0.

The most doubt first; at a tie the one that would cut more time. Of one lever on one published
decision only the first is listed, and of one lever at most {OF_ONE_LEVER}: else copies of one
row would fill the list. **Read** is the judgement of whoever read the table."""

_EVIDENCE: Final = {
    Confidence.STATED: Fraction(0),
    Confidence.READ: Fraction(1, 2),
    Confidence.ASSUMED: Fraction(1),
}


@frozen(kw_only=True)
class Doubt:
    """Why one proposal is trusted little: the five shares."""

    evidence: Fraction
    risk: Fraction
    questions: Fraction
    facts: Fraction
    match: Fraction

    @property
    def total(self) -> Fraction:
        """Return the sum of the shares."""
        return self.evidence + self.risk + self.questions + self.facts + self.match


@frozen(kw_only=True)
class Proposal:
    """A candidate that a plan applies or offers, with the doubt about it."""

    planned: Planned
    offer: Offer
    applied: bool
    doubt: Doubt

    @property
    def key(self) -> tuple[str, str]:
        """Return the names of its table and of itself."""
        return self.planned.name, self.offer.candidate.id

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps that it changes."""
        return _steps(self.planned, self.offer.candidate.targets)

    @property
    def rests_on(self) -> tuple[Step, ...]:
        """Return the steps that it rests on and leaves as they are."""
        return _steps(self.planned, self.offer.candidate.anchors)

    @property
    def open(self) -> tuple[Precondition, ...]:
        """Return the conditions that nobody has answered."""
        conditions = self.offer.candidate.preconditions
        return tuple(each for each in conditions if each.verdict is Verdict.UNKNOWN)


def _steps(planned: Planned, ids: Iterable[str]) -> tuple[Step, ...]:
    nodes = (planned.plan.before.flow.by_id.get(each) for each in ids)
    return tuple(node for node in nodes if isinstance(node, Step))


def proposals(plans: Iterable[Planned]) -> list[Proposal]:
    """Return what the plans apply or offer, the least trusted first."""
    found = [
        Proposal(
            planned=each,
            offer=offer,
            applied=offer.candidate in each.plan.applied,
            doubt=doubt_of(each, offer),
        )
        for each in plans
        for offer in each.plan.offers
        if standing(offer.candidate) in {"pass", "open"}
    ]
    return sorted(found, key=_order)


def _order(proposal: Proposal) -> tuple[Fraction, Fraction, tuple[str, str]]:
    saved = proposal.offer.effect.minutes or Fraction(0)
    return -proposal.doubt.total, -saved, proposal.key


def least_trusted(found: Sequence[Proposal]) -> list[Proposal]:
    """Return the first ``LEAST`` of *found*, so many of one lever and of one decision as told."""
    chosen: list[Proposal] = []
    taken: list[tuple[str, str | None]] = []
    for each in found:
        lever, source = each.offer.candidate.lever, each.planned.plan.before.source
        about = (lever, None if source is None else source.document)
        if about in taken or sum(one == lever for one, _ in taken) == OF_ONE_LEVER:
            continue
        taken.append(about)
        chosen.append(each)
    return chosen[:LEAST]


def doubt_of(planned: Planned, offer: Offer) -> Doubt:
    """Return the doubt about *offer*, by the rule."""
    candidate = offer.candidate
    steps = _steps(planned, candidate.targets)
    compared = (*steps, *_steps(planned, candidate.anchors))
    conditions = candidate.preconditions
    unanswered = sum(each.verdict is Verdict.UNKNOWN for each in conditions)
    stated = [fact for step in steps for fact in _facts(step)]
    return Doubt(
        evidence=_EVIDENCE[candidate.confidence],
        risk=Fraction(1)
        if candidate.risk is None
        else min(Fraction(1), candidate.risk / WORST_RISK),
        questions=Fraction(unanswered, len(conditions)) if conditions else Fraction(0),
        facts=Fraction(stated.count(False), len(stated)) if stated else Fraction(1),
        match=_match(steps, compared),
    )


def _facts(step: Step) -> tuple[bool, ...]:
    """Return of each of the eight facts whether it is stated."""
    known = (step.reads, step.writes, step.criteria, step.decides, step.harm, step.mandatory)
    return (*(fact is not None for fact in known), bool(step.legal_basis), step.checked is not None)


def _match(steps: Sequence[Step], compared: Sequence[Step]) -> Fraction:
    stated = all(step.reads is not None and step.writes is not None for step in compared)
    if len(compared) > len(steps) and not stated:
        return Fraction(1)
    return Fraction(1, 2) if any(len(step.kinds) > 1 for step in steps) else Fraction(0)
