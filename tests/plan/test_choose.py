"""The chosen set is the best one: brute force over all sets says the same."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import assume, given, settings

from strategies import procedures
from tthc_flow.levers import ALL
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step, StepTime
from tthc_flow.plan.choose import choose, conflict, gains
from tthc_flow.plan.make import plan
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION

BY_ID = {lever.id: lever for lever in ALL}
EXAMPLES = settings(max_examples=200, deadline=None)


def minutes_after(procedure: Procedure, chosen: tuple[Offer, ...]) -> Fraction:
    after = procedure
    for offer in chosen:
        after = BY_ID[offer.candidate.lever].apply(after, offer.candidate)
    work = norm_time(after.flow).work
    return Fraction(0) if work is None else work.minutes


def without_times(procedure: Procedure) -> Procedure:
    """What most procedures between agencies are: a row of steps, and no time at all."""
    nodes = tuple(
        evolve(node, time=StepTime()) if isinstance(node, Step) else node
        for node in procedure.flow.nodes
    )
    return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes))


def that_pass(procedure: Procedure) -> list[Offer]:
    found = offers(procedure, ALL, DEFAULT_CONVENTION)
    return [offer for offer in found if offer.candidate.verdict is Verdict.PASS]


def lawful_sets(passing: list[Offer]) -> list[tuple[Offer, ...]]:
    return [
        some
        for size in range(len(passing) + 1)
        for some in combinations(passing, size)
        if not any(conflict(one, other) for one, other in combinations(some, 2))
    ]


@EXAMPLES
@given(procedures(max_steps=10))
def test_no_other_set_is_shorter_or_as_short_and_lighter(procedure: Procedure) -> None:
    passing = that_pass(procedure)
    assume(1 < len(passing) <= 8)
    gain = {id(o): each for o, each in zip(passing, gains(passing), strict=True)}

    def figure(some: tuple[Offer, ...]) -> tuple[Fraction, int]:
        return minutes_after(procedure, some), -sum(gain[id(offer)] for offer in some)

    chosen = choose(procedure, passing, ALL, DEFAULT_CONVENTION)
    assert figure(chosen) == min(figure(some) for some in lawful_sets(passing))


@EXAMPLES
@given(procedures(max_steps=12))
def test_without_any_time_the_steps_and_hand_offs_decide(procedure: Procedure) -> None:
    bare = without_times(procedure)
    passing = that_pass(bare)
    assume(1 < len(passing) <= 9)
    gain = {id(o): each for o, each in zip(passing, gains(passing), strict=True)}
    best = max(sum(gain[id(o)] for o in some) for some in lawful_sets(passing))
    chosen = choose(bare, passing, ALL, DEFAULT_CONVENTION)
    assert sum(gain[id(offer)] for offer in chosen) == best


@given(procedures(max_steps=10))
def test_what_is_barred_together_is_not_chosen_together(procedure: Procedure) -> None:
    passing = that_pass(procedure)
    free = choose(procedure, passing, ALL, DEFAULT_CONVENTION)
    assume(free)
    barred = frozenset(offer.candidate.id for offer in free)
    again = choose(procedure, passing, ALL, DEFAULT_CONVENTION, [barred])
    assert not barred <= {offer.candidate.id for offer in again}
    assert minutes_after(procedure, again) >= minutes_after(procedure, free)


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
