"""Texts cited in full, as a paper names them: "Quyết định số", not "QĐ"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORT: Final = re.compile(r"\b(QĐ|NĐ|NQ|TT|KH|CV)\s+(?:số\s+)?(?=\d)")
_LOCAL: Final = re.compile(r"\bLuật (?:số )?(72/2025/QH15)(?: (Điều \d+))?")
_TURNED: Final = re.compile(
    r"\b(Điều \d+[a-z]?) khoản (\d+)(?: điểm ([a-zđ]))?(?= (?:Nghị|Thông|Luật))"
)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PADDED: Final = 2  # months up to which a nought stands in front


def in_full(text: str) -> str:
    """Return *text* with the kinds of document before a number written out.

    Example:
        >>> in_full("điểm a khoản 2 QĐ 2969/QĐ-UBND tỉnh Sơn La")
        'điểm a khoản 2 Quyết định số 2969/QĐ-UBND tỉnh Sơn La'
        >>> in_full("văn bản ủy quyền (Luật 72/2025/QH15 Điều 14)")
        'văn bản ủy quyền (Điều 14 Luật Tổ chức chính quyền địa phương số 72/2025/QH15)'
        >>> in_full("Điều 32 khoản 2 điểm c NĐ 30/2020/NĐ-CP")
        'điểm c khoản 2 Điều 32 Nghị định số 30/2020/NĐ-CP'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: the first citation names kind, number, date.
    """
    named = _SHORT.sub(lambda found: f"{say(f'document-{found[1]}')} ", text)
    return _LOCAL.sub(_local, _TURNED.sub(_clause, named))


def dated_in_full(source: Mapping[str, Any]) -> str:
    """Return a source as the grounds of a decision cite it: the text, then its day in words.

    Example:
        >>> dated_in_full({"document": "QĐ 12/QĐ-UBND tỉnh Sơn La", "date": "2026-02-05"})
        'Quyết định số 12/QĐ-UBND tỉnh Sơn La ngày 05 tháng 02 năm 2026'

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4: a nought before days below 10 and before
        January and February.
    """
    document, date = in_full(source["document"]), source["date"]
    if not date:
        return document
    found = _DATE.fullmatch(date)
    if found is None:
        return f"{document} {say('day', date=date)}"
    month = found[2] if int(found[2]) <= _PADDED else str(int(found[2]))
    return say("dated", document=document, day=found[3], month=month, year=found[1])


def _clause(found: re.Match[str]) -> str:
    """Return a clause from the smallest part to the article, as an officer cites it."""
    point = f"điểm {found[3]} " if found[3] else ""
    return f"{point}khoản {found[2]} {found[1]}"


def _local(found: re.Match[str]) -> str:
    law = f"{say('law-local')} {found[1]}"
    return f"{found[2]} {law}" if found[2] else law
