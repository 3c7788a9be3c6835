"""The dashboard as blocks: each plot with the table that says the same in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.progress import Measure
from tthc_flow.report import amounts
from tthc_flow.report.blocks import (
    Bullets,
    Card,
    Cards,
    Gauge,
    Grid,
    Heading,
    Item,
    Paragraph,
    Picture,
    Section,
    Story,
)
from tthc_flow.report.progress.bars import for_screens
from tthc_flow.report.progress.given import Stage
from tthc_flow.report.progress.groups import CONCLUDED, groups
from tthc_flow.report.progress.period import TARGETS
from tthc_flow.report.progress.plots import reach_plot
from tthc_flow.report.progress.printed import (
    about,
    conclusion,
    doer_words,
    group_words,
    lacking,
    measure_words,
    notes,
    reaches,
    share_of,
    share_words,
    stage_rows,
    targets_heading,
    whole_rows,
)
from tthc_flow.report.progress.words import say
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.progress import Cut
    from tthc_flow.report.blocks import Block
    from tthc_flow.report.progress.given import Standing


def told(standing: Standing, lang: str) -> tuple[Story, dict[str, str]]:
    """Return the dashboard of *standing* and its pictures by their names.

    Source: plan 949/KH-UBND VI: what is reported every month and quarter.
    """
    pictures: dict[str, str] = {}
    facts = [say("count", lang, count=_count(standing, lang))]
    if standing.period is not None:
        facts.insert(0, standing.period.words(lang))
    sections = (
        _whole(standing, lang),
        _reach(standing, pictures, lang),
        groups("agency", standing.agencies, pictures, lang),
        groups("field", standing.fields, pictures, lang),
        _alike(standing, lang),
        _open(standing, lang),
        Section(
            id="cach-tinh",
            title=say("section-notes", lang),
            blocks=(Bullets(items=tuple(Item(text=each) for each in notes(standing, lang))),),
        ),
    )
    story = Story(
        lang=lang,
        title=about(standing, lang),
        facts=tuple(facts),
        draft=text("draft", lang),
        sections=sections,
        footer=(text("footer", lang),),
    )
    return story, pictures


def _count(standing: Standing, lang: str) -> str:
    return amounts.amount(sum(each.procedures for each in standing.whole.reach), lang)


def _whole(standing: Standing, lang: str) -> Section:
    target = standing.period.target if standing.period is not None else None
    blocks: list[Block] = []
    if not standing.finished:
        blocks.append(Paragraph(text=say("note-unfinished", lang), tone="bad"))
    held = [each for each in standing.whole.cuts if each.of in CONCLUDED]
    blocks += [Paragraph(text=conclusion(e, target, lang), tone=_tone(e, target)) for e in held]
    blocks.append(Cards(cards=tuple(_cards(standing, lang))))
    for each in held:
        if each.pooled is not None:
            blocks.append(Heading(text=measure_words(each.of, lang)))
            label = conclusion(each, target, lang)
            blocks.append(Gauge(share=each.pooled, label=label, targets=_marks(lang)))
    blocks.append(_whole_table(standing, lang))
    return Section(id="ket-qua", title=say("section-whole", lang), blocks=tuple(blocks))


def _marks(lang: str) -> tuple[tuple[float, str], ...]:
    words = (text("target-2025", lang), text("target-2026", lang))
    return tuple(zip(TARGETS, words, strict=True))


def _tone(cut: Cut, target: float | None) -> str:
    if cut.pooled is None:
        return "ask"
    if target is None:
        return ""
    return "good" if reaches(cut.pooled, target) else "bad"


def _cards(standing: Standing, lang: str) -> Iterator[Card]:
    for cut in standing.whole.cuts:
        known = say("of-known", lang, known=amounts.amount(cut.known, lang),
                    count=amounts.amount(cut.procedures, lang))  # fmt: skip
        words = share_words(cut.pooled, lang)
        label = measure_words(cut.of, lang)
        yield Card(label=label, before=known, after=words, cut="")
    for reach in standing.whole.reach:
        for stage in (Stage.EXAMINED, Stage.PLANNED):
            count = reach.counts[list(Stage).index(stage)]
            counted = f"{amounts.amount(count, lang)}/{amounts.amount(reach.procedures, lang)}"
            part = share_words(share_of(count, reach.procedures), lang)
            label = say(f"stage-{stage.value}", lang)
            yield Card(label=label, before=counted, after=part, cut="")


def _whole_table(standing: Standing, lang: str) -> Grid:
    codes = ("measure", "aggregate", "counted", "before", "after", "cut")
    heading = (*(say(f"head-{code}", lang) for code in codes), *targets_heading(lang))
    return Grid(heading=heading, rows=tuple(whole_rows(standing.whole.cuts, lang)))


def _reach(standing: Standing, pictures: dict[str, str], lang: str) -> Section:
    blocks: list[Block] = [Paragraph(text=say("note-scope", lang), tone="soft")]
    for reach in standing.whole.reach:
        plot = reach_plot("reach", reach, lang)
        pictures |= for_screens(plot)
        heading = tuple(say(f"head-{code}", lang) for code in ("stage", "done", "all", "share"))
        full = say("target", lang, share=amounts.share(1, lang))
        blocks.append(Picture(name="reach", title=plot.title))
        blocks.append(Grid(heading=(*heading, full), rows=stage_rows(reach, lang)))
    return Section(id="ra-soat", title=say("section-reach", lang), blocks=tuple(blocks))


def _alike(standing: Standing, lang: str) -> Section:
    title = say("section-alike", lang)
    if not standing.alike:
        none = Paragraph(text=say("no-alike", lang))
        return Section(id="giong-nhau", title=title, blocks=(none,))
    codes = ("procedure", "same", "places", "lightest", "heaviest", "saved")
    rows = tuple(
        (
            each.name or each.lightest.key,
            say(f"same-{each.same}", lang, code=each.code or say("unnamed", lang)),
            amounts.amount(each.count, lang),
            doer_words(each.lightest, lang),
            doer_words(each.heaviest, lang),
            "–" if each.saved is None else amounts.days(each.saved, lang),
        )
        for each in standing.alike
    )
    shown = say("alike-shown", lang, shown=amounts.amount(len(rows), lang),
                count=amounts.amount(standing.alike_count, lang))  # fmt: skip
    grid = Grid(heading=tuple(say(f"head-{code}", lang) for code in codes), rows=rows)
    note = Paragraph(text=say("alike-note", lang), tone="soft")
    return Section(id="giong-nhau", title=title, blocks=(Paragraph(text=shown), grid, note))


def _open(standing: Standing, lang: str) -> Section:
    """Return how many procedures have no figure, by measure and agency."""
    title = say("section-open", lang)
    heading = (say("head-agency", lang), *(measure_words(of, lang) for of in Measure))
    found = lacking(standing)
    if not found:
        return Section(id="con-thieu", title=title, blocks=(Paragraph(text=say("no-open", lang)),))
    rows = [(group_words(group, lang), *_counts(counts, lang)) for group, counts in found]
    total = tuple(map(sum, zip(*(counts for _, counts in found), strict=True)))
    rows.append((say("total", lang), *_counts(total, lang)))
    grid = Grid(heading=heading, rows=tuple(rows), totals=True)
    intro = Paragraph(text=say("open-intro", lang))
    return Section(id="con-thieu", title=title, blocks=(intro, grid))


def _counts(counts: Sequence[int], lang: str) -> tuple[str, ...]:
    return tuple(amounts.amount(each, lang) for each in counts)
