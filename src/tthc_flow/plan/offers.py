"""Offers: every candidate of a procedure, with what it changes when applied alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.errors import TthcFlowError
from tthc_flow.measures.size import size
from tthc_flow.model.lever import Effect, Precondition, Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.proof.prove import prove

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from tthc_flow.measures.size import Size
    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


def offers(
    procedure: Procedure,
    levers: Sequence[Lever],
    convention: Convention,
    known: frozenset[str] = frozenset(),
) -> tuple[Offer, ...]:
    """Return every candidate of *levers* on *procedure*, in lever order, with its own effect.

    Candidates whose id is *known* are left out.

    Each candidate whose preconditions pass is applied alone and proven. A law of the flow that it
    would break becomes a failed precondition named after the law: the net under every lever.
    """
    before = size(procedure, convention)
    return tuple(
        _offer(procedure, before, lever, candidate, convention)
        for lever in levers
        for candidate in lever.find(procedure)
        if candidate.id not in known
    )


def _offer(
    procedure: Procedure,
    before: Size,
    lever: Lever,
    candidate: Candidate,
    convention: Convention,
) -> Offer:
    try:
        after = lever.apply(procedure, candidate)
    except TthcFlowError as error:
        barred = Precondition(
            name="can-be-rewritten", verdict=Verdict.FAIL, because=(("error", error.code),)
        )
        return Offer(candidate=_with(candidate, barred), effect=Effect())
    if candidate.verdict is Verdict.PASS:
        candidate = _with(candidate, *broken_laws(procedure, after))
    return Offer(candidate=candidate, effect=_effect(before, size(after, convention)))


def _with(candidate: Candidate, *conditions: Precondition) -> Candidate:
    return evolve(candidate, preconditions=(*candidate.preconditions, *conditions))


def broken_laws(before: Procedure, after: Procedure) -> Iterator[Precondition]:
    """Yield a failed precondition for each law that *after* breaks."""
    for proof in prove(before, after):
        if proof.verdict is Verdict.FAIL:
            law = f"keeps-{proof.name}"
            yield Precondition(name=law, verdict=Verdict.FAIL, because=proof.because)


def _effect(before: Size, after: Size) -> Effect:
    """Return before minus after; a figure that is unknown on either side stays unknown."""
    return Effect(
        minutes=_saved(before, after),
        steps=before.steps - after.steps,
        hand_offs=before.hand_offs - after.hand_offs,
        performers=before.performers - after.performers,
        documents=(before.documents or 0) - (after.documents or 0),
        visits=(before.visits or 0) - (after.visits or 0),
    )


def _saved(before: Size, after: Size) -> Fraction | None:
    """Return the minutes saved on the known part; unknown where a rewritten step has no time.

    Steps without a time that both sides have leave the difference standing, as a figure about
    the known part; one that the rewrite takes out or times itself does not.
    """
    one, two = before.norm_time, after.norm_time
    if one.work is None or two.work is None or set(one.unknown) != set(two.unknown):
        return None
    return one.work.minutes - two.work.minutes
