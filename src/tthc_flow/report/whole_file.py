"""Write a file piece by piece, so that it is there whole or not at all."""

from __future__ import annotations

import gzip
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tthc_flow.errors import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """Yield a stream to write *path* by, compressed where the name ends in ``.gz``.

    It is written aside and renamed at the end; where anything fails before, nothing is left and
    what was there stays. The same content is the same file: no time stands in it.

    Raises:
        CannotWrite: TF601 where it cannot be written.

    Example:
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with whole_file(Path(folder) / "a.txt.gz") as out:
        ...         written = out.write(b"abc")
        ...     gzip.decompress((Path(folder) / "a.txt.gz").read_bytes())
        b'abc'

    Source: rename is atomic on one file system (POSIX); RFC 1952 for gzip.
    """
    goal = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".tthc-", suffix=".part")
    except (OSError, ValueError) as error:
        raise _cannot(goal, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, _compressed(out, goal) as stream:
            yield stream
        _rename(part, goal)
    except OSError as error:
        raise _cannot(goal, error) from error
    finally:
        part.unlink(missing_ok=True)


def _rename(part: Path, goal: Path) -> None:
    try:
        part.chmod(0o644)
        part.replace(goal)
    except ValueError as error:  # a name that cannot be
        raise _cannot(goal, error) from error


@contextmanager
def _compressed(out: IO[bytes], goal: Path) -> Iterator[IO[bytes]]:
    if goal.suffix != ".gz":
        yield out
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as stream:
        yield stream  # type: ignore[misc]  # a stream of bytes, if not by that name


def _cannot(goal: Path, error: OSError | ValueError) -> CannotWrite:
    return CannotWrite(
        "TF601",
        f"cannot write: {getattr(error, 'strerror', None) or error}",
        place=str(goal),
        hint="choose a folder that can be written and has room",
    )
