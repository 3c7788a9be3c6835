"""Small Excel workbooks for tests, made cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def book(*rows: tuple[object, ...], change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a workbook whose first sheet holds *rows*."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def on_sheet(change: Callable[[Worksheet], object]) -> Callable[[Workbook], None]:
    """Return *change* of the first sheet as a change of the workbook."""

    def changed(made: Workbook) -> None:
        change(made.worksheets[0])

    return changed


def repacked(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """Return the zip file *data* with some of its *parts* replaced, changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = [*old.namelist(), *(name for name in parts if name not in old.namelist())]
        for name in names:
            part = parts.get(name, bytes)
            new.writestr(name, part(old.read(name)) if callable(part) else part)
    return out.getvalue()
