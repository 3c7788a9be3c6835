"""A picture as PNG, for papers that take no SVG. The letters are shipped: no font need be there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tthc_flow.errors import CannotWrite

_FONTS: Final = tuple(
    str(Path(__file__).parent / "fonts" / name)
    for name in ("DejaVuSans-vi.ttf", "DejaVuSans-Bold-vi.ttf")
)
# What the shipped fonts can draw; other scripts are looked for among the fonts of the machine.
_FOREIGN: Final = re.compile(
    "[^\n\r\t\u0020-\u007e\u00a0-\u017f\u01a0-\u01a1\u01af-\u01b0\u0218-\u021b\u0300-\u0304"
    "\u0306-\u030c\u031b\u0323\u1e00-\u1efb\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030"
    "\u2032-\u2033\u2039-\u203a\u2044\u20ab-\u20ac\u2116\u2122\u2190-\u2195\u21d2\u2212\u2260"
    "\u2264-\u2265\ufffd]"
)
_SIZE: Final = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_SCALE: Final = 2.0
_MOST_PIXELS: Final = 32_000_000
_LONGEST: Final = 16_000


def png(svg: str) -> bytes:
    r"""Return *svg*, a picture of this room, as PNG: two pixels a unit, fewer where it is huge.

    Vietnamese and other Latin script look the same on every machine; other scripts need a font of
    the machine, and are left out where it has none.

    Raises:
        CannotWrite: TF605 where the picture is too thin or too wide for pixels.

    Example:
        >>> from tthc_flow.model.drawing import Bounds
        >>> from tthc_flow.picture.svg import Picture, document
        >>> png(document(Picture(body="", box=Bounds(0, 0, 9, 9)), "")).startswith(b"\x89PNG")
        True

    Source: resvg; DejaVu Sans 2.37.
    """
    import resvg_py

    found = _SIZE.search(svg)
    width, height = (float(each) for each in found.groups()) if found else (1.0, 1.0)
    scale = min(
        _SCALE,
        _LONGEST / max(width, height, 1.0),
        (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5,
    )
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            font_files=list(_FONTS),
            font_family="DejaVu Sans",
            sans_serif_family="DejaVu Sans",
            skip_system_fonts=_FOREIGN.search(svg) is None,
        )
    except ValueError as error:
        raise CannotWrite(
            "TF605",
            f"no PNG can be made of this picture ({error})",
            hint="write it as SVG, and look for a damaged coordinate in the drawing",
        ) from error
