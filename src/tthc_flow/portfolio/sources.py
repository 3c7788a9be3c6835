"""Open what holds the procedures: a folder, an archive, or a Parquet table."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.archives import tar_source, zip_source
from tthc_flow.portfolio.folders import folder_source
from tthc_flow.portfolio.named import SUFFIXES
from tthc_flow.portfolio.parquet_source import parquet_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.portfolio.item import Source

TARS: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
KINDS: Final = (".zip", *TARS, ".parquet")


@contextmanager
def opened_source(place: str | os.PathLike[str]) -> Iterator[Source]:
    """Give the files of *place* while the context lasts.

    Args:
        place: A folder with BPMN files (sub-folders included), an archive of such a folder (zip,
            tar, tar.gz …), or a Parquet table with the columns ``key`` and ``bpmn``.

    Raises:
        UnreadableInput: TF201 nothing there; TF233 a folder, TF256 an archive or a table without
            procedures; TF252 an archive with unsafe names, TF253 one that unpacks to too much,
            TF254 a damaged file; TF255 a table without the columns, or with a key twice; TF259
            a file of another kind.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as where:
        ...     _ = Path(where, "a.bpmn").write_bytes(b"<definitions/>")
        ...     with opened_source(where) as source:
        ...         [item.key for item in source.items()]
        ['a.bpmn']

    Source: contract of this project: nothing of an archive is unpacked under a name of its own.
    """
    path = Path(place)
    if not path.exists():
        fact, hint = "no such file", "check the path"
        raise UnreadableInput("TF201", fact, place=str(place), hint=hint, fact_vi="")
    name = path.name.lower()
    if path.is_dir():
        source = folder_source(path)
    elif name.endswith(".zip"):
        with zip_source(path) as inside:
            yield _some(inside)
        return
    elif name.endswith(TARS):
        with tar_source(path) as inside:
            yield _some(inside)
        return
    elif name.endswith(".parquet"):
        source = parquet_source(path)
    else:
        raise UnreadableInput(
            "TF259",
            "this is no folder, archive or Parquet table",
            fact_vi="",
            place=str(place),
            hint=f"give a folder, or a file that ends in {', '.join(KINDS)}",
            choices=KINDS,
        )
    yield _some(source)


def _some(source: Source) -> Source:
    """Return *source* where it holds anything."""
    if source.count:
        return source
    folder = Path(source.place).is_dir()
    raise UnreadableInput(
        "TF233" if folder else "TF256",
        f"the {'folder' if folder else 'file'} holds no BPMN file",
        fact_vi="",
        place=source.place,
        hint=f"give one with files that end in {', '.join(SUFFIXES)}",
        choices=SUFFIXES,
    )
