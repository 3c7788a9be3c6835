"""How busy the people of a role are: their work for a procedure in a year against their hours.

Only stated work counts, never the norm time: a norm time says how long a dossier may lie, not how
long somebody works on it. What is not known makes the load a range, never a guess.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.visits import Visits, visits
from tthc_flow.units import DEFAULT_CONVENTION, MINUTES_OF_HOUR
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.model.source import Quantity
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention

OTHER_LOAD: Final = "other_load"
DOSSIERS: Final = "dossiers"


@frozen(kw_only=True)
class CrewLoad:
    """The share of a crew's hours that is taken, at least and at most (``None``: unknown).

    *missing* is what is not known: ids of steps without stated work, ``dossiers`` (a year),
    ``other_load`` (what else the crew does).
    """

    crew: Crew
    least: Fraction
    most: Fraction | None
    missing: tuple[str, ...] = ()


def crew_of(procedure: Procedure, performer: Performer) -> Crew | None:
    """Return the people of the role and office of *performer*, or ``None`` where nobody counted.

    Where they were counted several times, the fewest people and hours count, and the most of what
    else they do.

    Example:
        >>> from tthc_flow.model.actor import Performer, Role
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Crew, Procedure
        >>> from tthc_flow.model.source import Quantity
        >>> crew = Crew(office="Sở Xây dựng", role=Role.OFFICER, people=Quantity(value=3),
        ...             hours=Quantity(value=1800))
        >>> given = Procedure(flow=Flow(id="p"), crews=(crew,))
        >>> who = Performer(name="Chuyên viên", role=Role.OFFICER, office="SỞ XÂY DỰNG")
        >>> crew_of(given, who) == crew
        True

    Source: two performers of one office and role are the same performer.
    """
    found: Crew | None = None
    for crew in procedure.crews:
        if (key(crew.office), crew.role.value) == identity(performer):
            found = crew if found is None else _fewer(found, crew)
    return found


def _fewer(one: Crew, two: Crew) -> Crew:
    loads = (one.other_load, two.other_load)
    return evolve(
        one,
        people=min(one.people, two.people, key=_value),
        hours=min(one.hours, two.hours, key=_value),
        other_load=None if None in loads else max(filter(None, loads), key=_value),
    )


def _value(quantity: Quantity) -> Fraction:
    return quantity.value


def load(procedure: Procedure, convention: Convention = DEFAULT_CONVENTION) -> tuple[CrewLoad, ...]:
    """Return how busy each counted crew is, in the order in which they are listed.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> load(Procedure(flow=Flow(id="p")))
        ()

    Source: utilisation of a resource: work that arrives, by what it can do in the same time.
    """
    firsts = {(key(crew.office), crew.role): crew for crew in reversed(procedure.crews)}
    found = []
    for first in reversed(firsts.values()):
        crew = first
        for other in procedure.crews:
            if (key(other.office), other.role) == (key(first.office), first.role):
                crew = _fewer(crew, other)
        found.append(load_of(procedure, crew, convention))
    return tuple(found)


def load_of(
    procedure: Procedure,
    crew: Crew,
    convention: Convention = DEFAULT_CONVENTION,
    *,
    moved: Iterable[Step] = (),
    gone: Iterable[Step] = (),
) -> CrewLoad:
    """Return how busy *crew* is with its steps of *procedure*, but *gone*, and those *moved* to it.

    A step counts its stated work times the dossiers of a year times how often a case comes by; in
    the mean, so that a branch without a known share lies between nothing and all. A step whose
    performer is unknown may be theirs.

    Source: utilisation of a resource; the other load is stated, not computed.
    """
    flow, comes = procedure.flow, visits(procedure.flow)
    goes, left = {step.id for step in moved}, {step.id for step in gone}
    surely, mostly, missing = Fraction(0), Fraction(0), list[str]()
    for step in flow.steps:
        theirs = True if step.id in goes else _theirs(procedure, step, crew)
        if theirs is False or step.automatic or step.id in left - goes:
            continue
        minutes = None if step.work is None else convention.minutes(step.work)
        least, most = _times(minutes, comes[step.id])
        surely += least if theirs else 0
        if most is None:
            missing.append(step.id)
        else:
            mostly += most
    capacity = crew.people.value * crew.hours.value * MINUTES_OF_HOUR
    return _shares(procedure, crew, capacity, (surely, mostly), missing)


def _theirs(procedure: Procedure, step: Step, crew: Crew) -> bool | None:
    """Return whether *crew* does *step*; ``None`` where nobody knows who does."""
    who = performer_of(procedure.flow, step)
    if who is None:
        return None
    return identity(who) == (key(crew.office), crew.role.value)


def _times(minutes: Fraction | None, comes: Visits) -> tuple[Fraction, Fraction | None]:
    """Return the least and the most minutes that one dossier takes at a step."""
    if comes.most == 0 or minutes == 0:
        return Fraction(0), Fraction(0)
    if minutes is None:
        return Fraction(0), None
    return minutes * comes.least, None if comes.most is None else minutes * comes.most


def _shares(
    procedure: Procedure,
    crew: Crew,
    capacity: Fraction,
    minutes: tuple[Fraction, Fraction],
    missing: list[str],
) -> CrewLoad:
    """Return the shares of *capacity*; nobody there to do it is a full load and more."""
    surely, mostly = minutes
    dossiers = procedure.volume.dossiers
    if dossiers is None and (mostly or missing):
        missing.append(DOSSIERS)
    if crew.other_load is None:
        missing.append(OTHER_LOAD)
    other = Fraction(0) if crew.other_load is None else crew.other_load.value
    yearly = Fraction(0) if dossiers is None else dossiers.value
    if not capacity:
        least = other + 1 if surely * yearly else other
        return CrewLoad(crew=crew, least=least, most=None, missing=tuple(missing))
    most = None if missing else other + mostly * yearly / capacity
    least = other + surely * yearly / capacity
    return CrewLoad(crew=crew, least=least, most=most, missing=tuple(missing))
