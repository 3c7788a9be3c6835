"""Known waste is found, known traps are left alone: the truth is that of who planted them."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence

import pytest
from attrs import evolve

from planting.grow import Case, Sort, planted
from planting.plants import LEVERS
from planting.score import Score
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.plan import Offer
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.make import plan
from tthc_flow.plan.offers import offers
from tthc_flow.proof.soundness import soundness
from tthc_flow.units import DEFAULT_CONVENTION

ENOUGH = 0.95
EVERY_NIGHT, AT_ONCE = 5_000, 500
IDS = tuple(lever.id for lever in ALL)


def case_of(seed: int) -> Case:
    """Return the case of *seed*, of 2 to 12 steps besides what is planted."""
    rng = random.Random(seed)
    return planted(rng, rng.randint(2, 12), IDS)


def scored(seeds: Sequence[int]) -> Score:
    """Return what every lever did with the cases of *seeds*: found, and chosen by the plan."""
    score = Score()
    for seed in seeds:
        case = case_of(seed)
        made = plan(case.procedure, ALL)
        score.add(seed, case, made.offers, made.applied)
    return score


def faults(score: Score) -> list[str]:
    """Return what is not as it must be: shares too low, traps walked into, doubts not asked about.

    What went wrong is said with the seed of its procedure.
    """
    poor = [
        f"{lever}: {what} {share:.1%}"
        for what, of in (("recall", score.recall), ("precision", score.precision))
        for lever in IDS
        if (share := of(lever)) < ENOUGH
    ]
    levers = {each.partition(":")[0] for each in poor}
    grave = [str(miss) for miss in score.misses if miss.what in {"passed trap", "not asked"}]
    return [*poor, *(str(miss) for miss in score.misses if miss.lever in levers), *grave]


@pytest.mark.timeout(600)  # 15 s on an idle core; all at once, so that nothing is planned twice
def test_of_300_procedures_the_waste_is_found_the_traps_are_left_and_the_doubts_asked_about(
    capsys: pytest.CaptureFixture[str],
) -> None:
    score = scored(range(300))
    with capsys.disabled():
        sys.stdout.write(f"\n{score.table()}\n")
    assert faults(score) == []
    for column, least in (("wanted", 10), ("traps", 5)):
        tried = {lever: score.counts[lever, column] for lever in IDS}
        assert {lever: many for lever, many in tried.items() if many < least} == {}


def test_every_lever_has_waste_planted_for_it_and_every_plant_its_lever() -> None:
    assert sorted(LEVERS) == sorted(IDS)


def test_what_is_planted_into_is_sound_and_the_truth_names_steps_of_it() -> None:
    for seed in range(100):
        case = case_of(seed)
        flow = case.procedure.flow
        assert soundness(flow).verdict is Verdict.PASS, seed
        for truth in case.truths:
            named = {*flow.by_id, *(each.name for each in case.procedure.documents or ())}
            assert truth.targets, seed
            assert truth.targets <= truth.span <= named, seed


def test_the_same_seed_plants_the_same() -> None:
    assert [case_of(seed) for seed in range(20)] == [case_of(seed) for seed in range(20)]


def without_gates(lever: Lever) -> Lever:
    """Return *lever* as it would be if every condition passed."""

    def find(procedure: Procedure) -> list[Candidate]:
        return [evolve(each, preconditions=()) for each in lever.find(procedure)]

    return evolve(lever, find=find)


def offered(case: Case, levers: Sequence[Lever]) -> tuple[Offer, ...]:
    """Return what *levers* offer for *case*."""
    return offers(case.procedure, levers, DEFAULT_CONVENTION)


def test_levers_without_their_gates_walk_into_the_traps_and_lose_precision() -> None:
    score = Score()
    reckless = tuple(without_gates(lever) for lever in ALL)
    for seed in range(100):
        case = case_of(seed)
        score.add(seed, case, offered(case, reckless), ())
    assert sum(score.counts[lever, "passed traps"] for lever in IDS) > 20
    assert sum(score.precision(lever) < ENOUGH for lever in IDS) > len(IDS) / 2


def test_levers_that_find_nothing_have_no_recall() -> None:
    score = Score()
    for seed in range(20):
        score.add(seed, case_of(seed), (), ())
    wanted = [lever for lever in IDS if score.counts[lever, "wanted"]]
    assert [score.recall(lever) for lever in wanted] == [0.0] * len(wanted)


def test_a_candidate_that_takes_more_than_the_waste_is_wrong() -> None:
    case = next(each for each in map(case_of, range(50)) if each.wanted)
    truth = next(each for each in case.truths if each.sort is Sort.WASTE)
    right = Candidate(lever=truth.lever, targets=tuple(truth.targets))
    greedy = evolve(right, targets=(*truth.targets, "Core"))
    columns = []
    for candidate in (right, greedy):
        score = Score()
        fake = Offer(candidate=candidate, measured=offered(case, ALL)[0].effect)
        score.add(0, case, (fake,), ())
        columns.append((score.recall(truth.lever), score.precision(truth.lever)))
    assert columns == [(1.0, 1.0), (0.0, 0.0)]


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(1_000, 1_000 + EVERY_NIGHT, AT_ONCE))
def test_five_thousand_procedures_more(first: int) -> None:
    assert faults(scored(range(first, first + AT_ONCE))) == []
