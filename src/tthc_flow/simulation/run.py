"""Running a scenario with a kernel: how many cases, which luck, plain or compiled."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.simulation.fast import run_fast
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.plain import run_plainly
from tthc_flow.simulation.replications import seeds_of
from tthc_flow.simulation.results import outcome
from tthc_flow.simulation.tally import Length
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from tthc_flow.simulation.results import Outcome
    from tthc_flow.simulation.scenario import Scenario
    from tthc_flow.simulation.tally import Tell


class Kernel(StrEnum):
    """Which kernel runs: both give the same cases; ``FAST`` needs the extra of that name."""

    PLAIN = "plain"
    FAST = "fast"


@frozen(kw_only=True)
class Settings:
    """How a scenario is run: *length*, the *seed* of its luck, the *kernel*.

    *replications* is how often, each time with *length* cases and a luck of its own: intervals are
    then by runs and not by batches.

    Raises:
        BadQuantity: TF152 for less than one run.
    """

    length: Length
    seed: int = 1
    kernel: Kernel = Kernel.PLAIN
    replications: int = 1

    def __attrs_post_init__(self) -> None:
        """Refuse what is no run."""
        if self.replications < 1:
            fact = fact_words("simulate-fact-runs", runs=self.replications)
            raise BadQuantity("TF152", **fact, hint="give 1 or more")


def run(scenario: Scenario, settings: Settings, tell: Tell | None = None) -> Outcome:
    """Return what comes out of *scenario*.

    Args:
        scenario: A scenario without holes.
        settings: How it is run.
        tell: Called now and then with the number of cases that have come, of each run anew.

    Raises:
        NotRunnable: TF431 for elements that are not covered, TF433 where cases never end, TF434
            where the fast kernel is asked for and numba is not installed.

    Source: see :mod:`tthc_flow.simulation`.
    """
    program = flatten(scenario)
    kernel = run_fast if settings.kernel is Kernel.FAST else run_plainly
    seeds = seeds_of(settings.seed, settings.replications)
    return outcome(program, *(kernel(program, e, settings.length, tell=tell) for e in seeds))
