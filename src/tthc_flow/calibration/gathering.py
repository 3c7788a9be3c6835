"""One pass over the cases of a log: each is read, counted and played on the diagram once."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from attrs import Factory, define, field

from tthc_flow.calibration.best_replay import BestReplay
from tthc_flow.calibration.doing import told_by
from tthc_flow.calibration.net import net_of
from tthc_flow.calibration.playing import Playing
from tthc_flow.calibration.replay import Replay
from tthc_flow.calibration.step_times import MINUTE, StepTimes, fingerprint
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tthc_flow.calibration.column import Pages
    from tthc_flow.calibration.doing import Doing, Told
    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.event import Case
    from tthc_flow.calibration.found import StepFound
    from tthc_flow.calibration.naming import Naming
    from tthc_flow.calibration.worked_clock import WorkedClock
    from tthc_flow.model.flow import Flow

_FIRST: Final = 500
"""From so many cases it is seen which automatic steps the log never holds."""


@define
class Gathering:
    """What is counted of a log while it streams by."""

    flow: Flow
    naming: Naming
    clock: WorkedClock
    doubts: Doubts
    pages: Pages
    playing: Playing = field(init=False)
    steps: dict[str, StepTimes] = Factory(dict)
    cases: int = 0
    events: int = 0
    open: int = 0
    strange: int = 0
    outside: int = 0
    first: datetime | None = None
    last: datetime | None = None
    times: array[float] = field(factory=lambda: array("d"))
    by_year: Counter[int] = Factory(Counter)
    ends: Counter[tuple[int, int]] = Factory(Counter)
    people: dict[str | None, set[str]] = Factory(dict)
    minutes: dict[str | None, float] = Factory(dict)
    fingerprints: array[int] = field(factory=lambda: array("Q"))
    _pausing: frozenset[str] = field(init=False)
    _zoned: Counter[bool] = Factory(Counter)
    _versions: set[str] = Factory(set)

    def __attrs_post_init__(self) -> None:
        """Learn in which steps the applicant is waited for."""
        self._pausing = frozenset(step.id for step in self.flow.steps if step.pauses_clock)

    def read(self, cases: Iterable[Case]) -> None:
        """Count all *cases*; those of another procedure are left out and told."""
        reading = filter(self._is_ours, cases)
        begun = [(case, self._told(case)) for case in islice(reading, _FIRST)]
        seen = {doing.element for _, told in begun for doing in told.doings}
        automatic = {step.id for step in self.flow.steps if step.automatic}
        unlogged = frozenset(automatic - seen)
        self.playing = Playing(BestReplay(Replay(self.flow, net_of(self.flow), unlogged)))
        for case, told in chain(begun, ((each, self._told(each)) for each in reading)):
            self._count(case, told)
        self._tell()

    def found(self) -> tuple[StepFound, ...]:
        """Return what was counted of each element, in the order of the flow."""
        nodes = (node.id for node in self.flow.nodes)
        return tuple(self.steps[node].found() for node in nodes if node in self.steps)

    def _is_ours(self, case: Case) -> bool:
        named = {event.procedure for event in case.events if event.procedure}
        if not named or self.flow.id in named:
            return True
        severity = Severity.INFO
        self.doubts.add("log-other-procedure", severity=severity, name=min(named))
        return False

    def _told(self, case: Case) -> Told:
        return told_by(case.events, self.naming, self.doubts)

    def _count(self, case: Case, told: Told) -> None:
        self.cases += 1
        self.events += len(case.events)
        self.strange += told.strange
        self.open += told.open
        self.fingerprints.append(fingerprint(case.id))
        self._zoned.update(event.zoned for event in case.events if event.at is not None)
        self._versions.update(event.version for event in case.events if event.version)
        if told.first is not None and told.last is not None:
            self.by_year[told.first.year] += 1
            self.first = told.first if self.first is None else min(self.first, told.first)
            self.last = told.last if self.last is None else max(self.last, told.last)
        for element in {doing.element for doing in told.doings}:
            self._times_of(element).cases += 1
        for doing in told.doings:
            self._doing(doing)
        played = [doing for doing in told.doings if doing.done]
        elements = [doing.element for doing in played]
        if self.playing.play(elements, is_open=told.open, strange=told.strange):
            self._whole(told)

    def _times_of(self, element: str) -> StepTimes:
        if element not in self.steps:
            name = " ".join(self.flow.by_id[element].name.split())
            pauses = element in self._pausing
            self.steps[element] = StepTimes(
                element, name, pauses, self.clock, self.doubts, self.pages
            )
        return self.steps[element]

    def _doing(self, doing: Doing) -> None:
        work = self._times_of(doing.element).add(doing)
        if doing.done and doing.ended is not None and self.clock.covers(doing.ended):
            self.ends[doing.ended.weekday(), doing.ended.hour] += 1
            self.outside += not self.clock.is_open(doing.ended)
        if doing.resource:
            lane = self.flow.by_id[doing.element].lane
            self.people.setdefault(lane, set()).add(doing.resource)
            self.minutes[lane] = self.minutes.get(lane, 0.0) + (work or 0.0)

    def _whole(self, told: Told) -> None:
        """Count how long an ended case took, without the stops of the legal clock."""
        ends = [doing.ended for doing in told.doings if doing.ended is not None]
        first, last = told.first, max(ends, default=None)
        if first is None or last is None or not (self.clock.covers(first)):
            return
        if not self.clock.covers(last):
            return
        micros, until = self.clock.between(first, last), first
        for since, ended in sorted(self._stands(told, last)):
            begin, end = max(since, until), min(ended, last)
            if begin < end:
                micros, until = micros - self.clock.between(begin, end), end
        self.times.append(micros / MINUTE)

    def _stands(self, told: Told, last: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield from when to when the legal clock stands: by the log, and by the diagram."""
        for doing in told.doings:
            for stop in doing.stops:
                if stop.kind == "clock":
                    yield stop.since, stop.until or last
            if doing.element in self._pausing and doing.first is not None:
                yield doing.first, doing.ended or last

    def _tell(self) -> None:
        """Tell what can be seen only of the whole log."""
        info = Severity.INFO
        if self._zoned[False]:
            code = "log-zones-mixed" if self._zoned[True] else "log-zone-missing"
            self.doubts.add(code, count=self._zoned[False])
        if twice := _repeated(self.fingerprints):
            self.doubts.add("log-case-twice", count=twice)
        if len(self._versions) > 1:
            versions = ", ".join(sorted(self._versions))
            self.doubts.add("log-versions", severity=info, versions=versions)
        if self.outside:
            of = str(sum(self.ends.values()))
            self.doubts.add("log-outside-hours", severity=info, count=self.outside, of=of)
        for step in self.flow.steps:
            times = self.steps.get(step.id)
            if times is not None and times.at_once and times.at_once == len(times.work):
                self.doubts.add("log-start-is-arrival", element=step.id, count=times.at_once)
            if self.cases and times is None:
                self.doubts.add("log-never-done", severity=info, element=step.id)


def _repeated(fingerprints: array[int]) -> int:
    """Return how many of *fingerprints* were there before."""
    import numpy as np

    if not fingerprints:
        return 0
    return len(fingerprints) - len(np.unique(np.frombuffer(fingerprints, dtype="u8")))
