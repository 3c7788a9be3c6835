"""The dashboard: one self-contained page with plots, no script, fit for print."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from tthc_flow.report.markup import Markup, tag
from tthc_flow.report.page import POLICY, header_of, section_of
from tthc_flow.report.progress.sections import told
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from tthc_flow.report.progress.given import Standing


def dashboard(standing: Standing, lang: str = "vi") -> str:
    """Return the dashboard of *standing*: figures against the targets, each plot with its table.

    Args:
        standing: Where a portfolio stands.
        lang: ``vi`` or ``en``.

    Example:
        >>> from tthc_flow.report.progress.given import Standing
        >>> "<script" in dashboard(Standing())
        False

    Source: plan 949/KH-UBND VI; WCAG 2.2 for keyboard, contrast and words of pictures.
    """
    story, pictures = told(standing, lang)
    links = (tag("a", each.title, href=f"#{each.id}") for each in story.sections)
    body = tag(
        "body",
        tag("a", text("skip", lang), href=f"#{story.sections[0].id}", class_="skip"),
        tag(
            "main",
            header_of(story),
            tag("nav", *links, aria_label=text("contents", lang)),
            *(section_of(each, pictures) for each in story.sections),
            tag("footer", *(tag("p", line) for line in story.footer)),
        ),
    )
    return "<!doctype html>\n" + tag("html", _head(story.title), body, lang=lang)


def _head(title: str) -> Markup:
    style = files("tthc_flow.report").joinpath("page.css").read_text(encoding="utf-8")
    own = files("tthc_flow.report.progress").joinpath("dashboard.css").read_text(encoding="utf-8")
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(style + own)),
    )
