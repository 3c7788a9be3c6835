"""Opening a database: SQLite by default, with the settings under which nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Connection,
    Row,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy import Engine as Database
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import QueuePool

from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store.free_connections import FreeConnections
from tthc_flow.store.group_commit import GroupCommit
from tthc_flow.store.one_file import watch
from tthc_flow.store.prepared import Prepared, begin_directly
from tthc_flow.store.schema import VERSION, metadata, settings
from tthc_flow.store.upgrade import upgrade

__all__ = ["Connection", "Database", "Row", "opened", "reading", "transaction"]

BUSY_SECONDS: Final = 30

_READS: Final = "tthc_reads"
_BEGIN: Final = {True: Prepared(text("BEGIN")), False: Prepared(text("BEGIN IMMEDIATE"))}
"""How a transaction of SQLite begins that only reads, and one that may write."""
_IS_SCHEMA: Final = settings.c.name == "schema"
_TOGETHER: Final[WeakKeyDictionary[Database, GroupCommit]] = WeakKeyDictionary()
"""Where the threads of this program that write to a file of SQLite stand in line."""

_MAKING_TABLES: Final = 0x74746863  # any number, the same in every program
_FASTER: Final = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: PostgreSQL, Appendix A."""
_TOO_LONG: Final = frozenset({"54000"})
"""A program limit was exceeded, such as the length of what is indexed: PostgreSQL, Appendix A."""


def opened(url: str | Database) -> Database:
    """Return the database of *url* (or *url* itself), its tables made where they are missing.

    SQLite writes ahead (WAL) and waits for the disk at every commit (``synchronous=FULL``); a
    transaction that may write takes the write lock when it begins, so no step is ever computed on
    what another writer is about to change. A database of your own gets these settings too: give
    it before its first connection. SQLite in memory belongs to the thread that opened it.

    Raises:
        StoreFault: TF701 where it cannot be opened, TF702 where a newer program made it.

    Example:
        >>> opened("sqlite://").dialect.name
        'sqlite'

    Source: SQLite documentation, "Write-Ahead Logging" and "PRAGMA synchronous".
    """
    if isinstance(url, Database):
        _prepare(url)
        return url
    try:
        engine = create_engine(url, **_more(url))
    except (ArgumentError, ImportError) as error:  # no URL, or a driver that is not installed
        raise _not_opened(str(error), "write it as sqlite:///ho-so.db") from None
    try:
        _prepare(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _more(url: str) -> dict[str, Any]:
    """Return what an engine of *url* is made with: a file of SQLite has a pool of our own."""
    where = make_url(url)
    dialect: Any = where.get_dialect()
    of_file = dialect.name == "sqlite" and dialect.get_pool_class(where) is QueuePool
    return {"poolclass": FreeConnections} if of_file else {}


def _prepare(database: Database) -> None:
    if database.dialect.name == "sqlite" and not event.contains(database, "begin", _on_begin):
        event.listen(database, "connect", _on_connect)
        event.listen(database, "begin", _on_begin)
        watch(database)
        if isinstance(database.pool, QueuePool):  # a file, whose connections any thread may use
            _TOGETHER[database] = GroupCommit()
    try:
        with database.begin() as connection:
            if database.dialect.name == "postgresql":  # others may open it at the same moment
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MAKING_TABLES})"))
            _bring_up_to_date(connection)
    except DBAPIError as error:
        hint = "check its address, its rights and the disk"
        raise _not_opened(f"{database.url}: {error.orig}", hint) from None


def _not_opened(why: str, hint: str) -> StoreFault:
    return StoreFault("TF701", f"the database cannot be opened: {why}", hint=hint)


@contextmanager
def transaction(database: Database, joined: Connection | None = None) -> Iterator[Connection]:
    """Yield a connection that keeps all of what is done or nothing.

    With *joined* it is a savepoint of the caller's transaction: what fails here leaves the rest of
    that one as it was, and nothing is kept before the caller commits. Threads that write to one
    file of SQLite at the same moment wait for the disk together.

    Raises:
        StoreConflict: TF703 where somebody else wrote the same meanwhile, or where the server went
            away before anything was kept: it may be back, and to begin anew doubles nothing.
        StoreFault: TF704 where the database fails; TF720 where this thread is within a transaction
            that it did not give, on SQLite; TF721 for a text that cannot be kept.
    """
    with _coded():
        if joined is not None:
            with joined.begin_nested():
                yield joined
        elif database in _TOGETHER:
            with _TOGETHER[database].transaction(database) as connection:
                yield connection
        else:
            with database.begin() as connection, _coded(again=True):
                yield connection


@contextmanager
def reading(database: Database, joined: Connection | None = None) -> Iterator[Connection]:
    """Yield a connection to read by: it sees one moment of the database and holds nobody up.

    With *joined* it sees what the caller's transaction sees.

    Raises:
        StoreFault: TF704 where the database fails.
    """
    options: dict[str, Any] = {_READS: True}
    if database.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _coded():
        if joined is not None:
            yield joined
        else:
            with database.connect().execution_options(**options) as here, here.begin():
                yield here


@contextmanager
def _coded(*, again: bool = False) -> Iterator[None]:
    try:
        yield
    except NoConnectionFree as error:
        hint = "do the step again, with fewer threads or a larger pool"
        raise StoreFault("TF704", f"no connection is free: {error}", hint=hint) from None
    except UnicodeEncodeError as error:
        raise _not_kept(str(error)) from None
    except DBAPIError as error:
        why = str(error.orig)
        if isinstance(error, DataError) or getattr(error.orig, "sqlstate", None) in _TOO_LONG:
            raise _not_kept(why) from None
        lost = again and error.connection_invalidated
        faster = getattr(error.orig, "sqlstate", None) in _FASTER
        if isinstance(error, IntegrityError) or faster or lost:
            raise StoreConflict("TF703", why, hint="look at the dossier again and go on") from None
        hint = "look at the database and its disk, then do the step again"
        raise StoreFault("TF704", f"the database fails: {why}", hint=hint) from None


def _not_kept(why: str) -> StoreFault:
    hint = "leave out what is no character, and make it shorter"
    return StoreFault("TF721", f"a text cannot be kept: {why}", hint=hint)


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None  # the begin below is ours, not the driver's
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    reads = _READS in connection.get_execution_options()
    begin_directly(connection, _BEGIN[reads])
    if not reads and connection.engine in _TOGETHER:
        _TOGETHER[connection.engine].begun(connection)


def _bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or bring those of an earlier program forward."""
    found = _version(connection)
    if found is None:
        metadata.create_all(connection)
        connection.execute(insert(settings).values(name="schema", value=str(VERSION)))
    elif found > VERSION:
        raise StoreFault(
            "TF702",
            f"the database has schema {found}, this program knows up to {VERSION}",
            hint="use the newer program that made it",
        )
    elif found < VERSION:
        upgrade(connection, found)
        connection.execute(update(settings).where(_IS_SCHEMA).values(value=str(VERSION)))


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(settings.name):
        return None
    found = connection.scalar(select(settings.c.value).where(_IS_SCHEMA))
    return None if found is None else int(found)
