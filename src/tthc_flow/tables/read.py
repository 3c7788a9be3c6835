"""Read step tables from YAML, CSV, Word or Excel: the tables, and everything doubtful in them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.csv_text import csv_tree, looks_like_csv
from tthc_flow.tables.loading import decoded, load_office
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.office.read import office_tables
from tthc_flow.tables.parcel import OfficeKind, is_office, office_kind
from tthc_flow.tables.review.read import read_review
from tthc_flow.tables.step_table import TableReading
from tthc_flow.tables.tree import yaml_tree
from tthc_flow.tables.whole_table import table_of

SHOWN: Final = 20
"""How many procedures of a file a refusal lists."""


def read_table(table: str | os.PathLike[str] | bytes) -> TableReading:
    r"""Return the step table in *table*: a path, the file's bytes, or its text (with a line break).

    Labels that the file gives for kind, role and level are taken as given; where there are none
    the words decide, and a finding says which words. Unknown stays unknown, with a finding.

    Args:
        table: YAML or CSV, UTF-8 (a byte order mark is fine, so is UTF-16 with one), a Word
            (.docx) or Excel (.xlsx) file, or the workbook that ``review_sheet`` makes.

    Returns:
        The table and the findings, each with its line.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF221 not UTF-8, TF222 not YAML, TF223 a field
            without which there is no table, TF224 no CSV header, TF225 aliases, too deep or
            large, TF226 broken CSV, TF227 another kind of file, TF229 several tables, TF240-TF243
            a Word or Excel file that is not safe to open, TF245 none in it, TF246 a PDF, TF247 an
            old .doc or .xls.

    Example:
        >>> read = read_table("name: Thủ tục\nsteps:\n- {no: 1, content: Tiếp nhận hồ sơ}\n")
        >>> [row.kinds[0].value for row in read.table.rows]
        ['receive']

    Source: columns of a quy trình nội bộ as provinces publish it (QĐ of the UBND tỉnh).
    """
    found = read_tables(table)
    if len(found) > 1:
        raise several(found, table)
    return found[0]


def several(
    found: Sequence[TableReading], table: str | os.PathLike[str] | bytes
) -> UnreadableInput:
    """Return the refusal (TF229) of a file that holds several tables where one was asked for."""
    names = tuple(
        f"{at} ({each.table.code or each.table.name or each.part or each.table.id})"
        for at, each in enumerate(found, start=1)
    )
    return UnreadableInput(
        "TF229",
        f"the file holds {len(found)} procedures: {', '.join(names[:SHOWN])}"
        + (" …" if len(found) > SHOWN else ""),
        place="" if isinstance(table, bytes) else os.fspath(table),
        hint="name one of them by its number or code, or read them all",
        choices=names,
    )


def read_tables(table: str | os.PathLike[str] | bytes) -> tuple[TableReading, ...]:
    r"""Return every step table in *table*; YAML and CSV hold one, Word and Excel several.

    Raises:
        UnreadableInput: as :func:`read_table`, but for TF229.

    Example:
        >>> [len(each.table.rows) for each in read_tables("steps:\n- content: Nhận hồ sơ\n")]
        [1]
    """
    data, place = load_office(table)
    if is_office(data):
        excel = office_kind(data, place) is OfficeKind.EXCEL
        reviewed = read_review(data, place) if excel else None
        return office_tables(data, place) if reviewed is None else reviewed
    text = decoded(data, place)
    is_csv = place.endswith((".csv", ".tsv")) or (
        not place.endswith((".yaml", ".yml")) and looks_like_csv(text)
    )
    tree = csv_tree(text, place) if is_csv else yaml_tree(text, place)
    notes = Notes()
    return (TableReading(table=table_of(tree, place, notes), findings=tuple(notes.found)),)
