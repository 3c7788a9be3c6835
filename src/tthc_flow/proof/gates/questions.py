"""The gate questions, as data: which answer lets a change pass, and whom to ask."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.model.law import Answer, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Question:
    """A yes/no question: its texts, the reply that passes, and who can answer it."""

    id: str
    passes_on: Reply
    ask: str
    vi: str
    en: str


@cache
def questions() -> Mapping[str, Question]:
    """Return every gate question by its id.

    Example:
        >>> questions()["power-is-own"].passes_on
        <Reply.YES: 'yes'>

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
        )
        for row in rows
    }


def is_sourced(answer: Answer) -> bool:
    """Return whether *answer* names the document it rests on; without one it decides nothing."""
    return answer.source is not None and bool(answer.source.document.strip())


def answer_to(procedure: Procedure, question: str, step: str) -> Answer | None:
    """Return the answer given for *step*, else the one for the whole procedure, else ``None``.

    An answer without a source is none.
    """
    general = None
    for answer in procedure.answers:
        if answer.question == question and is_sourced(answer):
            if answer.step == step:
                return answer
            if answer.step is None:
                general = general or answer
    return general
