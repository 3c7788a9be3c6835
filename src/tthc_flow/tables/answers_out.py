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
    from collections.abc import Iterator

    from tthc_flow.model.actor import Role
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
        _comment(head.text),
        _comment(head.hint),
        f"format: {FORMAT}",
        f"procedure: {_flow(fields)}",
        "answers:" if sheet.answers else "answers: []",
        *_rows(sheet, lang),
    ]
    if sheet.crews or sheet.uncounted:
        people = message("ask-people", {}, lang)
        lines += [_comment(people.text), _comment(people.hint), "crews:"]
        lines += [line for crew in sheet.crews for line in _crew(crew)]
        lines += [line for office, role in sheet.uncounted for line in _uncounted(office, role)]
    return "\n".join(lines) + "\n"


def _rows(sheet: AnswerSheet, lang: str) -> Iterator[str]:
    whom = None
    for kept in sheet.answers:
        asked = questions().get(kept.answer.question)
        if asked is not None and asked.ask != whom:
            whom = asked.ask
            yield ""
            yield _comment(message("ask-whom", {"whom": whom}, lang).text)
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
    yield _comment(message(code, {"step": f"“{step}”", "question": words}, lang).text)
    yield _comment(message(f"ask-passes-{asked.passes_on}", {}, lang).text)
    if asked.source is not None:
        told = ", ".join(filter(None, (asked.source.place, asked.source.document)))
        yield _comment(message("ask-source", {"source": told}, lang).text)


def _row(kept: Kept) -> Iterator[str]:
    answer = kept.answer
    yield f"- question: {_quoted(answer.question)}"
    yield f"  reply: {_quoted(answer.reply.value)}"
    step = {"id": answer.step, "number": kept.number, "name": kept.name}
    if any(step.values()):
        yield f"  step: {_flow({**step, 'fingerprint': answer.about})}"
    elif answer.about is not None:
        yield f"  fingerprint: {_quoted(answer.about)}"
    yield f"  source: {_source(answer.source)}"
    open_ = answer.reply is Reply.UNKNOWN
    for name, value in (("by", answer.by), ("on", answer.on)):
        if value is not None or open_:
            yield f"  {name}: {_quoted(value or '')}"


def _crew(crew: Crew) -> Iterator[str]:
    yield f"- office: {_quoted(crew.office)}"
    yield f"  role: {_quoted(crew.role.value)}"
    for name in ("people", "hours", "other_load"):
        yield f"  {name}: {_quantity(getattr(crew, name))}"


def _uncounted(office: str, role: Role) -> Iterator[str]:
    yield f"- office: {_quoted(office)}"
    yield f"  role: {_quoted(role.value)}"
    yield from (f"  {name}: {_quoted('')}" for name in ("people", "hours", "other_load"))


def _quantity(quantity: Quantity | None) -> str:
    if quantity is None:
        return _quoted("")
    parts = [f"value: {_quoted(str(quantity.value))}", f"evidence: {quantity.evidence.value}"]
    if quantity.source is not None:
        parts.append(f"source: {_source(quantity.source)}")
    return f"{{{', '.join(parts)}}}"


def _source(source: Source | None) -> str:
    if source is None:
        return "{document: '', place: '', date: ''}"
    fields = {"document": source.document, "place": source.place, "date": source.date}
    return _flow({**fields, "url": source.url})


def _flow(fields: dict[str, str | None]) -> str:
    """Return *fields* on one line; what is not known is left out."""
    known = (f"{name}: {_quoted(value)}" for name, value in fields.items() if value is not None)
    return f"{{{', '.join(known)}}}"


def _quoted(text: str) -> str:
    """Return *text* between double quotes, as JSON has it, which is YAML where it is printable."""
    return _UNPRINTABLE.sub(_numbered, json.dumps(text, ensure_ascii=False))


def _numbered(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - four digits


def _comment(words: str) -> str:
    return f"# {_UNPRINTABLE.sub(' ', ' '.join(words.split()))}"
