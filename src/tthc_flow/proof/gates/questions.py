"""The gate questions, as data: which answer lets a change pass, and whom to ask."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.fingerprint import fingerprint
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.law import Answer, Reply
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Question:
    """A yes/no question: its texts, the reply that passes, and who can answer it.

    *source* is the text that has it asked, where there is one; many come from the nature of the
    change alone.
    """

    id: str
    passes_on: Reply
    ask: str
    vi: str
    en: str
    source: Source | None = None


@cache
def questions() -> Mapping[str, Question]:
    """Return every gate question by its id.

    Example:
        >>> questions()["power-is-own"].passes_on
        <Reply.YES: 'yes'>
        >>> questions()["power-is-own"].source.document
        'Luật 72/2025/QH15'

    Source: Luật 72/2025/QH15 Điều 13-14; NQ 68-NQ/TW and NQ 66/NQ-CP (pre- to post-inspection);
        QĐ 468/QĐ-TTg (checks of known data).
    """
    text = files("tthc_flow.proof.gates").joinpath("questions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["id"]: Question(
            id=row["id"],
            passes_on=Reply(row["passes_on"]),
            ask=row["ask"],
            vi=row["vi"],
            en=row["en"],
            source=_source(row["basis_document"], row["basis_place"]),
        )
        for row in rows
    }


def _source(document: str | None, place: str | None) -> Source | None:
    return Source(document=document, place=place or None) if document else None


@frozen(kw_only=True)
class Given:
    """The answers of a procedure by question and step (``None``: the whole procedure).

    *counting* are those that decide, *idle* those that do not: without a source, or given for
    other work than the step does now.
    """

    counting: Mapping[tuple[str, str | None], tuple[Answer, ...]]
    idle: Mapping[tuple[str, str | None], tuple[Answer, ...]]


@remembered
def given_answers(procedure: Procedure) -> Given:
    """Return the answers of *procedure* by what they are about; the same for the same procedure.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> loose = Answer(question="power-is-own", reply=Reply.YES)
        >>> found = given_answers(Procedure(flow=Flow(id="p"), answers=(loose,)))
        >>> len(found.counting), len(found.idle)
        (0, 1)

    Source: the gate questions of this project: each is answered yes, no or unknown with a source.
    """
    counting: dict[tuple[str, str | None], list[Answer]] = {}
    idle: dict[tuple[str, str | None], list[Answer]] = {}
    for answer in procedure.answers:
        group = counting if is_sourced(answer) and is_current(procedure, answer) else idle
        group.setdefault((answer.question, answer.step), []).append(answer)
    return Given(
        counting={about: tuple(found) for about, found in counting.items()},
        idle={about: tuple(found) for about, found in idle.items()},
    )


def is_sourced(answer: Answer) -> bool:
    """Return whether *answer* names the document it rests on; without one it decides nothing."""
    return answer.source is not None and bool(answer.source.document.strip())


def is_current(procedure: Procedure, answer: Answer) -> bool:
    """Return whether the step that *answer* is about does the work it did when it was given.

    An answer that names no fingerprint is taken as it is, and so is one about the whole
    procedure: whether that is still the same is told when answers are read, for every rewrite
    changes it.
    """
    if answer.about is None or answer.step is None:
        return True
    node = procedure.flow.by_id.get(answer.step)
    return isinstance(node, Step) and fingerprint(procedure.flow, node) == answer.about


def answer_to(procedure: Procedure, question: str, step: str) -> Answer | None:
    """Return the answer given for *step*, else the one for the whole procedure, else ``None``.

    An answer without a source is none, and neither is one about other work.
    """
    found = counting_for(given_answers(procedure), question, step)
    return found[0] if found else None


def counting_for(given: Given, question: str, step: str) -> tuple[Answer, ...]:
    """Return the answers that decide *question* for *step*, else those for the whole procedure."""
    counting = given.counting
    return counting.get((question, step)) or counting.get((question, None)) or ()
