"""Ask what a proposal needs to know: every open question, whom to ask, ready to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from tthc_flow.graph.fingerprint import fingerprint, procedure_fingerprint
from tthc_flow.graph.performers import performer_of
from tthc_flow.levers import ALL
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step
from tthc_flow.plan.make import plan
from tthc_flow.plan.replay import known_candidates
from tthc_flow.proof.gates.questions import answer_to, is_current, is_sourced, questions
from tthc_flow.proof.gates.standing import Kept, standing
from tthc_flow.proof.soundness import soundness
from tthc_flow.tables.answers import AnswerSheet
from tthc_flow.verbs.answering import answered, meant_by, sheet_of
from tthc_flow.verbs.opening import picked

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.actor import Role
    from tthc_flow.model.lever import Candidate, Lever
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.verbs.opening import Openable


def ask(
    source: Openable,
    answers: str | os.PathLike[str] | bytes | None = None,
    *,
    process: str | None = None,
    levers: Sequence[Lever] | None = None,
) -> AnswerSheet:
    """Return an answers file with every question that a change of the procedure leaves open.

    Answers that were given already stay; one about a step that changed stays beside the question,
    which is open again. Under whom to ask the questions stand together.

    Args:
        source: The drawing.
        answers: The answers so far; else the file beside the drawing, where there is one.
        process: Which process, where the file has several.
        levers: The moves to look for; else all of them.

    Returns:
        The file as a value; :func:`tthc_flow.tables.answers_out.answers_text` writes it.

    Raises:
        UnreadableInput: TF2xx where one of the files cannot be read.

    Example:
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky duyet"/></process></definitions>'''
        >>> ask(flow).answers
        ()

    Source: docs/how-to/answers.md.
    """
    file, reading = sheet_of(source, answers), answered(source, answers)
    if file is None or process is not None:
        procedure = picked(reading, process)
    else:
        procedure = meant_by(file.sheet, reading)
    levers = ALL if levers is None else levers
    found = [
        (lever, each)
        for lever in levers
        for each in lever.find(procedure)
        if each.verdict is not Verdict.FAIL
    ]
    kept = () if file is None else _kept(file.sheet.answers, procedure)
    known = {(row.answer.question, row.answer.step) for row in kept if _current(procedure, row)}
    later = _opened_later(procedure, levers, [each for _, each in found])
    opens = dict.fromkeys(
        pair for each in (*(each for _, each in found), *later) for pair in asks(procedure, each)
    )
    rows = (*kept, *(_row(procedure, *pair) for pair in opens if pair not in known))
    asked = {whom: at for at, whom in enumerate(dict.fromkeys(_whom(row) for row in rows))}
    place = {node.id: at for at, node in enumerate(procedure.flow.nodes)}
    return AnswerSheet(
        process=procedure.flow.id,
        code=procedure.code,
        name=procedure.name or procedure.flow.name or None,
        answers=tuple(
            sorted(rows, key=lambda row: (asked[_whom(row)], place.get(row.answer.step or "", -1)))
        ),
        crews=() if file is None else file.sheet.crews,
        uncounted=tuple(
            dict.fromkeys(who for pair in found for who in _uncounted(procedure, *pair))
        ),
    )


def _opened_later(
    procedure: Procedure, levers: Sequence[Lever], found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the changes that another one opens, where all they ask about stands there already."""
    passing = any(each.verdict is Verdict.PASS for each in found)
    if not passing or soundness(procedure.flow).verdict is not Verdict.PASS:
        return
    known = {each.id for each in found}
    for name, each in known_candidates(plan(procedure, levers)).items():
        places = {place for condition in each.preconditions for place in condition.about}
        new = name not in known and each.verdict is not Verdict.FAIL
        if new and places <= procedure.flow.by_id.keys():
            yield each


def _kept(rows: tuple[Kept, ...], procedure: Procedure) -> tuple[Kept, ...]:
    """Return the *rows* in which something was answered, at the steps where they are now."""
    found = []
    for row, now in zip(rows, standing(rows, procedure), strict=True):
        if now.reply is Reply.UNKNOWN and not is_sourced(now) and row.answer.reply is now.reply:
            continue  # was left open: asked again where it still is
        moved = evolve(row, answer=evolve(row.answer, step=now.step))
        node = procedure.flow.by_id.get(now.step or "")
        if isinstance(node, Step) and is_current(procedure, now):
            moved = evolve(moved, number=node.number, name=node.name or None)
        found.append(moved)
    return tuple(found)


def _current(procedure: Procedure, row: Kept) -> bool:
    """Return whether *row* is about the work there is now, so that it need not be asked again."""
    (now,) = standing((row,), procedure)
    return is_current(procedure, now) and now.reply is row.answer.reply


def asks(procedure: Procedure, candidate: Candidate) -> Iterator[tuple[str, str | None]]:
    """Yield each question that *candidate* leaves open, with the step it is about."""
    for condition in candidate.preconditions:
        if condition.verdict is Verdict.UNKNOWN and condition.question is not None:
            yield condition.question, next(iter(condition.about), None)
    for text in candidate.amends:
        for target in candidate.targets if text.question is not None else ():
            step = procedure.flow.by_id.get(target)
            if isinstance(step, Step) and not step.legal_basis and step.mandatory is not False:
                answer = answer_to(procedure, text.question or "", step.id)
                if answer is None or answer.reply is Reply.UNKNOWN:
                    yield text.question or "", step.id


def _row(procedure: Procedure, question: str, place: str | None) -> Kept:
    node = procedure.flow.by_id.get(place or "")
    if not isinstance(node, Step):
        about = procedure_fingerprint(procedure)
        return Kept(answer=Answer(question=question, reply=Reply.UNKNOWN, about=about))
    about = fingerprint(procedure.flow, node)
    answer = Answer(question=question, reply=Reply.UNKNOWN, step=node.id, about=about)
    return Kept(answer=answer, number=node.number, name=node.name or None)


def _whom(row: Kept) -> str:
    asked = questions().get(row.answer.question)
    return "" if asked is None else asked.ask


def _uncounted(
    procedure: Procedure, lever: Lever, candidate: Candidate
) -> Iterator[tuple[str, Role]]:
    """Yield whose people *candidate* needs counted: those who do the steps asked about then."""
    for condition in candidate.preconditions:
        if "crew-unknown" not in dict(condition.because):
            continue
        after = lever.apply(procedure, candidate).flow
        for place in condition.about:
            node = after.by_id.get(place)
            who = performer_of(after, node) if isinstance(node, Step) else None
            if who is not None and who.office is not None and who.role is not None:
                yield who.office, who.role
