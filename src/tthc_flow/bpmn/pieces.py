"""A file as pieces of its own text, so that a change touches its place and not a byte elsewhere.

A piece is one element: its start tag, content and end tag exactly as in the file. Changes are
marks (gone, inserted before or after); rendering puts the text together again in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define

from tthc_flow.bpmn.serial import attribute

if TYPE_CHECKING:
    from lxml import etree

_TOKEN: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|(?P<end></[^>]*>)"
    r"""|(?P<start><[^!?/](?:"[^"]*"|'[^']*'|[^"'>]++)*+>)""",
    re.DOTALL,
)
_NAME: Final = re.compile(r"<([^\s/>]+)")
_LINE_START: Final = re.compile(r"\r?\n[ \t]*\Z")

Part: TypeAlias = "str | Piece"


@define(eq=False)
class Piece:
    """One element of the file; *element* is its parsed twin, *indent* the blanks before it.

    *after* and *first* hold what is inserted behind this piece and before its content, each with
    a rank that keeps the order the schema wants. Few pieces of a file are changed: the lists of
    the others are never made.
    """

    element: etree._Element
    start: str
    indent: str | None
    content: Sequence[Part] = ()
    end: str = ""
    gone: bool = False
    _after: list[tuple[int, Piece]] | None = None
    _first: list[tuple[int, Piece]] | None = None
    _last: list[Piece] | None = None

    @property
    def after(self) -> list[tuple[int, Piece]]:
        """Return what is inserted behind this piece, to be added to."""
        if self._after is None:
            self._after = []
        return self._after

    @property
    def first(self) -> list[tuple[int, Piece]]:
        """Return what is inserted before the content, to be added to."""
        if self._first is None:
            self._first = []
        return self._first

    @property
    def last(self) -> list[Piece]:
        """Return what is inserted behind the content, to be added to."""
        if self._last is None:
            self._last = []
        return self._last

    @property
    def is_marked(self) -> bool:
        """Return whether something comes into this piece, or goes out of it."""
        if self._first or self._last:
            return True
        return any(not isinstance(part, str) and not part.is_left for part in self.content)

    @property
    def is_left(self) -> bool:
        """Return whether this piece stays, with nothing behind it that was not there."""
        return not self.gone and not self._after

    @property
    def children(self) -> Iterator[Piece]:
        """Yield the child elements of the file, those marked as gone left out."""
        return (each for each in self.content if isinstance(each, Piece) and not each.gone)

    @property
    def name(self) -> str:
        """Return the tag as it is written, with its prefix."""
        found = _NAME.match(self.start)
        return found.group(1) if found else ""

    def rename(self, name: str) -> None:
        """Change the tag; attributes and content stay."""
        old = self.name
        self.start = f"<{name}{self.start[len(old) + 1 :]}"
        if self.end:
            self.end = self.end.replace(f"</{old}", f"</{name}", 1)

    def set(self, name: str, value: str | None) -> None:
        """Set or (``None``) remove one attribute; the others keep place, quotes and blanks."""
        found = re.search(rf"""(\s+){re.escape(name)}(\s*=\s*)("[^"]*"|'[^']*')""", self.start)
        if found is None:
            if value is not None:
                tail = "/>" if self.start.endswith("/>") else ">"
                body = self.start.removesuffix(tail)
                kept = body.rstrip()
                blanks = body[len(kept) :]
                self.start = f'{kept} {name}="{attribute(value)}"{blanks}{tail}'
            return
        head, tail = self.start[: found.start()], self.start[found.end() :]
        if value is None:
            self.start = head + tail
        else:
            blanks, equals, quoted = found.groups()
            quote = quoted[0]
            text = attribute(value).replace("'", "&apos;") if quote == "'" else attribute(value)
            self.start = f"{head}{blanks}{name}{equals}{quote}{text}{quote}{tail}"


@define
class Layout:
    """How the file breaks its lines: the line break and one level of indentation."""

    newline: str
    unit: str

    def inside(self, piece: Piece) -> str | None:
        """Return the indentation of children of *piece*; ``None`` where the file has no lines."""
        first = next((each for each in piece.content if isinstance(each, Piece)), None)
        if first is not None:
            return first.indent
        return None if piece.indent is None else piece.indent + self.unit


def split(
    text: str, root: etree._Element, indent: str | None = None
) -> tuple[list[Part], list[Piece]]:
    """Return *text* as parts with *root*'s piece among them, every element beside its twin.

    Also return all pieces in the order of the file, the one of *root* first.
    """
    twins = root.iter("*")
    pieces: list[Piece] = []
    top: list[Part] = []
    stack: list[list[Part]] = [top]
    opened: list[Piece] = []
    position = 0
    for token in _TOKEN.finditer(text):
        if token.lastgroup is None:
            continue
        start, end = token.span()
        between = text[position:start]
        position = end
        if between:
            stack[-1].append(between)
        if token.lastgroup == "end":
            stack.pop()
            opened.pop().end = token.group()
            continue
        _, line, blanks = between.rpartition("\n")
        own_indent: str | None = blanks
        if not line or blanks.strip(" \t"):
            own_indent = None if opened else indent
        tag = token.group()
        if tag.endswith("/>"):
            piece = Piece(next(twins), tag, own_indent)
            stack[-1].append(piece)
        else:
            content: list[Part] = []
            piece = Piece(next(twins), tag, own_indent, content)
            stack[-1].append(piece)
            stack.append(content)
            opened.append(piece)
        pieces.append(piece)
    if text[position:]:
        top.append(text[position:])
    return top, pieces


def render(parts: list[Part], layout: Layout) -> str:
    """Return the text of *parts* with every mark carried out."""
    out: list[str] = []
    opened: list[Iterator[Part]] = [iter(parts)]
    while opened:
        for part in opened[-1]:
            if isinstance(part, str):
                out.append(part)
            elif part.content or part.is_marked:
                opened.append(iter(_parts(part, layout)))
                break
            else:
                out += (part.start, part.end)
        else:
            opened.pop()
    return "".join(out)


def _parts(piece: Piece, layout: Layout) -> list[Part]:
    if not piece.is_marked:
        return [piece.start, *piece.content, piece.end]
    indent = layout.inside(piece)
    lead = "" if indent is None else layout.newline + indent
    inner: list[Part] = []
    _insert(inner, [each for _, each in sorted(piece.first, key=_rank)], lead)
    for part in piece.content:
        if isinstance(part, str):
            inner.append(part)
            continue
        if not part.gone:
            inner.append(part)
        elif inner and isinstance(inner[-1], str):
            inner[-1] = _LINE_START.sub("", inner[-1])
        _insert(inner, [each for _, each in sorted(part.after, key=_rank)], lead)
    closing: list[Part] = []
    if piece.last and inner and isinstance(inner[-1], str) and not inner[-1].strip():
        closing = [inner.pop()]
    _insert(inner, piece.last, lead)
    if inner and not piece.content:
        closing = ["" if piece.indent is None else layout.newline + piece.indent]
    start, end = piece.start, piece.end
    if inner and start.endswith("/>"):
        start, end = f"{start[:-2].rstrip()}>", f"</{piece.name}>"
    return [start, *inner, *closing, end]


def _insert(into: list[Part], pieces: list[Piece], lead: str) -> None:
    for each in pieces:
        into.extend((lead, each))


def _rank(pair: tuple[int, Piece]) -> int:
    return pair[0]
