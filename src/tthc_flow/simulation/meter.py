"""Adding up cases that are over, many at once: the same sums for both kernels.

A kernel says of a case when it came and ended and what it met (:data:`FIELDS`); the calendar's
answers (worked time, all time, late or not) are looked up here for thousands of cases together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.simulation.tally import METRICS, Metric, Tally

if TYPE_CHECKING:
    from tthc_flow.simulation.clock import Clock
    from tthc_flow.simulation.program import Limit, Program
    from tthc_flow.simulation.tally import Length, StepSums

FIELDS: Final = (
    "entry", "order", "began", "ended", "queue", "batch", "applicant", "other", "work", "closed",
    "diluted", "stood", "cost",
)  # fmt: skip
"""What a kernel says of a case, in this order, each a float."""
SUMMED: Final = slice(4, 12)
"""The fields that are summed as they are: ``queue`` to ``stood``."""
AT_ONCE: Final = 8192


class Meter:
    """The sums over cases that were counted so far."""

    def __init__(self, program: Program, length: Length) -> None:
        """Begin with no case."""
        import numpy as np

        self.program, self.length = program, length
        self.entries = len(program.entries)
        self.sums = np.zeros((METRICS, self.entries * length.batches))
        self.counts = np.zeros(self.entries * length.batches, dtype=np.int64)
        self.sample: list[Any] = []
        self.office = Lookup(program.clocks[0]) if program.clocks else None

    def add(self, cases: Any) -> None:  # noqa: ANN401 - an array
        """Add cases, a row of :data:`FIELDS` each; those of the warming up are left out."""
        import numpy as np

        length = self.length
        cases = cases[cases[:, 1] >= length.warm]
        entry, order = cases[:, 0].astype(np.int64), cases[:, 1].astype(np.int64)
        batch = (order - length.warm) * length.batches // (length.cases - length.warm)
        spots = entry * length.batches + batch
        came, ended, span = self._times(cases[:, 2], cases[:, 3])
        values = np.empty((METRICS, len(cases)))
        values[Metric.CYCLE], values[Metric.SPAN] = ended - came, span
        values[Metric.QUEUE : Metric.LATE] = cases[:, SUMMED].T
        values[Metric.LATE] = self._late(entry, came, ended - cases[:, 11])
        values[Metric.COST] = cases[:, 12]
        for metric in range(METRICS):
            self.sums[metric] += np.bincount(spots, values[metric], len(self.counts))
        self.counts += np.bincount(spots, minlength=len(self.counts))
        kept = (order - length.warm) % length.stride == 0
        self.sample.append(np.column_stack([entry, ended - came, span])[kept])

    def _times(self, began: Any, ended: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401 - arrays
        """Return when cases came and ended in worked minutes, and all minutes between."""
        office = self.office
        if office is None:
            return began, ended, ended - began
        if self.program.worked:
            return began, ended, office.at(ended) - office.opening(office.at(began))
        return office.worked(began), office.worked(ended), ended - began

    def _late(self, entry: Any, came: Any, ended: Any) -> Any:  # noqa: ANN401 - arrays
        import numpy as np

        late = np.zeros(len(came))
        for number, each in enumerate(self.program.entries):
            if each.limit is not None:
                mine = entry == number
                late[mine] = ended[mine] > self._due(each.limit, came[mine]) + ROUNDING
        return late

    def _due(self, limit: Limit, came: Any) -> Any:  # noqa: ANN401 - arrays
        if limit.days is None or self.office is None:
            return came + limit.minutes
        return self.office.day_end(came, limit.days)


def tally_of(meter: Meter, *, steps: tuple[StepSums, ...], **more: Any) -> Tally:  # noqa: ANN401 - the rest of a tally
    """Return the sums of *meter* and what else a kernel saw as a tally."""
    import numpy as np

    busy = [0.0] * len(meter.program.crowds)
    for found, sums in zip(meter.program.instructions, steps, strict=True):
        if found.pool >= 0:
            busy[found.pool] += sums.work
    shape = (METRICS, meter.entries, meter.length.batches)
    by_batch = meter.sums.reshape(shape).transpose(1, 2, 0)
    counts = meter.counts.reshape(meter.entries, meter.length.batches)
    sample = np.concatenate(meter.sample) if meter.sample else np.empty((0, 3))
    return Tally(
        sums=tuple(tuple(map(tuple, each.tolist())) for each in by_batch),
        counts=tuple(map(tuple, counts.tolist())),
        steps=steps,
        busy=tuple(busy),
        sample=tuple((int(entry), cycle, span) for entry, cycle, span in sample.tolist()),
        **more,
    )


ROUNDING: Final = 1e-6
"""Minutes by which a case may end after its time without being late: floats, no mercy."""


class Lookup:
    """A clock asked for many moments at once: the same answers as :class:`Clock` gives."""

    def __init__(self, clock: Clock) -> None:
        """Lay the clock out as arrays."""
        import numpy as np

        self.period, self.total = clock.period, clock.total
        self.opens, self.closes = np.array(clock.opens), np.array(clock.closes)
        self.before, self.days = np.array(clock.before), np.array(clock.days)

    def worked(self, moments: Any) -> Any:  # noqa: ANN401 - arrays
        """Return the minutes worked by each moment."""
        import numpy as np

        rounds = np.floor(moments / self.period)
        rest = moments - rounds * self.period
        span = np.searchsorted(self.opens, rest, side="right") - 1
        inside = self.before[span] + np.minimum(rest, self.closes[span]) - self.opens[span]
        return rounds * self.total + np.where(span >= 0, inside, 0.0)

    def at(self, minutes: Any) -> Any:  # noqa: ANN401 - arrays
        """Return the first moment at which so many minutes were worked."""
        import numpy as np

        rounds = np.floor(minutes / self.total)
        rest = minutes - rounds * self.total
        span = np.maximum(np.searchsorted(self.before, rest, side="left") - 1, 0)
        found = rounds * self.period + self.opens[span] + (rest - self.before[span])
        last = (rounds - 1) * self.period + self.closes[-1]
        return np.where((rest <= 0.0) & (rounds > 0), last, found)

    def opening(self, moments: Any) -> Any:  # noqa: ANN401 - arrays
        """Return each moment where the office is open, else when it opens next."""
        import numpy as np

        rounds = np.floor(moments / self.period)
        rest = moments - rounds * self.period
        span = np.searchsorted(self.opens, rest, side="right") - 1
        is_open = (span >= 0) & (rest < self.closes[span])
        over = span + 1 >= len(self.opens)
        following = self.opens[np.where(over, 0, span + 1)] + (rounds + over) * self.period
        return np.where(is_open, moments, following)

    def day_end(self, minutes: Any, days: int) -> Any:  # noqa: ANN401 - arrays
        """Return the worked minutes at the end of the *days*-th working day after each."""
        import numpy as np

        rounds = np.floor(minutes / self.total)
        rest = minutes - rounds * self.total
        day = np.searchsorted(self.days, rest, side="right") + days
        further = day // len(self.days)
        return (rounds + further) * self.total + self.days[day % len(self.days)]
