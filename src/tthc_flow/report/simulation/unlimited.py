"""The roles that nobody ever waits for, as the user said: they have no pool, but are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.simulation.teams import teams_of
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.procedure import Procedure
    from tthc_flow.simulation.stated import Stated


def unlimited(procedures: Sequence[Procedure], stated: Stated) -> list[str]:
    """Return the roles of *procedures* that have as many people as are needed, by their names.

    Example:
        >>> from tthc_flow.simulation.stated import Stated
        >>> unlimited((), Stated())
        []

    Source: what the user states; see :class:`~tthc_flow.simulation.stated.Staff`.
    """
    limited = {key(name): staff.people is not None for name, staff in stated.people.items()}
    teams = teams_of(procedures, [[step.id for step in each.flow.steps] for each in procedures])
    found = []
    for team in teams.values():
        names = (key(team.name), key(team.performer.name), team.performer.role)
        known = [limited[name] for name in names if name is not None and name in limited]
        if known and not known[0]:
            found.append(team.name)
    return found
