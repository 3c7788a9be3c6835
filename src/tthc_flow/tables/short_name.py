"""A short task name from a long printed content; the content itself is kept beside it."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60
TELLING: Final = 20
"""A first part shorter than this says too little to stand alone."""
BULLET: Final = re.compile(
    r"^\s*(?:[-+*•–]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|(?:bước|b)\s*\d+\s*[:.])\s*", re.IGNORECASE
)
SENTENCE_END: Final = re.compile(r"\s*(?:[;\n]|\.(?=\s|$)|:(?=\s|$)|\s[-–+]\s|\s\()\s*")
COMMA: Final = re.compile(r",\s+")
OPENERS: Final = re.compile(
    r"^(?:kể từ|sau khi|căn cứ|trong thời hạn|trong vòng|trường hợp|nếu|khi|trên cơ sở)\b",
    re.IGNORECASE,
)


def short_name(content: str) -> str:
    """Return at most 60 characters that say what is done: the first clause that does.

    Clauses that only say when or on what condition are passed over; what is too long is cut at a
    comma, else between words, with an ellipsis.

    Example:
        >>> short_name("- Sau khi nhận hồ sơ, phân công chuyên viên; theo dõi.")
        'Phân công chuyên viên'
    """
    sentences = [_bare(each) for each in SENTENCE_END.split(_bare(" ".join(content.split())))]
    said = [_without_openers(each) for each in sentences if each and not each.isdigit()]
    names = [name for name in said if name] or sentences
    name = _cut_at_comma(names[0])
    return name[:1].upper() + name[1:]


def _without_openers(sentence: str) -> str:
    parts = COMMA.split(sentence)
    while parts and OPENERS.match(parts[0]):
        parts.pop(0)
    return ", ".join(parts)


def _cut_at_comma(sentence: str) -> str:
    name, *more = COMMA.split(sentence)
    for part in more:
        if len(name) + len(part) > LONGEST - 3:
            return f"{name}…" if TELLING <= len(name) < LONGEST else _cut(f"{name}, {part}")
        name = f"{name}, {part}"
    return _cut(name)


def lane_name(performer: str) -> str:
    """Return a performer's printed name, cut between words where it is too long for a lane.

    Example:
        >>> lane_name("Lãnh đạo Sở")
        'Lãnh đạo Sở'
    """
    return _cut(_bare(performer.partition(";")[0]) or performer)


def own_name(name: str) -> str:
    """Return a step name that somebody chose, cut between words where it is too long for a task.

    Example:
        >>> own_name("Lấy số, đóng dấu")
        'Lấy số, đóng dấu'
    """
    return _cut(" ".join(name.split()))


def _bare(clause: str) -> str:
    while (shorter := BULLET.sub("", clause)) != clause:
        clause = shorter
    return clause.strip(" .,:;-–+")


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    return name[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,.;:(-–") + "…"
