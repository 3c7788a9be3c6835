"""The times of one element as they come in, one doing after the other."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.calibration.column import Column, Pages
from tthc_flow.calibration.found import StepFound
from tthc_flow.calibration.goodness import fitted
from tthc_flow.calibration.intervals import quantile_of
from tthc_flow.calibration.means import mean_interval

if TYPE_CHECKING:
    from datetime import datetime

    from tthc_flow.calibration.doing import Doing
    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.worked_clock import WorkedClock

MINUTE: Final = 60_000_000
_BATCH: Final = 3
"""From how many tasks begun by one person in one minute on they are called a batch."""

_HALF, _NINETY = 0.5, 0.9
_UNTIMED: Final = frozenset({"queue"})


def fingerprint(*parts: object) -> int:
    """Return 64 bits that tell *parts* from others.

    Example:
        >>> fingerprint("H1") == fingerprint("H1"), fingerprint("H1") == fingerprint("H2")
        (True, False)

    Source: BLAKE2, RFC 7693.
    """
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


@define
class StepTimes:
    """What is counted of *element*; *clock* counts the office hours.

    While a step that *pauses* the legal clock is open the applicant is waited for: its time is that
    from when it came up to its end.
    """

    element: str
    name: str
    pauses: bool
    clock: WorkedClock
    doubts: Doubts
    pages: Pages
    cases: int = 0
    done: int = 0
    withdrawn: int = 0
    open: int = 0
    late: int = 0
    due: int = 0
    at_once: int = 0
    waits: Counter[str] = field(factory=Counter)
    work: Column = field(init=False)
    _whole: Column = field(init=False)
    _begun: Column = field(init=False)
    _queued: Column = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin the columns: minutes of work, from coming up to end, begins and queues."""
        self.work, self._whole = Column(self.pages, "d"), Column(self.pages, "d")
        self._begun, self._queued = Column(self.pages, "Q"), Column(self.pages, "q")

    def add(self, doing: Doing) -> float | None:
        """Count *doing*; return the minutes of work, ``None`` where the log does not tell."""
        if doing.ended is None:
            self.open += 1
            return None
        if doing.withdrawn:
            self.withdrawn += 1
            return None
        self.done += 1
        if doing.late is not None:
            self.due += 1
            self.late += doing.late
        moments = [each for each in (doing.scheduled, doing.started) if each is not None]
        if not all(self.clock.covers(each) for each in (*moments, doing.ended)):
            self.doubts.add("log-year-without-calendar", name=str(doing.ended.year))
            return None
        if self.pauses:
            return self._paused(min(moments, default=None), doing.ended)
        self._wait(doing, doing.ended)
        return self._work(doing, doing.ended)

    def _paused(self, came: datetime | None, ended: datetime) -> float | None:
        if came is None:
            self.doubts.add("log-start-missing", element=self.element)
            return None
        micros = self.clock.between(came, ended)
        self.waits["applicant"] += micros
        self._whole.append(micros / MINUTE)
        self.work.append(micros / MINUTE)
        return None

    def _work(self, doing: Doing, ended: datetime) -> float | None:
        if doing.started is None:
            self.doubts.add("log-start-missing", element=self.element)
            return None
        told = {stop.kind for stop in doing.stops}
        if doing.waiting - _UNTIMED - told or any(stop.until is None for stop in doing.stops):
            self.doubts.add("log-waiting-without-length", element=self.element)
            return None
        self.at_once += doing.started == doing.scheduled
        micros = self.clock.between(doing.started, ended)
        micros -= self._stopped(doing, doing.started, ended)
        self.work.append(micros / MINUTE)
        return micros / MINUTE

    def _stopped(self, doing: Doing, since: datetime, until: datetime) -> int:
        """Return the worked microseconds of stops between two moments, none counted twice."""
        total, last = 0, since
        for stop in sorted(doing.stops, key=lambda each: each.since):
            begin, end = max(stop.since, last), min(stop.until or until, until)
            if begin < end:
                total += self.clock.between(begin, end)
                last = end
        return total

    def _wait(self, doing: Doing, ended: datetime) -> None:
        """Share out by its reasons the time in which nobody worked on it."""
        for stop in doing.stops:
            if stop.until is not None and self.clock.covers(stop.until):
                worked = self.clock.between(stop.since, min(stop.until, ended))
                self.waits[stop.kind] += max(worked, 0)
        came = doing.scheduled
        if came is None:
            return
        worked = self.clock.between(came, ended)
        self._whole.append(worked / MINUTE)
        passed = round((ended - came).total_seconds() * 1_000_000)
        self.waits["calendar"] += passed - worked
        if doing.started is None:
            self.waits["unknown"] += worked - self._stopped(doing, came, ended)
            return
        queued = self.clock.between(came, doing.started)
        queued = max(queued - self._stopped(doing, came, doing.started), 0)
        self.waits["queue"] += queued
        if doing.resource:
            minute = doing.started.replace(second=0, microsecond=0)
            self._begun.append(fingerprint(doing.resource, minute.isoformat()))
            self._queued.append(queued)

    def found(self) -> StepFound:
        """Return what was counted, the times as a distribution."""
        work = sorted(self.work.all().tolist())
        waits = self.waits.copy()
        together = self._batched()
        waits["batch"] += together
        waits["queue"] -= together
        return StepFound(
            element=self.element,
            name=self.name,
            cases=self.cases,
            done=self.done,
            withdrawn=self.withdrawn,
            open=self.open,
            timed=len(work),
            handling=fitted(work) if work else None,
            mean=mean_interval(work),
            median=quantile_of(work, _HALF) if work else None,
            p90=quantile_of(work, _NINETY) if work else None,
            whole=mean_interval(self._whole.all().tolist()),
            waits={kind: micros / MINUTE for kind, micros in sorted(waits.items()) if micros},
            late=self.late,
            due=self.due,
        )

    def _batched(self) -> int:
        """Return the microseconds in the queue of doings that one person began together."""
        import numpy as np

        _, minute, count = np.unique(self._begun.all(), return_inverse=True, return_counts=True)
        return int(self._queued.all()[count[minute] >= _BATCH].sum())
