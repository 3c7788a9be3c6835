"""Write the Office files that the documentation works on: the same bytes each time.

    .venv/bin/python tools/sample_files.py

``bang-cac-buoc.docx`` and ``.xlsx`` are a table of steps with the facts of the shipped procedure of
Sơn La (QĐ 2969/QĐ-UBND), from its drawing; ``mau-rieng.docx`` is a template for `report`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tthc_flow.bpmn.read import read
from tthc_flow.words.numbers import number

ROOT: Final = Path(__file__).resolve().parents[1]
FLOW: Final = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"
DEMO: Final = ROOT / "docs" / "demo"
HEADER: Final = ("TT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian", "Kết quả")
LONG_AGO: Final = datetime(2025, 11, 21, tzinfo=UTC)
WIDTHS: Final = (6, 46, 40, 12, 26)


def rows() -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the lines above the table, and its rows."""
    (told,) = (each for each in read(FLOW).procedures if each.flow.steps)
    source = told.source.document if told.source else ""
    head = [
        f"Quy trình giải quyết thủ tục: {told.name} (mã số {told.code})",
        "Thời hạn giải quyết: 03 ngày",
        f"Theo {source}",
    ]
    return head, [
        (
            step.number or "",
            step.name or "",
            step.performer.name if step.performer and step.performer.name else "",
            f"{number(step.time.duration.amount)} ngày" if step.time.duration else "",
            step.result or "",
        )
        for step in told.flow.steps
    ]


def word(head: Sequence[str], body: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - a docx document
    """Return the table as a Word document."""
    import docx

    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(HEADER), style="Table Grid")
    for row in (HEADER, *body):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.core_properties.created = document.core_properties.modified = LONG_AGO
    return document


def excel(head: Sequence[str], body: Sequence[Sequence[str]]) -> Any:  # noqa: ANN401 - a workbook
    """Return the table as an Excel workbook."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Quy trình"
    for line in ([text] for text in head):
        sheet.append(line)
    for row in (HEADER, *body):
        sheet.append(list(row))
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    book.properties.created = book.properties.modified = LONG_AGO.replace(tzinfo=None)
    return book


def packed(save: Callable[[io.BytesIO], None]) -> bytes:
    """Return a saved Office file with no moment in it, so that it is the same bytes each time."""
    raw, out = io.BytesIO(), io.BytesIO()
    save(raw)
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _dated(data)
            made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _dated(core: bytes) -> bytes:
    """Return the properties of a file with the day of the decision as its last change."""
    import re

    day = LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day, core)


def template() -> Any:  # noqa: ANN401 - a docx document
    """Return a template of an agency: a heading, its figures, and the new steps as a table."""
    import docx

    document = docx.Document()
    document.add_paragraph("Thủ tục: {{ told.name }} (mã số {{ procedure.code }})")
    document.add_paragraph(
        "Thời gian: {{ told.time_before }} → {{ told.time_after }}, giảm {{ told.time_cut }}"
    )
    table = document.add_table(rows=0, cols=len(HEADER), style="Table Grid")
    names = [f"{{{{ s.{each} }}}}" for each in ("number", "name", "performer", "time", "result")]
    for row in (HEADER, ["{%tr for s in steps.after %}"], names, ["{%tr endfor %}"]):
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    document.add_paragraph("{{ draft }}")
    document.core_properties.created = document.core_properties.modified = LONG_AGO
    return document


def main() -> None:
    """Write the files."""
    head, body = rows()
    files = {"bang-cac-buoc.docx": word(head, body), "bang-cac-buoc.xlsx": excel(head, body)}
    for name, made in {**files, "mau-rieng.docx": template()}.items():
        (DEMO / name).write_bytes(packed(made.save))


if __name__ == "__main__":
    main()
