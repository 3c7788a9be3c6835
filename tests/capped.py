"""A block of a test within a cap: of the time of this process alone, and of its memory."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTE = 1024 * 1024


class TooLong(Exception):
    """The block took more of the processor's time than it may."""


@contextmanager
def capped(seconds: float, megabytes: int) -> Iterator[None]:
    """Raise TooLong or MemoryError where the block takes more than *seconds* or *megabytes*.

    The time is that of this process alone; the memory is what it asks for besides what it has.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (_held() + megabytes * _MEGABYTE, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _stop(_number: int, _frame: object) -> None:
    raise TooLong


def _held() -> int:
    """Return how much memory this process has asked for so far (Linux)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
