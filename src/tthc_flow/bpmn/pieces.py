"""A file as pieces of its own text, so that a change touches its place and not a byte elsewhere.

A piece is one element: its start tag, content and end tag exactly as in the file. Changes are
marks (gone, inserted before or after); rendering puts the text together again in one pass. Only
what is looked into is cut into pieces: all else stays one stretch of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field

from tthc_flow.bpmn.serial import attribute

if TYPE_CHECKING:
    from lxml import etree

_TOKEN: Final = re.compile(
    r"""<(?:(?P<start>[^!?/](?:"[^"]*"|'[^']*'|[^"'>]++)*+>)|(?P<end>/[^>]*>)"""
    r"""|!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>)""",
    re.DOTALL,
)
_NAME: Final = re.compile(r"<([^\s/>]+)")
_LINE_START: Final = re.compile(r"\r?\n[ \t]*\Z")

Part: TypeAlias = "str | Piece"


@define(eq=False)
class Pieces:
    """The places of all elements of *text*, in its order, and the pieces cut out so far.

    By the number of an element, its start tag stands from *begins* to *opened*, its end tag from
    *closing* to *closed*; one without an end tag has an empty one behind its start. *behind* is the
    number of the first element that follows outside of each.
    """

    text: str
    begins: list[int]
    opened: list[int]
    closing: list[int]
    closed: list[int]
    behind: list[int]
    known: dict[etree._Element, Piece] = field(factory=dict)
    contents: dict[int, list[Part]] = field(factory=dict)

    def of(self, element: etree._Element) -> Piece:
        """Return the piece of *element*; all that it lies in is cut up."""
        if element not in self.known:
            for outer in reversed([*element.iterancestors()]):
                self.content(outer, self.known[outer].number)
        return self.known[element]

    def content(self, element: etree._Element, number: int) -> list[Part]:
        """Return what stands between the tags of *element*: its children and the texts between."""
        if number not in self.contents:
            self.contents[number] = [*self._parts(element, number)]
        return self.contents[number]

    def cut(self, element: etree._Element, number: int, indent: str | None) -> Piece:
        """Return *element*, the one with this *number*, as a new piece."""
        start = self.text[self.begins[number] : self.opened[number]]
        end = self.text[self.closing[number] : self.closed[number]]
        piece = Piece(element, start, indent, end, self, number)
        self.known[element] = piece
        return piece

    def let_go(self) -> None:
        """Forget all pieces: each knows the whole, which knows it, so that neither would go."""
        self.known.clear()
        self.contents.clear()

    def _parts(self, element: etree._Element, number: int) -> Iterator[Part]:
        position, last = self.opened[number], self.closing[number]
        number += 1
        for child in element.iterchildren("*"):
            between = self.text[position : self.begins[number]]
            if between:
                yield between
            yield self.cut(child, number, _indent(between))
            position, number = self.closed[number], self.behind[number]
        if position < last:
            yield self.text[position:last]


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
    end: str
    whole: Pieces
    number: int
    gone: bool = False
    _after: list[tuple[int, Piece]] | None = None
    _first: list[tuple[int, Piece]] | None = None
    _last: list[Piece] | None = None

    @property
    def content(self) -> list[Part]:
        """Return the child elements of the file, and the texts between them."""
        return self.whole.content(self.element, self.number)

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
    def is_cut(self) -> bool:
        """Return whether this piece is more than its tags and the text of the file between them."""
        return bool(self._first or self._last or self.number in self.whole.contents)

    @property
    def is_marked(self) -> bool:
        """Return whether something comes into this piece, or goes out of it."""
        if self._first or self._last:
            return True
        return any(not isinstance(part, str) and not part.is_left for part in self.content)

    @property
    def between(self) -> str:
        """Return what stands between the tags of this piece, as the file has it."""
        whole, number = self.whole, self.number
        return whole.text[whole.opened[number] : whole.closing[number]]

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


def split(text: str, root: etree._Element, indent: str | None = None) -> Piece:
    """Return the piece of *root*, whose *text* this is; *indent* is what it will stand behind."""
    most = text.count("<")  # room for all that may begin: what is never filled is never asked for
    begins, opened, closing, closed, behind = ([0] * most for _ in range(5))
    number = 0
    inside: list[int] = []
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind is None:
            continue
        begin, end = token.span()
        if kind == "end":
            left = inside.pop()
            closing[left], closed[left], behind[left] = begin, end, number
            continue
        if text[end - 2] != "/":
            inside.append(number)
        begins[number] = begin
        opened[number] = closing[number] = closed[number] = end
        number += 1
        behind[number - 1] = number
    whole = Pieces(text, begins, opened, closing, closed, behind)
    own = _indent(text[: begins[0]])
    return whole.cut(root, 0, indent if own is None else own)


def _indent(before: str) -> str | None:
    """Return the blanks between the last line break of *before* and its end, if all are blanks."""
    _, line, blanks = before.rpartition("\n")
    return None if not line or blanks.strip(" \t") else blanks


def render(root: Piece, layout: Layout) -> str:
    """Return the text that *root* is the piece of, with every mark carried out."""
    text, begin, end = root.whole.text, root.whole.begins[0], root.whole.closed[0]
    out = [text[:begin]]
    opened: list[Iterator[Part]] = [iter((root,))]
    while opened:
        for part in opened[-1]:
            if isinstance(part, str):
                out.append(part)
            elif part.is_cut:
                opened.append(iter(_parts(part, layout)))
                break
            else:
                out += (part.start, part.between, part.end)
        else:
            opened.pop()
    return "".join((*out, text[end:]))


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
