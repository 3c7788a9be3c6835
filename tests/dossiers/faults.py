"""A database whose program can be stopped, or that fails, between any two of its statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import create_engine

NO_WAITING_FOR_THE_DISK = "-c synchronous_commit=off"  # programs are killed here, not the server


class Fault(Enum):
    """What happens at a point: before a statement, before a commit, or right after one."""

    KILLED = "killed"  # the program is no more; what it had not committed is gone
    FAILS = "fails"  # the driver says that the database fails; the program goes on
    CONFLICT = "conflict"  # the database says that somebody else was faster


class Killed(BaseException):
    """Unwinds a program that is no more; nothing of it reaches the database meanwhile."""


class Faults:
    """Counts the points that a program passes on its database, and stops it at one of them.

    It stands in the driver, below all that the program may do to its statements.
    """

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        how: dict[str, Any] = (
            {"factory": partial(FaultyConnection, self)}
            if self.is_sqlite
            else {"cursor_factory": partial(FaultyCursor, self), "options": NO_WAITING_FOR_THE_DISK}
        )
        self.database = create_engine(url, connect_args=how)
        self._commit: Any = self.database.dialect.do_commit
        self.database.dialect.do_commit = self._at_commit  # type: ignore[method-assign]
        self._rollback: Any = self.database.dialect.do_rollback
        self.database.dialect.do_rollback = self._at_rollback  # type: ignore[method-assign]
        self._dead: Any = None
        self.disarm()

    def arm(self, at: int, fault: Fault) -> None:
        """Let *fault* happen at the point number *at*, from 1; at 0 it never does."""
        if self._dead is not None:  # as the system does for a program that is no more
            self._dead.close()
            self.database.dispose()
        self._at, self._fault, self._dead = at, fault, None
        self.commits = self.passed = 0
        self.statements: list[str] = []
        self.given: list[Any] = []
        self.reached = self._wrote = False

    def disarm(self) -> None:
        self.arm(0, Fault.FAILS)

    def survived(self, act: Callable[[], object]) -> bool:
        """Do *act*; return whether the program survived it."""
        try:
            act()
        except BaseException:  # whatever the unwinding made of it
            if self._dead is None:
                raise
        return self._dead is None

    def before(self, connection: Any, statement: str, *given: Any) -> None:
        """Pass the point before *statement*; what only reads has no conflict with anybody."""
        self.statements.append(statement)
        self.given.append(given)
        writes = (
            not statement.startswith(("SELECT", "BEGIN", "PRAGMA")) or "FOR UPDATE" in statement
        )
        self._wrote |= writes
        if writes or self._fault is not Fault.CONFLICT:
            self._point(connection)

    def _at_commit(self, connection: Any) -> None:
        driver = connection.dbapi_connection  # the pool lends it out under a name of its own
        if self._wrote or self._fault is not Fault.CONFLICT:
            self._point(driver)
        self._commit(connection)
        self.commits += 1
        self._wrote = False
        if self._fault is not Fault.CONFLICT:
            self._point(driver, after=True)

    def _at_rollback(self, connection: Any) -> None:
        if self._dead is None:
            self._rollback(connection)

    def _point(self, connection: Any, *, after: bool = False) -> None:
        if self._dead is not None:
            raise Killed
        self.passed += 1
        if self.passed != self._at:
            return
        self.reached = True
        if self._fault is Fault.KILLED:
            self._dead = connection
            raise Killed
        if after and not self.is_sqlite:
            connection.close()  # the answer to the commit is lost
        raise self._error()

    def _error(self) -> Exception:
        match self.is_sqlite, self._fault:
            case True, Fault.CONFLICT:
                return sqlite3.IntegrityError("UNIQUE constraint failed")
            case True, _:
                return sqlite3.OperationalError("disk I/O error")
            case False, Fault.CONFLICT:
                return psycopg.errors.DeadlockDetected("deadlock detected")
            case _:
                return psycopg.errors.DiskFull("could not extend file")


class FaultyConnection(sqlite3.Connection):
    """A connection to SQLite, each statement of which is a point."""

    def __init__(self, faults: Faults, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.faults = faults

    def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
        """Run *statement*, past its point."""
        self.faults.before(self, statement, *given)
        return super().execute(statement, *given)

    def cursor(self, *_given: Any) -> sqlite3.Cursor:  # type: ignore[override]
        """Return a cursor, each statement of which is a point."""
        return super().cursor(FaultySqliteCursor)


class FaultySqliteCursor(sqlite3.Cursor):
    """A cursor of SQLite, each statement of which is a point."""

    def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
        """Run *statement*, past its point."""
        self.connection.faults.before(self.connection, statement, *given)  # type: ignore[attr-defined]
        return super().execute(statement, *given)


class FaultyCursor(psycopg.Cursor[Any]):
    """A cursor of PostgreSQL, each statement of which is a point."""

    def __init__(self, faults: Faults, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.faults = faults

    def execute(self, query: Any, *given: Any, **named: Any) -> Any:
        """Run *query*, past its point."""
        self.faults.before(self.connection, str(query), *given)
        return super().execute(query, *given, **named)
