"""The page of the glossary, from the table that every text of the program is checked against."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

from making.files import write_page

from tthc_flow.words.collation import vietnamese_order


def write_glossary(docs: Path) -> None:
    """Write the glossary, sorted as Vietnamese is."""
    text = files("tthc_flow.words").joinpath("glossary.csv").read_text(encoding="utf-8")
    rows = sorted(csv.DictReader(text.splitlines()), key=lambda row: vietnamese_order(row["vi"]))
    lines = [f"| {row['vi']} | {row['en']} | {row['note']} |" for row in rows]
    head = "# Glossary · Bảng thuật ngữ\n\n| tiếng Việt | English | note |\n|---|---|---|\n"
    write_page(docs / "glossary.md", head + "\n".join(lines) + "\n")
