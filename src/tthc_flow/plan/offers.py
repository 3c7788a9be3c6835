"""Offers: every candidate of a procedure, with what it changes when applied alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.errors import TthcFlowError
from tthc_flow.graph.patch import patch
from tthc_flow.graph.remembered import remembered_with
from tthc_flow.measures.local_saving import basis_of, local_saving
from tthc_flow.measures.savings import saving, sized
from tthc_flow.model.lever import Effect, Precondition, Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.model.procedure import CostMethod
from tthc_flow.plan.made import made
from tthc_flow.proof.locally import surely_kept
from tthc_flow.proof.prove import prove

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.graph.patch import Patch
    from tthc_flow.measures.local_saving import Basis
    from tthc_flow.measures.savings import Sized
    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class _Ground:
    """What all candidates stand on: the procedure measured, and laid out where that is exact."""

    sized: Sized
    basis: Basis | None
    convention: Convention


def offers(
    procedure: Procedure,
    levers: Sequence[Lever],
    convention: Convention,
    known: frozenset[str] = frozenset(),
    method: CostMethod = CostMethod.TT02_2017,
) -> tuple[Offer, ...]:
    """Return every candidate of *levers* on *procedure*, in lever order, with its own effect.

    Candidates whose id is *known* are left out. The cost that each saves is by *method*.

    Each candidate whose preconditions pass is applied alone and proven. A law of the flow that it
    would break becomes a failed precondition named after the law: the net under every lever. What
    one that does not pass would save is worked out when it is asked for. What
    a candidate does not touch is neither measured nor proven again: see ``local_saving`` and
    ``surely_kept``, which tell the same as in full or leave it to be done in full.
    """
    ground = _ground_of(procedure, convention, method)
    return tuple(
        _offer(ground, lever, candidate)
        for lever in levers
        for candidate in lever.find(procedure)
        if candidate.id not in known
    )


@remembered_with
def _ground_of(procedure: Procedure, convention: Convention, method: CostMethod) -> _Ground:
    before = sized(procedure, convention, method)
    return _Ground(sized=before, basis=basis_of(before, convention), convention=convention)


def _offer(ground: _Ground, lever: Lever, candidate: Candidate) -> Offer:
    before = ground.sized.procedure
    try:
        after = made(lever, before, candidate)
    except TthcFlowError as error:
        barred = Precondition(
            name="can-be-rewritten", verdict=Verdict.FAIL, because=(("error", error.code),)
        )
        return Offer(candidate=_with(candidate, barred), measured=Effect())
    if candidate.verdict is not Verdict.PASS:
        asked = ground.convention, ground.sized.cost.method
        return Offer(candidate=candidate, measured=partial(_saved, before, after, *asked))
    part = _part(ground, after)
    lawful = _with(candidate, *broken_laws(before, after, part))
    return Offer(candidate=lawful, measured=_effect(ground, after, part))


def _saved(
    before: Procedure, after: Procedure, convention: Convention, method: CostMethod
) -> Effect:
    ground = _ground_of(before, convention, method)
    return _effect(ground, after, _part(ground, after))


def _part(ground: _Ground, after: Procedure) -> Patch | None:
    """Return the part of the flow that *after* changes, where that alone is exact."""
    return None if ground.basis is None else patch(ground.sized.procedure.flow, after.flow)


def _with(candidate: Candidate, *conditions: Precondition) -> Candidate:
    if not conditions:
        return candidate
    return evolve(candidate, preconditions=(*candidate.preconditions, *conditions))


def broken_laws(
    before: Procedure, after: Procedure, part: Patch | None = None
) -> Iterator[Precondition]:
    """Yield a failed precondition for each law that *after* breaks.

    Where *part* tells all that it changes, laws that only ask about the rest are not proven again.
    """
    kept = frozenset[str]() if part is None else surely_kept(before, after, part)
    for proof in prove(before, after, kept):
        if proof.verdict is Verdict.FAIL:
            law = f"keeps-{proof.name}"
            yield Precondition(name=law, verdict=Verdict.FAIL, because=proof.because)


def _effect(ground: _Ground, after: Procedure, part: Patch | None) -> Effect:
    """Return before minus after, by what *part* touches where that tells, else in full."""
    if ground.basis is not None and part is not None:
        saved = local_saving(ground.basis, after, part)
        if saved is not None:
            return saved
    method = ground.sized.cost.method
    return saving(ground.sized, sized(after, ground.convention, method))
