"""What a picture holds, read from its SVG: elements, and where each line of text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from attrs import frozen

from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds

SVG = "{http://www.w3.org/2000/svg}"


@frozen
class Words:
    """One line of text and the box that its letters take."""

    text: str
    box: Bounds


def parsed(svg: str) -> ET.Element:
    """Return the root of a picture."""
    return ET.fromstring(svg)  # noqa: S314 - our own text, just made


def elements(root: ET.Element) -> dict[str, ET.Element]:
    """Return the group of each element of the file by its id."""
    groups = root.iter(f"{SVG}g")
    return {each.get("data-element", ""): each for each in groups if each.get("data-element")}


def words_of(group: ET.Element) -> Iterator[Words]:
    """Yield the lines of text in *group*, turned ones as they stand on the sheet."""
    for text in group.iter(f"{SVG}text"):
        size = float(text.get("font-size", "0"))
        bold = text.get("font-weight") == "bold"
        turned = re.fullmatch(r"rotate\(-90 (\S+) (\S+)\)", text.get("transform", ""))
        for line in text.iter(f"{SVG}tspan"):
            width = text_width(line.text or "", size, bold=bold)
            x, y = float(line.get("x", "0")), float(line.get("y", "0"))
            left = x - width / 2 if text.get("text-anchor") == "middle" else x
            # From the height of capitals to the descent of letters like "g".
            box = Bounds(left, y - size * 0.75, width, size)
            if turned is not None:
                px, py = float(turned[1]), float(turned[2])
                box = Bounds(px + box.y - py, py - (box.right - px), box.height, box.width)
            yield Words(line.text or "", box)


def frame_of(group: ET.Element) -> Bounds | None:
    """Return the first rectangle of *group*: the body of an activity, pool or lane."""
    found = group.find(f"{SVG}rect")
    if found is None:
        return None
    x, y, width, height = (float(found.get(name, "0")) for name in ("x", "y", "width", "height"))
    return Bounds(x, y, width, height)


def holds(outer: Bounds, inner: Bounds, slack: float = 1.0) -> bool:
    """Return whether *inner* is inside *outer*, but for *slack* pixels of rounding."""
    across = outer.x - slack <= inner.x and inner.right <= outer.right + slack
    return across and outer.y - slack <= inner.y and inner.bottom <= outer.bottom + slack
