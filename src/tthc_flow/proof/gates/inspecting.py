"""Whether whoever inspects can take the sample after the grant: computed, else asked.

Source: domain rule of this project: nobody is loaded above 85 % of the hours, at the known number
of dossiers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.load import crew_of, load_of
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.proof.gates.capacity import LIMIT, lacking, percent_of, told_of
from tthc_flow.proof.gates.conditions import asked, barred_by_answer
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.model.procedure import Crew, Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention

QUESTION: Final = "inspection-capacity"


def can_inspect(
    procedure: Procedure,
    step: Step,
    share: Fraction | None,
    *gone: Step,
    convention: Convention = DEFAULT_CONVENTION,
) -> Precondition:
    """Return whether the people of *step* can inspect a sample of it after the grant.

    Their load then is that without *gone*, and of the work of *step* the *share* that is sampled;
    without a share it lies between inspecting nothing and everything. Above 85 % at least it
    fails, whatever was answered; below at most it passes, unless an answer bars. In between, and
    where the work, the dossiers or the people are not known, it is asked, and what is not known is
    named. Looking again after a correction has no stated work and is not in the figure.

    Args:
        procedure: As it is before the change, with its ``crews``.
        step: The check that is put off.
        share: The share inspected afterwards, where it is one for all.
        gone: All steps that go before the grant, *step* among them.
        convention: How stated work becomes minutes.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="Kiểm tra")
        >>> found = can_inspect(Procedure(flow=Flow(id="p", nodes=(step,))), step, None, step)
        >>> found.verdict.value, found.because
        ('unknown', (('inspector-unknown', 'a'),))

    Source: levers of this project: capacity, load at most 0.85 with the known volume.
    """
    performer = performer_of(procedure.flow, step)
    if performer is None:
        return _asked(procedure, step, ("inspector-unknown", step.id))
    crew = crew_of(procedure, performer)
    if crew is None:
        return _asked(procedure, step, ("crew-unknown", performer.name))
    found = _load(procedure, crew, step, share, gone, convention)
    told = (*_sampled(share), *told_of(found))
    source = crew.people.source
    if found.least > LIMIT:
        because = (("load-at-least", percent_of(found.least)), *told)
        return Precondition(name=QUESTION, verdict=Verdict.FAIL, because=because, source=source)
    if found.most is None or found.most > LIMIT:
        figures = (("load-at-least", percent_of(found.least)), *lacking(procedure, found))
        return _asked(procedure, step, *figures, *told)
    because = (("load-at-most", percent_of(found.most)), *told)
    computed = Precondition(name=QUESTION, verdict=Verdict.PASS, because=because, source=source)
    return barred_by_answer(procedure, QUESTION, step) or computed


def _load(
    procedure: Procedure,
    crew: Crew,
    step: Step,
    share: Fraction | None,
    gone: tuple[Step, ...],
    convention: Convention,
) -> CrewLoad:
    """Return the load where *share* of the work of *step* is left; else none of it and all of it.

    The load is linear in the share.
    """
    others = tuple(each for each in gone if each.id != step.id)
    every = load_of(procedure, crew, convention, gone=others)
    none = load_of(procedure, crew, convention, gone=gone)
    least, most = (Fraction(0), Fraction(1)) if share is None else (share, share)
    if most == 0 or every.most is None or none.most is None:
        upper = none.most if most == 0 else None
    else:
        upper = none.most + most * (every.most - none.most)
    return evolve(
        every if most else none,
        least=none.least + least * (every.least - none.least),
        most=upper,
    )


def _sampled(share: Fraction | None) -> Iterator[tuple[str, str]]:
    if share is None:
        yield "sample-share-unknown", "unknown"
    else:
        yield "sample-share", percent_of(share)


def _asked(procedure: Procedure, step: Step, *known: tuple[str, str]) -> Precondition:
    answered = asked(procedure, QUESTION, step)
    return evolve(answered, because=(*known, *answered.because))
