"""The words of the reports, Vietnamese and English side by side, in ``texts.csv``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES: Final = ("vi", "en")


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """Return every row of ``texts.csv`` by its code."""
    lines = files("tthc_flow.report").joinpath("texts.csv").read_text(encoding="utf-8")
    return {row["code"]: row for row in csv.DictReader(lines.splitlines())}


def text(code: str, lang: str, /, **values: object) -> str:
    """Return the words of *code* in *lang*, with *values* in their places.

    Args:
        code: A code of ``texts.csv``.
        lang: ``vi`` or ``en``.
        values: What fills the ``{place}`` fields; every field must be given.

    Raises:
        KeyError: no such code, language or field.

    Example:
        >>> text("was", "vi", value="3 ngày làm việc")
        'trước: 3 ngày làm việc'

    Source: terms of the published annexes (Phần I, Phần II) and of TT 02/2017/TT-VPCP.
    """
    return rows()[code][lang].format_map(values)
