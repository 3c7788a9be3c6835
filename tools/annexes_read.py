"""How much of an annex the reader of Word and Excel tables understands, layout by layout.

Made of the published step tables of the material beside the repository, printed in every layout of
``tests/tables/annexes``. Printed, for ``docs/annexes-read.md``:

    python tools/annexes_read.py > docs/annexes-read.md
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1] / "tests")
)  # make calls this by its path
from tables.annexes.facts import real
from tables.annexes.layouts import LAYOUTS, annexes
from tables.annexes.measured import ALSO, DEMANDED, INVENTED, Count, compare, counted
from tthc_flow.tables.office.read import read_office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

LEAD: Final = """# Annexes, as far as they are read

Published step tables ({tables} procedures, {rows} rows) printed in the layouts that offices use,
then read back from Word and Excel. What is expected comes from the facts alone, never from the
reader. Made by `make annexes`.

- **rows**: found with their whole content, in order; a row too many counts as missed.
- **durations**: amount and unit as printed, and none where the source gives none.
- **performers**: the words as printed. **levels**: the levels of government that somebody read off
  the table by hand; a few follow from the procedure and not from what is printed.
- **names** and **numbers** of procedures and steps are counted besides; nothing is demanded.
- **made up**: a time without a length that became a number. There must be none.
"""


def page() -> str:
    """Return the page: the shares of each layout, then every miss."""
    counts = [_count(layout) for layout in LAYOUTS]
    lead = LEAD.format(tables=len(real()), rows=sum(len(each.rows) for each in real()))
    demanded = ", ".join(f"{fact} {float(share):.0%}" for fact, share in DEMANDED.items())
    whole = counted("all")
    for each in counts:
        whole.there += each.there
        whole.read += each.read
        whole.misses += each.misses
    lines = [lead, f"Demanded of every layout: {demanded}.", "", *_shares([*counts, whole]), ""]
    return "\n".join((*lines, "## What was missed", "", *_misses(counts))) + "\n"


def _count(layout: str) -> Count:
    count = counted(layout)
    for data, part in annexes(layout, real()):
        compare(count, part, [each.table for each in read_office(data)])
    return count


def _shares(counts: Sequence[Count]) -> Iterator[str]:
    facts = (*DEMANDED, *ALSO)
    yield f"| layout | {' | '.join(facts)} | made up |"
    yield "|---|" + "--:|" * (len(facts) + 1)
    for count in counts:
        shares = " | ".join(_percent(count.share(fact)) for fact in facts)
        invented = sum(each.fact == INVENTED for each in count.misses)
        yield f"| `{count.layout}` | {shares} | {invented} |"


def _percent(share: Fraction) -> str:
    """Return *share* cut off after the first place: nothing is rounded up to all."""
    return f"{int(share * 1000) / 10:.1f} %"


def _misses(counts: Sequence[Count]) -> Iterator[str]:
    """Yield the misses; the same one in several layouts is one line."""
    found: dict[tuple[str, ...], list[str]] = {}
    for count in counts:
        for each in count.misses:
            what = (each.table, each.row, each.fact, each.expected, each.got)
            found.setdefault(what, []).append(count.layout)
    yield f"{len(found)} different misses."
    yield ""
    yield "| procedure | row | fact | expected | read | layouts |"
    yield "|---|---|---|---|---|---|"
    for (table, row, fact, expected, got), layouts in sorted(found.items()):
        where = "all" if len(layouts) == len(counts) else ", ".join(f"`{each}`" for each in layouts)
        cells = [_cell(each) for each in (table, row, fact, expected, got)]
        yield "| " + " | ".join((*cells, where)) + " |"


def _cell(text: str) -> str:
    escaped = "".join(f"\\{each}" if each in "|*_<>[]`\\" else each for each in text)
    return " ".join(escaped.split())


if __name__ == "__main__":
    if not real():
        sys.exit("the material folder ../shared is not beside this repository")
    sys.stdout.write(page())
