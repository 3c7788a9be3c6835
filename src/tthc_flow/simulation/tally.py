"""What a kernel counts: sums by procedure and batch, sums by instruction and pool, a sample.

Nothing of it grows with the number of cases, but for the log, which is kept only where asked.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Callable


class Metric(IntEnum):
    """What is known of a case when it is over; minutes, but for ``LATE`` (0 or 1) and ``COST``.

    ``CYCLE`` is worked time of the office from coming to end, ``SPAN`` all time. ``QUEUE`` to
    ``DILUTED`` are summed over its steps, so that what goes on side by side counts twice:
    waiting for people, for a batch, for the applicant, for timers and others; the work; what the
    pool's hours are shorter than the office's; what people give to their other work meanwhile.
    ``STOOD`` is how long the legal clock stood.
    """

    CYCLE = 0
    SPAN = 1
    QUEUE = 2
    BATCH = 3
    APPLICANT = 4
    OTHER = 5
    WORK = 6
    CLOSED = 7
    DILUTED = 8
    STOOD = 9
    LATE = 10
    COST = 11


METRICS: Final = len(Metric)
SAMPLE: Final = 20_000
"""At most so many cases are kept for the distribution of times: each second, third …"""


@frozen(kw_only=True)
class Length:
    """How many *cases* come in all, how many of them are not counted, in how many *batches*.

    *warm* cases come first, to fill the empty office, and are left out of every figure.

    Raises:
        BadQuantity: TF151 for less than one case a batch.
    """

    cases: int
    warm: int = 0
    batches: int = 30

    def __attrs_post_init__(self) -> None:
        """Refuse what leaves nothing to count."""
        if self.batches < 2 or self.warm < 0 or self.cases - self.warm < self.batches:  # noqa: PLR2004 - no spread in one
            count = {"counted": self.cases - self.warm, "batches": self.batches}
            fact = fact_words("simulate-fact-batches", **count)
            raise BadQuantity("TF151", **fact, hint="simulate more cases, or fewer for warming up")

    def batch(self, number: int) -> int:
        """Return the batch of a counted case, by its number in the order of arrival."""
        return (number - self.warm) * self.batches // (self.cases - self.warm)

    @property
    def stride(self) -> int:
        """Return which counted cases are kept as a sample: each so many."""
        return max(1, -(-(self.cases - self.warm) // SAMPLE))


@frozen(kw_only=True)
class Visit:
    """One row of the log: a case of a procedure at an instruction; moments of the kernel's clock.

    *ready* is when it came, *begun* when somebody took it up, *done* when it was done.
    """

    entry: int
    case: int
    instruction: int
    ready: float
    begun: float
    done: float


@frozen(kw_only=True)
class StepSums:
    """Of one instruction, over the counted cases: visits, and minutes waited and worked there."""

    visits: int
    queue: float
    work: float


@frozen(kw_only=True)
class Tally:
    """What came out of a run.

    *sums* are by procedure, batch and :class:`Metric`, *counts* the cases by procedure and batch.
    *steps* are by instruction (ends count the cases that ended there). *busy* are minutes of work
    that the counted cases brought to each pool, *window* the moments of the first and the last
    counted arrival; *area* is the number of cases in the office, summed over that window.
    *sample* holds procedure, worked time and all time of some cases, in the order of their ends.
    *events* is how many things happened, *last* when the last did.
    """

    sums: tuple[tuple[tuple[float, ...], ...], ...]
    counts: tuple[tuple[int, ...], ...]
    steps: tuple[StepSums, ...]
    busy: tuple[float, ...]
    window: tuple[float, float]
    area: float
    sample: tuple[tuple[int, float, float], ...]
    events: int
    last: float
    log: tuple[Visit, ...] = ()


if TYPE_CHECKING:
    Tell = Callable[[int], object]
    """What is told how many cases have come, now and then."""
