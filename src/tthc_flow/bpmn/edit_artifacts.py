"""Artifacts and associations of a changed procedure."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tthc_flow.bpmn.artifact_elements import (
    SPECIFIED,
    artifact_element,
    association_element,
    data_elements,
    owner,
    specification,
)
from tthc_flow.bpmn.artifacts import REFERENCES, SPECIFICATION, STATE, TEXT
from tthc_flow.bpmn.edit_nodes import append, container
from tthc_flow.bpmn.edit_pools import collaboration
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.names import bpmn
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association, AssociationKind, Direction
from tthc_flow.model.procedure import Procedure

_PLACE: Final = ("kind", "scope", "shared")
_INPUT: Final = bpmn("dataInput")
_OUTPUT: Final = bpmn("dataOutput")
_SETS: Final = (bpmn("dataInputRefs"), bpmn("dataOutputRefs"))


def edit_artifacts(editor: Editor, before: Procedure, after: Procedure) -> None:
    """Mark every difference; an association goes with the end that it lost."""
    old = {each.id: each for each in before.artifacts}
    new = {each.id: each for each in after.artifacts}
    for identifier in old.keys() - new.keys():
        _retire(editor, identifier)
    specified = []
    for artifact in new.values():
        known = old.get(artifact.id)
        if known is not None and not _elsewhere(known, artifact):
            if known != artifact:
                _edit_artifact(editor, known, artifact)
        elif artifact.id not in editor.fresh:  # else another process of the collaboration wrote it
            _retire(editor, artifact.id)
            if artifact.kind in SPECIFIED:
                specified.append(artifact)
            else:
                _add_artifact(editor, _home(editor, before, after, artifact), artifact)
    if specified:
        _specify(editor, editor.piece(after.flow.id), specified)
    _edit_associations(editor, before, after)


def _edit_associations(editor: Editor, before: Procedure, after: Procedure) -> None:
    lost = _ids(before) - _ids(after)
    old = {each.id: each for each in before.associations}
    new = {each.id: each for each in after.associations if lost.isdisjoint(_ends(each))}
    for identifier in old.keys() - new.keys():
        editor.piece(identifier).gone = True
    for tie in new.values():
        known = old.get(tie.id)
        plain = tie.kind is AssociationKind.PLAIN
        if known is None or _elsewhere(known, tie) or (known != tie and not plain):
            _add_association(editor, before, after, tie)
        elif not plain and editor.is_new(editor.piece(owner(tie))):
            _add_association(editor, before, after, tie)  # its activity was written anew
        elif known != tie:
            piece = editor.piece(tie.id)
            for name, value in association_element(tie).attrib.items():
                piece.set(str(name), str(value))
            if tie.direction is Direction.NONE:
                piece.set("associationDirection", None)


def _elsewhere(before: Artifact | Association, after: Artifact | Association) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in _PLACE)


def _ids(procedure: Procedure) -> set[str]:
    flow = procedure.flow
    parts = (flow.nodes, flow.edges, flow.lanes, procedure.links, procedure.artifacts)
    return {each.id for part in (*parts, procedure.pools, procedure.messages) for each in part}


def _ends(tie: Association) -> tuple[str, str]:
    return tie.source, tie.target


def _retire(editor: Editor, identifier: str) -> None:
    """Take away what stands in the file under an id, with the mentions in input-output sets."""
    element = editor.document.index.elements.get(identifier)
    if element is None:
        return
    editor.pieces.of(element).gone = True
    around = element.getparent()
    if around is not None and around.tag == SPECIFICATION:
        for each in around.iter(*_SETS):
            if (each.text or "").strip() == identifier:
                editor.pieces.of(each).gone = True


def _add_artifact(editor: Editor, parent: Piece, artifact: Artifact) -> None:
    piece = editor.new(artifact_element(artifact, editor.names), parent)
    editor.fresh[artifact.id] = piece
    if artifact.kind in {ArtifactKind.NOTE, ArtifactKind.GROUP}:
        parent.last.append(piece)
    else:
        append(parent, piece)


def _home(
    editor: Editor, before: Procedure, after: Procedure, part: Artifact | Association
) -> Piece:
    if part.shared:
        return collaboration(editor, before)
    return container(editor, after.flow, part.scope)


def _specify(editor: Editor, process: Piece, artifacts: list[Artifact]) -> None:
    """Add data inputs and outputs to the input-output specification, made where there is none."""
    there = next((each for each in process.children if each.element.tag == SPECIFICATION), None)
    if there is None:
        whole = editor.insert_ranked(process, specification(artifacts, editor.names))
        editor.fresh |= {str(each.element.get("id")): each for each in whole.children}
        return
    for artifact in artifacts:
        piece = editor.new(artifact_element(artifact, editor.names), there)
        _behind(there, piece)
        editor.fresh[artifact.id] = piece


def _behind(there: Piece, piece: Piece) -> None:
    """Insert a data input before the outputs, an output before the sets."""
    inward = piece.element.tag == _INPUT
    anchor = None
    for part in there.content:
        if isinstance(part, Piece) and part.element.tag in (
            {_INPUT} if inward else {_INPUT, _OUTPUT}
        ):
            anchor = part
    (there.first if anchor is None else anchor.after).append((0 if inward else 1, piece))


def _edit_artifact(editor: Editor, before: Artifact, after: Artifact) -> None:
    piece = editor.piece(after.id)
    if before.text != after.text:
        _edit_text(editor, piece, after)
    if before.refers != after.refers and after.kind in REFERENCES:
        piece.set(REFERENCES[after.kind], after.refers)
    if before.collection != after.collection:
        piece.set("isCollection", "true" if after.collection else "false")
    if before.state != after.state:
        for child in piece.children:
            if child.element.tag == STATE:
                child.gone = True
        if after.state is not None:
            piece.last.append(editor.new(etree.Element(STATE, name=after.state), piece))


def _edit_text(editor: Editor, piece: Piece, after: Artifact) -> None:
    if after.kind is ArtifactKind.GROUP:
        name = editor.names.category(after.text) if after.text else None
        piece.set("categoryValueRef", name)
    elif after.kind is ArtifactKind.NOTE:
        for child in piece.children:
            if child.element.tag == TEXT:
                child.gone = True
        element = etree.Element(TEXT)
        element.text = after.text
        piece.last.append(editor.new(element, piece))
    else:
        piece.set("name", after.text)


def _add_association(editor: Editor, before: Procedure, after: Procedure, tie: Association) -> None:
    if tie.id in editor.fresh:
        return
    _retire(editor, tie.id)
    if tie.kind is AssociationKind.PLAIN:
        parent = _home(editor, before, after, tie)
        editor.fresh[tie.id] = editor.new(association_element(tie), parent)
        parent.last.append(editor.fresh[tie.id])
        return
    activity = editor.piece(owner(tie))
    for element in data_elements(tie, editor.names):
        editor.fresh[tie.id] = editor.insert_ranked(activity, element)
