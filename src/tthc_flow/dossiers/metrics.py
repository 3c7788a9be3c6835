"""What a worker counts and measures, and how monitoring reads it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

JOBS: Final = "tthc_jobs"
LETTERS: Final = "tthc_letters"
WARNINGS: Final = "tthc_warnings"
FORGOTTEN: Final = "tthc_forgotten"
FAULTS: Final = "tthc_faults"
SECONDS: Final = "tthc_job_seconds"

MEANINGS: Final = {
    JOBS: "Jobs by how they ended",
    LETTERS: "Letters by whether they were delivered",
    WARNINGS: "Dossiers of which somebody was told that a time is nearly up or over",
    FORGOTTEN: "Dossiers taken away after their time to be kept",
    FAULTS: "What kept the worker from its work, by error code",
    SECONDS: "How long a job took, its step kept",
}
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram, in seconds: those that Prometheus' own clients begin with."""


class Metrics(Protocol):
    """Takes what a worker counts; called by the worker's thread only."""

    def count(self, name: str, number: int = 1, *, outcome: str = "") -> None:
        """Add *number* to the counter *name*."""

    def took(self, seconds: float) -> None:
        """Note how long a job took."""


@frozen(kw_only=True)
class Gauge:
    """A value that goes up and down."""

    name: str
    meaning: str
    value: float


class Counters:
    """Counters in memory, printed for Prometheus; any thread may print them.

    Example:
        >>> counters = Counters()
        >>> counters.count(WARNINGS, 2)
        >>> print(counters.text().splitlines()[2])
        tthc_warnings_total 2
    """

    def __init__(self) -> None:
        """Begin at zero."""
        self._lock = Lock()
        self._counted: Counter[tuple[str, str]] = Counter()
        self._buckets: Counter[int] = Counter()
        self._seconds = 0.0

    def count(self, name: str, number: int = 1, *, outcome: str = "") -> None:
        """Add *number* to the counter *name*."""
        with self._lock:
            self._counted[name, outcome] += number

    def took(self, seconds: float) -> None:
        """Note how long a job took."""
        with self._lock:
            self._buckets[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def text(self, gauges: Iterable[Gauge] = ()) -> str:
        """Return all of it in the text format of Prometheus, with *gauges* after it.

        Source: Prometheus documentation, "Exposition formats", text format 0.0.4.
        """
        with self._lock:
            counted, buckets, seconds = dict(self._counted), dict(self._buckets), self._seconds
        lines: list[str] = []
        for name, keys in groupby(sorted(counted), key=itemgetter(0)):
            lines += _head(f"{name}_total", MEANINGS[name], "counter")
            lines += [f"{name}_total{_label(key[1])} {counted[key]}" for key in keys]
        lines += _histogram(buckets, seconds)
        for gauge in gauges:
            lines += [*_head(gauge.name, gauge.meaning, "gauge"), f"{gauge.name} {gauge.value:g}"]
        return "\n".join(lines) + "\n"


def _label(outcome: str) -> str:
    return f'{{outcome="{outcome}"}}' if outcome else ""


def _head(name: str, meaning: str, kind: str) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]


def _histogram(buckets: dict[int, int], seconds: float) -> list[str]:
    lines, total = _head(SECONDS, MEANINGS[SECONDS], "histogram"), 0
    for number, bound in enumerate((*BOUNDS, "+Inf")):
        total += buckets.get(number, 0)
        lines.append(f'{SECONDS}_bucket{{le="{bound}"}} {total}')
    return [*lines, f"{SECONDS}_sum {seconds:.6f}", f"{SECONDS}_count {total}"]
