"""The words of the Word papers, by their code, in ``words.csv``.

The papers are Vietnamese only: the form of an administrative paper is Vietnamese law, and nobody
submits one in another language.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LANG: Final = "vi"
"""The language of the papers, for the words that the whole report shares."""


@cache
def _rows() -> Mapping[str, str]:
    lines = files("tthc_flow.report.word").joinpath("words.csv").read_text(encoding="utf-8")
    return {row["code"]: row["vi"] for row in csv.DictReader(lines.splitlines())}


def say(code: str, /, **values: object) -> str:
    """Return the words of *code*, its ``{places}`` filled with *values* as they are.

    Raises:
        KeyError: no such code, or a place without a value.

    Example:
        >>> say("column-number"), say("province", name="Sơn La")
        ('STT', 'tỉnh Sơn La')

    Source: terms of the annex of QĐ 2816/QĐ-UBND Đồng Nai and of Nghị định 30/2020/NĐ-CP.
    """
    return _rows()[code].format_map(values)


def known(code: str) -> bool:
    """Return whether there are words for *code*.

    Example:
        >>> known("reason-drop_relay"), known("reason-x")
        (True, False)

    Source: a reason is printed where one is written; a new move has none yet.
    """
    return code in _rows()
