"""How many people the work alone needs, before anybody waits: fewer cannot keep up, ever."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.expected.abrupt import abrupt_ends
from tthc_flow.expected.known import Given
from tthc_flow.expected.routes import chains
from tthc_flow.expected.visits import passing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.simulation.scenario import Scenario, Stream

_ROUNDING: Final = 1e-9


@frozen(kw_only=True)
class Workload:
    """The fewest people of each pool whose load is below 1.

    *exact* says that it is reckoned by visits, mean times and rates. Else it is one person each:
    where a timer or an end breaks work off there is less of it the fewer people there are, and work
    that comes at given moments is done at some time by anybody.
    """

    people: tuple[int, ...]
    exact: bool


def workload(scenario: Scenario) -> Workload:
    """Return how many people the work of *scenario* needs at least.

    Args:
        scenario: Its flows are sound.

    Returns:
        One person at least of each pool, in their order. The work for one person exactly needs
        two, for a load of 1 has no mean wait.

    Source: Kleinrock, Queueing Systems (1975), 2.1: a queue is stable where its load is below 1.
    """
    worked = [_worked(stream) for stream in scenario.streams]
    brought = [0.0] * len(scenario.crowds)
    for stream, minutes in zip(scenario.streams, worked, strict=True):
        if minutes is None or stream.rate is None:
            return Workload(people=(1,) * len(brought), exact=False)
        for pool, each in minutes.items():
            brought[pool] += float(each) * stream.rate.total / stream.rate.period
    needed = [
        minutes * crowd.stretch / open_part(scenario, crowd.clock)
        for minutes, crowd in zip(brought, scenario.crowds, strict=True)
    ]
    return Workload(people=tuple(floor(each + _ROUNDING) + 1 for each in needed), exact=True)


def open_part(scenario: Scenario, clock: int) -> float:
    """Return which part of the kernel's time a pool on that clock is there.

    Example:
        >>> from tthc_flow.simulation.scenario import Scenario
        >>> open_part(Scenario(streams=(), crowds=()), -1)
        1.0

    Source: a kernel that counts worked minutes knows no others.
    """
    if scenario.worked or clock < 0:
        return 1.0
    return scenario.clocks[clock].total / scenario.clocks[clock].period


def _worked(stream: Stream) -> Mapping[int, Fraction] | None:
    """Return the minutes that a case brings to each pool in the mean; ``None``: nobody knows."""
    if stream.timers:
        return None
    given = Given(shares={**stream.shares, **dict.fromkeys(stream.never, 0)})
    ways = chains(stream.flow, given)
    passed = passing(stream.flow, ways, given)
    if passed.needs or passed.barriers or any(abrupt_ends(stream.flow, ways.routes)):
        return None
    found: dict[int, Fraction] = {}
    for step, pool in stream.who.items():
        often = passed.done.get(step, Fraction(0))
        found[pool] = found.get(pool, Fraction(0)) + often * stream.times[step].average
    return found
