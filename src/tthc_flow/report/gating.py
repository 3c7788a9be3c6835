"""Gates in words and as a record: what was required, what was found, whether that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.report.amounts import cut_words, share
from tthc_flow.report.figures import input_words
from tthc_flow.report.outcome import named
from tthc_flow.report.record import Json, figure, of_findings
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.measures.gating import Gate


def of_gates(judged: Iterable[Gate], labels: Mapping[str, str], lang: str) -> list[Json]:
    """Return every gate with a sentence that says why.

    Args:
        judged: What :func:`~tthc_flow.measures.gating.gates` returned.
        labels: What elements are called, by their ids.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.measures.gating import Gate
        >>> of_gates([Gate(name="findings", passed=True)], {}, "en")[0]["sentence"]
        'New findings: none.'

    Source: domain rule of this project.
    """
    return [
        {
            "name": gate.name,
            "required": figure(gate.required),
            "cut": figure(gate.cut),
            "left": gate.left,
            "method": None if gate.method is None else gate.method.value,
            "passed": gate.passed,
            "sentence": _sentence(gate, labels, lang),
            "findings": of_findings(gate.findings, lang),
        }
        for gate in judged
    ]


def _sentence(gate: Gate, labels: Mapping[str, str], lang: str) -> str:
    if gate.name == "findings":
        told = "; ".join(each["message"] for each in of_findings(gate.findings, lang))
        code = "gate-no-findings" if gate.passed else "gate-findings"
        return text(code, lang, **({} if gate.passed else {"findings": told}))
    if gate.name == "hand_offs":
        return _of_hand_offs(gate, labels, lang)
    required = share(figure(gate.required) or 0, lang)
    values = {"required": required}
    if gate.method is not None:
        values["method"] = text(f"by-{gate.method.value}", lang)
    if gate.cut is None:
        lacking = _lacking(gate, labels, lang)
        return text(f"gate-{gate.name}-unknown", lang, missing=lacking, **values)
    verdict = text("verdict-pass" if gate.passed else "verdict-fail", lang)
    cut = cut_words(figure(gate.cut) or 0, lang)
    return text(f"gate-{gate.name}", lang, cut=cut, verdict=verdict, **values)


def _of_hand_offs(gate: Gate, labels: Mapping[str, str], lang: str) -> str:
    told = {"left": gate.left, "required": int(gate.required or 0)}
    if gate.missing:
        missing = named(labels, list(gate.missing))
        return text("gate-hand_offs-unknown", lang, missing=missing, **told)
    verdict = text("verdict-pass" if gate.passed else "verdict-fail", lang)
    return text("gate-hand_offs", lang, verdict=verdict, **told)


def _lacking(gate: Gate, labels: Mapping[str, str], lang: str) -> str:
    if gate.name == "time":
        return named(labels, list(gate.missing)) or text("gate-some-step", lang)
    return "; ".join(input_words(each, lang) for each in gate.missing)
