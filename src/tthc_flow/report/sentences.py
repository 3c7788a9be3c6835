"""Findings, changes, candidates and preconditions in the words that staff read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.lever import Verdict
from tthc_flow.proof.gates.questions import questions
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from tthc_flow.measure.change import Change
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.lever import Evidence, Precondition
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.words.messages import Message

_VERDICTS = {
    ("vi", Verdict.PASS): "đạt",
    ("vi", Verdict.FAIL): "không đạt",
    ("vi", Verdict.UNKNOWN): "cần bổ sung dữ liệu",
    ("en", Verdict.PASS): "pass",
    ("en", Verdict.FAIL): "fail",
    ("en", Verdict.UNKNOWN): "needs data",
}


def verdict(value: Verdict, lang: str = "vi") -> str:
    """Return a verdict in words.

    Example:
        >>> verdict(Verdict.UNKNOWN)
        'cần bổ sung dữ liệu'
    """
    return _VERDICTS[lang, value]


def finding(found: Finding, lang: str = "vi") -> Message:
    """Return the text and hint of a finding; its element's name fills ``{name}``."""
    values = {"element": found.element or "", "name": found.name or found.element or ""}
    return message(found.code, {**values, **dict(found.values)}, lang)


def change(made: Change, lang: str = "vi") -> str:
    """Return the sentence of a change."""
    return message(made.code, dict(made.values), lang).text


def condition(asked: Precondition, lang: str = "vi") -> str:
    """Return what a precondition demands, in one clause."""
    return message(f"gate-{asked.name}", dict(asked.because), lang).text


def reasons(asked: Precondition, lang: str = "vi") -> tuple[str, ...]:
    """Return why a precondition has its verdict, one clause a fact."""
    return tuple(
        message(f"because-{key}", {"value": value}, lang).text for key, value in asked.because
    )


def question(asked: Precondition, lang: str = "vi") -> str | None:
    """Return the question that would decide an open precondition, and whom to ask."""
    if asked.question is None:
        return None
    found = questions()[asked.question]
    return f"{found.vi} (hỏi: {found.ask})" if lang == "vi" else f"{found.en} (ask: {found.ask})"


def evidence(shown: Evidence, procedure: Procedure, lang: str = "vi") -> str:
    """Return one observed fact, with the name of the element it was read from."""
    node = procedure.flow.by_id.get(shown.element or "")
    name = shown.element or "" if node is None else node.name or node.id
    return message(f"evidence-{shown.name}", {"name": name, "value": shown.value}, lang).text
