"""Making a plan: find, choose, apply, prove, measure again, until nothing more is found."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.errors import UnsoundFlow
from tthc_flow.measures.comparison import time_cut
from tthc_flow.measures.compliance_cost import CostMethod, benefit
from tthc_flow.measures.costs import cost
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.measures.procedure_changes import total_words
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.model.plan import Binding, Plan, Targets
from tthc_flow.model.procedure import TotalTime
from tthc_flow.plan.choose import choose
from tthc_flow.plan.offers import broken_laws, offers
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

OLD_TOTAL: Final = "trước khi đơn giản hóa"
ROUNDS: Final = 8
"""A cut can bring steps of one performer together; what that opens is looked for again.

Each round takes something out, so a search ends by itself; this bounds it on any input."""


def plan(
    procedure: Procedure,
    levers: Sequence[Lever],
    *,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
    convention: Convention = DEFAULT_CONVENTION,
) -> Plan:
    """Return the best lawful set of changes of *procedure*, applied and proven.

    Only candidates whose every precondition passes are chosen; an unknown one stays an offer
    with its open question. The norm time is made as short as can be; whether that reaches
    *targets* is then measured on the final flow, never summed.

    Args:
        procedure: A procedure whose flow is sound.
        levers: The moves to look for, in report order.
        targets: The cuts asked for, as shares of before.
        convention: The time convention.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> plan(Procedure(flow=Flow(id="p")), ()).applied
        ()

    Source: domain rules of plan 949/KH-UBND; exact choice by mixed-integer programme.
    """
    first = offers(procedure, levers, convention)
    after, applied = procedure, list[Candidate]()
    found, known = first, set[str]()
    for _ in range(ROUNDS):
        after, more = _apply_best(procedure, after, found, levers, convention)
        if not more:
            break
        applied += more
        known |= {candidate.id for candidate in more}
        found = offers(after, levers, convention, frozenset(known))
    after = _still_assumed(_without_old_total(procedure, after, convention))
    return Plan(
        before=procedure,
        after=after,
        offers=first,
        applied=tuple(applied),
        proofs=prove(procedure, after),
        targets=targets,
        reached=_reached(procedure, after, targets, convention),
        binding=_binding(found),
    )


def _without_old_total(before: Procedure, after: Procedure, convention: Convention) -> Procedure:
    """Return *after* with its total open where the steps take another time than *before*.

    The declared total was that of the old steps; nobody has declared a new one.
    """
    total = before.total_time
    was, now = norm_time(before.flow, convention), norm_time(after.flow, convention)
    same = (was.work, set(was.unknown)) == (now.work, set(now.unknown))
    if same or (total.duration is None and not total.alternatives):
        return after
    told = total.printed or total_words(total)
    return evolve(after, total_time=TotalTime(printed=f"{OLD_TOTAL}: {told}"))


def _still_assumed(after: Procedure) -> Procedure:
    """Return *after* with the assumptions about elements that it still has."""
    there = {None, after.flow.id, *after.flow.by_id}
    kept = tuple(each for each in after.assumptions if each.element in there)
    return evolve(after, assumptions=kept)


def _apply_best(
    origin: Procedure,
    procedure: Procedure,
    found: Sequence[Offer],
    levers: Sequence[Lever],
    convention: Convention,
) -> tuple[Procedure, list[Candidate]]:
    """Choose among *found* and apply; a set that breaks a law of *origin* is chosen no more."""
    passing = [offer for offer in found if offer.candidate.verdict is Verdict.PASS]
    by_id = {lever.id: lever for lever in levers}
    barred: list[frozenset[str]] = []
    while True:
        chosen = choose(procedure, passing, levers, convention, barred)
        picked = [offer.candidate for offer in chosen]
        after = _lawful(origin, procedure, picked, by_id)
        if after is not None:
            return after, picked
        barred.append(_smallest_clash(origin, procedure, picked, by_id))


def _lawful(
    origin: Procedure,
    procedure: Procedure,
    picked: Sequence[Candidate],
    by_id: Mapping[str, Lever],
) -> Procedure | None:
    """Return *procedure* with *picked* applied, or ``None`` where that breaks a law of *origin*."""
    after = procedure
    try:
        for candidate in picked:
            after = by_id[candidate.lever].apply(after, candidate)
    except UnsoundFlow:
        return None  # one took away what another needs
    proven = not picked or (procedure is origin and len(picked) == 1)  # alone, as an offer
    return after if proven or not any(broken_laws(origin, after)) else None


def _smallest_clash(
    origin: Procedure,
    procedure: Procedure,
    picked: Sequence[Candidate],
    by_id: Mapping[str, Lever],
) -> frozenset[str]:
    """Return a part of *picked* that breaks a law, and of which no part does without one of it."""
    clash = list(picked)
    for candidate in picked:
        fewer = [each for each in clash if each is not candidate]
        if _lawful(origin, procedure, fewer, by_id) is None:
            clash = fewer
    return frozenset(candidate.id for candidate in clash)


def _reached(
    before: Procedure, after: Procedure, targets: Targets, convention: Convention
) -> bool | None:
    """Return whether every asked target is reached: no where one is surely missed.

    ``None`` where no target was asked, or one cannot be known and none is missed. The cost is
    that of the official formula; shortening an agency's step saves nothing by it.
    """
    met: list[bool | None] = []
    if targets.time is not None:
        share = time_cut(norm_time(before.flow, convention), norm_time(after.flow, convention))
        met.append(None if share is None else share >= targets.time)
    if targets.cost is not None:
        costs = (cost(each, CostMethod.TT02_2017, convention) for each in (before, after))
        rate = benefit(*costs).rate
        met.append(None if rate is None else rate >= targets.cost)
    if False in met:
        return False
    return None if None in met or not met else True


def _binding(found: Sequence[Offer]) -> tuple[Binding, ...]:
    """Return what keeps more from being cut, the most minutes first.

    The offers are those of the final flow: what each would cut besides all that was applied.
    """
    held = [offer for offer in found if offer.candidate.verdict is not Verdict.PASS]
    held.sort(key=lambda offer: (-(offer.effect.minutes or Fraction(0)), offer.candidate.id))
    return tuple(
        Binding(
            offer=offer,
            conditions=tuple(
                c for c in offer.candidate.preconditions if c.verdict is not Verdict.PASS
            ),
        )
        for offer in held
    )
