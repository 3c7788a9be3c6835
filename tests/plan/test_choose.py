"""The chosen set is the best one: brute force over all sets says the same."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given

from strategies import procedures
from tthc_flow.levers import ALL
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.choose import choose, conflict
from tthc_flow.plan.make import plan
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION

BY_ID = {lever.id: lever for lever in ALL}


def minutes_after(procedure: Procedure, chosen: tuple[Offer, ...]) -> Fraction:
    after = procedure
    for offer in chosen:
        after = BY_ID[offer.candidate.lever].apply(after, offer.candidate)
    work = norm_time(after.flow).work
    return Fraction(0) if work is None else work.minutes


@given(procedures(max_steps=10))
def test_no_other_set_is_shorter(procedure: Procedure) -> None:
    found = offers(procedure, ALL, DEFAULT_CONVENTION)
    passing = [offer for offer in found if offer.candidate.verdict is Verdict.PASS]
    assume(len(passing) <= 8)
    best = min(
        minutes_after(procedure, some)
        for size in range(len(passing) + 1)
        for some in combinations(passing, size)
        if not any(conflict(one, other) for one, other in combinations(some, 2))
    )
    chosen = choose(procedure, passing, ALL, DEFAULT_CONVENTION)
    assert minutes_after(procedure, chosen) == best


@given(procedures())
def test_a_plan_never_holds_what_does_not_pass(procedure: Procedure) -> None:
    made = plan(procedure, ALL)
    assert all(candidate.verdict is Verdict.PASS for candidate in made.applied)
    assert all(proof.verdict is not Verdict.FAIL for proof in made.proofs)


@given(procedures())
def test_a_plan_is_made_the_same_twice(procedure: Procedure) -> None:
    assert plan(procedure, ALL) == plan(procedure, ALL)


def test_an_offer_that_does_not_pass_is_refused() -> None:
    from by_hand import chain
    from tthc_flow.model.lever import Candidate, Effect, Precondition

    barred = Precondition(name="rule-names-the-step", verdict=Verdict.UNKNOWN)
    candidate = Candidate(lever="drop_relay", targets=("step_1",), preconditions=(barred,))
    offer = Offer(candidate=candidate, effect=Effect())
    procedure = Procedure(flow=chain("1 ngày"))
    with pytest.raises(ValueError, match="only offers that pass"):
        choose(procedure, [offer], ALL, DEFAULT_CONVENTION)
