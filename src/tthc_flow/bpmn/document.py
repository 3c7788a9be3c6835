"""A BPMN file that was read: its text, its tree, its drawings, and what it was read as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from tthc_flow.bpmn.findings import line_of
from tthc_flow.bpmn.index import Index
from tthc_flow.bpmn.source import SourceText
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.notation import Notation
from tthc_flow.model.procedure import Procedure

if TYPE_CHECKING:
    from lxml import etree


@frozen(kw_only=True, eq=False)
class Document:
    """One BPMN file; the tree is private to ``bpmn/`` and is never changed.

    *drawings* has one entry a diagram; *procedures* is the file as it was read, the "before" of
    :func:`tthc_flow.bpmn.write.write`. *notation* holds the signs that are drawn on elements
    besides what the procedures say. *elsewhere* holds the (element, field) that other dialects
    state too: such a fact is not gone when the own extension does not say it.
    """

    drawings: tuple[Drawing, ...]
    procedures: tuple[Procedure, ...]
    notation: Mapping[str, Notation] = field(factory=dict)
    elsewhere: frozenset[tuple[str, str]] = frozenset()
    source: SourceText = field(repr=False)
    root: etree._Element = field(repr=False)
    index: Index = field(repr=False)

    @property
    def data(self) -> bytes:
        """Return the file, byte for byte."""
        return self.source.data

    def line(self, element_id: str) -> int | None:
        """Return the line on which the element with this id starts, or ``None``."""
        element = self.index.elements.get(element_id)
        return None if element is None else line_of(element)
