"""The columns of the tables, which are the published contract: name, type, unit, meaning."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from tthc_flow.portfolio.extras import arrow

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: Final = ("procedures", "candidates", "findings", "documents", "inspections")
PROVINCE: Final = "province"
"""The column that is in the names of the folders and not in the files (Hive partitioning)."""

SQL_TYPES: Final = {
    "text": "VARCHAR",
    "count": "INTEGER",
    "number": "DOUBLE",
    "truth": "BOOLEAN",
    "texts": "VARCHAR[]",
    "hashes": "UINTEGER[]",
}


@frozen(kw_only=True)
class Column:
    """A column: its name, type (a key of ``SQL_TYPES``), unit and meaning in both languages."""

    name: str
    type: str
    unit_vi: str
    unit_en: str
    vi: str
    en: str


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of each table in their order.

    Example:
        >>> [column.name for column in columns()["documents"]]
        ['key', 'name', 'name_key', 'known_in', 'copies', 'original']
    """
    text = resources.files(__package__).joinpath("columns.csv").read_text(encoding="utf-8")
    found: dict[str, list[Column]] = {table: [] for table in TABLES}
    for row in csv.DictReader(text.splitlines()):
        table, _, name = row.pop("code").partition(".")
        found[table].append(Column(name=name, **row))
    return {table: tuple(each) for table, each in found.items()}


def arrow_schema(table: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the columns of *table* as pyarrow's schema."""
    kinds, _ = arrow()
    types = {
        "text": kinds.string(),
        "count": kinds.int32(),
        "number": kinds.float64(),
        "truth": kinds.bool_(),
        "texts": kinds.list_(kinds.string()),
        "hashes": kinds.list_(kinds.uint32()),
    }
    return kinds.schema([(each.name, types[each.type]) for each in columns()[table]])
