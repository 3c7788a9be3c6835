"""The cells of a row under the columns of its header."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.tables.office.blocks import Cell, flat
from tthc_flow.tables.office.header import Column, Header, operative

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tthc_flow.tables.office.blocks import Row

OF_STEPS: Final = frozenset(
    {"no", "content", "name", "performer", "unit", "person", "time", "time_unit", "result", "note"}
)
OF_PROCEDURES: Final = frozenset({"procedure", "code", "field", "total", "level_of"})
"""What is read of a row that names its procedure, and of no other."""

DITTO: Final = re.compile(r"-?\s*(?:nt|n/t|nhu tren|như trên|[\"″〃”“]|'')\s*-?", re.IGNORECASE)
_DASH: Final = re.compile(r"[-–—.…/x]+")
"""What is written into a cell where nothing is to be said."""

_NONE: Final = Column(role="other", left=0, right=0, title="")
_BARE: Final = re.compile(r"[\d.,/½¼¾]+")
_NUMBERING: Final = re.compile(r"\(?\s*(?:\d{1,2}|[a-zA-Z])\s*\)?")
_STARTS_AGAIN: Final = re.compile(r"\(?\s*(?:1|a)\s*\)?", re.IGNORECASE)


@frozen(kw_only=True)
class Fields:
    """What a row says, by what its columns hold; *cells* are those that hold something.

    *unread* is what stands under no column that is understood, with the title of its column.
    """

    line: int
    texts: Mapping[str, str]
    cells: Mapping[str, Cell]
    time: Column | None
    other_time: str
    more: tuple[tuple[str, str], ...]
    lone: Cell | None
    filled: tuple[str, ...]
    unread: tuple[str, ...]

    def get(self, role: str) -> str:
        """Return the text of a column; empty where it says nothing."""
        return self.texts.get(role, "")

    def own(self, role: str) -> str:
        """Return the text of a column, where the cell begins in this row."""
        cell = self.cells.get(role)
        return self.get(role) if cell is None or cell.first == self.line else ""

    def merged(self, role: str) -> bool:
        """Return whether the cell of a column began in a row above."""
        cell = self.cells.get(role)
        return cell is not None and cell.first < self.line


def fields_of(row: Row, header: Header) -> Fields:
    """Return what *row* says under the columns of *header*."""
    placed = _placed(row.cells, header)
    read = OF_STEPS | (OF_PROCEDURES if "procedure" in header.roles else set())
    texts: dict[str, str] = {}
    unread: list[str] = []
    cells: dict[str, Cell] = {}
    more: list[tuple[str, str]] = []
    times: list[tuple[Column, Cell]] = []
    for column, cell in placed:
        text = "" if _DASH.fullmatch(cell.text) else cell.text
        if not text:
            continue
        if column.role == "time":
            times.append((column, cell))
        elif column.role == "other" or (column.role in OF_PROCEDURES and column.role not in read):
            unread += [_titled(column, text)] if cell.first == row.line else []
        elif column.role not in read:
            more.append((column.role, text))
        elif column.role in texts:
            texts[column.role] = _joined(column.role, texts[column.role], text)
        else:
            texts[column.role], cells[column.role] = text, cell
    time, other = _time(times, texts, cells)
    unit = flat(texts.pop("time_unit", ""))
    if unit and _BARE.fullmatch(texts.get("time", "")):
        texts["time"] = f"{texts['time']} {unit}"
    elif unit:
        unread.append(unit)
    return Fields(
        line=row.line,
        texts=_with_performer(texts, cells),
        cells=cells,
        time=time,
        other_time=other,
        more=tuple(more),
        lone=_lone(row.cells, header),
        filled=tuple(dict.fromkeys(flat(each.text) for each in row.cells if each.text)),
        unread=tuple(unread),
    )


def _titled(column: Column, text: str) -> str:
    return f"{column.title}: {flat(text)}" if column.title else flat(text)


def is_numbering(row: Row) -> bool:
    """Return whether *row* only numbers the columns: (1), (2), (3) or A, B, 1, 2."""
    texts = [flat(each.text) for each in row.cells if each.text]
    numbered = all(_NUMBERING.fullmatch(each) for each in texts)
    return len(texts) > 2 and numbered and bool(_STARTS_AGAIN.fullmatch(texts[0]))  # noqa: PLR2004


def _placed(cells: Sequence[Cell], header: Header) -> list[tuple[Column, Cell]]:
    """Return each cell with its column: the one it lies under most, or by order.

    What lies beside all of them has none: a remark at the side of a sheet.
    """
    columns = header.columns
    best = [max(range(len(columns)), key=lambda at: _overlap(columns[at], cell)) for cell in cells]
    in_order = len(set(best)) == len(best)
    if not in_order and len(cells) == len(columns):
        return list(zip(columns, cells, strict=True))
    return [
        (columns[at] if _overlap(columns[at], cell)[0] > 0 else _NONE, cell)
        for at, cell in zip(best, cells, strict=True)
    ]


def _overlap(column: Column, cell: Cell) -> tuple[int, int]:
    shared = min(column.right, cell.right) - max(column.left, cell.left)
    return shared, -abs(column.left - cell.left)


def _joined(role: str, before: str, text: str) -> str:
    if before == text:
        return before
    joint = {"content": ": ", "performer": ", "}.get(role, "\n")
    return f"{before}{joint}{text}"


def _time(
    times: list[tuple[Column, Cell]], texts: dict[str, str], cells: dict[str, Cell]
) -> tuple[Column | None, str]:
    """Put the time of the row among *texts*; return its column, and what another one says."""
    if not times:
        return None, ""
    chosen = operative([column for column, _ in times])
    if chosen is None:
        texts["time"] = "; ".join(_titled(column, cell.text) for column, cell in times)
        cells["time"] = times[0][1]
        return times[0][0], ""
    cell = next(cell for column, cell in times if column is chosen)
    texts["time"], cells["time"] = flat(cell.text), cell
    others = [flat(each.text) for column, each in times if column is not chosen]
    different = [text for text in others if text != texts["time"]]
    return chosen, "; ".join(different)


def _with_performer(texts: dict[str, str], cells: dict[str, Cell]) -> dict[str, str]:
    """Return *texts* with person and unit, where they are two columns, as one performer."""
    parts = [flat(texts[role]) for role in ("person", "unit") if role in texts]
    if not parts:
        return texts
    person, unit = parts[0], parts[-1]
    whole = person if unit.casefold() in person.casefold() else f"{person}, {unit}"
    cell = cells.get("person") or cells["unit"]
    cells["performer"] = cell
    return {**texts, "performer": whole}


def _lone(cells: Sequence[Cell], header: Header) -> Cell | None:
    """Return the one cell of a row that says something, where it spans several columns."""
    said = [each for each in cells if each.text]
    if len({(each.text, each.first) for each in said}) != 1:
        return None
    cell, last = said[0], said[-1]
    wide = sum(1 for each in header.columns if cell.left < each.right and each.left < last.right)
    alone = wide > 1 or len(cells) == 1 or cell.left <= header.columns[0].left
    return cell if alone else None
