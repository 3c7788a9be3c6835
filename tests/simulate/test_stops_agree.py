"""A clock that stops beside parallel work: both kernels count what the exact numbers say."""

from __future__ import annotations

from math import sqrt

import pytest
from attrs import evolve

from expected.drawn import drawn, takes, uniform
from simulate.alone import OFFICER, met
from simulate.kernels import BOTH
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.simulation.tally import Length, Metric

CASES = 4_000
SIGMAS = 4.5
FLOWS = {
    "ten hours beside nine": (("s pa w pb e", "pa a pb"), {"w": 600, "a": 540}),
    "work before and after": (("s pa w pb e", "pa b a c pb"), {"w": "90", "a": "60", "b": "20",
                                                               "c": uniform(0, 30)}),
    "a choice": (("s pa w pb e", "pa xa a xb pb", "xa xb"), {"w": "90", "a": uniform(30, 60)}),
    "three branches": (("s pa a b pb e", "pa w pb", "pa v pb"), {"w": "90", "a": "60", "b": 10,
                                                                 "v": uniform(0, 200)}),
}  # fmt: skip


@pytest.mark.parametrize("kernel", BOTH)
@pytest.mark.parametrize("name", FLOWS)
def test_what_counts_and_what_is_late_is_what_was_reckoned(name, kernel):
    rows, times = FLOWS[name]
    flow = drawn(*rows, nodes=(Step(id="a", name="a", pauses_clock=True),), xaxb="1/3")
    steps = (evolve(n, performer=OFFICER) if isinstance(n, Step) else n for n in flow.nodes)
    flow = evolve(flow, nodes=tuple(steps))
    given = takes(**{"s": 1, "e": 1, **times})
    model = met(Procedure(flow=flow), given, 0)
    tally = kernel(model.program, 1, Length(cases=CASES, batches=20))
    sums = [sum(batch[each] for batch in tally.sums[0]) for each in Metric]
    exact = model.exact.times
    counted = (sums[Metric.CYCLE] - sums[Metric.STOOD]) / CASES
    error = SIGMAS * exact.deviation / sqrt(CASES) + 1e-3
    assert abs(counted - exact.mean) <= error
    luck = SIGMAS * sqrt(exact.late * (1 - exact.late) / CASES)
    assert abs(sums[Metric.LATE] / CASES - exact.late) <= luck + 1e-9
