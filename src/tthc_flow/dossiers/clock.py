"""The legal clock of a dossier: its limit, when it stood still and why, by what it was extended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve, frozen

from tthc_flow.calendars.stops import Stop
from tthc_flow.moments import moment_of, text_of
from tthc_flow.units import Duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@frozen(kw_only=True)
class ClockStop:
    """A time in which the clock stood still; *step* names the step that made it, if one did."""

    since: datetime
    until: datetime | None = None
    reason: str
    step: str | None = None


@frozen(kw_only=True)
class LegalClock:
    """What a dossier's due date is counted by; *extended* are the extensions in their order.

    A dossier that went round for years has had many stops; the oldest are listed no more. Then
    *counted* is the limit made longer by them.
    """

    limit: Duration | None = None
    stops: tuple[ClockStop, ...] = ()
    extended: tuple[Duration, ...] = ()
    counted: Duration | None = None

    @property
    def standing(self) -> ClockStop | None:
        """Return the stop that is not over, if there is one."""
        return next((stop for stop in self.stops if stop.until is None), None)

    @property
    def listed(self) -> tuple[Stop, ...]:
        """Return the stops as the calendar counts them."""
        return tuple(
            Stop(since=stop.since, until=stop.until, reason=stop.reason) for stop in self.stops
        )

    def stopped(self, now: datetime, reason: str, step: str | None = None) -> Self:
        """Return the clock standing still from *now* on."""
        stop = ClockStop(since=now, reason=reason, step=step)
        return evolve(self, stops=(*self.stops, stop))

    def resumed(self, now: datetime, *, by_step: bool) -> Self:
        """Return the clock going on: what steps stopped, or what people did."""
        stops = (
            evolve(stop, until=now)
            if stop.until is None and (stop.step is not None) is by_step
            else stop
            for stop in self.stops
        )
        return evolve(self, stops=tuple(stops))

    def stands(self, *, by_step: bool) -> bool:
        """Return whether a step, or else a person, has stopped it."""
        return any(stop.until is None and (stop.step is not None) is by_step for stop in self.stops)


def clock_text(clock: LegalClock) -> str | None:
    """Return *clock* as it is kept; ``None`` where there is nothing to keep.

    Example:
        >>> clock_text(LegalClock()) is None
        True
        >>> clock_text(LegalClock(limit=Duration(amount=5, unit="working_day")))
        '{"extended":[],"limit":["5","working_day"],"stops":[]}'
    """
    if clock == LegalClock():
        return None
    stops = [
        [text_of(stop.since), stop.until and text_of(stop.until), stop.reason, stop.step]
        for stop in clock.stops
    ]
    kept: dict[str, Any] = {
        "limit": clock.limit and _pair(clock.limit),
        "stops": stops,
        "extended": [_pair(each) for each in clock.extended],
    }
    if clock.counted is not None:
        kept["counted"] = _pair(clock.counted)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def clock_of(text: str | None) -> LegalClock:
    """Return the clock that :func:`clock_text` made *text* of.

    Example:
        >>> clock = LegalClock(limit=Duration(amount=5, unit="working_day"))
        >>> clock_of(clock_text(clock)) == clock
        True
    """
    if text is None:
        return LegalClock()
    kept = json.loads(text)
    return LegalClock(
        limit=kept["limit"] and _duration(kept["limit"]),
        stops=tuple(_stop(each) for each in kept["stops"]),
        extended=tuple(map(_duration, kept["extended"])),
        counted=_duration(kept["counted"]) if "counted" in kept else None,
    )


def stops_told(events: Iterable[Mapping[str, Any]]) -> tuple[ClockStop, ...]:
    """Return every stop that *events* of a dossier tell of, in their order."""
    found: dict[tuple[datetime, str | None], ClockStop] = {}
    for event in events:
        for stop in clock_of(event["payload"].get("clock")).stops:
            found[stop.since, stop.step] = stop
    return tuple(found.values())


def _pair(duration: Duration) -> list[str]:
    return [str(duration.amount), duration.unit.value]


def _duration(pair: list[str]) -> Duration:
    return Duration(amount=pair[0], unit=pair[1])


def _stop(kept: list[Any]) -> ClockStop:
    since, until, reason, step = kept
    return ClockStop(
        since=moment_of(since), until=until and moment_of(until), reason=reason, step=step
    )
