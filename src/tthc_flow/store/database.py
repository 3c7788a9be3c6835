"""Opening a database: SQLite by default, with the settings under which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Row, create_engine, event, insert, select
from sqlalchemy import Engine as Database
from sqlalchemy.exc import DBAPIError

from tthc_flow.errors import StoreFault
from tthc_flow.store.schema import VERSION, metadata, settings

__all__ = ["Connection", "Database", "Row", "opened", "snapshot", "transaction"]

BUSY_SECONDS: Final = 30


def opened(url: str | Database) -> Database:
    """Return the database of *url* (or *url* itself), its tables made where they are missing.

    SQLite writes ahead (WAL) and waits for the disk at every commit (``synchronous=FULL``); a
    transaction takes the write lock when it begins, so no step is ever computed on what another
    writer is about to change.

    Raises:
        StoreFault: TF701 where it cannot be opened, TF702 where a newer program made it.

    Example:
        >>> opened("sqlite://").dialect.name
        'sqlite'

    Source: SQLite documentation, "Write-Ahead Logging" and "PRAGMA synchronous".
    """
    engine = url if isinstance(url, Database) else create_engine(url)
    if engine.dialect.name == "sqlite" and not isinstance(url, Database):
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    try:
        metadata.create_all(engine)
        with engine.begin() as connection:
            _check_version(connection)
    except DBAPIError as error:
        raise StoreFault(
            "TF701",
            f"the database cannot be opened: {error.orig}",
            place=str(engine.url),
            hint="check its address, its rights and the disk",
        ) from None
    return engine


@contextmanager
def transaction(engine: Database, joined: Connection | None = None) -> Iterator[Connection]:
    """Yield a connection in a transaction: the caller's *joined*, or one that commits here."""
    if joined is not None:
        yield joined
        return
    with engine.begin() as connection:
        yield connection


@contextmanager
def snapshot(engine: Database) -> Iterator[Connection]:
    """Yield a connection that sees one moment of the database, whatever others write meanwhile."""
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else None
    options = {"isolation_level": level} if level else {}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # the begin below is ours, not the driver's
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_version(connection: Connection) -> None:
    found = connection.scalar(select(settings.c.value).where(settings.c.name == "schema"))
    if found is None:
        connection.execute(insert(settings).values(name="schema", value=str(VERSION)))
    elif int(found) > VERSION:
        raise StoreFault(
            "TF702",
            f"the database has schema {found}, this program knows up to {VERSION}",
            hint="use the newer program that made it",
        )
