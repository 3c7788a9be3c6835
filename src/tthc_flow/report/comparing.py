"""The story of a comparison: what changed, both diagrams, the figures of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tthc_flow.report.blocks import Block, Bullets, Grid, Paragraph, Picture, Section, Story
from tthc_flow.report.figures import before_after_rows, convention
from tthc_flow.report.ledger import roles
from tthc_flow.report.outcome import grouped
from tthc_flow.report.sentences import on_one_line
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping


def comparing(
    record: Mapping[str, Any], name: str, lang: str = "vi", *, pictures: bool = True
) -> Story:
    """Return the report of two versions as blocks, in *lang*.

    Args:
        record: What ``tthc-flow compare --json --lang`` *lang* prints.
        name: What the procedure is called.
        lang: ``vi`` or ``en``.
        pictures: Whether the diagrams stand beside the text.

    Source: a reviewer reads what changed first, then where, then what it comes to.
    """
    drawn = (_pictures(lang),) if pictures else ()
    return Story(
        lang=lang,
        title=text("compare-title", lang, name=on_one_line(name)),
        facts=(counted(record, lang),),
        draft="",
        sections=(_changes(record, lang), *drawn, figures(record, lang), roles(record, lang)),
        footer=(text("convention-line", lang, words=convention(record["before"], lang)),),
    )


def counted(record: Mapping[str, Any], lang: str) -> str:
    """Return how many changes there are, in words."""
    count = len(record["changes"])
    return text("compare-count", lang, count=count) if count else text("compare-same", lang)


def figures(record: Mapping[str, Any], lang: str) -> Section:
    """Return the figures of both sides as a table."""
    heading = tuple(text(code, lang) for code in ("measure", "before", "after", "cut"))
    grid = Grid(heading=heading, rows=before_after_rows(record, lang))
    return Section(id="so-lieu", title=text("figures", lang), blocks=(grid,))


def _changes(record: Mapping[str, Any], lang: str) -> Section:
    items = grouped(record, lang)
    block: Block = Bullets(items=items) if items else Paragraph(text=text("no-difference", lang))
    return Section(id="thay-doi", title=text("changes", lang), blocks=(block,))


def _pictures(lang: str) -> Section:
    both = (("svg_before", "picture-before"), ("svg_after", "picture-after"))
    blocks = tuple(Picture(name=name, title=text(code, lang)) for name, code in both)
    return Section(id="so-do", title=text("pictures", lang), blocks=blocks)
