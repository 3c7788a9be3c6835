"""The BPMN files of a folder, its sub-folders included."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tthc_flow.bpmn.source import MAX_BYTES
from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.item import Item, Source
from tthc_flow.portfolio.named import answers_of, is_drawing

if TYPE_CHECKING:
    from collections.abc import Iterator


def folder_source(root: Path) -> Source:
    """Return the files of *root*, folder by folder in the order of their names.

    Linked folders are not followed: they could lead in a circle.

    Example:
        >>> folder_source(Path("no-such-folder")).count
        0
    """
    return Source(
        place=str(root),
        count=sum(1 for _ in _drawings(root)),
        items=lambda: (_item(root, path) for path in _drawings(root)),
    )


def read_item(key: str, path: Path, answers: Path | None) -> Item:
    """Return the file at *path* as the item *key*; one that cannot be opened says why."""
    try:
        told = None if answers is None else _content(answers)
        return Item(key=key, data=_content(path), answers=told)
    except OSError as error:
        refused = UnreadableInput(
            "TF203",
            f"cannot be opened ({error.strerror})",
            place=key,
            hint="check name and permissions",
            fact_vi=error.strerror,
        )
        return Item(key=key, refused=refused)


def _content(path: Path) -> bytes:
    """Return what is in a file; of one that is too large just enough to say so."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _drawings(root: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(root):
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            if is_drawing(name) and path.is_file():
                yield path


def _item(root: Path, path: Path) -> Item:
    beside = path.with_name(answers_of(path.name))
    key = path.relative_to(root).as_posix().encode(errors="replace").decode()
    return read_item(key, path, beside if beside.is_file() else None)
