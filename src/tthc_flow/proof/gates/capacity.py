"""Whether the people who receive work can take it: computed where it is known, else asked.

The load is that of all procedures that were looked at together: what a crew does for the others
stands in the crew (:mod:`tthc_flow.measures.pools`).

Source: domain rule of this project: whoever receives work must not be loaded above 85 % of the
hours, at the known number of dossiers; above it waiting grows out of all proportion.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.load import DOSSIERS, OTHER_LOAD, crew_of, elsewhere_of, load_of
from tthc_flow.model.folder import PooledCrew
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.units import DEFAULT_CONVENTION, MINUTES_OF_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.folder import Elsewhere
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention

LIMIT: Final = Fraction(85, 100)
QUESTION: Final = "receiver-has-capacity"


def fits(
    procedure: Procedure,
    receiver: Performer,
    *about: Step,
    moved: tuple[Step, ...],
    gone: tuple[Step, ...] = (),
    convention: Convention = DEFAULT_CONVENTION,
) -> Precondition:
    """Return whether *receiver* can take the work of the steps *moved* to it.

    A computed load above the limit fails, whatever was answered; one that stays below it at most
    passes, unless an answer bars. In between, and where nobody counted the people, their hours,
    their other work, the dossiers or the work of a step, the answer for one of the steps *about*
    decides. What a change adds as new work (a report) has no stated work and is not in the figure.

    Args:
        procedure: As it is before the change, with its ``crews``.
        receiver: Who gets the work.
        about: The steps that the question is about.
        moved: The steps whose work goes to the receiver.
        gone: The steps that nobody does any more.
        convention: How stated work becomes minutes.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="Ký")
        >>> given = Procedure(flow=Flow(id="p", nodes=(step,)))
        >>> found = fits(given, Performer(name="Giám đốc Sở"), step, moved=(step,))
        >>> found.verdict.value, found.question
        ('unknown', 'receiver-has-capacity')

    Source: levers of this project: a decision is not handed to a role loaded above 0.85.
    """
    crew = crew_of(procedure, receiver)
    if crew is None:
        return _asked(procedure, about, ("crew-unknown", receiver.name))
    found = load_of(procedure, crew, convention, moved=moved, gone=gone)
    if found.least > LIMIT:
        because = (("load-at-least", percent_of(found.least)), *told_of(found))
        return Precondition(
            name=QUESTION, verdict=Verdict.FAIL, because=because, source=crew.people.source
        )
    if found.most is None or found.most > LIMIT:
        figures = (("load-at-least", percent_of(found.least)), *lacking(procedure, found))
        return _asked(procedure, about, *figures, *told_of(found))
    because = (("load-at-most", percent_of(found.most)), *told_of(found))
    computed = Precondition(
        name=QUESTION, verdict=Verdict.PASS, because=because, source=crew.people.source
    )
    return barred_by_answer(procedure, QUESTION, *about) or computed


def _asked(procedure: Procedure, about: tuple[Step, ...], *known: tuple[str, str]) -> Precondition:
    answered = asked(procedure, QUESTION, *about)
    return evolve(answered, because=(*known, *answered.because))


def lacking(procedure: Procedure, found: CrewLoad) -> Iterator[tuple[str, str]]:
    """Yield what is not known: the work of steps, the dossiers of a year, the crew's other work.

    Of the other procedures that the crew serves it is told which of them lacks it.
    """
    steps = [each for each in found.missing if each in procedure.flow.by_id]
    if steps:
        yield "work-unknown", ", ".join(steps)
    silent = [procedure.name or procedure.flow.id] if DOSSIERS in found.missing else []
    others = elsewhere_of(found.crew)
    silent += [each.procedure for each in others if DOSSIERS in each.missing]
    if silent:
        yield "dossiers-unknown", "; ".join(silent)
    steps_there = [(each.procedure, _steps(each)) for each in others if _steps(each)]
    if steps_there:
        told = (f"{name}: {', '.join(unknown)}" for name, unknown in steps_there)
        yield "work-unknown-elsewhere", "; ".join(told)
    if OTHER_LOAD in found.missing:
        yield "other-load-unknown", found.crew.office
    elif others and _may_hold_them(found.crew):
        yield "other-load-unclear", found.crew.office


def _steps(elsewhere: Elsewhere) -> list[str]:
    return [each for each in elsewhere.missing if each != DOSSIERS]


def _may_hold_them(crew: Crew) -> bool:
    """Return whether the other load may have the other procedures in it already."""
    for_all = isinstance(crew, PooledCrew) and crew.for_all
    return not for_all and crew.other_load is not None and crew.other_load.value > 0


def told_of(found: CrewLoad) -> Iterator[tuple[str, str]]:
    """Yield the people and hours, and what is known of their work for other procedures."""
    crew = found.crew
    yield "crew", f"{crew.office}: {_plain(crew.people.value)} × {_plain(crew.hours.value)} h"
    hours = crew.people.value * crew.hours.value
    told = [each for each in elsewhere_of(crew) if each.least or each.most is not None]
    if told and hours:
        parts = (f"{each.procedure}: {_share(each, hours)}" for each in told)
        yield "load-elsewhere", "; ".join(parts)


def _share(elsewhere: Elsewhere, hours: Fraction) -> str:
    """Return the share of *hours* that another procedure takes, as far as it is known."""
    capacity = hours * MINUTES_OF_HOUR
    least, most = elsewhere.least, elsewhere.most
    if most is None:
        return f"≥ {percent_of(least / capacity)}"
    if most == least:
        return percent_of(least / capacity)
    return f"{percent_of(least / capacity)}–{percent_of(most / capacity)}"


def percent_of(share: Fraction) -> str:
    """Return *share* in percent, to a tenth."""
    return f"{float(share * 100):.1f} %"


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
