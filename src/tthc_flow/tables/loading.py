"""From a path, bytes or text to the text of a table: size, kind of file and encoding."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.parcel import is_office
from tthc_flow.tables.tree import MAX_BYTES

MAX_OFFICE_BYTES: Final = 20_000_000
"""A Word file with pictures is larger than any table typed as text."""

OTHER_FILES: Final = {
    b"PK\x03\x04": "a Word (.docx), Excel (.xlsx) or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word (.doc) or Excel (.xls) file",
    b"%PDF": "a PDF",
}


def load_text(table: str | os.PathLike[str] | bytes) -> tuple[str, str]:
    """Return the text of a table and its place; *table* may be the text itself, with a line break.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF221 not UTF-8, TF225 too large, TF227 a Word,
            Excel or PDF file.
    """
    data, place = load_bytes(table)
    return decoded(data, place), place


def load_bytes(table: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """Return the bytes of a table and its place, as :func:`load_text` does its text."""
    data, place = load_office(table)
    return _capped(data, place, MAX_BYTES)


def load_office(table: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """Return the bytes of a table that may be a Word or Excel file, and its place.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF225 too large for what its first bytes say.
    """
    if isinstance(table, str) and "\n" in table:
        return _capped(table.encode(), "text")
    if isinstance(table, bytes):
        return _capped(table, "bytes")
    path = Path(table)
    try:
        status = path.stat()
        if stat.S_ISFIFO(status.st_mode):
            raise UnreadableInput(
                "TF220", "is a pipe, not a file", place=str(path), hint="give the path of a file"
            )
        if status.st_size > MAX_OFFICE_BYTES:
            raise _too_large(str(path), MAX_OFFICE_BYTES)
        return _capped(path.read_bytes(), str(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(
            "TF220", f"cannot be opened: {reason}", place=str(path), hint="give the path of a file"
        ) from error


def _capped(data: bytes, place: str, most: int | None = None) -> tuple[bytes, str]:
    limit = most or (MAX_OFFICE_BYTES if is_office(data) else MAX_BYTES)
    if len(data) > limit:
        raise _too_large(place, limit)
    return data, place


def decoded(data: bytes, place: str) -> str:
    """Return the text of a table's bytes; what is no table is refused by its first bytes."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise UnreadableInput(
            "TF227",
            "this is XML (BPMN?), not a table",
            place=place,
            hint="give a table (YAML, CSV); a BPMN file needs no conversion: tthc-flow check",
        )
    for start, what in OTHER_FILES.items():
        if data.startswith(start):
            raise UnreadableInput(
                "TF227", f"this is {what}", place=place, hint="save the table as CSV (UTF-8)"
            )
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableInput(
            "TF221",
            f"byte {data[error.start]:#04x} is not {encoding.removesuffix('-sig').upper()}",
            place=f"{place}:{line}",
            hint="save the file as UTF-8 (Unicode); TCVN3 and VNI fonts are not read",
        ) from error


def _too_large(place: str, limit: int) -> UnreadableInput:
    return UnreadableInput(
        "TF225", f"more than {limit:_} bytes", place=place, hint="one table a file"
    )
