"""A short task name from a long printed content; the content itself is kept beside it."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60
SHORTEST: Final = 8
BULLET: Final = re.compile(
    r"^\s*(?:[-+*•–]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|(?:bước|b)\s*\d+\s*[:.])\s*", re.IGNORECASE
)
CLAUSE_END: Final = re.compile(r"\s*(?:[;\n]|\.(?=\s|$)|:(?=\s|$)|,(?=\s)|\s[-–]\s|\s\()\s*")
OPENERS: Final = re.compile(
    r"^(?:kể từ|sau khi|căn cứ|trong thời hạn|trong vòng|trường hợp|nếu|khi|trên cơ sở)\b",
    re.IGNORECASE,
)


def short_name(content: str) -> str:
    """Return at most 60 characters that say what is done: the first clause that does.

    Clauses that only say when or on what condition are passed over; a clause that is too long
    is cut between words, with an ellipsis.

    Example:
        >>> short_name("- Sau khi nhận hồ sơ, phân công chuyên viên; theo dõi.")
        'Phân công chuyên viên'
    """
    text = " ".join(content.split())
    clauses = [_bare(clause) for clause in CLAUSE_END.split(text)]
    clauses = [clause for clause in clauses if clause]
    saying = [clause for clause in clauses if not OPENERS.match(clause)] or clauses
    if not saying:
        return ""
    name = saying[0]
    if len(name) < SHORTEST and len(saying) > 1:
        name = f"{name}, {saying[1]}"
    return _cut(name[:1].upper() + name[1:])


def lane_name(performer: str) -> str:
    """Return a performer's printed name, cut between words where it is too long for a lane.

    Example:
        >>> lane_name("Lãnh đạo Sở")
        'Lãnh đạo Sở'
    """
    return _cut(_bare(performer.partition(";")[0]) or performer)


def _bare(clause: str) -> str:
    while (shorter := BULLET.sub("", clause)) != clause:
        clause = shorter
    return clause.strip(" .,:;-–+")


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,.;:(-–") + "…"
