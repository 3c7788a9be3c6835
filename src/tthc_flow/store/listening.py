"""Waiting until something is due, woken early where the database can tell (LISTEN and NOTIFY)."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tthc_flow.errors import StoreFault
from tthc_flow.store.jobs import CHANNEL

if TYPE_CHECKING:
    from sqlalchemy import Engine as Database


def wakes(database: Database) -> bool:
    """Return whether *database* tells waiting workers that something is due.

    Example:
        >>> from sqlalchemy import create_engine
        >>> wakes(create_engine("sqlite://"))
        False
    """
    return (database.dialect.name, database.dialect.driver) == ("postgresql", "psycopg")


class Listening:
    """Waits for so many seconds, or until PostgreSQL or :meth:`wake` says that there is work.

    With SQLite, or with another driver than psycopg, nobody tells: then it only waits. On
    PostgreSQL it keeps one connection of its own, outside of the pool.

    Example:
        >>> from sqlalchemy import create_engine
        >>> listening = Listening(create_engine("sqlite://"))
        >>> listening.wake()
        >>> listening.wait(60)  # returns at once: it was woken
        >>> listening.close()

    Source: PostgreSQL documentation, "LISTEN" and "NOTIFY".
    """

    def __init__(self, database: Database) -> None:
        """Begin without a connection."""
        self._database = database
        self._heard: Any = None  # the driver's connection, which SQLAlchemy does not type
        self._bell, self._rope = socket.socketpair()
        for each in (self._bell, self._rope):
            each.settimeout(0)

    def open(self) -> None:
        """Begin to listen, where that is possible and not done yet.

        What becomes due after this is heard by the next :meth:`wait`, so look for work in between.

        Raises:
            StoreFault: TF704 where the database is not there.
        """
        if self._heard is not None or not wakes(self._database):
            return
        try:
            with ExitStack() as failing:
                here = failing.enter_context(self._database.connect())
                here = here.execution_options(isolation_level="AUTOCOMMIT")
                here.execute(text(f"LISTEN {CHANNEL}"))
                heard = here.connection.driver_connection
                here.detach()
                failing.pop_all()  # it stays open, and is closed when this hangs up
        except DBAPIError as error:
            raise _gone(error.orig) from None
        self._heard = heard

    def wait(self, seconds: float) -> None:
        """Return after so many *seconds*, or as soon as there is work.

        Raises:
            StoreFault: TF704 where the database went away meanwhile; :meth:`open` again then.
        """
        ears = [self._bell] if self._heard is None else [self._bell, self._heard]
        try:
            with DefaultSelector() as selector:
                for each in ears:
                    selector.register(each, EVENT_READ)
                self._take([key.fileobj for key, _ in selector.select(max(0.0, seconds))])
        except self._errors() as error:
            self._hang_up()
            raise _gone(error) from None

    def rest(self, seconds: float) -> None:
        """Wait without listening: the database is gone, and :meth:`open` looks for it again."""
        self._hang_up()
        self.wait(seconds)

    def wake(self) -> None:
        """Let :meth:`wait` return; may be called by any thread and by a signal handler."""
        with suppress(OSError):  # woken so often that it is awake anyway, or closed
            self._rope.send(b"\0")

    def close(self) -> None:
        """Hear no more."""
        self._hang_up()
        self._bell.close()
        self._rope.close()

    def _take(self, heard: list[Any]) -> None:
        """Take what was heard, so that it wakes only once."""
        if self._bell in heard:
            self._bell.recv(4096)
        if self._heard in heard:
            for _ in self._heard.notifies(timeout=0):
                continue

    def _errors(self) -> tuple[type[Exception], ...]:
        dbapi = self._database.dialect.loaded_dbapi
        return (dbapi.Error, OSError)

    def _hang_up(self) -> None:
        heard, self._heard = self._heard, None
        if heard is not None:
            heard.close()


def _gone(why: object) -> StoreFault:
    hint = "look at the database and its disk, then do the step again"
    return StoreFault("TF704", f"the database fails: {why}", hint=hint)
