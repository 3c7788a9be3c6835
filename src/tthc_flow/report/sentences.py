"""Findings, changes, candidates and preconditions in the words that staff read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tthc_flow.measures.wording import kind_words, outcome_words, step_time_words
from tthc_flow.model.flow import Outcome
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.questions import questions
from tthc_flow.report.english import english
from tthc_flow.report.texts import rows, text
from tthc_flow.units import CONVENTIONS
from tthc_flow.words.messages import message, texts
from tthc_flow.words.numbers import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.measures.change import Change
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.lever import Evidence
    from tthc_flow.model.plan import Proof
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.words.messages import Message

_LAW: Final = "keeps-"
_OF_TABLES: Final = ("table-", "office-")
_AS_WRITTEN: Final = frozenset({"printed", "text"})
_FIGURES: Final = frozenset({"was", "now"})
"""Values that are a number, as ``words.numbers`` prints it."""
_LABELLED: Final = {"fact": "fact", "role": "performer"}
"""Values that are a word of the model, and the codes of their texts."""
_SIMULATED: Final = frozenset({"late-simulated", "load-simulated", "simulated-limit"})
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d+ %)")
_DOUBTFUL: Final = frozenset({EvidenceKind.ESTIMATE, EvidenceKind.ASSUMED})

_SAID: Final = {
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
    "ministry": "trung ương",
    "province": "tỉnh",
    "district": "huyện",
    "commune": "xã",
    "agency": "văn bản của cơ quan",
}


def on_one_line(words: str) -> str:
    r"""Return *words* without the line breaks that a drawing puts into a name.

    Example:
        >>> on_one_line("Tiếp nhận\n  hồ sơ")
        'Tiếp nhận hồ sơ'
    """
    return " ".join(words.split())


def names_of(*procedures: Procedure) -> dict[str, str]:
    """Return what people call every element, by its id: a name, or for an arrow its two ends.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.procedure import Procedure
        >>> steps = (Step(id="a", name="Ký"), Step(id="b", name="Đóng dấu"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> names_of(Procedure(flow=flow))
        {'a': 'Ký', 'b': 'Đóng dấu', 'f': 'Ký → Đóng dấu'}
    """
    nodes = (node for each in procedures for node in each.flow.nodes)
    names = {node.id: on_one_line(node.name) for node in nodes if node.name}
    for edge in (edge for each in procedures for edge in each.flow.edges):
        ends = (names.get(edge.source, edge.source), names.get(edge.target, edge.target))
        names[edge.id] = on_one_line(edge.name) or " → ".join(ends)
    return names


def labels_of(*procedures: Procedure, lang: str = "vi") -> dict[str, str]:
    """Return how a sentence calls every element: its name in quotes, a step with its number.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký", number="6"),))
        >>> labels_of(Procedure(flow=flow))
        {'a': 'bước 6 “Ký”'}
    """
    names = names_of(*procedures)
    labels = {each: f"“{name}”" for each, name in names.items()}
    for step in (step for each in procedures for step in each.flow.steps):
        if step.number:
            label = text("step-label", lang, number=step.number, name=names.get(step.id, step.id))
            labels[step.id] = label
    return labels


def verdict(value: Verdict, lang: str = "vi") -> str:
    """Return a verdict in words.

    Example:
        >>> verdict(Verdict.UNKNOWN)
        'cần dữ liệu'
    """
    return text(f"verdict-{value}", lang)


def finding(found: Finding, lang: str = "vi") -> Message:
    """Return the text and hint of a finding; its element's name fills ``{name}``."""
    values = {
        "number": "",
        "element": found.element or "",
        "name": found.name or found.element or "",
    }
    given = dict(found.values)
    if found.code.startswith(_OF_TABLES):
        from tthc_flow.report.table_words import in_words  # reads the words of the workbook

        return message(found.code, {**values, **in_words(found.code, given, lang)}, lang)
    return message(found.code, _told({**values, **given}.items(), lang), lang)


def change(made: Change, lang: str = "vi") -> str:
    """Return the sentence of a change."""
    return message(made.code, _told((("number", ""), *made.values), lang), lang).text


def _told(values: Iterable[tuple[str, str]], lang: str) -> dict[str, str]:
    """Return values as *lang* says them; names and printed texts stay as the user wrote them."""
    return {key: _said(key, value, lang) for key, value in values}


def _said(key: str, value: str, lang: str) -> str:
    if key == "number":
        return value  # ends with the blank before the name, or is empty
    if key == "role" and not value:
        return text("unknown", lang)
    if key in _LABELLED and (code := f"{_LABELLED[key]}-{value}") in rows():
        return text(code, lang)
    if key == "why" and value:
        return " + ".join(
            text(f"why-{each}", lang) if f"why-{each}" in rows() else each
            for each in value.split(" + ")
        )
    if key == "kinds" and value:
        value = ", ".join(_SAID.get(kind, kind) for kind in value.split())
    if key == "convention" and value in {each.name for each in CONVENTIONS}:
        return text(f"convention-{value}", lang)
    if key in _FIGURES:
        return in_language(value, lang)
    folded = on_one_line(value)
    return english(folded) if lang == "en" and key not in _AS_WRITTEN else folded


def _code(asked: Precondition) -> str:
    prefix = "" if asked.name.startswith(_LAW) else "gate-"
    return prefix + asked.name.replace(_LAW, "proof-", 1)


def condition(asked: Precondition, lang: str = "vi") -> str:
    """Return what a precondition demands, in one clause; a law says what a rewrite must keep."""
    return message(_code(asked), dict(asked.because), lang).text


def demand(name: str, lang: str = "vi") -> str:
    """Return what the condition *name* demands, whatever it has come to."""
    return condition(Precondition(name=name, verdict=Verdict.UNKNOWN), lang)


def need(asked: Precondition, lang: str = "vi") -> str:
    """Return what to give or to do where a precondition does not pass.

    Example:
        >>> from tthc_flow.model.lever import Precondition
        >>> need(Precondition(name="same-answerable-body", verdict=Verdict.UNKNOWN), "en")
        'Confirm who answers for the work'
    """
    return message(_code(asked), dict(asked.because), lang).hint


def reasons(asked: Precondition, labels: Mapping[str, str], lang: str = "vi") -> tuple[str, ...]:
    """Return why a precondition has its verdict, one clause a fact; ids are told by their names.

    Example:
        >>> from tthc_flow.model.lever import Precondition
        >>> facts = (("answer", "no"), ("rank", "decree"))
        >>> reasons(Precondition(name="x", verdict=Verdict.PASS, because=facts), {})
        ('câu trả lời: không', 'cấp văn bản: nghị định')
    """
    if asked.name.startswith(_LAW):
        return law_reasons(asked.because, labels, lang)
    return tuple(
        message(f"because-{key}", {"value": _fact(key, value, labels, lang)}, lang).text
        for key, value in asked.because
    )


def _fact(key: str, value: str, labels: Mapping[str, str], lang: str) -> str:
    """Return a value of *key*; shares of a simulation stand beside the name of a role."""
    if key in _SIMULATED:
        return _POINT.sub(",", value) if lang == "vi" else value
    return _value(value, labels, lang)


def law_reasons(
    because: tuple[tuple[str, str], ...], labels: Mapping[str, str], lang: str = "vi"
) -> tuple[str, ...]:
    """Return why a law is broken or undecided.

    Example:
        >>> facts = (("violation", "cannot-complete"), ("element", "Step_1"))
        >>> law_reasons(facts, {"Step_1": "“Ký”"}, "en")
        ('A case can get stuck at “Ký”',)
    """
    codes = [value if key in {"violation", "reason"} else key for key, value in because]
    values = {key: _outcome(key, value, lang) or _named(value, labels) for key, value in because}
    known = texts("proof")
    return tuple(
        message(f"proof-{code}", values, lang).text for code in codes if f"proof-{code}" in known
    )


def _outcome(key: str, value: str, lang: str) -> str:
    if key != "outcome" or value not in set(Outcome):
        return ""
    words = outcome_words(Outcome(value))
    return english(words) if lang == "en" else words


def law(proof: Proof, lang: str = "vi") -> str:
    """Return what a law demands, in one clause."""
    return message(f"proof-{proof.name}", dict(proof.because), lang).text


def _named(value: str, labels: Mapping[str, str]) -> str:
    """Return *value* with every id in it told by the name of its element."""
    return ", ".join(labels.get(part) or part for part in value.split(", "))


def _value(value: str, labels: Mapping[str, str], lang: str) -> str:
    """Return a value as people say it: ids by name, yes and no, ranks, kinds of work."""
    named = _named(value, labels)
    if named != value:
        return named
    said = ", ".join(_SAID.get(part, part) for part in value.split(", "))
    return said if lang == "vi" else value.replace("_", " ") if said != value else english(value)


def question(asked: Precondition, lang: str = "vi") -> str | None:
    """Return the question that would decide an open precondition, and whom to ask."""
    if asked.question is None:
        return None
    found = questions()[asked.question]
    if lang == "vi":
        return f"{found.vi} (hỏi: {found.ask})"
    return f"{found.en} (ask: {english(found.ask)})"


def passing_reply(asked: Precondition) -> str | None:
    """Return the answer to its question that lets a precondition pass: ``yes`` or ``no``."""
    return None if asked.question is None else questions()[asked.question].passes_on.value


def evidence(shown: Evidence, procedure: Procedure, lang: str = "vi") -> str:
    """Return one observed fact, with the name of the element it was read from.

    A time that is no limit of a published text says what it is: an estimate, an assumption.
    """
    node = procedure.flow.by_id.get(shown.element or "")
    name = shown.element or "" if node is None else on_one_line(node.name or node.id)
    value = _value(shown.value, labels_of(procedure, lang=lang), lang)
    if shown.name == "norm-time" and isinstance(node, Step):
        value = step_time_words(node.time)
        value = english(value) if lang == "en" else value
        if node.time.evidence in _DOUBTFUL and node.time.duration is not None:
            value += f" ({text(f'evidence-{node.time.evidence}', lang)})"
    return message(f"evidence-{shown.name}", {"name": name, "value": value}, lang).text
