"""What a lever makes is made once; the laws of any set of changes are those proven in full."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from growing import grow_procedure
from plan.every_set import BY_ID, keeps_every_law, willing
from plan.moves import day, dropping, in_a_row
from tthc_flow.errors import UnsoundFlow
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.applying import applied, keeps_laws, rewritten
from tthc_flow.plan.made import made

SEEDS, SETS = range(40), 12


def test_what_is_asked_again_is_the_same_value_by_lever_candidate_and_procedure() -> None:
    before, lever, other = in_a_row(day("A"), day("B")), dropping("A"), dropping("A")
    (candidate,), (again,) = lever.find(before), lever.find(before)
    after = made(lever, before, candidate)
    assert after == lever.apply(before, candidate)
    assert made(lever, before, candidate) is after
    assert made(other, before, candidate) is not after
    assert made(lever, before, again) is not after
    assert rewritten(before, (candidate,), {candidate.lever: lever}) is after


def test_a_lever_that_refuses_does_so_each_time() -> None:
    def refuse(_procedure: Procedure, _candidate: Candidate) -> Procedure:
        code, message = "TF320", "no"
        raise UnsoundFlow(code, message)

    lever = Lever(
        id="r", title="r", source="r", kinds=frozenset(), find=lambda _: iter(()), apply=refuse
    )
    before = in_a_row(day("A"))
    for _ in range(2):
        with pytest.raises(UnsoundFlow):
            made(lever, before, Candidate(lever="r", targets=("A",)))


def test_any_set_of_changes_keeps_the_laws_that_are_proven_in_full() -> None:
    verdicts = {True: 0, False: 0}
    for seed in SEEDS:
        rng = random.Random(seed)
        before = willing(grow_procedure(rng, rng.randint(4, 12)))
        found = [candidate for lever in ALL for candidate in lever.find(before)]
        sets = [some for many in (2, 3) for some in combinations(found, many)]
        for some in rng.sample(sets, min(len(sets), SETS)):
            after = applied(before, some, BY_ID)
            if after is not None:
                in_full = keeps_every_law(before, after)
                assert keeps_laws(before, after) is in_full, (seed, [each.id for each in some])
                verdicts[in_full] += 1
    assert min(verdicts.values()) > 20, verdicts
