"""The proposals of the story: applied, open, barred, and who may carry them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.plan import Objective
from tthc_flow.report.blocks import Block, Case, Check, Paragraph, Section
from tthc_flow.report.figures import source_words
from tthc_flow.report.outcome import gained, title_of
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GROUPS: Final = (
    ("applied", "da-ap-dung", None),
    ("pass", "khong-chon", "not-chosen-note"),
    ("unknown", "can-du-lieu", "needs-data-note"),
    ("fail", "khong-duoc", "barred-note"),
)
_TITLES: Final = {
    "applied": "applied",
    "pass": "not-chosen",
    "unknown": "needs-data",
    "fail": "barred",
}


def cases(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return the proposals in four groups; a group without any is left out."""
    groups: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in _TITLES}
    for each in told_apart(record["candidates"]):
        groups["applied" if each["applied"] else each["verdict"]].append(each)
    sections = []
    for kind, anchor, note in _GROUPS:
        if not groups[kind]:
            continue
        blocks: list[Block] = [] if note is None else [_soft(text(note, lang))]
        by = record["plan"]["objective"]
        blocks += [case(each, kind, record["labels"], lang, by) for each in groups[kind]]
        sections.append(Section(id=anchor, title=text(_TITLES[kind], lang), blocks=tuple(blocks)))
    return tuple(sections)


def told_apart(candidates: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return *candidates* without those that are the rest of another.

    Where a step of a proposal is gone by an applied one, what is left of it is found again: the
    same move to the same place, with fewer steps. It is one proposal to its reader.
    """
    whole = [each for each in candidates if each["effect"] is not None]
    return [each for each in candidates if not any(_is_rest(each, of) for of in whole)]


def _is_rest(candidate: Mapping[str, Any], of: Mapping[str, Any]) -> bool:
    same_move = all(candidate[part] == of[part] for part in ("lever", "anchors", "verdict"))
    fewer = set(candidate["targets"]) < set(of["targets"])
    return same_move and fewer and candidate["effect"] is None and not candidate["applied"]


def _soft(words: str) -> Paragraph:
    return Paragraph(text=words, tone="soft")


def case(
    candidate: Mapping[str, Any],
    kind: str,
    labels: Mapping[str, str],
    lang: str,
    objective: str = Objective.TIME,
) -> Case:
    """Return one proposal; where it is not applied, what is open or barred comes first."""
    facts = [
        text(f"authority-{candidate['authority']}", lang),
        effect(candidate["effect"], objective, lang),
    ]
    if candidate["expected"] and candidate["expected"]["text"]:
        facts.append(candidate["expected"]["text"])
    if candidate["instrument"]:
        facts.append(text("instrument", lang, text=candidate["instrument"]))
    told: dict[str, list[Check]] = {"fail": [], "unknown": [], "pass": []}
    for each in candidate["preconditions"]:
        told[each["verdict"]].append(check(each, lang))
    # One failed condition bars the proposal whatever the open ones turn out to be.
    decisive = "fail" if told["fail"] else "unknown"
    rest = [
        each for verdict in ("unknown", "pass") if verdict != decisive for each in told[verdict]
    ]
    return Case(
        title=title_of(candidate, labels),
        kind=kind,
        facts=(facts[0][:1].upper() + facts[0][1:], *facts[1:]),
        evidence=tuple(each["text"] for each in candidate["evidence"]),
        checks=tuple(told[decisive]),
        others=tuple(rest),
        summary=_summary(told, lang),
    )


def _summary(told: Mapping[str, list[Check]], lang: str) -> str:
    counts = {"passed": len(told["pass"]), "count": sum(map(len, told.values()))}
    if told["fail"] and told["unknown"]:
        return text("barred-rest", lang, open=len(told["unknown"]), **counts)
    code = "some-pass" if told["fail"] or told["unknown"] else "all-pass"
    return text(code, lang, **counts)


def effect(alone: Mapping[str, Any] | None, objective: str, lang: str) -> str:
    """Return what a proposal saves alone; one opened by others was never measured alone."""
    if alone is None:
        return text("saves-together", lang)
    return text("alone-saves", lang, saved=gained(alone, objective, lang))


def check(condition: Mapping[str, Any], lang: str) -> Check:
    """Return one condition with its reasons and source, and the question that is open."""
    notes = list(condition["because"])
    if condition["source"]:
        told = source_words(condition["source"], lang)
        notes.append(text("source-of", lang, source=told))
    question = ""
    if condition["verdict"] != "pass":
        question = condition["question"] or text("needed", lang, hint=condition["hint"])
        if condition["passes_on"]:
            reply = text(f"reply-{condition['passes_on']}", lang)
            question += f" {reply} {text('question-id', lang, id=condition['question_id'])}"
    return Check(
        verdict=condition["verdict"],
        word=text(f"verdict-{condition['verdict']}", lang),
        text=condition["text"],
        notes=tuple(notes),
        question=question,
    )
