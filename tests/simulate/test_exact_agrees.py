"""Both rooms say the same of one dossier that waits for nobody: exact numbers, and cases led by.

Of each of 200 random models (:func:`simulate.alone.random_alone`, fixed seeds, simulated by the
fast kernel, which leads every case as the reference does), and of others with inclusive choices, it
is asserted that

* mean time, work, the applicant's part, cost, share late and how often a case comes by each step
  and wait lie within 4.5 standard errors of the exact value (the seeds are fixed:
  luck cannot turn it red);
* of each figure, over a hundred models, between 90 % and 99 % of the 95 % intervals hold the exact
  value: neither is the exact value off, nor are the intervals too wide to notice;
* p50, p90 and p99 are right within 0.5 %, as far as so many cases can tell: the share of cases over
  within 1.005 times the exact quantile is no less, and that within 0.995 times it no more, than the
  quantile says, but for 4.5 standard errors of a share.

What so many cases cannot tell of the quantiles, ``expected/test_against_phases.py`` and
``expected/test_closed_forms.py`` tell without any luck. Standard errors are those of the exact
distribution for time and lateness, of batch means for work and cost, of the log for visits. A share
or a visit of which less than ten cases are expected has no normal distribution: there 4.5 standard
errors and five cases more are allowed, and it does not count among the intervals.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from attrs import frozen

from expected.models import random_model
from simulate.alone import random_alone
from simulate.by_program import of
from tthc_flow.expected.together import inclusive_choices
from tthc_flow.simulation.confidence import student
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.tally import Length, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulate.alone import Alone
    from tthc_flow.simulation.tally import Tally

SIGMAS = 4.5
NORMAL = 1.96
CLOSE = 0.005
FEW = 10
MANY = 90
"""Of fewer figures the share of intervals that hold says nothing: all of them may."""
NORMAL_LUCK, UNLIKELY = 0.95, 1e-4
"""So often an interval of 95 % holds; if all of very many do, it is too wide."""
SHARES = (0.5, 0.9, 0.99)
ROUNDING = 1e-6


@frozen
class Figure:
    """What was *seen*, what is *exact*, the standard error, and how many errors 95 % are.

    *rare* is by how much a figure may be off that too few cases rest on; 0 for the others.
    """

    name: str
    seen: float
    exact: float
    error: float
    wide: float = NORMAL
    rare: float = 0.0

    @property
    def holds(self) -> bool:
        slack = ROUNDING * (1 + abs(self.exact))
        return abs(self.seen - self.exact) <= SIGMAS * self.error + self.rare + slack

    @property
    def inside(self) -> bool:
        return abs(self.seen - self.exact) <= self.wide * self.error


def figures(model: Alone, tally: Tally, cases: int) -> Iterator[Figure]:
    """Yield mean time, lateness, work, the applicant's part and cost."""
    found, times = model.exact, model.exact.times
    means = {metric: of(tally, metric) for metric in Metric}
    on_clock = means[Metric.CYCLE].mean - means[Metric.STOOD].mean
    yield Figure("time", on_clock, times.mean, times.deviation / sqrt(cases))
    spread = times.late * (1 - times.late)
    rare = 5 / cases if spread * cases < FEW else 0.0
    late = means[Metric.LATE].mean
    yield Figure("late", late, times.late, sqrt(spread / cases), rare=rare)
    machines = sum(
        found.passing.done[step.id] * found.timing.takes[step.id].average
        for step in model.procedure.flow.steps
        if step.automatic
    )
    stood = means[Metric.STOOD].mean  # all of it is the applicant's
    for name, metric, exact, less in (
        ("work", Metric.WORK, found.effort.minutes + machines, 0.0),
        ("applicant", Metric.APPLICANT, found.effort.applicant, stood),
        ("cost", Metric.COST, found.effort.cost.amount, 0.0),
    ):
        wide = student(29)
        error = means[metric].half / wide
        yield Figure(name, means[metric].mean - less, float(exact), error, wide=wide)


def visits(model: Alone, seed: int, cases: int) -> Iterator[Figure]:
    """Yield how often a case comes by each step and each wait."""
    tally = run_fast(model.program, seed, Length(cases=cases), log=True)
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for visit in tally.log:
        counts[model.program.instructions[visit.instruction].node][visit.case] += 1
    timed = model.exact.timing.takes.keys() & model.exact.passing.done.keys()
    for node in sorted(timed):
        exact = float(model.exact.passing.done[node])
        seen = [*counts[node].values(), *[0] * (cases - len(counts[node]))]
        error, rare = np.std(seen) / sqrt(cases), 0.0
        if min(len(counts[node]), exact * cases) < FEW:
            error, rare = sqrt(exact / cases), 5 / cases
        yield Figure("visits", float(np.mean(seen)), exact, error, rare=rare)


def quantiles_hold(model: Alone, tally: Tally, cases: int) -> bool:
    """Return whether the exact quantiles are right within 0.5 %, as far as the cases can tell."""
    times = model.exact.times
    seen = np.array([cycle for _, cycle, _ in tally.sample])
    assert len(seen) == cases
    held = []
    for share, minutes in zip(SHARES, (times.p50, times.p90, times.p99), strict=True):
        luck = SIGMAS * sqrt(share * (1 - share) / cases)
        over = (seen <= minutes * (1 + CLOSE) + ROUNDING).mean()
        sooner = (seen < minutes * (1 - CLOSE) - ROUNDING).mean()
        held += [over >= share - luck, sooner <= share + luck]
    return all(held)


def agree(
    seeds: Sequence[int], cases: int, logged: int, *, stops: bool = False, inclusive: bool = False
) -> None:
    """Assert what the module says of the models of *seeds*."""
    inside: defaultdict[str, list[bool]] = defaultdict(list)
    for seed in seeds:
        model = random_alone(seed, stops=stops, inclusive=inclusive)
        tally = run_fast(model.program, seed, Length(cases=cases))
        assert of(tally, Metric.QUEUE).mean == 0
        assert stops or quantiles_hold(model, tally, cases), seed
        for each in (*figures(model, tally, cases), *visits(model, seed, logged)):
            assert each.holds, (seed, each)
            if each.error and not each.rare:
                inside[each.name].append(each.inside)
    for name, held in inside.items():
        if len(held) >= MANY:
            assert np.mean(held) >= 0.9, (name, np.mean(held))
            assert not all(held) or NORMAL_LUCK ** len(held) > UNLIKELY, name
    assert len(inside["time"]) > 0.9 * len(seeds)  # the others take a fixed time
    assert len(inside["visits"]) > 3 * len(seeds)


@pytest.mark.parametrize("hundred", range(2))
def test_two_hundred_models(hundred):
    agree(range(hundred * 100, hundred * 100 + 100), cases=2_000, logged=200)


def test_where_the_clock_stops():
    agree(range(1_000, 1_020), cases=2_000, logged=200, stops=True)


def with_inclusive_choices(seeds: range) -> list[int]:
    """Return those of *seeds* whose model has an inclusive choice."""
    return [
        seed
        for seed in seeds
        if inclusive_choices(random_model(seed, 2 + seed % 15, inclusive=True)[0])
    ]


def test_inclusive_choices():
    agree(with_inclusive_choices(range(5_000, 5_060)), cases=2_000, logged=200, inclusive=True)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("hundred", range(4))
def test_hundreds_of_inclusive_choices(hundred):
    seeds = with_inclusive_choices(range(6_000 + hundred * 250, 6_250 + hundred * 250))
    agree(seeds, cases=20_000, logged=2_000, inclusive=True)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("hundred", range(4))
def test_four_hundred_models_and_many_cases(hundred):
    agree(range(2_000 + hundred * 100, 2_100 + hundred * 100), cases=20_000, logged=2_000)
