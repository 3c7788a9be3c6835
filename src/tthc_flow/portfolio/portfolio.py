"""Run a whole portfolio: cut into shards, what is done left alone, the rest done, all recorded."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.portfolio.extras import arrow
from tthc_flow.portfolio.ledger import alone, clear, finished, sweep, totals
from tthc_flow.portfolio.place import Place, told_in_codes, write_record
from tthc_flow.portfolio.pools import AHEAD
from tthc_flow.portfolio.running import Crew, Run
from tthc_flow.portfolio.settings import FORMAT, Settings
from tthc_flow.portfolio.shards import shards, size_for
from tthc_flow.portfolio.work import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tthc_flow.portfolio.item import Source
    from tthc_flow.portfolio.work import Examine

RUNNING: Final = "running"
COMPLETE: Final = "complete"


@frozen(kw_only=True)
class Outcome:
    """What a run came to.

    *files* of the source were examined, *kept* of them by an earlier run; *stale* shards of an
    earlier run were taken away, as their files or the settings had changed. *rows* by table.
    """

    place: Path
    files: int
    kept: int
    stale: int
    rows: dict[str, int]


@frozen(kw_only=True)
class Workers:
    """Who does the work: an executor, or what makes one, and how many work at a time."""

    executor: Executor | Callable[[], Executor]
    count: int

    def crew(self) -> Crew:
        """Return them, ready."""
        at_once = AHEAD * self.count
        if isinstance(self.executor, Executor):
            return Crew(executor=self.executor, at_once=at_once)
        return Crew(executor=self.executor(), at_once=at_once, made=self.executor)


def run_source(
    source: Source,
    out: Path,
    examine: Examine,
    workers: Workers,
    settings: Settings,
    progress: Callable[[int, int], None] = lambda done, count: None,  # noqa: ARG005
) -> Outcome:
    """Examine every file of *source* and keep the rows under *out*.

    Args:
        source: The files.
        out: The folder of the tables; what an earlier run finished there is not done again.
        examine: What gives the rows of a file, a function of a module.
        workers: Who does it.
        settings: What is asked of every file.
        progress: Called with the files done and all files, in the thread of the caller.

    Raises:
        CannotWrite: TF601, TF621 and TF622 as :meth:`Run.finish`; TF623 and TF625 where *out* is
            not ours to write; TF624 where the extra ``portfolio`` is not installed.

    Source: resumable by content: a shard is named after what goes in.
    """
    arrow()
    place, size = Place(out), size_for(source.count)
    record = {"format": FORMAT, "source": source.place, "settings": settings.record()}
    with alone(place):
        wanted = {each.key: len(each.items) for each in shards(source.items(), size, settings)}
        with told_in_codes(out):
            there = finished(place, settings.time_limit)
            stale = sweep(place, wanted, there)
            done = there.keys() & wanted.keys()
            write_record(place.record, {**record, "state": RUNNING})
        kept = sum(wanted[each] for each in done)
        counted = _Counted(progress, kept, sum(wanted.values()))
        counted(0)
        if len(done) < len(wanted):
            left = (each for each in shards(source.items(), size, settings) if each.key not in done)
            jobs = (
                Job(shard=each, settings=settings, out=str(out), examine=examine) for each in left
            )
            _finish(workers, jobs, counted)
        with told_in_codes(out):
            clear(place)
            rows = totals(place)
            write_record(place.record, {**record, "state": COMPLETE, "totals": rows})
    return Outcome(place=out, files=rows.pop("files"), kept=kept, stale=stale, rows=rows)


def _finish(workers: Workers, jobs: Iterator[Job], told: Callable[[int], None]) -> None:
    crew = workers.crew()
    try:
        Run(crew=crew, jobs=jobs, told=told).finish()
    finally:
        crew.close()


class _Counted:
    """Add up what is done and tell it."""

    def __init__(self, progress: Callable[[int, int], None], done: int, count: int) -> None:
        self.progress, self.done, self.count = progress, done, count

    def __call__(self, more: int) -> None:
        self.done += more
        self.progress(self.done, self.count)
