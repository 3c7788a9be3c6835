"""Steps of several threads that wait for the disk together, on SQLite.

A commit waits until the disk has it, which takes longer than the step itself. While one thread
makes its step others queue up for the only place to write; each goes on in the transaction that
the one before has left open, behind a savepoint of its own, and the last commits for all. Nobody
is told of a step before it is on the disk, and what fails takes nobody else along.

Source: DeWitt et al., Implementation techniques for main memory database systems (1984): group
commit; SQLite documentation, "SAVEPOINT".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from attrs import Factory, define
from sqlalchemy import text

from tthc_flow.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy import Connection, RootTransaction
    from sqlalchemy import Engine as Database

MOST_TOGETHER: Final = 32
"""So many steps wait for one commit at most."""

LOOK_AGAIN_SECONDS: Final = 0.05

_SAVEPOINT: Final = Prepared(text("SAVEPOINT together"))
_RELEASE: Final = Prepared(text("RELEASE together"))
_BACK: Final = Prepared(text("ROLLBACK TO together"))


@define(eq=False)
class _Shared:
    """A transaction that several threads go on in, one after the other."""

    connection: Connection
    transaction: RootTransaction
    members: int = 0
    ended: Event = Factory(Event)
    error: BaseException | None = None


@define(eq=False)
class GroupCommit:
    """The one place to write of a database, and who stands in line for it."""

    _database: Database
    _line: Lock = Factory(Lock)
    _turn: Lock = Factory(Lock)
    _waiting: int = 0
    _shared: _Shared | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield a connection that keeps all of what is done or nothing, once the block is left."""
        shared = self._my_turn()
        try:
            with self._member(shared):
                yield shared.connection
        finally:
            self._pass_on(shared)
        while not shared.ended.wait(LOOK_AGAIN_SECONDS):
            self._commit_for_nobody(shared)
        if shared.error is not None:
            raise shared.error

    def _my_turn(self) -> _Shared:
        """Wait for the place to write; return the transaction to go on in."""
        with self._line:
            self._waiting += 1
        try:
            self._turn.acquire()
        finally:
            with self._line:
                self._waiting -= 1
        try:
            if self._shared is None:
                connection = self._database.connect()
                try:
                    self._shared = _Shared(connection, connection.begin())
                except BaseException:
                    connection.close()
                    raise
        except BaseException:
            self._turn.release()
            raise
        return self._shared

    @contextmanager
    def _member(self, shared: _Shared) -> Iterator[None]:
        """Let the block be done behind a savepoint, but for the first, which has all to itself."""
        behind = shared.members > 0
        if behind:
            _SAVEPOINT.changed(shared.connection, {})
        try:
            yield
            if behind:
                _RELEASE.changed(shared.connection, {})
        except BaseException as error:
            self._take_back(shared, error, behind=behind)
            raise
        shared.members += 1

    def _take_back(self, shared: _Shared, error: BaseException, *, behind: bool) -> None:
        """Undo what one member did; where SQLite has undone all, all have failed."""
        driver = shared.connection.connection.dbapi_connection
        if behind and getattr(driver, "in_transaction", False):
            _BACK.changed(shared.connection, {})
            _RELEASE.changed(shared.connection, {})
        else:
            self._end(shared, error)

    def _pass_on(self, shared: _Shared) -> None:
        """Give the place on; commit where nobody else stands in line for it."""
        try:
            with self._line:
                last = self._waiting == 0 or shared.members >= MOST_TOGETHER
            if last and not shared.ended.is_set():
                self._commit(shared)
        finally:
            self._turn.release()

    def _commit_for_nobody(self, shared: _Shared) -> None:
        """Commit where whoever stood in line has gone away without having had their turn."""
        if self._turn.acquire(blocking=False):
            try:
                if not shared.ended.is_set():
                    self._commit(shared)
            finally:
                self._turn.release()

    def _commit(self, shared: _Shared) -> None:
        try:
            shared.transaction.commit()
        except BaseException as error:  # noqa: BLE001 - told to every member by its own thread
            self._end(shared, error)
        else:
            self._end(shared, None)

    def _end(self, shared: _Shared, error: BaseException | None) -> None:
        """Close the transaction and tell its members how it ended."""
        self._shared = None
        shared.error = error
        try:
            shared.transaction.close()
            shared.connection.close()
        finally:
            shared.ended.set()
