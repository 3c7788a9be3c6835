"""What a Word or Excel file holds, in its order: passages of text, and grids of cells."""

from __future__ import annotations

from typing import Final, TypeAlias

from attrs import frozen

from tthc_flow.words.syllables import INVISIBLE, composed

CAPITALS: Final = "A-ZĐ" + "".join(
    chr(code) for code in range(0xC0, 0x1EFA) if chr(code).isupper() and chr(code) != "Đ"
)
"""The capital letters of Vietnamese, for a class of a regular expression."""

_UNSEEN: Final = dict.fromkeys(map(ord, INVISIBLE))


@frozen(kw_only=True)
class Cell:
    """What stands in a cell, from *left* to *right* (in any measure) of its row.

    *first* is the line of the row in which the cell begins: a merged cell stands in every row
    that it spans.
    """

    text: str
    left: int
    right: int
    first: int


@frozen(kw_only=True)
class Row:
    """The cells of one row from left to right; *line* counts from 1 as the officer sees it.

    *struck* is what somebody crossed out in it; it is not among the texts of its cells.
    """

    line: int
    cells: tuple[Cell, ...]
    struck: str = ""


@frozen(kw_only=True)
class Grid:
    """A table of a Word file, or a sheet of a workbook; *part* is its name for messages.

    *revised* says that changes are tracked in it; they are read as accepted. *across* says that
    its rows were columns.
    """

    part: str
    rows: tuple[Row, ...]
    revised: bool = False
    across: bool = False


@frozen(kw_only=True)
class Passage:
    """A paragraph that stands outside of every table."""

    text: str
    heading: bool = False
    struck: str = ""


Block: TypeAlias = Passage | Grid


def tidy(text: str) -> str:
    r"""Return *text* composed, its lines without blanks around them, without empty lines.

    Example:
        >>> tidy("Bộ\u00a0phận \t Một cửa \n\n ký ")
        'Bộ phận Một cửa\nký'
    """
    seen = composed(text).translate(_UNSEEN)
    lines = (" ".join(line.split()) for line in seen.split("\n"))
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    r"""Return *text* on one line.

    Example:
        >>> flat("Bộ phận\nMột cửa")
        'Bộ phận Một cửa'
    """
    return " ".join(text.split())
