"""Rows that are no steps, and what the rows ahead tell: titles, stages, totals, the next number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.tables.office.blocks import flat
from tthc_flow.tables.office.captions import Caption, Says, read_caption
from tthc_flow.tables.office.fields import Fields, fields_of, is_numbering
from tthc_flow.tables.office.header import Header, header_at
from tthc_flow.tables.office.step_numbers import first_part, number_ahead, step_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.tables.office.blocks import Grid, Row
    from tthc_flow.tables.office.drafts import Draft

AHEAD: Final = 6
"""How many rows are looked through for the number of the next step."""

NEW: Final = frozenset({Says.FIELD, Says.LEVEL, Says.HEAD})
"""What begins a group of procedures."""


def own_texts(row: Row) -> list[str]:
    """Return what the cells say that begin in *row*, each once."""
    own = (each for each in row.cells if each.text and each.first == row.line)
    return list(dict.fromkeys(each.text for each in own))


def lines_of(row: Row) -> list[str]:
    """Return what a row above every header says: its lines, or a label with its value."""
    said = own_texts(row)
    if len(said) == 2 and len(said[0]) < 60 and _is_label(*said):  # noqa: PLR2004
        mark = step_number(said[0])
        said = [f"{mark}. {said[1]}" if mark is not None else f"{said[0].rstrip(': ')}: {said[1]}"]
    return [line for text in said for line in text.split("\n")]


def _is_label(left: str, right: str) -> bool:
    """Return whether *left* names what *right* says; both are texts where each has lines."""
    return "\n" not in left or not re.match(r"[^:\n]{2,20}:", right)


def is_header(rows: Sequence[Row], at: int) -> bool:
    """Return whether the header of a table of steps begins at row *at*."""
    header = header_at(rows, at)
    return header is not None and lists_steps(header, rows, at)


def lists_steps(header: Header, rows: Sequence[Row], at: int) -> bool:
    """Return whether *header* is that of steps: by its columns, or by a first step "Bước 1"."""
    if header.is_of_steps:
        return True
    below = rows[at + header.height : at + header.height + 1]
    if not header.may_list_steps or not below:
        return False
    return number_ahead(flat(fields_of(below[0], header).get("content")))[0] == "1"


def is_table(grid: Grid) -> bool:
    """Return whether *grid* has the size of a table, and is no frame around some text."""
    return len(grid.rows) > 1 and max(len(row.cells) for row in grid.rows) > 2  # noqa: PLR2004


def section(fields: Fields) -> Caption | None:
    """Return the caption of a row that is no step; ``None`` for a step."""
    said = fields.filled
    if fields.cells.get("procedure") is not None:
        bare = not (fields.get("content") or fields.get("performer") or fields.get("code"))
        whole = read_caption(". ".join(said)) if bare and len(said) < 3 else None  # noqa: PLR2004
        return whole if whole is not None and whole.says in NEW else None
    if fields.lone is not None and fields.lone.first == fields.line:
        return read_caption(fields.lone.text)
    summed = _sum(fields)
    if summed is not None:
        return summed
    if not fields.get("performer") and not fields.get("result") and 0 < len(said) < 3:  # noqa: PLR2004
        whole = read_caption(". ".join(said))
        marked = whole.mark or ":" in said[0]  # else it may be a content that goes on
        named = whole.says is Says.TITLE and (whole.code or (whole.value and marked))
        if (named or whole.says in NEW or whole.says is Says.END) and not fields.get("time"):
            return whole
    return None


def _sum(fields: Fields) -> Caption | None:
    """Return the caption of a row that adds up: "Tổng cộng | 15 | 22"; ``None`` for any other."""
    said = list(fields.filled)
    times = {flat(fields.get("time")), *fields.other_time.split("; ")}
    label = next((each for each in said if each not in times and step_number(each) is None), "")
    first = read_caption(label)
    if first.says not in {Says.TOTAL, Says.SUBTOTAL}:
        return None
    if step_number(flat(fields.get("no"))) is not None and first.value:
        return None  # "3 | Tổng cục Hải quan xem 02 hồ sơ"
    who = flat(fields.get("performer"))
    if fields.get("result") or who not in {"", label}:
        return None
    time = flat(fields.get("time"))
    if not time or time == label:
        return first
    return evolve(first, total=time, text=f"{first.text}: {time}")


def next_number(rows: Sequence[Row], at: int, header: Header) -> str | None:
    """Return the number of the next step from row *at* on."""
    for row in rows[at : at + AHEAD]:
        if any(each.text for each in row.cells) and not is_numbering(row):
            fields = fields_of(row, header)
            number = step_number(flat(fields.own("no")))
            if number is None and not fields.get("no"):
                number = number_ahead(flat(fields.own("content")))[0]
            if number is not None:
                return number
    return None


def restarts(rows: Sequence[Row], at: int, header: Header) -> bool:
    """Return whether the steps from row *at* on are counted from one."""
    number = next_number(rows, at, header)
    return number is not None and first_part(number) == 1 and number in {"1", "1.1", "1a"}


def goes_up(fields: Fields, draft: Draft | None) -> bool:
    """Return whether the step numbers of one procedure, named in every row, go on."""
    number = step_number(flat(fields.get("no")))
    last = draft.last.number if draft is not None and draft.last is not None else None
    return number is None or last is None or number != "1" or last == "1"
