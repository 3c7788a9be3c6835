"""The questions of a project: what is open, what was answered, and which candidates hang on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from tthc_flow.levers import ALL
from tthc_flow.model.law import Reply
from tthc_flow.model.lever import Verdict
from tthc_flow.proof.gates.questions import is_current, is_sourced, questions
from tthc_flow.proof.gates.standing import standing
from tthc_flow.report.english import english
from tthc_flow.report.record import of_source
from tthc_flow.report.sentences import labels_of
from tthc_flow.verbs.ask import asks
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.model.law import Answer
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.projects.outlook import Outlook
    from tthc_flow.projects.project import State
    from tthc_flow.proof.gates.questions import Question


def questions_of(state: State, found: Outlook, lang: str) -> list[dict[str, Any]]:
    """Return every question that is open or was answered, in file order of its steps.

    One row is a question at a step, or about the whole procedure. An answer counts where it names
    its source and its step does the same work as then; one that does not is shown with
    ``counts`` false, and the question stays open.
    """
    rows: dict[tuple[str, str | None], dict[str, None]] = {}
    for each in found.candidates.values():
        if each.verdict is not Verdict.FAIL:
            for pair in asks(found.procedure, each):
                rows.setdefault(pair, {})[each.id] = None
    answers = {
        (each.question, each.step): each
        for each in standing(state.answers.answers, found.procedure)
    }
    for pair, candidate in _hanging(found.procedure) if answers else ():
        for answered in {pair, (pair[0], None)} & answers.keys():
            rows.setdefault(answered, {})[candidate] = None
    for pair in answers:
        rows.setdefault(pair, {})
    place = {node.id: at for at, node in enumerate(found.procedure.flow.nodes)}
    labels = labels_of(found.procedure, lang=lang)
    known = questions()
    order = sorted(rows, key=lambda pair: (place.get(pair[1] or "", -1), pair[0]))
    return [
        {
            **_words(known[pair[0]], lang),
            "about": [] if pair[1] is None else [_element(pair[1], labels)],
            "candidates": list(rows[pair]),
            "answer": _answer(answers.get(pair), found),
        }
        for pair in order
        if pair[0] in known
    ]


def _hanging(procedure: Procedure) -> Iterator[tuple[tuple[str, str | None], str]]:
    """Yield what each candidate asks, and its id, as if nobody had answered yet."""
    silent = evolve(procedure, answers=())
    for lever in ALL:
        for each in lever.find(silent):
            for pair in asks(silent, each) if each.verdict is not Verdict.FAIL else ():
                yield pair, each.id


def _words(asked: Question, lang: str) -> dict[str, Any]:
    lines = [message(f"ask-passes-{asked.passes_on}", {}, lang).text]
    if asked.source is not None:
        told = ", ".join(filter(None, (asked.source.place, asked.source.document)))
        lines.append(message("ask-source", {"source": told}, lang).text)
    return {
        "id": asked.id,
        "text": asked.vi if lang == "vi" else asked.en,
        "whom": asked.ask if lang == "vi" else english(asked.ask),
        "hint": ". ".join(lines),
        "passes_on": asked.passes_on.value,
    }


def _element(step: str, labels: Mapping[str, str]) -> dict[str, str]:
    return {"element": step, "label": labels.get(step, step)}


def _answer(answer: Answer | None, found: Outlook) -> dict[str, Any] | None:
    if answer is None:
        return None
    current = answer.reply is not Reply.UNKNOWN and is_current(found.procedure, answer)
    return {
        "reply": answer.reply.value,
        "source": of_source(answer.source),
        "by": answer.by,
        "on": answer.on,
        "counts": current and is_sourced(answer),
    }
