"""A sheet that is written from the top down: title, frozen header, rows, lists to choose from."""

from __future__ import annotations

from copy import copy
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from tthc_flow.report.excel.cells import FORMATS, Cell, say
from tthc_flow.report.plain_text import legal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST: Final = 32_000
_FONT: Final = "Times New Roman"
_HEAD, _BAND, _ENTRY, _LINE = "DCE6F1", "EEF2F6", "FFF8D6", "BFC8D2"
_LINE_HEIGHT: Final = 15
_TALLEST: Final = 400  # points; Excel allows 409
_A3, _A4 = 8, 9  # what Excel calls the two papers
_WIDEST_A4: Final = 180  # letters a line, at about 8 points
_LETTERS: Final = (
    1.25  # of Times New Roman 11 that fit where one digit of the standard letters does
)


@define
class Sheet:
    """A worksheet and the row that was written last."""

    page: Worksheet
    lang: str
    row: int = 0
    widths: tuple[float, ...] = ()
    _styles: dict[str, Any] = field(factory=dict)
    _looks: dict[tuple[str, bool, bool, bool], Any] = field(factory=dict)
    _rules: dict[str, Any] = field(factory=dict)

    @property
    def name(self) -> str:
        """Return how formulas of other sheets call this one."""
        return f"'{self.page.title}'!"

    def say(self, *lines: str) -> None:
        """Write lines above the table, the first as the title; they run over what is empty."""
        for number, line in enumerate(lines):
            self.row += 1
            cell = self.page.cell(self.row, 1)
            _text(cell, line)
            first = number == 0 and self.row == 1
            cell.font = self._font(bold=first, size=14 if first else 11)

    def head(self, columns: Sequence[tuple[str, float]], frozen: int) -> None:
        """Write the header: frozen, with *frozen* columns, and again on top of each printed page.

        Args:
            columns: The code of each header and the width of its column.
            frozen: How many columns stay when the sheet is scrolled to the right.
        """
        from openpyxl.styles import Alignment, PatternFill
        from openpyxl.utils import get_column_letter

        self.row += 1
        self.widths = tuple(width for _, width in columns)
        for number, (code, width) in enumerate(columns, start=1):
            cell = self.page.cell(self.row, number)
            _text(cell, say(code, self.lang))
            cell.font, cell.border = self._font(bold=True), self._border()
            cell.fill = PatternFill("solid", fgColor=_HEAD)
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
            self.page.column_dimensions[get_column_letter(number)].width = width
        self._fit(say(code, self.lang) for code, _ in columns)
        self.page.freeze_panes = f"{get_column_letter(frozen + 1)}{self.row + 1}"
        self.page.print_title_rows = f"{self.row}:{self.row}"

    def band(self, text: str, column: int) -> None:
        """Write what the rows below are about, across the sheet."""
        from openpyxl.styles import PatternFill

        self.row += 1
        for number in range(1, len(self.widths) + 1):
            cell = self.page.cell(self.row, number)
            cell.fill = PatternFill("solid", fgColor=_BAND)
        cell = self.page.cell(self.row, column)
        _text(cell, text)
        cell.font = self._font(bold=True)

    def put(self, cells: Sequence[Cell | None]) -> int:
        """Write a row; ``None`` is an empty cell. Return its number."""
        self.row += 1
        padded = (*cells, *[None] * (len(self.widths) - len(cells)))
        for number, each in enumerate(padded, start=1):
            self._write(self.page.cell(self.row, number), each or Cell())
        self._fit(_words(each) for each in cells)
        return self.row

    def set(self, place: str, given: Cell) -> None:
        """Write one more cell, in a row that is there already."""
        self._write(self.page[place], given)

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def offer(self, cells: str, source: str) -> None:
        """Give *cells* a list to choose from."""
        self._rule("choose", cells, type="list", formula1=source)

    def not_negative(self, cells: str) -> None:
        """Take only numbers of zero or more in *cells*."""
        self._rule("positive", cells, type="decimal", operator="greaterThanOrEqual", formula1="0")

    def only_share(self, cells: str) -> None:
        """Take only shares, 0 to 1, in *cells*."""
        limits = {"formula1": "0", "formula2": "1"}
        self._rule("share-only", cells, type="decimal", operator="between", **limits)

    def _rule(self, code: str, cells: str, **rule: Any) -> None:  # noqa: ANN401 - openpyxl's
        """Put *cells* under the rule of *code*; there is one of each on a sheet."""
        from openpyxl.worksheet.datavalidation import DataValidation

        if code not in self._rules:
            told = say(code, self.lang)
            made = DataValidation(allow_blank=True, showErrorMessage=True, error=told, **rule)
            self._rules[code] = made
            self.page.add_data_validation(made)
        self._rules[code].add(cells)

    def _write(self, cell: Any, given: Cell) -> None:  # noqa: ANN401 - openpyxl's
        quoted = isinstance(given.value, str) and not given.formula
        value = legal(str(given.value))[:_LONGEST] if quoted else given.value
        if value is not None:  # what kind it is is known here, so openpyxl need not find out
            cell._value = value  # noqa: SLF001 - openpyxl has no other way
            cell.data_type = "s" if quoted else "f" if given.formula else "n"
        # Of each look the first cell is formatted; the others share its style: far quicker.
        look = given.kind, given.strong, given.entry, quoted
        if look not in self._looks:
            cell._style = copy(cell._style)  # noqa: SLF001 - the same
            self._format(cell, given)
            cell.quotePrefix = quoted
            self._looks[look] = cell._style  # noqa: SLF001 - the same
        cell._style = self._looks[look]  # noqa: SLF001 - the same

    def _format(self, cell: Any, given: Cell) -> None:  # noqa: ANN401 - openpyxl's
        from openpyxl.styles import Alignment, PatternFill

        figure = given.kind != "text"
        cell.number_format = FORMATS[given.kind]
        cell.font, cell.border = self._font(bold=given.strong), self._border()
        side = "right" if figure else "left"
        cell.alignment = Alignment(
            wrap_text=not figure, shrink_to_fit=figure, vertical="top", horizontal=side
        )
        if given.entry:
            cell.fill = PatternFill("solid", fgColor=_ENTRY)

    def _fit(self, texts: Iterable[str]) -> None:
        """Make the last row as high as its longest text needs: not every program does it itself."""
        lines = 1
        for text, width in zip(texts, self.widths, strict=False):
            letters = max(1, int(width * _LETTERS))
            if len(text) > letters or "\n" in text:
                wrapped = (len(wrap(part, letters)) or 1 for part in text.split("\n"))
                lines = max(lines, sum(wrapped))
        height = min(_TALLEST, lines * _LINE_HEIGHT + 1)
        self.page.row_dimensions[self.row].height = height

    def _font(self, *, bold: bool = False, size: int = 11) -> Any:  # noqa: ANN401 - openpyxl's
        from openpyxl.styles import Font

        return self._kept(f"font-{bold}-{size}", lambda: Font(name=_FONT, size=size, bold=bold))

    def _border(self) -> Any:  # noqa: ANN401 - openpyxl's
        from openpyxl.styles import Border, Side

        line = Side(style="thin", color=_LINE)
        return self._kept("border", lambda: Border(left=line, right=line, top=line, bottom=line))

    def _kept(self, name: str, make: Any) -> Any:  # noqa: ANN401 - openpyxl's
        if name not in self._styles:
            self._styles[name] = make()
        return self._styles[name]


def _words(cell: Cell | None) -> str:
    figure = cell is None or cell.formula or not isinstance(cell.value, str)
    return "" if cell is None or figure else str(cell.value)


def _text(cell: Any, value: str) -> None:  # noqa: ANN401 - openpyxl's
    """Write *value* as text: quoted, so that no spreadsheet ever takes it for a formula."""
    cell.value = legal(value)[:_LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.number_format = "@"


def for_print(page: Worksheet, lang: str) -> None:
    """Set *page* up for paper: across, as wide as the sheet, its pages numbered.

    A sheet that could not be read on A4 is printed on A3.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    wide = sum(each.width for each in page.column_dimensions.values()) > _WIDEST_A4
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A3 if wide else _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.7, 0.3
    footer = page.oddFooter
    footer.center.text = say("page", lang)  # type: ignore[union-attr]  # it is always there
    footer.right.text = page.title  # type: ignore[union-attr]  # the same
