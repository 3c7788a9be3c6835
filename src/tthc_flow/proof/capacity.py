"""Nobody is handed more than the hours there are: of all changes of a plan together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.load import load, load_with, work_of
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof
from tthc_flow.proof.gates.capacity import LIMIT, QUESTION, percent_of
from tthc_flow.proof.gates.questions import given_answers

if TYPE_CHECKING:
    from tthc_flow.measures.load import CrewLoad
    from tthc_flow.model.procedure import Procedure


def capacity(before: Procedure, after: Procedure) -> Proof:
    """Return whether no counted crew is loaded above the limit that was not so before.

    Two signatures handed to one head may each fit and both together not. A crew of which *before*
    did not tell that it fits is judged only where what is known is too much: whether it fits was
    asked of each change, and an answer to that lets a load pass that may be above. A step that a
    rewrite adds (a report) has no stated work and is left out.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> capacity(Procedure(flow=Flow(id="p")), Procedure(flow=Flow(id="p"))).verdict.value
        'pass'

    Source: domain rule of this project: a load above 0.85 is refused.
    """
    told_to_fit = any(question == QUESTION for question, _ in given_answers(before).counting)
    for was in load(before) if before.crews else ():
        now = _afterwards(before, after, was)
        too_much = now.least > max(LIMIT, was.least)
        if too_much or (not told_to_fit and _no_longer_fits(was, now)):
            figure = now.least if now.most is None else now.most
            told = f"{was.crew.office}: {percent_of(figure)}"
            return Proof(name="capacity", verdict=Verdict.FAIL, because=(("overloaded", told),))
    return Proof(name="capacity", verdict=Verdict.PASS)


def _afterwards(before: Procedure, after: Procedure, was: CrewLoad) -> CrewLoad:
    known = before.flow.by_id
    new = (step for step in after.flow.steps if step.work is None and step.id not in known)
    return load_with(work_of(after, was.crew, gone=new), was.crew)


def _no_longer_fits(was: CrewLoad, now: CrewLoad) -> bool:
    """Return whether a load that surely was within the limit may now be above it."""
    fitted = was.most is not None and was.most <= LIMIT
    return fitted and now.most is not None and now.most > LIMIT
