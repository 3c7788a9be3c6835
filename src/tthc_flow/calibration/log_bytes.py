"""The bytes of a log file piece by piece, unpacked where it is compressed, within limits."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.words.fact_words import fact_words

PIECE: Final = 1 << 16
MAX_BYTES: Final = 16 << 30
"""How much a log may hold when unpacked: a country's year of one procedure is below that."""

_GZIP: Final = b"\x1f\x8b"
_FREE: Final = 32 << 20
_MOST_TIMES: Final = 250
"""Logs shrink to a twentieth, at most a hundredth; a bomb to a thousandth."""


@contextmanager
def log_bytes(
    path: str | os.PathLike[str], max_bytes: int = MAX_BYTES
) -> Iterator[Iterator[bytes]]:
    """Yield the content of *path* in pieces, unpacked where it is gzip.

    Args:
        path: A file.
        max_bytes: What the content may not exceed.

    Raises:
        UnreadableInput: TF201-TF204 where there is no such file or nothing in it, TF205 where it
            is too large, TF273 where it is broken gzip or unpacks to more than it should.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     place = Path(folder) / "a.csv.gz"
        ...     number = place.write_bytes(gzip.compress(b"case,activity"))
        ...     with log_bytes(place) as pieces:
        ...         print(b"".join(pieces))
        b'case,activity'

    Source: RFC 1952.
    """
    place = str(path)
    with _opened(path, place) as file:
        head = file.read(2)
        file.seek(0)
        if not head:
            raise UnreadableInput(
                "TF204", "file is empty", place=place, hint="export the log again", fact_vi=""
            )
        yield _unpacked(file, place, max_bytes) if head == _GZIP else _plain(file, place, max_bytes)


def _opened(path: str | os.PathLike[str], place: str) -> IO[bytes]:
    try:
        if not Path(path).is_file() and Path(path).exists() and not Path(path).is_dir():
            raise UnreadableInput(
                "TF203",
                **fact_words("log-fact-no-file"),
                place=place,
                hint="give a file that can be re-read",
            )
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise UnreadableInput(
            "TF201", "no such file", place=place, hint="check the path", fact_vi=""
        ) from error
    except IsADirectoryError as error:
        fact = "is a directory"
        raise UnreadableInput("TF202", fact, place=place, hint="name a file", fact_vi="") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(
            "TF203",
            f"cannot be opened ({reason})",
            place=place,
            hint="check name and permissions",
            fact_vi=reason,
        ) from error


def _plain(file: IO[bytes], place: str, max_bytes: int) -> Iterator[bytes]:
    number = 0
    while piece := file.read(PIECE):
        number += len(piece)
        _refuse_more(number, max_bytes, place)
        yield piece


def _unpacked(file: IO[bytes], place: str, max_bytes: int) -> Iterator[bytes]:
    number = 0
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            while piece := unpacked.read(PIECE):
                number += len(piece)
                _refuse_more(number, max_bytes, place)
                if number > _FREE + _MOST_TIMES * file.tell():
                    raise UnreadableInput(
                        "TF273",
                        **fact_words("log-fact-unpacks", times=_MOST_TIMES),
                        place=place,
                        hint="unpack it yourself if you trust it",
                    )
                yield piece
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableInput(
            "TF273",
            f"is broken gzip ({error})",
            place=place,
            hint="compress it again",
            fact_vi=str(error),
        ) from error


def _refuse_more(number: int, max_bytes: int, place: str) -> None:
    if number > max_bytes:
        raise UnreadableInput(
            "TF205",
            **fact_words("log-fact-larger", bytes=max_bytes),
            place=place,
            hint="export a shorter period",
        )
