"""What is no safe Word or Excel file is refused with its code before anything in it is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tables.office.office_files import HEADER, excel, only, repacked, word
from tthc_flow.errors import TthcFlowError, UnreadableInput
from tthc_flow.tables.office.read import read_office

GOOD = word("Thủ tục: A", [HEADER, ("1", "Nhận", "Một cửa", "1 giờ")])
BOOK = excel({"A": [HEADER, ("1", "Nhận", "Một cửa", "1 giờ")]})
DOCTYPE = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
OLD = b"\xd0\xcf\x11\xe0"
REFUSED = {
    "a PDF": (b"%PDF-1.7", "TF246"),
    "an old Word file": (OLD + b"\0" * 600, "TF247"),
    "Rich Text": (b"{\\rtf1 x}", "TF247"),
    "a password": (OLD + "EncryptedPackage".encode("utf-16-le"), "TF241"),
    "another zip": (repacked(b"PK\x05\x06" + b"\0" * 18, {"a.txt": b"x"}), "TF227"),
    "cut off": (GOOD[:-200], "TF243"),
    "only a beginning": (b"PK\x03\x04....", "TF243"),
    "broken XML": (repacked(GOOD, {"word/document.xml": b"<w:document"}), "TF243"),
    "an entity": (repacked(GOOD, {"word/document.xml": DOCTYPE}), "TF243"),
    "an entity aside": (repacked(GOOD, {"word/styles.xml": DOCTYPE}), "TF243"),
    "an entity in UTF-16": (
        repacked(GOOD, {"word/document.xml": DOCTYPE.encode("utf-16")}),
        "TF243",
    ),
    "macros": (repacked(GOOD, {"word/vbaProject.bin": b"x"}), "TF240"),
    "macros elsewhere": (repacked(BOOK, {"customXml/x/VBAPROJECT.BIN": b"x"}), "TF240"),
    "a macro type": (repacked(GOOD, {"[Content_Types].xml": b"<a>macroEnabled.main</a>"}), "TF240"),
    "a bomb of text": (repacked(GOOD, {"word/a.xml": b" " * 40_000_000}), "TF242"),
    "a bomb of bytes": (repacked(GOOD, {"word/media/a.bin": b"\0" * 9_000_000}), "TF242"),
    "too many parts": (repacked(GOOD, {f"a{n}.bin": b"" for n in range(2_100)}), "TF242"),
    "too large": (b"PK\x03\x04" + b"\0" * 20_000_000, "TF225"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_unsafe_file_is_refused_with_its_code_and_what_to_do(name):
    data, code = REFUSED[name]
    with pytest.raises(UnreadableInput) as refused:
        read_office(data)
    assert refused.value.code == code
    assert refused.value.hint


def test_a_file_inside_the_file_is_never_opened():
    inner = repacked(GOOD, {"word/media/a.bin": b"\0" * 9_000_000})
    assert only(repacked(GOOD, {"word/embeddings/a.docx": inner})).table.name == "A"


def test_nothing_outside_the_file_is_fetched():
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r9" TargetMode="External" Target="file:///dev/zero" Type="x"/>'
        "</Relationships>"
    )
    assert only(repacked(GOOD, {"word/_rels/document.xml.rels": links})).table.name == "A"


@settings(deadline=None, max_examples=40)
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused_with_a_code(at, byte):
    data = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]
    assert read_or_refused(data)


def read_or_refused(data: bytes) -> object:
    """Return what was read, or whether the refusal carries one of our codes."""
    try:
        return read_office(data)
    except TthcFlowError as refused:
        return refused.code.startswith("TF2")
