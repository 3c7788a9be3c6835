"""Who does a row that has no performer of its own: whom its content or its stage names."""

from __future__ import annotations

import re
from typing import Final

from tthc_flow.model.actor import Role
from tthc_flow.tables.office.blocks import flat
from tthc_flow.tables.office.step_numbers import number_ahead
from tthc_flow.words.actors import named_first, read_performer
from tthc_flow.words.kinds import read_kinds

OPENING: Final = 200
"""Characters of a content in which its performer may be named first."""

LONGEST: Final = 400
"""Characters of the longest performer; printed ones go up to 370."""

INLINE: Final = 80
"""Characters of the longest performer before a colon within a line."""

_GOES_ON: Final = re.compile(
    r"[+;.]|\b(?:trường hợp|nếu|khi|để|trách nhiệm|nhiệm vụ)\b", re.IGNORECASE
)
_BULLET: Final = re.compile(r"[-+*•–]\s*")
_LEADS_ON: Final = re.compile(
    r"(?:như sau|sau đây|sau|gồm|cụ thể|nội dung|trường hợp|nếu|căn cứ|kết quả)$", re.IGNORECASE
)
"""Words before a colon that announce a list: the line says what is done, not by whom."""


def opened_by(content: str) -> tuple[str, str]:
    r"""Return who is named before the colon that *content* begins with, and what follows it.

    Example:
        >>> opened_by("Chuyên viên Phòng Y tế:\nThẩm định hồ sơ")
        ('Chuyên viên Phòng Y tế', 'Thẩm định hồ sơ')
        >>> opened_by("Chuyên viên kiểm tra các nội dung sau: đơn, bản vẽ")
        ('', 'Chuyên viên kiểm tra các nội dung sau: đơn, bản vẽ')

    Source: annexes without a column of performers.
    """
    first, _, below = content.partition("\n")
    own_line = first.rstrip().endswith(":") and bool(below.strip())
    label, _, after = (first.rstrip()[:-1], "", below) if own_line else first.partition(":")
    who = _BULLET.sub("", flat(label), count=1)
    rest = after if own_line else "\n".join(filter(None, (after.strip(), below)))
    if not rest.strip() or not 0 < len(who) <= LONGEST or not _is_whom(who, own_line=own_line):
        return "", content
    return who, rest.strip()


def names_whom(who: str) -> bool:
    """Return whether *who* names somebody, and not what is done.

    Example:
        >>> [names_whom(each) for each in ("Phòng Tư pháp", "Ban hành văn bản", "Tiếp nhận hồ sơ")]
        [True, False, False]

    Source: see :func:`opened_by`.
    """
    reading = read_performer(who)
    if reading.performer.role is Role.COUNCIL:  # "Hội đồng thẩm định" is both: who, and what
        return _starts(who, (reading.role_words,))
    body = reading.role_words if reading.performer.role is Role.UNIT else ""
    deeds = (each for each in read_kinds(who).words if len(each) > len(body))
    return bool(reading.role_words) and not _starts(who, tuple(deeds))


def _is_whom(who: str, *, own_line: bool) -> bool:
    """Return whether *who* names somebody; within a line its first words must, and only they."""
    if not names_whom(who) or _LEADS_ON.search(who):
        return False
    begins = _starts(who, read_performer(who).words)
    return own_line or (begins and len(who) <= INLINE and not _GOES_ON.search(who))


def _starts(who: str, words: tuple[str, ...]) -> bool:
    return any(each and who.casefold().startswith(each.casefold()) for each in words)


def first_of(content: str, stage: str) -> str:
    """Return who *content* begins with; the words of *stage* where they name a person's role.

    Example:
        >>> first_of("Lãnh đạo Sở ký quyết định", "")
        'Lãnh đạo Sở'
        >>> first_of("Chuyên viên xử lý hồ sơ", "Chuyên viên được phân công")
        'Chuyên viên được phân công'

    Source: see :func:`opened_by`.
    """
    opening = _BULLET.sub("", content[:OPENING], count=1)
    told = flat(number_ahead(opening)[1])
    found = named_first(told) if names_whom(told) else None
    if found is None or not found.name:
        return ""
    role = read_performer(stage).performer.role if stage else None
    return found.name if role in {None, Role.UNIT} else stage
