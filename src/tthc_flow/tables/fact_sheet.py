"""A sheet of facts to fill in: one row a step, with what is known of it already.

A cell is only filled where reading it gives back the very fact; what a table cannot say stays
empty, and an empty cell changes nothing. So a sheet that nobody touched changes nothing either.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from tthc_flow.measures.wording import time_words
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Severity, Step, StepKind, StepTime
from tthc_flow.tables import csv_text
from tthc_flow.tables.basis_text import basis_text
from tthc_flow.tables.fact_table import fact_row
from tthc_flow.tables.merge_facts import same_fact
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.workbook import LISTS_SHEET

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tthc_flow.model.step import Harm

SHEET: Final = "Dữ kiện"
TRUTHS: Final = ("có", "không")
COLUMNS: Final = {
    "id": ("Mã phần tử", 18), "name": ("Tên bước", 44), "performer": ("Đơn vị thực hiện", 30),
    "office": ("Cơ quan", 22), "role": ("Vai trò", 18), "level": ("Cấp", 12),
    "time": ("Thời gian", 20), "evidence": ("Loại bằng chứng", 16), "source": ("Nguồn", 24),
    "source.place": ("Điều, mục của nguồn", 16), "source.date": ("Ngày của nguồn", 12),
    "source.url": ("Địa chỉ của nguồn", 16),
    "work": ("Thời gian làm việc thực tế", 20), "kinds": ("Loại việc", 20),
    "reads": ("Tài liệu vào", 24), "writes": ("Tài liệu ra", 24), "criteria": ("Tiêu chí", 20),
    "databases": ("Cơ sở dữ liệu", 20), "result": ("Kết quả", 24),
    "decides": ("Có quyền quyết định", 12), "mandatory": ("Luật bắt buộc", 12),
    "discretion": ("Được cân nhắc", 12), "paper": ("Hồ sơ giấy", 12),
    "applicant_visit": ("Người nộp phải đến", 12), "pause": ("Dừng tính giờ", 12),
    "inspects": ("Đối tượng kiểm tra", 20), "legal_basis": ("Căn cứ pháp lý", 34),
    "checked": ("Số hồ sơ đã kiểm tra", 14), "rejected": ("Số hồ sơ bị từ chối", 14),
    "amended": ("Số hồ sơ lãnh đạo sửa", 14), "separate_from": ("Phải khác người với", 20),
    "harm.severity": ("Mức độ tác hại nếu cấp sai", 14),
    "harm.reversible": ("Tác hại khắc phục được", 12),
    "harm.amount": ("Thiệt hại một lần cấp sai (đồng)", 16),
    "harm.evidence": ("Loại bằng chứng của thiệt hại", 14),
    "harm.source": ("Nguồn của thiệt hại", 24),
}  # fmt: skip
"""Each column of the table: its header and how wide it is drawn."""

_CHOICES: Final = {
    "role": tuple(each.value for each in Role),
    "level": tuple(each.value for each in Level),
    "evidence": tuple(each.value for each in EvidenceKind),
    "kinds": tuple(each.value for each in StepKind),
    **dict.fromkeys(
        (
            "decides",
            "mandatory",
            "discretion",
            "paper",
            "applicant_visit",
            "pause",
            "harm.reversible",
        ),
        TRUTHS,
    ),
    "harm.severity": tuple(each.value for each in Severity),
    "harm.evidence": tuple(each.value for each in EvidenceKind),
}
_HARM: Final = ("harm.severity", "harm.reversible", "harm.amount", "harm.evidence", "harm.source")
_FIELDS: Final = {"no": "number", "pause": "pauses_clock", **dict.fromkeys(_HARM, "harm")}
_OPEN: Final = frozenset({"kinds", "level"})
"""Columns that may hold several of their choices, parted by a bar."""

_TIME: Final = ("time", "evidence", "source", "source.place", "source.date", "source.url")
_GROUPS: Final = (("performer", "office", "role", "level"), _TIME, _HARM)
"""Columns that state one fact together."""

_LONGEST: Final = 32_000


def fact_sheet(procedures: Iterable[Procedure]) -> bytes:
    """Return an .xlsx with a row for each step of *procedures*, ready to be filled in and merged.

    Every cell is text, whatever it begins with, so that nothing in it is taken for a formula, a
    date or a number.

    Source: the columns of the table of facts (``tables.fact_table``).
    """
    from openpyxl import Workbook

    book = Workbook(write_only=False)
    for each in book.worksheets:
        book.remove(each)
    sheet = book.create_sheet(SHEET)
    _put(sheet, 1, [header for header, _ in COLUMNS.values()], bold=True)
    number = 1
    for step in (step for procedure in procedures for step in procedure.flow.steps):
        number += 1
        known = known_cells(step)
        _put(sheet, number, [known.get(name, "") for name in COLUMNS])
    sheet.freeze_panes = "C2"
    _shape(sheet)
    _offer_choices(sheet, book.create_sheet(LISTS_SHEET), max(number, 2))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def known_cells(step: Step) -> Mapping[str, str]:
    """Return the cells of *step* that, read again, state exactly what is known of it."""
    told = {name: text for name, text in _cells(step).items() if text and len(text) <= _LONGEST}
    groups = [*_GROUPS, *((name,) for name in told if not any(name in each for each in _GROUPS))]
    kept: dict[str, str] = {key: told[key] for key in ("id", "name") if key in told}
    for group in groups:
        cells = {name: told[name] for name in group if name in told}
        field = _FIELDS.get(group[0], group[0])
        if cells and group[0] not in kept and _says(cells, field, getattr(step, field)):
            kept |= cells
    return kept


def _says(cells: Mapping[str, str], field: str, value: object) -> bool:
    """Return whether a row with *cells* is read, without a doubt, as *value* and nothing else."""
    notes = Notes()
    read = fact_row(csv_text.row(list(cells), list(cells.values()), 1), None, notes)
    return not notes.found and [*read.facts] == [field] and same_fact(value, read.facts[field])


def _cells(step: Step) -> dict[str, str]:
    texts: dict[str, Any] = {
        "id": step.id,
        "name": " ".join(step.name.split()),
        **_performer(step),
        **_time(step.time),
        **_harm(step.harm),
        "work": None if step.work is None else time_words(step.work),
        "kinds": [each.value for each in step.kinds],
        "reads": step.reads,
        "writes": step.writes,
        "criteria": step.criteria,
        "databases": [each.name for each in step.databases],
        "separate_from": step.separate_from,
        "inspects": step.inspects,
        "legal_basis": _bases(step),
        "result": step.result,
        "pause": step.pauses_clock or None,
    }
    for name in ("decides", "mandatory", "discretion", "paper", "applicant_visit"):
        texts[name] = getattr(step, name)
    for name in ("checked", "rejected", "amended"):
        texts[name] = getattr(step, name)
    return {name: _said(value) for name, value in texts.items()}


def _bases(step: Step) -> list[str]:
    """Return the texts that demand *step*; none where one of them cannot be said in a cell."""
    said = [basis_text(each) for each in step.legal_basis]
    return said if all(said) else []


def _performer(step: Step) -> dict[str, Any]:
    who = step.performer
    if who is None:
        return {}
    role = None if who.role is None else who.role.value
    levels = [each.value for each in who.levels]
    return {"performer": who.name, "office": who.office, "role": role, "level": levels}


def _time(time: StepTime) -> dict[str, Any]:
    printed = time.printed
    if printed is None and time.duration is not None:
        printed = time_words(time.duration)
    told: dict[str, Any] = {"time": printed}
    if printed is not None:
        told["evidence"] = time.evidence.value
    if time.source is not None:
        told |= {"source": time.source.document, "source.place": time.source.place}
        told |= {"source.date": time.source.date, "source.url": time.source.url}
    return told


def _harm(harm: Harm | None) -> dict[str, Any]:
    if harm is None:
        return {}
    told: dict[str, Any] = {"harm.reversible": harm.reversible}
    if harm.severity is not None:
        told["harm.severity"] = harm.severity.value
    if harm.amount is not None:
        told |= {
            "harm.amount": str(harm.amount.value),
            "harm.evidence": harm.amount.evidence.value,
        }
        if harm.amount.source is not None:
            told["harm.source"] = harm.amount.source.document
    return told


def _said(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return TRUTHS[0] if value else TRUTHS[1]
        case str():
            return value
        case int():
            return str(value)
        case list() | frozenset():
            return "|".join(sorted(value) if isinstance(value, frozenset) else value)
        case _:
            return str(value)


def _put(sheet: Worksheet, row: int, texts: list[str], *, bold: bool = False) -> None:
    """Write *texts* as text cells: quoted, so that editing one does not make it a formula."""
    from openpyxl.styles import Alignment, Font

    for number, text in enumerate(texts, start=1):
        cell = sheet.cell(row, number)
        cell.number_format = "@"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        if text:
            cell.value = text
            cell.data_type = "s"
            cell.quotePrefix = True


def _shape(sheet: Worksheet) -> None:
    from openpyxl.utils import get_column_letter

    for number, (_, width) in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _offer_choices(sheet: Worksheet, lists: Worksheet, last: int) -> None:
    """Give the columns with choices a list to pick from; where several may stand it only offers."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    places = {name: get_column_letter(number) for number, name in enumerate(COLUMNS, start=1)}
    for number, (name, choices) in enumerate(_CHOICES.items(), start=1):
        letter = get_column_letter(number)
        for row, text in enumerate((COLUMNS[name][0], *choices), start=1):
            lists.cell(row, number, text)
        rule = DataValidation(
            type="list",
            formula1=f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(choices) + 1}",
            allow_blank=True,
            showErrorMessage=name not in _OPEN,
        )
        rule.add(f"{places[name]}2:{places[name]}{last}")
        sheet.add_data_validation(rule)
    lists.sheet_state = "hidden"
