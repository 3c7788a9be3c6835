"""Text as other programs can take it: no character that XML forbids."""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    r"""Return *text* with U+FFFD for each character that XML 1.0 does not allow.

    Example:
        >>> legal("Sở\x00 Tư pháp") == "Sở\ufffd Tư pháp"
        True

    Source: XML 1.0 (fifth edition), 2.2, production Char.
    """
    return _ILLEGAL.sub("\ufffd", text)
