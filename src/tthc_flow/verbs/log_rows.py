"""The engine's own history as cases of an event log, stops with their beginning and end."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tthc_flow.calibration.event import Case, LogEvent
from tthc_flow.calibration.xes_events import TRANSITIONS
from tthc_flow.dossiers.row_moments import RowMoment, moments_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tthc_flow.dossiers.log_row import LogRow


def cases_of(rows: Iterable[LogRow]) -> Iterator[Case]:
    """Yield the cases that *rows* are about.

    Args:
        rows: As ``Engine.audit.log`` yields them: those of a dossier together.

    Example:
        >>> list(cases_of(()))
        []

    Source: see :mod:`tthc_flow.dossiers.event_log`.
    """
    for case, found in groupby(rows, key=lambda row: row.case):
        told = [
            (moment, row, row.task or f"{case}/{place}")
            for place, row in enumerate(found)
            for moment in moments_of(row)
        ]
        told.sort(key=lambda each: each[0].at)
        yield Case(id=case, events=tuple(_event(*each) for each in told))


def _event(moment: RowMoment, row: LogRow, instance: str) -> LogEvent:
    waiting = () if moment.wait is None else (moment.wait.kind.value,)
    return LogEvent(
        case=row.case,
        activity=row.activity,
        name=row.name,
        transition=TRANSITIONS[moment.transition],
        at=moment.at,
        resource=row.resource,
        instance=instance,
        waiting=frozenset(waiting),
        procedure=row.procedure,
        version=str(row.version),
        late=row.late,
    )
