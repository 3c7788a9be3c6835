"""Is a workbook safe to open: its zip file is looked at before anything parses what is inside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from tthc_flow.errors import UnreadableInput

MAX_UNPACKED: Final = 16_000_000
"""A fact table of 500 steps unpacks to about 1 MB; parsing takes some ten times the size."""

MAX_PARTS: Final = 500
MAX_MERGED: Final = 200_000
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*>")
_CORNER: Final = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_RANGE: Final = re.compile(rb"\sref\s*=\s*[\"']" + _CORNER + rb"(?::" + _CORNER + rb")?[\"']")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def is_workbook(data: bytes) -> bool:
    """Return whether *data* begins as an Excel file does, new or old."""
    return data.startswith((_ZIP, _OLD))


def refuse_unsafe(data: bytes, place: str) -> None:
    """Refuse what is no .xlsx, what holds macros, and what would unpack to too much.

    Raises:
        UnreadableInput: TF227 not an .xlsx, TF240 macros, TF241 encrypted, TF242 unpacks to too
            much, TF243 broken.
    """
    if data.startswith(_OLD):
        if _ENCRYPTED in data:
            raise UnreadableInput(
                "TF241",
                "the workbook is protected by a password",
                place=place,
                hint="save it without a password to open it",
            )
        raise _other("an old Excel or Word file (.xls, .doc)", place)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            _refuse_parts(parcel, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise broken(place, str(error)) from error


def broken(place: str, reason: str) -> UnreadableInput:
    """Return the refusal (TF243) of a workbook that cannot be opened."""
    return UnreadableInput(
        "TF243",
        f"the workbook is broken ({reason[:120]})",
        place=place,
        hint="open it in Excel and save it again, or save the sheet as CSV (UTF-8)",
    )


def _other(what: str, place: str) -> UnreadableInput:
    return UnreadableInput(
        "TF227",
        f"this is {what}, not an .xlsx",
        place=place,
        hint="save the table as .xlsx or as CSV (UTF-8)",
    )


def _refuse_parts(parcel: zipfile.ZipFile, place: str) -> None:
    parts = parcel.infolist()
    names = {each.filename.lower() for each in parts}
    if "xl/workbook.xml" not in names:
        raise _other("a Word file, a binary workbook (.xlsb) or another zip file", place)
    if any(name.endswith(_MACROS) for name in names):
        raise UnreadableInput(
            "TF240",
            "the workbook holds macros (.xlsm)",
            place=place,
            hint="save it as .xlsx, without macros",
        )
    size = sum(each.file_size for each in parts)
    if size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise _too_much(place, f"{size:_} bytes in {len(parts)} parts")
    merged = 0
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            merged += _merged(parcel.read(part), place)
    if merged > MAX_MERGED:
        raise _too_much(place, f"{merged:_} merged cells")


def _merged(text: bytes, place: str) -> int:
    """Return how many cells *text* merges; a parser would make every one of them."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith(_WIDE):
        raise broken(place, "a part holds a DOCTYPE or is not UTF-8")
    count = 0
    for found in _MERGED.finditer(text):
        span = _RANGE.search(found.group())
        if span is None:
            raise broken(place, "a merged range is not written as one")
        left, top, right, bottom = span.groups()
        if right is not None:
            count += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
    return count


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_much(place: str, what: str) -> UnreadableInput:
    return UnreadableInput(
        "TF242",
        f"the workbook unpacks to too much ({what})",
        place=place,
        hint="keep the table alone in a new workbook, without pictures",
    )
