"""Write changed procedures back into the file they were read from.

Only what changed is touched: every other byte stays, with its coordinates, comments and foreign
extensions, so that the textual difference shows the change and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import fields

from tthc_flow.bpmn.consistent import refuse_lost
from tthc_flow.bpmn.document import Document
from tthc_flow.bpmn.edit_arrows import edit_arrows, edit_edges
from tthc_flow.bpmn.edit_artifacts import edit_artifacts
from tthc_flow.bpmn.edit_drawing import edit_drawing, lost_elements, remove_drawings
from tthc_flow.bpmn.edit_lanes import edit_lanes
from tthc_flow.bpmn.edit_nodes import add_roots, edit_nodes
from tthc_flow.bpmn.edit_pools import edit_pools
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.elements import procedure_facts
from tthc_flow.bpmn.index import stated
from tthc_flow.bpmn.names import DEFINITIONS
from tthc_flow.bpmn.nodes import PROCEDURE_IN_BPMN
from tthc_flow.errors import CannotWrite
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.procedure import Procedure

_FACTS: Final = {each.name for each in fields(Procedure)} - PROCEDURE_IN_BPMN


def write(
    document: Document, procedures: Iterable[Procedure], drawing: Drawing | None = None
) -> bytes:
    """Return the file of *document* with *procedures* in place of what was read.

    A procedure of the file that is not among *procedures* stays as it is; with nothing changed
    the bytes are the original ones. Shapes of removed elements go with them. Linear in the file.

    Args:
        document: The file as it was read.
        procedures: The procedures to write, matched by the id of their process.
        drawing: New coordinates; what it does not name keeps its place.

    Raises:
        CannotWrite: TF612 for control characters, TF613 for a process that the file does not have,
            TF614 for a node in a sub-process or lane that does not exist, TF615 for a drawing,
            pool or message in a file that is a lone process.

    Example:
        >>> from attrs import evolve
        >>> from tthc_flow.bpmn.read import read
        >>> from tthc_flow.bpmn.build import build
        >>> from tthc_flow.model.flow import Flow
        >>> document = build(Procedure(flow=Flow(id="P", name="Cấp giấy")))
        >>> before = document.procedures[0]
        >>> write(document, [before]) == document.data
        True
        >>> after = evolve(before, code="1.014464")
        >>> read(write(document, [after])).procedures[0].code
        '1.014464'

    Source: OMG formal/13-12-09 (BPMN 2.0.2); own extension ``tthc-flow-1.xsd``.
    """
    known = {each.flow.id: each for each in document.procedures}
    changed = []
    for after in procedures:
        if after.flow.id not in known:
            raise CannotWrite(
                "TF613",
                f"the file has no process {after.flow.id!r}",
                place=document.source.place,
                hint="build a new file for it, or keep the id of the process",
            )
        refuse_lost(after, frozenset(known[after.flow.id].flow.lane_by_id))
        if after != known[after.flow.id]:
            changed.append((known[after.flow.id], after))
    if not changed and drawing is None:
        return document.data
    editor = Editor.of(document)
    try:
        for before, after in changed:
            _edit(editor, before, after)
        if changed:
            _name(editor)
        _refuse_on_fragment(editor, drawing)
        add_roots(editor)
        lost = lost_elements(editor)
        remove_drawings(editor, lost)
        if drawing is not None:
            edit_drawing(editor, drawing, lost)
        text = editor.rendered()
        editor.let_go()
    except ValueError as error:
        raise CannotWrite(
            "TF612",
            f"a text holds a character that XML cannot ({error})",
            place=document.source.place,
            hint="remove control characters from names and texts",
        ) from error
    return document.data if text == document.source.text else document.source.encoded(text)


def _refuse_on_fragment(editor: Editor, drawing: Drawing | None) -> None:
    """Refuse what stands beside a process where the file holds nothing but a process."""
    document = editor.document
    beside = "" in editor.fresh or any(each.getparent() is None for each in editor.names.elements)
    if document.root.tag != DEFINITIONS and (drawing is not None or beside):
        raise CannotWrite(
            "TF615",
            "the file is a fragment: it has no place for drawings, pools, messages or signals",
            place=document.source.place,
            hint="build a new file from the procedure",
        )


def _edit(editor: Editor, before: Procedure, after: Procedure) -> None:
    process = editor.piece(before.flow.id)
    if before.flow.name != after.flow.name:
        process.set("name", after.flow.name)
    if before.flow.executable != after.flow.executable:
        process.set("isExecutable", "true" if after.flow.executable else "false")
    # The name is taken from process and pool where the file does not state it.
    redrawn = before.flow.name != after.flow.name or before.pools != after.pools
    pinned = frozenset(("name",)) if redrawn else frozenset[str]()
    same = frozenset(each for each in _FACTS if getattr(before, each) == getattr(after, each))
    editor.edit_facts(process, procedure_facts(before, same), procedure_facts(after, same), pinned)
    edit_nodes(editor, before.flow, after.flow, pools_changed=before.pools != after.pools)
    edit_edges(editor, before, after)
    edit_arrows(editor, before.flow, after.flow)
    edit_lanes(editor, before.flow, after.flow)
    edit_pools(editor, before, after)
    edit_artifacts(editor, before, after)


def _name(editor: Editor) -> None:
    """Write the derived ids of elements without one (or with one taken twice).

    What is written may refer to them, and derived ids hang on lines, which have moved.
    """
    for element, identifier in editor.document.index.ids.items():
        if stated(element) != identifier:
            editor.pieces.of(element).set("id", identifier)
