"""How busy the people of a role are: their work in a year against their hours.

The work is that for one procedure; what they do for the other procedures of a folder comes on top
(:mod:`tthc_flow.measures.pools`). Only stated work counts, never the norm time: a norm time says
how long a dossier may lie, not how long somebody works on it. What is not known makes the load a
range, never a guess.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.visits import Visits, visits
from tthc_flow.model.folder import PooledCrew
from tthc_flow.units import DEFAULT_CONVENTION, MINUTES_OF_HOUR
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.folder import Elsewhere
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.model.source import Quantity
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention

OTHER_LOAD: Final = "other_load"
DOSSIERS: Final = "dossiers"


@frozen(kw_only=True)
class YearlyWork:
    """Minutes in a year, at least and at most (``None``: unknown), and what is not known."""

    least: Fraction
    most: Fraction | None
    missing: tuple[str, ...] = ()


@frozen(kw_only=True)
class CrewLoad:
    """The share of a crew's hours that is taken, at least and at most (``None``: unknown).

    *missing* is what is not known of the procedure itself: ids of steps without stated work,
    ``dossiers`` (a year), ``other_load`` (what else the crew does). What is not known of its work
    for other procedures stands in those (:func:`elsewhere_of`).
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

    The work of a pool elsewhere comes on top. Where its people were counted for this procedure
    alone, what it does elsewhere may be in its other load already: the load lies between the two.

    Example:
        >>> from tthc_flow.model.actor import Role
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.folder import Elsewhere, PooledCrew
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.source import Quantity
        >>> other = Elsewhere(procedure="Đổi", least=Fraction(600), most=Fraction(600))
        >>> crew = PooledCrew(office="Sở", role=Role.OFFICER, people=Quantity(value=1),
        ...     hours=Quantity(value=100), other_load=Quantity(value="0.2"), elsewhere=(other,))
        >>> found = load_of(Procedure(flow=Flow(id="p")), crew)
        >>> print(found.least, found.most)
        1/5 3/10

    Source: utilisation of a resource; the other load is stated, not computed.
    """
    return load_with(work_of(procedure, crew, convention, moved=moved, gone=gone), crew)


def load_with(own: YearlyWork, crew: Crew) -> CrewLoad:
    """Return how busy *crew* is with its *own* work for a procedure, and what it does elsewhere.

    Source: as :func:`load_of`.
    """
    elsewhere = elsewhere_of(crew)
    every = (own.most, *(each.most for each in elsewhere))
    others = sum((each.least for each in elsewhere), Fraction(0))
    missing = own.missing if crew.other_load is not None else (*own.missing, OTHER_LOAD)
    stated = Fraction(0) if crew.other_load is None else crew.other_load.value
    capacity = crew.people.value * crew.hours.value * MINUTES_OF_HOUR
    if not capacity:  # nobody there to do it is a full load and more
        least = stated + 1 if own.least or others else stated
        return CrewLoad(crew=crew, least=least, most=None, missing=missing)
    known = [minutes for minutes in every if minutes is not None]
    complete = crew.other_load is not None and len(known) == len(every)
    apart = isinstance(crew, PooledCrew) and crew.for_all
    other = stated + others / capacity if apart else max(stated, others / capacity)
    return CrewLoad(
        crew=crew,
        least=own.least / capacity + other,
        most=stated + sum(known, Fraction(0)) / capacity if complete else None,
        missing=missing,
    )


def elsewhere_of(crew: Crew) -> tuple[Elsewhere, ...]:
    """Return what *crew* does for other procedures, as far as these were looked at."""
    return crew.elsewhere if isinstance(crew, PooledCrew) else ()


def work_of(
    procedure: Procedure,
    crew: Crew,
    convention: Convention = DEFAULT_CONVENTION,
    *,
    moved: Iterable[Step] = (),
    gone: Iterable[Step] = (),
) -> YearlyWork:
    """Return what *crew* works for *procedure* in a year, its other work left aside.

    A step counts its stated work times the dossiers of a year times how often a case comes by; in
    the mean, so that a branch without a known share lies between nothing and all. A step whose
    performer is unknown may be theirs.

    Example:
        >>> from tthc_flow.model.actor import Role
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Crew, Procedure
        >>> from tthc_flow.model.source import Quantity
        >>> crew = Crew(office="Sở", role=Role.OFFICER, people=Quantity(value=1),
        ...             hours=Quantity(value=1800))
        >>> work_of(Procedure(flow=Flow(id="p")), crew).most
        Fraction(0, 1)

    Source: utilisation of a resource: work that arrives, by what it can do in the same time.
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
    dossiers = procedure.volume.dossiers
    if dossiers is None:
        missing += [DOSSIERS] if mostly or missing else []
        most = None if missing else Fraction(0)
        return YearlyWork(least=Fraction(0), most=most, missing=tuple(missing))
    return YearlyWork(
        least=surely * dossiers.value,
        most=None if missing else mostly * dossiers.value,
        missing=tuple(missing),
    )


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
