"""The line of explanations below a picture: what heat and marks mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.text import text_width
from tthc_flow.measures.heat import Heat, HeatKind
from tthc_flow.picture.markup import tag, text_lines
from tthc_flow.picture.style import (
    MARKS,
    PAPER,
    SOFT,
    STROKE,
    UNKNOWN_FILL,
    heat_colour,
)
from tthc_flow.units import MINUTES_OF_WORKING_DAY
from tthc_flow.words.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable

LEGEND_HEIGHT: Final = 40.0
_TEXT: Final = 12.0
_STEPS: Final = 12
_STEP_WIDTH: Final = 14.0


_WORDS: Final = {
    "vi": {
        HeatKind.TIME: ("Thời gian (ngày làm việc)", "chưa rõ thời gian", "không tính thời gian"),
        HeatKind.WORK: ("Công làm việc (ngày)", "chưa rõ công làm việc", ""),
        HeatKind.WAIT: ("Thời gian chờ (ngày làm việc)", "chưa rõ thời gian chờ", ""),
        HeatKind.COST: (
            "Chi phí theo thời gian giải quyết (triệu đồng một năm)",
            "chưa rõ chi phí",
            "không tính thời gian",
        ),
        HeatKind.HAND_OFFS: ("Số lần nhận hồ sơ từ người khác", "chưa rõ người thực hiện", ""),
        HeatKind.LEVEL: ("Cấp thực hiện", "chưa rõ cấp", "không thuộc cơ quan nào"),
        HeatKind.FINDINGS: ("Số điểm cần xem lại", "", "không có"),
        HeatKind.DEVIATIONS: ("Số lần làm khác sơ đồ", "", "không có"),
    },
    "en": {
        HeatKind.TIME: ("Time (working days)", "time unknown", "time not counted"),
        HeatKind.WORK: ("Work (days)", "work unknown", ""),
        HeatKind.WAIT: ("Waiting (working days)", "waiting unknown", ""),
        HeatKind.COST: (
            "Cost by processing time (million đồng a year)",
            "cost unknown",
            "time not counted",
        ),
        HeatKind.HAND_OFFS: ("Times taken over from another", "performer unknown", ""),
        HeatKind.LEVEL: ("Level of government", "level unknown", "no agency"),
        HeatKind.FINDINGS: ("Points to look at", "", "none"),
        HeatKind.DEVIATIONS: ("Times done otherwise", "", "none"),
    },
}
"""What the scale measures, a step whose figure is unknown, and one that has none by its nature."""

_LEVELS: Final = {
    "vi": ("xã", "huyện", "tỉnh", "trung ương"),
    "en": ("commune", "district", "province", "ministry"),
}
_UNITS: Final = {
    "vi": {
        HeatKind.COST: "triệu",
        HeatKind.HAND_OFFS: "lần",
        HeatKind.FINDINGS: "điểm",
        HeatKind.DEVIATIONS: "lần",
    },
    "en": {
        HeatKind.COST: "M",
        HeatKind.HAND_OFFS: "times",
        HeatKind.FINDINGS: "points",
        HeatKind.DEVIATIONS: "times",
    },
}
_DAYS: Final = {"vi": "ngày", "en": "days"}
_POINTS: Final = str.maketrans(".,", ",.")
_IN_DAYS: Final = frozenset((HeatKind.TIME, HeatKind.WORK, HeatKind.WAIT))
_PART: Final = {
    **dict.fromkeys(_IN_DAYS, Fraction(MINUTES_OF_WORKING_DAY)),
    HeatKind.COST: Fraction(1_000_000),
}
"""What a figure is printed as a multiple of."""

UNKNOWN_SIGN: Final = "?"


def _amount(value: Fraction, kind: HeatKind, lang: str) -> str:
    printed = number(value / _PART.get(kind, Fraction(1)))
    return printed if lang == "vi" else printed.translate(_POINTS)


def heat_words(kind: HeatKind, lang: str = "vi") -> tuple[str, str, str]:
    """Return what heat *kind* measures, and what a step of unknown figure and one of none says.

    Example:
        >>> heat_words(HeatKind.LEVEL)
        ('Cấp thực hiện', 'chưa rõ cấp', 'không thuộc cơ quan nào')

    Source: own design.
    """
    return _WORDS[lang][kind]


def badge_words(value: Fraction, kind: HeatKind, lang: str = "vi") -> str:
    """Return one figure, short enough for a badge: "0,5 ngày", "tỉnh", "2 lần".

    Example:
        >>> badge_words(Fraction(240), HeatKind.TIME), badge_words(Fraction(3), HeatKind.LEVEL)
        ('0,5 ngày', 'tỉnh')

    Source: ``words.numbers.number``; 480 working minutes a day.
    """
    if kind is HeatKind.LEVEL:
        return _LEVELS[lang][int(value) - 1]
    unit = _UNITS[lang].get(kind, _DAYS[lang])
    return f"{_amount(value, kind, lang)} {unit}"


def heat_legend(
    x: float,
    y: float,
    heat: Heat,
    highest: Fraction,
    *,
    without: bool = False,
    lang: str = "vi",
) -> tuple[str, float]:
    """Return what the colours of *heat* mean at (x, y), and the width that takes.

    *without* says that some step has no such figure by its nature.

    Example:
        >>> "ngày làm việc" in heat_legend(0, 0, Heat(), Fraction(480))[0]
        True

    Source: own design.
    """
    title, unknown, none = _WORDS[lang][heat.kind]
    title = f"{title}:"
    parts = [_words(title, x, y)]
    at = x + text_width(title, _TEXT) + 12
    drawn = ""
    if heat.kind is HeatKind.LEVEL:
        drawn, at = _levels(at, y, lang)
    elif heat.values:
        drawn, at = _scale(at, y, _amount(highest, heat.kind, lang))
    parts.append(drawn)
    for shown, fill, sign, meaning in (
        (bool(heat.unknown), UNKNOWN_FILL, UNKNOWN_SIGN, unknown),
        (without, PAPER, "", none),
    ):
        if shown and meaning:
            drawn, at = _boxed(at, y, fill, sign, meaning)
            parts.append(drawn)
    return "".join(parts), at - x


def _scale(x: float, y: float, most: str) -> tuple[str, float]:
    parts = [_words("0", x, y)]
    at = x + 14
    for index in range(_STEPS):
        fill = heat_colour(Fraction(index), Fraction(_STEPS - 1))
        parts.append(tag("rect", x=at, y=y - 8, width=_STEP_WIDTH + 0.5, height=16, fill=fill))
        at += _STEP_WIDTH
    parts.append(_words(most, at + 8, y))
    return "".join(parts), at + text_width(most, _TEXT) + 28


def _levels(x: float, y: float, lang: str) -> tuple[str, float]:
    parts, names = [], _LEVELS[lang]
    for rank, name in enumerate(names, start=1):
        drawn, x = _boxed(x, y, heat_colour(Fraction(rank), Fraction(len(names))), "", name)
        parts.append(drawn)
    return "".join(parts), x


def _boxed(x: float, y: float, fill: str, sign: str, meaning: str) -> tuple[str, float]:
    parts = [_box(x, y, fill, STROKE, None)]
    if sign:
        parts.append(text_lines((sign,), x + 9, y, size=_TEXT, bold=True))
    parts.append(_words(meaning, x + 24, y))
    return "".join(parts), x + 24 + text_width(meaning, _TEXT) + 24


def marks_legend(x: float, y: float, used: Iterable[str], lang: str = "vi") -> tuple[str, float]:
    """Return the meaning of the *used* marks at (x, y), in their fixed order, and the width.

    Example:
        >>> "thêm" in marks_legend(0, 0, ["added"])[0]
        True

    Source: own design.
    """
    wanted = set(used)
    parts: list[str] = []
    at = x
    for name, mark in MARKS.items():
        if name not in wanted:
            continue
        parts.append(_box(at, y, mark.fill, mark.line, mark.dash))
        parts.append(text_lines((mark.sign,), at + 9, y, size=12, bold=True, colour=mark.line))
        word = mark.word if lang == "vi" else mark.english
        parts.append(_words(word, at + 24, y))
        at += 24 + text_width(word, _TEXT) + 24
    return "".join(parts), at - x


def _words(words: str, x: float, y: float) -> str:
    return text_lines((words,), x, y, size=_TEXT, anchor="start", colour=SOFT)


def _box(x: float, y: float, fill: str, line: str, dash: str | None) -> str:
    return tag(
        "rect",
        x=x,
        y=y - 8,
        width=18,
        height=16,
        rx=3,
        fill=fill or PAPER,
        stroke=line,
        stroke_width=1.5,
        stroke_dasharray=dash,
    )
