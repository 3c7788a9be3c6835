"""A file as pieces of its own text, so that a change touches its place and not a byte elsewhere.

A piece is one element: its start tag, content and end tag exactly as in the file. Changes are
marks (gone, inserted before or after); rendering puts the text together again in one pass.
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
    a rank that keeps the order the schema wants.
    """

    element: etree._Element
    start: str
    indent: str | None
    content: list[Part] = field(factory=list)
    end: str = ""
    gone: bool = False
    after: list[tuple[int, Piece]] = field(factory=list)
    first: list[tuple[int, Piece]] = field(factory=list)
    last: list[Piece] = field(factory=list)

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


def split(text: str, root: etree._Element, indent: str | None = None) -> tuple[list[Part], Piece]:
    """Return *text* as parts with *root*'s piece among them, every element beside its twin."""
    twins = root.iter("*")
    top: list[Part] = []
    stack: list[list[Part]] = [top]
    opened: list[Piece] = []
    position = 0
    for token in _TOKEN.finditer(text):
        if token.lastgroup is None:
            continue
        between = text[position : token.start()]
        position = token.end()
        if between:
            stack[-1].append(between)
        if token.lastgroup == "end":
            stack.pop()
            opened.pop().end = token.group()
            continue
        blanks = _LINE_START.search(between)
        own_indent = blanks.group().lstrip("\r\n") if blanks else (None if opened else indent)
        piece = Piece(next(twins), token.group(), own_indent)
        stack[-1].append(piece)
        if not piece.start.endswith("/>"):
            stack.append(piece.content)
            opened.append(piece)
    if text[position:]:
        top.append(text[position:])
    return top, next(each for each in top if isinstance(each, Piece))


def render(parts: list[Part], layout: Layout) -> str:
    """Return the text of *parts* with every mark carried out."""
    out: list[str] = []
    stack: list[Part] = list(reversed(parts))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            out.append(part)
        else:
            stack.extend(reversed(_parts(part, layout)))
    return "".join(out)


def _parts(piece: Piece, layout: Layout) -> list[Part]:
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
