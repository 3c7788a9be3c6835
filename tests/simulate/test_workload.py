"""How many people the work alone needs: by hand, and as it is simulated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn
from licence_office import each_with_own_hours, licence_office, shares_of, steady
from tthc_flow.model.chance import Chance
from tthc_flow.simulation.program import Crowd, Limit
from tthc_flow.simulation.run import Settings, run
from tthc_flow.simulation.scenario import Scenario, Stream
from tthc_flow.simulation.tally import Length
from tthc_flow.simulation.workload import workload


def test_the_load_is_reckoned_exactly_with_loops_and_shares():
    """A fifth comes back: 5/4 visits of 60 minutes each 25 minutes are work for 3: it takes 4."""
    flow = drawn("s > xor_m1 > a > xor1; xor1 > xor_m1; xor1 > b > e")
    stream = Stream(
        name="one",
        flow=flow,
        times={"a": Chance.fixed(60), "b": Chance.fixed(5)},
        who={"a": 0, "b": 1},
        shares=shares_of(flow, {("xor1", "xor_m1"): "0.2", ("xor1", "b"): "0.8"}),
        rate=steady(25.0),
        limit=Limit(minutes=500),
    )
    crowds = (Crowd(name="a", people=9), Crowd(name="b", people=1))
    scenario = Scenario(streams=(stream,), crowds=crowds)
    found = workload(scenario)
    assert found.exact
    assert found.people == (4, 1)
    half = evolve(scenario, crowds=(evolve(crowds[0], stretch=2.0), crowds[1]))
    assert workload(half).people == (7, 1)
    quicker = evolve(stream, times={**stream.times, "a": Chance.fixed(Fraction(599, 10))})
    assert workload(evolve(scenario, streams=(quicker,))).people == (3, 1)


@pytest.mark.parametrize("own", [False, True], ids=["office hours", "hours of their own"])
def test_the_load_that_is_reckoned_is_the_one_that_is_simulated(own):
    scenario = each_with_own_hours(licence_office()) if own else licence_office()
    pools = run(scenario, Settings(length=Length(cases=8_000, warm=200))).pools
    exact = workload(scenario)
    assert exact.exact
    for pool, people in zip(pools, exact.people, strict=True):
        assert people - 1 - 0.15 <= pool.mine * pool.people < people + 0.15
