"""The signals that a listener has still to hear, the first given first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from tthc_flow.store.instances import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.store.rows import JobRow

Sealed: TypeAlias = "Mapping[str, Any] | str"
"""The data of a signal, as they are kept."""


def heard_next(job: JobRow) -> Any:  # noqa: ANN401 - as it is kept
    """Return the data of the signal that *job* hears next; none where it is no listener."""
    signals = _signals(job)
    return signals[0] if signals else {}


def with_one_more(job: JobRow, data: Sealed) -> str:
    """Return the payload of *job* once one more signal has been given to it."""
    return as_text({"heard": [*_signals(job), data]})


def after_the_first(job: JobRow) -> str | None:
    """Return the payload of *job* once it has heard the first of its signals.

    Example:
        >>> from tthc_flow.store.rows import JobRow
        >>> job = JobRow(instance="i", token=1, node="n", kind="signal")
        >>> after_the_first(job) is None
        True
    """
    rest = _signals(job)[1:]
    return as_text({"heard": rest}) if rest else None


def _signals(job: JobRow) -> list[Any]:
    found: list[Any] = [] if job.payload is None else json.loads(job.payload).get("heard", [])
    return found
