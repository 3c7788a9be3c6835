"""Annexes in Word whose tables hold one procedure each, in the ways that offices print them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from tables.annexes.captions import about, by_level, numbered, opening
from tables.annexes.facts import UNITS, Row, Table, amount_words, time_words
from tables.annexes.word_parts import Cell, Grid, Manner, Paragraph, word_file

Draw = Callable[[Table], Grid]


def _annex(
    tables: Sequence[Table],
    draw: Draw,
    word: str = "Thủ tục",
    manner: Manner = Manner(),  # noqa: B008 - frozen
    lists: int = 0,
) -> bytes:
    """Return an annex with a heading, some lines and a table for each procedure."""
    blocks: list[Paragraph | Grid] = [Paragraph(each, bold=True) for each in opening(tables)]
    at = 0
    for heading, group in by_level(tables):
        blocks.append(Paragraph(heading, bold=True))
        for table in group:
            at += 1
            blocks.append(Paragraph(numbered(table, at, word), bold=True))
            blocks += [Paragraph(each) for each in about(table)]
            blocks.append(draw(table))
    return word_file(blocks, manner, lists)


def _header(*texts: str) -> list[Cell]:
    return [Cell(each, bold=True) for each in texts]


def heading_and_table(tables: Sequence[Table]) -> bytes:
    """Return the plain form: a heading, then TT, content, responsibility, time, result."""

    def draw(table: Table) -> Grid:
        rows = [_header("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian", "Kết quả")]
        for row in table.rows:
            cells = (row.number, row.content, row.performer, time_words(row.time), row.result)
            rows.append([Cell(each) for each in cells])
        return Grid(rows)

    return _annex(tables, draw)


UNIT_FIRST = re.compile(
    r"(?P<who>Lãnh đạo|Chuyên viên|Công chức|Văn thư|Trưởng phòng|Giám đốc|Phó Giám đốc)\s+"
    r"(?P<where>(?:Phòng|Sở|Văn phòng|UBND|Trung tâm|Ban)\b[^,;]*)"
)


def two_row_header(tables: Sequence[Table]) -> bytes:
    """Return tables whose header has two rows: unit and person below "Trách nhiệm thực hiện"."""
    top = [
        Cell("TT", merge="restart", bold=True),
        Cell("Nội dung công việc", merge="restart", bold=True),
        Cell("Trách nhiệm thực hiện", span=2, bold=True),
        Cell("Thời gian", merge="restart", bold=True),
        Cell("Sản phẩm", merge="restart", bold=True),
    ]
    below = [
        Cell(merge="continue"), Cell(merge="continue"), Cell("Đơn vị", bold=True),
        Cell("Người thực hiện", bold=True), Cell(merge="continue"), Cell(merge="continue"),
    ]  # fmt: skip

    def draw(table: Table) -> Grid:
        rows = [top, below]
        for row in table.rows:
            found = UNIT_FIRST.fullmatch(row.performer)
            unit, person = (found["where"], found["who"]) if found else (row.performer, "")
            cells = (row.number, row.content, unit, person, time_words(row.time), row.result)
            rows.append([Cell(each) for each in cells])
        return Grid(rows, headers=2)

    return _annex(tables, draw, "Tên thủ tục hành chính")


def pages_split(tables: Sequence[Table]) -> bytes:
    """Return tables cut by pages: the header again inside, and long rows in two parts."""
    header = _header("STT", "Trình tự thực hiện", "Người thực hiện", "Thời gian thực hiện")

    def draw(table: Table) -> Grid:
        rows = [header]
        for at, row in enumerate(table.rows):
            if at and at % 4 == 0:
                rows.append(header)
            cut = row.content.rfind(" ", 0, 160) if len(row.content) > 200 else -1
            first, rest = (
                (row.content[:cut], row.content[cut + 1 :]) if cut > 0 else (row.content, "")
            )
            rows.append(
                [Cell(row.number), Cell(first), Cell(row.performer), Cell(time_words(row.time))]
            )
            if rest:
                rows.append([Cell(), Cell(rest), Cell(), Cell()])
        return Grid(rows)

    return _annex(tables, draw, manner=Manner(split_runs=True))


def main_unit(table: Table) -> str:
    """Return the unit that most times of a table have."""
    units = [row.time.unit for row in table.rows if row.time.known]
    return max(dict.fromkeys(units), key=units.count, default="day") or "day"


def bare_words(row: Row, unit: str) -> str:
    """Return a time below a header that gives the unit: a bare number, or with its own unit."""
    if row.time.amount is None or row.time.words or row.time.unit not in {unit, None}:
        return time_words(row.time)
    return amount_words(row.time.amount)


def unit_in_header(tables: Sequence[Table]) -> bytes:
    """Return tables whose header gives the unit, with bare decimals and a row of totals."""

    def draw(table: Table) -> Grid:
        unit = main_unit(table)
        rows = [_header("TT", "Nội dung các bước công việc", "Đơn vị, cá nhân thực hiện",
                        f"Thời gian ({UNITS[unit]})", "Kết quả")]  # fmt: skip
        for row in table.rows:
            cells = (row.number, row.content, row.performer, bare_words(row, unit), row.result)
            rows.append([Cell(each) for each in cells])
        known = [row.time.amount for row in table.rows if row.time.known and row.time.unit == unit]
        total = sum((each for each in known if each is not None), Fraction(0))
        rows.append([Cell("Tổng thời gian thực hiện", span=3, bold=True),
                     Cell(amount_words(total)), Cell()])  # fmt: skip
        return Grid(rows)

    return _annex(tables, draw)


def _numbers_itself(table: Table) -> bool:
    return [row.number for row in table.rows] == [str(n) for n in range(1, len(table.rows) + 1)]


def numbered_by_word(tables: Sequence[Table]) -> bytes:
    """Return tables numbered by Word itself, with soft breaks, no-break blanks, split accents."""
    lists = iter(range(1, len(tables) + 1))

    def draw(table: Table) -> Grid:
        own = next(lists)
        rows = [_header("STT", "NỘI DUNG CÔNG VIỆC", "ĐƠN VỊ THỰC HIỆN", "THỜI GIAN", "KẾT QUẢ")]
        for row in table.rows:
            number = Cell(list=own) if _numbers_itself(table) else Cell(row.number)
            content = row.content.replace("; ", ";\v").replace("\n", "\v")
            time = time_words(row.time).replace(" ", "\u00a0")
            cells = (content, row.performer.replace(" - ", "\t- "), time, row.result)
            rows.append([number, *(Cell(each) for each in cells)])
        return Grid(rows)

    manner = Manner(decomposed=True, split_runs=True)
    return _annex(tables, draw, "THỦ TỤC", manner, len(tables))


def other_order(tables: Sequence[Table]) -> bytes:
    """Return tables with the columns in another order, and with columns of no concern here."""

    def draw(table: Table) -> Grid:
        rows = [_header("Bước", "Thời hạn", "Người thực hiện", "Nội dung thực hiện", "Biểu mẫu",
                        "Kết quả", "Ghi chú")]  # fmt: skip
        for at, row in enumerate(table.rows):
            time = time_words(row.time)
            if row.time.unit == "working_day" and row.time.amount and row.time.amount % 1 == 0:
                time += f" ({amount_words(row.time.amount * 8)} giờ làm việc)"
            form = f"Mẫu số {at + 1:02d}" if at < 2 else ""
            cells = (f"Bước {row.number}", time, row.performer, row.content, form, row.result, "")
            rows.append([Cell(each) for each in cells])
        return Grid(rows)

    return _annex(tables, draw, "Quy trình giải quyết thủ tục")


def performer_inside(tables: Sequence[Table]) -> bytes:
    """Return tables without a column of performers: each stands at the start of its content."""

    def draw(table: Table) -> Grid:
        rows = [_header("Các bước", "Trình tự thực hiện", "Thời gian giải quyết")]
        for row in table.rows:
            content = f"{row.performer}:\n{row.content}" if row.performer else row.content
            rows.append([Cell(f"Bước {row.number}"), Cell(content), Cell(time_words(row.time))])
        return Grid(rows)

    return _annex(tables, draw)
