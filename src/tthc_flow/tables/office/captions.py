"""What a line outside of the rows says: a procedure's name, its code, field, total, a stage."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from attrs import evolve, frozen

from tthc_flow.model.actor import Level
from tthc_flow.tables.office.blocks import CAPITALS, flat
from tthc_flow.words.actors import levels_named
from tthc_flow.words.durations import NoLength, read_duration
from tthc_flow.words.lexicon import Text, hits, text
from tthc_flow.words.offices import read_office
from tthc_flow.words.syllables import key


class Says(StrEnum):
    """What a caption is about."""

    TITLE = "title"
    CODE = "code"
    FIELD = "field"
    LEVEL = "level"
    AGENCY = "agency"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    STAGE = "stage"
    CASE = "case"
    NOTE = "note"
    HEAD = "head"
    HEADING = "heading"
    END = "end"
    OTHER = "other"
    NOTHING = "nothing"


@frozen(kw_only=True)
class Caption:
    """A line as read: what it is about, its own mark ("II"), and the value that it states.

    *code*, *total*, *level* and *agency* are what the line tells besides.
    """

    says: Says
    text: str
    mark: str = ""
    value: str = ""
    code: str | None = None
    total: str | None = None
    level: Level | None = None
    agency: str | None = None
    field: str | None = None
    internal: bool = False
    heading: bool = False

    @property
    def is_named(self) -> bool:
        """Return whether the line names a procedure."""
        return self.says is Says.TITLE and bool(self.value)


CODE: Final = re.compile(r"(?<![\d.])\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2})?(?:\.H\d{2})?(?![\d])")
_MARK: Final = re.compile(
    r"(?:[-+*•–]\s*)?(?P<mark>[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]|\d{1,3}(?:\.\d{1,3})*)"
    r"(?:\s*[.)/:–-]+\s*|(?<=\.\d)\s+|(?<=\.\d\d)\s+)(?=[^\W\d]|[“\"(])|[-+*•–]\s+"
)
_CODE_SAID: Final = re.compile(
    r"[\s,;.–-]*[(\[]?\s*(?:mã(?:\s+số)?(?:\s+(?:thủ tục hành chính|thủ tục|tthc|quy trình))?)?\s*"
    rf"(?:tthc)?\s*[:.]?\s*{CODE.pattern}(?:\s*[,;]\s*{CODE.pattern})*\s*[)\]]?",
    re.IGNORECASE,
)
_TIME_SAID: Final = re.compile(
    r"[\s,;.–-]*[(\[]?\s*(?:tổng\s+)?(?:thời hạn|thời gian)(?:\s+(?:giải quyết|thực hiện|xử lý))?"
    r"(?:\s+(?:thủ tục hành chính|tthc|hồ sơ))?\s*[:là]*\s*"
    r"(?P<time>[^()\[\];]*\d[^()\[\];]*?)\s*(?:[)\]]|;|$)",
    re.IGNORECASE,
)
_ONLY_TIME: Final = re.compile(
    r"[\s,;.–-]*\((?P<time>[^()]*\d[^()]*(?:ngày|giờ)[^()]*)\)\s*$", re.IGNORECASE
)
_THE_FIELD: Final = re.compile(
    r"\blĩnh vực\s*:?\s*(?P<field>.+?)(?:\s*\(|\s+thuộc\s+|\s+trên địa bàn|\s*[;:]|$)",
    re.IGNORECASE,
)
_OF_WHOM: Final = re.compile(
    r"thẩm quyền(?:\s+(?:giải quyết|quản lý|tiếp nhận))*\s+của\s+(?P<agency>.+?)"
    r"(?:\s*\(|\s+trên địa bàn|\s*[;:]|$)",
    re.IGNORECASE,
)
_IS_HEAD: Final = re.compile(
    r"(?:trong\s+)?lĩnh vực\b|thuộc\b|trên địa bàn\b"
    r"|cấp\s+(?:trung ương|tỉnh|huyện|xã)\s*(?:$|[(:;,.]|(?:trong|thuộc|lĩnh vực|trên)\b)",
    re.IGNORECASE,
)
_MAY_BE_TIME: Final = re.compile(r"$|[:(]|[^:]{0,40}\d")
"""What follows "Tổng thời gian", and not "Tổng" in "Tổng hợp ý kiến"."""

_OF_A_PART: Final = re.compile(
    r"(?:(?:thời gian|thời hạn|số ngày|số giờ)\s+)?(?:(?:giải quyết|thực hiện|xử lý)\s+)?"
    r"(?:(?:tại|của|ở|cấp|giai đoạn|phần|khâu|bước)\b(?!\s+(?:thủ tục|quy trình|cả))|sở\s|ubnd\s"
    r"|\(?\s*(?:[IVX]{1,5}|[A-ZĐ])\s*\)?\s*(?:[:.]|$))",
    re.IGNORECASE,
)
"""What follows "Tổng" or "Cộng" where only the steps of one stage, or of one body, are added."""

_LEVEL_SAID: Final = re.compile(r"\([^()]*\bcấp\s[^()]*\)|\bthẩm quyền\b.*", re.IGNORECASE)
_EMPTY_SAID: Final = re.compile(r"^[\s:.,;–-]+|[\s:;,–-]+$")
_NUMBERED: Final = re.compile(
    r"^(?:số\s*)?:?\s*\d{1,3}(?:\.\d{1,3})*(?:\s*[/:.)–-]+|\s*$)\s*", re.IGNORECASE
)
_LABEL: Final = re.compile(rf"^(?:thủ tục|Thủ tục|THỦ TỤC)\s*:?\s+(?=[{CAPITALS}])")
"""A label before the name, which begins with a capital; "Thủ tục đăng ký …" is itself a name."""

_A_NUMBER: Final = frozenset({"quy trình số", "quy trình", "quy trình nội bộ", "thủ tục"})
LABEL: Final = 40
"""Characters of the longest label before a name."""

LONGEST: Final = 1500
"""Characters of a line that are read; what is longer is running text."""

NAME_LIMIT: Final = 600
"""Characters of the longest name; printed names go up to 400."""


def read_caption(said: str, *, heading: bool = False) -> Caption:
    """Return what the line *said* is about.

    Example:
        >>> title = read_caption("1. Tên thủ tục: Cấp giấy phép (Mã TTHC: 1.014464)")
        >>> title.says.value, title.mark, title.value, title.code
        ('title', '1', 'Cấp giấy phép', '1.014464')
        >>> total = read_caption("Thời hạn giải quyết: 05 ngày làm việc")
        >>> total.says.value, total.total
        ('total', '05 ngày làm việc')
        >>> read_caption("II. LĨNH VỰC BÁO CHÍ").value
        'BÁO CHÍ'

    Source: headings of published annexes of quy trình nội bộ.
    """
    line = flat(said[:LONGEST])
    found = _MARK.match(line)
    mark = (found["mark"] or "") if found else ""
    bare = line[found.end() :] if found else line
    says, after = _about(bare)
    if says is Says.HEADING and bare[after:].lstrip().startswith(":"):
        named = read_caption(bare[after:].lstrip(" :"), heading=heading)
        if named.is_named:  # "5.7. Quy trình xử lý công việc: Thủ tục …"
            return evolve(named, mark=mark, text=line)
    code = CODE.search(line)
    if code is not None and says in {Says.NOTHING, Says.HEADING}:
        says, after = Says.TITLE, 0
    value = _value(says, bare, after)
    levels = _levels(says, bare)
    return Caption(
        says=says,
        text=line,
        mark=mark,
        value=value,
        code=code.group() if code else None,
        total=_total(says, bare, value),
        level=next(iter(levels)) if len(levels) == 1 else None,
        agency=_agency(says, bare, value) or _letterhead(says, bare),
        field=_field(says, bare, value),
        internal="thủ tục hành chính nội bộ" in bare.casefold() or "tthc nội bộ" in bare.casefold(),
        heading=heading,
    )


def _levels(says: Says, bare: str) -> frozenset[Level]:
    """Return the levels that a line says it is for; a name may only speak of communes."""
    if says is Says.TITLE:
        told = _LEVEL_SAID.search(bare)
        return levels_named(told.group()) if told is not None else frozenset()
    return levels_named(bare) if says in {Says.LEVEL, Says.HEAD, Says.FIELD} else frozenset()


def _about(bare: str) -> tuple[Says, int]:
    """Return what *bare* begins with, and where its own words begin."""
    read = text(bare)
    for hit in hits("captions", read)[:1]:
        end = read.words[hit.after - 1].end
        label, colon, _ = bare[:end].partition(":")
        if colon:  # "Quy trình: Giải quyết …": the label ends at its colon
            return _about(label)[0], len(label)
        says, rest = Says(hit["says"]), bare[end:].lstrip()
        if says is Says.TITLE and _IS_HEAD.match(rest):
            says = Says.HEAD
        added_up = hit.words.casefold().startswith(("tổng", "cộng"))
        if says is Says.TOTAL and added_up and _OF_A_PART.match(rest):
            says = Says.SUBTOTAL
        if hit.first == 0 and (says is not Says.TOTAL or _MAY_BE_TIME.match(rest)):
            return says, end
    return _within(read)


def _within(read: Text) -> tuple[Says, int]:
    """Return what a line of another beginning is about: "Quyết định …", "… (05 ngày)"."""
    start = read.whole.casefold()
    if start.startswith(("quyết định", "(ban hành", "(kèm theo", "uỷ ban", "ủy ban")):
        return Says.HEAD, 0
    return Says.NOTHING, 0


def _value(says: Says, bare: str, after: int) -> str:
    if says is Says.TITLE:
        opening = " ".join(bare[:after].casefold().split())
        rest = bare[after:]
        label = rest.lstrip().startswith(":") or opening.startswith("tên ")
        numbered = _NUMBERED.match(rest.strip()) if opening in _A_NUMBER or label else None
        if numbered is not None and not CODE.match(rest.strip(" :")):
            rest = rest.strip()[numbered.end() :]
        named = _name(rest, labelled=label)
        if named and (label or numbered is not None or opening.startswith("quy trình")):
            again = read_again(named)
            return again or named
        return _name(bare) if named or not after else ""
    if says in {Says.NOTHING, Says.CASE, Says.STAGE}:
        return _name(bare)
    return _EMPTY_SAID.sub("", bare[after:])


def read_again(named: str) -> str:
    """Return *named* without a second label: "Quy trình số 1: Thủ tục hành chính: Cấp phép"."""
    label, colon, rest = named.partition(":")
    if colon and rest.strip() and len(label) < LABEL and _about(label)[0] is Says.TITLE:
        return _name(rest, labelled=True)
    return ""


def _name(words: str, *, labelled: bool = False) -> str:
    """Return *words* without the code and the time that are said in brackets after a name."""
    bare = _CODE_SAID.sub(" ", words, count=1) if CODE.search(words) else words
    for form in (_TIME_SAID, _ONLY_TIME):
        found = form.search(bare)
        if found is not None and read_duration(found["time"]).duration is not None:
            bare = bare[: found.start()] + " " + bare[found.end() :]
    named = flat(_EMPTY_SAID.sub("", bare)).rstrip(".").replace("( )", "").replace("()", "")
    named = (named if labelled else _LABEL.sub("", named)).strip()[:NAME_LIMIT]
    return named[:1].upper() + named[1:]


def _total(says: Says, bare: str, value: str) -> str | None:
    if says is Says.TOTAL:
        return value or None
    if says not in {Says.TITLE, Says.NOTHING, Says.CASE, Says.CODE}:
        return None
    for form in (_TIME_SAID, _ONLY_TIME):
        found = form.search(bare)
        if found is not None and says_how_long(found["time"]):
            return flat(found["time"])
    return None


def says_how_long(words: str) -> bool:
    """Return whether *words* tell a length, or that none is prescribed.

    Example:
        >>> says_how_long("05 ngày"), says_how_long("Không quy định"), says_how_long("Sở Y tế")
        (True, True, False)

    Source: see :func:`~tthc_flow.words.durations.read_duration`.
    """
    read = read_duration(words)
    return read.duration is not None or read.reason in {NoLength.NOT_PRESCRIBED, NoLength.SEVERAL}


def _agency(says: Says, bare: str, value: str) -> str | None:
    if says is Says.AGENCY:
        return value or None
    found = _OF_WHOM.search(bare) if says in {Says.HEAD, Says.FIELD, Says.LEVEL} else None
    return flat(found["agency"]).strip(" .,") if found else None


def _letterhead(says: Says, bare: str) -> str | None:
    """Return the body that a line in capitals names, where it says nothing else: "SỞ NỘI VỤ"."""
    if says is not Says.NOTHING or not bare.isupper():
        return None
    named = read_office(bare)
    return bare if named.words and key(named.words) == key(bare) else None


def _field(says: Says, bare: str, value: str) -> str | None:
    if says is Says.FIELD:
        found = _THE_FIELD.search(bare)
        return flat(found["field"]).strip(" .,") if found else value or None
    found = _THE_FIELD.search(bare) if says is Says.HEAD else None
    return flat(found["field"]).strip(" .,") if found else None
