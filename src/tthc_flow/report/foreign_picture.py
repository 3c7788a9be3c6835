"""A picture that lies beside a record: taken only where it is no more than this library draws.

An SVG can hold programs, other files and addresses; ours hold shapes and words.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from tthc_flow.errors import UnreadableInput

_MOST: Final = 8_000_000
_ELEMENTS: Final = frozenset(
    {
        "svg", "g", "path", "circle", "ellipse", "rect", "polygon", "polyline", "line", "text",
        "tspan", "title", "desc",
    }
)  # fmt: skip
_ATTRIBUTES: Final = re.compile(
    r"data-[a-z-]+|fill(-opacity|-rule)?|stroke(-width|-linejoin|-linecap|-dasharray|-opacity)?"
    r"|opacity|x|y|dx|dy|x1|y1|x2|y2|cx|cy|r|rx|ry|d|points|transform|width|height|viewBox|xmlns"
    r"|font-(size|weight|family|style)|text-anchor|paint-order|role|aria-label|letter-spacing"
)
_NAMESPACE: Final = "http://www.w3.org/2000/svg"


def checked_picture(data: bytes, place: str) -> str:
    """Return the SVG *data* as text, where it is one that could have been drawn here.

    Raises:
        UnreadableInput: TF284 for anything else: other elements, programs, addresses, no XML.

    Example:
        >>> checked_picture(b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', "a.svg")[:4]
        '<svg'

    Source: SVG 2, chapter 19 (linking and scripting), for what is refused.
    """
    if len(data) > _MOST:
        raise _refused(place, f"{len(data):_} bytes")
    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartElementHandler = lambda name, given: _look(name, given, place)
    parser.StartDoctypeDeclHandler = lambda *_: _stop(place, "a DOCTYPE")
    parser.ProcessingInstructionHandler = lambda *_: _stop(place, "a processing instruction")
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's: this is all of it
    except expat.ExpatError as error:
        raise _refused(place, f"no XML: {error}") from error
    return data.decode("utf-8")


def _look(name: str, given: dict[str, str], place: str) -> None:
    if name not in _ELEMENTS:
        _stop(place, f"an element {name[:40]!r}")
    for key, value in given.items():
        if not _ATTRIBUTES.fullmatch(key) or "url(" in value.casefold():
            _stop(place, f"an attribute {key[:40]!r}")
        if key == "xmlns" and value != _NAMESPACE:
            _stop(place, "another namespace")


def _stop(place: str, what: str) -> None:
    raise _refused(place, f"it holds {what}")


def _refused(place: str, what: str) -> UnreadableInput:
    return UnreadableInput(
        "TF284",
        f"the picture is none that was drawn here ({what})",
        place=place,
        hint="run propose again, which draws it anew",
    )
