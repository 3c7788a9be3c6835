"""The licence office through SimPy, written by hand as one would: a yardstick for simulate/.

SimPy is no dependency of ours: install it beside (``pip install simpy``) to run this. It draws by
``random``; its hours are worked time, as those of our kernels with one calendar.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Generator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

import simpy  # noqa: E402 - found by path

from licence_office import EACH, MINUTES, ROLES  # noqa: E402
from tthc_flow.calendars.calendar import Calendar  # noqa: E402
from tthc_flow.simulation.clock import clock_of  # noqa: E402

Process = Generator[simpy.Event, None, None]

LIMIT = 5 * 480
"""Worked minutes after which a case is late."""


class Office:
    """The people, the cases that are over, and what ours counts too: by case and by step."""

    def __init__(self, seed: int) -> None:
        self.env = simpy.Environment()
        self.luck = random.Random(seed)
        self.pools = [simpy.Resource(self.env, people) for _, people in ROLES]
        self.done, self.minutes, self.span, self.queue, self.late = 0, 0.0, 0.0, 0.0, 0
        self.steps = {step: [0, 0.0, 0.0] for step in MINUTES}
        self.clock = clock_of(Calendar.load(2026))

    def work(self, step: str) -> Process:
        """Wait for somebody, then let them work."""
        mean, pool = MINUTES[step]
        came = self.env.now
        with self.pools[pool].request() as turn:
            yield turn
            waited, minutes = self.env.now - came, self.luck.expovariate(1 / mean)
            yield self.env.timeout(minutes)
        sums = self.steps[step]
        sums[0] += 1
        sums[1] += waited
        sums[2] += minutes
        self.queue += waited

    def case(self) -> Process:
        """Lead one case through the office."""
        env, luck = self.env, self.luck
        came = env.now
        yield from self.work("receive")
        yield from self.work("check")
        while luck.random() < 0.15:
            yield env.timeout(luck.expovariate(1 / 2400))
            yield from self.work("check")
        yield from self.work("assign")
        yield from self.work("examine")
        arms = [env.process(self.work(each)) for each in ("opinion_a", "opinion_b", "inspect")]
        yield env.all_of(arms)
        while True:
            yield from self.work("draft")
            yield from self.work("refusal" if luck.random() < 0.1 else "licence")
            yield from self.work("review")
            if luck.random() >= 0.12:
                break
        if luck.random() < 0.7:
            yield from self.work("vet")
        yield from self.work("sign")
        yield from self.work("stamp")
        self.done += 1
        self.minutes += env.now - came
        self.span += self.clock.at(env.now) - self.clock.opening(self.clock.at(came))
        self.late += env.now > came + LIMIT

    def arrivals(self, cases: int) -> Process:
        """Let so many cases come."""
        for _ in range(cases):
            yield self.env.timeout(self.luck.expovariate(1 / EACH))
            self.env.process(self.case())


def by_simpy(cases: int, seed: int = 1) -> Callable[[], float]:
    """Return a run of *cases*, which returns the mean minutes of a case."""

    def run() -> float:
        office = Office(seed)
        office.env.process(office.arrivals(cases))
        office.env.run()
        return office.minutes / office.done

    return run


if __name__ == "__main__":
    print(by_simpy(20_000)())
