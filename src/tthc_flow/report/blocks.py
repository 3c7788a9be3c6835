"""What a report is made of: sections of blocks, as values; a page and a text are drawn from them.

The words are chosen once, in the story; how they look in HTML or Markdown is decided elsewhere, so
that the two can never say different things.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from attrs import frozen


@frozen(kw_only=True)
class Paragraph:
    """One paragraph; *tone* is ``good``, ``ask``, ``bad``, ``soft`` or empty."""

    text: str
    tone: str = ""


@frozen(kw_only=True)
class Item:
    """One line of a list and the lines under it."""

    text: str
    under: tuple[str, ...] = ()


@frozen(kw_only=True)
class Bullets:
    """A list of lines."""

    items: tuple[Item, ...]


@frozen(kw_only=True)
class Heading:
    """A heading inside a section."""

    text: str


@frozen(kw_only=True)
class Grid:
    """A table: its heading row, its rows, and whether the last row adds them up."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: bool = False


@frozen(kw_only=True)
class Card:
    """One figure that stands out: its name, its value now and before, and the cut."""

    label: str
    before: str
    after: str
    cut: str


@frozen(kw_only=True)
class Cards:
    """Figures that stand out, side by side."""

    cards: tuple[Card, ...]


@frozen(kw_only=True)
class Gauge:
    """How far a cut reaches: the share, and the targets (share, label) on the same line."""

    share: float
    label: str
    targets: tuple[tuple[float, str], ...]


@frozen(kw_only=True)
class Check:
    """One condition or law: verdict, its word, what it demands, and what there is to know."""

    verdict: str
    word: str
    text: str
    notes: tuple[str, ...] = ()
    question: str = ""


@frozen(kw_only=True)
class Case:
    """One proposal: what, who may do it and what it saves, the evidence, the conditions.

    *kind* is ``applied``, ``pass``, ``unknown`` or ``fail``; *checks* are the
    conditions that decide; *others* are the others, and *summary* counts them.
    """

    title: str
    kind: str
    facts: tuple[str, ...]
    evidence: tuple[str, ...]
    checks: tuple[Check, ...]
    others: tuple[Check, ...] = ()
    summary: str = ""


@frozen(kw_only=True)
class Checks:
    """Conditions or laws, one below the other."""

    checks: tuple[Check, ...]


NARROWED: Final = "_narrow"
"""What is behind the name of a picture where the same is drawn for a telephone."""


@frozen(kw_only=True)
class Picture:
    """A picture of the proposal by its name (``svg_before``, ``svg_after``)."""

    name: str
    title: str


@frozen(kw_only=True)
class Snippet:
    """Lines to copy into a file, as they are."""

    text: str


Block: TypeAlias = (
    Paragraph | Bullets | Heading | Grid | Cards | Gauge | Case | Checks | Picture | Snippet
)


@frozen(kw_only=True)
class Section:
    """A part of the report: its anchor, its title, its blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@frozen(kw_only=True)
class Story:
    """A whole report: title, what identifies the procedure, the warning, the sections, the end."""

    lang: str
    title: str
    facts: tuple[str, ...]
    draft: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
