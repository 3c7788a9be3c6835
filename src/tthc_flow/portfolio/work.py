"""What a worker does with a shard: examine its files, write their rows, say that it is done.

A worker may be stopped at any moment, and every executor may do a shard twice: what is made
depends on the shard alone, is written aside and renamed, and counts once it is in ``.done``.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from tthc_flow.errors import TthcFlowError
from tthc_flow.portfolio.columns import PROVINCE, arrow_schema, columns
from tthc_flow.portfolio.extras import arrow
from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.place import Place, told_in_codes, write_record
from tthc_flow.portfolio.rows import Rows, failed, no_rows
from tthc_flow.portfolio.settings import Settings
from tthc_flow.portfolio.shards import Shard
from tthc_flow.portfolio.watch import notes, read_notes, this_process, watched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Examine: TypeAlias = Callable[[Item, Settings], Rows]
"""What gives the rows of one file; it is named to the workers, so it stands in a module."""

Written: TypeAlias = tuple[Path, str, str | None, int]
"""A file, its table, the province of its rows, and how many they are."""

STOPPED: Final = "TF626"
"""What is said of a file that stopped its worker again and again."""

LATE: Final = "TF629"
"""What is said of a file that took longer than a file may."""


@frozen(kw_only=True)
class Job:
    """A shard with all that a worker needs; *stopping* are files that stopped workers before.

    *giver* is the process that the work comes from.
    """

    shard: Shard
    settings: Settings
    out: str
    examine: Examine
    giver: str = field(factory=this_process)
    stopping: frozenset[str] = frozenset()


def work(job: Job) -> int:
    """Do *job*; return how many files it has.

    Raises:
        CannotWrite: TF621 where the disk is full, TF601 where it cannot be written for another
            reason; nothing of the shard is left then.

    Source: pure, written aside and renamed, as every executor may repeat work.
    """
    place = Place(Path(job.out))
    with told_in_codes(place.root):
        place.work.mkdir(parents=True, exist_ok=True)
        shard, limit = job.shard.key, job.settings.time_limit
        late = read_notes(place, shard).late
        with watched(place, shard, limit, job.giver) as begin:
            rows = _rows(job, late, begin)
        with _aside(place, shard) as aside:
            _commit(place, job, _written(rows, aside), late=len(late))
        for note in notes(place, shard):
            note.unlink(missing_ok=True)
    return len(job.shard.items)


def _rows(job: Job, late: Collection[int], begin: Callable[[int], None]) -> Rows:
    """Return the rows of all files; *begin* is told where the work is, *late* are passed over."""
    found = no_rows()
    for number, item in enumerate(job.shard.items):
        begin(number)
        if number in late:
            fact = f"it took longer than {job.settings.time_limit:g} seconds"
            own = failed(item.key, LATE, fact, job.settings)
        else:
            own = _examined(item, job)
        for table, rows in own.items():
            found[table] += rows
    return found


def _examined(item: Item, job: Job) -> Rows:
    """Return the rows of a file; whatever is wrong with it is a row too."""
    if item.key in job.stopping:
        return failed(item.key, STOPPED, "it stopped its worker more than once", job.settings)
    if item.refused is not None:
        return failed(item.key, item.refused.code, item.refused.fact, job.settings)
    try:
        return job.examine(item, job.settings)
    except TthcFlowError as error:
        return failed(item.key, error.code, error.fact, job.settings)
    except Exception as error:  # noqa: BLE001 - one file never stops the others
        return failed(item.key, "TF900", f"{type(error).__name__}: {error}", job.settings)


@contextmanager
def _aside(place: Place, shard: str) -> Iterator[Path]:
    """Give a folder of this worker alone, and take it away with what is left in it."""
    where = Path(tempfile.mkdtemp(dir=place.work, prefix=f"{shard}-"))
    try:
        yield where
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _written(rows: Rows, aside: Path) -> list[Written]:
    """Write the rows into *aside*; return what was written."""
    written: list[Written] = []
    for table, found in rows.items():
        by_province: dict[str | None, list[dict[str, Any]]] = {}
        for row in found:
            by_province.setdefault(row[PROVINCE], []).append(row)
        for province, own in by_province.items():
            path = aside / f"{len(written)}.parquet"
            write_part(path, table, own)
            written.append((path, table, province, len(own)))
    return written


def write_part(path: Path, table: str, rows: list[dict[str, Any]]) -> None:
    """Write *rows* of *table* as a Parquet file, without their province."""
    arrow_, parquet = arrow()
    schema = arrow_schema(table)
    arrays = [
        arrow_.array([row[each.name] for row in rows], schema.field(each.name).type)
        for each in columns()[table]
    ]
    whole = io.BytesIO()  # pyarrow's own files stay open, and so take room, where the disk is full
    parquet.write_table(
        arrow_.Table.from_arrays(arrays, schema=schema),
        whole,
        compression="snappy",  # as small as zstd in parts of some hundred rows, at a third the time
        use_dictionary=[each.name for each in columns()[table] if each.type == "text"],
    )
    path.write_bytes(whole.getbuffer())


def _commit(place: Place, job: Job, written: list[Written], *, late: int) -> None:
    """Rename all parts to their places, then say that the shard is done; or leave none there."""
    shard, parts = job.shard, []
    placed: list[Path] = []
    try:
        for path, table, province, count in written:
            goal = place.part(table, province, shard.key)
            goal.parent.mkdir(parents=True, exist_ok=True)
            path.replace(goal)
            placed.append(goal)
            name = goal.relative_to(place.root).as_posix()
            parts.append({"part": name, "table": table, "rows": count})
        place.done.mkdir(exist_ok=True)
        told: dict[str, Any] = {"files": len(shard.items), "parts": parts}
        if late:
            told["time_limit"] = job.settings.time_limit
        write_record(place.done / f"{shard.key}.json", told)
    except OSError:
        for goal in placed:
            goal.unlink(missing_ok=True)
        raise
