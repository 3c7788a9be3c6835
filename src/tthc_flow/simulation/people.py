"""The pools of people: how many of each role, on whose hours, and of whom nobody says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.simulation.clock import clock_of
from tthc_flow.simulation.program import OWN_CLOCK
from tthc_flow.simulation.teams import by_name, crowd_of, rate_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.simulation.clock import Clock
    from tthc_flow.simulation.program import Crowd
    from tthc_flow.simulation.stated import Stated
    from tthc_flow.simulation.teams import Team


@frozen(kw_only=True)
class Pools:
    """The pools, the number of each team's pool (``None``: nobody waits for it), further clocks.

    *unknown* are the teams that nobody counts, or whose other work nobody knows. *rates* are đồng
    a minute (NaN: unknown) of the teams that nobody waits for.
    """

    crowds: tuple[Crowd, ...]
    spots: dict[tuple[str, str], int | None]
    clocks: tuple[Clock, ...]
    unknown: tuple[str, ...]
    rates: dict[tuple[str, str], float]


def pools_of(teams: Mapping[tuple[str, str], Team], stated: Stated, yearly: float) -> Pools:
    """Return *teams* as pools.

    Args:
        teams: Who works in the procedures.
        stated: What the user says of them, which goes before the files.
        yearly: The minutes that the office works in a year.

    Raises:
        BadQuantity: TF153 for a role that no team has.

    Example:
        >>> from tthc_flow.simulation.stated import Stated
        >>> pools_of({}, Stated(), 1.0).crowds
        ()
    """
    people, own = by_name(teams, stated.people), by_name(teams, stated.calendars)
    prices = {
        teams[each].name: stated.hourly[name]
        for each, name in by_name(teams, stated.hourly).items()
    }
    stated = evolve(stated, hourly=prices)
    clocks = {name: number for number, name in enumerate(stated.calendars, start=1)}
    crowds: list[Crowd] = []
    spots: dict[tuple[str, str], int | None] = {}
    rates: dict[tuple[str, str], float] = {}
    unknown = []
    for each, team in teams.items():
        spots[each] = None
        staff = stated.people[people[each]] if each in people else None
        if staff is not None and staff.people is None:
            rates[each] = rate_of(team, stated)
            continue
        clock = clocks[own[each]] if each in own else 0 if clocks else OWN_CLOCK
        crowd = crowd_of(team, staff, stated, yearly, clock)
        if crowd is None:
            unknown.append(team.name)
        else:
            spots[each] = len(crowds)
            crowds.append(crowd)
    return Pools(
        crowds=tuple(crowds),
        spots=spots,
        clocks=tuple(clock_of(each) for each in stated.calendars.values()),
        unknown=tuple(unknown),
        rates=rates,
    )
