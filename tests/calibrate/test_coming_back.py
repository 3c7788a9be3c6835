"""Parameters of simulated logs come back inside their 95 % intervals, in at least 93 % of logs."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest

from calibrate.simulating import CALENDAR, MORE, PROCEDURE, REFUSED, TIMES, WAYS, Log
from tthc_flow.calibration.calibrate import Reading, what_tells
from tthc_flow.calibration.found import LogFound
from tthc_flow.calibration.intervals import Interval
from tthc_flow.model.chance import Spread

LOGS, CASES = 60, 70
WANTED = 0.93
STEPS = tuple(step for step in TIMES if step != "receive")
READING = Reading(calendar=CALENDAR, names={})


def holds(interval: Interval | None, value: float) -> bool:
    assert interval is not None
    return interval.low <= value <= interval.high


def told(seed: int, cases: int = CASES, **how: float) -> LogFound:
    return what_tells(Log(seed, **how).cases(cases), PROCEDURE, READING)


def coming_back(logs: int) -> tuple[Counter[str], Counter[str]]:
    """Return how often each parameter lay in its interval, and how often each family was met."""
    inside: Counter[str] = Counter()
    families: Counter[str] = Counter()
    for seed in range(logs):
        found = told(seed)
        steps = {step.element: step for step in found.steps}
        for step, chance in TIMES.items():
            inside[step] += holds(steps[step].mean, float(chance.average))
            families[step] += steps[step].handling.chance.spread is chance.spread
        shares = {way.edge: way.share for way in found.ways}
        inside["more share"] += holds(shares[WAYS["xor1", "more"]], MORE)
        (rejected,) = found.rejections
        inside["rejected"] += holds(rejected.rate, REFUSED)
        assert found.conformance.fitness == 1.0
    return inside, families


def test_every_kind_of_parameter_comes_back_in_93_of_100_logs():
    inside, families = coming_back(LOGS)
    assert inside["receive"] == families["receive"] == LOGS  # always the same time
    kinds = {"time": STEPS, "share": ("more share",), "rate": ("rejected",)}
    for kind, names in kinds.items():
        assert sum(inside[name] for name in names) / len(names) / LOGS >= WANTED, (kind, inside)
    assert families["check"] / LOGS > 0.6  # an exponential time is a gamma time as well


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_each_parameter_comes_back_in_93_of_100_logs():
    logs = 2_000
    inside, _ = coming_back(logs)
    for name, count in inside.items():
        share = count / logs
        assert share >= WANTED, (name, share, sqrt(share * (1 - share) / logs))


def test_a_large_log_tells_every_family_but_those_that_look_alike():
    found = {step.element: step.handling for step in told(1, 2_000).steps}
    families = {step: fit.chance.spread for step, fit in found.items()}
    assert families["check"] in {Spread.EXPONENTIAL, Spread.GAMMA}
    assert families["opinion"] is Spread.GAMMA
    assert families["inspect"] is Spread.LOGNORMAL
    assert families["more"] is Spread.UNIFORM
    assert families["receive"] is Spread.FIXED
    assert float(found["opinion"].chance.deviation) == pytest.approx(30, rel=0.06)


def test_waiting_in_the_queue_is_told_from_work():
    found = {step.element: step for step in told(3, 500, queue=45).steps}
    for step in ("check", "decide", "opinion"):
        assert found[step].waits["queue"] / found[step].done == pytest.approx(45, rel=0.15)


def test_loads_are_minutes_of_work_of_the_people_seen():
    found = told(4)
    (load,) = found.loads
    work = sum(step.mean.value * step.timed for step in found.steps)
    assert load.people == len(TIMES)
    assert load.minutes == pytest.approx(work)


def test_the_hours_that_are_worked_are_seen():
    hours = told(5, 800).hours
    assert [each.weekday for each in hours][:5] == [0, 1, 2, 3, 4]
    assert {(each.first, each.last) for each in hours[:5]} == {(8, 17)}
    assert sum(each.ends for each in hours[5:]) < 100  # 26 April was a Saturday that is worked


def test_a_log_always_tells_the_same():
    first, again = told(6), told(6)
    assert first.steps == again.steps
    assert first.ways == again.ways
