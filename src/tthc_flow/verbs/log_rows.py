"""The engine's own history as cases of an event log, stops with their beginning and end."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tthc_flow.calibration.event import Case, LogEvent, Transition
from tthc_flow.dossiers.log_row import Ended, WaitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tthc_flow.dossiers.log_row import LogRow


def cases_of(rows: Iterable[LogRow]) -> Iterator[Case]:
    """Yield the cases that *rows* are about.

    Unlike a file, the history says from when to when a task stood still.

    Args:
        rows: As ``Engine.audit.log`` yields them: those of a dossier together.

    Example:
        >>> list(cases_of(()))
        []

    Source: see :mod:`tthc_flow.dossiers.event_log`.
    """
    for case, found in groupby(rows, key=lambda row: row.case):
        trace = list(found)
        events = [event for place, row in enumerate(trace) for event in _events(row, place)]
        yield Case(id=case, events=tuple(sorted(events, key=_when)))


def _when(event: LogEvent) -> tuple[bool, float]:
    return event.at is None, event.at.timestamp() if event.at is not None else 0


def _events(row: LogRow, place: int) -> Iterator[LogEvent]:
    instance = row.task or f"{row.case}/{place}"
    yield from _event(row, instance, Transition.SCHEDULE, row.created)
    yield from _event(row, instance, Transition.START, row.start)
    for wait in row.waits:
        if wait.kind is not WaitKind.QUEUE:
            kind = frozenset({wait.kind.value})
            yield from _event(row, instance, Transition.SUSPEND, wait.since, kind)
            yield from _event(row, instance, Transition.RESUME, wait.until, kind)
    done = row.ended is Ended.COMPLETED
    last = Transition.COMPLETE if done else Transition.WITHDRAW
    yield from _event(row, instance, last, row.complete)


def _event(
    row: LogRow,
    instance: str,
    transition: Transition,
    at: datetime | None,
    waiting: frozenset[str] = frozenset(),
) -> Iterator[LogEvent]:
    if at is None:
        return
    yield LogEvent(
        case=row.case,
        activity=row.activity,
        name=row.name,
        transition=transition,
        at=at,
        resource=row.resource,
        instance=instance,
        waiting=waiting,
        procedure=row.procedure,
        version=str(row.version),
        late=row.late,
    )
