"""Offering by every lever: what a candidate costs in a flow of 30 and of 300 steps, against Python.

A candidate is found, applied, measured and proven. That the procedure itself is measured, laid out
and proven once is no cost of a candidate: one plain offer, which does that, is taken off. What
else a lever asks of the whole flow is shared by its candidates, and counted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

import pytest
from attrs import evolve

from offered import effects
from planting.grow import estate
from sized import anew
from slopes import best_of, count_to
from tthc_flow.bpmn.read import read
from tthc_flow.graph.rewrite import replaced
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Candidate, Lever
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import StepKind
from tthc_flow.plan.offers import offers
from tthc_flow.units import DEFAULT_CONVENTION

HALF_A_MILLISECOND: Final = 18_000
"""How far plain Python counts in it on the machine the limits were set on."""
SHIPPED: Final = Path(__file__).resolve().parents[1] / "processes"
ESTATES: Final = {30: 8, 300: 1}
"""How many flows of each size are offered for, so that there are candidates enough."""
ROUNDS: Final = 5
DEARER: Final = {
    "inspect_afterwards": 3.0,  # a sub-process of sixteen elements is drawn, told and proven
    "one_inspector": 3.2,  # few candidates share the rows of regions of the whole flow
    "knock_out_first": 2.6,  # shared by few: how often each check is reached, and those rows
    "hand_down_decision": 2.1,  # five rewrites, one upon the other
    "decide_then_report": 1.9,  # three, and the way to each grant
    "consult_in_parallel": 1.9,  # a block is drawn and proven, bodies are read from names
    "sort_at_the_door": 2.0,  # the rows of regions, and what each way alone leads to
    "reuse_known_data": 1.4,  # two rewrites, of which one draws a block
    "hand_to_third_party": 1.2,  # an event, a message there and back, sometimes pools
    "merge_handling": 1.4,  # the facts of several steps are brought together
}
"""How many times half a millisecond a candidate may take that is more than a step or two."""
LONG: Final = 1.25
"""The same for every other candidate of a flow of 300 steps, all of which is listed anew."""


def _named_anew(procedure: Procedure) -> Iterator[Candidate]:
    yield Candidate(lever=PLAIN.id, targets=(procedure.flow.steps[0].id,))


def _rename(procedure: Procedure, _candidate: Candidate) -> Procedure:
    step = procedure.flow.steps[0]
    return evolve(procedure, flow=replaced(procedure.flow, evolve(step, name="Bước")))


PLAIN: Final = Lever(
    id="plain",
    title="",
    source="bench",
    kinds=frozenset(StepKind),
    find=_named_anew,
    apply=_rename,
)


def offering(procedures: list[Procedure], *levers: Lever) -> Callable[[], object]:
    """Return the work of offering by *levers* for each of *procedures*, as if seen first."""
    return lambda: [effects(anew(each), levers) for each in procedures]


@pytest.mark.parametrize("steps", ESTATES)
@pytest.mark.parametrize("lever", ALL, ids=lambda lever: lever.id)
def test_a_candidate_of_every_lever_costs_next_to_nothing(lever: Lever, steps: int) -> None:
    seeds = range(steps, steps + ESTATES[steps])
    estates = [estate(random.Random(seed), lever.id, steps) for seed in seeds]
    found = sum(len(offers(each, (lever,), DEFAULT_CONVENTION)) for each in estates)
    assert found
    every, plain = offering(estates, lever), offering(estates, PLAIN)
    ratios = []
    for _ in range(ROUNDS):
        own = best_of(every, 1) - best_of(plain, 1)
        ratios.append(own / best_of(lambda: count_to(HALF_A_MILLISECOND * found), 1))
    ratio = median(ratios)
    print(f"\n{lever.id}, {steps} steps: {found} candidates, {ratio / 2:.3f} ms each")
    assert ratio <= DEARER.get(lever.id, LONG if steps > min(ESTATES) else 1)


def test_a_candidate_of_a_real_procedure_takes_half_a_millisecond() -> None:
    """In the mean, of all levers on every shipped procedure."""
    real = [read(path).procedures[0] for path in sorted(SHIPPED.glob("*/*/flow.bpmn"))]
    found = sum(len(offers(each, ALL, DEFAULT_CONVENTION)) for each in real)

    ratios = []
    for _ in range(ROUNDS):
        own = best_of(offering(real, *ALL), 1) - best_of(offering(real, PLAIN), 1)
        ratios.append(own / best_of(lambda: count_to(HALF_A_MILLISECOND * found), 1))
    print(f"\nevery lever, real procedures: {found} candidates, {median(ratios) / 2:.3f} ms each")
    assert median(ratios) <= 1
