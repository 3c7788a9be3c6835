"""A statement that is compiled once a kind of database, and then only run.

SQLAlchemy works out at each call which statement it has before it, which costs more than the
database's own work where a step of a dossier is half a dozen small statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult
    from sqlalchemy.sql.expression import ClauseElement


class Prepared:
    """A statement of SQLAlchemy Core whose values are bound by name.

    Args:
        statement: The statement; its values are ``bindparam``.
        columns: For an INSERT or UPDATE: the columns that are set.

    Example:
        >>> from sqlalchemy import create_engine, literal_column, select, bindparam
        >>> twice = Prepared(select(bindparam("x") * literal_column("2")))
        >>> with create_engine("sqlite://").connect() as connection:
        ...     twice.run(connection, {"x": 21}).scalar()
        42
    """

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """Keep the statement; it is compiled when it is first run."""
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it with *values*."""
        text, order = self._for(connection)
        given = dict(values) if order is None else tuple(values[name] for name in order)
        return connection.exec_driver_sql(text, given)

    def run_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each of *rows*."""
        if not rows:
            return
        text, order = self._for(connection)
        if order is None:
            connection.exec_driver_sql(text, [dict(row) for row in rows])
        else:
            connection.exec_driver_sql(text, [tuple(row[name] for name in order) for row in rows])

    def _for(self, connection: Connection) -> tuple[str, tuple[str, ...] | None]:
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
            order = tuple(compiled.positiontup) if compiled.positional else None
            found = self._compiled[dialect.name] = (str(compiled), order)
        return found
