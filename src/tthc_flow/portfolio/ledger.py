"""What is done already, what does not belong any more, and who may write."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio.columns import TABLES
from tthc_flow.portfolio.place import told_in_codes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tthc_flow.portfolio.place import Place


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Let nobody else write into *place* while the context lasts, and clear away what is left.

    The lock belongs to the process: it goes with it, however it ends.

    Raises:
        CannotWrite: TF601 or TF621 where it cannot be made; TF623 where another run writes there;
            TF625 where the folder holds other things than a portfolio.
    """
    with told_in_codes(place.root):
        lock = _lock(place)
    with lock:
        yield


def _lock(place: Place) -> IO[str]:
    """Return the file that is locked as long as it is open."""
    if place.root.is_dir() and not place.record.is_file() and _holds_other_things(place):
        raise CannotWrite(
            "TF625",
            "the folder holds other things than a portfolio",
            fact_vi="",
            place=str(place.root),
            hint="give an empty folder with -o",
        )
    place.root.mkdir(parents=True, exist_ok=True)
    lock = (place.root / ".lock").open("w", encoding="ascii")
    if not _locked(lock):
        lock.close()
        raise CannotWrite(
            "TF623",
            "another run is writing there",
            fact_vi="",
            place=str(place.root),
            hint="wait for it, or give another folder",
        )
    clear(place)
    return lock


def clear(place: Place) -> None:
    """Take away what lost workers left in the making."""
    shutil.rmtree(place.work, ignore_errors=True)


def _holds_other_things(place: Place) -> bool:
    ours = {*TABLES, ".done", ".work", ".lock"}
    return any(each.name not in ours for each in place.root.iterdir())


def _locked(lock: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are then up to whoever starts them
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def finished(place: Place, time_limit: float = 0) -> dict[str, dict[str, Any]]:
    """Return by shard what each finished one says of itself; one that lost a part is not.

    Neither is one with a file that took too long, where a file may take longer now: *time_limit*.
    """
    found = {}
    for path in place.done.glob("*.json"):
        with suppress(OSError, ValueError):
            told = json.loads(path.read_text(encoding="utf-8"))
            whole = all((place.root / each["part"]).is_file() for each in told["parts"])
            if whole and told.get("time_limit", time_limit) >= time_limit:
                found[path.stem] = told
    return found


def sweep(place: Place, wanted: Collection[str], done: Mapping[str, Mapping[str, Any]]) -> int:
    """Take away what belongs to no *wanted* shard, and what no shard of *done* knows.

    Returns:
        How many of *done* were taken away: made of files that changed or went, or by other
        settings.
    """
    stale = [each for each in done if each not in wanted]
    for path in place.done.glob("*"):
        if path.name.removesuffix(".json") not in done or path.stem in stale:
            path.unlink(missing_ok=True)
    kept = {
        each["part"] for shard, told in done.items() if shard in wanted for each in told["parts"]
    }
    for table in TABLES:
        for path in (place.root / table).glob("*/*"):
            if path.relative_to(place.root).as_posix() not in kept:
                path.unlink(missing_ok=True)
                with suppress(OSError):
                    path.parent.rmdir()  # only where it is empty now
    return len(stale)


def totals(place: Place) -> dict[str, int]:
    """Return how many files were examined, and how many rows each table has."""
    found = Counter(dict.fromkeys(("files", *TABLES), 0))
    for told in finished(place).values():
        found["files"] += told["files"]
        for part in told["parts"]:
            found[part["table"]] += part["rows"]
    return dict(found)
