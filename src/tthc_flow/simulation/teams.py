"""The people of all procedures as pools: who does a step, how many they are, what they are called.

Two performers of one office and role are one pool, also across procedures.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.load import crew_of
from tthc_flow.model.actor import Role
from tthc_flow.simulation.program import OWN_CLOCK, Crowd
from tthc_flow.units import MINUTES_OF_HOUR
from tthc_flow.words.fact_words import fact_words
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.simulation.stated import Staff, Stated

OUTSIDE: Final = frozenset({Role.APPLICANT, Role.THIRD_PARTY})
"""Roles that are no people of the office: what they do is a wait."""


@define
class Team:
    """A pool in the making: the performer, and what the files count of it (``None``: nothing)."""

    performer: Performer
    crew: Crew | None = None
    steps: list[str] = field(factory=list)
    name: str = ""


def teams_of(
    procedures: Sequence[Procedure], reached: Sequence[Iterable[str]]
) -> dict[tuple[str, str], Team]:
    """Return the pools of *procedures* by what makes two performers one, in order of first use.

    Args:
        procedures: That share their people.
        reached: Of each procedure the ids of the steps that cases come to.
    """
    found: dict[tuple[str, str], Team] = {}
    for procedure, there in zip(procedures, reached, strict=True):
        for step in procedure.flow.steps:
            who = performer_of(procedure.flow, step)
            if step.id not in there or step.automatic or who is None or who.role in OUTSIDE:
                continue
            team = found.setdefault(identity(who), Team(who))
            team.crew = team.crew or crew_of(procedure, who)
            team.steps.append(step.id)
    _name(found.values())
    return found


def _name(teams: Iterable[Team]) -> None:
    """Give each team a name of its own: the performer's, with its office where two share it."""
    seen: dict[str, list[Team]] = {}
    for team in teams:
        seen.setdefault(key(team.performer.name), []).append(team)
    for alike in seen.values():
        for number, team in enumerate(alike, start=1):
            name, office = team.performer.name, team.performer.office
            if len(alike) > 1:
                name = f"{name} – {office or number}"
            team.name = name


def by_name(
    teams: Mapping[tuple[str, str], Team], stated: Mapping[str, object]
) -> dict[tuple[str, str], str]:
    """Return which name of *stated* each team goes by.

    Raises:
        BadQuantity: TF153 for a name that no team has, or several.
    """
    found = {}
    for name in stated:
        meant = [
            each
            for each, team in teams.items()
            if key(name) in {key(team.name), key(team.performer.name), team.performer.role}
        ]
        exact = [each for each in meant if key(teams[each].name) == key(name)]
        meant = exact or meant
        if len(meant) != 1:
            choices = tuple(team.name for team in teams.values())
            fact = fact_words("simulate-fact-roles", count=len(meant), name=repr(name))
            hint = f"choose one of {', '.join(choices)}"
            raise BadQuantity("TF153", **fact, hint=hint, choices=choices)
        found[meant[0]] = name
    return found


def crowd_of(
    team: Team, staff: Staff | None, stated: Stated, yearly: float, clock: int = OWN_CLOCK
) -> Crowd | None:
    """Return *team* as a pool, or ``None`` where its size or its other work is not known.

    Args:
        team: Whom the files know.
        staff: What the user states of them, which goes first.
        stated: For their price.
        yearly: The minutes that the office works in a year.
        clock: The number of their own calendar.
    """
    if staff is not None and staff.people is not None:
        people, share, other = staff.people, float(staff.share), 1 - float(staff.share)
    elif team.crew is not None and team.crew.other_load is not None:
        value = team.crew.people.value
        people, other = ceil(value), float(team.crew.other_load.value)
        hours = min(Fraction(1), team.crew.hours.value * MINUTES_OF_HOUR / Fraction(yearly))
        share = float(hours * (value / people if people else 0)) * (1 - other)
    else:
        return None
    if not people or share <= 0:
        return None
    return Crowd(
        name=team.name,
        people=people,
        clock=clock,
        stretch=1 / share,
        other=other,
        rate=rate_of(team, stated),
    )


def rate_of(team: Team, stated: Stated) -> float:
    """Return what a minute of *team* costs in đồng, NaN where nobody states it.

    Args:
        team: Whom the files know.
        stated: Its prices, by the names of teams.
    """
    hourly = stated.hourly.get(team.name)
    return float("nan") if hourly is None else float(hourly) / MINUTES_OF_HOUR
