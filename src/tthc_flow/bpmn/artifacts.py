"""Data, stores, notes, groups and their dotted lines: what a diagram shows besides the flow.

What has no id, or one that is taken, gets a derived one that hangs on its place among its like:
nothing but a dotted line refers to these elements, so the file need not be given ids.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from attrs import define, field

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.names import bpmn
from tthc_flow.model.artifact import (
    Artifact,
    ArtifactKind,
    Association,
    AssociationKind,
    Direction,
)
from tthc_flow.model.finding import Severity

if TYPE_CHECKING:
    from lxml import etree

ARTIFACTS: Final = {bpmn(kind.value): kind for kind in ArtifactKind}
ASSOCIATION: Final = bpmn(AssociationKind.PLAIN.value)
DATA_ASSOCIATIONS: Final = {
    bpmn(kind.value): kind for kind in (AssociationKind.INPUT, AssociationKind.OUTPUT)
}
SPECIFICATION: Final = bpmn("ioSpecification")
STATE: Final = bpmn("dataState")
TEXT: Final = bpmn("text")
SOURCE: Final = bpmn("sourceRef")
TARGET: Final = bpmn("targetRef")
REFERENCES: Final = {
    ArtifactKind.DATA_REFERENCE: "dataObjectRef",
    ArtifactKind.DATA_STORE: "dataStoreRef",
}
_TRUE: Final = frozenset(("true", "1"))
_DIRECTIONS: Final = {each.value: each for each in Direction}


def drawn_end(association: etree._Element, index: Index) -> str | None:
    """Return the id of the data that a data association leads to, or ``None`` if none is drawn."""
    inward = DATA_ASSOCIATIONS[association.tag] is AssociationKind.INPUT
    end = association.find(SOURCE if inward else TARGET)
    far = "" if end is None else local(end.text or "", end)
    drawn = index.elements.get(far)
    return None if drawn is None or drawn.tag not in ARTIFACTS else far


@define
class ArtifactReader:
    """Collects the artifacts and associations of one process or collaboration."""

    index: Index
    findings: Findings
    artifacts: list[Artifact] = field(factory=list)
    associations: list[Association] = field(factory=list)
    counts: Counter[str] = field(factory=Counter)

    def take(
        self, element: etree._Element, scope: str | None = None, *, shared: bool = False
    ) -> bool:
        """Note *element* if it is one of these; say whether it was."""
        if element.tag in ARTIFACTS:
            self.artifacts.append(self._artifact(element, scope, shared=shared))
        elif element.tag == ASSOCIATION:
            self.associations.append(self._association(element, scope, shared=shared))
        else:
            if element.tag == SPECIFICATION:
                for child in element.iterchildren(*ARTIFACTS):
                    self.artifacts.append(self._artifact(child, scope, shared=shared))
            return False
        return True

    def data_of(self, activity: etree._Element) -> None:
        """Note the data that goes into and comes out of a node, where it is drawn."""
        owner = self.index.ids[activity]
        for element in activity.iterchildren(*DATA_ASSOCIATIONS):
            far = drawn_end(element, self.index)
            if far is None:
                continue
            kind = DATA_ASSOCIATIONS[element.tag]
            source, target = (far, owner) if kind is AssociationKind.INPUT else (owner, far)
            identifier = self._identifier(element, f"{owner}_{kind.value}")
            self.associations.append(
                Association(id=identifier, source=source, target=target, kind=kind)
            )

    def _artifact(self, element: etree._Element, scope: str | None, *, shared: bool) -> Artifact:
        kind = ARTIFACTS[element.tag]
        state = element.find(STATE)
        name = REFERENCES.get(kind)
        refers = self.index.refer(element, name) if name else None
        behind = self.index.elements.get(refers) if refers else None
        if refers and behind is None:
            self.findings.add("read-data-undefined", Severity.INFO, element, reference=refers)
        collects = [element] if behind is None else [element, behind]
        return Artifact(
            id=self._identifier(element, kind.value),
            kind=kind,
            text=self._text(element, kind, behind),
            scope=scope,
            shared=shared,
            refers=refers or None,
            state=None if state is None else state.get("name"),
            collection=any(each.get("isCollection") in _TRUE for each in collects),
        )

    def _text(
        self, element: etree._Element, kind: ArtifactKind, behind: etree._Element | None
    ) -> str:
        if kind is ArtifactKind.NOTE:
            written = element.find(TEXT)
            return "" if written is None else "".join(str(each) for each in written.itertext())
        if kind is ArtifactKind.GROUP:
            value = self.index.elements.get(self.index.refer(element, "categoryValueRef") or "")
            return "" if value is None else value.get("value", "")
        stated = element.get("name")
        if stated is None and behind is not None:
            stated = behind.get("name")
        return stated or ""

    def _association(
        self, element: etree._Element, scope: str | None, *, shared: bool
    ) -> Association:
        source = self.index.refer(element, "sourceRef") or ""
        target = self.index.refer(element, "targetRef") or ""
        for end in (source, target):
            if end not in self.index.elements:
                self.findings.add("read-association-dangling", Severity.INFO, element, end=end)
        return Association(
            id=self._identifier(element, AssociationKind.PLAIN.value),
            source=source,
            target=target,
            direction=_DIRECTIONS.get(element.get("associationDirection", ""), Direction.NONE),
            scope=scope,
            shared=shared,
        )

    def _identifier(self, element: etree._Element, stem: str) -> str:
        """Return the id of *element*, or a derived one under which the index finds it."""
        stated = element.get("id")
        if stated and self.index.elements.get(stated) is element:
            return stated
        derived = stem
        while derived in self.index.elements:
            self.counts[stem] += 1
            derived = f"{stem}_{self.counts[stem]}"
        self.index.elements[derived] = element
        return derived
