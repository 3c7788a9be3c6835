"""The story as Markdown, for a pull request or a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tthc_flow.report.blocks import (
    Block,
    Bullets,
    Cards,
    Case,
    Check,
    Checks,
    Gauge,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Snippet,
)
from tthc_flow.report.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.report.blocks import Story


def markdown(told: Story, pictures: Mapping[str, str]) -> str:
    r"""Return *told* as Markdown.

    Args:
        told: The story of a proposal.
        pictures: The file of each picture by its name, relative to the text.

    Example:
        >>> from tthc_flow.report.blocks import Story
        >>> empty = Story(lang="vi", title="A*", facts=(), draft="x", sections=(), footer=())
        >>> markdown(empty, {}).splitlines()[0]
        '# A\\*'

    Source: CommonMark, with the tables of GitHub Flavored Markdown.
    """
    lines = [f"# {plain(told.title)}", "", *(f"- {plain(each)}" for each in told.facts)]
    lines += ["", f"> {plain(told.draft)}"] if told.draft else []
    for section in told.sections:
        lines += ["", f"## {plain(section.title)}"]
        for block in section.blocks:
            drawn = _block(block, pictures)
            lines += ["", *drawn] if drawn else []
    lines += ["", "---", "", *(f"{plain(each)}  " for each in told.footer)]
    return "\n".join(lines) + "\n"


def _block(block: Block, pictures: Mapping[str, str]) -> list[str]:
    match block:
        case Paragraph():
            return [plain(block.text)]
        case Heading():
            return [f"### {plain(block.text)}"]
        case Bullets():
            return [
                line
                for item in block.items
                for line in (f"- {plain(item.text)}", *(f"  - {plain(u)}" for u in item.under))
            ]
        case Grid():
            return list(_table(block))
        case Case():
            return _case(block)
        case Checks():
            return [_check(each) for each in block.checks]
        case Picture():
            return [f"![{plain(block.title)}]({pictures[block.name]})"]
        case Snippet():
            return _fenced(block.text)
        case Cards() | Gauge():
            return []  # the table below them and the sentence beside them say the same


def _fenced(text: str) -> list[str]:
    """Return *text* as a code block; its fence is longer than any run of tildes in it."""
    fence = "~" * max(3, *(len(run) + 1 for run in re.findall("~+", text)), 3)
    return [fence, *text.splitlines(), fence]


def _table(grid: Grid) -> Iterable[str]:
    rows = [grid.heading, ("---",) * len(grid.heading), *grid.rows]
    for number, row in enumerate(rows):
        cells = row if number == 1 else tuple(plain(cell) for cell in row)
        yield f"| {' | '.join(cells)} |"


def _case(case: Case) -> list[str]:
    lines = [f"### {plain(case.title)}", "", plain("; ".join(case.facts)), ""]
    lines += [f"- {plain(each)}" for each in case.evidence]
    lines += [_check(each) for each in case.checks]
    if case.checks and case.others:
        return [*lines, f"- {plain(case.summary)}"]
    return [*lines, *(_check(each) for each in case.others)]


def _check(check: Check) -> str:
    notes = f" ({plain('; '.join(check.notes))})" if check.notes else ""
    asked = f" → {plain(check.question)}" if check.question else ""
    return f"- **{plain(check.word)}**: {plain(check.text)}{notes}{asked}"
