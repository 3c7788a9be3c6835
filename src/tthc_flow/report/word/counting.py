"""Counts as an officer writes them: "03 ngày làm việc", with two figures."""

from __future__ import annotations

import re
from typing import Final

_QUOTED: Final = re.compile("(“[^”]*”)")
_SMALL: Final = re.compile(
    r"(?<![\d,./-])([1-9])(?= (?:ngày|giờ làm việc|bước|lần|người|giấy tờ|thành phần|thủ tục)\b)"
)


def counted(text: str) -> str:
    """Return *text* with a nought before each count below 10; what is quoted stays.

    Example:
        >>> counted("giảm 3 ngày làm việc; bớt 1 bước; còn 2,25 ngày")
        'giảm 03 ngày làm việc; bớt 01 bước; còn 2,25 ngày'
        >>> counted("bỏ bước 4 “Niêm yết 5 ngày”")
        'bỏ bước 4 “Niêm yết 5 ngày”'

    Source: habit of published decisions (QĐ 2816/QĐ-UBND Đồng Nai: "09 ngày làm việc").
    """
    parts = _QUOTED.split(text)
    return "".join(
        part if place % 2 else _SMALL.sub(r"0\1", part) for place, part in enumerate(parts)
    )
