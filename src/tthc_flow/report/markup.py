"""HTML and Markdown from text: every text is escaped, only what was made here is markup."""

from __future__ import annotations

from html import escape
from typing import Final


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


_VOID: Final = frozenset({"meta", "br", "hr", "img", "link"})


def tag(name: str, /, *children: str, **attributes: str) -> Markup:
    """Return an HTML element; children that are no :class:`Markup` are escaped.

    Example:
        >>> tag("p", "a < b", tag("b", "c"), class_="note")
        '<p class="note">a &lt; b<b>c</b></p>'
    """
    named = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    if name in _VOID:
        return Markup(f"<{name}{named}>")
    inside = "".join(each if isinstance(each, Markup) else escape(each) for each in children)
    return Markup(f"<{name}{named}>{inside}</{name}>")


_MARKDOWN: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def plain(text: object) -> str:
    r"""Return *text* for Markdown, its marks escaped and its lines joined.

    Example:
        >>> plain("a|b\n*c*")
        'a\\|b \\*c\\*'
    """
    return " ".join(str(text).split()).translate(_MARKDOWN)
