"""Phần I of the annex: the list of procedures, by level and by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tthc_flow.report.word.blocks import Cell, Line, Look, Row, RowKind, Table, plain
from tthc_flow.report.word.reviewed import AUTHORITIES, applied, called, stages, text_of
from tthc_flow.report.word.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.report.word.blocks import Block
    from tthc_flow.report.word.reviewed import Reviewed

LEVELS: Final = ("province", "commune", "ministry", "district", "other", None)
_WIDTHS: Final = (13.5, 23, 41.5, 37, 50)
_COLUMNS: Final = ("number", "code", "name", "texts", "content")
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def in_order(reviewed: Sequence[Reviewed]) -> list[Reviewed]:
    """Return *reviewed* as the annex numbers them: by level, by field, then as they came."""
    fields = list(dict.fromkeys(_field(each) for each in reviewed))
    return sorted(
        reviewed, key=lambda each: (LEVELS.index(_level(each)), fields.index(_field(each)))
    )


def numbered(reviewed: Sequence[Reviewed]) -> list[Reviewed]:
    """Return *reviewed* as every joint paper numbers them: as the annex does, unchanged ones last.

    Source: one number for one procedure in the annex, the report and the workbook.
    """
    return sorted(in_order(reviewed), key=lambda each: not each.changed)


def catalogue(ordered: Sequence[Reviewed]) -> list[Block]:
    """Return the table of *ordered* procedures, grouped.

    Source: QĐ 2816/QĐ-UBND Đồng Nai, Phần I.
    """
    rows: list[Row] = []
    levels, fields, level, field = 0, 0, object(), object()
    for number, each in enumerate(ordered, start=1):
        if _level(each) != level:
            level, field, levels, fields = _level(each), object(), levels + 1, 0
            letter = chr(ord("A") + levels - 1)
            words = say(f"level-{level or 'unknown'}")
            rows.append(plain(f"{letter}. {words}", kind=RowKind.GROUP))
        if _field(each) != field:
            field, fields = _field(each), fields + 1
            words = say("field", name=field) if field else say("field-unknown")
            rows.append(plain(f"{roman(fields)}. {words}", kind=RowKind.GROUP))
        rows.append(_row(number, each))
    heading = tuple(say(f"column-{each}") for each in _COLUMNS)
    table = Table(heading=heading, rows=tuple(rows), widths=_WIDTHS, centred=frozenset({0, 1}))
    return [*part(1), table]


def part(number: int) -> tuple[Line, Line]:
    """Return the two lines above a part: its number, and its name."""
    return (
        Line(text=say("part", number=roman(number)), look=Look.PART_NUMBER),
        Line(text=say(f"part-{number}"), look=Look.PART),
    )


def roman(number: int) -> str:
    """Return *number* in Roman figures.

    Example:
        >>> roman(4), roman(19)
        ('IV', 'XIX')
    """
    told = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        told += sign * count
    return told


def _row(number: int, one: Reviewed) -> Row:
    content = tuple(f"- {_capital(called(one, each))}" for each in applied(one))
    texts = dict.fromkeys(
        text_of(instrument) for authority in AUTHORITIES for instrument, _ in stages(one, authority)
    )
    cells: tuple[tuple[str, ...], ...] = (
        (str(number),),
        (one.record["procedure"]["code"] or say("no-code"),),
        (one.name,),
        tuple(map(_capital, texts)) or (say("none"),),
        content or (say("no-proposal"),),
    )
    return Row(cells=tuple(Cell(lines=each) for each in cells))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _level(one: Reviewed) -> Any:  # noqa: ANN401 - a word of the record, or None
    return one.record["procedure"]["level"]


def _field(one: Reviewed) -> str:
    return one.record["procedure"]["field"] or ""
