"""Is an Office file safe to open: its zip is looked at before anything parses what is inside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from typing import Final

from tthc_flow.errors import UnreadableInput

MAX_UNPACKED: Final = 16_000_000
"""A fact table of 500 steps unpacks to about 1 MB; parsing takes some ten times the size."""

MAX_WORD_TEXT: Final = 48_000_000
"""Word writes some 60 bytes of mark-up for one of text: 50 printed procedures are about 10 MB."""

MAX_WITH_PICTURES: Final = 200_000_000
MAX_RATIO: Final = 400
"""How much a part may shrink: text of tables does 100 times at most, a bomb a thousand."""

SMALL_PART: Final = 2_000_000
MAX_PARTS: Final = 500
MAX_WORD_PARTS: Final = 2_000
MAX_MERGED: Final = 200_000
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_MACRO_TYPES: Final = re.compile(rb"macroEnabled", re.IGNORECASE)
_WORD_MAIN: Final = re.compile(r"word/document\d*\.xml", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*>")
_CORNER: Final = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_RANGE: Final = re.compile(rb"\sref\s*=\s*[\"']" + _CORNER + rb"(?::" + _CORNER + rb")?[\"']")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class OfficeKind(StrEnum):
    """Which program writes a file of that kind."""

    WORD = "word"
    EXCEL = "excel"


def is_workbook(data: bytes) -> bool:
    """Return whether *data* begins as an Excel file does, new or old."""
    return data.startswith((_ZIP, _OLD))


def is_office(data: bytes) -> bool:
    """Return whether *data* begins as a Word, Excel or PDF file does, new or old.

    Example:
        >>> is_office(b"%PDF-1.7"), is_office(b"no,content")
        (True, False)
    """
    return is_workbook(data) or data.lstrip()[:4] == b"%PDF" or data.startswith(b"{\\rtf")


def office_kind(data: bytes, place: str) -> OfficeKind:
    """Return which program *data* is for, where it is safe to open.

    Raises:
        UnreadableInput: TF227 neither .docx nor .xlsx, TF240 macros, TF241 encrypted, TF242
            unpacks to too much, TF243 broken, TF246 a PDF, TF247 an old Word or Excel file.

    Source: ECMA-376 part 2 (open packaging conventions).
    """
    if data.lstrip()[:4] == b"%PDF":
        raise UnreadableInput(
            "TF246",
            "this is a PDF",
            place=place,
            hint="open it in Word and save it as .docx; a scanned page has to be typed first",
        )
    if data.startswith(b"{\\rtf"):
        raise _old("a Rich Text file (.rtf)", place)
    _refuse_old(data, place)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            return _kind(parcel, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise broken(place, str(error)) from error


def refuse_unsafe(data: bytes, place: str) -> None:
    """Refuse what is no .xlsx, what holds macros, and what would unpack to too much.

    Raises:
        UnreadableInput: as :func:`office_kind` does; TF227 for a Word file.
    """
    if office_kind(data, place) is not OfficeKind.EXCEL:
        raise _other("a Word file, not an .xlsx", place)


def main_part(parcel: zipfile.ZipFile, place: str) -> str:
    """Return the name of the part that holds the text of a .docx.

    Raises:
        UnreadableInput: TF243 where there is none.
    """
    for name in sorted(parcel.namelist()):
        if _WORD_MAIN.fullmatch(name):
            return name
    raise broken(place, "no word/document.xml")


def broken(place: str, reason: str) -> UnreadableInput:
    """Return the refusal (TF243) of an Office file that cannot be opened."""
    return UnreadableInput(
        "TF243",
        f"the file is broken ({reason[:120]})",
        place=place,
        hint="open it in Word or Excel and save it again, or save the table as CSV (UTF-8)",
    )


def _refuse_old(data: bytes, place: str) -> None:
    if not data.startswith(_OLD):
        return
    if _ENCRYPTED in data:
        raise UnreadableInput(
            "TF241",
            "the file is protected by a password",
            place=place,
            hint="save it without a password to open it",
        )
    raise _old("an old Word or Excel file (.doc, .xls)", place)


def _old(what: str, place: str) -> UnreadableInput:
    return UnreadableInput(
        "TF247",
        f"this is {what}",
        place=place,
        hint="open it in Word or Excel and save it as .docx or .xlsx",
    )


def _other(what: str, place: str) -> UnreadableInput:
    return UnreadableInput(
        "TF227",
        f"this is {what}",
        place=place,
        hint="save the table as .docx, .xlsx or CSV (UTF-8)",
    )


def _kind(parcel: zipfile.ZipFile, place: str) -> OfficeKind:
    """Return which program the parts of *parcel* are for; refuse what is not safe to parse."""
    parts = parcel.infolist()
    names = {each.filename.lower() for each in parts}
    if any(_WORD_MAIN.fullmatch(name) for name in names):
        kind = OfficeKind.WORD
    elif "xl/workbook.xml" in names:
        kind = OfficeKind.EXCEL
    else:
        raise _other("a binary workbook (.xlsb) or another zip file", place)
    _refuse_large(parts, kind, place)
    types = _types(parcel)
    if any(name.endswith(_MACROS) for name in names) or _MACRO_TYPES.search(types):
        raise UnreadableInput(
            "TF240",
            "the file holds macros (.docm, .xlsm)",
            place=place,
            hint="save it as .docx or .xlsx, without macros",
        )
    merged = 0
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            merged += _merged(parcel.read(part), place)
    if merged > MAX_MERGED:
        raise _too_much(place, f"{merged:_} merged cells")
    return kind


def _types(parcel: zipfile.ZipFile) -> bytes:
    name = "[Content_Types].xml"
    return parcel.read(name) if name in parcel.NameToInfo else b""


def _refuse_large(parts: list[zipfile.ZipInfo], kind: OfficeKind, place: str) -> None:
    size = sum(each.file_size for each in parts)
    text = sum(each.file_size for each in parts if each.filename.lower().endswith(".xml"))
    word = kind is OfficeKind.WORD
    too_large = text > MAX_WORD_TEXT or size > MAX_WITH_PICTURES if word else size > MAX_UNPACKED
    if too_large or len(parts) > (MAX_WORD_PARTS if word else MAX_PARTS):
        raise _too_much(place, f"{size:_} bytes in {len(parts)} parts")
    for each in parts:
        if each.file_size > max(SMALL_PART, MAX_RATIO * each.compress_size):
            raise _too_much(place, f"{each.filename[:60]} unpacks to {each.file_size:_} bytes")


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
        f"the file unpacks to too much ({what})",
        place=place,
        hint="keep the table alone in a new file, without pictures",
    )
