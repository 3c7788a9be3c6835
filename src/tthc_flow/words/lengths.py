"""The lengths of time in a text: numbers in digits or words, with their units, as printed."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from typing import Final

from attrs import evolve, frozen

from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.syllables import INVISIBLE, LOOK_ALIKES


class NoLength(StrEnum):
    """Why a printed time has no length, or what is doubtful about it."""

    EMPTY = "empty"
    NO_NUMBER = "no_number"
    NO_UNIT = "no_unit"
    UNKNOWN_UNIT = "unknown_unit"
    NOT_PRESCRIBED = "not_prescribed"
    NOT_COUNTED = "not_counted"
    OFFICE_HOURS = "office_hours"
    SAME_DAY = "same_day"
    AT_ONCE = "at_once"
    ANCHORED = "anchored"
    LOWER_BOUND = "lower_bound"
    SHARED = "shared"
    SEVERAL = "several"
    NEGATIVE = "negative"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    CONTRADICTION = "contradiction"


@frozen(kw_only=True)
class Length:
    """One length in a text: its words, amount and unit, and how it stands to the others.

    *bracketed* stands in brackets, *restates* says that it is the same time again, *part* says
    that it is a part of the one before, *again* that only a mark divides it from the one before.
    """

    words: str
    amount: Fraction | None
    unit: TimeUnit | None
    at_least: Fraction | None
    start: int
    bracketed: bool
    restates: bool
    part: bool
    again: bool
    reason: NoLength | None

    @property
    def duration(self) -> Duration | None:
        """Return the length, where it is known."""
        if self.amount is None or self.unit is None:
            return None
        return Duration(amount=self.amount, unit=self.unit, at_least=self.at_least)


NUMBER_WORDS: Final = {
    "nửa": "1/2", "một": "1", "hai": "2", "ba": "3", "bốn": "4", "năm": "5", "sáu": "6",
    "bảy": "7", "tám": "8", "chín": "9", "mười": "10", "mười lăm": "15", "hai mươi": "20",
    "ba mươi": "30",
}  # fmt: skip
_WORD: Final = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_DIGITS: Final = r"\d{1,9}(?!\d)"
NUMBER: Final = (
    rf"(?:(?<!\d)(?:{_DIGITS}\s*/\s*{_DIGITS}|{_DIGITS}(?:[.,]{_DIGITS})?)"
    rf"|(?<!\w)(?:{_WORD})(?!\w))"
)
_SPELLED: Final = r"(?:\s*\([^()\d]{1,40}\))?"
_UNIT: Final = (
    r"(?P<unit>(?:ngày|ngay|giờ|gio|tiếng|phút|phut|buổi|buoi|tuần|tuan|tháng|thang|quý|năm|[hp])"
    r"(?:(?!\w)|(?<=h)(?=\d)))(?P<half>\s+rưỡi(?!\w))?"
    r"(?P<minutes>(?:(?<=h)|(?<=giờ))\s*\d{1,2}(?!\w)(?!\s*(?:phút|phut|ngày|giờ|[.,/-])))?"
)
_SORT: Final = (
    r"(?:\s*\(?\s*(?P<sort>làm\s+việc|lam\s+viec|lv|hành\s+chính|theo\s+lịch|dương\s+lịch"
    r"|lịch|tự\s+nhiên)(?!\w)\)?)?"
)
LENGTH: Final = re.compile(
    rf"(?P<minus>(?<![\w\d])[-−–](?=\d))?(?P<first>{NUMBER}){_SPELLED}"
    rf"(?:\s*(?:(?:ngày|giờ)(?:\s+làm\s+việc)?)?\s*(?:-|–|—|−|đến|tới|÷|~)\s*"
    rf"(?P<last>{NUMBER}){_SPELLED})?\s*{_UNIT}{_SORT}"
)
_SIGNS: Final = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
_NOTE_MARK: Final = re.compile(r"(?<=[^\W\d_])[¹²³⁴-⁹⁰]+")
"""A raised number after a word points to a note: "15 ngày¹"."""

_SIGN: Final = re.compile(rf"(?P<whole>\d{{1,9}}\s*)?(?P<sign>[{''.join(_SIGNS)}])")

_WHOLE_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")

_OPENED: Final = re.compile(r"\(\s*(?:tương đương|tức|bằng)?(?:\s+(?:là|với))?\s*$", re.IGNORECASE)
_PARTS: Final = re.compile(r"\btrong đó\b", re.IGNORECASE)
_DIVIDED: Final = re.compile(
    r"(?:[/=]|,?\s(?:tương đương|tức|bằng)(?:\s+(?:là|với))?)\s*$", re.IGNORECASE
)
_OF_THE_DAY: Final = re.compile(r"\b(?:trước|sau|lúc|từ|đến|hồi)\s+$")
_ALTERNATIVE: Final = re.compile(
    r"\(\s*(?:đối với |với |trong )?(?:trường hợp|hồ sơ|nếu)\b"
    r"(?:(?!không (?:tính|kể|bao gồm))[^()])*$",
    re.IGNORECASE,
)
"""A bracket that opens with a case: "15 ngày (trường hợp phức tạp: 20 ngày)"."""

CASE: Final = 120
"""How far before a length the bracket with its case may open."""

RESTATING: Final = 24
"""How far before a length its bracket and "tương đương với" may begin."""

HALF: Final = Fraction(1, 2)
_MINUTE: Final = Fraction(1, 60)
_UNITS: Final = {
    "ngày": TimeUnit.DAY, "ngay": TimeUnit.DAY, "giờ": TimeUnit.HOUR, "gio": TimeUnit.HOUR,
    "h": TimeUnit.HOUR, "tiếng": TimeUnit.HOUR, "phút": TimeUnit.HOUR, "phut": TimeUnit.HOUR,
    "p": TimeUnit.HOUR,
}  # fmt: skip
_MINUTES: Final = frozenset({"phút", "phut", "p"})
_WORKING: Final = {TimeUnit.DAY: TimeUnit.WORKING_DAY, TimeUnit.HOUR: TimeUnit.WORKING_HOUR}
_CALENDAR: Final = frozenset({"theo lịch", "dương lịch", "lịch", "tự nhiên"})


def _fraction(match: re.Match[str]) -> str:
    """Return "1½" as "3/2"."""
    top, bottom = _SIGNS[match["sign"]]
    return f"{int(match['whole'] or 0) * bottom + top}/{bottom}"


def plain(printed: str) -> str:
    """Return *printed* composed, without invisible characters, with ordinary blanks."""
    seen = unicodedata.normalize("NFC", printed.translate(LOOK_ALIKES))
    kept = _NOTE_MARK.sub("", "".join(each for each in seen if each not in INVISIBLE))
    kept = _SIGN.sub(_fraction, kept)
    return " ".join("".join(" " if each.isspace() else each for each in kept).split())


def value_of(printed: str) -> Fraction | None:
    """Return the number *printed*, in digits or words; ``None`` for what may be two numbers."""
    written = NUMBER_WORDS.get(printed, printed).replace(" ", "").replace(",", ".")
    if _WHOLE_THOUSANDS.fullmatch(written):
        return None
    top, _, bottom = written.partition("/")
    if bottom:
        return Fraction(int(top), int(bottom)) if int(bottom) else None
    return Fraction(written)


def _unit(match: re.Match[str]) -> TimeUnit | None:
    unit = _UNITS.get(match["unit"])
    sort = " ".join((match["sort"] or "").split())
    if unit is None or not sort:
        return unit
    if sort in _CALENDAR:
        return TimeUnit.CALENDAR_DAY if unit is TimeUnit.DAY else unit
    return _WORKING[unit]


def lengths_in(whole: str) -> list[Length]:
    """Return the lengths that *whole* states, in order; times of the day are none.

    Example:
        >>> [each.words for each in lengths_in("02 giờ 30 phút (nộp trước 15 giờ)")]
        ['02 giờ 30 phút']

    Source: the time columns of published quy trình nội bộ.
    """
    depth = tuple(accumulate((each == "(") - (each == ")") for each in whole))
    lower = whole.lower()
    parts = _PARTS.search(lower)
    parts_from = parts.start() if parts is not None else None
    found = [
        _length(match, whole, depth, parts_from)
        for match in LENGTH.finditer(lower)
        if not _is_of_the_day(match, lower)
    ]
    return _joined(found, whole)


def _is_of_the_day(match: re.Match[str], lower: str) -> bool:
    """Return whether *match* is a time of the day: "nộp trước 15 giờ", "sau 16h30"."""
    hours = match["unit"] in {"giờ", "gio", "h"} and not match["sort"] and not match["last"]
    return hours and bool(
        _OF_THE_DAY.search(lower[max(0, match.start() - RESTATING) : match.start()])
    )


def _length(
    match: re.Match[str], whole: str, depth: tuple[int, ...], parts_from: int | None
) -> Length:
    unit = _unit(match)
    factor = _MINUTE if match["unit"] in _MINUTES else Fraction(1)
    first = value_of(match["first"])
    last = value_of(match["last"]) if match["last"] else first
    if last is not None:
        last += HALF if match["half"] else 0
        last += int(match["minutes"] or 0) * _MINUTE
    reason = None
    if match["minus"]:
        reason = NoLength.NEGATIVE
    elif unit is None:
        reason = NoLength.UNKNOWN_UNIT
    elif first is None or last is None or last < first:
        reason = NoLength.AMBIGUOUS_NUMBER
    before = whole[max(0, match.start() - RESTATING) : match.start()]
    known = reason is None and first is not None and last is not None
    return Length(
        words=whole[match.start() : match.end()],
        amount=last * factor if known and last is not None else None,
        unit=unit,
        at_least=first * factor if known and first is not None and match["last"] else None,
        start=match.start(),
        bracketed=depth[match.start()] > 0
        and not _ALTERNATIVE.search(whole[max(0, match.start() - CASE) : match.start()]),
        restates=bool(_OPENED.search(before)),
        part=parts_from is not None and parts_from < match.start(),
        again=bool(_DIVIDED.search(before)),
        reason=reason,
    )


def _joined(lengths: list[Length], whole: str) -> list[Length]:
    """Return *lengths* with "01 giờ 30 phút" as one: hours followed at once by minutes."""
    found: list[Length] = []
    for each in lengths:
        last = found[-1] if found else None
        if (
            last is not None
            and last.start + len(last.words) + 1 == each.start
            and last.unit is each.unit is TimeUnit.HOUR
            and last.amount is not None
            and each.amount is not None
        ):
            words = whole[last.start : each.start + len(each.words)]
            found[-1] = evolve(last, words=words, amount=last.amount + each.amount)
        else:
            found.append(each)
    return found
