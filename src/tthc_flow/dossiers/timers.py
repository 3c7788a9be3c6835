"""When a timer of a diagram is due: ISO 8601 to the letter, our own times by the calendar.

``P1D`` is the same hour of the next day whatever the calendar says, as the standard means it;
"1 ngày làm việc" of our own attribute is a legal period, counted by the working calendar.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.flow import TimerKind
from tthc_flow.moments import in_vietnam
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.dossiers.deadlines import Deadlines
    from tthc_flow.expressions.expression import Value
    from tthc_flow.model.flow import Event, Timer

_PART: Final = r"\d{1,6}(?:\.\d{1,6})?"
_ISO: Final = re.compile(
    rf"P(?:(\d{{1,4}})Y)?(?:(\d{{1,4}})M)?(?:({_PART})W)?(?:({_PART})D)?"
    rf"(?:T(?=\d)(?:({_PART})H)?(?:({_PART})M)?(?:({_PART})S)?)?"
)
_CYCLE: Final = re.compile(r"R(\d{0,4})/(P[^/]+)")
_NAME: Final = re.compile(r"[^\W\d_][\w ]{0,79}")
_MONTHS: Final = 12
_YEAR: Final = timedelta(days=365)
FOREVER: Final = -1
LONGEST_YEARS: Final = 1000
"""A longer time than that is none that can come: the calendar of the computer ends in 9999."""


@frozen(kw_only=True)
class Due:
    """The next moment of a timer, and how often it still comes after that (``FOREVER``: always)."""

    at: datetime
    more: int = 0


def timer_due(
    event: Event, now: datetime, data: Mapping[str, Value], deadlines: Deadlines | None
) -> Due | None:
    """Return when the timer *event*, armed *now*, is due; ``None`` where that is not known.

    Our own time of the event goes before what its definition says. A definition may name data
    that hold a date, a duration or one of the texts of ISO 8601.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Timer, TimerKind
        >>> month = Timer(kind=TimerKind.DURATION, text="P1M")
        >>> event = Event(id="t", position=EventPosition.CATCH, timer=month)
        >>> timer_due(event, datetime(2026, 1, 31, 9), {}, None).at.isoformat()
        '2026-02-28T09:00:00'

    Source: BPMN 2.0.2, 10.5.5 (timer event definition); ISO 8601-1:2019.
    """
    printed = None if event.timer is None else event.timer.text.strip()
    own = event.time.duration
    if own is not None and (printed is None or not _is_of(own, printed)):
        found = None if deadlines is None else deadlines.after(now, own)
        return None if found is None else Due(at=found)
    return None if event.timer is None else _by_definition(event.timer, now, data, deadlines)


def is_clear(event: Event) -> bool:
    """Return whether what the definition of the timer *event* says can be followed.

    A timer that says nothing is a drawing that somebody has to answer; one that says something
    foreign would never come.
    """
    if event.timer is None:
        return True
    text = event.timer.text.strip()
    too_long = _is_period(text) and _iso(text) is None
    if too_long or event.time.duration is not None:
        return not too_long
    if event.timer.kind is TimerKind.CYCLE:
        return _cycle(text) is not None
    return _iso(text) is not None or _date(text) is not None or bool(_NAME.fullmatch(text))


def again(event: Event, now: datetime, more: int) -> Due | None:
    """Return when the cycle of *event*, which has just come, is due again, or ``None``."""
    timer = event.timer
    if timer is None or timer.kind is not TimerKind.CYCLE or not more:
        return None
    cycle = _cycle(timer.text.strip())
    left = more if more == FOREVER else more - 1
    return None if cycle is None else Due(at=_plus(now, cycle[1]), more=left)


def _by_definition(
    timer: Timer, now: datetime, data: Mapping[str, Value], deadlines: Deadlines | None
) -> Due | None:
    text = timer.text.strip()
    if timer.kind is TimerKind.CYCLE:
        cycle = _cycle(text)
        if cycle is None or cycle[0] == 0:
            return None
        times, parts = cycle
        return Due(at=_plus(now, parts), more=max(times - 1, FOREVER))
    found = _moment_of_value(data.get(text, text), now, deadlines)
    return None if found is None else Due(at=found)


def _moment_of_value(value: Value, now: datetime, deadlines: Deadlines | None) -> datetime | None:
    match value:
        case Duration():
            return None if deadlines is None else deadlines.after(now, value)
        case date():
            return datetime.combine(value, time(0), now.tzinfo)
        case str():
            parts = _iso(value.strip())
            return _plus(now, parts) if parts is not None else _date(value.strip(), now)
        case _:
            return None


def _is_of(own: Duration, printed: str) -> bool:
    """Return whether *own* is only what was read from the definition's text."""
    parts = _iso(printed)
    if parts is None or parts.months:
        return False
    length = Fraction(parts.rest // timedelta(microseconds=1), 1_000_000)
    seconds = {TimeUnit.HOUR: 3600, TimeUnit.CALENDAR_DAY: 86_400}.get(own.unit)
    return seconds is not None and own.amount * seconds == length


@frozen(kw_only=True)
class _Parts:
    months: int
    rest: timedelta


def _cycle(text: str) -> tuple[int, _Parts] | None:
    """Return how often a cycle comes, and after how long each; one of no length never ends."""
    found = _CYCLE.fullmatch(text)
    parts = None if found is None else _iso(found[2])
    if found is None or parts is None or not (parts.months or parts.rest):
        return None
    return int(found[1]) if found[1] else FOREVER, parts


def _is_period(text: str) -> bool:
    """Return whether *text* is written as a period of ISO 8601, of whatever length."""
    found = _ISO.fullmatch(text)
    return found is not None and any(found.groups())


def _iso(text: str) -> _Parts | None:
    """Return the period that *text* says, or ``None`` for none, or for one that never ends."""
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (each or "0" for each in found.groups())
    rest = timedelta(
        weeks=float(weeks),
        days=float(days),
        hours=float(hours),
        minutes=float(minutes),
        seconds=float(seconds),
    )
    parts = _Parts(months=int(years) * _MONTHS + int(months), rest=rest)
    return None if parts.months / _MONTHS + rest / _YEAR > LONGEST_YEARS else parts


def _plus(now: datetime, parts: _Parts) -> datetime:
    """Return *now* plus *parts*; a day that the month does not have is its last."""
    years, month = divmod(now.month - 1 + parts.months, _MONTHS)
    first = now.replace(year=now.year + years, month=month + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(now.day, last.day)) + parts.rest


def _date(text: str, now: datetime | None = None) -> datetime | None:
    """Return the moment that *text* says; ``None`` also for one that is none in Việt Nam."""
    try:
        found = datetime.fromisoformat(text)
        here = in_vietnam(found)
    except (ValueError, OverflowError):
        return None
    return found if now is None or now.tzinfo is None else here
