"""Being asked to stop by the system: SIGTERM of a service manager, SIGINT of a keyboard."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASKING: Final = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call *stop* at the first signal inside this block; a second one does what it did before.

    Signals reach a program's main thread only: in another thread this does nothing.

    Example:
        >>> asked = []
        >>> with stopped_by_signals(lambda: asked.append("stop")):
        ...     signal.raise_signal(signal.SIGTERM)
        >>> asked
        ['stop']
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.getsignal(each) or signal.SIG_DFL for each in ASKING}

    def put_back() -> None:
        for each, handler in before.items():
            signal.signal(each, handler)

    def asked(_number: int, _frame: object) -> None:
        put_back()
        stop()

    for each in ASKING:
        signal.signal(each, asked)
    try:
        yield
    finally:
        put_back()
