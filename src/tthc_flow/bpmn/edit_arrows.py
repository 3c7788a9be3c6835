"""Sequence flows of a changed flow, and the arrows that nodes and gateways list."""

from __future__ import annotations

from lxml import etree

from tthc_flow.bpmn.edit_nodes import append, container, move
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.elements import condition_element, flow_element, flow_facts
from tthc_flow.bpmn.names import CONDITION, INCOMING, OUTGOING
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.flow import Flow, SequenceFlow
from tthc_flow.model.procedure import Procedure


def edit_edges(editor: Editor, before: Procedure, after: Procedure) -> None:
    """Mark every difference between the sequence flows of two procedures."""
    old = {edge.id: edge for edge in (*before.flow.edges, *before.links)}
    new = {edge.id: edge for edge in (*after.flow.edges, *after.links)}
    for identifier in old.keys() - new.keys():
        editor.piece(identifier).gone = True
    for edge in new.values():
        known = old.get(edge.id)
        if known is edge:
            continue
        parent = container(editor, after.flow, edge.scope)
        if known is None:
            piece = editor.new(flow_element(edge), parent)
            editor.fresh[edge.id] = piece
            append(parent, piece)
        elif known != edge:
            _edit_edge(editor, known, edge)
            if known.scope != edge.scope:
                move(editor, edge.id, parent)
    _forget(editor, after, old.keys() - new.keys())


def _edit_edge(editor: Editor, before: SequenceFlow, after: SequenceFlow) -> None:
    piece = editor.piece(before.id)
    for name, field in (("name", "name"), ("sourceRef", "source"), ("targetRef", "target")):
        if getattr(before, field) != getattr(after, field):
            piece.set(name, getattr(after, field))
    editor.edit_facts(piece, flow_facts(before), flow_facts(after))
    if (before.condition, before.printed) == (after.condition, after.printed):
        return
    expression = condition_element(after)
    stated = next((each for each in piece.children if each.element.tag == CONDITION), None)
    if stated is not None:
        stated.gone = True
    if expression is not None:
        piece.last.append(editor.new(expression, piece))


def _forget(editor: Editor, after: Procedure, edges: set[str]) -> None:
    """Remove what only pointed at removed flows: activities' default flows."""
    for node in after.flow.nodes if edges else ():
        piece = editor.piece(node.id)
        stated = piece.element.get("default")
        if stated in edges and getattr(node, "default", None) in {None, stated}:
            piece.set("default", None)


def edit_arrows(editor: Editor, before: Flow, after: Flow) -> None:
    """Keep ``incoming`` and ``outgoing`` right, in files that list them."""
    process = editor.document.index.elements[before.id]
    if before.edges and next(process.iter(INCOMING, OUTGOING), None) is None:
        return
    none: tuple[SequenceFlow, ...] = ()
    for node in after.nodes:
        piece = editor.piece(node.id)
        was = node.id in before.by_id and not editor.is_new(piece)
        for tag, old, new in (
            (INCOMING, before.incoming, after.incoming),
            (OUTGOING, before.outgoing, after.outgoing),
        ):
            listed = [edge.id for edge in (old.get(node.id, none) if was else none)]
            wanted = [edge.id for edge in new.get(node.id, none)]
            if listed != wanted:
                _edit_list(editor, piece, tag, set(listed) - set(wanted), wanted)


def _edit_list(editor: Editor, piece: Piece, tag: str, lost: set[str], wanted: list[str]) -> None:
    there = set()
    for child in piece.children:
        if child.element.tag == tag:
            identifier = (child.element.text or "").strip()
            there.add(identifier)
            if identifier in lost:
                child.gone = True
    for identifier in wanted:
        if identifier not in there:
            element = etree.Element(tag)
            element.text = identifier
            editor.insert_ranked(piece, element)
