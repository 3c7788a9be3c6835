"""Exact numbers against dossiers that walk token by token: two ways that share no line."""

from __future__ import annotations

import math

import numpy as np
import pytest

from expected.models import random_model
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Why
from tthc_flow.graph.visits import visits
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.proof.soundness import soundness

CASES = 300
SIGMAS = 4.5
CLOSE = 0.005


def sized(seed: int) -> int:
    return 2 + seed % 15


@pytest.mark.parametrize("batch", range(6))
def test_the_time_of_random_flows_is_that_of_walks(batch):
    for seed in range(batch * 20, batch * 20 + 20):
        flow, given, walk = random_model(seed, sized(seed), inclusive=batch % 2 == 1)
        assert soundness(flow).verdict is Verdict.PASS
        found = expectation(Procedure(flow=flow), Asked(given=given))
        assert found.needs == (), seed
        if found.barriers:  # left to a simulation: told in test_stops.py
            assert {each.why for each in found.barriers} == {Why.STOPS_BESIDE}
            continue
        seen = np.array([walk.run() for _ in range(CASES)])
        off = abs(seen.mean() - found.times.mean)
        assert off <= SIGMAS * found.times.deviation / math.sqrt(CASES) + 1e-9, seed
        for share, minutes in (
            (0.5, found.times.p50),
            (0.9, found.times.p90),
            (0.99, found.times.p99),
        ):
            luck = SIGMAS * math.sqrt(share * (1 - share) / CASES)
            assert (seen <= minutes * (1 + CLOSE)).mean() >= share - luck, (seed, share)
            assert (seen < minutes * (1 - CLOSE)).mean() <= share + luck, (seed, share)
        assert found.times.error <= CLOSE


@pytest.mark.parametrize("batch", range(5))
def test_how_often_a_dossier_comes_by_is_as_often_as_walks_do(batch):
    for seed in range(1_000 + batch * 10, 1_010 + batch * 10):
        flow, given, walk = random_model(seed, sized(seed), inclusive=True)
        found = expectation(Procedure(flow=flow), Asked(given=given))
        assert not found.passing.barriers
        for _ in range(CASES):
            walk.run()
        for node, often in found.passing.comes.items():
            # Visits of one case are geometric at most: their variance is below v (1 + 2 v).
            luck = SIGMAS * math.sqrt(often * (1 + 2 * often) / CASES) + 0.02
            assert abs(walk.visits[node] / CASES - often) <= luck, (seed, node)


@pytest.mark.parametrize("batch", range(5))
def test_visits_lie_between_their_bounds(batch):
    for seed in range(2_000 + batch * 40, 2_040 + batch * 40):
        flow, given, _ = random_model(seed, sized(seed), inclusive=True)
        found = expectation(Procedure(flow=flow), Asked(given=given))
        bounds = visits(flow)
        assert found.passing.exact
        assert found.passing.comes.keys() == flow.by_id.keys()
        for node, often in found.passing.done.items():
            assert bounds[node].least <= often, (seed, node)
            most = bounds[node].most
            assert most is None or often <= most, (seed, node)


def test_what_has_no_tree_says_why_and_where():
    refused = set()
    for seed in range(40):
        flow, given, _ = random_model(seed, sized(seed), inclusive=True)
        found = expectation(Procedure(flow=flow), Asked(given=given))
        assert (found.times is None) == bool(found.barriers)
        refused |= {each.why for each in found.barriers}
    assert refused == {Why.STOPS_BESIDE}
