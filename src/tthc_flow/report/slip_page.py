"""A control slip as one self-contained page to be printed: asks no network, runs no script."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from tthc_flow.report.markup import Markup, tag
from tthc_flow.report.page import POLICY
from tthc_flow.report.plain_text import legal
from tthc_flow.report.slip_words import BLANK, date_parts, moment_words, say

if TYPE_CHECKING:
    from tthc_flow.report.control_slip import Passage, Slip

_WIDTHS: Final = (23, 20, 20, 14, 23)


def slip_page(slip: Slip) -> str:
    """Return *slip* as an HTML page for A4.

    Every text is escaped. What is not known is a dotted line.

    Example:
        >>> from tthc_flow.report.control_slip import control_slip
        >>> "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in slip_page(control_slip((), ()))
        True

    Source: Thông tư 01/2018/TT-VPCP, Mẫu số 05; HTML Living Standard.
    """
    style = files("tthc_flow.report").joinpath("slip_page.css").read_text(encoding="utf-8")
    title = say("title", slip.lang)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} {legal(slip.code)}".strip()),
        tag("style", Markup(style)),
    )
    body = tag(
        "body",
        *([tag("p", legal(slip.head.form), class_="form")] if slip.head.form else []),
        _head(slip),
        tag("h1", title),
        _facts(slip),
        _table(slip),
        *(tag("p", note, class_="loose") for note in slip.notes),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang=slip.lang)


def _head(slip: Slip) -> Markup:
    given, lang = slip.head, slip.lang
    when = say("date", lang, place=given.place or BLANK, **date_parts(given.date))
    left = [
        *([tag("p", legal(given.parent), class_="parent")] if given.parent else []),
        tag("b", legal(given.agency) or BLANK * 4, class_="under"),
        tag("p", say("number", lang, number=given.number or f"{BLANK}/{BLANK}"), class_="number"),
    ]
    right = [
        tag("b", say("state", lang), class_="state"),
        tag("b", say("motto", lang), class_="under motto"),
        tag("p", when, class_="date"),
    ]
    return tag("header", tag("div", *left), tag("div", *right), class_="head")


def _facts(slip: Slip) -> Markup:
    lines = (
        ("code", slip.code),
        ("handled", slip.handled_by),
        ("coordinating", slip.coordinating),
    )
    blank = tag("span", "", class_="blank")
    return tag(
        "div",
        *(
            tag("p", f"{say(code, slip.lang)} ", tag("b", legal(value)) if value else blank)
            for code, value in lines
        ),
        class_="facts",
    )


def _table(slip: Slip) -> Markup:
    columns = "".join(f'<col style="width: {share}%">' for share in _WIDTHS)
    lang = slip.lang
    results = tag("th", say("column-result", lang), tag("small", say("column-results", lang)))
    heading = tag(
        "tr",
        tag("th", say("column-agency", lang)),
        tag("th", say("column-time", lang), colspan="2"),
        results,
        tag("th", say("column-notes", lang)),
    )
    passages = (_passage(each, lang) for each in slip.passages)
    return tag("table", Markup(f"<colgroup>{columns}</colgroup>"), tag("thead", heading), *passages)


def _passage(passage: Passage, lang: str) -> Markup:
    parties = (("gives", passage.giver), ("receives", passage.receiver))
    names = [tag("p", say(code, lang, party=party or BLANK * 2)) for code, party in parties]
    signs = (("giver", passage.given_by), ("receiver", passage.received_by))
    return tag(
        "tbody",
        tag(
            "tr",
            tag("td", *names, rowspan="2"),
            tag("td", moment_words(passage.at, lang), colspan="2", class_="moment"),
            tag("td", passage.result, rowspan="2", class_="result"),
            tag("td", *(tag("p", note) for note in passage.notes), rowspan="2", class_="notes"),
        ),
        tag("tr", *(tag("td", tag("b", say(c, lang)), legal(n), class_="sign") for c, n in signs)),
    )
