"""Write files whole: aside first, then renamed, so that nothing is ever half-written."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tthc_flow.errors import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def place(folder: str | os.PathLike[str], files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write *files* (name → content) into *folder*: all of them, or none.

    Every file is written aside before the first is renamed; where a rename fails, what was
    there before is put back.

    Args:
        folder: Made where it is missing.
        files: File names without folders.

    Returns:
        The paths written, in the order given.

    Raises:
        CannotWrite: TF601 where the folder or a file cannot be written; nothing new is left.

    Example:
        >>> with tempfile.TemporaryDirectory() as where:
        ...     [path.name for path in place(where, {"a.txt": b"1"})]
        ['a.txt']

    Source: rename is atomic on one file system (POSIX).
    """
    goal = Path(folder)
    new = _new_folders(goal)
    goals = [goal / name for name in files]
    aside: list[Path] = []
    try:
        goal.mkdir(parents=True, exist_ok=True)
        _refuse_folders(goals)
        for content in files.values():
            aside.append(_aside(goal, content))  # noqa: PERF401 - kept even if the next fails
        _swap(aside, goals)
    except (OSError, ValueError) as error:
        for part in aside:
            part.unlink(missing_ok=True)
        for folder_ in new:
            with suppress(OSError, ValueError):  # never made, no path, or no longer empty
                folder_.rmdir()
        raise CannotWrite(
            "TF601",
            f"cannot write: {getattr(error, 'strerror', None) or error}",
            place=str(getattr(error, "filename", None) or goal),
            hint="choose a folder that can be written and has room",
            fact_vi=str(getattr(error, "strerror", None) or error),
        ) from error
    return tuple(goals)


def refuse_input(goal: Path, source: str) -> None:
    """Refuse to write the result over the file that it is made from.

    Raises:
        CannotWrite: TF604 where *goal* is *source*, by whatever name or link.

    Example:
        >>> refuse_input(Path("flow.bpmn"), "steps.yaml")
    """
    if goal.exists() and Path(source).exists() and goal.samefile(source):
        raise CannotWrite(
            "TF604",
            "the result would replace the table that it is made from",
            place=str(goal),
            hint="give another place with -o",
            fact_vi="",
        )


def _new_folders(goal: Path) -> list[Path]:
    """Return the folders that writing into *goal* would make, the innermost first."""
    try:
        return [each for each in (goal, *goal.parents) if not each.exists()]
    except (OSError, ValueError):  # a path that cannot be: making it says so
        return []


def _refuse_folders(goals: Sequence[Path]) -> None:
    for path in goals:
        if path.is_dir():
            raise IsADirectoryError(21, "there is a folder of that name", str(path))


def _aside(folder: Path, content: bytes) -> Path:
    """Write *content* beside its goal; return where. A failed one leaves nothing."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".tthc-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        part.chmod(0o644)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def _swap(aside: Sequence[Path], goals: Sequence[Path]) -> None:
    """Rename every file to its goal; where one fails, put back what the goals held before."""
    with tempfile.TemporaryDirectory(dir=goals[0].parent, prefix=".tthc-") as kept:
        before = {path: Path(kept) / path.name for path in goals if path.exists()}
        for path, copy in before.items():
            shutil.copy2(path, copy)
        done: list[Path] = []
        try:
            for part, path in zip(aside, goals, strict=True):
                part.replace(path)
                done.append(path)
        except OSError:
            for path in done:
                if path in before:
                    before[path].replace(path)
                else:
                    path.unlink()
            raise
