"""Examine thousands of procedures at once, keep what is found as tables, and ask them."""

from __future__ import annotations

from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.model.plan import Targets
from tthc_flow.portfolio.asking import Answer, ask
from tthc_flow.portfolio.examine import examined
from tthc_flow.portfolio.lighter import Compared, lighter
from tthc_flow.portfolio.place import Place, read_record
from tthc_flow.portfolio.pools import dask_executor, process_pool
from tthc_flow.portfolio.portfolio import COMPLETE, Outcome, Workers, run_source
from tthc_flow.portfolio.progress import By, Coverage, Progress, coverage, internal, progress
from tthc_flow.portfolio.settings import TIME_LIMIT, ProvinceFrom, Settings
from tthc_flow.portfolio.shared import asked_again, inspected_again
from tthc_flow.portfolio.sources import opened_source
from tthc_flow.portfolio.twins import twins
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import chosen
from tthc_flow.verbs.seen_together import SeenTogether

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from tthc_flow.portfolio.item import Item
    from tthc_flow.portfolio.rows import Rows
    from tthc_flow.units import Convention

__all__ = [
    "Answer",
    "By",
    "Outcome",
    "ProgressMade",
    "ProvinceFrom",
    "SeenTogether",
    "ask",
    "examine",
    "is_complete",
    "portfolio_progress",
    "portfolio_twins",
    "run_portfolio",
    "run_portfolio_on_dask",
]


def run_portfolio(  # noqa: PLR0913 - keyword-only settings
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    workers: int = 1,
    executor: Executor | Callable[[], Executor] | None = None,
    targets: Targets | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    province: ProvinceFrom = ProvinceFrom.FACT,
    potential: bool = False,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] = lambda done, count: None,  # noqa: ARG005
) -> Outcome:
    r"""Check, measure and plan every procedure of *source*; keep the rows as Parquet under *out*.

    Called again it goes on where it stopped, does anew what changed, and leaves the rest alone. A
    file that cannot be examined is a row with its error code.

    Args:
        source: A folder with BPMN files (answers beside them count), an archive of one (zip,
            tar, tar.gz), or a Parquet table with the columns ``key`` and ``bpmn``.
        out: The folder of the tables; an empty one, or that of an earlier run.
        workers: How many work at a time.
        executor: Who does the work: an executor, which the caller closes, or a function that
            makes one, which is called again where workers are lost. Else processes of this
            machine; a script that starts them needs ``if __name__ == "__main__":``.
        targets: The cuts asked of each plan.
        convention: The rule that turns printed units into working minutes.
        province: Whether the fact ``locality`` of a procedure or its first folder in the source
            tells the province.
        potential: Work out as well what candidates that do not pass would save; an eighth slower.
        time_limit: How many seconds one file may take. What takes longer is a row with TF629, and
            is tried anew by a run that allows more. It needs workers that are processes.
        progress: Called with the number of files done and of all files.

    Raises:
        UnreadableInput: TF201, TF233, TF252-TF256 and TF259 where *source* cannot be read.
        BadQuantity: TF102 for fewer than one worker, or no time at all.
        CannotWrite: TF601, TF621-TF625 where *out* cannot be written or the workers cannot work.

    Example:
        >>> import tempfile
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky duyet"/><endEvent id="e"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="e"/></process></definitions>'''
        >>> with tempfile.TemporaryDirectory() as where, ThreadPoolExecutor(1) as threads:
        ...     _ = Path(where, "a.bpmn").write_bytes(text)
        ...     found = run_portfolio(where, f"{where}/out", executor=threads)
        ...     ask(f"{where}/out", "SELECT key, steps FROM procedures").rows
        (('a.bpmn', 1),)

    Source: docs/how-to/portfolio.md, which says what each column holds.
    """
    if workers < 1:
        raise BadQuantity.negative("workers", workers)
    if not time_limit > 0:
        raise BadQuantity.negative("time_limit", time_limit)
    settings = Settings(
        convention=chosen(convention),
        targets=targets or Targets(),
        province=province,
        potential=potential,
        time_limit=time_limit,
    )
    who = Workers(
        executor=partial(process_pool, workers) if executor is None else executor, count=workers
    )
    with opened_source(source) as files:
        return run_source(files, Path(out), examine, who, settings, progress)


def run_portfolio_on_dask(  # noqa: PLR0913 - keyword-only settings
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    address: str,
    *,
    targets: Targets | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    province: ProvinceFrom = ProvinceFrom.FACT,
    potential: bool = False,
    time_limit: float = TIME_LIMIT,
    progress: Callable[[int, int], None] = lambda done, count: None,  # noqa: ARG005
) -> Outcome:
    """Do as :func:`run_portfolio` does on a Dask cluster, whose workers all see *out*.

    Args:
        source: As there; only this machine reads it.
        out: As there; an absolute path that is the same on every machine.
        address: Of the scheduler, as ``tcp://10.0.0.1:8786``.
        targets: As there.
        convention: As there.
        province: As there.
        potential: As there.
        time_limit: As there; it needs workers with their nanny, as Dask starts them by itself.
        progress: As there.

    Raises:
        CannotWrite: TF627 where the cluster cannot be reached; else as there.

    Example:
        >>> run_portfolio_on_dask("quy-trinh", "/srv/ket-qua", "tcp://10.0.0.1:8786")
        ... # doctest: +SKIP

    Source: docs/how-to/portfolio.md.
    """
    with dask_executor(address) as (executor, count):
        return run_portfolio(
            source,
            Path(out).resolve(),
            workers=count,
            executor=executor,
            targets=targets,
            convention=convention,
            province=province,
            potential=potential,
            time_limit=time_limit,
            progress=progress,
        )


def examine(item: Item, settings: Settings) -> Rows:
    """Return the rows of one file with its answers.

    Example:
        >>> from tthc_flow.portfolio.item import Item
        >>> flow = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> examine(Item(key="a", data=flow), Settings())["procedures"][0]["steps"]
        1
    """
    return examined(item.key, answered(item.data, item.answers), settings)


@frozen(kw_only=True)
class ProgressMade:
    """The figures of each group against the targets, and how far its procedures are.

    *internal* procedures are in none of them, as their targets are others.
    """

    figures: tuple[Progress, ...]
    coverage: tuple[Coverage, ...]
    internal: int


def portfolio_twins(
    out: str | os.PathLike[str],
    *,
    source: str | os.PathLike[str] | None = None,
    most: int = 20,
) -> SeenTogether:
    """Return what is the same, or nearly, over agencies and provinces, and who does it lighter.

    Args:
        out: The folder of a portfolio.
        source: What it was made of; with it the differences are told step by step, and what of it
            is not there any more.
        most: For how many groups they are told.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio, TF260 where *source* has nothing of
            it; as :func:`run_portfolio` for *source*.

    Example:
        >>> import tempfile
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> with tempfile.TemporaryDirectory() as where, ThreadPoolExecutor(1) as threads:
        ...     _ = run_portfolio("processes/bao-chi-xuat-ban", where, executor=threads)
        ...     found = portfolio_twins(where)
        >>> [(group.why.value, len(group.members)) for group in found.groups][0]
        ('code', 5)

    Source: plan 949/KH-UBND III.1.2(b), III.1.3(i) and III.3.1.
    """
    groups, told = twins(out), Compared()
    if source is not None:
        with opened_source(source) as files:
            told = lighter(groups[:most], files)
    rest = ((),) * (len(groups) - len(told.lighter))
    return SeenTogether(
        groups=groups,
        lighter=(*told.lighter, *rest),
        absent=told.absent,
        asked=asked_again(out),
        inspected=inspected_again(out),
    )


def portfolio_progress(out: str | os.PathLike[str], *, by: By = By.ALL) -> ProgressMade:
    """Return how far a portfolio is against the targets, by three named aggregates.

    Args:
        out: The folder of a portfolio.
        by: What the procedures are grouped by.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.

    Example:
        >>> import tempfile
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> with tempfile.TemporaryDirectory() as where, ThreadPoolExecutor(1) as threads:
        ...     _ = run_portfolio("processes/bao-chi-xuat-ban", where, executor=threads)
        ...     found = portfolio_progress(where)
        >>> found.coverage[0].procedures, found.figures[0].known
        (5, 5)

    Source: see :mod:`tthc_flow.portfolio.progress`.
    """
    return ProgressMade(
        figures=progress(out, by), coverage=coverage(out, by), internal=internal(out)
    )


def is_complete(out: str | os.PathLike[str]) -> bool:
    """Return whether the last run over *out* came to its end.

    Raises:
        UnreadableInput: TF257 where *out* is no portfolio.
    """
    return bool(read_record(Place(Path(out)))["state"] == COMPLETE)
