"""What stands around the tables of an annex: its title, groups, and the lines over a procedure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tables.annexes.facts import LEVELS, Table

ORDER = ("ministry", "province", "district", "commune", "other", "province_or_commune", "")
LETTERS = "ABCDEFG"


def by_level(tables: Sequence[Table]) -> Iterator[tuple[str, list[Table]]]:
    """Yield the heading of each level with its procedures, from the centre down."""
    ordered = sorted(tables, key=lambda each: ORDER.index(each.level))
    for at, (level, group) in enumerate(groupby(ordered, key=lambda each: each.level)):
        name = f" CẤP {LEVELS[level].upper()}" if level in LEVELS else ""
        yield f"{LETTERS[at]}. QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH{name}", list(group)


def opening(tables: Sequence[Table]) -> list[str]:
    """Return the lines above an annex: what it is, and which decision it belongs to."""
    first = tables[0]
    dated = "/".join(reversed(first.date.split("-")))
    return [
        "PHỤ LỤC",
        "QUY TRÌNH NỘI BỘ, QUY TRÌNH ĐIỆN TỬ TRONG GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        f"(Kèm theo {first.decision} ngày {dated})",
    ]


def numbered(table: Table, at: int, word: str = "Thủ tục") -> str:
    """Return the line that names a procedure: its number, its name, its code."""
    code = f" (Mã số TTHC: {table.code})" if table.code else ""
    return f"{at}. {word}: {table.name}{code}"


def about(table: Table) -> list[str]:
    """Return the lines between the name of a procedure and its table."""
    lines = [f"- Lĩnh vực: {table.field}"]
    if table.agency:
        lines.append(f"- Cơ quan giải quyết: {table.agency}")
    if table.total:
        lines.append(f"- Thời hạn giải quyết: {table.total}")
    return lines
