"""Moments as logs write them: ISO 8601, or day/month/year as Vietnamese tables do."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from tthc_flow.moments import VIETNAM

_VIETNAMESE: Final = re.compile(
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
    r"(?:[ T,]+(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d{1,6})?))?)?"
)
_CLOCK_FIRST: Final = re.compile(
    r"(?P<hour>\d{1,2})[:hg](?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d{1,6})?))?[ ,]+"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"
)
_DATE_ALONE: Final = len("2026-03-02")


def read_moment(text: str) -> tuple[datetime | None, bool]:
    """Return the moment that *text* says in Vietnamese time, and whether it gives its time zone.

    A date without a time of day says no moment: nobody knows at what hour it was.

    Args:
        text: As a log holds it.

    Returns:
        The moment, ``None`` where it is not read; whether the zone was given.

    Example:
        >>> read_moment("2026-03-02T01:00:00Z")[0].isoformat()
        '2026-03-02T08:00:00+07:00'
        >>> read_moment("02/03/2026 08:30")[0].isoformat(), read_moment("02/03/2026 08:30")[1]
        ('2026-03-02T08:30:00+07:00', False)
        >>> read_moment("2026-03-02"), read_moment("hôm qua")
        ((None, False), (None, False))

    Source: ISO 8601; Quyết định 134/2002/QĐ-TTg for the zone of a moment that names none.
    """
    given = text.strip()
    if len(given) > _DATE_ALONE:
        try:
            found = datetime.fromisoformat(given)
        except ValueError:
            return _vietnamese(given), False
        if found.tzinfo is None:
            return found.replace(tzinfo=VIETNAM), False
        try:
            return found.astimezone(VIETNAM), True
        except OverflowError:
            return None, False
    return None, False


def is_day_first(text: str) -> bool:
    """Return whether *text* is a moment that gives the day before the month.

    Example:
        >>> is_day_first("02/03/2026 08:30"), is_day_first("2026-03-02 08:30")
        (True, False)
    """
    return _vietnamese(text.strip()) is not None


def _vietnamese(text: str) -> datetime | None:
    match = _VIETNAMESE.fullmatch(text) or _CLOCK_FIRST.fullmatch(text)
    if match is None or match["hour"] is None:
        return None
    second = float(match["second"] or 0)
    try:
        return datetime(
            int(match["year"]),
            int(match["month"]),
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            int(second),
            round(second % 1 * 1_000_000),
            tzinfo=VIETNAM,
        )
    except ValueError:
        return None
