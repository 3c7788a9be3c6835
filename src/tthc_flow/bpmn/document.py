"""A BPMN file that was read: its text, its tree, its drawings, and what it was read as."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from tthc_flow.bpmn.findings import line_of
from tthc_flow.bpmn.index import Index
from tthc_flow.bpmn.notation import read_notation
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
    :func:`tthc_flow.bpmn.write.write`. *elsewhere* holds the (element, field) that other dialects
    state too: such a fact is not gone when the own extension does not say it.
    """

    drawings: tuple[Drawing, ...]
    procedures: tuple[Procedure, ...]
    elsewhere: frozenset[tuple[str, str]] = frozenset()
    source: SourceText = field(repr=False)
    root: etree._Element = field(repr=False)
    index: Index = field(repr=False)

    @cached_property
    def notation(self) -> Mapping[str, Notation]:
        """Return the signs that are drawn on elements besides what the procedures say."""
        return read_notation(self.root, self.index, self.drawings, self.procedures)

    @property
    def data(self) -> bytes:
        """Return the file, byte for byte."""
        return self.source.data

    def line(self, element_id: str) -> int | None:
        """Return the line on which the element with this id starts, or ``None``."""
        element = self.index.elements.get(element_id)
        return None if element is None else line_of(element)
