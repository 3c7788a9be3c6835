"""The state of one edit: pieces by element, prefixes in scope, new elements, facts changed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import define, field
from lxml import etree

from tthc_flow.bpmn.document import Document
from tthc_flow.bpmn.names import (
    EXTENSIONS,
    FOREIGN_PREFIXES,
    INCOMING,
    LANE_REF,
    OUTGOING,
    PREFIXES,
    bpmn,
    own,
)
from tthc_flow.bpmn.pieces import Layout, Piece, Pieces, render, split
from tthc_flow.bpmn.roots import Names, known_categories, known_roots
from tthc_flow.bpmn.serial import prefixed, serialise

RANKS: Final = {
    bpmn("documentation"): 0,
    EXTENSIONS: 1,
    bpmn("auditing"): 2,
    bpmn("monitoring"): 2,
    bpmn("categoryValueRef"): 2,
    INCOMING: 3,
    LANE_REF: 3,
    OUTGOING: 4,
    bpmn("ioSpecification"): 5,
    bpmn("property"): 6,
    bpmn("dataInput"): 6,
    bpmn("dataOutput"): 6,
    bpmn("dataInputAssociation"): 7,
    bpmn("dataOutputAssociation"): 8,
}
"""Order of the children that every flow node and lane begins with."""

_BESIDE: Final = frozenset({own("answers"), own("crews")})
"""Facts that may stand in a file of their own beside the drawing."""

_IDS: Final = etree.XPath("//@id", smart_strings=False)


@define(eq=False)
class Editor:
    """Marks changes on the pieces of one document."""

    document: Document
    root: Piece
    layout: Layout
    names: Names
    fresh: dict[str, Piece] = field(factory=dict)
    declared: dict[str, str] = field(factory=dict)
    anchors: dict[tuple[Piece, int], Piece | None] = field(factory=dict)
    free: dict[str, str] = field(factory=dict)
    made: list[Pieces] = field(factory=list)

    @classmethod
    def of(cls, document: Document) -> Editor:
        """Return an editor with nothing marked yet."""
        text = document.source.text
        root = split(text, document.root)
        newline = "\r\n" if "\r\n" in text else "\n"
        unit = next((each.indent for each in root.children if each.indent), "  ")
        ids: Any = _IDS(document.root)  # the stubs leave open what an expression gives
        taken = {*document.index.elements, *ids}
        names = Names(taken, known_roots(document.root), known_categories(document.root))
        return cls(document, root, Layout(newline, unit), names)

    @property
    def pieces(self) -> Pieces:
        """Return the pieces of the file."""
        return self.root.whole

    def rendered(self) -> str:
        """Return the text with every change carried out."""
        for namespace, prefix in self.declared.items():
            self.root.set(f"xmlns:{prefix}", namespace)
        return render(self.root, self.layout)

    def let_go(self) -> None:
        """Forget all pieces, of the file and of what was made: nobody asks of them any more."""
        for whole in (self.pieces, *self.made):
            whole.let_go()

    def piece(self, identifier: str) -> Piece:
        """Return the piece of the element that the model calls *identifier*."""
        known = self.fresh.get(identifier)
        return known or self.pieces.of(self.document.index.elements[identifier])

    def is_new(self, piece: Piece) -> bool:
        """Return whether *piece* is written anew, and nothing that the file has."""
        return piece.whole is not self.pieces

    def prefixes(self, element: etree._Element) -> Mapping[str, str]:
        """Return the prefix of every namespace this room writes, as in scope at *element*."""
        scope = {uri: prefix or "" for prefix, uri in element.nsmap.items()}
        for wanted, uri in PREFIXES:
            if uri not in scope:
                scope[uri] = self.declared.get(uri) or self._free(wanted)
        return scope

    def declare(self, namespaces: set[str]) -> None:
        """Declare on the root those of *namespaces* that the file has not declared there."""
        wanted = {uri: prefix for prefix, uri in (*PREFIXES, *FOREIGN_PREFIXES)}
        for uri in sorted(namespaces - set(self.declared)):
            self.declared[uri] = self._free(wanted.get(uri) or f"ext{len(self.declared)}")

    def new(self, element: etree._Element, parent: Piece) -> Piece:
        """Return *element* as a piece, written as a child of *parent*."""
        home = self.document.root if self.is_new(parent) else parent.element
        used = _namespaces(element)
        self.declare(used - set(home.nsmap.values()))
        prefixes = {**self.prefixes(home), **self.declared}
        indent = self.layout.inside(parent)
        unit, newline = (self.layout.unit, self.layout.newline) if indent is not None else ("", "")
        text = serialise(element, prefixes, indent=indent or "", unit=unit, newline=newline)
        piece = split(text, element, indent)
        self.made.append(piece.whole)
        return piece

    def insert_ranked(self, parent: Piece, element: etree._Element) -> Piece:
        """Insert *element* into *parent* where the schema has it; return its piece."""
        rank = RANKS[element.tag]
        piece = self.new(element, parent)
        if (parent, rank) not in self.anchors:
            self.anchors[parent, rank] = None
            for part in parent.content:
                if isinstance(part, Piece) and RANKS.get(part.element.tag, 99) <= rank:
                    self.anchors[parent, rank] = part
        anchor = self.anchors[parent, rank]
        (parent.first if anchor is None else anchor.after).append((rank, piece))
        return piece

    def insert_behind_arrows(self, parent: Piece, piece: Piece) -> None:
        """Insert *piece* where a process has its lane set: before nodes, behind extensions."""
        anchor = None
        for part in parent.content:
            if isinstance(part, Piece) and part.element.tag in RANKS:
                anchor = part
        (parent.first if anchor is None else anchor.after).append((9, piece))

    def rename(self, piece: Piece, tag: str) -> None:
        """Give *piece* another tag."""
        piece.rename(prefixed(tag, self.prefixes(piece.element)))

    def edit_facts(
        self,
        piece: Piece,
        before: etree._Element,
        after: etree._Element,
        pinned: frozenset[str] = frozenset(),
    ) -> None:
        """Write the facts in which *after* differs from *before*; other facts stay as they are.

        Those in *pinned* are written in any case: they were read from words that now change.
        """
        extensions = next((each for each in piece.children if each.element.tag == EXTENSIONS), None)
        held = [each for _, each in piece.first if each.element.tag == EXTENSIONS]
        extensions = extensions or next(iter(held), None)
        stated = None
        if extensions is not None:
            stated = next((e for e in extensions.children if e.element.tag == after.tag), None)
        there = etree.Element(after.tag) if stated is None else stated.element
        names = {str(name) for each in (before, after) for name in each.attrib}
        tags = {str(child.tag) for child in (*before, *after)}
        attributes = {name for name in names if before.get(name) != after.get(name)}
        children = {tag for tag in tags if _same(before, tag) != _same(after, tag)}
        for name in pinned:
            if name.startswith("{"):
                children |= {name} if _same(there, name) != _same(after, name) else set()
            elif there.get(name) != after.get(name):
                attributes.add(name)
        if not attributes and not children:
            return
        merged = copy.deepcopy(there)
        merged.tail = None
        _merge(merged, before, after, attributes, children)
        self._put_facts(piece, extensions, stated, merged)

    def _put_facts(
        self, piece: Piece, extensions: Piece | None, stated: Piece | None, merged: etree._Element
    ) -> None:
        """Write *merged* in place of *stated*, or into the extension, or with a new one."""
        says = bool(merged.attrib) or len(merged) > 0
        if stated is not None:
            stated.gone = True
            if says and extensions is not None:
                stated.after.append((0, self.new(merged, extensions)))
        elif says and extensions is not None:
            extensions.last.append(self.new(merged, extensions))
        elif says:
            holder = etree.Element(EXTENSIONS)
            holder.append(merged)
            self.insert_ranked(piece, holder)

    def set_own(self, piece: Piece, name: str, value: str | None) -> None:
        """Set or (``None``) remove the attribute *name* of a namespace on an element."""
        if value is None and piece.element.get(name) is None:
            return
        self.declare(_namespaces(etree.Element(name)) - set(piece.element.nsmap.values()))
        piece.set(prefixed(name, self.prefixes(piece.element)), value)

    def _free(self, prefix: str) -> str:
        """Return *prefix*, or it with a number, such that the file does not use it yet."""
        if prefix in self.free:
            return self.free[prefix]
        wanted, number = prefix, 1
        taken = self.declared.values()
        while wanted in taken or re.search(rf"\sxmlns:{wanted}\s*=", self.document.source.text):
            number += 1
            wanted = f"{prefix}{number}"
        self.free[prefix] = wanted
        return wanted


def _namespaces(element: etree._Element) -> set[str]:
    names = (str(name) for each in element.iter("*") for name in (each.tag, *each.attrib))
    return {name[1:].partition("}")[0] for name in names if name.startswith("{")}


def _same(facts: etree._Element, tag: str) -> list[bytes]:
    return [etree.tostring(each, with_tail=False) for each in facts.iterchildren(tag)]


def _merge(
    merged: etree._Element,
    before: etree._Element,
    after: etree._Element,
    attributes: set[str],
    children: set[str],
) -> None:
    for name in sorted(attributes):
        value = after.get(name)
        if value is None:
            merged.attrib.pop(name, "")
        else:
            merged.set(name, value)
    for tag in sorted(children):
        gone = _gone(merged, before, after, tag)
        for child in merged.findall(tag):
            if gone is None or _content(child) in gone:
                merged.remove(child)
        if gone is None:
            merged.extend(copy.deepcopy(child) for child in after.iterchildren(tag))


def _gone(
    there: etree._Element, before: etree._Element, after: etree._Element, tag: str
) -> list[tuple[object, ...]] | None:
    """Return what goes where nothing comes and not all that was before stands *there*.

    An answer or a crew that does not stand there was told beside the file and is not written into
    it. ``None``: all of them are written anew.
    """
    if tag not in _BESIDE:
        return None
    stated, was, now = (
        [_content(each) for each in facts.iterchildren(tag)] for facts in (there, before, after)
    )
    if len(stated) >= len(was) or any(each not in was for each in now):
        return None
    return [each for each in was if each not in now]


def _content(element: etree._Element) -> tuple[object, ...]:
    """Return what an element says, however it is written: blanks, prefixes, order of attributes."""
    inner = tuple(_content(each) for each in element.iterchildren("*"))
    return (element.tag, sorted(element.attrib.items()), (element.text or "").strip(), inner)
