"""The line of explanations below a picture: what heat and marks mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.layout.text import text_width
from tthc_flow.model.actor import Role
from tthc_flow.model.step import Step
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
    "vi": ("Thời gian (ngày làm việc):", "chưa rõ thời gian", "ngày", "không tính thời gian"),
    "en": ("Time (working days):", "time unknown", "days", "time not counted"),
}
"""What the scale measures, a step without a time, the unit of a badge, a time not counted."""

_POINTS: Final = str.maketrans(".,", ",.")


def _amount(minutes: Fraction, lang: str) -> str:
    printed = number(minutes / MINUTES_OF_WORKING_DAY)
    return printed if lang == "vi" else printed.translate(_POINTS)


def short_days(minutes: Fraction, lang: str = "vi") -> str:
    """Return working *minutes* in days, short enough for a badge.

    Example:
        >>> short_days(Fraction(240)), short_days(Fraction(240), "en")
        ('0,5 ngày', '0.5 days')

    Source: ``words.numbers.number``; 480 working minutes a day.
    """
    return f"{_amount(minutes, lang)} {_WORDS[lang][2]}"


def counts(step: Step) -> bool:
    """Return whether a time is expected of *step*: one the source counts, of the agency.

    Example:
        >>> counts(Step(id="a", name="Chờ bổ sung", pauses_clock=True))
        False

    Source: see ``measures.norm_time``.
    """
    if not step.time.counted or step.pauses_clock:
        return False
    return step.performer is None or step.performer.role is not Role.APPLICANT


def heat_legend(
    x: float,
    y: float,
    highest: Fraction,
    *,
    unknown: bool,
    uncounted: bool = False,
    lang: str = "vi",
) -> tuple[str, float]:
    """Return the colour scale in working days at (x, y), and its width.

    Example:
        >>> "ngày làm việc" in heat_legend(0, 0, Fraction(480), unknown=False)[0]
        True

    Source: own design.
    """
    words, without, _, outside = _WORDS[lang]
    parts = [_words(words, x, y)]
    at = x + text_width(words, _TEXT) + 12
    parts.append(_words("0", at, y))
    at += 14
    for index in range(_STEPS):
        fill = heat_colour(Fraction(index), Fraction(_STEPS - 1))
        parts.append(tag("rect", x=at, y=y - 8, width=_STEP_WIDTH + 0.5, height=16, fill=fill))
        at += _STEP_WIDTH
    most = _amount(highest, lang)
    parts.append(_words(most, at + 8, y))
    at += text_width(most, _TEXT) + 28
    for shown, fill, meaning in (
        (unknown, UNKNOWN_FILL, without),
        (uncounted, PAPER, outside),
    ):
        if shown:
            parts.append(_box(at, y, fill, STROKE, None))
            parts.append(_words(meaning, at + 24, y))
            at += 24 + text_width(meaning, _TEXT) + 24
    return "".join(parts), at - x


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
