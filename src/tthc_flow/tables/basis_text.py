"""The text that demands a step, as officers cite it, and back."""

from __future__ import annotations

import re
from typing import Final

from tthc_flow.model.law import LegalBasis
from tthc_flow.proof.gates.amending import rank_told

_PART: Final = r"(?:điểm|khoản|điều|mục|chương|phần|phụ lục)"
_FIRST: Final = re.compile(
    rf"(?P<clause>(?:{_PART}\s+[\w.\-]+(?:\s*,|\s+và|\s+của)?\s+)+)(?P<document>\S.*)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    rf"(?P<document>.+?)\s*[,;]\s*(?P<clause>{_PART}\b.*)", re.IGNORECASE | re.DOTALL
)
_JOINS: Final = re.compile(r"(?:\s*,|\s+và|\s+của)?\s*\Z", re.IGNORECASE)


def read_basis(text: str) -> LegalBasis | None:
    """Return the legal basis that *text* cites; ``None`` where its number tells no rank.

    Example:
        >>> found = read_basis("khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP")
        >>> found.document, found.clause, found.rank.value
        ('Nghị định 61/2018/NĐ-CP', 'khoản 2 Điều 17', 'decree')
        >>> read_basis("Luật Đất đai 2024, Điều 7") == read_basis("Điều 7 Luật Đất đai 2024")
        True
        >>> read_basis("theo quy định") is None
        True

    Source: how decisions cite texts (NĐ 78/2025/NĐ-CP: điểm, khoản, điều, then the text).
    """
    said = " ".join(text.split())
    found = _FIRST.fullmatch(said) or _LAST.fullmatch(said)
    document = said if found is None else found["document"]
    rank = rank_told(document)
    if rank is None:
        return None
    clause = None if found is None else _JOINS.sub("", found["clause"])
    return LegalBasis(document=document, rank=rank, clause=clause)


def basis_text(basis: LegalBasis) -> str:
    """Return *basis* as a text that reads back to it; empty where none does.

    Example:
        >>> basis_text(read_basis("khoản 2 Điều 17 Nghị định 61/2018/NĐ-CP"))
        'Nghị định 61/2018/NĐ-CP, khoản 2 Điều 17'
    """
    text = basis.document if basis.clause is None else f"{basis.document}, {basis.clause}"
    return text if read_basis(text) == basis else ""
