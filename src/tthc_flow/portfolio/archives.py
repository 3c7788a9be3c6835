"""The BPMN files of an archive. Nothing is unpacked under a name that the archive chose.

A zip is read where it stands. A tar can only be read from its beginning, so its drawings are
unpacked first, under numbers, into a folder that is deleted afterwards.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

from tthc_flow.bpmn.source import MAX_BYTES
from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.folders import read_item
from tthc_flow.portfolio.item import Item, Source
from tthc_flow.portfolio.named import ANSWERS, answers_of, is_drawing, is_unsafe
from tthc_flow.words.fact_words import fact_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_RATIO: Final = 200
"""How much an archive may grow: BPMN shrinks to a tenth or a thirtieth, a bomb to a thousandth."""

SMALL: Final = 64 * 1024 * 1024
"""What any archive may unpack to."""

_PACKED: Final = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
_ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


@contextmanager
def zip_source(path: Path) -> Iterator[Source]:
    """Give the files of a zip while the context lasts.

    Raises:
        UnreadableInput: TF252, TF253, TF254.
    """
    try:
        parcel = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(path, error) from error
    with parcel:
        entries = [each for each in parcel.infolist() if _wanted(each.filename)]
        _refuse_large(path, sum(each.file_size for each in entries))
        for each in entries:
            _refuse_unsafe(path, each.filename, link=stat.S_ISLNK(each.external_attr >> 16))
        there = {each.filename: each for each in entries}  # of a name twice the last counts
        names = sorted(filter(is_drawing, there))
        yield Source(
            place=str(path),
            count=len(names),
            items=lambda: (_of_zip(parcel, there, name) for name in names),
        )


def _of_zip(parcel: zipfile.ZipFile, there: Mapping[str, zipfile.ZipInfo], name: str) -> Item:
    beside = there.get(answers_of(name))
    try:
        told = None if beside is None else _inside(parcel, beside)
        return Item(key=name, data=_inside(parcel, there[name]), answers=told)
    except _ZIP_FAULTS as error:
        return Item(key=name, refused=_damaged(Path(name), error))


def _inside(parcel: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with parcel.open(entry) as file:
        return file.read(MAX_BYTES + 1)


@contextmanager
def tar_source(path: Path) -> Iterator[Source]:
    """Give the files of a tar, packed or not, while the context lasts.

    Raises:
        UnreadableInput: TF252, TF253, TF254.
    """
    with tempfile.TemporaryDirectory(prefix="tthc-flow-") as where:
        try:
            with _unpacking(path) as file, tarfile.open(fileobj=file, mode="r|") as parcel:
                there = _unpacked(parcel, path, Path(where))
        except (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError) as error:
            raise _damaged(path, error) from error
        names = sorted(filter(is_drawing, there))
        yield Source(
            place=str(path),
            count=len(names),
            items=lambda: (
                read_item(name, there[name], there.get(answers_of(name))) for name in names
            ),
        )


class _Counted(io.RawIOBase):
    """What unpacks *file*, and refuses to go on after *most* bytes."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        super().__init__()
        self.file, self.path, self.unpacked = file, path, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next *size* bytes."""
        found = self.file.read(size)
        self.unpacked += len(found)
        _refuse_large(self.path, self.unpacked)
        return found

    def close(self) -> None:
        """Close the file."""
        self.file.close()
        super().close()


def _unpacking(path: Path) -> _Counted:
    with path.open("rb") as file:
        head = file.read(6)
    packed = next((each for mark, each in _PACKED if head.startswith(mark)), open)
    return _Counted(cast("IO[bytes]", packed(path, "rb")), path)


def _unpacked(parcel: tarfile.TarFile, path: Path, where: Path) -> dict[str, Path]:
    """Unpack drawings and answers under numbers; return by name where each lies."""
    there = dict[str, Path]()
    for number, entry in enumerate(parcel):
        if not _wanted(entry.name) or entry.isdir():
            continue
        _refuse_unsafe(path, entry.name, link=not entry.isreg())
        file = parcel.extractfile(entry)
        if file is not None:
            aside = there[entry.name.removeprefix("./")] = where / str(number)
            with file:
                aside.write_bytes(file.read(MAX_BYTES + 1))
    return there


def _wanted(name: str) -> bool:
    return is_drawing(name) or name.endswith(ANSWERS)


def _refuse_unsafe(path: Path, name: str, *, link: bool) -> None:
    if link or is_unsafe(name):
        what = "link" if link else "outside"
        raise UnreadableInput(
            "TF252",
            **fact_words(f"portfolio-fact-archive-{what}", name=repr(name)),
            place=str(path),
            hint="pack the folder anew, with plain files under relative names",
        )


def _refuse_large(path: Path, unpacked: int) -> None:
    most = max(SMALL, MAX_RATIO * path.stat().st_size)
    if unpacked > most:
        raise UnreadableInput(
            "TF253",
            **fact_words("portfolio-fact-unpacks", bytes=most),
            place=str(path),
            hint="unpack it where you trust it, and give the folder",
        )


def _damaged(path: Path, error: Exception) -> UnreadableInput:
    return UnreadableInput(
        "TF254",
        f"the file cannot be read ({type(error).__name__}: {error})",
        fact_vi=f"{type(error).__name__}: {error}",
        place=str(path),
        hint="get the file once more, or give the folder that was packed",
    )
