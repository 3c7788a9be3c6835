"""Steps of several threads that wait for the disk together, on SQLite.

A commit waits until the disk has it, which takes longer than the step itself. While one thread
makes its step others queue up for the only place to write; each goes on in the transaction that
the one before has left open, behind a savepoint of its own, and the last commits for all. Nobody
is told of a step before it is on the disk, and what fails takes nobody else along.

A thread may be interrupted (Ctrl-C) between any two instructions. So who has the turn is the first
of a line, which one instruction changes; whoever is interrupted leaves it on two ways out, of
which one may be interrupted again; and who waits looks whether the first is still at work.

Source: DeWitt et al., Implementation techniques for main memory database systems (1984): group
commit; SQLite documentation, "SAVEPOINT".
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from inspect import currentframe
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from attrs import Factory, define
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tthc_flow.errors import StoreConflict, StoreFault
from tthc_flow.store.prepared import Prepared

if TYPE_CHECKING:
    from types import FrameType

    from sqlalchemy import Connection
    from sqlalchemy import Engine as Database

MOST_TOGETHER: Final = 32
"""So many steps wait for one commit at most."""

LOOK_AGAIN_SECONDS: Final = 0.05
LOOKS: Final = 3
"""A thread that moves on while it is looked at may seem to be gone, but not every time."""

_SAVEPOINT: Final = Prepared(text("SAVEPOINT together"))
_RELEASE: Final = Prepared(text("RELEASE together"))
_BACK: Final = Prepared(text("ROLLBACK TO together"))
_BETWEEN: Final = frozenset({__name__, "contextlib", "tthc_flow.store.database"})


def _driver_of(shared: _Shared) -> Any:  # noqa: ANN401 - the driver's own
    return shared.connection.connection.dbapi_connection


def _not_yet() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


def _caller() -> FrameType | None:
    """Return the frame whose block a transaction is around."""
    frame = currentframe()
    while frame is not None and frame.f_globals.get("__name__") in _BETWEEN:
        frame = frame.f_back
    return frame


@define(eq=False)
class _Shared:
    """A transaction that several threads go on in, one after the other.

    It is *over* once it is certain what became of it, which *error* says: nothing where it is kept.
    """

    connection: Connection
    driver: Any = Factory(_driver_of, takes_self=True)
    members: list[_Visit] = Factory(list)
    committing: bool = False
    over: bool = False
    error: Exception | None = None

    def tell(self) -> None:
        """Wake the members, who wait to hear what became of it."""
        while self.members:
            with suppress(RuntimeError):  # it is awake
                self.members.pop().called.release()

    def is_open(self) -> bool | None:
        """Return whether the driver is in a transaction; ``None`` where it was closed."""
        try:
            return bool(self.driver.in_transaction)
        except self.driver.Error:
            return None


@define(eq=False)
class _Visit:
    """A thread in line or at work; *settled*: what it did is whole, or undone."""

    thread: int = Factory(get_ident)
    frame: FrameType | None = Factory(_caller)
    called: Any = Factory(_not_yet)
    shared: _Shared | None = None
    behind: bool = False
    settled: bool = False

    def is_there(self) -> bool:
        """Return whether the thread is still within the block that it stood in line for."""
        return any(self._is_running() for _ in range(LOOKS))

    def _is_running(self) -> bool:
        at = sys._current_frames().get(self.thread)  # noqa: SLF001 - documented, for such a look
        while at is not None and at is not self.frame:
            at = at.f_back
        return at is not None


@define(eq=False)
class GroupCommit:
    """The one place to write of a database, and who stands in line for it; the first has it.

    Nothing here keeps the database, which would never be forgotten else.
    """

    _line: list[_Visit] = Factory(list)
    _shared: ref[_Shared] | None = None
    _by_hand: tuple[ref[Connection], int] | None = None

    @contextmanager
    def transaction(self, database: Database) -> Iterator[Connection]:
        """Yield a connection that keeps all of what is done or nothing, once the block is left.

        Raises:
            StoreConflict: TF703 where nothing was kept, since another was interrupted.
            StoreFault: TF704 where it is not known whether it was; TF720 where the thread itself
                is within a transaction, and would wait for its own end.
        """
        visit = _Visit()
        try:
            try:
                shared = self._my_turn(visit, database)
                if visit.behind:
                    _SAVEPOINT.changed(shared.connection, {})
                yield shared.connection
                if visit.behind:
                    _RELEASE.changed(shared.connection, {})
                shared.members.append(visit)
                self._settle(visit, shared)
            except Exception:
                self._take_back(visit)
                raise
            finally:
                self._leave(visit)
            while not shared.over:
                if not visit.called.acquire(timeout=LOOK_AGAIN_SECONDS):
                    self._commit_for_nobody(shared)
        finally:
            self._leave(visit)
        if shared.error is not None:
            raise shared.error

    def begun(self, connection: Connection) -> None:
        """Note that this thread has begun to write by *connection*, by whatever way."""
        self._by_hand = ref(connection), get_ident()

    def _my_turn(self, visit: _Visit, database: Database) -> _Shared:
        """Wait for the place to write; return the transaction to go on in."""
        self._must_be_outside(visit)
        self._line.append(visit)
        while (first := self._line[0]) is not visit:
            if not visit.called.acquire(timeout=LOOK_AGAIN_SECONDS) and not first.is_there():
                self._give_on(first)
        shared = None if self._shared is None else self._shared()
        if shared is None or shared.over:
            shared = visit.shared = _Shared(database.connect())
            self._shared = ref(shared)
            shared.connection.begin()
            self._by_hand = None
        visit.behind = bool(shared.members)
        visit.shared = shared
        return shared

    def _must_be_outside(self, visit: _Visit) -> None:
        """Refuse a thread that would wait for itself."""
        within = False
        for each in tuple(self._line):
            if each.thread == visit.thread:
                within = each.is_there()
                if not within:
                    self._give_on(each)
        if self._by_hand is not None and self._by_hand[1] == visit.thread:
            connection = self._by_hand[0]()
            within = within or (connection is not None and connection.in_transaction())
        if within:
            hint = "give it the transaction: connection=…"
            raise StoreFault("TF720", "a call within a transaction of the same thread", hint=hint)

    def _take_back(self, visit: _Visit) -> None:
        """Undo what one member did; where SQLite has undone all, nothing of anybody is kept."""
        shared = visit.shared
        if shared is None or shared.over:
            return
        if visit.behind and shared.is_open():
            _BACK.changed(shared.connection, {})
            _RELEASE.changed(shared.connection, {})
        else:
            self._abandon(shared)
        self._settle(visit, shared)

    def _settle(self, visit: _Visit, shared: _Shared) -> None:
        """Note that the work of *visit* is whole; commit where nobody else stands in line."""
        full = len(shared.members) >= MOST_TOGETHER
        if (len(self._line) == 1 or full) and not shared.over:
            self._commit(shared)
        visit.settled = True

    def _leave(self, visit: _Visit) -> None:
        """Leave the line; done twice it is done once. Nothing stays open that nobody waits for."""
        self._give_on(visit)
        if visit.shared is not None and not visit.shared.over:
            self._commit_for_nobody(visit.shared)

    def _give_on(self, visit: _Visit) -> None:
        """Let the next have the turn of *visit*; undo all where it was left in the middle."""
        if visit in self._line:
            if visit.shared is not None and not visit.settled:
                self._abandon(visit.shared)
            with suppress(ValueError):  # another who waited was faster to see that it is gone
                self._line.remove(visit)
        for first in self._line[:1]:
            with suppress(RuntimeError):  # it was called already
                first.called.release()

    def _commit_for_nobody(self, shared: _Shared) -> None:
        """Commit where whoever stood in line has gone away without having had their turn."""
        for first in self._line[:1]:
            if not first.is_there():
                self._give_on(first)
        if self._line:
            return
        visit = _Visit(shared=shared, settled=True)
        try:
            self._line.append(visit)
            if self._line[0] is visit and not shared.over:
                self._commit(shared)
        finally:
            self._give_on(visit)

    def _commit(self, shared: _Shared) -> None:
        shared.committing = True
        try:
            shared.connection.commit()
        except DBAPIError as error:  # told to every member by its own thread
            shared.error = error
            self._abandon(shared)
        except BaseException as error:
            self._abandon(shared)
            interrupt = error.__context__  # of which SQLAlchemy may make an error of its own
            if interrupt is not None and not isinstance(interrupt, Exception):
                raise interrupt from None
            raise
        else:
            shared.over = True
            shared.tell()
            shared.connection.close()

    def _abandon(self, shared: _Shared) -> None:
        """End *shared* in the middle; what its members are told is what became of it."""
        if not shared.over:
            is_open = shared.is_open()
            if is_open:
                shared.driver.rollback()
            if shared.error is None and (is_open or not shared.committing):
                shared.error = StoreConflict("TF703", "what it was done with was interrupted")
            elif shared.error is None and is_open is None:
                hint = "look at the dossier, then do the step again"
                shared.error = StoreFault("TF704", "the commit was interrupted", hint=hint)
            shared.over = True
        shared.tell()
        if not shared.connection.closed:
            shared.connection.invalidate()
            shared.connection.close()
