"""The layouts of annexes by name, and the files that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tables.annexes.excel_layouts import all_below, sheet_each
from tables.annexes.facts import Table
from tables.annexes.word_layouts import (
    heading_and_table,
    numbered_by_word,
    other_order,
    pages_split,
    performer_inside,
    two_row_header,
    unit_in_header,
)
from tables.annexes.word_merged import (
    headings_inside,
    one_big_table,
    performer_merged_down,
    performer_rows,
)

LAYOUTS: Final[dict[str, Callable[[Sequence[Table]], bytes]]] = {
    each.__name__: each
    for each in (
        heading_and_table, one_big_table, headings_inside, two_row_header, pages_split,
        unit_in_header, performer_merged_down, performer_rows, numbered_by_word, sheet_each,
        all_below, other_order, performer_inside,
    )
}  # fmt: skip
TOGETHER: Final = 12
"""How many procedures one annex holds."""


def annexes(layout: str, tables: Sequence[Table]) -> Iterator[tuple[bytes, Sequence[Table]]]:
    """Yield the annexes of *tables* in one layout, each with the procedures in it."""
    for start in range(0, len(tables), TOGETHER):
        part = tables[start : start + TOGETHER]
        yield LAYOUTS[layout](part), part
