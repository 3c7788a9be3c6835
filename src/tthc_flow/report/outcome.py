"""The first parts of the story: how much lighter, what would cut more, what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.model.plan import Objective
from tthc_flow.report import amounts, figures
from tthc_flow.report.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Gauge,
    Grid,
    Heading,
    Item,
    Paragraph,
    Section,
)
from tthc_flow.report.english import english
from tthc_flow.report.figures import source_words
from tthc_flow.report.texts import text
from tthc_flow.report.wishes import objective_line

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGETS: Final = ((0.3, "2025"), (0.5, "2026"))
"""NQ 66/NQ-CP, procedures for people and firms: at least 30 % in 2025, 50 % in 2026."""

_CARDS: Final = (0, 2, 5, 6)
"""Rows that stand out: time, steps done by people, hand-offs, performers."""

_LESS: Final = ("hand_offs", "performers", "levels", "visits", "steps", "documents")
"""What a proposal may save besides time, in the order in which it is told."""

_DOUBTFUL: Final = ("estimate", "assumed")


def named(labels: Mapping[str, str], ids: list[str]) -> str:
    """Return elements as sentences call them.

    Example:
        >>> named({"a": "bước 6 “Ký”"}, ["a", "b"])
        'bước 6 “Ký”, “b”'
    """
    return ", ".join(labels.get(each, f"“{each}”") for each in ids)


def title_of(candidate: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return a proposal with the steps it is about."""
    return f"{candidate['title']}: {named(labels, candidate['targets'])}"


def saved(minutes: float | None, lang: str) -> str:
    """Return what a proposal saves in time, in words."""
    if minutes is None:
        return text("saved-something", lang)
    return amounts.days(minutes, lang) if minutes > 0 else text("saved-work", lang)


def gained(effect: Mapping[str, Any], objective: str, lang: str) -> str:
    """Return what a proposal saves, in words: in time, or by another objective in all it saves.

    Args:
        effect: As the record tells it.
        objective: What was made small first.
        lang: ``vi`` or ``en``.
    """
    time = saved(effect["minutes"], lang)
    if objective == Objective.TIME:
        return time
    less = [text(f"less-{each}", lang, count=effect[each]) for each in _LESS if effect[each] > 0]
    days = [time] if effect["minutes"] and effect["minutes"] > 0 else []
    return "; ".join((*less, *days)) or time


def result(record: Mapping[str, Any], lang: str) -> Section:
    """Return the result: the figures against the targets, and what would cut more."""
    plan = record["plan"]
    rows = figures.before_after_rows(plan, lang)
    cards = Cards(
        cards=tuple(
            Card(
                label=name,
                before=text("was", lang, value=before),
                after=after,
                cut=f"−{cut}" if cut[:1].isdigit() else cut.replace("–", ""),
            )
            for name, before, after, cut in (rows[index] for index in _CARDS)
        )
    )
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    blocks: list[Block] = [cards, *_against_targets(record, lang)]
    blocks += [
        _cost_cut(plan, lang),
        Paragraph(text=objective_line(plan, lang), tone="soft"),
        Grid(heading=heading, rows=rows),
        *estimates(record, lang),
        *_more(record, lang),
    ]
    return Section(id="ket-qua", title=text("result", lang), blocks=tuple(blocks))


def _against_targets(record: Mapping[str, Any], lang: str) -> list[Block]:
    plan = record["plan"]
    cut = plan["cut"]["time"]
    note = Paragraph(text=_targets_note(record["procedure"], lang), tone="soft")
    if cut is None:
        unknown = plan["after"]["unknown_times"] or plan["before"]["unknown_times"]
        code = "cut-unknown" if unknown else "cut-none-known"
        if plan["before"]["norm_time"]["minutes"] is None and unknown:
            code = "cut-no-times"
        why = text(code, lang, steps=named(record["labels"], unknown))
        return [Paragraph(text=why, tone="ask"), note]
    goals = _goals(plan["targets"]["time"], record["procedure"]["kind"], lang)
    met = [words for share, _, words in goals if cut >= share]
    missed = [words for share, _, words in goals if cut < share]
    share = amounts.share(cut, lang)
    told = []
    if cut < 0:
        line = text("cut-grew", lang, share=amounts.share(-cut, lang))
        return [Paragraph(text=line, tone="bad"), note]
    if met:
        line = text("cut-reached", lang, share=share, met=", ".join(met))
        told.append(Paragraph(text=line, tone="good"))
    if missed:
        line = text("cut-missed", lang, share=share, missed=", ".join(missed))
        told.append(Paragraph(text=line, tone="ask"))
    targets = tuple((goal, label) for goal, label, _ in goals)
    if not goals:
        told.append(Paragraph(text=text("cut-alone", lang, share=share)))
    return [Gauge(share=cut, label=share, targets=targets), *told, note]


def _targets_note(procedure: Mapping[str, Any], lang: str) -> str:
    """Return whose targets they are, and what "before" stands for: seldom the year they name."""
    kind = "public" if procedure["kind"] == "public" else "internal"
    told = [text(f"targets-note-{kind}", lang)]
    if not procedure["baseline"]:
        source = source_words(procedure["source"], lang)
        told.append(text(f"before-is-{kind}", lang, source=source))
    return " ".join(told)


def _goals(asked: float | None, kind: str, lang: str) -> list[tuple[float, str, str]]:
    """Return the cuts to reach: the share, its label on the gauge, its words in a sentence."""
    known = TARGETS if kind == "public" else ()
    goals = [
        (share, text(f"target-{year}", lang), text(f"goal-{year}", lang)) for share, year in known
    ]
    if asked is not None and asked not in {share for share, _ in known}:
        printed = amounts.share(asked, lang)
        label = text("target-asked", lang, share=printed)
        goals.append((asked, label, text("goal-asked", lang, share=printed)))
    return sorted(goals)


def _cost_cut(plan: Mapping[str, Any], lang: str) -> Paragraph:
    known = [
        text(
            "cost-cut-known" if share >= 0 else "cost-cut-grew",
            lang,
            share=amounts.share(abs(share), lang),
            method=text(f"method-{method}", lang),
        )
        for method, share in plan["cut"]["cost_by_method"].items()
        if share is not None
    ]
    return Paragraph(text=" ".join(known) or text("cost-cut-unknown", lang))


def estimates(record: Mapping[str, Any], lang: str) -> list[Paragraph]:
    """Return which times are no limits of a published text: said, never passed off as norms."""
    told: list[Paragraph] = []
    before = record["plan"]["before"]["time_evidence"]
    after = record["plan"]["after"]["time_evidence"]
    for kind in _DOUBTFUL:
        new = [each for each in after[kind] if each not in before[kind]]
        for code, steps in (("estimates", before[kind]), ("estimates-after", new)):
            if steps:
                words = text(f"evidence-{kind}", lang)
                line = text(code, lang, kind=words, steps=named(record["labels"], steps))
                told.append(Paragraph(text=line, tone="ask"))
    return told


def _more(record: Mapping[str, Any], lang: str) -> list[Block]:
    if not record["candidates"]:
        return [Paragraph(text=text("no-lever", lang), tone="soft")]
    lines = tuple(Item(text=line) for line in binding_lines(record, lang))
    if not lines:
        return []
    note = Paragraph(text=text("binding-note", lang), tone="soft")
    return [Heading(text=text("more", lang)), Bullets(items=lines), note]


def binding_lines(record: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return what keeps the plan from more, one sentence each; the most minutes first."""
    by_id = {each["id"]: each for each in record["candidates"]}
    lines = []
    for binding in record["plan"]["binding"]:
        failed = [each for each in binding["conditions"] if each["verdict"] == "fail"]
        conditions = failed or binding["conditions"]
        told = text(
            "binding-barred" if failed else "binding-open",
            lang,
            conditions="; ".join(_lowered(each["text"]) for each in conditions),
            title=_lowered(title_of(by_id[binding["candidate"]], record["labels"])),
            saved=gained(binding["effect"], record["plan"]["objective"], lang),
        )
        lines.append(told)
    return tuple(lines)


def _lowered(sentence: str) -> str:
    """Return a sentence as a clause, unless it begins with an abbreviation."""
    return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def grouped(plan: Mapping[str, Any], lang: str) -> tuple[Item, ...]:
    """Return every change, the ones of one step together."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for number, change in enumerate(plan["changes"]):
        groups.setdefault(change["element"] or str(number), []).append(change)
    return tuple(_group(members, plan["labels"], lang) for members in groups.values())


def change_lines(plan: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    """Return every change as the lines of a terminal."""
    return tuple(
        line
        for item in grouped(plan, lang)
        for line in (f"- {item.text}", *(f"  - {each}" for each in item.under))
    )


def changes(record: Mapping[str, Any], lang: str) -> Section:
    """Return what changes, step by step."""
    items = grouped({**record["plan"], "labels": record["labels"]}, lang)
    empty = Paragraph(text=text("no-changes", lang))
    block = Bullets(items=items) if items else empty
    return Section(id="thay-doi", title=text("changes", lang), blocks=(block,))


def _group(members: list[Mapping[str, Any]], labels: Mapping[str, str], lang: str) -> Item:
    """Return one step's changes; becoming automatic and taking no time is one thing."""
    by_code = {each["code"]: each for each in members}
    automated, shorter = by_code.get("change-automated"), by_code.get("change-shortened")
    given = by_code.get("change-time-given")
    sentences = [each["sentence"] for each in members]
    label = _capital(labels.get(members[0]["element"] or "", f"“{members[0]['name']}”"))
    if automated and shorter:
        before = english(shorter["before"]) if lang == "en" else shorter["before"]
        first = text("became-automatic", lang, name=label, before=before)
        told = {automated["sentence"], shorter["sentence"]}
        sentences = [first, *(each for each in sentences if each not in told)]
    elif automated and given:  # the nought of a machine is no time that somebody set
        first = text("became-automatic-untimed", lang, name=label)
        told = {automated["sentence"], given["sentence"]}
        sentences = [first, *(each for each in sentences if each not in told)]
    if len(sentences) == 1:
        return Item(text=sentences[0])
    return Item(text=text("changes-of", lang, name=label), under=tuple(sentences))
