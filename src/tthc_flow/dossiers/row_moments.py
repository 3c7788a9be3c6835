"""The moments of a row of the event log, as steps of the standard life cycle of an activity.

Source: IEEE Std 1849-2023 (XES), the standard transactional life cycle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.dossiers.log_row import Ended, LogRow, WaitKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tthc_flow.dossiers.log_row import Wait


@frozen(kw_only=True)
class RowMoment:
    """When a row passed to which step of its life; *wait* is the stop that begins or ends then."""

    at: datetime
    transition: str
    wait: Wait | None = None


def moments_of(row: LogRow) -> Iterator[RowMoment]:
    """Yield the moments of *row*: coming up, being taken, each stop, the end; unknown ones not.

    The queue is no stop: it lies between coming up and being taken.

    Returns:
        ``schedule``, ``start``, then ``suspend`` and ``resume`` of each stop in the order of their
        beginning, and ``complete``, ``ate_abort`` (taken off somebody) or ``withdraw`` (taken off
        nobody).

    Example:
        >>> from datetime import datetime
        >>> from tthc_flow.dossiers.log_row import Kind, Wait
        >>> said = dict.fromkeys(("case", "business_key", "procedure", "task", "activity", "name",
        ...                       "office", "role", "resource", "on_behalf_of"), "")
        >>> days = [datetime(2026, 3, day) for day in (2, 3, 4, 5)]
        >>> row = LogRow(**said, version=1, kind=Kind.WORK, created=days[0], start=None,
        ...              complete=days[3], ended=Ended.COMPLETED, due_at=None, late=None,
        ...              waits=(Wait(kind="clock", since=days[1], until=days[2]),))
        >>> [each.transition for each in moments_of(row)]
        ['schedule', 'suspend', 'resume', 'complete']

    Source: see the module.
    """
    if row.created is not None:
        yield RowMoment(at=row.created, transition="schedule")
    if row.start is not None:
        yield RowMoment(at=row.start, transition="start")
    for wait in row.waits:
        if wait.kind is WaitKind.QUEUE:
            continue
        yield RowMoment(at=wait.since, transition="suspend", wait=wait)
        if wait.until is not None:
            yield RowMoment(at=wait.until, transition="resume", wait=wait)
    if row.complete is not None:
        yield RowMoment(at=row.complete, transition=_end(row))


def _end(row: LogRow) -> str:
    if row.ended is Ended.COMPLETED:
        return "complete"
    return "withdraw" if row.start is None else "ate_abort"
