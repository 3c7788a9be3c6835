"""Before and after side by side: one self-contained page that steps through the changes.

It opens by double click and asks no network. Its one script is ours, allowed by its hash; without
script the page still shows both diagrams, every sentence and the figures.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.picture.style import MARKS
from tthc_flow.report.comparing import comparing, figures
from tthc_flow.report.markup import Markup, tag
from tthc_flow.report.page import POLICY, header_of, section_of
from tthc_flow.report.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.report.blocks import Story
    from tthc_flow.report.focus import Focus, Place

PLACES: Final = ("before", "after")
_BUTTONS: Final = (
    ("previous", "step-previous", "◀"),
    ("next", "step-next", "▶"),
    ("in", "zoom-in", "+"),
    ("out", "zoom-out", "−"),
    ("fit", "zoom-fit", "↔"),
    ("arrange", "arrange", "⇅"),
)


def side_by_side(
    record: Mapping[str, Any],
    name: str,
    pictures: Mapping[str, str],
    focus: Sequence[Focus],
    lang: str = "vi",
) -> str:
    """Return the page of a comparison.

    Args:
        record: What ``tthc-flow compare --json --lang`` *lang* prints.
        name: What the procedure is called.
        pictures: The SVG of each side, by ``svg_before`` and ``svg_after``.
        focus: Where to look for each change.
        lang: ``vi`` or ``en``.

    Source: HTML Living Standard; WCAG 2.2 for keyboard and contrast; CSP Level 3 for the hash.
    """
    told = comparing(record, name, lang)
    script = _file("side_by_side.js")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", told.title),
        tag("style", Markup(_file("page.css") + _file("side_by_side.css"))),
    )
    return "<!doctype html>\n" + tag("html", head, _body(record, told, pictures, focus), lang=lang)


def _body(
    record: Mapping[str, Any],
    told: Story,
    pictures: Mapping[str, str],
    focus: Sequence[Focus],
) -> Markup:
    lang = told.lang
    return tag(
        "body",
        tag("a", text("skip", lang), href="#thay-doi", class_="skip"),
        tag(
            "main",
            header_of(told),
            _legend(focus, lang),
            _viewer(pictures, lang),
            _list(record, focus, lang),
            section_of(figures(record, lang), {}),
            tag("footer", *(tag("p", line) for line in told.footer)),
        ),
        tag("script", Markup(_file("side_by_side.js"))),
    )


def _file(name: str) -> str:
    return files("tthc_flow.report").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'"


def _legend(focus: Sequence[Focus], lang: str) -> Markup:
    """Return what the colours mean, and how many changes there are of each."""
    counts = Counter(each.mark for each in focus)
    items = [
        tag(
            "li",
            tag("i", mark.sign, class_=name, aria_hidden="true"),
            f"{mark.word if lang == 'vi' else mark.english} ({counts[name]})",
        )
        for name, mark in MARKS.items()
        if counts[name]
    ]
    return tag("ul", *items, class_="legend", aria_label=text("legend", lang))


def _viewer(pictures: Mapping[str, str], lang: str) -> Markup:
    buttons = [_button(name, text(code, lang), sign) for name, code, sign in _BUTTONS]
    place = tag("output", "", class_="place")
    said = tag("p", text("compare-keys", lang), class_="said", aria_live="polite")
    bar = tag("div", buttons[0], place, *buttons[1:], said, class_="bar", hidden="")
    panes = [
        tag(
            "figure",
            tag("figcaption", text(side, lang)),
            tag(
                "div",
                Markup(pictures[f"svg_{side}"]),
                class_="pane",
                data_pane=side,
                tabindex="0",
                role="group",
                aria_label=f"{text(f'picture-{side}', lang)}. {text('pane-keys', lang)}",
            ),
        )
        for side in PLACES
    ]
    return tag("div", bar, tag("div", *panes, class_="panes"), class_="viewer", id="hai-so-do")


def _button(name: str, label: str, sign: str) -> Markup:
    return tag("button", sign, type="button", data_do=name, title=label, aria_label=label)


def _list(record: Mapping[str, Any], focus: Sequence[Focus], lang: str) -> Markup:
    """Return every change as a button that shows its place."""
    items = []
    for change, seen in zip(record["changes"], focus, strict=True):
        chip = tag("i", text(f"kind-{change['kind']}", lang), class_=seen.mark or "none")
        button = tag(
            "button",
            chip,
            tag("span", change["sentence"]),
            type="button",
            data_before=_place(seen.before),
            data_after=_place(seen.after),
        )
        items.append(tag("li", button))
    block = tag("ol", *items, class_="steps") if items else tag("p", text("no-difference", lang))
    title = tag("h2", text("changes", lang), id="thay-doi-h")
    return tag("section", title, block, id="thay-doi", aria_labelledby="thay-doi-h")


def _place(place: Place) -> str:
    return json.dumps({"ids": place.ids, "near": place.near})
