"""Optimal alignments: known costs, an oracle that lists all runs, and never above the replay."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from by_hand import drawn
from calibrate.test_replay import CHAIN, CHOICE, SHIPPED, runs, steps_only
from strategies import flows
from tthc_flow.bpmn.read import read
from tthc_flow.calibration.alignment import Aligner
from tthc_flow.calibration.best_replay import MOST_EVENTS, BestReplay
from tthc_flow.calibration.net import net_of
from tthc_flow.calibration.playing import Playing
from tthc_flow.calibration.replay import Replay, Replayed
from tthc_flow.model.flow import Flow

NONE = frozenset[str]()
MUCH = 1_000


def cost(flow: Flow, elements, *, to_end: bool = True) -> int:
    found = Aligner(net_of(flow), NONE).align(elements, MUCH, to_end=to_end)
    assert found.proven
    assert found.steps is not None
    return found.cost


def best(flow: Flow, elements, *, is_open: bool = False) -> Replayed:
    return BestReplay(Replay(flow, net_of(flow))).play(elements, is_open=is_open)


@pytest.mark.parametrize(
    ("case", "whole", "begun"),
    [
        ("abcd", 0, 0),
        ("acd", 1, 1),
        ("ad", 2, 1),  # d is out of place, or b and c are missing before it
        ("aabcd", 1, 1),
        ("dabc", 2, 1),
        ("bacd", 2, 2),
        ("", 4, 0),
        ("xabcd", 1, 1),
    ],
)
def test_the_cost_on_a_chain(case, whole, begun):
    assert cost(CHAIN, case) == whole
    assert cost(CHAIN, case, to_end=False) == begun


def apart(one, other) -> int:
    """Return how many entries of the two have no counterpart in the other, in order."""
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, start=1):
        before, row[0] = row[0], number
        for place, right in enumerate(other, start=1):
            same = before if left == right else MUCH
            before, row[place] = row[place], min(same, row[place] + 1, row[place - 1] + 1)
    return row[-1]


ALL_RUNS = {
    "choice": (CHOICE, {"abd", "acd", "ad"}),
    "parallel": (
        drawn("s > a > and1; and1 > b > c > and2; and1 > x > y > and2; and2 > d > e"),
        {f"a{''.join(p)}d" for p in permutations("bcxy")
         if p.index("b") < p.index("c") and p.index("x") < p.index("y")},
    ),
    "inclusive": (
        drawn("s > a > or1; or1 > b > or2; or1 > c > or2; or2 > d > e"),
        {"abd", "acd", "abcd", "acbd"},
    ),
    "loop": (
        drawn("s > xor1 > a > xor2; xor2 > b > xor1; xor2 > c > e"),
        {f"{'ab' * times}ac" for times in range(9)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", ALL_RUNS)
@given(case=st.text("abcdxyz", max_size=9))
@settings(max_examples=60)
def test_the_cost_is_that_of_the_nearest_of_all_runs(shape, case):
    flow, every = ALL_RUNS[shape]
    assert cost(flow, case) == min(apart(case, run) for run in every)


@given(flows())
@settings(max_examples=80)  # the engine executes every branch of each
def test_every_run_of_the_engine_costs_nothing(flow):
    for run in runs(flow):
        for logged in (run, steps_only(flow, run)):
            assert cost(flow, logged) == 0


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_every_run_of_a_shipped_procedure_costs_nothing(path):
    (flow, *_) = (each.flow for each in read(path).procedures)
    assert [cost(flow, steps_only(flow, run)) for run in runs(flow)] == [0] * len(runs(flow))


@given(flows(), st.data())
@settings(max_examples=80)  # as above
def test_it_never_costs_more_than_the_replay_or_than_what_was_done_to_the_run(flow, data):
    done = [found for run in runs(flow) if (found := steps_only(flow, run))]
    assume(done)
    case = list(data.draw(st.sampled_from(done)))
    changes = data.draw(st.lists(st.tuples(st.booleans(), st.integers(0, 99)), max_size=3))
    for takes_out, number in changes:
        place = number % max(len(case), 1)
        if takes_out:
            del case[place : place + 1]
        else:
            case.insert(place, flow.steps[number % len(flow.steps)].id)
    greedy = Replay(flow, net_of(flow)).play(case)
    found = best(flow, case)
    assert found.cost <= greedy.cost
    assert found.cost <= len(changes) or not found.proven
    if found.ended and found.proven:
        assert found.cost == cost(flow, case)


def test_a_step_done_too_early_is_out_of_place_and_not_passed_over():
    found = best(CHAIN, "bacd")
    assert (dict(found.out_of_place), dict(found.skipped)) == ({"b": 1}, {})
    assert (found.cost, found.ended, found.proven) == (2, True, True)


def fitness(flow: Flow, case, strange: int = 0, **how: int) -> float:
    playing = Playing(BestReplay(Replay(flow, net_of(flow)), **how))
    playing.play(case, is_open=False)
    return playing.fitness(strange)


def test_the_fitness_is_one_less_the_cost_of_the_most_that_it_could_be():
    assert fitness(CHAIN, "abcd") == 1
    assert fitness(CHAIN, "acd") == 1 - 1 / (3 + 4)
    assert fitness(CHAIN, "bacd") == 1 - 2 / (4 + 4)
    assert fitness(CHAIN, "abcd", strange=2) == 1 - 2 / (4 + 4 + 2)
    assert fitness(CHAIN, "") is None or fitness(CHAIN, "") == 0


def test_what_is_not_searched_is_a_bound_and_says_so():
    unsearched = BestReplay(Replay(CHAIN, net_of(CHAIN)), states=0).play("acd", is_open=False)
    assert not unsearched.proven
    assert unsearched.cost == best(CHAIN, "acd").cost
    long = ["a", "c", *"d" * MOST_EVENTS]
    playing = Playing(BestReplay(Replay(CHAIN, net_of(CHAIN))))
    playing.play(long, is_open=False)
    assert playing.bounded == 1
    assert 0 <= playing.fitness(0) <= 1


def test_where_the_replay_is_misled_the_alignment_is_found():
    flow, _ = ALL_RUNS["loop"]
    greedy = Replay(flow, net_of(flow)).play("ccac")
    found = best(flow, "ccac")
    assert (greedy.cost, found.cost, found.proven) == (4, 2, True)
    assert dict(found.out_of_place) == {"c": 2}
