"""Lanes of a changed flow: added, removed, renamed, moved, and who lies in them."""

from __future__ import annotations

from lxml import etree

from tthc_flow.bpmn.edit_nodes import move
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.elements import lane_element, lane_facts
from tthc_flow.bpmn.names import LANE_REF, LANE_SET, bpmn, own
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.flow import Flow, Lane

_CHILD_SET = bpmn("childLaneSet")
_IMPLIED = frozenset((own("performer"),))


def edit_lanes(editor: Editor, before: Flow, after: Flow) -> None:
    """Mark every difference between the lanes of two flows and their members."""
    old, new = before.lane_by_id, after.lane_by_id
    used = {node.lane for node in after.nodes}  # a lane that nodes lie in stands, listed or not
    for identifier in old.keys() - new.keys() - used:
        editor.piece(identifier).gone = True
    for lane in after.lanes:
        known = old.get(lane.id)
        if known is None:
            _add(editor, before, lane)
        elif known != lane:
            piece = editor.piece(lane.id)
            if known.name != lane.name:
                piece.set("name", lane.name)
            editor.edit_facts(piece, lane_facts(known), lane_facts(lane), _IMPLIED)
            if known.parent != lane.parent:
                move(editor, lane.id, _holder(editor, before, lane.parent))
    _edit_members(editor, before, after)


def _edit_members(editor: Editor, before: Flow, after: Flow) -> None:
    lanes = {node.id: node.lane for node in before.nodes}
    wanted = {node.id: node.lane for node in after.nodes}
    lost = {node for node, lane in lanes.items() if lane and wanted.get(node) != lane}
    if lost:
        for lane in before.lanes:
            for child in editor.piece(lane.id).children:
                if child.element.tag == LANE_REF and (child.element.text or "").strip() in lost:
                    child.gone = True
    for node, identifier in wanted.items():
        if identifier and lanes.get(node) != identifier:
            element = etree.Element(LANE_REF)
            element.text = node
            editor.insert_ranked(editor.piece(identifier), element)


def _add(editor: Editor, flow: Flow, lane: Lane) -> None:
    holder = _holder(editor, flow, lane.parent)
    piece = editor.new(lane_element(lane), holder)
    editor.fresh[lane.id] = piece
    holder.last.append(piece)


def _holder(editor: Editor, flow: Flow, parent: str | None) -> Piece:
    """Return the lane set that holds lanes of *parent*, made where there is none."""
    owner = editor.piece(flow.id if parent is None else parent)
    tag = LANE_SET if parent is None else _CHILD_SET
    waiting = [each for _, each in owner.first] + owner.last
    inserted = [each for part in owner.children for _, each in part.after]
    for each in (*owner.children, *waiting, *inserted):
        if each.element.tag == tag:
            return each
    element = etree.Element(tag, id=editor.names.fresh("LaneSet_1"))
    piece = editor.new(element, owner)
    if parent is None:
        editor.insert_behind_arrows(owner, piece)
    else:
        owner.last.append(piece)
    return piece
