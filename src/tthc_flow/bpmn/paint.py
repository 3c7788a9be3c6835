"""Colours of a drawing: bpmn.io's ``bioc:`` attributes and OMG's ``color:``, read and written.

What was written here is marked (``tthc:heat``), so that it can be told from a user's own colours
and taken away again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.names import BIOC, COLOR, DIAGRAM, OWN, SHAPE, own
from tthc_flow.bpmn.painted import FILLS, STROKES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from tthc_flow.bpmn.document import Document
    from tthc_flow.bpmn.pieces import Piece
    from tthc_flow.model.drawing import Colours

_MARK: Final = own("heat")
_SPACES: Final = (BIOC, COLOR, OWN)
_LAST: Final = re.compile(
    r"""\sxmlns:[\w.-]+=(?P<quote>["'])(?P<uri>[^"']*)(?P=quote)(?=\s*/?>\Z)"""
)


def paint(
    document: Document, colours: Mapping[str, Colours], kind: str, *, replace: bool = False
) -> bytes:
    """Return the file with *colours* on the shapes of the elements named; nothing else changes.

    A shape that has a colour of its own keeps it, unless *replace* is true. *kind* is noted at
    every shape that is coloured, for ``unpaint``.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.model.drawing import Colours
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/></process></definitions>'''
        >>> paint(read(text).document, {"A": Colours(fill="#ffffff")}, "time") == text
        True

    Source: bpmn-moddle ``bioc``; BPMN in Color 1.0 (OMG, non-normative).
    """
    editor = Editor.of(document)
    wanted = [
        (editor.pieces.of(element), colours[drawn])
        for drawn, element in _shapes(document)
        if drawn in colours and (replace or not _has_own(element))
    ]
    if not wanted:
        return document.data
    known = set(document.root.nsmap.values())
    editor.declare({uri for uri in _SPACES if uri not in known})
    at_root = {uri: prefix for prefix, uri in document.root.nsmap.items() if prefix}
    prefixes = {**at_root, **editor.declared}
    for piece, given in wanted:
        for name, value in (
            *((each, given.fill) for each in FILLS),
            *((s, given.stroke) for s in STROKES),
        ):
            piece.set(_written(name, prefixes), value)
        piece.set(_written(_MARK, prefixes), kind)
    return document.source.encoded(editor.rendered())


def unpaint(document: Document) -> bytes:
    """Return the file without the colours that ``paint`` wrote; a user's own stay.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/></process></definitions>'''
        >>> unpaint(read(text).document) == text
        True

    Source: ``paint``.
    """
    marked = [element for _, element in _shapes(document) if element.get(_MARK) is not None]
    if not marked:
        return document.data
    editor = Editor.of(document)
    for element in marked:
        prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
        for name in (*FILLS, *STROKES, _MARK):
            if element.get(name) is not None:
                editor.pieces.of(element).set(_written(name, prefixes), None)
    _undeclare(editor.root, _still_used(document.root, set(marked)))
    return document.source.encoded(editor.rendered())


def _has_own(element: etree._Element) -> bool:
    """Return whether the file says anything of the colour, be it understood or not."""
    return any(element.get(name) is not None for name in (*FILLS, *STROKES))


def _shapes(document: Document) -> Iterator[tuple[str, etree._Element]]:
    for diagram in document.root.iterchildren(DIAGRAM):
        for element in diagram.iter(SHAPE):
            drawn = document.index.refer(element, "bpmnElement")
            if drawn is not None:
                yield drawn, element


def _written(name: str, prefixes: Mapping[str, str]) -> str:
    uri, _, local = name[1:].partition("}")
    return f"{prefixes[uri]}:{local}"


def _still_used(root: etree._Element, marked: set[etree._Element]) -> set[str]:
    """Return the namespaces that something besides the colours of *marked* shapes is in."""
    ours = {*FILLS, *STROKES, _MARK}
    names = (
        str(name)
        for element in root.iter("*")
        for name in (element.tag, *element.attrib)
        if name not in ours or element not in marked
    )
    return {name[1:].partition("}")[0] for name in names if name.startswith("{")}


def _undeclare(root: Piece, used: set[str]) -> None:
    """Take away the declarations that nothing needs any more, from the end, where they were put."""
    while (last := _LAST.search(root.start)) and last["uri"] in set(_SPACES) - used:
        root.start = root.start[: last.start()] + root.start[last.end() :]
