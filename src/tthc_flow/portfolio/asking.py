"""Ask the tables in SQL: DuckDB reads the Parquet where it stands, and nothing else."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.columns import PROVINCE, SQL_TYPES, TABLES, columns
from tthc_flow.portfolio.extras import duckdb
from tthc_flow.portfolio.place import Place, read_record
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence


@frozen(kw_only=True)
class Answer:
    """What a question gave: the names of its columns, and the rows in the order asked for."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@contextmanager
def opened(out: str | os.PathLike[str]) -> Iterator[Any]:
    """Give a DuckDB connection on which each table of *out* is a view of its name.

    It can read the Parquet files of *out* and no other file.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.
        CannotWrite: TF624 where the extra ``portfolio`` is not installed.
    """
    place = Place(Path(out).resolve())
    read_record(place)
    connection = duckdb().connect()
    try:
        for table in TABLES:
            connection.execute(_view(place, table))
        folders = ", ".join(_quoted(each) for each in {str(place.root), _plain(place.root)})
        connection.execute(f"SET allowed_directories = [{folders}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def ask(out: str | os.PathLike[str], question: str) -> Answer:
    """Return the answer to one SELECT about the tables of *out*.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio, TF258 where the question is no SELECT
            that DuckDB understands.
    """
    engine = duckdb()
    with opened(out) as connection:
        try:
            asked = connection.extract_statements(question)
            if [each.type for each in asked] != [engine.StatementType.SELECT]:
                raise _not_understood(**fact_words("portfolio-fact-select"))
            return answered(connection, question)
        except engine.Error as error:
            raise _not_understood(str(error)) from error


def answered(connection: Any, question: str, values: Sequence[Any] = ()) -> Answer:  # noqa: ANN401 - duckdb's own
    """Return the answer to a question of ours."""
    found = connection.execute(question, list(values))
    names = tuple(each[0] for each in found.description)
    return Answer(columns=names, rows=tuple(found.fetchall()))


def _view(place: Place, table: str) -> str:
    """Return what makes a view of the parts of *table*; of none, an empty one."""
    folder = place.root / table
    if not any(folder.glob("*/*.parquet")):
        names = [f'NULL::{SQL_TYPES[each.type]} AS "{each.name}"' for each in columns()[table]]
        empty = ", ".join([*names, f"NULL::VARCHAR AS {PROVINCE}"])
        return f"CREATE VIEW {table} AS SELECT {empty} WHERE false"
    parts = _quoted(f"{_plain(folder)}/*/*.parquet")
    return (
        f"CREATE VIEW {table} AS SELECT * FROM read_parquet({parts}, "  # noqa: S608 - quoted
        f"hive_partitioning = true, hive_types = {{'{PROVINCE}': VARCHAR}})"
    )


def _plain(path: Path) -> str:
    """Return *path* so that none of its letters stands for others."""
    return "".join(f"[{each}]" if each in "[]*?" else each for each in str(path))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _not_understood(fact: str, fact_vi: str | None = None) -> UnreadableInput:
    return UnreadableInput(
        "TF258",
        fact,
        fact_vi=fact_vi,
        hint=f"write one SELECT on {', '.join(TABLES)}",
        choices=TABLES,
    )
