"""The free connections of an SQLite file, kept so that an interrupt leaves none of them locked.

SQLAlchemy's own queue is guarded by a lock that is taken and given back in several instructions;
a thread that is interrupted between them leaves it locked for good. Here one instruction takes a
connection out or puts it back.
"""

from __future__ import annotations

from collections import deque
from time import monotonic, sleep
from typing import Any, Final

from sqlalchemy.pool import QueuePool
from sqlalchemy.util.queue import Empty, Full, QueueCommon

LOOK_AGAIN_SECONDS: Final = 0.005


class _Free(QueueCommon[Any]):
    """Connections in the order in which they were given back."""

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:  # noqa: FBT001, FBT002 - SQLAlchemy's
        self.maxsize = maxsize
        self.use_lifo = use_lifo
        self._there: deque[Any] = deque()

    def empty(self) -> bool:
        return not self._there

    def full(self) -> bool:
        return 0 < self.maxsize <= len(self._there)

    def qsize(self) -> int:
        return len(self._there)

    def put_nowait(self, item: Any) -> None:  # noqa: ANN401 - the pool's own
        if self.full():
            raise Full
        self._there.append(item)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002
        self.put_nowait(item)  # the pool closes what has no room, and never waits for it

    def get_nowait(self) -> Any:  # noqa: ANN401
        try:
            return self._there.pop() if self.use_lifo else self._there.popleft()
        except IndexError:
            raise Empty from None

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: ANN401, FBT001, FBT002
        until = monotonic() + (timeout or 0)
        while block and not self._there and (timeout is None or monotonic() < until):
            sleep(LOOK_AGAIN_SECONDS)
        return self.get_nowait()


class FreeConnections(QueuePool):
    """A pool of connections like SQLAlchemy's, which an interrupt at any instruction leaves whole.

    Example:
        >>> from sqlalchemy import create_engine
        >>> create_engine("sqlite:///ho-so.db", poolclass=FreeConnections).pool.checkedout()
        0
    """

    _queue_class = _Free
