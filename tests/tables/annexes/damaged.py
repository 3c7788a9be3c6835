"""Files that are no annex, or not one that may be opened: each must end in a message of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

from openpyxl import Workbook

from tables.annexes.facts import shipped
from tables.annexes.layouts import LAYOUTS
from tables.annexes.word_parts import Cell, Grid, Paragraph, W, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def annex() -> bytes:
    """Return a sound annex in Word."""
    return LAYOUTS["heading_and_table"](shipped()[:2])


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return the zip file *data* with the part *name* replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return out.getvalue()


def _document(body: str, before: str = "") -> bytes:
    whole = f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return f'<?xml version="1.0"?>{whole}'.encode()


def truncated() -> bytes:
    """Return a Word file of which the second half was never written."""
    data = annex()
    return data[: len(data) // 2]


def encrypted() -> bytes:
    """Return what Office writes for a file with a password: an OLE container."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def old_word() -> bytes:
    """Return the beginning of a .doc."""
    return OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)


def portable() -> bytes:
    """Return the beginning of a PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def with_macros() -> bytes:
    """Return a Word file that carries a program."""
    return with_part(annex(), "word/vbaProject.bin", OLE + bytes(64))


def zip_bomb() -> bytes:
    """Return a small file that unpacks to 300 million bytes."""
    out = io.BytesIO(with_part(annex(), "word/comments.xml", b"<x/>"))
    with zipfile.ZipFile(out, "a", 8) as parcel, parcel.open("word/media/image1.emf", "w") as part:
        for _ in range(300):
            part.write(bytes(1_000_000))
    return out.getvalue()


def entity_bomb() -> bytes:
    """Return a Word file whose entities would grow without end."""
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
    return with_part(annex(), "word/document.xml", _document(text, f"<!DOCTYPE x [{entities}]>"))


def broken_xml() -> bytes:
    """Return a Word file whose text ends in the middle of a tag."""
    return with_part(annex(), "word/document.xml", _document("<w:p><w:r>")[:-40])


def huge_span() -> bytes:
    """Return a Word table with a cell over two thousand million columns."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>'
    table = f"<w:tbl><w:tr>{cell}</w:tr><w:tr>{cell * 3}</w:tr></w:tbl>"
    return with_part(annex(), "word/document.xml", _document(table))


def huge_ranges() -> bytes:
    """Return a workbook whose merged ranges cover the whole sheet, again and again."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "TT"
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as parcel:
        part = parcel.read("xl/worksheets/sheet1.xml")
    merged = b'<mergeCells count="3">' + b'<mergeCell ref="A1:XFD1048576"/>' * 3 + b"</mergeCells>"
    return with_part(
        out.getvalue(),
        "xl/worksheets/sheet1.xml",
        part.replace(b"</sheetData>", b"</sheetData>" + merged),
    )


def deep() -> bytes:
    """Return a Word table in a table, two thousand deep."""
    table = "<w:tbl><w:tr><w:tc>" * 2_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2_000
    return with_part(annex(), "word/document.xml", _document(table))


def no_table() -> bytes:
    """Return a decision without an annex."""
    lines = ("QUYẾT ĐỊNH", "Điều 1. Công bố kèm theo Quyết định này")
    return word_file([Paragraph(each) for each in lines])


def empty_table() -> bytes:
    """Return a table of which only the header was filled in."""
    header = [Cell(each) for each in ("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian")]
    return word_file([Grid([header, [Cell()] * 4, [Cell()] * 4])])


def no_header() -> bytes:
    """Return a table of signatures, as every decision has one."""
    signed = [Cell("Nơi nhận:"), Cell("KT. CHỦ TỊCH")]
    return word_file([Grid([signed, [Cell("- Như Điều 3"), Cell()]])])


def large() -> bytes:
    """Return a file of twenty million bytes."""
    return with_part(annex(), "word/media/image1.png", _noise(20_000_000))


def _noise(size: int) -> bytes:
    """Return bytes that no zip makes smaller."""
    import random

    return random.Random(1).randbytes(size)


NOTHING: Final[dict[str, bytes]] = {
    "empty": b"",
    "text": "TT;Nội dung\n".encode(),
    "zip": b"PK\x05\x06" + bytes(18),
}
DAMAGED: Final[dict[str, Callable[[], bytes]]] = {
    each.__name__: each
    for each in (
        truncated, encrypted, old_word, portable, with_macros, zip_bomb, entity_bomb, broken_xml,
        huge_span, huge_ranges, deep, no_table, empty_table, no_header, large,
    )
}  # fmt: skip
