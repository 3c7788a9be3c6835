"""How long: the time of a step as tables print it, exactly, or why it has no length.

What is printed is kept: the unit is never changed (a bare "ngày" stays a bare day), the larger
end of a range is the limit, and words without a number ("Trong ngày") never become one.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from typing import Final

from attrs import evolve, frozen

from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.lexicon import hits, text
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
class DurationReading:
    """A printed time: its length or ``None`` with the reason, and the words that decided.

    *counted* is false where the text says that the time lies outside the limit. *also* holds
    every other length of the text with its words: the same time said again ("3 ngày (24 giờ)"),
    or, for ``SEVERAL``, the alternatives, none of which is chosen.
    """

    duration: Duration | None = None
    counted: bool = True
    words: str = ""
    reason: NoLength | None = None
    also: tuple[tuple[str, Duration], ...] = ()


@frozen(kw_only=True)
class _Length:
    words: str
    amount: Fraction | None
    unit: TimeUnit | None
    at_least: Fraction | None
    start: int
    bracketed: bool
    restates: bool
    reason: NoLength | None

    @property
    def duration(self) -> Duration | None:
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
_NUMBER: Final = (
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
_LENGTH: Final = re.compile(
    rf"(?P<minus>(?<![\w\d])[-−–](?=\d))?(?P<first>{_NUMBER}){_SPELLED}"
    rf"(?:\s*(?:(?:ngày|giờ)(?:\s+làm\s+việc)?)?\s*(?:-|–|—|−|đến|tới|÷|~)\s*"
    rf"(?P<last>{_NUMBER}){_SPELLED})?\s*{_UNIT}{_SORT}"
)
_CLOCK: Final = re.compile(
    r"(?:sáng|chiều)[^\d]{0,12}\d{1,2}\s*(?:giờ|h)"
    r"|\d\s*(?:giờ|h)\s*\d{2}\s*(?:-|–|đến|tới)\s*\d{1,2}\s*(?:giờ|h)"
)
"""Opening hours: two times of the day are no length."""

_SIGNS: Final = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8)}
_SIGN: Final = re.compile(rf"(?P<whole>\d{{1,9}}\s*)?(?P<sign>[{''.join(_SIGNS)}])")

_BARE_NUMBER: Final = re.compile(rf"\s*(?P<first>{_NUMBER})\s*(?:[-–—]\s*(?P<last>{_NUMBER}))?\s*")
_WHOLE_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")

_OPENED: Final = re.compile(r"\(\s*(?:tương đương|tức|bằng)?(?:\s+(?:là|với))?\s*$", re.IGNORECASE)
RESTATING: Final = 24
"""How far before a length its bracket and "tương đương với" may begin."""

_NOT_ITS_OWN: Final = frozenset({NoLength.LOWER_BOUND, NoLength.SHARED})
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


def _plain(printed: str) -> str:
    """Return *printed* composed, without invisible characters, with ordinary blanks."""
    seen = unicodedata.normalize("NFC", printed.translate(LOOK_ALIKES))
    kept = "".join(each for each in seen if each not in INVISIBLE)
    kept = _SIGN.sub(_fraction, kept)
    return " ".join("".join(" " if each.isspace() else each for each in kept).split())


def _value(printed: str) -> Fraction | None:
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


def _length(match: re.Match[str], whole: str, depth: tuple[int, ...]) -> _Length:
    unit = _unit(match)
    factor = _MINUTE if match["unit"] in _MINUTES else Fraction(1)
    first = _value(match["first"])
    last = _value(match["last"]) if match["last"] else first
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
    known = reason is None and first is not None and last is not None
    return _Length(
        words=whole[match.start() : match.end()],
        amount=last * factor if known and last is not None else None,
        unit=unit,
        at_least=first * factor if known and first is not None and match["last"] else None,
        start=match.start(),
        bracketed=depth[match.start()] > 0,
        restates=bool(_OPENED.search(whole[max(0, match.start() - RESTATING) : match.start()])),
        reason=reason,
    )


def _joined(lengths: list[_Length], whole: str) -> list[_Length]:
    """Return *lengths* with "01 giờ 30 phút" as one: hours followed at once by minutes."""
    found: list[_Length] = []
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


def _same(one: Duration, other: Duration) -> bool:
    """Return whether both may be one time: at 8 or 24 hours a day, or of unlike units."""
    hours = {TimeUnit.HOUR, TimeUnit.WORKING_HOUR}
    if (one.unit in hours) == (other.unit in hours):
        return one.unit is not other.unit or one.amount == other.amount
    day, hour = (other, one) if one.unit in hours else (one, other)
    return hour.amount in (day.amount * 8, day.amount * 24)


def _without_number(whole: str) -> DurationReading:
    """Return why a text without any length has none, by the words of the lexicon."""
    for hit in hits("times", text(whole)):
        reason = NoLength(hit["reason"])
        return DurationReading(counted=hit["counted"] != "no", words=hit.words, reason=reason)
    return DurationReading(words=whole, reason=NoLength.NO_NUMBER if whole else NoLength.EMPTY)


def _bare_number(whole: str, unit: TimeUnit | None) -> DurationReading | None:
    match = _BARE_NUMBER.fullmatch(whole.lower())
    if match is None:
        return None
    first = _value(match["first"])
    last = _value(match["last"]) if match["last"] else first
    if unit is None:
        return DurationReading(words=whole, reason=NoLength.NO_UNIT)
    if first is None or last is None or last < first:
        return DurationReading(words=whole, reason=NoLength.AMBIGUOUS_NUMBER)
    least = first if match["last"] else None
    return DurationReading(duration=Duration(amount=last, unit=unit, at_least=least), words=whole)


def _counted(whole: str) -> bool:
    """Return whether a text with a length says that the time counts."""
    return not any(hit["outside"] for hit in hits("times", text(whole)))


def _chosen(lengths: list[_Length], whole: str) -> DurationReading:
    first, *others = lengths
    main = first.duration
    also = tuple((each.words, each.duration) for each in others if each.duration)
    counted = _counted(whole)
    if main is None:
        return DurationReading(counted=counted, words=first.words, reason=first.reason, also=also)
    if any(not each.bracketed for each in others):
        every = ((first.words, main), *also)
        return DurationReading(counted=counted, words=whole, reason=NoLength.SEVERAL, also=every)
    for hit in hits("times", text(whole[: first.start])):
        if hit["reason"] in _NOT_ITS_OWN:
            own = NoLength(hit["reason"])
            found = ((first.words, main),)
            return DurationReading(counted=counted, words=whole, reason=own, also=found)
    said_again = [each.duration for each in others if each.duration and each.restates]
    agree = all(_same(main, other) for other in said_again)
    reason = None if agree else NoLength.CONTRADICTION
    return DurationReading(
        duration=main, counted=counted, words=first.words, reason=reason, also=also
    )


def read_duration(printed: str, *, unit: TimeUnit | None = None) -> DurationReading:
    """Return the time that *printed* states, exactly and in its own unit.

    Args:
        printed: The text of a time column.
        unit: The unit of the column's header, for a bare number.

    Returns:
        The length, or ``None`` with the reason; whether it counts; and the deciding words.

    Example:
        >>> read_duration("02 giờ làm việc").duration
        Duration(amount=Fraction(2, 1), unit=<TimeUnit.WORKING_HOUR: 'working_hour'>, at_least=None)
        >>> read_duration("Trong ngày").duration, read_duration("Trong ngày").reason
        (None, <NoLength.SAME_DAY: 'same_day'>)

    Source: the time columns of published quy trình nội bộ.
    """
    whole = _plain(printed)
    depth = tuple(accumulate((each == "(") - (each == ")") for each in whole))
    if _CLOCK.search(whole.lower()):
        return DurationReading(counted=False, words=whole, reason=NoLength.OFFICE_HOURS)
    lengths = [_length(match, whole, depth) for match in _LENGTH.finditer(whole.lower())]
    if lengths:
        return _chosen(_joined(lengths, whole), whole)
    return _bare_number(whole, unit) or _without_number(whole)
