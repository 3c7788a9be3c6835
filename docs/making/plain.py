"""Text of the program as Markdown that shows it as it is."""

from __future__ import annotations

import re
from typing import Final

SIGNS: Final = re.compile(r"([\\<*_`\[\]|#])")
PLACE: Final = re.compile(r"\{[^{}]*\}")


def plain(text: str) -> str:
    """Return *text* so that Markdown shows it unchanged, its places as an ellipsis."""
    return PLACE.sub("…", SIGNS.sub(r"\\\1", text))
