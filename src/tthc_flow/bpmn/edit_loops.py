"""The marker of a repeated activity, changed in place: only the facts that differ are touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.loops import (
    BEHAVIOR,
    CARDINALITY,
    FACTS,
    LOOPS,
    MAXIMUM,
    MULTI,
    SAID_BY,
    TEST_BEFORE,
    facts_of,
    loop_element,
    said,
)
from tthc_flow.bpmn.names import DOCUMENTATION, EXTENSIONS, own
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.step import Loop, Step

if TYPE_CHECKING:
    from lxml import etree


def edit_loop(
    editor: Editor, piece: Piece, before: Step | SubProcess, after: Step | SubProcess
) -> None:
    """Write how the activity of *piece* is repeated, where that changed."""
    old, new = before.loop, after.loop
    if old == new:
        return
    if old is not None and new is not None and old.multi_instance == new.multi_instance:
        wanted = MULTI if new.multi_instance else LOOPS[0]
        marker = next(each for each in piece.children if each.element.tag == wanted)
        _edit_marker(editor, marker, old, new)
        return
    for child in piece.children:
        if child.element.tag in LOOPS:
            child.gone = True
    if new is None:
        return
    there = next((each for each in piece.content if _is_loop(each)), None)
    added = editor.new(loop_element(new), piece)
    if isinstance(there, Piece):
        there.after.append((0, added))
    elif isinstance(after, SubProcess):
        editor.insert_behind_arrows(piece, added)
    else:
        piece.last.append(added)


def _is_loop(part: object) -> bool:
    return isinstance(part, Piece) and part.element.tag in LOOPS


def _edit_marker(editor: Editor, piece: Piece, before: Loop, after: Loop) -> None:
    """Change the facts of one marker; what engines say in it stays, and is overruled."""
    twin = loop_element(after)
    changed = {name for name in FACTS if getattr(before, name) != getattr(after, name)}
    if before.sequential != after.sequential:
        piece.set("isSequential", "true" if after.sequential else "false")
    if before.test_before != after.test_before:
        piece.set(TEST_BEFORE, "true" if after.test_before else "false")
    if before.behavior is not after.behavior:
        piece.set(BEHAVIOR, after.behavior.value)
    stays = [
        each
        for each in said(piece.element, editor.document.index)
        if each.fact not in changed or each.detail not in _REPLACED
    ]
    if "times" in changed and not after.multi_instance:
        piece.set(MAXIMUM, twin.get(MAXIMUM))
    for tag, name in SAID_BY.items():
        if name in changed:
            _replace(editor, piece, tag, twin)
    written = [each for each in said(twin, editor.document.index) if each.fact in changed]
    reads = facts_of((*written, *stays))
    for name in FACTS:
        value = getattr(after, name)
        stated = piece.element.get(own(name))
        wanted = value or ""  # empty: nothing, whatever else the marker says
        if reads.get(name) == value:
            wanted = stated if (stated or None) == value else None
        if stated != wanted:
            editor.set_own(piece, own(name), wanted)


_REPLACED: Final = frozenset((MAXIMUM, *(tag.rpartition("}")[2] for tag in SAID_BY)))


def _replace(editor: Editor, piece: Piece, tag: str, twin: etree._Element) -> None:
    """Put the child *tag* of *twin* into the marker, in place of what stands there."""
    old = [each for each in piece.children if each.element.tag == tag]
    for each in old:
        each.gone = True
    element = twin.find(tag)
    if element is None:
        return
    new = editor.new(element, piece)
    if old:
        old[0].after.append((0, new))
    elif tag != CARDINALITY:
        piece.last.append(new)
    else:  # the schema has it first
        heads = [each for each in piece.children if each.element.tag in {DOCUMENTATION, EXTENSIONS}]
        (heads[-1].after if heads else piece.first).append((0, new))
