"""How long: the time of a step as tables print it, exactly, or why it has no length.

What is printed is kept: the unit is never changed (a bare "ngày" stays a bare day), the larger
end of a range is the limit, and words without a number ("Trong ngày") never become one.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.lengths import NUMBER, Length, NoLength, lengths_in, plain, value_of
from tthc_flow.words.lexicon import hits, text

__all__ = ["DurationReading", "NoLength", "read_duration"]


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


_NOT_ITS_OWN: Final = frozenset({NoLength.LOWER_BOUND, NoLength.SHARED})
_CLOCK: Final = re.compile(
    r"(?:sáng|chiều)[^\d]{0,12}\d{1,2}\s*(?:giờ|h)"
    r"|\d\s*(?:giờ|h)\s*\d{2}\s*(?:-|–|đến|tới)\s*\d{1,2}\s*(?:giờ|h)"
)
"""Opening hours: two times of the day are no length."""

_BARE_NUMBER: Final = re.compile(rf"\s*(?P<first>{NUMBER})\s*(?:[-–—]\s*(?P<last>{NUMBER}))?\s*")
HOURS: Final = frozenset({TimeUnit.HOUR, TimeUnit.WORKING_HOUR})


def _same(one: Duration, other: Duration) -> bool:
    """Return whether both may be one time: at 8 or 24 hours a day, or of unlike units."""
    if (one.unit in HOURS) == (other.unit in HOURS):
        return one.unit is not other.unit or one.amount == other.amount
    day, hour = (other, one) if one.unit in HOURS else (one, other)
    return hour.amount in (day.amount * 8, day.amount * 24)


def _said_again(other: Length, main: Duration) -> bool:
    """Return whether *other* only says *main* again: "2 ngày/16 giờ", "5 ngày = 40 giờ"."""
    said = other.duration
    if said is None or not other.again:
        return False
    exact = said.unit is main.unit or (said.unit in HOURS) != (main.unit in HOURS)
    return exact and _same(main, said)


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
    first = value_of(match["first"])
    last = value_of(match["last"]) if match["last"] else first
    if unit is None:
        return DurationReading(words=whole, reason=NoLength.NO_UNIT)
    if first is None or last is None or last < first:
        return DurationReading(words=whole, reason=NoLength.AMBIGUOUS_NUMBER)
    least = first if match["last"] else None
    return DurationReading(duration=Duration(amount=last, unit=unit, at_least=least), words=whole)


def _counted(whole: str) -> bool:
    """Return whether a text with a length says that the time counts."""
    return not any(hit["outside"] for hit in hits("times", text(whole)))


def _chosen(lengths: list[Length], whole: str) -> DurationReading:
    first, *others = lengths
    main = first.duration
    also = tuple((each.words, each.duration) for each in others if each.duration)
    counted = _counted(whole)
    if main is None:
        return DurationReading(counted=counted, words=first.words, reason=first.reason, also=also)
    if any(not (each.bracketed or each.part or _said_again(each, main)) for each in others):
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
    whole = plain(printed)
    if _CLOCK.search(whole.lower()):
        return DurationReading(counted=False, words=whole, reason=NoLength.OFFICE_HOURS)
    lengths = lengths_in(whole)
    if lengths:
        return _chosen(lengths, whole)
    return _bare_number(whole, unit) or _without_number(whole)
