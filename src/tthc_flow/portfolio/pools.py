"""Who does the work: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import gc
import multiprocessing
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio.extras import distributed

if TYPE_CHECKING:
    from collections.abc import Iterator

AHEAD: Final = 2
"""Jobs a worker has at once: one in hand, one at hand."""

_PATIENCE: Final = "20s"


def process_pool(workers: int) -> Executor:
    """Return a pool of new processes, which share nothing with this one.

    Each begins afresh: a copy of a process with threads (pyarrow has some) may hang.
    """
    return ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=partial(_ready),
    )


def _ready() -> None:
    """Leave Ctrl-C to the process that gives the work, and what is loaded to nobody's collector."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()


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
        raise _no_cluster(address, f"no scheduler answers ({error})") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise _no_cluster(address, "the cluster has no workers")
        yield client.get_executor(), threads


def _no_cluster(address: str, fact: str) -> CannotWrite:
    return CannotWrite(
        "TF627",
        fact,
        place=address,
        hint="start it: dask scheduler, then dask worker ADDRESS --nworkers N --nthreads 1",
    )
