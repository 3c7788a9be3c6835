"""A clock beside a worker: it ends the process that stays at one file for too long.

Whoever gives the work then gives it to another process, which reads in the notes of the lost one
which file it was. The clock is the one of ``faulthandler``: it needs no interpreter, so it also
ends what holds that.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import platform
from contextlib import contextmanager, suppress
from threading import TIMEOUT_MAX, Lock, get_ident
from time import monotonic
from typing import IO, TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tthc_flow.portfolio.place import Place

ENDED: Final = "Timeout"
"""What ``faulthandler`` writes behind the number of the file."""

_DIGITS: Final = 6
_LATER: Final = 1.0
"""Seconds, at most, that the clock rings late: winding it up for every file takes time as well."""

_lock: Final = Lock()
_until: Final[dict[int, tuple[float, IO[str]]]] = {}
"""By thread, when its time is over and where that is told: a process has one clock."""

_wound: Final[list[tuple[float, IO[str]]]] = []
"""When the clock rings, and where it tells so: nothing where it is still."""


@frozen(kw_only=True)
class Noted:
    """What lost workers of a shard left word of: the file the last one was at, and the *late*."""

    at: int | None = None
    late: frozenset[int] = frozenset()


def this_process() -> str:
    """Return a name that no other process at work has."""
    return f"{platform.node()}-{os.getpid()}"


def notes(place: Place, shard: str) -> list[Path]:
    """Return the notes of a *shard*, one of each process that was at it."""
    return list(place.work.glob(f"{shard}.*.at"))


def read_notes(place: Place, shard: str) -> Noted:
    """Return what the notes of *shard* say, where nobody is at it any more.

    Example:
        >>> from pathlib import Path
        >>> from tthc_flow.portfolio.place import Place
        >>> read_notes(Place(Path("no-such-folder")), "0a")
        Noted(at=None, late=frozenset())
    """
    found: list[tuple[int, int, bool]] = []
    for path in notes(place, shard):
        with suppress(OSError, ValueError):  # another worker may have done the shard meanwhile
            text = path.read_text(encoding="utf-8", errors="replace")
            ended = text[_DIGITS:].startswith(ENDED)
            found.append((path.stat().st_mtime_ns, int(text[:_DIGITS]), ended))
    last = max(found, default=None)
    return Noted(
        at=None if last is None else last[1],
        late=frozenset(number for _, number, ended in found if ended),
    )


@contextmanager
def watched(place: Place, shard: str, limit: float, giver: str) -> Iterator[Callable[[int], None]]:
    """Give what is called with the number of a file when its work begins.

    Args:
        place: Where the notes lie.
        shard: What is worked at.
        limit: How many seconds a file may take; this process is ended by a second later.
        giver: The process that gives the work: it is never ended, and none that nobody watches.
    """
    path = place.work / f"{shard}.{this_process()}-{get_ident()}.at"
    ends = multiprocessing.parent_process() is not None and giver != this_process()
    with path.open("w", encoding="ascii") as note:

        def begin(number: int) -> None:
            note.seek(0)
            note.write(f"{number:0{_DIGITS}}")
            note.flush()
            if ends:
                _set((monotonic() + limit, note), min(_LATER, limit / 10))

        try:
            yield begin
        finally:
            if ends:
                _set(None)


def _set(own: tuple[float, IO[str]] | None, later: float = 0.0) -> None:
    """Let the clock ring for the thread of this process whose time is over first.

    It is wound up anew where it would ring before that, or tell it in another place.
    """
    with _lock:
        if own is None:
            _until.pop(get_ident(), None)
        else:
            _until[get_ident()] = own
        first = min(_until.values(), key=lambda each: each[0], default=None)
        if first is None:
            faulthandler.cancel_dump_traceback_later()
            _wound.clear()
        elif not (_wound and _wound[0][0] >= first[0] and _wound[0][1] is first[1]):
            rings = first[0] + later
            left = min(max(rings - monotonic(), 0.001), TIMEOUT_MAX)
            faulthandler.dump_traceback_later(left, exit=True, file=first[1])
            _wound[:] = [(rings, first[1])]
