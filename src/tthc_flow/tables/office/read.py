"""Every procedure of a Word or Excel file as a step table, with all that is doubtful in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.loading import load_office
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.office.captions import read_caption
from tthc_flow.tables.office.excel_file import excel_blocks
from tthc_flow.tables.office.gather import Gathered, gathered
from tthc_flow.tables.office.to_tree import tree_of
from tthc_flow.tables.office.word_file import word_blocks
from tthc_flow.tables.parcel import OfficeKind, office_kind
from tthc_flow.tables.step_table import TableReading
from tthc_flow.tables.whole_table import table_of

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.tables.office.drafts import Draft

_OWN_TITLE: Final = re.compile(r"(?:sheet|trang tính|bảng|table)\s*\(?\d*\)?|\d+", re.IGNORECASE)
"""What Excel calls a sheet by itself, and numbers: no name of a procedure."""

LOOKED_FOR: Final = "TT, Nội dung công việc, Đơn vị/người thực hiện, Thời gian, Kết quả"
"""The columns of a step table, as an officer reads them."""

TOLD: Final = 5
"""How many tables that are none are named in a refusal."""


def read_office(source: str | os.PathLike[str] | bytes) -> tuple[TableReading, ...]:
    """Return every step table of a Word (.docx) or Excel (.xlsx) file, in its order.

    Several procedures in one file, headings before a table or inside it, merged cells, headers of
    two rows and rows cut by a page break are understood; whatever was guessed is a finding, with
    the table (or sheet) as its name and the row as its line. Linear in the file.

    Args:
        source: A path or the file's bytes.

    Returns:
        At least one reading; the findings about the whole file come with the first.

    Raises:
        UnreadableInput: TF220 cannot be opened, TF225 too large, TF227 neither Word nor Excel,
            TF240 macros, TF241 a password, TF242 unpacks to too much, TF243 broken, TF245 no
            step table, TF246 a PDF, TF247 an old .doc or .xls.

    Example:
        >>> import io, openpyxl
        >>> book = openpyxl.Workbook()
        >>> for row in (
        ...     ["Thủ tục: Cấp giấy phép (Mã TTHC: 1.014464)"],
        ...     ["TT", "Nội dung công việc", "Người thực hiện", "Thời gian"],
        ...     ["1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày"],
        ... ):
        ...     book.active.append(row)
        >>> file = io.BytesIO()
        >>> book.save(file)
        >>> [(each.table.code, len(each.table.rows)) for each in read_office(file.getvalue())]
        [('1.014464', 1)]

    Source: annexes of decisions that publish quy trình nội bộ (TT 03/2025/TT-VPCP).
    """
    return office_tables(*load_office(source))


def office_tables(data: bytes, place: str) -> tuple[TableReading, ...]:
    """Return every step table of the Word or Excel file in *data*, named *place* in messages.

    Raises:
        UnreadableInput: as :func:`read_office`, but for TF220.
    """
    notes = Notes()
    if office_kind(data, place) is OfficeKind.WORD:
        found = gathered(word_blocks(data, place))
    else:
        found = gathered(excel_blocks(data, place, notes))
        for draft in found.drafts:
            _call_by_sheet(draft)
    if not found.drafts:
        raise _nothing(found, place, unseen=any("hidden" in each.code for each in notes.found))
    for part, title, large in found.skipped:
        if large:
            notes.tell("office-table-skipped", where=part, text=title or "…")
    readings = [_reading(draft, place) for draft in found.drafts]
    of_file = (*notes.found, *found.notes.found)
    first = evolve(readings[0], findings=(*of_file, *readings[0].findings))
    return (first, *readings[1:])


def _call_by_sheet(draft: Draft) -> None:
    """Give a procedure that nothing names the title of its sheet, if somebody chose one."""
    if _OWN_TITLE.fullmatch(draft.part):
        return
    titled = read_caption(draft.part)
    draft.code = draft.code or titled.code
    if not draft.name:
        draft.name, draft.guessed = titled.value or draft.part, True


def _reading(draft: Draft, place: str) -> TableReading:
    tree = tree_of(draft)
    table = table_of(tree, place, draft.notes)
    findings = tuple(_named(each, draft.part) for each in draft.notes.found)
    return TableReading(table=table, findings=findings, part=draft.part)


def _named(finding: Finding, part: str) -> Finding:
    """Return *finding* with the table or sheet that its line counts in."""
    return finding if finding.name else evolve(finding, name=part)


def _nothing(found: Gathered, place: str, *, unseen: bool) -> UnreadableInput:
    seen = [f"{part}: “{title[:60]}”" for part, title, _ in found.skipped[:TOLD]]
    more = len(found.skipped) - len(seen)
    tables = "; ".join(seen) + (f"; +{more}" if more > 0 else "")
    return UnreadableInput(
        "TF245",
        f"no table with columns such as {LOOKED_FOR}"
        + (f" (tables found: {tables})" if tables else " (the file holds no table)")
        + (" (hidden rows, columns and sheets are not read)" if unseen else ""),
        place=place,
        hint="name the columns in the first row of the table",
    )
