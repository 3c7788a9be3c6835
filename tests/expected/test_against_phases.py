"""Exact numbers against Markov chains: no luck on either side, and no line in common.

For every random model it is asserted, of p50, p90 and p99 alike, that by the chain the dossier is
over within 1.001 times the quantile at least as likely as the quantile says, and within 0.999 times
it at most as likely: the exact quantile lies within 0.1 %, as :class:`Times` promises (0.5 % is
asked for). The mean is that of the chain within 0.01 %, which a grid leaves of parallel parts.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import exp

import pytest
from attrs import evolve

from expected.models import choices, given_of, plain_flow
from expected.phases import Phases
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Given
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Loop, Step

SHARES = (0.5, 0.9, 0.99)
CLOSE = 0.001
ROUNDING = 1e-9


def memoryless(rng: random.Random) -> Chance:
    """Return a time that is one exponential time, or four in a row."""
    mean = rng.randint(5, 480)
    if rng.random() < 0.5:
        return Chance(spread=Spread.EXPONENTIAL, mean=mean)
    return Chance(spread=Spread.GAMMA, mean=mean, deviation=Fraction(mean, 2))


def random_model(seed: int) -> tuple[Flow, Given]:
    """Return a flow of 2 to 13 steps, all of whose waits count, and its shares and times."""
    rng = random.Random(seed)
    flow = plain_flow(rng, 2 + seed % 12)
    nodes = (
        evolve(n, kind=GatewayKind.EXCLUSIVE)
        if isinstance(n, Gateway) and n.kind is GatewayKind.INCLUSIVE
        else n
        for n in flow.nodes
    )
    edges = tuple(evolve(each, outcome=None) for each in flow.edges)
    flow = evolve(flow, nodes=tuple(nodes), edges=edges)
    takes = {step.id: memoryless(rng) for step in flow.steps}
    takes |= {n.id: memoryless(rng) for n in flow.nodes if n.id.startswith("Wait")}
    return flow, given_of(choices(rng, flow), takes)


def compare(seed: int) -> None:
    flow, given = random_model(seed)
    chain = Phases(flow, {each: float(share) for each, share in given.shares.items()}, given.times)
    found = expectation(Procedure(flow=flow), Asked(given=given)).times
    assert found.error <= CLOSE
    assert found.mean == pytest.approx(chain.mean(), rel=1e-4), seed
    quantiles = (found.p50, found.p90, found.p99)
    moments = [each * off for each in quantiles for off in (1 - CLOSE, 1 + CLOSE)]
    over = chain.over_by(moments)
    for share, quantile, less, more in zip(SHARES, quantiles, over[::2], over[1::2], strict=True):
        assert more >= share - ROUNDING, (seed, share)
        assert less <= share + ROUNDING or not quantile, (seed, share)


@pytest.mark.parametrize("batch", range(3))
def test_quantiles_are_those_of_the_chain(batch):
    for seed in range(batch * 20, batch * 20 + 20):
        compare(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("batch", range(12))
def test_quantiles_of_many_models_are_those_of_the_chain(batch):
    for seed in range(60 + batch * 20, 80 + batch * 20):
        compare(seed)


@pytest.mark.parametrize(
    ("loop", "mean", "over"),
    [
        (None, 40, 1 - exp(-1)),
        (Loop(multi_instance=True, times="2"), 60, (1 - exp(-1)) ** 2),
        (Loop(multi_instance=False, times="2"), 80, 1 - 2 * exp(-1)),
    ],
)
def test_the_chain_itself_knows_what_is_known(loop, mean, over):
    flow = Flow(id="p", nodes=(Step(id="a", name="A", loop=loop),))
    chain = Phases(flow, {}, {"a": Chance(spread=Spread.EXPONENTIAL, mean=40)})
    assert chain.mean() == pytest.approx(mean)
    assert chain.over_by([40.0]) == pytest.approx([over])
