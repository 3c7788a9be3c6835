"""The facts of a step that can be typed, and what can be chosen for them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.measures.wording import kind_words, level_words
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Severity, StepKind
from tthc_flow.projects.procedure_facts import FIGURES, PROCEDURE_FIELDS
from tthc_flow.projects.step_facts import FIELDS
from tthc_flow.report.english import english
from tthc_flow.report.texts import text
from tthc_flow.tables.fact_sheet import TRUTHS
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEVERAL: Final = frozenset({"kinds", "level"})
_TRUE_OR_FALSE: Final = frozenset(
    {
        "applicant_visit",
        "decides",
        "discretion",
        "harm.reversible",
        "mandatory",
        "paper",
        "pause",
    }
)


def fact_fields(lang: str) -> dict[str, list[dict[str, Any]]]:
    """Return every fact that can be typed, of a step and of the procedure.

    Each has its name, its choices (value and text) and whether several may be. A field without
    choices takes any text. Several values stand in one text, parted by "|".

    Example:
        >>> [row["choices"] for row in fact_fields("en")["step"] if row["name"] == "paper"]
        [[{'value': 'có', 'text': 'yes'}, {'value': 'không', 'text': 'no'}]]

    Source: the columns of the sheet of facts.
    """
    choices = _choices(lang)
    kinds = {f"{name}.evidence": choices["evidence"] for name in FIGURES}
    return {
        "step": [_field(name, choices.get(name, ())) for name in FIELDS],
        "procedure": [_field(name, kinds.get(name, ())) for name in PROCEDURE_FIELDS],
    }


def _field(name: str, choices: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {
        "name": name,
        "choices": [{"value": value, "text": words} for value, words in choices],
        "several": name in _SEVERAL,
    }


def _choices(lang: str) -> dict[str, list[tuple[str, str]]]:
    said = (message(f"studio-{each}", {}, lang).text for each in ("yes", "no"))
    truths = [*zip(TRUTHS, said, strict=True)]
    evidence = [(each.value, text(f"evidence-{each}", lang)) for each in EvidenceKind]
    harms = [(each.value, message(f"studio-harm-{each}", {}, lang).text) for each in Severity]
    return {
        **dict.fromkeys(_TRUE_OR_FALSE, truths),
        "role": [(each.value, message(f"studio-role-{each}", {}, lang).text) for each in Role],
        "level": [(each.value, _said(level_words([each]), lang)) for each in Level],
        "kinds": [(each.value, _said(kind_words([each]), lang)) for each in StepKind],
        "evidence": evidence,
        "harm.evidence": evidence,
        "harm.severity": harms,
    }


def _said(words: str, lang: str) -> str:
    return english(words) if lang == "en" else words
