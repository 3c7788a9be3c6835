"""Annexes in Word with merged cells: many procedures in one table, stages, shared performers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tables.annexes.captions import about, by_level, numbered, opening
from tables.annexes.facts import Row, Table, time_words
from tables.annexes.word_parts import Cell, Grid, Paragraph, word_file


def _start(tables: Sequence[Table]) -> list[Paragraph | Grid]:
    return [Paragraph(each, bold=True) for each in opening(tables)]


def one_big_table(tables: Sequence[Table]) -> bytes:
    """Return one table a level, the names of its procedures merged downwards."""
    blocks = _start(tables)
    at = 0
    header = [Cell(each, bold=True) for each in (
        "STT", "Tên TTHC", "Bước", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian"
    )]  # fmt: skip
    for heading, group in by_level(tables):
        blocks.append(Paragraph(heading, bold=True))
        rows = [header]
        for table in group:
            at += 1
            code = f"\n({table.code})" if table.code else ""
            for line, row in enumerate(table.rows):
                first = line == 0
                merge = "restart" if first else "continue"
                rows.append([
                    Cell(str(at) if first else "", merge=merge),
                    Cell(f"{table.name}{code}" if first else "", merge=merge),
                    Cell(row.number), Cell(row.content), Cell(row.performer),
                    Cell(time_words(row.time)),
                ])  # fmt: skip
        blocks.append(Grid(rows))
    return word_file(blocks)


def headings_inside(tables: Sequence[Table]) -> bytes:
    """Return one table for all, each procedure under rows merged over the full width."""
    rows = [[Cell(each, bold=True) for each in (
        "TT", "Các bước thực hiện", "Trách nhiệm thực hiện", "Thời gian", "Sản phẩm"
    )]]  # fmt: skip
    at = 0
    for heading, group in by_level(tables):
        rows.append([Cell(heading, span=5, bold=True)])
        for table in group:
            at += 1
            rows.append([Cell(numbered(table, at), span=5, bold=True)])
            rows += [[Cell(line, span=5)] for line in about(table)]
            for row in table.rows:
                cells = (row.number, row.content, row.performer, time_words(row.time), row.result)
                rows.append([Cell(each) for each in cells])
    return word_file([*_start(tables), Grid(rows)])


def _runs(table: Table) -> Iterator[tuple[str, list[Row]]]:
    for performer, rows in groupby(table.rows, key=lambda each: each.performer):
        yield performer, list(rows)


def performer_merged_down(tables: Sequence[Table]) -> bytes:
    """Return tables where steps in a row share one merged cell with who does them."""
    blocks = _start(tables)
    at = 0
    for heading, group in by_level(tables):
        blocks.append(Paragraph(heading, bold=True))
        for table in group:
            at += 1
            blocks.append(Paragraph(numbered(table, at, "Quy trình"), bold=True))
            blocks += [Paragraph(each) for each in about(table)]
            rows = [[Cell(each, bold=True) for each in (
                "Đơn vị/người thực hiện", "Nội dung công việc", "Thời gian", "Kết quả"
            )]]  # fmt: skip
            for performer, run in _runs(table):
                for line, row in enumerate(run):
                    merge = "" if len(run) == 1 else "continue" if line else "restart"
                    rows.append([
                        Cell("" if line else performer, merge=merge),
                        Cell(f"Bước {row.number}: {row.content}"),
                        Cell(time_words(row.time)), Cell(row.result),
                    ])  # fmt: skip
            blocks.append(Grid(rows))
    return word_file(blocks)


def performer_rows(tables: Sequence[Table]) -> bytes:
    """Return tables where who does the next steps stands in a row of the full width above them."""
    blocks = _start(tables)
    at = 0
    for heading, group in by_level(tables):
        blocks.append(Paragraph(heading, bold=True))
        for table in group:
            at += 1
            blocks.append(Paragraph(numbered(table, at), bold=True))
            blocks += [Paragraph(each) for each in about(table)]
            rows = [[Cell(each, bold=True) for each in (
                "Bước", "Nội dung công việc", "Thời gian", "Kết quả"
            )]]  # fmt: skip
            for performer, run in _runs(table):
                rows.append([Cell(performer, span=4, bold=True)])
                for row in run:
                    cells = (f"Bước {row.number}", row.content, time_words(row.time), row.result)
                    rows.append([Cell(each) for each in cells])
            blocks.append(Grid(rows))
    return word_file(blocks)
