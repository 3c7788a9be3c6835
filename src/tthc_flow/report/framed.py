"""A plot as an SVG that says what it is to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.picture.markup import escaped, tag
from tthc_flow.picture.style import FONT, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterable


def framed(
    name: str, words: tuple[str, str], size: tuple[float, float], parts: Iterable[str]
) -> str:
    """Return *parts* on paper as one SVG.

    Args:
        name: A mark that no other picture of the page has.
        words: The title, and what the plot shows in words.
        size: Width and height.
        parts: Markup, drawn in this order.

    Example:
        >>> drawn = framed("a", ("A < B", "A: 1"), (10, 10), ())
        >>> "A &lt; B" in drawn, 'aria-labelledby="a-title a-desc"' in drawn
        (True, True)

    Source: SVG 1.1, 5.4 (title and desc); WCAG 2.2, 1.1.1.
    """
    titled, told = f"{name}-title", f"{name}-desc"
    width, height = size
    return tag(
        "svg",
        tag("title", escaped(words[0]), id=titled),
        tag("desc", escaped(words[1]), id=told),
        tag("rect", x=0, y=0, width=width, height=height, fill=PAPER),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{titled} {told}",
        font_family=FONT,
    )
