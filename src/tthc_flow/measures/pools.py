"""People of a role who serve several procedures of a folder: their work for all of them.

The same office and role are the same people, whatever procedure names them; two localities that
are both known have two offices of one name.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, evolve, field, frozen

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.load import DOSSIERS, YearlyWork, crew_of, load_with, work_of
from tthc_flow.model.actor import Performer
from tthc_flow.model.folder import Elsewhere, PooledCrew
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.model.folder import Folder
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.units import Convention

Identity: TypeAlias = tuple[str, str]


@frozen(kw_only=True)
class PoolLoad:
    """How busy one pool of a *locality* is over a folder: with each procedure, and in all."""

    locality: str | None
    load: CrewLoad
    parts: tuple[Elsewhere, ...]


@define
class Pools:
    """The pools of *folder*, and what each does for each member as it is now.

    Of the members *unsound* nobody can say how often a case comes by a step: their work is open.

    Example:
        >>> from tthc_flow.model.folder import Folder
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> Pools(Folder(), DEFAULT_CONVENTION).loads()
        ()

    Source: domain rule of this project: people are loaded by all that names them, at most 85 %.
    """

    folder: Folder
    convention: Convention
    unsound: frozenset[str] = frozenset()
    _procedures: dict[str, Procedure] = field(init=False)
    _works: dict[str, Mapping[Identity, Elsewhere]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look at every member as the folder has it."""
        self._procedures = {each.key: each.procedure for each in self.folder.members}
        self._works = {
            each.key: self._work(each.key, each.procedure) for each in self.folder.members
        }

    def now(self, member: str, procedure: Procedure | None) -> None:
        """Take *member* as it is from now on; ``None`` where it is no more."""
        if procedure is None:
            self._procedures.pop(member)
            self._works.pop(member)
        else:
            self._procedures[member] = procedure
            self._works[member] = self._work(member, procedure)

    def at(self, member: str) -> tuple[PooledCrew, ...]:
        """Return all crews counted where *member* is, each with its work for the other members."""
        here = self._procedures[member]
        near = {
            key_: works
            for key_, works in self._works.items()
            if key_ != member and _one_place(here, self._procedures[key_])
        }
        counted: dict[Identity, Crew] = {_of(crew): crew for crew in self.folder.crews}
        for key_ in (member, *near):
            for crew in self._procedures[key_].crews:
                counted.setdefault(_of(crew), self._counted(crew, (member, *near)))
        for_all = {_of(crew) for crew in self.folder.crews}
        return tuple(
            PooledCrew(
                office=crew.office,
                role=crew.role,
                people=crew.people,
                hours=crew.hours,
                other_load=crew.other_load,
                elsewhere=tuple(works[who] for works in near.values() if who in works),
                for_all=who in for_all,
            )
            for who, crew in counted.items()
        )

    def loads(self) -> tuple[PoolLoad, ...]:
        """Return every pool once with its load as things are now, in the order of the members."""
        found: dict[tuple[str, Identity], PoolLoad] = {}
        for member, procedure in self._procedures.items():
            for crew in self.at(member):
                who = _of(crew)
                place = key(procedure.locality or ""), who
                if who in self._works[member] and place not in found:
                    found[place] = PoolLoad(
                        locality=procedure.locality,
                        load=_load(self._works[member][who], crew),
                        parts=(self._works[member][who], *crew.elsewhere),
                    )
        return tuple(found.values())

    def _counted(self, crew: Crew, members: tuple[str, ...]) -> Crew:
        """Return *crew* as all of *members* count it: the fewest people, the most other work."""
        every = tuple(each for key_ in members for each in self._procedures[key_].crews)
        who = Performer(name=crew.role.value, role=crew.role, office=crew.office)
        return crew_of(evolve(self._procedures[members[0]], crews=every), who) or crew

    def _work(self, member: str, procedure: Procedure) -> Mapping[Identity, Elsewhere]:
        pools = self._identities()
        if member in self.unsound:
            return {who: _open(procedure, who) for who in _named(procedure) if who in pools}
        return {
            who: _known(procedure, pools[who], self.convention)
            for who in _named(procedure)
            if who in pools
        }

    def _identities(self) -> Mapping[Identity, Crew]:
        every = [crew for each in self.folder.members for crew in each.procedure.crews]
        return {_of(crew): crew for crew in (*self.folder.crews, *every)}


def _named(procedure: Procedure) -> Mapping[Identity, None]:
    """Return everybody whom a step of *procedure* names."""
    flow = procedure.flow
    performers = (performer_of(flow, step) for step in flow.steps)
    return dict.fromkeys(identity(who) for who in performers if who is not None)


def _known(procedure: Procedure, crew: Crew, convention: Convention) -> Elsewhere:
    """Return the yearly work of *crew* for *procedure*, as far as it is known."""
    work, nodes = work_of(procedure, crew, convention), procedure.flow.by_id
    return Elsewhere(
        procedure=procedure.name or procedure.flow.id,
        least=work.least,
        most=work.most,
        missing=tuple(
            each if each == DOSSIERS else nodes[each].name or each for each in work.missing
        ),
    )


def _load(own: Elsewhere, crew: PooledCrew) -> CrewLoad:
    """Return the load of *crew*, whose work for one of the members is *own*."""
    return load_with(YearlyWork(least=own.least, most=own.most, missing=own.missing), crew)


def _open(procedure: Procedure, who: Identity) -> Elsewhere:
    """Return that nobody can say what the steps of *who* take."""
    flow = procedure.flow
    theirs = [
        step.name or step.id
        for step in flow.steps
        if (performer := performer_of(flow, step)) is not None and identity(performer) == who
    ]
    return Elsewhere(
        procedure=procedure.name or flow.id, least=Fraction(0), most=None, missing=tuple(theirs)
    )


def _of(crew: Crew) -> Identity:
    return key(crew.office), crew.role.value


def _one_place(one: Procedure, two: Procedure) -> bool:
    """Return whether the two may be of one locality: they are not known to be of two."""
    if one.locality is None or two.locality is None:
        return True
    return key(one.locality) == key(two.locality)
