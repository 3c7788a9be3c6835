"""A Word file (.docx) as passages and grids, in the order in which they are printed.

Every ``w:tc`` is placed by the columns that it spans; a cell merged downwards stands in each of
its rows. Nothing is fetched, no field is computed, no embedded file is opened.
"""

from __future__ import annotations

import io
import zipfile
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from attrs import define, field

from tthc_flow.tables.office.blocks import Block, Cell, Grid, Passage, Row, tidy
from tthc_flow.tables.office.word_numbers import Numbering, W, numbering_of, value, whole
from tthc_flow.tables.office.word_text import MC, crossed_out, is_revised, mark_deleted, printed
from tthc_flow.tables.parcel import broken, main_part
from tthc_flow.tables.tree import too_much

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ROWS: Final = 20_000
MAX_CELLS: Final = 400_000
MAX_PASSAGES: Final = 50_000
MAX_DEPTH: Final = 20
WIDEST: Final = 200
"""Cells of a row that are looked at; Word itself makes at most 63."""

_OWN_COLUMNS, _OWN_ROWS = 3, 2
"""From this size a table inside a cell is a table of its own, not text of the cell."""

_THROUGH: Final = frozenset(
    {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
    | {f"{MC}AlternateContent", f"{MC}Choice", f"{W}body"}
)


@define
class _Walk:
    """One pass through a document: the lists counted so far, the tables met."""

    numbering: Numbering
    place: str
    tables: int = 0
    rows: int = 0
    cells: int = 0
    passages: int = 0
    inner: list[Grid] = field(factory=list)
    struck: list[str] = field(factory=list)


def word_blocks(data: bytes, place: str) -> tuple[Block, ...]:
    """Return the passages and grids of the .docx in *data*.

    Args:
        data: The file; looked at by :func:`~tthc_flow.tables.parcel.office_kind` before.
        place: Its name, for messages.

    Raises:
        UnreadableInput: TF225 too many rows or nested too deep, TF243 broken.

    Source: ECMA-376 part 1, 17.4 (tables).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            main = main_part(parcel, place)
            folder = main.rpartition("/")[0]
            body = _xml(parcel, main)
            numbering = numbering_of(
                _xml(parcel, f"{folder}/numbering.xml"), _xml(parcel, f"{folder}/styles.xml")
            )
    except (ET.ParseError, zipfile.BadZipFile, KeyError, ValueError, RuntimeError) as error:
        raise broken(place, str(error)) from error
    walk = _Walk(numbering, place)
    return tuple(_blocks(body, walk, 0)) if body is not None else ()


def _xml(parcel: zipfile.ZipFile, name: str) -> ET.Element | None:
    if name not in parcel.NameToInfo:
        return None
    return ET.fromstring(parcel.read(name))  # noqa: S314 - a DOCTYPE is refused before (parcel.py)


def _blocks(parent: ET.Element, walk: _Walk, depth: int) -> Iterator[Block]:
    kept = ""
    for child in _children(parent, walk, depth):
        if child.tag == f"{W}p":
            text = kept + _paragraph(child, walk)
            struck, kept = crossed_out(child), ""
            if struck:
                walk.struck.append(struck)
            if mark_deleted(child):
                kept = text
            elif tidy(text) or struck:
                walk.passages += depth == 0
                if walk.passages > MAX_PASSAGES:
                    raise too_much(walk.place, f"the file has more than {MAX_PASSAGES} paragraphs")
                yield Passage(text=tidy(text), heading=_is_heading(child), struck=struck)
            yield from _boxed(child, walk, depth)
        else:
            yield from _table(child, walk, depth + 1)
    if tidy(kept):
        yield Passage(text=tidy(kept))


def _children(parent: ET.Element, walk: _Walk, depth: int) -> Iterator[ET.Element]:
    """Yield the paragraphs and tables of *parent*, through controls and kept revisions."""
    if depth > MAX_DEPTH:
        raise too_much(walk.place, "the tables are nested too deep")
    open_ = [iter(parent)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in _THROUGH:
            open_.append(iter(child))


def _paragraph(paragraph: ET.Element, walk: _Walk) -> str:
    number = walk.numbering.before(paragraph)
    return f"{number} {printed(paragraph)}" if number else printed(paragraph)


def _is_heading(paragraph: ET.Element) -> bool:
    style = value(paragraph.find(f"{W}pPr/{W}pStyle")).casefold()
    return style.startswith(("heading", "title", "mc")) or (
        paragraph.find(f"{W}pPr/{W}outlineLvl") is not None
    )


def _boxed(paragraph: ET.Element, walk: _Walk, depth: int) -> Iterator[Block]:
    """Yield what stands in the text boxes of *paragraph*; the copy for old programs is left out."""
    open_ = [iter(paragraph)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag == f"{W}txbxContent":
            yield from _blocks(child, walk, depth + 1)
        elif child.tag not in {f"{MC}Fallback", f"{W}t", f"{W}del"}:
            open_.append(iter(child))


def _table(table: ET.Element, walk: _Walk, depth: int) -> Iterator[Grid]:
    """Yield *table*, then the tables of their own that stand in its cells."""
    walk.tables += 1
    part, mine, outer = f"bảng {walk.tables}", walk.inner, walk.struck
    walk.inner = []
    rows: list[Row] = []
    merged: dict[int, Cell] = {}
    edges = _edges(table)
    for row in _rows(table):
        walk.rows += 1
        if walk.rows > MAX_ROWS:
            raise too_much(walk.place, f"the file has more than {MAX_ROWS} rows")
        walk.struck = []
        cells = _cells(row, len(rows) + 1, edges, merged, (walk, depth))
        struck = tidy("; ".join(walk.struck))
        rows.append(Row(line=len(rows) + 1, cells=cells, struck=struck))
    inner, walk.inner = walk.inner, mine
    walk.struck = outer
    yield Grid(part=part, rows=tuple(rows), revised=is_revised(table))
    yield from inner


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    open_ = [iter(table)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in _THROUGH:
            open_.append(iter(child))


def _edges(table: ET.Element) -> list[int]:
    """Return where each column of *table* ends, in twentieths of a point."""
    edges, at = [], 0
    for column in table.findall(f"{W}tblGrid/{W}gridCol")[:WIDEST]:
        width = column.get(f"{W}w", "")
        at += max(1, int(width) if width.isdecimal() and len(width) < 8 else 1)  # noqa: PLR2004
        edges.append(at)
    return edges


def _at(edges: list[int], column: int) -> int:
    """Return where *column* begins; beyond the grid every column is one wide."""
    if column <= 0:
        return 0
    if column <= len(edges):
        return edges[column - 1]
    return (edges[-1] if edges else 0) + column - len(edges)


def _cells(
    row: ET.Element,
    line: int,
    edges: list[int],
    merged: dict[int, Cell],
    around: tuple[_Walk, int],
) -> tuple[Cell, ...]:
    walk, depth = around
    cells: list[Cell] = []
    column = whole(row.find(f"{W}trPr/{W}gridBefore"), 0)
    open_now: dict[int, Cell] = {}
    for each in islice(_row_cells(row), WIDEST):
        walk.cells += 1
        if walk.cells > MAX_CELLS:
            raise too_much(walk.place, f"the file has more than {MAX_CELLS} cells")
        after = column + max(1, whole(each.find(f"{W}tcPr/{W}gridSpan"), 1))
        merge = each.find(f"{W}tcPr/{W}vMerge")
        left, right = _at(edges, column), _at(edges, after)
        above = merged.get(column)
        goes_on = merge is not None and value(merge) != "restart" and above is not None
        cell = Cell(
            text=above.text if goes_on and above is not None else _text(each, walk, depth),
            left=left,
            right=right,
            first=above.first if goes_on and above is not None else line,
        )
        if merge is not None:
            open_now[column] = cell
        cells.append(cell)
        column = after
    merged.clear()
    merged.update(open_now)
    return tuple(cells)


def _row_cells(row: ET.Element) -> Iterator[ET.Element]:
    open_ = [iter(row)]
    while open_:
        child = next(open_[-1], None)
        if child is None:
            open_.pop()
        elif child.tag == f"{W}tc":
            yield child
        elif child.tag in _THROUGH:
            open_.append(iter(child))


def _text(cell: ET.Element, walk: _Walk, depth: int) -> str:
    """Return the text of a cell; a real table inside it is kept aside for after its own."""
    if cell.find(f"{W}tcPr/{W}cellDel") is not None:
        return ""
    lines: list[str] = []
    for block in _blocks(cell, walk, depth):
        if isinstance(block, Passage):
            lines.append(block.text)
        elif _stands_alone(block):
            walk.inner.append(block)
        else:
            lines.extend(" ".join(each.text for each in row.cells) for row in block.rows)
    return tidy("\n".join(lines))


def _stands_alone(grid: Grid) -> bool:
    widest = max((len(row.cells) for row in grid.rows), default=0)
    return widest >= _OWN_COLUMNS and len(grid.rows) >= _OWN_ROWS
