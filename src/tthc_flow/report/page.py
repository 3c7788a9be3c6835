"""The story as one self-contained HTML page: opens by double click, asks no network, no script."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from tthc_flow.report.blocks import (
    NARROWED,
    Block,
    Bullets,
    Card,
    Cards,
    Case,
    Check,
    Checks,
    Gauge,
    Grid,
    Heading,
    Item,
    Paragraph,
    Picture,
    Snippet,
)
from tthc_flow.report.markup import Markup, tag
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.report.blocks import Section, Story

_WIDTH: Final = re.compile(r'<svg[^>]*? width="([\d.]+)"')
_LEGIBLE: Final = 0.6
_LARGEST: Final = 1.25

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(told: Story, pictures: Mapping[str, str]) -> str:
    """Return *told* as an HTML page with its pictures inside.

    Every text is escaped; only the pictures, which are drawn here, are taken as markup.

    Args:
        told: The story of a proposal.
        pictures: The SVG of each picture by its name.

    Example:
        >>> from tthc_flow.report.blocks import Story
        >>> empty = Story(lang="vi", title="<b>", facts=(), draft="x", sections=(), footer=())
        >>> "<h1>&lt;b&gt;</h1>" in page(empty, {})
        True

    Source: HTML Living Standard; WCAG 2.2 for keyboard and contrast.
    """
    style = files("tthc_flow.report").joinpath("page.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", told.title),
        tag("style", Markup(style)),
    )
    first = told.sections[0].id if told.sections else ""
    body = tag(
        "body",
        tag("a", text("skip", told.lang), href=f"#{first}", class_="skip"),
        tag(
            "main",
            header_of(told),
            _contents(told),
            *(section_of(each, pictures) for each in told.sections),
            tag("footer", *(tag("p", line) for line in told.footer)),
        ),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang=told.lang)


def header_of(told: Story) -> Markup:
    """Return what stands above a report: the warning, the title, what identifies it."""
    facts = [tag("li", each) for each in told.facts]
    return tag(
        "header",
        *([tag("p", told.draft, class_="draft")] if told.draft else []),
        tag("h1", told.title),
        tag("ul", *facts, class_="who"),
    )


def _contents(told: Story) -> Markup:
    links = (tag("a", each.title, href=f"#{each.id}") for each in told.sections)
    return tag("nav", *links, aria_label=text("contents", told.lang))


def section_of(section: Section, pictures: Mapping[str, str]) -> Markup:
    """Return one part of a report as HTML."""
    blocks = (_block(each, section.title, pictures) for each in section.blocks)
    return tag(
        "section",
        tag("h2", section.title, id=f"{section.id}-h"),
        *blocks,
        id=section.id,
        aria_labelledby=f"{section.id}-h",
    )


def _block(block: Block, label: str, pictures: Mapping[str, str]) -> Markup:
    """Return a block; *label* names what can be scrolled for those who do not see it."""
    match block:
        case Paragraph():
            return tag("p", block.text, class_=block.tone) if block.tone else tag("p", block.text)
        case Heading():
            return tag("h3", block.text)
        case Bullets() | Checks():
            return _list(block)
        case Grid():
            return _table(block, label)
        case Cards():
            return tag("div", *map(_card, block.cards), class_="cards")
        case Gauge():
            return _gauge(block)
        case Case():
            return _case(block)
        case Picture():
            return _picture(block, pictures)
        case Snippet():
            return tag("pre", block.text, class_="scroll", tabindex="0", aria_label=label)


def _list(block: Bullets | Checks) -> Markup:
    if isinstance(block, Checks):
        return tag("ul", *map(_check, block.checks), class_="checks")
    return tag("ul", *map(_item, block.items))


def _item(item: Item) -> Markup:
    under = [tag("ul", *(tag("li", each) for each in item.under))] if item.under else []
    return tag("li", item.text, *under)


def _table(grid: Grid, label: str) -> Markup:
    head = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in grid.heading)))
    rows = []
    for number, row in enumerate(grid.rows, start=1):
        cells = [tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])]
        last = grid.totals and number == len(grid.rows)
        rows.append(tag("tr", *cells, class_="sum") if last else tag("tr", *cells))
    table = tag("table", head, tag("tbody", *rows))
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=label)


def _card(card: Card) -> Markup:
    return tag(
        "div",
        tag("span", card.label, class_="label"),
        tag("b", card.after),
        tag("span", card.before, class_="from"),
        tag("span", card.cut, class_="cut"),
        class_="card",
    )


def _gauge(gauge: Gauge) -> Markup:
    filled = min(max(gauge.share, 0), 1)
    marks = []
    for share, label in gauge.targets:
        place = f"left:{share:.1%}"
        marks += [tag("u", style=place), tag("span", label, style=place)]
    bar = tag("i", style=f"width:{filled:.1%}")
    return tag("div", bar, *marks, class_="gauge", role="img", aria_label=gauge.label)


def _case(case: Case) -> Markup:
    parts = [
        tag("h3", case.title),
        tag("p", " · ".join(case.facts), class_="facts"),
    ]
    if case.evidence:
        parts.append(tag("ul", *(tag("li", each) for each in case.evidence)))
    passed = tag("ul", *map(_check, case.others), class_="checks")
    if case.checks:
        parts.append(tag("ul", *map(_check, case.checks), class_="checks"))
        if case.others:
            parts.append(tag("details", tag("summary", case.summary), passed))
    else:
        parts += [tag("p", case.summary, class_="facts"), passed]
    return tag("article", *parts, class_=f"case {case.kind}")


def _check(check: Check) -> Markup:
    parts: list[str] = [tag("em", check.word), tag("span", check.text)]
    if check.notes:
        parts.append(tag("span", f" ({'; '.join(check.notes)})", class_="soft"))
    if check.question:
        parts.append(tag("span", check.question, class_="question"))
    return tag("li", *parts, class_=check.verdict)


def _picture(picture: Picture, pictures: Mapping[str, str]) -> Markup:
    """Return a picture, and where there is one the same for a telephone: a screen shows one."""
    drawn, narrow = pictures[picture.name], pictures.get(f"{picture.name}{NARROWED}")
    shown = [_drawing(picture, drawn, "picture" if narrow is None else "picture wide")]
    shown += [] if narrow is None else [_drawing(picture, narrow, "picture narrow")]
    return tag("figure", tag("figcaption", picture.title), *shown)


def _drawing(picture: Picture, drawn: str, shown: str) -> Markup:
    """Return a drawing whose letters are neither too small nor huge; what is wider is scrolled."""
    size = _WIDTH.search(drawn)
    least, most = (float(size[1]) * each for each in (_LEGIBLE, _LARGEST)) if size else (0, 0)
    style = f"--least:{least:.0f}px;--most:{most:.0f}px" if size else ""
    named = {"role": "region", "aria_label": picture.title, "style": style}
    return tag("div", Markup(drawn), class_=shown, tabindex="0", **named)
