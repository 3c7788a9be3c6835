"""The open questions, one row each: whom to ask, about which steps, and what reply lets it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.blocks import Grid, Paragraph, Section
from tthc_flow.report.english import english
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@frozen(kw_only=True)
class Open:
    """An open question and the steps it is asked about, by their labels."""

    question: str
    steps: tuple[str, ...]


def answering(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return the section that says what to ask, and how to answer; none where nothing is open."""
    asked = open_questions(record)
    if not asked:
        return ()
    heading = ("ask-whom", "ask-what", "ask-about", "ask-passes", "ask-id")
    blocks = (
        Paragraph(text=text("answering-note", lang), tone="soft"),
        Grid(
            heading=tuple(text(code, lang) for code in heading),
            rows=tuple(sorted(_rows(asked, lang), key=lambda row: row[0])),
        ),
    )
    return (Section(id="cach-tra-loi", title=text("answering", lang), blocks=blocks),)


def open_questions(record: Mapping[str, Any]) -> tuple[Open, ...]:
    """Return every question whose answer would let a proposal on, with each of its steps."""
    found: dict[str, dict[str, None]] = {}
    for candidate in record["candidates"]:
        if candidate["applied"] or candidate["verdict"] != "unknown":
            continue
        for each in candidate["preconditions"]:
            if each["verdict"] == "unknown" and each["question_id"] is not None:
                step = (*each["about"], *candidate["targets"])[0]  # one of them is enough
                label = record["labels"].get(step, step)
                found.setdefault(each["question_id"], {})[label] = None
    return tuple(Open(question=each, steps=tuple(steps)) for each, steps in found.items())


def _rows(asked: tuple[Open, ...], lang: str) -> Iterator[tuple[str, ...]]:
    for each in asked:
        question = questions()[each.question]
        yield (
            question.ask if lang == "vi" else english(question.ask),
            question.vi if lang == "vi" else question.en,
            "; ".join(each.steps),
            text(f"said-{question.passes_on.value}", lang),
            each.question,
        )
