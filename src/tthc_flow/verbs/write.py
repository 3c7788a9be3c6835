"""Write files whole: aside first, then renamed, so that nothing is ever half-written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tthc_flow.errors import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(folder: str | os.PathLike[str], files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write *files* (name → content) into *folder*, all prepared before the first is renamed.

    Args:
        folder: Made where it is missing.
        files: File names without folders.

    Returns:
        The paths written, in the order given.

    Raises:
        CannotWrite: TF601 where the folder or a file cannot be written; nothing new is left.

    Example:
        >>> with tempfile.TemporaryDirectory() as where:
        ...     [path.name for path in write(where, {"a.txt": b"1"})]
        ['a.txt']

    Source: rename is atomic on one file system (POSIX).
    """
    goal = Path(folder)
    aside: list[Path] = []
    try:
        goal.mkdir(parents=True, exist_ok=True)
        for content in files.values():
            handle, name = tempfile.mkstemp(dir=goal, prefix=".tthc-", suffix=".part")
            aside.append(Path(name))
            os.fchmod(handle, 0o644)
            with os.fdopen(handle, "wb") as out:
                out.write(content)
        done = tuple(part.replace(goal / name) for part, name in zip(aside, files, strict=True))
    except OSError as error:
        for part in aside:
            part.unlink(missing_ok=True)
        raise CannotWrite(
            "TF601",
            f"cannot write: {error.strerror or error}",
            place=str(goal),
            hint="choose a folder that can be written",
        ) from error
    return done
