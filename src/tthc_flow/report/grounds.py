"""The parts of the story that say why: each change's own part, who may make it, what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.blocks import Block, Bullets, Grid, Heading, Item, Paragraph, Section
from tthc_flow.report.outcome import saved
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping


_COUNTS: Final = ("steps", "hand_offs", "performers", "documents", "visits")


def grounds(record: Mapping[str, Any], lang: str) -> tuple[Section, ...]:
    """Return these parts in the order of a report; one with nothing in it is left out.

    Args:
        record: What ``tthc-flow propose --json --lang`` *lang* prints.
        lang: ``vi`` or ``en``.
    """
    plan = record["plan"]
    parts = (
        _section("dong-gop", "attributions", _attributions(record, lang), lang),
        _section("tham-quyen", "authority", _roadmap(plan, lang), lang),
        _section("rang-buoc", "bounds", _bounds(plan), lang),
        _section("giu-nguyen", "untouched", _untouched(plan, lang), lang),
    )
    return tuple(each for each in parts if each is not None)


def _section(anchor: str, title: str, blocks: list[Block], lang: str) -> Section | None:
    return Section(id=anchor, title=text(title, lang), blocks=tuple(blocks)) if blocks else None


def _attributions(record: Mapping[str, Any], lang: str) -> list[Block]:
    plan = record["plan"]
    if not plan["attributions"]:
        return []
    expected = {each["id"]: each["expected"] for each in record["candidates"]}
    codes = ("proposal", "attribution-alone", "attribution-given")
    rows = tuple(
        (
            each["title"],
            effect_words(each["alone"], lang),
            _with_expected(effect_words(each["marginal"], lang), expected.get(each["candidate"])),
        )
        for each in plan["attributions"]
    )
    grid = Grid(heading=tuple(text(code, lang) for code in codes), rows=rows)
    return [Paragraph(text=text("attributions-note", lang), tone="soft"), grid]


def _with_expected(told: str, expected: Mapping[str, Any] | None) -> str:
    """Return *told*, and behind it what is expected besides."""
    return f"{told}. {expected['text']}" if expected and expected["text"] else told


def effect_words(effect: Mapping[str, Any] | None, lang: str) -> str:
    """Return what a change saves, in time and otherwise; without an effect of its own, that."""
    if effect is None:
        return text("saves-together", lang)
    told = (text(f"fewer-{each}", lang, count=effect[each]) for each in _COUNTS if effect[each])
    return "; ".join((saved(effect["minutes"], lang), *told))


def _roadmap(plan: Mapping[str, Any], lang: str) -> list[Block]:
    blocks: list[Block] = []
    nobody = {"title": text("unknown", lang)}
    for who in ("within", "outside", "unknown"):
        stages = [each for each in plan["roadmap"] if each["authority"] == who]
        if not stages:
            continue
        blocks.append(Heading(text=text(f"authority-{who}-head", lang)))
        rows = tuple(
            ((each["instrument"] or nobody)["title"], "; ".join(each["titles"])) for each in stages
        )
        heading = (text("text-to-amend", lang), text("proposal", lang))
        blocks.append(Grid(heading=heading, rows=rows))
    return blocks or [Paragraph(text=text("none-applied", lang))]


def _bounds(plan: Mapping[str, Any]) -> list[Block]:
    items = tuple(Item(text=each["text"]) for each in plan["bounds"])
    return [Bullets(items=items)] if items else []


def _untouched(plan: Mapping[str, Any], lang: str) -> list[Block]:
    if not plan["untouched"]:
        return []
    heading = (text("untouched-step", lang), text("untouched-why", lang))
    rows = tuple(
        (each["label"], ". ".join(reason["text"] for reason in each["reasons"]))
        for each in plan["untouched"]
    )
    return [Grid(heading=heading, rows=rows)]
