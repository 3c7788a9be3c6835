"""Answers as the text of an answers file: what was answered, and what is to be filled in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from tthc_flow.model.law import Reply
from tthc_flow.proof.gates.questions import questions
from tthc_flow.tables.answers import FORMAT
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.actor import Role
    from tthc_flow.model.law import Answer
    from tthc_flow.model.procedure import Crew
    from tthc_flow.model.source import Quantity, Source
    from tthc_flow.proof.gates.standing import Kept
    from tthc_flow.tables.answers import AnswerSheet

_UNPRINTABLE: Final = re.compile(r"[^\x20-\x7e\xa1-\ud7ff\uf900-\ufefe\uff00-\uffef]")
"""What YAML folds, refuses, or people cannot see: written as its number."""


def answers_text(sheet: AnswerSheet, lang: str = "vi") -> str:
    r"""Return the text of an answers file that reads back to *sheet*.

    Each answer stands under whom to ask, with the question in words, the reply that lets a
    proposal on, and the text that has it asked. What is open is left to be filled in.

    Example:
        >>> from tthc_flow.model.law import Answer
        >>> from tthc_flow.proof.gates.standing import Kept
        >>> from tthc_flow.tables.answers import AnswerSheet, read_answers
        >>> open_ = Kept(answer=Answer(question="power-is-own", reply=Reply.UNKNOWN, step="a"))
        >>> sheet = AnswerSheet(process="P", answers=(open_,))
        >>> text = answers_text(sheet)
        >>> read_answers(text).sheet == sheet
        True
        >>> [line for line in text.splitlines() if "Hỏi" in line]
        ['# Hỏi: Sở Tư pháp']

    Source: format ``tthc-flow-answers/1`` of this project (docs/how-to/answers.md).
    """
    head = message("ask-head", {"name": sheet.name or sheet.process or ""}, lang)
    fields = {"process": sheet.process, "code": sheet.code, "name": sheet.name}
    lines = [
        comment(head.text),
        comment(head.hint),
        f"format: {FORMAT}",
        f"procedure: {one_line(fields)}",
        "answers:" if sheet.answers else "answers: []",
        *_rows(sheet, lang),
    ]
    lines += people_lines(sheet.crews, sheet.uncounted, lang)
    return "\n".join(lines) + "\n"


def people_lines(
    crews: Sequence[Crew], uncounted: Sequence[tuple[str, Role]], lang: str
) -> Iterator[str]:
    """Yield the lines about people of a role: those that were counted, and those still to be."""
    if crews or uncounted:
        people = message("ask-people", {}, lang)
        yield from (comment(people.text), comment(people.hint), "crews:")
        yield from (line for crew in crews for line in _crew(crew))
        yield from (line for office, role in uncounted for line in _uncounted(office, role))


def whom_lines(question: str, before: str | None, lang: str) -> Iterator[str]:
    """Yield a heading with whom to ask *question*, where that is not who was asked *before*."""
    asked = questions().get(question)
    if asked is not None and asked.ask != before:
        yield ""
        yield comment(message("ask-whom", {"whom": asked.ask}, lang).text)


def passing_lines(question: str, lang: str) -> Iterator[str]:
    """Yield the reply to *question* that lets a proposal on, and the text that has it asked."""
    asked = questions()[question]
    yield comment(message(f"ask-passes-{asked.passes_on}", {}, lang).text)
    if asked.source is not None:
        told = ", ".join(filter(None, (asked.source.place, asked.source.document)))
        yield comment(message("ask-source", {"source": told}, lang).text)


def given_lines(answer: Answer) -> Iterator[str]:
    """Yield the source of *answer*, by whom and when; left to be filled in where it is open."""
    yield f"  source: {_source(answer.source)}"
    open_ = answer.reply is Reply.UNKNOWN
    for name, value in (("by", answer.by), ("on", answer.on)):
        if value is not None or open_:
            yield f"  {name}: {quoted(value or '')}"


def _rows(sheet: AnswerSheet, lang: str) -> Iterator[str]:
    whom = None
    for kept in sheet.answers:
        yield from whom_lines(kept.answer.question, whom, lang)
        asked = questions().get(kept.answer.question)
        whom = whom if asked is None else asked.ask
        yield from _words(kept, lang)
        yield from _row(kept)


def _words(kept: Kept, lang: str) -> Iterator[str]:
    """Yield the question in words, as comments."""
    asked = questions().get(kept.answer.question)
    if asked is None:
        return
    words = asked.vi if lang == "vi" else asked.en
    step = ". ".join(filter(None, (kept.number, kept.name))) or kept.answer.step
    code = "ask-whole" if step is None else "ask-step"
    yield comment(message(code, {"step": f"“{step}”", "question": words}, lang).text)
    yield from passing_lines(asked.id, lang)


def _row(kept: Kept) -> Iterator[str]:
    answer = kept.answer
    yield f"- question: {quoted(answer.question)}"
    yield f"  reply: {quoted(answer.reply.value)}"
    step = {"id": answer.step, "number": kept.number, "name": kept.name}
    if any(step.values()):
        yield f"  step: {one_line({**step, 'fingerprint': answer.about})}"
    elif answer.about is not None:
        yield f"  fingerprint: {quoted(answer.about)}"
    yield from given_lines(answer)


def _crew(crew: Crew) -> Iterator[str]:
    yield f"- office: {quoted(crew.office)}"
    yield f"  role: {quoted(crew.role.value)}"
    for name in ("people", "hours", "other_load"):
        yield f"  {name}: {_quantity(getattr(crew, name))}"


def _uncounted(office: str, role: Role) -> Iterator[str]:
    yield f"- office: {quoted(office)}"
    yield f"  role: {quoted(role.value)}"
    yield from (f"  {name}: {quoted('')}" for name in ("people", "hours", "other_load"))


def _quantity(quantity: Quantity | None) -> str:
    if quantity is None:
        return quoted("")
    parts = [f"value: {quoted(str(quantity.value))}", f"evidence: {quantity.evidence.value}"]
    if quantity.source is not None:
        parts.append(f"source: {_source(quantity.source)}")
    return f"{{{', '.join(parts)}}}"


def _source(source: Source | None) -> str:
    if source is None:
        return "{document: '', place: '', date: ''}"
    fields = {"document": source.document, "place": source.place, "date": source.date}
    return one_line({**fields, "url": source.url})


def one_line(fields: dict[str, str | None]) -> str:
    """Return *fields* on one line; what is not known is left out."""
    known = (f"{name}: {quoted(value)}" for name, value in fields.items() if value is not None)
    return f"{{{', '.join(known)}}}"


def quoted(text: str) -> str:
    """Return *text* between double quotes, as JSON has it, which is YAML where it is printable."""
    return _UNPRINTABLE.sub(_numbered, json.dumps(text, ensure_ascii=False))


def _numbered(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def comment(words: str) -> str:
    """Return *words* as one line of comment."""
    return f"# {_UNPRINTABLE.sub(' ', ' '.join(words.split()))}"
