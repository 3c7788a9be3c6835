"""What staff read: the Vietnamese and English text of every finding, by its code.

Each room keeps its texts in ``words/messages/<prefix>.csv``, the prefix being the part of the
code before the first "-". Columns: ``code,vi,en,hint_vi,hint_en``, and ``assumed_vi,assumed_en``
where the room had to take something for granted; ``{place}`` is filled in.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from attrs import frozen

LANGUAGES: Final = ("vi", "en")
UNKNOWN: Final = {"vi": "chưa rõ", "en": "unknown"}


@frozen(kw_only=True)
class Message:
    """The text of a finding, what to do about it, and what was assumed meanwhile (may be empty)."""

    text: str
    hint: str
    assumed: str = ""


class _Values(dict[str, str]):
    """The values of a finding; one that is not known is printed as unknown."""

    def __init__(self, values: Mapping[str, str], lang: str) -> None:
        super().__init__(values)
        self._unknown = UNKNOWN[lang]

    def __missing__(self, name: str) -> str:
        return self._unknown


@cache
def texts(prefix: str) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of ``messages/<prefix>.csv`` by their code; none where there is no file."""
    place = resources.files("tthc_flow.words").joinpath("messages", f"{prefix}.csv")
    if not place.is_file():
        return {}
    lines = place.read_text(encoding="utf-8").splitlines()
    return {row["code"]: row for row in csv.DictReader(lines)}


_TABLE: Final = re.compile(r"^bảng (?=\d+(?:,|$))")
_ROW: Final = re.compile(r", dòng (?=\d+$)")


def place_words(place: str, lang: str) -> str:
    """Return a *place* in a Word or Excel file, as its reader calls it, in *lang*.

    Example:
        >>> place_words("bảng 2, dòng 3", "en"), place_words("bảng 2", "vi")
        ('table 2, row 3', 'bảng 2')

    Source: design of findings as data.
    """
    if lang != "en":
        return place
    return _ROW.sub(", row ", _TABLE.sub("table ", place))


def message(code: str, values: Mapping[str, str] | None = None, lang: str = "vi") -> Message:
    """Return what staff read of *code* in *lang*, its places filled from *values*.

    Args:
        code: The code of a finding, as ``check-time-missing``.
        values: What fills the ``{place}`` fields; a missing one is printed as unknown.
        lang: ``vi`` or ``en``.

    Raises:
        KeyError: no text for that code in its file, or no such language.

    Example:
        >>> message("time-no_unit", {"text": "0,5"}, "en").text
        'time "0,5" has a number but no unit'

    Source: design of findings as data.
    """
    row = texts(code.partition("-")[0])[code]
    told = dict(values or {})
    if "where" in told:
        told["where"] = place_words(told["where"], lang)
    filled = _Values(told, lang)
    return Message(
        text=row[lang].format_map(filled),
        hint=row[f"hint_{lang}"].format_map(filled),
        assumed=row.get(f"assumed_{lang}", "").format_map(filled),
    )
