"""Texts cited in full, as a paper names them: "Quyết định số", not "QĐ"."""

from __future__ import annotations

import re
from typing import Final

from tthc_flow.report.word.words import say

_SHORT: Final = re.compile(r"\b(QĐ|NĐ|NQ|TT|KH|CV)\s+(?:số\s+)?(?=\d)")


def in_full(text: str) -> str:
    """Return *text* with the kinds of document before a number written out.

    Example:
        >>> in_full("điểm a khoản 2 QĐ 2969/QĐ-UBND tỉnh Sơn La")
        'điểm a khoản 2 Quyết định số 2969/QĐ-UBND tỉnh Sơn La'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: the first citation names kind, number, date.
    """
    return _SHORT.sub(lambda found: f"{say(f'document-{found[1]}')} ", text)
