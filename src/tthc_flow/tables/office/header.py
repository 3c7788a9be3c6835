"""Which row of a grid names the columns, and what each of them holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.tables.csv_text import HEADERS, column
from tthc_flow.tables.office.blocks import Cell, Row, flat
from tthc_flow.tables.rows import ROW_FIELDS
from tthc_flow.units import TimeUnit
from tthc_flow.words.actors import levels_named
from tthc_flow.words.durations import read_duration
from tthc_flow.words.lexicon import hits, text
from tthc_flow.words.syllables import ascii_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST: Final = 90
"""A cell with more characters is no name of a column."""

WIDEST: Final = 60
"""A row with more cells is no header of steps."""

WHO: Final = frozenset({"performer", "unit", "person"})
WHAT: Final = frozenset({"content", "name"})
OWN: Final = frozenset(ROW_FIELDS) | {"unit_of_time", "time_text", "counted", "source.document"}
_BRACKETS: Final = re.compile(r"\([^()]*\)?")
_ENGLISH: Final = frozenset({"no", "content", "performer", "time", "result", "stage", "branches"})
_OPERATIVE: Final = ("sau", "con lai", "rut ngan", "noi bo", "de xuat", "thuc hien")
"""Words of the column that says how long a step takes now, beside that of the law."""

_OF_LAW: Final = ("qui dinh", "phap luat", "theo luat")
_CUT: Final = "cat giam"
"""By how much a time was cut, or what is left of it: "Thời gian cắt giảm" may be both."""


@frozen(kw_only=True)
class Column:
    """A column: what it holds, where it stands, and the unit of bare numbers in it."""

    role: str
    left: int
    right: int
    title: str
    unit: TimeUnit | None = None


@frozen(kw_only=True)
class Header:
    """The columns that a header names, from left to right; *height* is how many rows it takes."""

    columns: tuple[Column, ...]
    height: int = 1

    @property
    def roles(self) -> tuple[str, ...]:
        """Return what the columns hold, from left to right."""
        return tuple(each.role for each in self.columns)

    @property
    def is_of_steps(self) -> bool:
        """Return whether a table with these columns lists steps."""
        roles = frozenset(self.roles)
        who, what = bool(roles & WHO), bool(roles & WHAT)
        beside = sum((who, "time" in roles, "result" in roles, "no" in roles))
        named = what and (who or "time" in roles) and beside > 1
        return named or (who and "time" in roles and "no" in roles)

    @property
    def may_list_steps(self) -> bool:
        """Return whether the rows may be steps, where they are numbered like them."""
        roles = frozenset(self.roles)
        return bool(roles & WHAT) and ("time" in roles or bool(roles & WHO))

    @property
    def unit(self) -> TimeUnit | None:
        """Return the unit of bare numbers in the columns of time, where they have one unit."""
        units = {each.unit for each in self.columns if each.role == "time"}
        return units.pop() if len(units) == 1 else None

    @property
    def right(self) -> int:
        """Return where the last column ends."""
        return max(each.right for each in self.columns)


def header_at(rows: Sequence[Row], at: int) -> Header | None:
    """Return the header that begins at row *at*; ``None`` where that row names no columns.

    A second row that splits columns of the first one belongs to it.

    Example:
        >>> from tthc_flow.tables.office.blocks import Cell, Row
        >>> names = ("TT", "NOI DUNG", "Người thực hiện", "Thời gian (giờ)")
        >>> cells = tuple(
        ...     Cell(text=name, left=n, right=n + 1, first=1) for n, name in enumerate(names)
        ... )
        >>> header_at([Row(line=1, cells=cells)], 0).roles
        ('no', 'content', 'performer', 'time')
    """
    row = rows[at]
    columns = _columns(row.cells) if len(row.cells) <= WIDEST else None
    if columns is None:
        return None
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is not None and (split := _split(columns, row, below)) is not None:
        columns, height = split, 2
    else:
        height = 1
    return Header(columns=_settled(columns), height=height)


def role_of(title: str) -> str | None:
    """Return what a column of that *title* holds; ``None`` for words that name no column.

    Example:
        >>> [role_of(each) for each in ("Số TT", "TRÁCH NHIỆM", "THOI GIAN (ngay)", "Xin chào")]
        ['no', 'performer', 'time', None]
    """
    if not title or len(title) > LONGEST:
        return None
    bare = flat(_BRACKETS.sub(" ", title)) or title
    own = column(bare)
    if own in _ENGLISH or own in OWN:
        printed = own not in _ENGLISH | {"name", "performer", "content"}
        if printed or own == bare.casefold():
            return own
    found = hits("headers", text(bare))
    if not found:
        return own if own in set(HEADERS.values()) & OWN else None
    covered = sum(hit.after - hit.first for hit in found)
    words = len(text(bare).words)
    if found[0].first > 1 or covered * 2 <= words or re.search(r"\d", bare):
        return None
    return _one(hit["column"] for hit in found)


def _one(named: Iterable[str]) -> str:
    """Return one role of the several that a title names: "Đơn vị/người thực hiện"."""
    roles = list(dict.fromkeys(named))
    if len(roles) > 1 and set(roles[:2]) <= WHO:
        return "performer"
    if len(roles) > 1 and roles[0] == "no" and roles[1] in WHAT:
        return "content"
    return roles[0]


def _columns(cells: Sequence[Cell]) -> tuple[Column, ...] | None:
    """Return the columns that *cells* name; ``None`` where they are no header."""
    titles = [flat(each.text) for each in cells]
    named = [role_of(title) for title in titles]
    known = {role for role in named if role is not None}
    filled = sum(1 for title in titles if title)
    if len(known) < 2 or sum(role is not None for role in named) * 2 < filled:  # noqa: PLR2004
        return None
    if any(len(title) > LONGEST for title in titles):
        return None
    return tuple(
        _column(role or "other", cell, title)
        for role, cell, title in zip(named, cells, titles, strict=True)
    )


def _column(role: str, cell: Cell, title: str) -> Column:
    unit = _unit(title) if role == "time" else None
    return Column(role=role, left=cell.left, right=cell.right, title=title, unit=unit)


def _unit(title: str) -> TimeUnit | None:
    """Return the unit that a title of a time column names: "(ngày)", "Số giờ làm việc"."""
    bracketed = [each.strip("() ") for each in _BRACKETS.findall(title)]
    for words in (*reversed(bracketed), title):
        said = re.sub(
            r"^.*?(?:tính theo|tính bằng|đơn vị(?: tính)?|đvt|số)\s*:?\s*", "", words.casefold()
        )
        found = read_duration(f"1 {said}").duration
        if found is not None:
            return found.unit
    return None


def _split(columns: Sequence[Column], row: Row, below: Row) -> tuple[Column, ...] | None:
    """Return the columns of a header of two rows; ``None`` where *below* is no part of it."""
    wide = [each for each in columns if _parts(each, below) > 1]
    if not wide or any(len(flat(each.text)) > LONGEST for each in below.cells):
        return None
    narrow = [each for each in columns if each not in wide]
    for cell in below.cells:
        inside = any(each.left <= cell.left < each.right for each in wide)
        continued = cell.first <= row.line or not cell.text
        if not inside and not continued:
            return None
    parts = []
    for group in wide:
        inner = [each for each in below.cells if group.left <= each.left < group.right]
        if any(re.search(r"\d", each.text) for each in inner):
            return None
        parts += [_part(group, each) for each in inner]
    return tuple(sorted((*narrow, *parts), key=lambda each: each.left))


def _parts(group: Column, below: Row) -> int:
    return sum(
        1
        for each in below.cells
        if group.left <= each.left < group.right
        and each.right - each.left < group.right - group.left
    )


def _part(group: Column, cell: Cell) -> Column:
    title = flat(cell.text)
    own = role_of(title)
    role = group.role if own is None or group.role not in WHO | {"other"} else own
    whole = f"{group.title} {title}".strip()
    unit = (_unit(title) or group.unit) if role == "time" else None
    return Column(role=role, left=cell.left, right=cell.right, title=whole, unit=unit)


def _settled(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return *columns* with the roles that only their company decides."""
    roles = [each.role for each in columns]
    if "procedure" in roles:
        named = roles.index("procedure")
        columns = (*(_with(each, "no", "other") for each in columns[:named]), *columns[named:])
    if {"unit", "person", "performer"} & set(roles) == {"unit", "performer"}:
        columns = tuple(_with(each, "performer", "person") for each in columns)
    elif "unit" in roles and "person" not in roles:
        columns = tuple(_with(each, "unit", "performer") for each in columns)
    elif "person" in roles and "unit" not in roles:
        columns = tuple(_with(each, "person", "performer") for each in columns)
    if "content" not in roles and "name" in roles:
        columns = tuple(_with(each, "name", "content") for each in columns)
    return columns


def _with(column_: Column, old: str, new: str) -> Column:
    return evolve(column_, role=new) if column_.role == old else column_


def operative(columns: Sequence[Column]) -> Column | None:
    """Return which of several time columns says how long a step takes as the table has it.

    ``None`` where none of them does: each is for a level of its own, or one of them says by how
    much the time was cut.
    """
    titles = [(each, ascii_key(each.title)) for each in columns]
    for words in _OPERATIVE if len(columns) > 1 else ():
        for each, title in titles:
            if words in title and not any(law in title for law in _OF_LAW):
                return each
    parts = all(levels_named(each.title) for each in columns)
    cut = any(_CUT in title for _, title in titles)
    return None if len(columns) > 1 and (parts or cut) else columns[0]
