"""The event log of dossiers: from the events of the chain to a row for each task.

Nothing is guessed: what the events do not say is ``None`` or empty.

Source: IEEE Std 1849-2023 (XES), the life cycle of activities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.dossiers.event_reading import EventReading
from tthc_flow.dossiers.log_row import Ended, Kind, LogRow, Wait, WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import Any

    from tthc_flow.dossiers.read_task import Version
    from tthc_flow.store.rows import JobRow

__all__ = ["Ended", "Kind", "LogRow", "Wait", "WaitKind", "rows_of"]


def rows_of(
    events: Iterable[Mapping[str, Any]],
    version_of: Callable[[str], Version],
    *,
    jobs: tuple[JobRow, ...] = (),
    now: datetime | None = None,
) -> Iterator[LogRow]:
    """Yield the rows of one dossier in the order in which its tasks came up.

    Args:
        events: All of its events in their order, the payload as values; data may stay sealed.
        version_of: Gives the procedure of a definition's hash.
        jobs: What the engine still has to do for the dossier: an open call, function or timer.
        now: Makes an open task that is past its due date late.

    Returns:
        One row for each task that ended or is open, and one for each step that the engine did by
        itself (functions, timers, calls, messages at a border) or is still to do. When such a
        step came up is known only where the flows taken say it without doubt.

    Example:
        >>> list(rows_of((), lambda _hash: None))
        []

    Source: see the module.
    """
    reading = EventReading(version_of)
    for event in events:
        reading.read(event)
    yield from reading.rows(jobs, now)
