"""SVG as text: elements with escaped attributes and content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from tthc_flow.layout.text import LINE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Return *value* with at most two decimals and no zeros at its end.

    Example:
        >>> number(3.0), number(0.126)
        ('3', '0.13')

    Source: keeps files small and the same on every machine.
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def tag(name: str, *content: str, **attributes: str | float | None) -> str:
    """Return one element; ``_`` in attribute names becomes ``-``, ``None`` is left out.

    *content* is markup already; use ``escaped`` for text.

    Example:
        >>> tag("rect", x=1.0, stroke_width=2, fill=None)
        '<rect x="1" stroke-width="2"/>'

    Source: XML 1.0.
    """
    pairs = [
        f" {key.rstrip('_').replace('_', '-')}={_quoted(value)}"
        for key, value in attributes.items()
        if value is not None
    ]
    body = "".join(content)
    return f"<{name}{''.join(pairs)}>{body}</{name}>" if body else f"<{name}{''.join(pairs)}/>"


def _quoted(value: str | float) -> str:
    return (
        quoteattr(_NOT_XML.sub("\ufffd", value)) if isinstance(value, str) else f'"{number(value)}"'
    )


def escaped(text: str) -> str:
    """Return *text* as XML content; characters that XML forbids become a replacement sign.

    Example:
        >>> escaped("A & B <c>")
        'A &amp; B &lt;c&gt;'

    Source: XML 1.0, 2.2 and 2.4.
    """
    return escape(_NOT_XML.sub("\ufffd", text))


def text_lines(  # noqa: PLR0913 - what SVG's text element may say
    lines: Iterable[str],
    x: float,
    middle: float,
    *,
    size: float,
    anchor: str = "middle",
    colour: str = "#1f2933",
    bold: bool = False,
    turned: bool = False,
    halo: str | None = None,
) -> str:
    """Return *lines* of text centred on *middle*; *turned* reads upwards round (x, middle).

    *halo* is a colour drawn round the letters, so that they stay legible on lines.

    Example:
        >>> text_lines((), 0, 0, size=12)
        ''

    Source: SVG 1.1 text.
    """
    rows = list(lines)
    if not rows:
        return ""
    step = size * LINE_HEIGHT
    first = middle - step * (len(rows) - 1) / 2 + size * 0.36
    spans = [
        tag("tspan", escaped(row), x=x, y=first + index * step) for index, row in enumerate(rows)
    ]
    return tag(
        "text",
        *spans,
        font_size=size,
        text_anchor=None if anchor == "start" else anchor,
        fill=colour,
        font_weight="bold" if bold else None,
        stroke=halo,
        stroke_width=3 if halo else None,
        stroke_linejoin="round" if halo else None,
        paint_order="stroke" if halo else None,
        transform=f"rotate(-90 {number(x)} {number(middle)})" if turned else None,
    )
