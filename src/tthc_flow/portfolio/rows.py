"""The rows of one file: tables by name, each row by the names of its columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tthc_flow.portfolio.columns import PROVINCE, TABLES, columns
from tthc_flow.portfolio.settings import ProvinceFrom, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

Row: TypeAlias = "dict[str, Any]"
Rows: TypeAlias = "dict[str, list[Row]]"
"""By table; each row also has its province, which tells the folder that it is written to."""

_LONGEST: Final = 80
"""A longer text is no name of a province, and would make no name of a folder."""


def no_rows() -> Rows:
    """Return tables without rows.

    Example:
        >>> sorted(no_rows()) == sorted(TABLES)
        True
    """
    return {table: [] for table in TABLES}


def whole(table: str, told: Mapping[str, Any]) -> Row:
    """Return a row with every column of *table*; what is not *told* is unknown.

    Raises:
        KeyError: something is told that is no column.
    """
    unknown = _unknown(table)
    row = {**unknown, **told}
    if len(row) > len(unknown):
        raise KeyError(*(told.keys() - unknown.keys()))
    return row


@cache
def _unknown(table: str) -> Row:
    return dict.fromkeys((*(each.name for each in columns()[table]), PROVINCE))


def failed(key: str, code: str, fact: str, settings: Settings) -> Rows:
    """Return the one row of a file that could not be examined.

    Example:
        >>> row = failed("a.bpmn", "TF204", "file is empty", Settings())["procedures"][0]
        >>> row["key"], row["error"], row["steps"]
        ('a.bpmn', 'TF204', None)
    """
    rows = no_rows()
    told = {"key": key, "file": key, "error": code, "error_fact": fact}
    rows["procedures"].append(
        whole("procedures", {**told, PROVINCE: province(key, None, settings)})
    )
    return rows


def province(key: str, locality: str | None, settings: Settings) -> str | None:
    """Return the province of the file *key*: as told by its procedure, or by its first folder.

    Example:
        >>> province("son-la/a.bpmn", "Sơn La", Settings())
        'Sơn La'
        >>> province("son-la/a.bpmn", None, Settings(province=ProvinceFrom.FOLDER))
        'son-la'
    """
    if settings.province is ProvinceFrom.FOLDER:
        folder, inside, _ = key.partition("/")
        locality = folder if inside else None
    named = " ".join((locality or "").split())
    return named if named and len(named) <= _LONGEST else None
