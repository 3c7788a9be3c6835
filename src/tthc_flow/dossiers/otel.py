"""The worker's counts for OpenTelemetry: on a meter of the caller's, so nothing is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.dossiers.metrics import MEANINGS, SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping


class MeterMetrics:
    """Counts and observes on *meter*, one of ``opentelemetry.metrics.get_meter(...)``.

    The instruments are named as for Prometheus (``tthc_jobs`` …, ``tthc_job_seconds``).

    Source: OpenTelemetry specification, "Metrics API": counter and histogram.
    """

    def __init__(self, meter: Any) -> None:  # noqa: ANN401 - OpenTelemetry need not be installed
        """Make the instruments."""
        self._counters: Mapping[str, Any] = {
            name: meter.create_counter(name, description=meaning)
            for name, meaning in MEANINGS.items()
            if name != SECONDS
        }
        self._seconds = meter.create_histogram(SECONDS, unit="s", description=MEANINGS[SECONDS])

    def count(self, name: str, number: int = 1, *, outcome: str = "") -> None:
        """Add *number* to the counter *name*."""
        self._counters[name].add(number, {"outcome": outcome} if outcome else {})

    def took(self, seconds: float) -> None:
        """Note how long a job took."""
        self._seconds.record(seconds)
