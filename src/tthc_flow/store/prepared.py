"""A statement that is compiled once a kind of database, and then only run.

SQLAlchemy works out at each call which statement it has before it, and what to make of its answer,
which costs more than the database's own work where a step of a dossier is half a dozen small
statements. On SQLite, where nothing lies between the program and its file, the statement is given
to the driver directly, unless somebody listens for statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.sql.expression import ClauseElement

_Values: TypeAlias = Mapping[str, Any]
_DIRECT: Final = "tthc_direct"


class Prepared:
    """A statement of SQLAlchemy Core whose values are bound by name.

    Args:
        statement: The statement; its values are ``bindparam``.
        columns: For an INSERT: the columns that are set.

    Example:
        >>> from sqlalchemy import create_engine, literal_column, select, bindparam
        >>> twice = Prepared(select((bindparam("x") * literal_column("2")).label("twice")))
        >>> with create_engine("sqlite://").connect() as connection:
        ...     twice.rows(connection, {"x": 21})
        [{'twice': 42}]
    """

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        """Keep the statement; it is compiled when it is first run."""
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, tuple[str, tuple[str, ...] | None]] = {}

    def rows(self, connection: Connection, values: _Values) -> list[dict[str, Any]]:
        """Run it with *values*; return what it found, by column."""
        text, given = self._for(connection, values)
        if _is_direct(connection):
            cursor = _executed(connection, text, given)
            names = [each[0] for each in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        return [dict(row) for row in connection.exec_driver_sql(text, given).mappings()]

    def changed(self, connection: Connection, values: _Values) -> int:
        """Run it with *values*; return how many rows it changed."""
        text, given = self._for(connection, values)
        if _is_direct(connection):
            return int(_executed(connection, text, given).rowcount)
        return connection.exec_driver_sql(text, given).rowcount

    def run_all(self, connection: Connection, rows: Sequence[_Values]) -> None:
        """Run it once for each of *rows*."""
        for row in rows:
            self.changed(connection, row)

    def _for(self, connection: Connection, values: _Values) -> tuple[str, Any]:
        """Return the statement for the kind of database, and *values* as it takes them."""
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
            order = tuple(compiled.positiontup) if compiled.positional else None
            found = self._compiled[dialect.name] = (str(compiled), order)
        text, order = found
        return text, dict(values) if order is None else tuple([values[name] for name in order])


def begin_directly(connection: Connection, begin: Prepared) -> None:
    """Begin a transaction by *begin*, and note whether statements go to the driver directly.

    They do on SQLite where nobody listens for statements, which is looked up once a transaction.
    """
    listened_for: Any = connection.dispatch
    connection.info[_DIRECT] = not listened_for.before_cursor_execute
    begin.changed(connection, {})


def _is_direct(connection: Connection) -> bool:
    return bool(connection.info.get(_DIRECT))


def _executed(connection: Connection, text: str, given: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """Return the driver's own cursor; what it raises is said as SQLAlchemy says it."""
    driver: Any = connection.connection.dbapi_connection
    try:
        return driver.execute(text, given)
    except driver.Error as error:
        raise DBAPIError.instance(text, given, error, driver.Error) from error
