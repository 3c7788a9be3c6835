"""Give jobs to an executor until all are done, also where it loses workers.

A job whose worker was lost is done again; after a second loss alone, so that it is known which
file the worker was at. A file at which it is lost twice so becomes a row that says so. Where a
worker was ended for staying at a file too long, that is known already: nobody else is blamed.
"""

from __future__ import annotations

from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, evolve, field

from tthc_flow.errors import CannotWrite, TthcFlowError
from tthc_flow.portfolio.place import Place
from tthc_flow.portfolio.watch import Noted, read_notes
from tthc_flow.portfolio.work import Job, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Loss: TypeAlias = tuple[Job, BaseException]

TOGETHER: Final = 2
"""How often a job may be lost among others before it is done alone."""

MOST_LOSSES: Final = 2
"""How often a worker may be lost at one file, or without saying where, when it works alone."""

PATIENCE: Final = 12
"""How often a job may be lost, whatever it was at, before nobody tries again."""


@define
class Crew:
    """The executor, how many jobs it is given at once, and what gives another if it is lost.

    *made* is ``None`` where the executor is the caller's own, who also closes it.
    """

    executor: Executor
    at_once: int
    made: Callable[[], Executor] | None = None

    def anew(self) -> None:
        """Take another executor in the place of one that lost its workers.

        Raises:
            CannotWrite: TF622 where only the caller could give one.
        """
        if self.made is None:
            raise _given_up("the executor lost its workers")
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.made()

    def close(self) -> None:
        """Wait for what is being done, drop what is not begun."""
        if self.made is not None:
            self.executor.shutdown(wait=True, cancel_futures=True)


@define
class Run:
    """Jobs on their way: *told* is called with the files of each that is done."""

    crew: Crew
    jobs: Iterator[Job]
    told: Callable[[int], None]
    waiting: dict[Future[int], Job] = field(factory=dict)
    again: deque[Job] = field(factory=deque)
    losses: Counter[str] = field(factory=Counter)
    blamed: Counter[str] = field(factory=Counter)
    late: Counter[str] = field(factory=Counter)

    def finish(self) -> None:
        """Do all jobs.

        Raises:
            CannotWrite: TF621 or TF601 where rows cannot be written; TF622 where workers are lost
                again and again, or the executor cannot be given anything. What is done is kept.
        """
        while self._fill() or self.waiting:
            done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
            self._collect(done)

    def _fill(self) -> bool:
        """Give the executor what it may have; return whether there was anything."""
        gave = False
        while len(self.waiting) < self.crew.at_once:
            job = self._next()
            if job is None:
                return gave
            try:
                self.waiting[self.crew.executor.submit(work, job)] = job
            except BrokenExecutor as error:
                self._broken([(job, error)])
            gave = True
            if self._alone(job):
                return True
        return gave

    def _next(self) -> Job | None:
        """Return the job to give now; none while one has to be alone."""
        if any(map(self._alone, self.waiting.values())):
            return None
        together = next((each for each in self.again if not self._alone(each)), None)
        if together is not None:
            self.again.remove(together)
            return together
        if self.again:
            return None if self.waiting else self.again.popleft()
        return next(self.jobs, None)

    def _alone(self, job: Job) -> bool:
        return self.losses[job.shard.key] >= TOGETHER

    def _collect(self, done: set[Future[int]]) -> None:
        lost = self._lost_of(done)
        if any(isinstance(error, BrokenExecutor) for _, error in lost):
            self._broken(lost)
        else:
            self._put_back(lost)

    def _broken(self, lost: list[Loss]) -> None:
        """Take back what the lost executor still had, and take another."""
        wait(self.waiting)
        lost += self._lost_of(set(self.waiting))
        self.crew.anew()
        self._put_back(lost)

    def _lost_of(self, done: set[Future[int]]) -> list[Loss]:
        """Tell of what was done; return what was not, and why."""
        lost: list[Loss] = []
        for future in done:
            job, error = self.waiting.pop(future), future.exception()
            if error is None:
                self.told(future.result())
            elif isinstance(error, TthcFlowError):
                raise error
            else:
                lost.append((job, error))
        return lost

    def _put_back(self, lost: list[Loss]) -> None:
        """Have done again what was *lost*; where a file took too long, no other loss counts."""
        late = [job for job, _ in lost if self._was_late(job)]
        for job, error in lost:
            self.again.append(job if late else self._blamed(job, error))

    def _was_late(self, job: Job) -> bool:
        """Return whether the worker was ended at one more file of *job*."""
        shard = job.shard.key
        before, self.late[shard] = self.late[shard], len(_notes(job).late)
        return self.late[shard] > before

    def _blamed(self, job: Job, error: BaseException) -> Job:
        """Return *job* to be done again; where it was alone, blame the file its worker was at."""
        shard, fact = job.shard.key, f"{type(error).__name__}: {error}"
        if self._alone(job):
            at = _notes(job).at
            key = None if at is None else job.shard.items[at].key
            self.blamed[f"{shard} {key}"] += 1
            if self.blamed[f"{shard} {key}"] >= MOST_LOSSES:
                if key is None or key in job.stopping or not _is_loss(error):
                    raise _given_up(fact) from error
                job = evolve(job, stopping=job.stopping | {key})
        self.losses[shard] += 1
        if self.losses[shard] > PATIENCE + MOST_LOSSES * len(job.stopping):
            raise _given_up(fact) from error
        return job


def _is_loss(error: BaseException) -> bool:
    """Return whether *error* says that a worker was lost; Dask's is known by its name."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


def _notes(job: Job) -> Noted:
    """Return what the lost workers of *job* left word of."""
    return read_notes(Place(Path(job.out)), job.shard.key)


def _given_up(fact: str) -> CannotWrite:
    return CannotWrite(
        "TF622",
        f"the workers cannot do it ({fact})",
        hint="see why they stop (memory?); call it again: what is finished is not done again",
    )
