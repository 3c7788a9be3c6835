"""From the events of a case to its doings: each time an activity was done, with its stops."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import Factory, define

from tthc_flow.calibration.event import LogEvent, Transition, moment_of
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.naming import Naming

_RANKS: Final = {
    Transition.SCHEDULE: 0,
    Transition.START: 1,
    Transition.SUSPEND: 2,
    Transition.RESUME: 2,
    Transition.COMPLETE: 3,
    Transition.WITHDRAW: 3,
    Transition.OTHER: 4,
}
"""Those of one rank keep the order of the file: one stop ends where the next begins."""

_ENDING: Final = frozenset({Transition.COMPLETE, Transition.WITHDRAW})


@define
class Stop:
    """A time in which a doing stood still; *until* is ``None`` where the log does not end it."""

    since: datetime
    kind: str
    until: datetime | None = None


@define
class Doing:
    """One time that an activity was done, as far as the log tells.

    *waiting* are reasons of which the log does not say from when to when.
    """

    element: str
    scheduled: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    withdrawn: bool = False
    resource: str = ""
    late: bool | None = None
    waiting: frozenset[str] = frozenset()
    stops: list[Stop] = Factory(list)

    @property
    def done(self) -> bool:
        """Return whether it was brought to its end."""
        return self.ended is not None and not self.withdrawn

    @property
    def first(self) -> datetime | None:
        """Return the first moment that is known of it."""
        return self.scheduled or self.started or self.ended


@define
class Told:
    """What a case tells: its doings, by their end; how many events fit no element."""

    doings: list[Doing]
    strange: int
    first: datetime | None
    last: datetime | None

    @property
    def open(self) -> bool:
        """Return whether something of it is begun or due, and not ended."""
        return any(each.ended is None for each in self.doings)


def told_by(events: Iterable[LogEvent], naming: Naming, doubts: Doubts) -> Told:
    """Return the doings that *events* of one case tell of; what is broken goes to *doubts*.

    Events count in the order of their moments. Where events name no instance, the first doing of
    the activity that is open is the one that goes on.

    Example:
        >>> from tthc_flow.calibration.doubts import Doubts
        >>> told_by((), None, Doubts()).doings
        []

    Source: IEEE Std 1849-2023, the standard transactional life cycle.
    """
    timed = _in_order(_once(events, doubts), doubts)
    reading = _Reading(doubts)
    strange = 0
    for event in timed:
        element = naming.element_of(event)
        if element is None:
            strange += event.transition in _ENDING
        else:
            reading.read(event, element)
    reading.close()
    moments = [event.at for event in timed if event.at is not None]
    return Told(
        doings=reading.doings,
        strange=strange,
        first=min(moments, default=None),
        last=max(moments, default=None),
    )


def _once(events: Iterable[LogEvent], doubts: Doubts) -> list[LogEvent]:
    """Return the events that have a moment, each once."""
    found: dict[tuple[object, ...], LogEvent] = {}
    for event in events:
        if event.at is None:
            continue
        told = (
            *(event.activity, event.name, event.transition, event.at),
            *(event.instance, event.resource),
        )
        if told in found:
            doubts.add("log-event-twice", name=event.name or event.activity, line=event.place)
        else:
            found[told] = event
    return list(found.values())


def _in_order(events: list[LogEvent], doubts: Doubts) -> list[LogEvent]:
    """Return *events* by their moments; what comes up, begins and ends in one moment, so."""
    for before, event in pairwise(events):
        if moment_of(event) < moment_of(before):
            doubts.add("log-out-of-order", line=event.place, case=event.case)
            break
    # A moment in which one activity ends and the next begins keeps the order of the file.
    return _ranked(sorted(events, key=moment_of))


def _ranked(events: list[LogEvent]) -> list[LogEvent]:
    """Return *events* with those of one activity in one moment in the order of life."""
    places: dict[tuple[object, ...], list[int]] = {}
    for place, event in enumerate(events):
        told = event.at, event.activity, event.name, event.instance
        places.setdefault(told, []).append(place)
    for alike in places.values():
        if len(alike) > 1:
            sorted_ = sorted((events[each] for each in alike), key=_rank)
            for place, event in zip(alike, sorted_, strict=True):
                events[place] = event
    return events


def _rank(event: LogEvent) -> int:
    return _RANKS[event.transition]


@define
class _Reading:
    doubts: Doubts
    doings: list[Doing] = Factory(list)
    _open: dict[str, list[tuple[str, Doing]]] = Factory(dict)
    _ended: set[tuple[str, str]] = Factory(set)

    def read(self, event: LogEvent, element: str) -> None:
        match event.transition:
            case Transition.SCHEDULE:
                self._new(event, element).scheduled = event.at
            case Transition.START:
                self._start(event, element)
            case Transition.SUSPEND | Transition.RESUME:
                self._stop(event, element)
            case Transition.COMPLETE | Transition.WITHDRAW:
                self._end(event, element)
            case Transition.OTHER:
                return

    def close(self) -> None:
        """Keep what was never ended: the last of the doings."""
        for element, found in self._open.items():
            for _, doing in found:
                self.doings.append(doing)
                if doing.started is not None:
                    self.doubts.add("log-end-missing", severity=Severity.INFO, element=element)

    def _new(self, event: LogEvent, element: str) -> Doing:
        doing = Doing(element)
        self._open.setdefault(element, []).append((event.instance, doing))
        return doing

    def _find(self, event: LogEvent, element: str, *, begun: bool | None = None) -> Doing | None:
        found = self._open.get(element, [])
        if event.instance:
            found = [each for each in found if each[0] == event.instance]
        fitting = (each for _, each in found if begun in {None, each.started is not None})
        return next(fitting, None)

    def _start(self, event: LogEvent, element: str) -> None:
        if not event.instance and self._find(event, element, begun=True) is not None:
            self.doubts.add("log-overlap", element=element, line=event.place, case=event.case)
        if (element, event.instance) in self._ended:
            self.doubts.add("log-end-before-start", element=element, line=event.place)
        doing = self._find(event, element, begun=False) or self._new(event, element)
        doing.started, doing.resource = event.at, event.resource

    def _stop(self, event: LogEvent, element: str) -> None:
        doing = self._find(event, element)
        if doing is None or event.at is None:
            self.doubts.add("log-stop-alone", element=element, line=event.place)
        elif event.transition is Transition.SUSPEND:
            doing.stops.append(Stop(event.at, min(event.waiting, default="suspended")))
        else:
            kinds = event.waiting
            begun = [each for each in doing.stops if each.until is None]
            fitting = [each for each in begun if not kinds or each.kind in kinds]
            for each in fitting[:1]:
                each.until = event.at

    def _end(self, event: LogEvent, element: str) -> None:
        doing = self._find(event, element, begun=True) or self._find(event, element)
        if doing is None:
            doing = Doing(element)
        else:
            self._open[element] = [each for each in self._open[element] if each[1] is not doing]
        doing.ended, doing.withdrawn = event.at, event.transition is Transition.WITHDRAW
        doing.resource = event.resource or doing.resource
        doing.late, doing.waiting = event.late, event.waiting
        if event.instance:
            self._ended.add((element, event.instance))
        self.doings.append(doing)
