"""The colours that a file gives its shapes and lines: ``bioc:`` and ``color:`` attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.names import BIOC, COLOR
from tthc_flow.model.drawing import Colours

if TYPE_CHECKING:
    from lxml import etree

FILLS: Final = (f"{{{BIOC}}}fill", f"{{{COLOR}}}background-color")
STROKES: Final = (f"{{{BIOC}}}stroke", f"{{{COLOR}}}border-color")
_COLOURED: Final = (*FILLS, *STROKES)
# Only what can name nothing but a colour: a picture must never reach for "url(…)".
_COLOUR: Final = re.compile(
    r"#(?:[0-9a-f]{3}|[0-9a-f]{6})|[a-z]{3,24}|rgb\(\s*\d{1,3}\s*(?:,\s*\d{1,3}\s*){2}\)",
    re.IGNORECASE,
)
_NONE: Final = Colours()


def colours_of(element: etree._Element) -> Colours:
    """Return the colours that a shape or line of the file has; OMG's go before bpmn.io's."""
    if not any(map(element.get, _COLOURED)):
        return _NONE
    fill, stroke = _last(element, FILLS), _last(element, STROKES)
    return Colours(fill=fill, stroke=stroke) if fill or stroke else _NONE


def _last(element: etree._Element, names: tuple[str, ...]) -> str | None:
    for name in reversed(names):
        value = element.get(name)
        if value is not None and _COLOUR.fullmatch(value.strip()):
            return value.strip()
    return None
