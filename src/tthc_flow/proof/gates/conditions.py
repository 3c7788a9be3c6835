"""What law and the people asked say about a change: texts first, then the answers given.

A barring answer always wins over an attribute that would let a change pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.law import Reply
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.source import Source
from tthc_flow.proof.gates.amending import is_national, named_text, rank_of
from tthc_flow.proof.gates.questions import counting_for, given_answers, is_sourced, questions
from tthc_flow.proof.gates.uses import uses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.law import Answer, LegalBasis
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.proof.gates.questions import Given


def asked(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return the verdict of the answers to *question* for *steps*, which change together.

    An answer for one of them is enough to bar or to pass; a barring one wins. No answer, one that
    names no source, one that is about other work, or one that says it does not know, is
    ``UNKNOWN`` and carries the question.
    """
    given = given_answers(procedure)
    found = [counting_for(given, question, step.id) for step in steps]
    barred = _barred(question, found)
    if barred is not None:
        return barred
    for answers in found:
        if answers and answers[0].reply is not Reply.UNKNOWN:
            return _answered(question, answers[0], Verdict.PASS)
    return Precondition(
        name=question,
        verdict=Verdict.UNKNOWN,
        because=_not_counted(given, question, *steps),
        question=question,
        about=tuple(step.id for step in steps),
    )


def _not_counted(given: Given, question: str, *steps: Step) -> tuple[tuple[str, str], ...]:
    """Return the reply that would have decided, had it a source and were it about this work."""
    idle = given.idle
    for place in (*(step.id for step in steps), None):
        for answer in idle.get((question, place), ()):
            why = "answer-for-other-work" if is_sourced(answer) else "answer-without-source"
            return ((why, answer.reply.value),)
    return ()


def barred_by_answer(procedure: Procedure, question: str, *steps: Step) -> Precondition | None:
    """Return the failed condition of a barring answer for one of *steps*, if there is any.

    An answer for the step goes before the one for the whole procedure; of two answers for the
    same thing that contradict each other the barring one counts.
    """
    given = given_answers(procedure)
    return _barred(question, [counting_for(given, question, step.id) for step in steps])


def _barred(question: str, found: Sequence[tuple[Answer, ...]]) -> Precondition | None:
    passing = questions()[question].passes_on
    for answers in found:
        for answer in answers:
            if answer.reply not in {passing, Reply.UNKNOWN}:
                return _answered(question, answer, Verdict.FAIL)
    return None


def _answered(question: str, answer: Answer, verdict: Verdict) -> Precondition:
    because = (("answer", answer.reply.value),)
    rule = None if answer.source is None else named_text(answer.source)
    return Precondition(
        name=question, verdict=verdict, because=because, source=answer.source, rule=rule
    )


def stated_or_answered(
    procedure: Procedure, question: str, step: Step, fact: tuple[str, bool | None], *, passing: bool
) -> Precondition:
    """Return what a *fact* of *step* (its name and value) says; where unknown, the answer does.

    The fact passes where its value is *passing*. A barring answer to *question* bars even then.
    """
    attribute, value = fact
    if value is None:
        return asked(procedure, question, step)
    verdict = Verdict.PASS if value is passing else Verdict.FAIL
    stated = Precondition(
        name=question, verdict=verdict, because=((attribute, str(value).lower()),)
    )
    return barred_by_answer(procedure, question, step) or stated


def national_basis(step: Step) -> LegalBasis | None:
    """Return the first legal basis of *step* that the province cannot amend, if any."""
    return next((basis for basis in step.legal_basis if is_national(basis)), None)


def _demanded(name: str, *steps: Step) -> Precondition | None:
    """Return the failed condition of a national text behind one of *steps*, if there is any."""
    for step in steps:
        basis = national_basis(step)
        if basis is not None:
            return Precondition(
                name=name,
                verdict=Verdict.FAIL,
                because=(("legal-basis", basis.document), ("rank", rank_of(basis).value)),
                source=Source(document=basis.document, place=basis.clause),
                rule=basis,
            )
    if any(step.mandatory for step in steps):
        return Precondition(name=name, verdict=Verdict.FAIL, because=(("mandatory", "true"),))
    return None


def law_leaves_open(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return a failure where a national text is behind one of *steps*, else what was answered."""
    return _demanded(question, *steps) or asked(procedure, question, *steps)


def no_text_demands(procedure: Procedure, question: str, *steps: Step) -> Precondition:
    """Return whether no national text demands *steps*: bases first, then the answers.

    A basis of rank treaty, law, decree or circular, or ``mandatory=True``, fails. Where every step
    has a basis and all are the province's or the agency's own, it passes. No basis at all may only
    mean that nobody typed one in: the answer to *question* decides; without one it is unknown.
    """
    barred = _demanded(question, *steps) or barred_by_answer(procedure, question, *steps)
    if barred is not None:
        return barred
    if all(step.legal_basis for step in steps):
        lower = steps[-1].legal_basis[0]
        return Precondition(
            name=question,
            verdict=Verdict.PASS,
            because=(("legal-basis", lower.document), ("rank", lower.rank.value)),
            source=Source(document=lower.document, place=lower.clause),
            rule=lower,
        )
    if all(step.mandatory is False for step in steps):
        return Precondition(name=question, verdict=Verdict.PASS, because=(("mandatory", "false"),))
    return asked(procedure, question, *steps)


def no_rule_names(procedure: Procedure, *steps: Step) -> Precondition:
    """Return whether no national text demands *steps* (question ``rule-names-the-step``)."""
    return no_text_demands(procedure, "rule-names-the-step", *steps)


def duties_allow(procedure: Procedure, *steps: Step) -> Precondition:
    """Return whether no step of the flow must be separate from one of *steps*."""
    name = "no-separate-duty"
    ids = {step.id for step in steps}
    apart = uses(procedure.flow).kept_apart(ids)
    if apart is None:
        return Precondition(name=name, verdict=Verdict.PASS)
    claims = apart.separate_from if apart.id in ids else apart.separate_from & ids
    pair = f"{apart.id} / {min(claims)}"
    return Precondition(name=name, verdict=Verdict.FAIL, because=(("separate", pair),))


def needs_no_paper(procedure: Procedure, step: Step) -> Precondition:
    """Return whether no paper is required: ``paper=False`` passes, else the answer decides."""
    known = None if step.paper else step.paper
    return stated_or_answered(
        procedure, "paper-original-required", step, ("paper", known), passing=False
    )
