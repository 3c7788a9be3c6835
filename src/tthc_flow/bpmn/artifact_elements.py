"""From artifacts and associations of the model to BPMN elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from tthc_flow.bpmn.artifacts import (
    ARTIFACTS,
    ASSOCIATION,
    REFERENCES,
    SOURCE,
    SPECIFICATION,
    STATE,
    TARGET,
    TEXT,
)
from tthc_flow.bpmn.names import DOCUMENTATION, EXTENSIONS, INCOMING, OUTGOING, bpmn
from tthc_flow.bpmn.roots import Names
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association, AssociationKind, Direction
from tthc_flow.model.procedure import Procedure

SPECIFIED: Final = frozenset((ArtifactKind.DATA_INPUT, ArtifactKind.DATA_OUTPUT))
PROPERTY: Final = bpmn("property")
_TAGS: Final = {kind: tag for tag, kind in ARTIFACTS.items()}
_STORE: Final = bpmn("dataStore")
_HEAD: Final = frozenset((DOCUMENTATION, EXTENSIONS, INCOMING, OUTGOING))


def artifact_element(artifact: Artifact, names: Names) -> etree._Element:
    """Return the BPMN element of *artifact*."""
    element = etree.Element(_TAGS[artifact.kind], id=artifact.id)
    if artifact.kind is ArtifactKind.NOTE:
        etree.SubElement(element, TEXT).text = artifact.text
        return element
    if artifact.kind is ArtifactKind.GROUP:
        if artifact.text:
            element.set("categoryValueRef", names.category(artifact.text))
        return element
    if artifact.text:
        element.set("name", artifact.text)
    if artifact.refers and artifact.kind in REFERENCES:
        element.set(REFERENCES[artifact.kind], artifact.refers)
    if artifact.collection and artifact.kind not in REFERENCES:  # a reference takes it from there
        element.set("isCollection", "true")
    if artifact.state is not None:
        etree.SubElement(element, STATE, name=artifact.state)
    return element


def association_element(association: Association) -> etree._Element:
    """Return the plain ``association``."""
    element = etree.Element(
        ASSOCIATION, id=association.id, sourceRef=association.source, targetRef=association.target
    )
    if association.direction is not Direction.NONE:
        element.set("associationDirection", association.direction.value)
    return element


def data_elements(association: Association, names: Names) -> list[etree._Element]:
    """Return a data association, and the property that BPMN wants as the end of an input."""
    element = etree.Element(bpmn(association.kind.value), id=association.id)
    if association.kind is AssociationKind.OUTPUT:
        etree.SubElement(element, TARGET).text = association.target
        return [element]
    end = names.fresh(f"Property_{association.target}")
    etree.SubElement(element, SOURCE).text = association.source
    etree.SubElement(element, TARGET).text = end
    return [etree.Element(PROPERTY, id=end, name="__targetRef_placeholder"), element]


def owner(association: Association) -> str:
    """Return the activity that a data association stands in."""
    inward = association.kind is AssociationKind.INPUT
    return association.target if inward else association.source


def store_elements(procedure: Procedure) -> list[etree._Element]:
    """Return the root ``dataStore`` elements that the stores of *procedure* stand for."""
    known = {each.id for each in procedure.artifacts}
    stores = {
        each.refers: each.text
        for each in procedure.artifacts
        if each.kind is ArtifactKind.DATA_STORE and each.refers and each.refers not in known
    }
    return [etree.Element(_STORE, id=each, name=name) for each, name in stores.items()]


def specification(artifacts: Iterable[Artifact], names: Names) -> etree._Element:
    """Return the ``ioSpecification`` with data inputs and outputs, in the sets BPMN wants."""
    element = etree.Element(SPECIFICATION, id=names.fresh("InputOutput_1"))
    sets = []
    for kind, stem in ((ArtifactKind.DATA_INPUT, "input"), (ArtifactKind.DATA_OUTPUT, "output")):
        members = [each for each in artifacts if each.kind is kind]
        element.extend(artifact_element(each, names) for each in members)
        together = etree.Element(bpmn(f"{stem}Set"), id=names.fresh(f"{stem.capitalize()}Set_1"))
        for each in members:
            etree.SubElement(together, bpmn(f"data{stem.capitalize()}Refs")).text = each.id
        sets.append(together)
    element.extend(sets)
    return element


def add_artifacts(
    procedure: Procedure, containers: dict[str | None, etree._Element], names: Names
) -> None:
    """Append artifacts and associations to the process, its sub-processes and activities."""
    own = [each for each in procedure.artifacts if not each.shared]
    specified = [each for each in own if each.kind in SPECIFIED]
    if specified:
        process = containers[None]
        at = sum(child.tag in _HEAD for child in process)
        process.insert(at, specification(specified, names))
    late = []
    for each in own:
        if each.kind in {ArtifactKind.NOTE, ArtifactKind.GROUP}:
            late.append(each)
        elif each.kind not in SPECIFIED:
            containers[each.scope].append(artifact_element(each, names))
    for each in late:
        containers[each.scope].append(artifact_element(each, names))
    for tie in procedure.associations:
        if tie.kind is not AssociationKind.PLAIN:
            _add_data(containers[owner(tie)], tie, names)
        elif not tie.shared:
            containers[tie.scope].append(association_element(tie))


def _add_data(activity: etree._Element, tie: Association, names: Names) -> None:
    """Insert *tie* where the schema has it: properties first, then inputs, then outputs."""
    ranks = (PROPERTY, bpmn("dataInputAssociation"), bpmn("dataOutputAssociation"))
    for element in data_elements(tie, names):
        ahead = {*_HEAD, *ranks[: ranks.index(str(element.tag)) + 1]}
        activity.insert(sum(child.tag in ahead for child in activity), element)


def shared_elements(procedure: Procedure, names: Names) -> list[etree._Element]:
    """Return what stands in the collaboration beside the pools."""
    return [
        *(artifact_element(each, names) for each in procedure.artifacts if each.shared),
        *(association_element(each) for each in procedure.associations if each.shared),
    ]
