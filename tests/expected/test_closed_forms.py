"""Quantiles against formulas: the exact share of dossiers over by 0.999 and 1.001 times each."""

from __future__ import annotations

from math import erf, exp, factorial, log, sqrt

import pytest
from attrs import evolve

from expected.drawn import drawn, takes, uniform
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.procedure import Procedure

CLOSE = 0.001
SHARES = (0.5, 0.9, 0.99)


def gamma(mean, deviation):
    return Chance(spread=Spread.GAMMA, mean=mean, deviation=deviation)


def erlang(shape, scale):
    """Return the share over by a moment of *shape* exponential times in a row."""
    return lambda t: (
        1 - exp(-t / scale) * sum((t / scale) ** n / factorial(n) for n in range(shape))
    )


def in_a_row(*means):
    """Return the same of exponential times of different means (hypoexponential)."""

    def over(t):
        total = 1.0
        for one in means:
            weight = 1.0
            for other in means:
                weight *= 1.0 if other == one else one / (one - other)
            total -= weight * exp(-t / one)
        return total

    return over


def side_by_side(*names):
    """Return a flow of steps at once."""
    flow = drawn(*(f"s pa {name} pb e" for name in names))
    return evolve(flow, edges=tuple({edge.id: edge for edge in flow.edges}.values()))


def bell(middle, spread):
    return lambda t: (1 + erf((log(t) - middle) / spread / sqrt(2))) / 2


ONE = drawn("a")
ROW = drawn("a b c")
LOOP = drawn("s xa a xb e", "xb xa", xbxa="3/4")
CHOICE = drawn("s x a y", "x b y", xa="1/5")
FORMS = {
    "exponential": (ONE, takes(a="40"), erlang(1, 40)),
    "gamma": (ONE, takes(a=gamma(40, 20)), erlang(4, 10)),
    "uniform": (ONE, takes(a=uniform(20, 100)), lambda t: (t - 20) / 80),
    "lognormal": (
        ONE, takes(a=Chance(spread=Spread.LOGNORMAL, mean=40, deviation=60)),
        bell(log(40) - log(13 / 4) / 2, sqrt(log(13 / 4))),
    ),
    "triangular": (
        ONE, takes(a=Chance(spread=Spread.TRIANGULAR, least=0, mode=0, most=60)),
        lambda t: 1 - (1 - t / 60) ** 2,
    ),
    "gammas of one rate": (
        ROW, takes(a=gamma(40, 20), b=gamma(10, 10), c=gamma(20, sqrt(200))), erlang(7, 10),
    ),
    "exponentials of three rates": (ROW, takes(a="10", b="40", c="100"), in_a_row(10, 40, 100)),
    "a fixed time before": (
        drawn("a b"), takes(a=30, b="40"), lambda t: 1 - exp(-(t - 30) / 40) if t > 30 else 0.0,
    ),
    "the latest of five": (
        side_by_side(*"abcdf"), takes(**dict.fromkeys("abcdf", "40")),
        lambda t: (1 - exp(-t / 40)) ** 5,
    ),
    "the later of two rows": (
        drawn("s pa a b pb e", "pa c pb"), takes(a="40", b="40", c="100"),
        lambda t: erlang(2, 40)(t) * erlang(1, 100)(t),
    ),
    "a loop": (LOOP, takes(a="10"), erlang(1, 40)),
    "a loop of gammas": (
        # A geometric number of Erlang(2) times: poles at 1 -+ sqrt(3/4), rates by the scale.
        LOOP, takes(a=gamma(20, sqrt(200))),
        lambda t: 1 - sum(
            (1 + sign * 2 / sqrt(3)) / 2 * exp(-(1 - sign * sqrt(3) / 2) * t / 10)
            for sign in (1, -1)
        ),
    ),
    "a mixture": (
        CHOICE, takes(a="500", b="20"), lambda t: 1 - exp(-t / 500) / 5 - 4 * exp(-t / 20) / 5,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_quantiles_are_those_of_the_formula(name):
    flow, known, over = FORMS[name]
    rest = {step.id: Chance.fixed(0) for step in flow.steps}
    given = evolve(known, times={**rest, **known.times})
    found = expectation(Procedure(flow=flow), Asked(given=given)).times
    for share, quantile in zip(SHARES, (found.p50, found.p90, found.p99), strict=True):
        assert over(quantile * (1 - CLOSE)) <= share <= over(quantile * (1 + CLOSE)), share
    assert found.error <= CLOSE
