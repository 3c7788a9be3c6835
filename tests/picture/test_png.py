"""PNG: the letters are there on a machine without fonts, Vietnamese ones too."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest

from tthc_flow.errors import CannotWrite
from tthc_flow.layout.text import text_width
from tthc_flow.model.drawing import Bounds, Drawing, Shape
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step
from tthc_flow.picture.markup import text_lines
from tthc_flow.picture.png import _FOREIGN, png
from tthc_flow.picture.svg import Picture, document, draw

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


def pixels(data: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the raw rows of a PNG: each a filter byte and four bytes a pixel."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + length]
        at += length + 12
    return width, height, zlib.decompress(packed)


def task(name: str) -> str:
    flow = Flow(id="P", nodes=(Step(id="a", name=name),))
    return draw(Procedure(flow=flow), Drawing(shapes={"a": Shape(bounds=Bounds(0, 0, 300, 90))}))


def written(text: str, *, bold: bool = False) -> str:
    width = max(text_width(text, 20, bold=bold), 20)
    body = text_lines((text,), 5, 15, size=20, anchor="start", bold=bold)
    return document(Picture(body=body, box=Bounds(0, 0, width + 10, 40)), "")


def test_a_picture_has_its_letters_and_two_pixels_a_unit():
    named, bare = png(task("Ký duyệt")), png(task(""))
    assert pixels(named)[:2] == pixels(bare)[:2] == (680, 260)
    assert pixels(named)[2] != pixels(bare)[2]


@pytest.mark.parametrize("bold", [False, True])
def test_every_vietnamese_letter_looks_different_with_the_shipped_fonts_alone(bold):
    letters = VIETNAMESE + VIETNAMESE.upper()
    assert _FOREIGN.search(letters) is None
    seen = {png(written(letter, bold=bold)) for letter in letters}
    assert len(seen) == len(letters)
    assert png(written("\ufffd", bold=bold)) not in seen


def test_every_character_called_known_is_in_the_shipped_fonts():
    known = [chr(code) for code in range(0x20, 0x2300) if _FOREIGN.search(chr(code)) is None]
    visible = [each for each in known if each.isprintable() and not each.isspace()]
    visible = [each for each in visible if not "\u0300" <= each <= "\u036f"]
    blank = png(written(" "))
    assert [each for each in visible if png(written(each)) == blank] == []


def test_the_widths_that_names_are_broken_by_are_those_of_the_shipped_fonts():
    text = "Thẩm định hồ sơ và trình Lãnh đạo Ủy ban nhân dân"
    width, _, rows = pixels(png(written(text)))
    inked = _rightmost(rows, width)
    assert inked / 2 <= 5 + text_width(text, 20)


def _rightmost(rows: bytes, width: int) -> int:
    """Return the last column with a dark pixel, undoing the filters of each row."""
    stride, last, far = width * 4, bytearray(width * 4), 0
    for start in range(0, len(rows), stride + 1):
        kind, row = rows[start], bytearray(rows[start + 1 : start + 1 + stride])
        for at in range(stride):
            left = row[at - 4] if at >= 4 else 0
            corner = last[at - 4] if at >= 4 else 0
            row[at] = (row[at] + _predicted(kind, left, last[at], corner)) & 255
        far = max([far, *(at // 4 for at in range(0, stride, 4) if row[at] < 128)])
        last = row
    return far


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda each: abs(guess - each))
    return (0, left, up, (left + up) // 2)[kind]


def test_a_huge_picture_gets_fewer_pixels_and_one_without_size_an_error():
    svg = document(Picture(body="", box=Bounds(0, 0, 60_000, 10)), "")
    assert pixels(png(svg))[0] <= 16_000
    with pytest.raises(CannotWrite, match="TF605"):
        png(document(Picture(body="", box=Bounds(0, 0, 1e12, 1)), ""))


def test_fonts_and_their_licence_are_shipped_together():
    folder = Path(__file__).parents[2] / "src/tthc_flow/picture/fonts"
    assert {each.name for each in folder.iterdir()} == {
        "DejaVuSans-vi.ttf",
        "DejaVuSans-Bold-vi.ttf",
        "LICENSE",
    }
    assert re.search(r"Bitstream Vera Fonts Copyright", (folder / "LICENSE").read_text("utf-8"))
