"""Findings, changes, candidates and preconditions in the words that staff read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.wording import kind_words, step_time_words
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.questions import questions
from tthc_flow.words.messages import message, texts

if TYPE_CHECKING:
    from tthc_flow.measures.change import Change
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.lever import Evidence, Precondition
    from tthc_flow.model.plan import Proof
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.words.messages import Message

_LAW = "keeps-"

_SAID = {
    **{kind.value: kind_words((kind,)) for kind in StepKind},
    "yes": "có",
    "no": "không",
    "true": "có",
    "false": "không",
    "none": "không có",
    "nothing": "không có",
    "unknown": "chưa rõ",
    "subset": "đều đã có ở lần kiểm tra trước",
    "treaty": "điều ước quốc tế",
    "law": "luật",
    "decree": "nghị định",
    "circular": "thông tư",
    "provincial": "văn bản của tỉnh",
    "agency": "văn bản của cơ quan",
}

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
    """Return what a precondition demands, in one clause; a law says what a rewrite must keep."""
    prefix = "" if asked.name.startswith(_LAW) else "gate-"
    code = prefix + asked.name.replace(_LAW, "proof-", 1)
    return message(code, dict(asked.because), lang).text


def reasons(asked: Precondition, lang: str = "vi") -> tuple[str, ...]:
    """Return why a precondition has its verdict, one clause a fact.

    Example:
        >>> from tthc_flow.model.lever import Precondition
        >>> facts = (("answer", "no"), ("rank", "decree"))
        >>> reasons(Precondition(name="x", verdict=Verdict.PASS, because=facts))
        ('câu trả lời: không', 'cấp văn bản: nghị định')
    """
    if asked.name.startswith(_LAW):
        return law_reasons(asked.because, lang)
    return tuple(
        message(f"because-{key}", {"value": _said(value) if lang == "vi" else value}, lang).text
        for key, value in asked.because
    )


def law_reasons(because: tuple[tuple[str, str], ...], lang: str = "vi") -> tuple[str, ...]:
    """Return why a law is broken or undecided.

    Example:
        >>> law_reasons((("violation", "cannot-complete"), ("element", "Step_1")), "en")
        ('A case can get stuck at Step_1',)
    """
    codes = [value if key in {"violation", "reason"} else key for key, value in because]
    known = texts("proof")
    return tuple(
        message(f"proof-{code}", dict(because), lang).text
        for code in codes
        if f"proof-{code}" in known
    )


def _said(value: str) -> str:
    """Return a value in Vietnamese: yes and no, ranks, kinds of work; others stay as they are."""
    return ", ".join(_SAID.get(part, part) for part in value.split(", "))


def law(proof: Proof, lang: str = "vi") -> str:
    """Return what a law demands, in one clause."""
    return message(f"proof-{proof.name}", dict(proof.because), lang).text


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
    value = shown.value
    if shown.name == "norm-time" and isinstance(node, Step):
        value = step_time_words(node.time)
    elif lang == "vi":
        value = _said(value)
    return message(f"evidence-{shown.name}", {"name": name, "value": value}, lang).text
