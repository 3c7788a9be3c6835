"""What a log tells: values only, minutes of working time unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import field, frozen

from tthc_flow.calibration.goodness import Fitted
from tthc_flow.calibration.intervals import Interval
from tthc_flow.measures.heat import Heat
from tthc_flow.model.finding import Finding


@frozen(kw_only=True)
class StepFound:
    """What the log tells of one element.

    Attributes:
        element: Its id.
        name: Its name in the diagram.
        cases: Of how many cases it was done.
        done: How often it was done.
        withdrawn: How often it was taken off before it was done.
        open: How often it was still open.
        timed: Of how many of those done the log tells how long they were worked on.
        handling: How long, as a distribution; ``None`` where the log does not tell.
        mean: The mean of it, with its interval.
        median: The time that half of them do not pass.
        p90: The time that nine of ten do not pass.
        whole: The mean from when it came up to its end, in office hours.
        waits: Minutes by reason, all doings together: ``queue`` (not begun), ``batch`` (not begun,
            then begun with others at once), ``clock`` (the legal clock stood), ``applicant`` (a
            step that pauses the clock was open), ``suspended``, ``called``, ``incident``,
            ``calendar`` (nights and days off, minutes as they pass) and ``unknown`` (from when it
            came up to its end, where no start is told: work and waiting).
        late: How many ended late.
        due: Of how many the log says whether they did.
    """

    element: str
    name: str
    cases: int
    done: int
    withdrawn: int
    open: int
    timed: int
    handling: Fitted | None
    mean: Interval | None
    median: float | None
    p90: float | None
    whole: Interval | None
    waits: Mapping[str, float] = field(factory=dict)
    late: int = 0
    due: int = 0


@frozen(kw_only=True)
class WayFound:
    """How many cases took a sequence flow, of those that came to where it leaves."""

    edge: str
    node: str
    taken: int
    of: int
    share: Interval


@frozen(kw_only=True)
class RejectionFound:
    """Of how many dossiers a step was followed by a decision, and how many it ended."""

    step: str
    checked: int
    rejected: int
    rate: Interval


@frozen(kw_only=True)
class LoadFound:
    """How long the people of a lane worked on this procedure, by what the log tells.

    *share* is that of the office hours of the period, for each of the *people* who were seen;
    ``None`` where none is named or no time is known.
    """

    lane: str | None
    name: str
    people: int
    minutes: float
    share: float | None


@frozen(kw_only=True)
class HoursFound:
    """On a day of the week (0 is Monday): how many tasks ended, from which hour until which."""

    weekday: int
    ends: int
    first: int
    last: int


@frozen(kw_only=True)
class Deviation:
    """Where cases leave the diagram.

    *skipped*: a case went past it undone. *out_of_place*: it was done where no case can be.
    *standing*: cases that have not ended stand before it.
    """

    element: str
    name: str
    played: int
    skipped: int
    out_of_place: int
    standing: int


@frozen(kw_only=True)
class Conformance:
    """How the log fits the diagram.

    *fitness* is 1 where every event is as drawn, 0 where none is: 1 less the cost of the optimal
    alignments (an event or a step without its counterpart costs one) of the most that they could
    cost (every event, and for ended cases every step of the shortest way). ``None`` where nothing
    was played. Of *bounded* cases the optimum is not known and the cost of one alignment counts, so
    that the fitness is a lower bound. *strange* are events of no element, out of place in the
    fitness; *capped* cases that were too long to be played, and are not in it.
    """

    cases: int
    fitting: int
    ended: int
    open: int
    strange: int
    capped: int
    bounded: int
    fitness: float | None
    deviations: tuple[Deviation, ...]
    heat: Heat


@frozen(kw_only=True)
class CasesFound:
    """How long ended cases took, first event to last, in office hours without stops of the clock.

    *times* are the minutes of each, ascending. *late* of *due* took longer than *limit*, the time
    that the procedure declares; both zero where it declares none.
    """

    times: Sequence[float]
    mean: Interval | None
    median: float | None
    p90: float | None
    limit: float | None
    late: int
    due: int


@frozen(kw_only=True)
class LogFound:
    """All that one log tells of one procedure.

    *by_year* counts the cases that began in each year; *people* is by lane, *hours* by day of the
    week; *fingerprints* tell cases of two logs apart without naming them.
    """

    log: str
    first: datetime | None
    last: datetime | None
    cases: int
    events: int
    steps: tuple[StepFound, ...]
    ways: tuple[WayFound, ...]
    rejections: tuple[RejectionFound, ...]
    loads: tuple[LoadFound, ...]
    hours: tuple[HoursFound, ...]
    by_year: Mapping[int, int]
    whole: CasesFound
    conformance: Conformance
    findings: tuple[Finding, ...]
    fingerprints: Sequence[int]

    @property
    def period(self) -> str:
        """Return first and last day as text; empty where no event has a moment."""
        if self.first is None or self.last is None:
            return ""
        return f"{self.first.date().isoformat()}/{self.last.date().isoformat()}"
