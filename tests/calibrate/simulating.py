"""Logs made with known parameters: a small office, its times and shares, its moments.

The office hours are counted here in another way than the program does: by one list of spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate

import numpy as np
from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.calibration.event import Case, LogEvent, Transition
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Outcome
from tthc_flow.model.procedure import Procedure
from tthc_flow.moments import VIETNAM

CALENDAR = Calendar.load(2025, 2026)
PICTURE = """
s > receive > xor_m > check > xor1; xor1 > more > xor_m; xor1 > and1; and1 > opinion > and2;
and1 > inspect > and2; and2 > decide > xor2; xor2 > refuse > end_no; xor2 > sign > end_yes
"""
FLOW = drawn(
    PICTURE,
    Event(id="end_no", position=EventPosition.END, outcome=Outcome.REFUSE),
    Event(id="end_yes", position=EventPosition.END, outcome=Outcome.GRANT),
)
PROCEDURE: Procedure = procedure_of(FLOW)
WAYS = {(edge.source, edge.target): edge.id for edge in FLOW.edges}
TIMES = {
    "receive": Chance.fixed(15),
    "check": Chance(spread=Spread.EXPONENTIAL, mean=40),
    "more": Chance(spread=Spread.UNIFORM, least=300, most=900),
    "opinion": Chance(spread=Spread.GAMMA, mean=60, deviation=30),
    "inspect": Chance(spread=Spread.LOGNORMAL, mean=90, deviation=45),
    "decide": Chance(spread=Spread.EXPONENTIAL, mean=45),
    "sign": Chance(spread=Spread.TRIANGULAR, least=5, mode=10, most=30),
    "refuse": Chance(spread=Spread.UNIFORM, least=10, most=20),
}
MORE, REFUSED = 0.2, 0.15
"""Shares of the rounds that ask for more, and of the cases that are turned down."""


def drawn_time(rng: np.random.Generator, chance: Chance) -> float:
    """Return a time of *chance*, drawn by numpy's own generators."""
    mean, deviation = float(chance.mean or 0), float(chance.deviation or 0)
    low, mode, high = (float(each or 0) for each in (chance.least, chance.mode, chance.most))
    match chance.spread:
        case Spread.EXPONENTIAL:
            return rng.exponential(mean)
        case Spread.GAMMA:
            return rng.gamma((mean / deviation) ** 2, deviation**2 / mean)
        case Spread.LOGNORMAL:
            variance = np.log1p((deviation / mean) ** 2)
            return rng.lognormal(np.log(mean) - variance / 2, np.sqrt(variance))
        case Spread.UNIFORM:
            return rng.uniform(low, high)
        case Spread.TRIANGULAR:
            return rng.triangular(low, mode, high)
        case _:
            return mean


class Office:
    """Turns worked minutes since the beginning of 2025 into moments."""

    def __init__(self) -> None:
        """List the spans of two years."""
        spans = [
            (datetime.combine(day, opened, VIETNAM), datetime.combine(day, close, VIETNAM))
            for day in (date(2025, 1, 1) + timedelta(days=n) for n in range(730))
            for opened, close in CALENDAR.hours_of(day)
        ]
        self.starts = [opened for opened, _ in spans]
        lengths = [(close - opened) / timedelta(minutes=1) for opened, close in spans]
        self.before = [0.0, *accumulate(lengths)]

    def moment(self, minutes: float) -> datetime:
        """Return when that many minutes are worked."""
        place = bisect_right(self.before, minutes) - 1
        return self.starts[place] + timedelta(minutes=minutes - self.before[place])


OFFICE = Office()


class Log:
    """Makes cases by a seed: each queues for *queue* minutes in the mean before every step."""

    def __init__(self, seed: int, *, queue: float = 30, faster: float = 1.0) -> None:
        """Draw from *seed*; times are multiplied by *faster*."""
        self.rng = np.random.default_rng(seed)
        self.queue, self.faster = queue, faster

    def cases(self, count: int, every: float = 100) -> Iterator[Case]:
        """Yield *count* cases, one *every* so many minutes in the mean."""
        now = 0.0
        for number in range(count):
            now += self.rng.exponential(every)
            yield Case(id=f"H{number}", events=tuple(self.events(f"H{number}", now)))

    def events(self, case: str, now: float) -> list[LogEvent]:
        """Return the events of one case, in the order of time."""
        found: list[LogEvent] = []
        now = self.do(found, case, "receive", now)
        while True:
            now = self.do(found, case, "check", now)
            if self.rng.random() >= MORE:
                break
            now = self.do(found, case, "more", now)
        ends = [self.do(found, case, step, now) for step in ("opinion", "inspect")]
        now = self.do(found, case, "decide", max(ends))
        self.do(found, case, "refuse" if self.rng.random() < REFUSED else "sign", now)
        return sorted(found, key=lambda each: each.at)

    def do(self, found: list[LogEvent], case: str, step: str, now: float) -> float:
        """Add the events of one task that comes up at *now*; return when it ends."""
        begun = now + self.rng.exponential(self.queue)
        length = drawn_time(self.rng, TIMES[step]) * self.faster
        for at, transition in (
            (now, Transition.SCHEDULE),
            (begun, Transition.START),
            (begun + length, Transition.COMPLETE),
        ):
            found.append(
                LogEvent(
                    case=case,
                    activity=step,
                    name=step,
                    transition=transition,
                    at=OFFICE.moment(at),
                    resource="" if transition is Transition.SCHEDULE else f"{step}-người",
                    instance=f"{case}/{step}/{now}",
                )
            )
        return begun + length


def renamed(event: LogEvent, **facts: object) -> LogEvent:
    """Return *event* with other facts."""
    return evolve(event, **facts)
