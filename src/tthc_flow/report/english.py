"""The fixed Vietnamese words inside a finding or a change, in English.

Times, levels and kinds of element come from below as Vietnamese words; names of steps and offices
are the user's own. A value is put into English only where the whole of it is ours, so that no name
is ever touched.

Source: ``fragments.csv``, the words of ``measures.wording`` beside their English.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNITS: Final = {
    "ngày làm việc": "working days",
    "giờ làm việc": "working hours",
    "ngày theo lịch": "calendar days",
    "ngày": "days",
    "giờ": "hours",
    "đồng": "đồng",
}
_LENGTH: Final = re.compile(rf"([\d.,−-]+) ({'|'.join(_UNITS)})")
_ELEMENT: Final = re.compile(
    r"(tới )?([^“”]+?)( [^\s“”]*\d[^\s“”]*)?( sau)? (“.*”(?: \(.*\))?)", re.DOTALL
)
_COUNT: Final = re.compile(r"\d+")
_WAY: Final = "” → "
_LISTS: Final = ((" hoặc ", " or "), ("; ", "; "), (", ", ", "))
_WORKED_OUT: Final = re.compile(r"[\d.,()]+( [×:−] [\d.,()/]+)+")
"""Figures with what is done to them."""
_POINTS: Final = str.maketrans(".,", ",.")


@cache
def _fragments() -> Mapping[str, str]:
    lines = files("tthc_flow.report").joinpath("fragments.csv").read_text(encoding="utf-8")
    return {row["vi"]: row["en"] for row in csv.DictReader(lines.splitlines())}


def english(value: str) -> str:
    """Return *value* in English where all of it is a fixed phrase; else as it is.

    Example:
        >>> english("0,75 ngày làm việc"), english("cấp tỉnh hoặc cấp xã")
        ('0.75 working days', 'province or commune')
        >>> english("điểm rẽ nhánh sau “Ký duyệt”"), english("Sở Công Thương")
        ('decision after “Ký duyệt”', 'Sở Công Thương')
        >>> english("“Ký duyệt” → điểm rẽ nhánh sau “Ký duyệt”")
        '“Ký duyệt” → decision after “Ký duyệt”'
    """
    known = _fragments()
    if value in known:
        return known[value]
    if _WAY in value:  # from one element to the next, each ending in a name
        return _WAY.join(english(f"{each}”")[:-1] for each in value.split(_WAY)[:-1]) + (
            _WAY + english(value.rpartition(_WAY)[2])
        )
    counts = _COUNT.findall(value)
    if len(counts) == 1 and (counted := known.get(_COUNT.sub("#", value))):
        return counted.replace("#", counts[0])
    if length := _LENGTH.fullmatch(value):
        return f"{length[1].translate(_POINTS)} {_UNITS[length[2]]}"
    if (element := _ELEMENT.fullmatch(value)) and element[2] in known:
        to, kind, number, after, name = element.groups()
        return f"{'to ' if to else ''}{known[kind]}{number or ''}{' after' if after else ''} {name}"
    if _WORKED_OUT.fullmatch(value):
        return value.translate(_POINTS)
    for mark, instead in _LISTS:
        parts = value.split(mark)
        if len(parts) > 1:
            told = [english(part) for part in parts]
            if all(a != b for a, b in zip(parts, told, strict=True)):
                return instead.join(told)
    return value
