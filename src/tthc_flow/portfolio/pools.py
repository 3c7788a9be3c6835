"""Who does the work: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio.extras import distributed
from tthc_flow.words.fact_words import FactWords, fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess

AHEAD: Final = 2
"""Jobs a worker has at once: one in hand, one at hand."""

NEW_OBJECTS: Final = 50_000
"""After so many the garbage collector looks: every 700, as by itself, costs a twentieth more."""

_PATIENCE: Final = "20s"


def process_pool(workers: int) -> Executor:
    """Return a pool of new processes, which share nothing with this one.

    Each begins afresh: a copy of a process with threads (pyarrow has some) may hang.
    """
    return ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_ready,
    )


def _ready() -> None:
    """Leave Ctrl-C to the process that gives the work, and what is loaded to nobody's collector.

    A process whose giver was killed would wait for work for ever: it ends with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    giver = multiprocessing.parent_process()
    if giver is not None:
        Thread(target=_end_with, args=(giver,), daemon=True).start()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)


def _end_with(giver: BaseProcess) -> None:
    """End this process when *giver* is no more; what it was writing is whole or not there."""
    giver.join()
    os._exit(1)


@contextmanager
def dask_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """Give the executor of the Dask cluster at *address*, and how many workers it has.

    Raises:
        CannotWrite: TF624 where the extra ``dask`` is not installed, TF627 where there is no
            scheduler or it has no workers.
    """
    dask = distributed()
    try:
        client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        fact = fact_words("portfolio-fact-no-scheduler", error=error)
        raise _no_cluster(address, fact) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise _no_cluster(address, fact_words("portfolio-fact-no-workers"))
        yield client.get_executor(), threads


def _no_cluster(address: str, fact: FactWords) -> CannotWrite:
    return CannotWrite(
        "TF627",
        **fact,
        place=address,
        hint="start it: dask scheduler, then dask worker ADDRESS --nworkers N --nthreads 1",
    )
