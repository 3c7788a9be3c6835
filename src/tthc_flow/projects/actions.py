"""What can be done to a project: answer, rule, state facts, redraw, aim, undo, redo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.bpmn.read import read
from tthc_flow.errors import BadQuantity
from tthc_flow.graph.fingerprint import fingerprint, procedure_fingerprint
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.plan import Targets
from tthc_flow.model.ruling import Ruling, Stand
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step
from tthc_flow.plan.replay import now_of, seen_in
from tthc_flow.projects.fields import Fields
from tthc_flow.projects.outlook import outlook
from tthc_flow.projects.procedure_facts import with_procedure_facts
from tthc_flow.projects.project import Project, State, drawn, moved_on, redone, undone
from tthc_flow.projects.step_facts import with_facts
from tthc_flow.proof.gates.questions import questions
from tthc_flow.proof.gates.standing import Kept, standing
from tthc_flow.verbs.decide import Given, in_place_of, ruled
from tthc_flow.verbs.opening import picked
from tthc_flow.verbs.write import rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tthc_flow.model.procedure import Procedure

WITHDRAW: Final = "withdraw"
_ENCODING: Final = re.compile(
    r"""^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'](?!utf-?8["'])[^"'>]*["']""", re.IGNORECASE
)
"""What a text says of its encoding: it was decoded already."""

RULINGS: Final = (Stand.ACCEPT.value, Stand.REJECT.value, WITHDRAW)


def acted(project: Project, action: object, *, on: str | None = None) -> Project:
    """Return *project* after *action*; the one before stays as it is.

    Args:
        project: The project.
        action: Plain JSON: ``kind`` is ``answer``, ``rule``, ``facts`` (of a step), ``procedure``
            (its facts), ``drawing``, ``targets``, ``undo`` or ``redo``; the other fields are
            those of that kind. An answer is about one ``step``, about several ``steps`` at once,
            or about the whole procedure.
        on: The day on which somebody answered or ruled (``2026-11-29``); no clock is asked.

    Raises:
        BadQuantity: TF109, TF131, TF132 and TF141-TF147 for what cannot be done.
        UnreadableInput: TF2xx for a drawing that cannot be read.
        CannotWrite: TF612 for a text that XML cannot hold.

    Example:
        >>> from tthc_flow.projects.project import new_project
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> project = new_project(read(text), "a.bpmn", text)
        >>> facts = {"kind": "facts", "element": "A", "fields": {"time": "0,5 ngày"}}
        >>> after = acted(project, facts)
        >>> read(after.now.bpmn).procedures[0].flow.steps[0].time.printed
        '0,5 ngày'
        >>> acted(after, {"kind": "undo"}).now == project.now
        True

    Source: contract of this project: decisions and answers are data.
    """
    given = Fields(action)
    kind = given.one_of("kind", tuple(_KINDS))
    done = _KINDS[kind](project, given, on)
    given.refuse_others()
    return done


def _answer(project: Project, given: Fields, on: str | None) -> Project:
    question, steps = given.text("question"), _steps(given)
    reply = Reply(given.one_of("reply", tuple(each.value for each in Reply)))
    document, place, by = given.maybe("source"), given.maybe("place"), given.maybe("by")
    if question not in questions():
        raise BadQuantity("TF144", f"no question {question!r}", hint="answer one that is listed")
    if reply is not Reply.UNKNOWN and document is None:
        hint = "name the document that says so: an answer without a source decides nothing"
        raise BadQuantity("TF145", "the answer names no source", place=question, hint=hint)
    source = Source(document=document or "", place=place)
    state, procedure = project.now, outlook(project.now).procedure
    asked = {step: _asked_about(procedure, step) for step in steps}
    kept = state.answers.answers
    there = zip(kept, standing(kept, procedure), strict=True)
    told = [row for row, now in there if now.question != question or now.step not in asked]
    for step, (about, number, name) in asked.items() if reply is not Reply.UNKNOWN else ():
        answer = Answer(
            question=question, reply=reply, step=step, source=source, by=by, on=on, about=about
        )
        told.append(Kept(answer=answer, number=number, name=name))
    sheet = evolve(_headed(state, procedure), answers=tuple(told))
    return moved_on(project, evolve(state, answers=sheet))


def _steps(given: Fields) -> list[str | None]:
    """Return the steps that an answer holds for: one, several, or the whole procedure."""
    if "steps" in given:
        return [*dict.fromkeys(given.listed("steps"))]
    return [given.maybe("step")]


def _headed(state: State, procedure: Procedure) -> Any:  # noqa: ANN401 - an answers sheet
    name = " ".join((procedure.name or procedure.flow.name).split()) or None
    return evolve(state.answers, process=procedure.flow.id, code=procedure.code, name=name)


def _asked_about(procedure: Procedure, step: str | None) -> tuple[str, str | None, str | None]:
    """Return the fingerprint of what is asked about, and the number and name of its step."""
    if step is None:
        return procedure_fingerprint(procedure), None, None
    node = procedure.flow.by_id.get(step)
    if not isinstance(node, Step):
        known = tuple(each.id for each in procedure.flow.steps)
        hint = f"choose one of {', '.join(known)}"
        raise BadQuantity("TF142", f"no step {step!r}", place=step, hint=hint, choices=known)
    return fingerprint(procedure.flow, node), node.number, " ".join(node.name.split()) or None


def _rule(project: Project, given: Fields, on: str | None) -> Project:
    candidate, ruling = given.text("candidate"), given.one_of("ruling", RULINGS)
    reason, by = given.maybe("reason") or "", given.maybe("by")
    state, found = project.now, outlook(project.now)
    if ruling == WITHDRAW:
        left = tuple(each for each in state.rulings if ruled_id(each, found.procedure) != candidate)
        if left == state.rulings:
            hint = "withdraw a ruling that was made"
            raise BadQuantity("TF147", "nobody ruled on it", place=candidate, hint=hint)
        return moved_on(project, evolve(state, rulings=left))
    known = {} if found.proposal is None else found.candidates
    new, on_what = ruled(
        known, Given(candidate=candidate, stand=Stand(ruling), reason=reason), by, on
    )
    new = evolve(new, seen=seen_in(found.procedure, on_what))
    return moved_on(project, evolve(state, rulings=in_place_of(state.rulings, [new])))


def ruled_id(ruling: Ruling, procedure: Procedure) -> str | None:
    """Return the id of the candidate that *ruling* is on now; ``None`` where its steps are gone.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> one = Ruling(lever="drop_relay", targets=("a",), stand=Stand.ACCEPT)
        >>> ruled_id(one, Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),))))
        'drop_relay:a'

    Source: see ``plan.replay``.
    """
    flow = procedure.flow
    marks = {step.id: fingerprint(flow, step) for step in flow.steps}
    seen = {each.id: each for each in ruling.seen}
    now = [
        now_of(seen[each], marks) if each in seen else each if each in marks else None
        for each in ruling.targets
    ]
    known = [each for each in now if each is not None]
    return f"{ruling.lever}:{'+'.join(known)}" if len(known) == len(now) else None


def _facts(project: Project, given: Fields, _on: str | None) -> Project:
    state = project.now
    reading = read(state.bpmn)
    before = picked(reading, state.process)
    after = with_facts(before, given.text("element"), given.texts("fields"))
    if after == before:
        return project
    return moved_on(project, evolve(state, bpmn=rewritten(reading, after).document.data))


def _procedure(project: Project, given: Fields, _on: str | None) -> Project:
    state = project.now
    reading = read(state.bpmn)
    before = picked(reading, state.process)
    after = with_procedure_facts(before, given.texts("fields"))
    if after == before:
        return project
    return moved_on(project, evolve(state, bpmn=rewritten(reading, after).document.data))


def _drawing(project: Project, given: Fields, _on: str | None) -> Project:
    text = _ENCODING.sub(r"\1", given.whole_text("xml"), count=1)
    state, reading = project.now, read(text.encode())
    ids = {each.flow.id for each in reading.procedures}
    process = state.process if state.process in ids else picked(reading).flow.id
    new = evolve(state, bpmn=drawn(reading, process), process=process)
    return moved_on(project, new)


def _targets(project: Project, given: Fields, _on: str | None) -> Project:
    before = project.now.targets
    time = given.share("time") if "time" in given else before.time
    cost = given.share("cost") if "cost" in given else before.cost
    return moved_on(project, evolve(project.now, targets=Targets(time=time, cost=cost)))


_KINDS: Final[Mapping[str, Callable[[Project, Fields, str | None], Project]]] = {
    "answer": _answer,
    "rule": _rule,
    "facts": _facts,
    "procedure": _procedure,
    "drawing": _drawing,
    "targets": _targets,
    "undo": lambda project, _given, _on: undone(project),
    "redo": lambda project, _given, _on: redone(project),
}
