"""Cells of a worksheet as they are drawn: text that stays text, colours, comments, lists."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import CannotWrite
from tthc_flow.tables.labels import UNKNOWN
from tthc_flow.tables.review.columns import KEY, NOTES, ROW_ID, Form
from tthc_flow.tables.review.words import NONE, branch_words, bulleted, choices, label, said
from tthc_flow.tables.workbook import LISTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.styles import Alignment, Border, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

    from tthc_flow.tables.review.cells import Cells, Value
    from tthc_flow.tables.review.columns import Column

FONT: Final = "Calibri"
HEADER: Final = "1F3864"
LOOK: Final = "FCE4D6"
GUESSED: Final = "FFF2CC"
MISSING: Final = "F8CBAD"
LONGEST: Final = 32_767
"""How many characters a cell holds."""

SPARE_ROWS: Final = 200
"""How far below the last row the lists are offered, for rows that are added."""

LINE: Final = 15
HIGHEST: Final = 405
"""How high a line and a row are, in points."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_MARKED: Final = frozenset({KEY, ROW_ID, "no", NOTES})
"""The cells that are coloured where a row needs a look."""

_PRECISE: Final = 15


@frozen
class Grid:
    """A header with its columns, and where it stands."""

    columns: tuple[Column, ...]
    headers: tuple[str, ...]
    header_row: int
    lang: str


def shown(value: Value, column: Column, lang: str) -> str | int | float:
    """Return what a cell of *column* says for *value*: a number, or words.

    Example:
        >>> from tthc_flow.tables.review.columns import Column
        >>> shown(Fraction(1, 4), Column("v", form=Form.NUMBER), "vi")
        0.25
        >>> shown(Fraction(1, 3), Column("v", form=Form.NUMBER), "vi")
        '1/3'
    """
    match column.form, value:
        case Form.NUMBER, Fraction():
            return _number(value)
        case Form.CHOICE, str():
            return label(column.family, value, lang)
        case Form.CHOICES, tuple():
            return choices(column.family, value, lang)  # type: ignore[arg-type] # labels
        case Form.TEXTS, tuple():
            return bulleted(value) if value else said(f"word-{NONE}", lang)  # type: ignore[arg-type] # texts
        case Form.BRANCHES, tuple():
            return branch_words(value, lang)  # type: ignore[arg-type] # branches
        case _ if value == UNKNOWN and (column.form is Form.NUMBER or column.family):
            return said("word-unknown", lang)
        case _:
            return str(value)


def _number(value: Fraction) -> str | int | float:
    """Return *value* as Excel can hold it exactly, else as a fraction in words."""
    if value.denominator == 1 and abs(value) < 10**_PRECISE:
        return value.numerator
    exact = f"{float(value):.{_PRECISE}g}" if abs(value) < 10**_PRECISE else "nan"
    return float(value) if exact != "nan" and Fraction(exact) == value else str(value)


def used(columns: Sequence[Column], rows: Sequence[Cells]) -> tuple[Column, ...]:
    """Return the columns that stand always, or in which one of *rows* says something."""
    said_of = {path for row in rows for path in row}
    return tuple(each for each in columns if each.always or each.path in said_of)


def put_header(sheet: Worksheet, grid: Grid) -> None:
    """Write the header of *grid*, the widths of its columns, and what is printed on every page."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for number, (column, words) in enumerate(zip(grid.columns, grid.headers, strict=True), 1):
        cell = sheet.cell(grid.header_row, number, words)
        cell.font = Font(name=FONT, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEADER)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[grid.header_row].height = 3 * LINE
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{grid.header_row}"


def put_row(
    sheet: Worksheet, at: int, grid: Grid, cells: Cells, remarks: Mapping[str, str], *, look: bool
) -> None:
    """Write one row: its cells, coloured where unknown, guessed or (*look*) to be looked at."""
    lines = 1
    for number, column in enumerate(grid.columns, start=1):
        value = cells.get(column.path)
        words = "" if value is None else shown(value, column, grid.lang)
        fill = LOOK if look and column.path in _MARKED else ""
        if value in {UNKNOWN, (UNKNOWN,)}:
            fill = MISSING
        elif column.path in remarks:
            fill = MISSING if words == "" else GUESSED
        put(sheet, at, number, words, fill)
        if column.path in remarks:
            _comment(sheet, at, number, remarks[column.path])
        lines = max(lines, _lines(words, column.width))
    sheet.row_dimensions[at].height = min(LINE * lines + 2, HIGHEST)


def _lines(words: str | float, width: int) -> int:
    """Return how many lines *words* take in a column, as long as its characters are of one width.

    Excel sets no height of its own for a file that another program wrote.
    """
    return sum(1 + len(each) // width for each in str(words).split("\n"))


def put(sheet: Worksheet, row: int, column: int, words: str | float, fill: str = "") -> None:
    """Write *words* into a cell; text is quoted, so that editing it makes no formula of it.

    Raises:
        CannotWrite: TF612 for a control character, TF617 for a text longer than a cell holds.
    """
    cell = sheet.cell(row, column)
    cell.alignment, cell.border, cell.fill = _look(fill)
    if isinstance(words, str):
        cell.number_format = "@"
        if words:
            _refuse(words, f"{sheet.title}!{cell.coordinate}")
            cell.value = words
            cell.data_type = "s"
            cell.quotePrefix = True
    else:
        cell.value = words


@cache
def _look(fill: str) -> tuple[Alignment, Border, PatternFill]:
    """Return how a cell stands and is framed and coloured; made once, for every cell."""
    from openpyxl.styles import Alignment, Border, PatternFill, Side

    thin = Side(style="thin", color="BFBFBF")
    frame = Border(left=thin, right=thin, top=thin, bottom=thin)
    paint = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    return Alignment(wrap_text=True, vertical="top"), frame, paint


def _refuse(words: str, place: str) -> None:
    control = _CONTROL.search(words)
    if control is not None:
        raise CannotWrite(
            "TF612",
            f"the text holds the control character {control[0]!r}",
            place=place,
            hint="take it out of the table",
        )
    if len(words) > LONGEST:
        raise CannotWrite(
            "TF617",
            f"the text has {len(words):_} characters, a cell of a workbook holds {LONGEST:_}",
            place=place,
            hint="shorten it in the table",
        )


def _comment(sheet: Worksheet, row: int, column: int, words: str) -> None:
    from openpyxl.comments import Comment

    comment = Comment(words, "tthc-flow")
    comment.width, comment.height = 320, 40 + 18 * (1 + len(words) // 45)
    sheet.cell(row, column).comment = comment


def offer_choices(
    sheet: Worksheet, grid: Grid, last: int, families: Mapping[str, tuple[str, int]]
) -> None:
    """Give the columns with choices a list to pick from; where several may stand it only offers.

    *families* tells where each family stands in the sheet of lists: its letter and its length.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(grid.columns, start=1):
        if column.form not in {Form.CHOICE, Form.CHOICES}:
            continue
        letter, count = families[column.family]
        rule = DataValidation(
            type="list",
            formula1=f"'{LISTS_SHEET}'!${letter}$2:${letter}${count + 1}",
            allow_blank=True,
            showErrorMessage=column.form is Form.CHOICE,
        )
        place = get_column_letter(number)
        rule.add(f"{place}{grid.header_row + 1}:{place}{last + SPARE_ROWS}")
        sheet.add_data_validation(rule)
