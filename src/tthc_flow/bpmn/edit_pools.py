"""Pools and message flows of a changed procedure."""

from __future__ import annotations

from lxml import etree

from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.index import MESSAGE_FLOW, PARTICIPANT
from tthc_flow.bpmn.names import COLLABORATION
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure


def edit_pools(editor: Editor, before: Procedure, after: Procedure) -> None:
    """Mark every difference between the collaborations of two procedures."""
    if (before.pools, before.messages) == (after.pools, after.messages):
        return
    pools = {pool.id: pool for pool in before.pools}
    messages = {message.id: message for message in before.messages}
    kept = {pool.id for pool in after.pools} | {message.id for message in after.messages}
    for identifier in (pools.keys() | messages.keys()) - kept:
        editor.piece(identifier).gone = True
    for pool in after.pools:
        _put(editor, before, PARTICIPANT, _pool(pool), pools.get(pool.id))
    for message in after.messages:
        _put(editor, before, MESSAGE_FLOW, _message(message), messages.get(message.id))


def _pool(pool: Pool) -> dict[str, str | None]:
    return {"id": pool.id, "name": pool.name or None, "processRef": pool.process}


def _message(message: MessageFlow) -> dict[str, str | None]:
    return {
        "id": message.id,
        "name": message.name or None,
        "sourceRef": message.source,
        "targetRef": message.target,
    }


def _put(
    editor: Editor,
    before: Procedure,
    tag: str,
    values: dict[str, str | None],
    known: Pool | MessageFlow | None,
) -> None:
    """Add the element, or write the attributes in which it differs from *known*."""
    identifier = values["id"] or ""
    if known is None and identifier not in editor.fresh:
        element = etree.Element(tag)
        for name, value in values.items():
            if value is not None:
                element.set(name, value)
        parent = collaboration(editor, before)
        piece = editor.fresh[identifier] = editor.new(element, parent)
        _insert(parent, piece, tag)
    elif known is not None:
        old = _pool(known) if isinstance(known, Pool) else _message(known)
        for name, value in values.items():
            if old[name] != value:
                editor.piece(identifier).set(name, value)


def _insert(parent: Piece, piece: Piece, tag: str) -> None:
    """Insert *piece* where the schema has it: pools first, then messages, then notes."""
    rank = 0 if tag == PARTICIPANT else 1
    anchor = None
    for child in parent.content:
        if isinstance(child, Piece) and child.element.tag in {PARTICIPANT, tag}:
            anchor = child
    if anchor is not None:
        anchor.after.append((rank, piece))
    elif parent.content:
        parent.first.append((rank, piece))
    else:
        parent.last.append(piece)


def collaboration(editor: Editor, before: Procedure) -> Piece:
    """Return the collaboration of the process, made in front of it where there is none."""
    inside = [pool.id for pool in before.pools]
    inside += [message.id for message in before.messages]
    inside += [artifact.id for artifact in before.artifacts if artifact.shared]
    inside += [tie.id for tie in before.associations if tie.shared]
    for each in inside:
        parent = editor.document.index.elements[each].getparent()
        if parent is not None:
            return editor.pieces.of(parent)
    made = editor.fresh.get("")
    if made is None:
        element = etree.Element(COLLABORATION, id=editor.names.fresh("Collaboration_1"))
        made = editor.fresh[""] = editor.new(element, editor.root)
        editor.root.first.append((0, made))
    return made
