"""From a path, bytes or an open file to text: size, encoding and DOCTYPE are settled here.

Nothing is parsed yet, so what an attacker could use against a parser never reaches one.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path
from typing import IO, Final, TypeAlias

from attrs import frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.words.fact_words import fact_words

Readable: TypeAlias = str | os.PathLike[str] | bytes | IO[bytes]

MAX_BYTES: Final = 32 * 1024 * 1024
"""Default size cap; the largest of 1,223 files is 0.3 MB."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only character sets: Python also calls "idna" or "unicode_escape" an encoding.
_CHARACTER_SETS: Final = re.compile(
    r"(us-?)?ascii|utf[-_]?(8|16|32)([-_]?[lb]e)?|(iso[-_]?8859|windows|latin|cp|ibm)[-_]?\d+"
    r"|koi8[-_][ru]|gb2312|gbk|gb18030|big5|shift[-_]jis|euc[-_](jp|kr)",
    re.IGNORECASE,
)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_NAMED: Final = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_PROLOG: Final = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)


_OTHER_FILES: Final = {
    b"%PDF": "pdf",
    b"PK\x03\x04": "zipped",
    b"\xd0\xcf\x11\xe0": "old-office",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
}
_TABLE: Final = re.compile(rb"(\s*#[^\n]*\n)*\s*(\w+:(\s|$)|-\s+\w+:)")


@frozen(kw_only=True)
class SourceText:
    """A file as text, with what is needed to give the same bytes back.

    *declared* is the encoding that the file itself names, where it names one.
    """

    place: str
    data: bytes
    bom: bytes
    encoding: str
    text: str
    declared: str | None = None

    def encoded(self, text: str) -> bytes:
        """Return *text* as this file would hold it; foreign characters become references."""
        return self.bom + text.encode(self.encoding, "xmlcharrefreplace")


def load(source: Readable, max_bytes: int) -> SourceText:
    """Return the text of *source*, refusing what no BPMN file can be.

    Raises:
        UnreadableInput: TF201-TF207 (missing, directory, unreadable, empty, too big, encoding,
            DOCTYPE), TF212 a table, a PDF or an office file, TF232 no file at all.
    """
    place, data = _bytes(source, max_bytes)
    if len(data) > max_bytes:
        raise UnreadableInput(
            "TF205",
            **fact_words("file-fact-larger", bytes=max_bytes),
            place=place,
            hint="split it, or raise max_bytes if you trust it",
        )
    if not data.strip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"):
        raise UnreadableInput(
            "TF204", "file is empty", place=place, hint="export the diagram again", fact_vi=""
        )
    _refuse_other_files(place, data)
    bom, encoding = _encoding(data, place)
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, len(bom) + error.start) + 1
        raise UnreadableInput(
            "TF206",
            **fact_words("file-fact-undecoded", encoding=encoding, reason=error.reason),
            place=f"{place}:{line}",
            hint="save the file as UTF-8",
        ) from error
    _refuse_doctype(text, place)
    declared = _declared(text)
    return SourceText(
        place=place, data=data, bom=bom, encoding=encoding, text=text, declared=declared
    )


def _bytes(source: Readable, max_bytes: int) -> tuple[str, bytes]:
    if isinstance(source, bytes):
        return "<bytes>", source
    if not isinstance(source, str | os.PathLike):
        return str(getattr(source, "name", "<file>")), _streamed(source, max_bytes)
    place = str(source)
    try:
        _refuse_pipe(place)
        with Path(source).open("rb") as file:
            return place, file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise UnreadableInput(
            "TF201", "no such file", place=place, hint="check the path", fact_vi=""
        ) from error
    except IsADirectoryError as error:
        raise UnreadableInput(
            "TF202", "is a directory", place=place, hint="name one .bpmn file in it", fact_vi=""
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableInput(
            "TF203",
            f"cannot be opened ({reason})",
            place=place,
            hint="check name and permissions",
            fact_vi=reason,
        ) from error


def _refuse_pipe(place: str) -> None:
    """Refuse a pipe with a name of its own: opening it would wait until somebody writes."""
    if stat.S_ISFIFO(Path(place).stat().st_mode) and not place.startswith(("/dev/", "/proc/")):
        raise UnreadableInput(
            "TF203",
            **fact_words("file-fact-pipe"),
            place=place,
            hint="give a file, or hand the bytes to standard input (-)",
        )


def _streamed(source: object, max_bytes: int) -> bytes:
    """Return the bytes of an open file; callers without a type checker hand in anything."""
    take = getattr(source, "read", None)
    data = take(max_bytes + 1) if callable(take) else None
    if isinstance(data, bytes):
        return data
    what = "a file opened as text" if isinstance(data, str) else f"no file: {type(source).__name__}"
    raise UnreadableInput(
        "TF232", f"this is {what}", hint="give a path, bytes, or a file opened with mode 'rb'"
    )


def _refuse_other_files(place: str, data: bytes) -> None:
    """Say what a file is that was never BPMN, and what to do with it."""
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            raise UnreadableInput(
                "TF212",
                **fact_words(f"file-fact-is-{what}"),
                place=place,
                hint="export the diagram as BPMN 2.0 (.bpmn), or write the steps as a table",
            )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise UnreadableInput(
            "TF212",
            **fact_words("file-fact-json"),
            place=place,
            hint="export the diagram as BPMN 2.0 XML (.bpmn)",
        )
    table = place.lower().endswith((".yaml", ".yml", ".csv", ".tsv")) or _TABLE.match(data)
    if table and not data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        raise UnreadableInput(
            "TF212",
            **fact_words("file-fact-table"),
            place=place,
            hint="make BPMN of it first: tthc-flow convert",
        )


def _encoding(data: bytes, place: str) -> tuple[bytes, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return bom, encoding
    if data.startswith((b"<\x00\x00\x00", b"\x00\x00\x00<")):
        return b"", "utf-32-le" if data.startswith(b"<") else "utf-32-be"
    if data.startswith(b"<\x00"):
        return b"", "utf-16-le"
    if data.startswith(b"\x00<"):
        return b"", "utf-16-be"
    found = _DECLARED.match(data.lstrip())
    name = found.group(1).decode("ascii") if found else "utf-8"
    if not _CHARACTER_SETS.fullmatch(name):
        raise UnreadableInput(
            "TF206",
            f"unknown encoding {name!r}",
            place=place,
            hint="save the file as UTF-8",
            fact_vi=repr(name),
        )
    try:
        encoding = codecs.lookup(name).name
    except LookupError as error:
        raise UnreadableInput(
            "TF206",
            f"unknown encoding {name!r}",
            place=place,
            hint="save the file as UTF-8",
            fact_vi=repr(name),
        ) from error
    # Says UTF-16 but has neither mark nor zero bytes: an editor converted the text, not the label.
    return b"", "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding


def _declared(text: str) -> str | None:
    """Return the encoding that the XML declaration names, as it is used where both agree."""
    found = _NAMED.match(text)
    if found is None or not _CHARACTER_SETS.fullmatch(found.group(1)):
        return None
    try:
        return codecs.lookup(found.group(1)).name
    except LookupError:
        return None


def prolog_end(text: str) -> int:
    """Return where the first thing begins that is neither blank, comment nor instruction."""
    position = 0
    while found := _PROLOG.match(text, position):
        position = found.end()
    return position


def _refuse_doctype(text: str, place: str) -> None:
    position = prolog_end(text)
    if text.startswith("<!DOCTYPE", position):
        line = text.count("\n", 0, position) + 1
        raise UnreadableInput(
            "TF207",
            "holds a DOCTYPE, which can define entities and is never read",
            place=f"{place}:{line}",
            fact_vi="",
            hint="delete the <!DOCTYPE …> declaration; BPMN files need none",
        )
