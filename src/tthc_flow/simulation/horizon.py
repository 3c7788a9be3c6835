"""How many cases come within so many years: arrivals do not hang on what the office does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.errors import BadQuantity
from tthc_flow.simulation.draws import Draws, arrival_of
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from tthc_flow.simulation.scenario import Scenario, Stream


def cases_within(scenario: Scenario, seed: int, years: float, covered: int) -> int:
    """Return how many cases come in the first *years*.

    Args:
        scenario: Whose cases they are.
        seed: The same as that of the run.
        years: More than 0.
        covered: How many years the office's calendar has.

    Raises:
        BadQuantity: TF152 for no time at all.

    Source: the same arrivals as in the run.
    """
    if not years > 0:
        fact = fact_words("simulate-fact-years", years=years)
        raise BadQuantity("TF152", **fact, hint="give more than 0")
    office = scenario.clocks[0]
    end = years * (office.total if scenario.worked else office.period) / covered
    return sum(_within(stream, seed, end) for stream in scenario.streams)


def _within(stream: Stream, seed: int, end: float) -> int:
    if stream.rate is None:
        return sum(moment <= end for moment in stream.trace)
    draws, number, count = Draws([arrival_of(stream.name)], seed), 0, 0.0
    while True:
        count += draws.row(number)[0]
        if stream.rate.at(count) > end:
            return number
        number += 1
