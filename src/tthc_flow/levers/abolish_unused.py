"""Abolish an unused procedure (bãi bỏ thủ tục không phát sinh hồ sơ).

Finds: a procedure for which no dossier came in any of the counted years, the last two of them or
    more in a row counted to their end (staff may ask for more: the term ``years``).
Matters: a procedure that nobody uses has to be published, drawn, kept up to date and trained for
    all the same; real decisions abolish procedures because no dossier came for five years.
Not when: a treaty or a law obliges the State to keep it, a text of national rank demands it, or
    another procedure calls it or uses its result.
Source: 949/KH-UBND III.1.1.
"""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.law import LegalRank
from tthc_flow.model.lever import (
    Candidate,
    Confidence,
    Evidence,
    FolderLever,
    Precondition,
    Verdict,
)
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.amending import rank_of, who_may_amend
from tthc_flow.proof.gates.together import answered_together
from tthc_flow.proof.gates.whole import asked_of_all, no_text_demands_it
from tthc_flow.units import exact
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.folder import Folder, Member
    from tthc_flow.model.procedure import Procedure, YearCount

FEWEST: Final = 2
"""How many years in a row must have been counted to their end, unless staff ask for more."""

_OBLIGING: Final = frozenset({LegalRank.TREATY, LegalRank.LAW})


def find(folder: Folder) -> Iterator[Candidate]:
    """Yield each procedure that nobody used in any of the counted years, in the folder's order."""
    yield from _found(folder, FEWEST)


def asking_for(years: int) -> FolderLever:
    """Return the lever that asks for *years* counted years in a row, and never for less than two.

    Raises:
        BadQuantity: TF114 for fewer than two.

    Example:
        >>> asking_for(5).id
        'abolish_unused'

    Source: real decisions abolish what had no dossier "5 năm liên tục".
    """
    if years < FEWEST:
        raise BadQuantity.too_few_years(years, FEWEST)
    return evolve(LEVER, find=partial(_found, years=years))


def _found(folder: Folder, years: int) -> Iterator[Candidate]:
    for member in folder.members:
        (procedure,) = answered_together(folder, (member.key,))
        if _counted(procedure) < years or not _never_used(procedure):
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=(member.key,),
            evidence=tuple(_told(each) for each in _in_order(procedure)),
            preconditions=(
                _none_came(procedure),
                _no_obligation(procedure),
                no_text_demands_it("text-demands-procedure", procedure),
                _used_by_no_other(folder, member, procedure),
            ),
            amends=who_may_amend(procedure, *procedure.flow.steps),
            terms=(("years", str(years)),),
            confidence=Confidence.STATED if _sourced(procedure) else Confidence.ASSUMED,
        )


def _in_order(procedure: Procedure) -> tuple[YearCount, ...]:
    return tuple(sorted(procedure.volume.by_year, key=lambda each: each.year))


def _counted(procedure: Procedure) -> int:
    """Return how many years in a row, up to the last one, were counted to their end."""
    full = {each.year for each in procedure.volume.by_year if _to_its_end(each)}
    last = max(full, default=0)
    return sum(1 for _ in takewhile(full.__contains__, range(last, last - len(full), -1)))


def _to_its_end(count: YearCount) -> bool:
    """Return whether *count* is of the whole year: not published before the year was over."""
    date = None if count.source is None else count.source.date
    year = "" if date is None else date[:4]
    return not (year.isdigit() and int(year) <= count.year)


def _never_used(procedure: Procedure) -> bool:
    """Return whether no year and no other figure of the volume says that a dossier came."""
    volume = procedure.volume
    others = (volume.dossiers, volume.subjects)
    return not any(each.dossiers for each in volume.by_year) and not any(
        each is not None and each.value > 0 for each in others
    )


def _told(count: YearCount) -> Evidence:
    name = "dossiers-in-year" if _to_its_end(count) else "dossiers-in-part-of-year"
    return Evidence(name=name, value=f"{count.year}: {count.dossiers}", source=count.source)


def _sourced(procedure: Procedure) -> bool:
    """Return whether every count names the document it was read in."""
    return all(
        each.source is not None and each.source.document.strip()
        for each in procedure.volume.by_year
    )


def _none_came(procedure: Procedure) -> Precondition:
    """Return whether no dossier came: counted with its source every year, else what is answered."""
    name = "no-dossier-came"
    answered = asked_of_all(name, procedure)
    if answered.verdict is not Verdict.UNKNOWN or not _sourced(procedure):
        return answered
    years = _in_order(procedure)
    because = (("years-without-dossier", ", ".join(str(each.year) for each in years)),)
    return Precondition(name=name, verdict=Verdict.PASS, because=because, source=years[-1].source)


def _no_obligation(procedure: Procedure) -> Precondition:
    """Return whether neither a treaty nor a law obliges to keep it: bases first, then answers."""
    name = "obligation-from-treaty-or-law"
    for step in procedure.flow.steps:
        for basis in step.legal_basis:
            if rank_of(basis) in _OBLIGING:
                because = (("legal-basis", basis.document), ("rank", rank_of(basis).value))
                return Precondition(
                    name=name,
                    verdict=Verdict.FAIL,
                    because=because,
                    source=Source(document=basis.document, place=basis.clause),
                    rule=basis,
                )
    return asked_of_all(name, procedure)


def _used_by_no_other(folder: Folder, member: Member, answered: Procedure) -> Precondition:
    """Return whether no other procedure of *folder* calls it or uses its result; else it is asked.

    The folder is not all there is: that nobody in it does so is no proof.
    """
    name = "used-by-other-procedure"
    uses = _uses(folder)
    wanted = [("called-by", member.procedure.flow.id)]
    wanted += [("result-read-by", result) for result in _results(member.procedure)]
    for why, what in wanted:
        for user in uses.get((why, what), ()):
            if user != member.key:
                because = ((why, user),)
                return Precondition(name=name, verdict=Verdict.FAIL, because=because)
    return asked_of_all(name, answered)


def _results(procedure: Procedure) -> tuple[str, ...]:
    """Return the keys of what *procedure* makes and does not ask the applicant for."""
    made = {key(each) for step in procedure.flow.steps for each in step.writes or ()}
    made |= {key(step.result) for step in procedure.flow.steps if step.result}
    return tuple(sorted(made - {key(each.name) for each in procedure.documents or ()}))


@remembered
def _uses(folder: Folder) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return which members call a process, or read a document that they do not make themselves."""
    found: dict[tuple[str, str], list[str]] = {}
    for member in folder.members:
        steps = member.procedure.flow.steps
        own = {key(each) for step in steps for each in step.writes or ()}
        read = {key(each) for step in steps for each in step.reads or ()}
        read |= {key(each.name) for each in member.procedure.documents or ()}
        places = [("called-by", step.calls) for step in steps if step.calls]
        places += [("result-read-by", each) for each in sorted(read - own)]
        for place in dict.fromkeys(places):
            found.setdefault(place, []).append(member.key)
    return {place: tuple(users) for place, users in found.items()}


def apply(folder: Folder, candidate: Candidate) -> Folder:
    """Return *folder* without the procedure; where more years are asked than counted, as it is."""
    asked = exact(dict(candidate.terms).get("years", str(FEWEST)))
    gone = {
        member.key
        for member in folder.members
        if member.key in candidate.targets and _counted(member.procedure) >= asked
    }
    return evolve(folder, members=tuple(each for each in folder.members if each.key not in gone))


LEVER = FolderLever(
    id="abolish_unused",
    title="Bãi bỏ thủ tục không phát sinh hồ sơ",
    source="949/KH-UBND III.1.1",
    find=find,
    apply=apply,
)
