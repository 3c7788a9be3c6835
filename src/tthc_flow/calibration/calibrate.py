"""What the cases of a log tell of a procedure: times, ways, rejections, loads, deviations.

Source: van der Aalst, Process Mining (2016), chapters 8 and 9.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.calibration.column import Pages
from tthc_flow.calibration.doubts import Doubts
from tthc_flow.calibration.found import CasesFound, HoursFound, LoadFound, LogFound, StepFound
from tthc_flow.calibration.gathering import Gathering
from tthc_flow.calibration.intervals import quantile_of
from tthc_flow.calibration.means import mean_interval
from tthc_flow.calibration.naming import Naming
from tthc_flow.calibration.step_times import MINUTE
from tthc_flow.calibration.ways import rejections_found, ways_found
from tthc_flow.calibration.worked_clock import WorkedClock
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.finding import Severity
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.words.fact_words import FactWords, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.calibration.event import Case
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

FEW: Final = 20
"""Below this a finding says that a time rests on few doings."""

_UNKNOWN: Final = frozenset({"log-activity-unknown", "log-activity-ambiguous"})
_SHOWN: Final = 12
_SEEN: Final = 20
"""An hour counts as worked from a twentieth of the ends of the busiest hour on."""


@frozen(kw_only=True)
class Reading:
    """By which calendar, which names and which convention a log is read.

    *names* maps what the log calls an activity to an element; *convention* turns the declared time
    of the procedure into office hours.
    """

    calendar: Calendar
    names: Mapping[str, str]
    convention: Convention = DEFAULT_CONVENTION


def what_tells(
    cases: Iterable[Case],
    procedure: Procedure,
    reading: Reading,
    *,
    log: str = "",
    doubts: Doubts | None = None,
) -> LogFound:
    """Return what *cases* tell of *procedure*; nothing that they do not tell becomes a number.

    Args:
        cases: Each once, in any order.
        procedure: What was carried out.
        reading: Calendar, names and convention.
        log: How the log is called, for the source of the facts.
        doubts: What reading the file found already.

    Raises:
        UnreadableInput: TF274 for a name mapped to no element, TF275 where no case of the
            procedure is left.

    Example:
        >>> from datetime import datetime
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> from tthc_flow.calibration.event import Case, LogEvent
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> from tthc_flow.moments import VIETNAM
        >>> event = LogEvent(case="1", name="ký", at=datetime(2026, 3, 2, 9, tzinfo=VIETNAM))
        >>> reading = Reading(calendar=Calendar.load(2026), names={})
        >>> found = what_tells([Case(id="1", events=(event,))], Procedure(flow=flow), reading)
        >>> found.conformance.fitness, found.steps[0].done, found.steps[0].handling
        (1.0, 1, None)

    Source: see the module.
    """
    seen = Doubts() if doubts is None else doubts
    flow, clock = procedure.flow, WorkedClock(reading.calendar)
    naming = Naming(flow, seen, reading.names)
    with Pages() as pages:
        gathering = Gathering(flow, naming, clock, seen, pages)
        gathering.read(cases)
        if not gathering.steps:
            raise _nothing(seen, log or flow.id)
        playing, steps = gathering.playing, gathering.found()
    ways = ways_found(playing, seen)
    _tell(gathering, steps, seen)
    return LogFound(
        log=log,
        first=gathering.first,
        last=gathering.last,
        cases=gathering.cases,
        events=gathering.events,
        steps=steps,
        ways=ways,
        rejections=rejections_found(playing, ways),
        loads=_loads(flow, gathering),
        hours=_hours(gathering),
        by_year=dict(sorted(gathering.by_year.items())),
        whole=_whole(procedure, gathering, reading.convention),
        conformance=playing.conformance(gathering.cases, gathering.open, gathering.strange),
        findings=named(seen.findings(), flow),
        fingerprints=gathering.fingerprints,
    )


def _nothing(doubts: Doubts, place: str) -> UnreadableInput:
    """Return that no case is left, with what the log calls its activities."""
    unknown = [each.name or "" for each in doubts.findings() if each.code in _UNKNOWN]
    fact = FactWords(fact="the log holds no case of this procedure", fact_vi="")
    if unknown:
        fact = fact_words("log-fact-no-case-but", activities=", ".join(unknown[:_SHOWN]))
    hint = 'check the log; map the names of its activities by --map "Name=id"'
    return UnreadableInput("TF275", **fact, place=place, hint=hint)


def named(findings: Iterable[Finding], flow: Flow) -> tuple[Finding, ...]:
    """Return *findings* with the name of the element that each is about, where it has one.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> named((), Flow(id="p"))
        ()
    """
    parts = (*flow.nodes, *flow.edges)
    names = {each.id: " ".join(each.name.split()) for each in parts}
    return tuple(
        evolve(each, name=each.name or names.get(each.element or "") or None) for each in findings
    )


def _tell(gathering: Gathering, steps: tuple[StepFound, ...], doubts: Doubts) -> None:
    """Tell which figures rest on little."""
    info = Severity.INFO
    for step in steps:
        if step.timed and step.timed < FEW:
            doubts.add("log-few", severity=info, element=step.element, count=step.timed)
    if gathering.playing.capped:
        doubts.add("log-not-played", count=gathering.playing.capped)
    if gathering.playing.bounded:
        doubts.add("log-fitness-bound", severity=info, count=gathering.playing.bounded)
    if unended := gathering.cases - gathering.playing.ended:
        doubts.add("log-unended", severity=info, count=unended, of=str(gathering.cases))


def _whole(procedure: Procedure, gathering: Gathering, convention: Convention) -> CasesFound:
    times = array("d", sorted(gathering.times))
    declared = procedure.total_time.duration
    minutes = None if declared is None else convention.minutes(declared)
    limit = None if minutes is None else float(minutes)
    return CasesFound(
        times=times,
        mean=mean_interval(times),
        median=quantile_of(times, 0.5) if times else None,
        p90=quantile_of(times, 0.9) if times else None,
        limit=limit,
        late=0 if limit is None else sum(time > limit for time in times),
        due=0 if limit is None else len(times),
    )


def _loads(flow: Flow, gathering: Gathering) -> tuple[LoadFound, ...]:
    first, last, clock = gathering.first, gathering.last, gathering.clock
    open_: float | None = None
    if first is not None and last is not None and clock.covers(first) and clock.covers(last):
        open_ = clock.between(first, last) / MINUTE
    found = []
    for lane, people in gathering.people.items():
        minutes = gathering.minutes[lane]
        known = flow.lane_by_id.get(lane or "")
        found.append(
            LoadFound(
                lane=lane,
                name="" if known is None else " ".join(known.name.split()),
                people=len(people),
                minutes=minutes,
                share=minutes / len(people) / open_ if open_ and minutes else None,
            )
        )
    return tuple(sorted(found, key=lambda each: each.lane or ""))


def _hours(gathering: Gathering) -> tuple[HoursFound, ...]:
    busiest = max(gathering.ends.values(), default=0)
    worked = [each for each, count in gathering.ends.items() if count * _SEEN >= busiest]
    found = []
    for weekday in range(7):
        hours = [hour for day, hour in worked if day == weekday]
        if hours:
            ends = sum(n for (day, _), n in gathering.ends.items() if day == weekday)
            first, last = min(hours), max(hours) + 1
            found.append(HoursFound(weekday=weekday, ends=ends, first=first, last=last))
    return tuple(found)
