"""Which body answers for the work: one name for every way an office is written.

Rooms, leaders and clerks of a Sở belong to the Sở; "Văn phòng UBND tỉnh" is a body of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from tthc_flow.model.actor import Level
from tthc_flow.words.lexicon import Hit, Text, hits, text
from tthc_flow.words.syllables import key

LEVEL_NAMES: Final = {
    Level.MINISTRY: "trung ương",
    Level.PROVINCE: "tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
}
NEAR: Final = 2
"""How many words may stand between "UBND" and its level ("UBND các xã")."""

LONGEST_NAME: Final = 15
"""Words of an office's name after its first: "Chi cục Phát triển nông thôn và …"."""

_STOPS: Final = frozenset(
    key(words)
    for words in (
        "tại", "hoặc", "để", "được", "có", "theo", "trên", "của", "ký", "chuyển", "trình", "gửi",
        "thực hiện", "phê duyệt", "xem xét", "phụ trách", "thẩm định", "kiểm tra", "tham mưu",
        "chủ trì", "phối hợp", "tiếp nhận", "lấy số", "ban hành", "xác nhận",
    )
)  # fmt: skip
_AND: Final = key("và")
_CUTS: Final = frozenset(",;:()/.\n")


@frozen(kw_only=True)
class OfficeReading:
    """The office as one fixed name, and the words that name it; ``None`` where none is named."""

    office: str | None = None
    words: str = ""


def office_key(name: str) -> str:
    """Return a key that is equal for every way of writing the same office.

    Example:
        >>> office_key("Lãnh đạo Sở VHTTDL") == office_key("Sở Văn hóa, Thể thao và Du lịch")
        True
        >>> office_key("Văn phòng UBND tỉnh") == office_key("UBND tỉnh")
        False

    Source: names of the provincial departments, NĐ 150/2025/NĐ-CP.
    """
    return key(read_office(name).office or name)


def _following(read: Text, hit: Hit) -> Text:
    """Return the words after *hit* that may still belong to the office's name."""
    return evolve(read, words=read.words[hit.after : hit.after + LONGEST_NAME])


def _open_name(read: Text, hit: Hit) -> str | None:
    """Return the name of an office that the lexicon knows only by its first word."""
    rest = _following(read, hit)
    keys = [each.key for each in rest.words]
    heads = {each.first for each in hits("offices", rest)}
    length = 0
    for word in rest.words:
        verb = keys[length] in _STOPS or " ".join(keys[length : length + 2]) in _STOPS
        joins = keys[length] == _AND and length + 1 in heads
        if _CUTS & set(word.gap) or " -" in word.gap or verb or joins:
            break
        length += 1
    return read.between(hit.first, hit.after + length) if length else None


def _committee_level(read: Text, hit: Hit, fallback: Level | None) -> Level | None:
    for level in hits("levels", _following(read, hit)):
        if level["level"] and level.first <= NEAR:
            named = Level(level["level"])
            city = key(level.words) == key("thành phố")
            return Level.DISTRICT if city and fallback is Level.DISTRICT else named
    return fallback


def _name(read: Text, hit: Hit, level: Level | None) -> str | None:
    match hit["kind"]:
        case "":
            return None
        case "open":
            return _open_name(read, hit)
        case "committee":
            at = _committee_level(read, hit, level)
            return f"{hit['office']} {LEVEL_NAMES[at]}" if at in LEVEL_NAMES else hit["office"]
        case _:
            return hit["office"]


def offices(printed: str, *, level: Level | None = None) -> tuple[OfficeReading, ...]:
    """Return every office that *printed* names, in its order.

    Args:
        printed: The text of a performer or of a procedure's agency.
        level: Level of the procedure, for a committee printed without its own.

    Example:
        >>> [each.office for each in offices("UBND tỉnh (Sở Tài chính tham mưu)")]
        ['UBND tỉnh', 'Sở Tài chính']

    Source: see :func:`office_key`.
    """
    return tuple(_found(printed, level))


def _found(printed: str, level: Level | None) -> Iterator[OfficeReading]:
    read = text(printed)
    for hit in hits("offices", read):
        if name := _name(read, hit, level):
            yield OfficeReading(office=name, words=hit.words)


def read_office(printed: str, *, level: Level | None = None) -> OfficeReading:
    """Return the first office that *printed* names.

    Example:
        >>> read_office("Chuyên viên phòng KGVX, Văn phòng UBND tỉnh").office
        'Văn phòng UBND tỉnh'

    Source: see :func:`office_key`.
    """
    return next(_found(printed, level), OfficeReading())


def own_office(agency: str, *, level: Level | None = None) -> str | None:
    """Return the office whose rooms handle a procedure, from the name of its agency.

    The department that advises a committee is meant, not the committee; where several bodies
    are named, none can be told from the text.

    Example:
        >>> own_office("UBND tỉnh (Sở Nội vụ tham mưu)")
        'Sở Nội vụ'

    Source: the agency column of published procedures.
    """
    names = dict.fromkeys(each.office for each in offices(agency, level=level) if each.office)
    provincial = f"UBND {LEVEL_NAMES[Level.PROVINCE]}"
    advising = [name for name in names if name != provincial] or list(names)
    return advising[0] if len(advising) == 1 else None
