"""Whether the people who receive work can take it: computed where it is known, else asked.

Source: domain rule of this project: whoever receives work must not be loaded above 85 % of the
hours, at the known number of dossiers; above it waiting grows out of all proportion.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.measures.load import DOSSIERS, OTHER_LOAD, crew_of, load_of
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure
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
        because = (("load-at-least", _percent(found.least)), _people(found))
        return Precondition(
            name=QUESTION, verdict=Verdict.FAIL, because=because, source=crew.people.source
        )
    if found.most is None or found.most > LIMIT:
        figures = (("load-at-least", _percent(found.least)), *_missing(procedure, found))
        return _asked(procedure, about, *figures, _people(found))
    because = (("load-at-most", _percent(found.most)), _people(found))
    computed = Precondition(
        name=QUESTION, verdict=Verdict.PASS, because=because, source=crew.people.source
    )
    return barred_by_answer(procedure, QUESTION, *about) or computed


def _asked(procedure: Procedure, about: tuple[Step, ...], *known: tuple[str, str]) -> Precondition:
    answered = asked(procedure, QUESTION, *about)
    return evolve(answered, because=(*known, *answered.because))


def _missing(procedure: Procedure, found: CrewLoad) -> Iterator[tuple[str, str]]:
    """Yield what is not known: the work of steps, the dossiers of a year, the crew's other work."""
    steps = [each for each in found.missing if each in procedure.flow.by_id]
    if steps:
        yield "work-unknown", ", ".join(steps)
    if DOSSIERS in found.missing:
        yield "dossiers-unknown", procedure.name or procedure.flow.id
    if OTHER_LOAD in found.missing:
        yield "other-load-unknown", found.crew.office


def _people(found: CrewLoad) -> tuple[str, str]:
    crew = found.crew
    return "crew", f"{crew.office}: {_plain(crew.people.value)} × {_plain(crew.hours.value)} h"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.1f} %"


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
