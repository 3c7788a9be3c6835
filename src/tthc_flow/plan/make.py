"""Making a plan: find, choose, apply, prove, measure again, until nothing more is found."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.measures.aggregate import cut
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.lever import Candidate, Verdict
from tthc_flow.model.plan import Binding, Plan, Targets
from tthc_flow.plan.choose import choose
from tthc_flow.plan.offers import broken_laws, offers
from tthc_flow.proof.prove import prove
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.lever import Lever
    from tthc_flow.model.plan import Offer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

ROUNDS: Final = 3
"""A cut can bring steps of one performer together; what that opens is looked for again."""


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
        after, more = _apply_best(after, found, levers, convention)
        if not more:
            break
        applied += more
        known |= {candidate.id for candidate in more}
        known |= {o.candidate.id for o in found if o.candidate.verdict is not Verdict.PASS}
        found = offers(after, levers, convention, frozenset(known))
    return Plan(
        before=procedure,
        after=after,
        offers=first,
        applied=tuple(applied),
        proofs=prove(procedure, after),
        targets=targets,
        reached=_reached(procedure, after, targets, convention),
        binding=_binding(first),
    )


def _apply_best(
    procedure: Procedure,
    found: Sequence[Offer],
    levers: Sequence[Lever],
    convention: Convention,
) -> tuple[Procedure, list[Candidate]]:
    """Choose among *found* and apply; a set that breaks a law together is barred and re-chosen."""
    passing = [offer for offer in found if offer.candidate.verdict is Verdict.PASS]
    barred: list[frozenset[str]] = []
    while True:
        chosen = choose(procedure, passing, levers, convention, barred)
        after, applied, clash = _apply(procedure, chosen, levers)
        if clash is None:
            return after, applied
        barred.append(clash)


def _apply(
    procedure: Procedure, chosen: Sequence[Offer], levers: Sequence[Lever]
) -> tuple[Procedure, list[Candidate], frozenset[str] | None]:
    """Apply *chosen* one by one; return also the ids of a set that breaks a law together."""
    by_id = {lever.id: lever for lever in levers}
    after, applied = procedure, list[Candidate]()
    for offer in chosen:
        after = by_id[offer.candidate.lever].apply(after, offer.candidate)
        applied.append(offer.candidate)
    if len(applied) > 1 and any(broken_laws(procedure, after)):
        return procedure, [], _smallest_clash(procedure, applied, by_id)
    return after, applied, None


def _smallest_clash(
    procedure: Procedure, applied: Sequence[Candidate], by_id: dict[str, Lever]
) -> frozenset[str]:
    """Return the shortest beginning of *applied* that breaks a law."""
    after, ids = procedure, list[str]()
    for candidate in applied:
        after = by_id[candidate.lever].apply(after, candidate)
        ids.append(candidate.id)
        if any(broken_laws(procedure, after)):
            break
    return frozenset(ids)


def _reached(
    before: Procedure, after: Procedure, targets: Targets, convention: Convention
) -> bool | None:
    """Return whether the time cut reaches its target; ``None`` where a time is unknown."""
    if targets.time is None:
        return None
    one, two = norm_time(before.flow, convention).work, norm_time(after.flow, convention).work
    share = None if one is None or two is None else cut(one.minutes, two.minutes)
    return None if share is None else share >= targets.time


def _binding(found: Sequence[Offer]) -> tuple[Binding, ...]:
    """Return what keeps more from being cut, the most minutes first."""
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
