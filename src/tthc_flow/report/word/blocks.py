"""What a Word paper is made of, as values: lines, tables, pictures, places to sign.

The words are chosen where a paper is put together, how they look stands in ``looks``: so a paper
can be read and tested without Word.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from attrs import frozen


class Look(StrEnum):
    """What a line is; its letters and spaces follow from it."""

    DRAFT = "draft"
    TITLE = "title"
    ABOUT = "about"
    ISSUER = "issuer"
    ADDRESSEE = "addressee"
    BASIS = "basis"
    PART_NUMBER = "part_number"
    PART = "part"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    NOTE = "note"
    CAPTION = "caption"


class RowKind(StrEnum):
    """What a row of a table is: plain, a group that spans it, a sum, or one that changed."""

    PLAIN = "plain"
    GROUP = "group"
    SUM = "sum"
    CHANGED = "changed"


@frozen(kw_only=True)
class Line:
    """One paragraph; *lead* stands before the text in bold, *kept* on the page of the next."""

    text: str
    look: Look = Look.BODY
    lead: str = ""
    kept: bool = False


@frozen(kw_only=True)
class Rule:
    """The short line under what a paper is about, a third to half as wide as the words."""


@frozen(kw_only=True)
class Head:
    """The two-column head: the body above, whose paper, its number, the place, the subject."""

    parent: str = ""
    agency: str = ""
    number: str = ""
    place: str = ""
    about: str = ""


@frozen(kw_only=True)
class Cell:
    """What stands in a cell: its lines, and smaller ones in italics below."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


@frozen(kw_only=True)
class Row:
    """A row; one that is a group has a single cell."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN


@frozen(kw_only=True)
class Table:
    """A table: its headings, its rows, the width of each column in mm, those that are centred.

    *size* is that of its letters, in points.
    """

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    centred: frozenset[int] = frozenset()
    size: float = 12


@frozen(kw_only=True)
class Figure:
    """A picture (SVG of this program), how wide it is printed in mm, what it shows in words."""

    svg: str
    width: float
    title: str


@frozen(kw_only=True)
class Sheet:
    """A new page begins, upright or *wide*."""

    wide: bool = False


@frozen(kw_only=True)
class Signature:
    """The place to sign on the right, in bold; on the left who receives the paper.

    *wide* is the page that it stands on.
    """

    titles: tuple[str, ...]
    hint: str = ""
    receivers: tuple[str, ...] = ()
    wide: bool = False


Block: TypeAlias = Line | Rule | Head | Table | Figure | Sheet | Signature


@frozen(kw_only=True)
class Paper:
    """A whole paper: what the file says that it is, about what, whose; and its blocks."""

    title: str
    subject: str = ""
    author: str = ""
    blocks: tuple[Block, ...]


def plain(*texts: str, kind: RowKind = RowKind.PLAIN) -> Row:
    """Return a row of cells of one line each.

    Example:
        >>> plain("1", "Ký").cells[1].lines
        ('Ký',)
    """
    return Row(cells=tuple(Cell(lines=(each,)) for each in texts), kind=kind)
