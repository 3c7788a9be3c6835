"""The workbook that was looked through, back as step tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.labels import UNKNOWN
from tthc_flow.tables.notes import Notes
from tthc_flow.tables.parcel import refuse_unsafe
from tthc_flow.tables.review.columns import (
    HEAD,
    KEY,
    LISTS,
    NOTES,
    OF_ROWS,
    ROW_ID,
    ROWS,
    Column,
    Form,
)
from tthc_flow.tables.review.words import (
    NONE,
    branch_parts,
    chosen,
    header,
    is_word,
    meant,
    said,
    unbulleted,
)
from tthc_flow.tables.step_table import TableReading
from tthc_flow.tables.tree import Node
from tthc_flow.tables.whole_table import table_of
from tthc_flow.tables.workbook import LISTS_SHEET, cell_text, opened_sheets
from tthc_flow.words.messages import LANGUAGES
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tthc_flow.tables.workbook import Sheet

_HEADER_WITHIN: Final = 12
_HEADERS: Final = 2
"""How many known columns make a row the header."""

_NUMBER: Final = re.compile(r"-?[\d.,/e+]+")
_LENGTHS: Final = frozenset({"time", "total_time", "work"})


@frozen
class _Line:
    """A row of a sheet: where it stands, and the texts of its cells by their columns."""

    at: int
    texts: Mapping[Column, str]

    def key(self, path: str) -> str:
        """Return the text of a column that only says what the row belongs to."""
        return next((text for column, text in self.texts.items() if column.path == path), "")


@frozen
class _Parts:
    """What a workbook of ours holds: the heads by key, the steps by key, and the lists."""

    heads: Mapping[str, _Line]
    steps: Mapping[str, tuple[_Line, ...]]
    lists: Mapping[str, tuple[_Line, ...]]


def read_review(data: bytes, place: str) -> tuple[TableReading, ...] | None:
    """Return the step tables of a workbook that ``review_sheet`` made, or ``None`` for any other.

    Args:
        data: The file, perhaps changed by staff.
        place: Its name, for messages.

    Returns:
        A reading a procedure, in the order of the list of procedures; what is doubtful in the
        workbook itself is among the findings of the first.

    Raises:
        UnreadableInput: TF223 a procedure without steps, or a step without content, TF225 too
            many rows, TF227 and TF240-TF243 for what is no safe .xlsx.

    Source: ``tables.review.sheet``.
    """
    refuse_unsafe(data, place)
    sheets = opened_sheets(data, place)
    if not any(_titled(each, "procedures") and _header(each, HEAD) for each in sheets):
        return None
    notes = Notes()
    parts = _parts(sheets, notes)
    names = dict.fromkeys((*parts.heads, *parts.steps))
    return tuple(
        _reading(name, parts, place, notes if at == 0 else Notes()) for at, name in enumerate(names)
    )


def _titled(sheet: Sheet, name: str) -> bool:
    return key(sheet.title) in {key(said(f"sheet-{name}", lang)) for lang in LANGUAGES}


def _header(sheet: Sheet, columns: Iterable[Column]) -> tuple[int, dict[int, Column]] | None:
    """Return the row of the header and its columns by their number."""
    known = {key(header(each.path, lang)): each for each in columns for lang in LANGUAGES}
    for row in sorted(sheet.cells)[:_HEADER_WITHIN]:
        found = {
            number: known[key(cell.value)]
            for number, cell in sorted(sheet.cells[row].items())
            if isinstance(cell.value, str) and key(cell.value) in known
        }
        if len(found) >= _HEADERS:
            return row, found
    return None


def _parts(sheets: Sequence[Sheet], notes: Notes) -> _Parts:
    heads: dict[str, _Line] = {}
    steps: dict[str, tuple[_Line, ...]] = {}
    lists: dict[str, tuple[_Line, ...]] = {}
    strangers = []
    titles = {path: _with_keys(path) for path in LISTS}
    for sheet in sheets:
        if sheet.title == LISTS_SHEET or _titled(sheet, "guide"):
            continue
        path = next((each for each in titles if _titled(sheet, each)), None)
        if _titled(sheet, "procedures"):
            heads = {
                each.key(KEY) or f"{sheet.title} {each.at}": each
                for each in _lines(sheet, HEAD, notes)
            }
        elif path is not None:
            lists[path] = tuple(_lines(sheet, titles[path], notes))
        elif _header(sheet, ROWS) is not None:
            steps[_key_above(sheet)] = tuple(_lines(sheet, ROWS, notes))
        elif sheet.cells:
            strangers.append(f"“{sheet.title}”")
    if strangers:
        names = ", ".join(strangers)
        notes.tell("table-sheets-unread", count=str(len(strangers)), names=names)
    return _Parts(heads, steps, lists)


def _with_keys(path: str) -> tuple[Column, ...]:
    return (Column(KEY), *((Column(ROW_ID),) if path in OF_ROWS else ()), *LISTS[path])


def _key_above(sheet: Sheet) -> str:
    """Return what stands in the first column above the header, or else the title of the sheet."""
    found = sheet.cells.get(min(sheet.cells), {}).get(1)
    return str(found.value).strip() if found is not None and found.value else sheet.title


def _lines(sheet: Sheet, columns: Sequence[Column], notes: Notes) -> Iterator[_Line]:
    """Yield the rows below the header that say something beside their key and their notes."""
    found = _header(sheet, columns)
    if found is None:
        return
    top, at_number = found
    for number, cell in sheet.cells[top].items():
        if number not in at_number and cell.value is not None:
            notes.warn("table-unknown-field", line=top, field=str(cell.value))
    for row in sorted(each for each in sheet.cells if each > top):
        texts = {}
        for number, column in at_number.items():
            found_cell = sheet.cells[row].get(number)
            warn = _warner(notes, row, column)
            text = "" if found_cell is None else cell_text(found_cell, warn, bare=False)
            if text and column.path != NOTES:
                texts[column] = text
        if any(each.path not in {KEY, ROW_ID} for each in texts):
            yield _Line(row, texts)


def _warner(notes: Notes, row: int, column: Column) -> Callable[..., None]:
    def warn(code: str, words: str = "") -> None:
        notes.warn(code, line=row, fact=column.path, cell=str(row), words=words)

    return warn


def _reading(name: str, parts: _Parts, place: str, notes: Notes) -> TableReading:
    head = parts.heads.get(name, _Line(1, {}))
    lines = parts.steps.get(name, ())
    if not lines:
        raise UnreadableInput(
            "TF223",
            f"the procedure {name} has no sheet with its steps",
            place=f"{place}:{head.at}",
            hint="keep the sheet of each procedure, and what stands in its first cell",
        )
    mine = {
        path: [each for each in found if each.key(KEY) == name]
        for path, found in parts.lists.items()
    }
    steps = _steps(lines, mine, notes)
    whole = _tree(head, {path: found for path, found in mine.items() if path not in OF_ROWS})
    tree = Node(head.at, fields=(*(whole.fields or ()), ("steps", Node(1, items=steps))))
    return TableReading(table=table_of(tree, place, notes), findings=tuple(notes.found))


def _steps(
    lines: Sequence[_Line], mine: Mapping[str, Sequence[_Line]], notes: Notes
) -> tuple[Node, ...]:
    """Return each row with the lists that name it by its id; the first of that id has them."""
    left = {path: list(mine.get(path, ())) for path in OF_ROWS}
    steps = []
    for line in lines:
        row_id, own = line.key(ROW_ID), {}
        for path, found in left.items():
            own[path] = [each for each in found if each.key(ROW_ID) == row_id]
            left[path] = [each for each in found if each.key(ROW_ID) != row_id]
        steps.append(_tree(line, own))
    for path, found in sorted(left.items()):
        for each in found:
            target = each.key(ROW_ID)
            notes.warn("table-no-such-step", line=each.at, step=said(f"sheet-{path}", "vi"),
                       target=target)  # fmt: skip
    return tuple(steps)


def _tree(line: _Line, lists: Mapping[str, Sequence[_Line]]) -> Node:
    """Return a row with its lists as the tree that YAML gives."""
    pairs = [
        (tuple(column.path.removeprefix("length.").split(".")), _node(line.at, column, text))
        for column, text in line.texts.items()
        if column.path not in {KEY, ROW_ID}
    ]
    listed = {path: found for path, found in lists.items() if found}
    pairs = [(path, node) for path, node in pairs if ".".join(path) not in listed]
    for name, found in listed.items():
        items = tuple(_tree(each, {}) for each in found)
        pairs.append((tuple(name.split(".")), Node(found[0].at, items=items)))
    return _nested(line.at, pairs)


def _nested(line: int, pairs: Sequence[tuple[tuple[str, ...], Node]]) -> Node:
    fields: list[tuple[str, Node]] = []
    for name in dict.fromkeys(path[0] for path, _ in pairs):
        inner = [(path[1:], node) for path, node in pairs if path[0] == name]
        if inner[0][0]:
            group = _nested(line, inner)
            fields.append((name, _length(group) if name in _LENGTHS else group))
        else:
            fields.append((name, inner[0][1]))
    return Node(line, fields=tuple(fields))


def _length(group: Node) -> Node:
    """Return a length of time: in fields, or as its words where nothing else is said of it.

    An amount that is "unknown" is left out: what is printed beside it is not read either.
    """
    given = dict(group.fields or ())
    amount = given.get("value", Node(group.line)).text
    if amount is not None and is_word(UNKNOWN, amount):
        del given["value"]
    elif amount is not None and "unit" not in given and not _NUMBER.fullmatch(amount):
        return given["value"]
    elif given.keys() == {"text"}:
        return given["text"]
    return Node(group.line, fields=tuple(given.items()))


def _node(line: int, column: Column, text: str) -> Node:
    match column.form:
        case Form.CHOICE:
            return Node(line, text=meant(column.family, text))
        case Form.CHOICES:
            found = chosen(column.family, text)
            return Node(line, items=tuple(Node(line, text=each) for each in found))
        case Form.TEXTS:
            none = is_word(NONE, text) and not text.startswith("•")
            found = [] if none else unbulleted(text)
            return Node(line, items=tuple(Node(line, text=each) for each in found))
        case Form.BRANCHES:
            branches = (branch_parts(each).items() for each in unbulleted(text))
            return Node(
                line,
                items=tuple(
                    Node(line, fields=tuple((name, Node(line, text=words)) for name, words in each))
                    for each in branches
                ),
            )
        case _ if column.family and is_word(UNKNOWN, text):
            return Node(line, text=UNKNOWN)
        case _:
            return Node(line, text=text)
