"""What is asked about procedures as a whole: an answer counts only where it is given for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.law import Reply
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.amending import named_text, rank_of
from tthc_flow.proof.gates.conditions import national_basis
from tthc_flow.proof.gates.questions import given_answers, questions

if TYPE_CHECKING:
    from tthc_flow.model.law import Answer
    from tthc_flow.model.procedure import Procedure


def asked_of_all(question: str, *procedures: Procedure) -> Precondition:
    """Return what the answers to *question* about each of *procedures* as a whole come to.

    A barring answer in one of them fails. It passes where every one of them has a passing answer
    that names its source; else it is unknown, with the question. Answers about a single step say
    nothing about the whole.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> asked_of_all("results-differ", Procedure(flow=Flow(id="p"))).verdict
        <Verdict.UNKNOWN: 'unknown'>

    Source: the gate questions of this project: each is answered yes, no or unknown with a source.
    """
    passing, last = questions()[question].passes_on, None
    told = 0
    for procedure in procedures:
        given = given_answers(procedure).counting.get((question, None), ())
        said = [answer for answer in given if answer.reply is not Reply.UNKNOWN]
        for answer in said:
            if answer.reply is not passing:
                return _answered(question, answer, Verdict.FAIL)
        told += bool(said)
        last = said[0] if said else last
    if last is not None and told == len(procedures):
        return _answered(question, last, Verdict.PASS)
    because = _not_counted(question, *procedures)
    return Precondition(name=question, verdict=Verdict.UNKNOWN, because=because, question=question)


def _not_counted(question: str, *procedures: Procedure) -> tuple[tuple[str, str], ...]:
    for procedure in procedures:
        for answer in given_answers(procedure).idle.get((question, None), ()):
            return (("answer-without-source", answer.reply.value),)
    return ()


def _answered(question: str, answer: Answer, verdict: Verdict) -> Precondition:
    return Precondition(
        name=question,
        verdict=verdict,
        because=(("answer", answer.reply.value),),
        source=answer.source,
        rule=None if answer.source is None else named_text(answer.source),
    )


def no_text_demands_it(question: str, procedure: Procedure) -> Precondition:
    """Return whether no text of national rank demands *procedure*: its bases, then the answers.

    One national basis behind a step fails. A barring answer wins over bases of lower rank; where
    every step has such a basis it passes. A missing one may only mean that nobody typed it in.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> no_text_demands_it("text-demands-procedure", Procedure(flow=Flow(id="p"))).verdict
        <Verdict.UNKNOWN: 'unknown'>

    Source: domain rule of this project after plan 949/KH-UBND, as for a single step.
    """
    steps = procedure.flow.steps
    found = next(filter(None, map(national_basis, steps)), None)
    answered = asked_of_all(question, procedure)
    based = bool(steps) and all(step.legal_basis for step in steps)
    if found is None and (answered.verdict is Verdict.FAIL or not based):
        return answered
    basis = found or steps[0].legal_basis[0]
    return Precondition(
        name=question,
        verdict=Verdict.PASS if found is None else Verdict.FAIL,
        because=(("legal-basis", basis.document), ("rank", rank_of(basis).value)),
        source=Source(document=basis.document, place=basis.clause),
        rule=basis,
    )
