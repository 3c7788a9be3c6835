"""Word files from their parts, as Word writes them: grids, merged cells, numbering, split runs."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.numbering+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/numbering" Target="numbering.xml"/></Relationships>'
    ),
}


@dataclass(frozen=True)
class Cell:
    """A cell: its paragraphs, how many columns it spans, and whether it goes on downwards.

    *merge* is "restart" or "continue"; *list* is the list that numbers its first paragraph.
    """

    text: str = ""
    span: int = 1
    merge: str = ""
    bold: bool = False
    list: int = 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the text."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; the first *headers* rows are repeated on every page."""

    rows: Sequence[Sequence[Cell]]
    headers: int = 1


@dataclass(frozen=True)
class Manner:
    """How a file was typed: composed Unicode or not, and runs cut as an edited file has them."""

    decomposed: bool = False
    split_runs: bool = False


def word_file(
    blocks: Iterable[Paragraph | Grid], manner: Manner = Manner(), lists: int = 0
) -> bytes:
    """Return a .docx of *blocks*, with as many independent *lists*."""
    body = "".join(
        _paragraph(each.text, manner, bold=each.bold)
        if isinstance(each, Paragraph)
        else _grid(each, manner)
        for each in blocks
    )
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}">'
        f'<w:body>{body}<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        "</w:sectPr></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, part in {
            **_PARTS, "word/numbering.xml": _numbering(lists), "word/document.xml": document,
        }.items():  # fmt: skip
            parcel.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part.encode())
    return out.getvalue()


def _numbering(lists: int) -> str:
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{each}"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        for each in range(1, lists + 1)
    )
    used = "".join(
        f'<w:num w:numId="{each}"><w:abstractNumId w:val="{each}"/></w:num>'
        for each in range(1, lists + 1)
    )
    return f'<w:numbering xmlns:w="{W}">{kinds}{used}</w:numbering>'


def _grid(grid: Grid, manner: Manner) -> str:
    columns = max(sum(cell.span for cell in row) for row in grid.rows)
    widths = '<w:gridCol w:w="1800"/>' * columns
    rows = "".join(
        "<w:tr>"
        + ("<w:trPr><w:tblHeader/></w:trPr>" if at < grid.headers else "")
        + "".join(_cell(cell, manner) for cell in row)
        + "</w:tr>"
        for at, row in enumerate(grid.rows)
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{widths}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )


def _cell(cell: Cell, manner: Manner) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
    texts = cell.text.split("\n")
    paragraphs = "".join(
        _paragraph(each, manner, bold=cell.bold, numbered=cell.list if at == 0 else 0)
        for at, each in enumerate(texts)
    )
    return f"<w:tc><w:tcPr>{span}{merge[cell.merge]}</w:tcPr>{paragraphs}</w:tc>"


def _paragraph(text: str, manner: Manner, *, bold: bool, numbered: int = 0) -> str:
    written = unicodedata.normalize("NFD", text) if manner.decomposed else text
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr></w:pPr>'
        if numbered
        else ""
    )
    parts = _cut(written) if manner.split_runs else [written]
    runs = '<w:proofErr w:type="spellStart"/>'.join(_run(each, bold=bold) for each in parts)
    return f"<w:p>{properties}{runs}</w:p>"


def _cut(text: str) -> list[str]:
    """Return *text* in pieces that fall into words, as a file looks after corrections."""
    return [text[at : at + 7] for at in range(0, len(text), 7)]


def _run(text: str, *, bold: bool) -> str:
    properties = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = []
    for line in text.split("\v"):
        words = [
            f'<w:t xml:space="preserve">{escape(each)}</w:t>' if each else ""
            for each in line.split("\t")
        ]
        lines.append("<w:tab/>".join(words))
    return f'<w:r w:rsidR="00A1B2C3">{properties}{"<w:br/>".join(lines)}</w:r>'
