"""A Word paper as a test reads it: its XML, its words in order, its tables and sections."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import docx
from attrs import evolve, frozen

from tthc_flow.report.word.annex import annex
from tthc_flow.report.word.blocks import Figure
from tthc_flow.report.word.drawing import drawn
from tthc_flow.report.word.reviewed import Reviewed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@frozen
class Read:
    """What a .docx file holds."""

    data: bytes

    @property
    def body(self) -> ET.Element:
        """Return the XML of the text."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as parcel:
            return ET.fromstring(parcel.read("word/document.xml"))  # noqa: S314 - our own file

    @property
    def lines(self) -> list[str]:
        """Return every paragraph in the order of the paper, those of cells too."""
        told = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in self.body.iter(f"{W}p"))
        return [line.replace("\N{NO-BREAK SPACE}", " ") for line in told if line.strip()]

    @property
    def words(self) -> str:
        """Return the whole text."""
        return "\n".join(self.lines)

    @property
    def document(self) -> Any:
        """Return the file as python-docx reads it."""
        return docx.Document(io.BytesIO(self.data))

    def rows(self, heading: str) -> list[list[str]]:
        """Return the rows of the first table whose heading row begins with *heading*."""
        for table in self.document.tables:
            if table.rows[0].cells[0].text == heading:
                return [[_plain(cell.text) for cell in row.cells] for row in table.rows]
        raise AssertionError(f"no table {heading}")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def annex_words(*reviewed: Reviewed) -> Read:
    """Return the annex without its pictures, which take longer to draw than all the rest."""
    paper = annex(reviewed)
    blocks = tuple(each for each in paper.blocks if not isinstance(each, Figure))
    return Read(drawn(evolve(paper, blocks=blocks)))
