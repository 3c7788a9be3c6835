"""Moments as they are kept: Vietnamese time, in one form of text that sorts as time goes.

Office hours and legal periods are meant in Vietnamese time wherever the computer stands.
Source: Quyết định 134/2002/QĐ-TTg: the legal time of Việt Nam is that of the seventh zone (UTC+7).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

VIETNAM: Final = timezone(timedelta(hours=7))


def in_vietnam(moment: datetime) -> datetime:
    """Return *moment* in Vietnamese time; one without a zone is taken for Vietnamese time.

    Example:
        >>> from datetime import UTC
        >>> in_vietnam(datetime(2026, 3, 2, 1, tzinfo=UTC)).isoformat()
        '2026-03-02T08:00:00+07:00'
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(VIETNAM)


def text_of(moment: datetime) -> str:
    """Return *moment* as text of one length, which sorts as time goes.

    Example:
        >>> text_of(datetime(2026, 3, 2, 8))
        '2026-03-02T08:00:00.000000+07:00'
    """
    return in_vietnam(moment).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """Return the moment that a text says.

    Example:
        >>> moment_of("2026-03-02T08:00:00.000000+07:00") == datetime(2026, 3, 2, 8, tzinfo=VIETNAM)
        True
    """
    return in_vietnam(datetime.fromisoformat(text))
