"""How to answer the open questions: lines to fill in and to put into the table or the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from attrs import frozen

from tthc_flow.report.blocks import Heading, Paragraph, Section, Snippet
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen(kw_only=True)
class Open:
    """An open question about one step: ids, the words of both, the reply that passes."""

    question: str
    words: str
    passes_on: str
    step: str
    label: str


def answering(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return the section that says how to answer; none where no question is open."""
    asked = open_questions(record)
    if not asked:
        return ()
    blocks = (
        Paragraph(text=text("answering-note", lang), tone="soft"),
        Heading(text=text("answering-yaml", lang)),
        Snippet(text=as_yaml(asked, record["numbers"], lang)),
        Heading(text=text("answering-bpmn", lang)),
        Snippet(text=as_bpmn(asked)),
    )
    return (Section(id="cach-tra-loi", title=text("answering", lang), blocks=blocks),)


def open_questions(record: Mapping[str, Any]) -> tuple[Open, ...]:
    """Return every question whose answer would let a proposal on, once for each of its steps."""
    found = {}
    for candidate in record["candidates"]:
        if candidate["applied"] or candidate["verdict"] != "unknown":
            continue
        for each in candidate["preconditions"]:
            if each["verdict"] != "unknown" or each["question_id"] is None:
                continue
            step = (*each["about"], *candidate["targets"])[0]  # one of them is enough
            found[each["question_id"], step] = Open(
                question=each["question_id"],
                words=each["question"],
                passes_on=each["passes_on"],
                step=step,
                label=record["labels"].get(step, step),
            )
    return tuple(found.values())


def as_yaml(asked: tuple[Open, ...], numbers: Mapping[str, str], lang: str) -> str:
    """Return the answers for a step table; steps by their printed number.

    Example:
        >>> one = Open(question="q", words="Có không?", passes_on="no", step="s", label="“Ký”")
        >>> print(as_yaml((one,), {"s": "6"}, "vi"))
        answers:
        # “Ký”: Có không? (no cho phép áp dụng)
        - question: q
          reply: unknown
          step: '6'
          source: {document: '', place: '', date: ''}
    """
    lines = ["answers:"]
    for each in asked:
        allows = text(f"answer-allows-{each.passes_on}", lang)
        step = numbers.get(each.step, each.step).replace("'", "''")
        lines += [
            f"# {_line(each.label)}: {_line(each.words)} ({allows})",
            f"- question: {each.question}",
            "  reply: unknown",
            f"  step: '{_line(step)}'",
            "  source: {document: '', place: '', date: ''}",
        ]
    return "\n".join(lines)


def as_bpmn(asked: tuple[Open, ...]) -> str:
    """Return the answers for a BPMN file, to stand inside its ``tthc:procedure``."""
    lines = []
    for each in asked:
        step = quoteattr(each.step)
        lines += [
            f"<!-- {_line(f'{each.label}: {each.words}').replace('--', '- -')} -->",
            f'<tthc:answers question="{each.question}" reply="unknown" step={step}>',
            '  <tthc:source document="" place="" date=""/>',
            "</tthc:answers>",
        ]
    return "\n".join(lines)


def _line(words: str) -> str:
    """Return *words* on one line: a comment must not end inside them."""
    return " ".join(words.split())
