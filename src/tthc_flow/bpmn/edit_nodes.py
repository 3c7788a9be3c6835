"""Nodes of a changed flow: removed, added, moved into another sub-process, changed in place."""

from __future__ import annotations

from typing import Final

from lxml import etree

from tthc_flow.bpmn.called import CALLED
from tthc_flow.bpmn.dialects.running import functions
from tthc_flow.bpmn.edit_loops import edit_loop
from tthc_flow.bpmn.editor import Editor
from tthc_flow.bpmn.elements import (
    definitions,
    event_facts,
    node_element,
    step_facts,
    sub_process_facts,
)
from tthc_flow.bpmn.names import DOCUMENTATION, PROCESS, TRIGGERS, bpmn, own
from tthc_flow.bpmn.pieces import Piece
from tthc_flow.bpmn.timers import timer_element
from tthc_flow.bpmn.to_run import SHORT, calls_in_bpmn, say_none
from tthc_flow.bpmn.token_attributes import attributes_of
from tthc_flow.model.flow import Event, EventPosition, Flow, Gateway, Node, SubProcess, Trigger
from tthc_flow.model.step import Step

_DEFINITIONS: Final = frozenset((*TRIGGERS, bpmn("eventDefinitionRef")))
_IMPLIED: Final = frozenset(("kinds", own("performer")))
_OF_DEFINITION: Final = frozenset(("condition", own("timer"), own("time")))
AFTER_FLOW: Final = frozenset(
    bpmn(name)
    for name in (
        "association",
        "group",
        "textAnnotation",
        "resourceRole",
        "performer",
        "potentialOwner",
        "correlationSubscription",
        "supports",
        "completionCondition",
    )
)
"""Children of a process that the schema has behind its nodes and flows."""


def edit_nodes(editor: Editor, before: Flow, after: Flow, *, pools_changed: bool) -> None:
    """Mark every difference between the nodes of two flows."""
    old, new = before.by_id, after.by_id
    renamed = _changed_lanes(before, after)
    if pools_changed:
        renamed.add(None)  # steps outside lanes took their performer from the pool
    for node in before.nodes:
        if node.id not in new or _another_element(node, new[node.id]):
            editor.piece(node.id).gone = True
    for node in _outer_first(after):
        known = old.get(node.id)
        if known is None or _another_element(known, node):
            parent = container(editor, after, node.scope)
            piece = editor.new(node_element(node, editor.names), parent)
            editor.fresh[node.id] = piece
            append(parent, piece)
        elif (node is not known and node != known) or node.lane in renamed:
            _edit_node(editor, known, node, pin=node.lane in renamed)
            if node.scope != known.scope:
                move(editor, node.id, container(editor, after, node.scope))


def _changed_lanes(before: Flow, after: Flow) -> set[str | None]:
    """Return the lanes whose words change: what steps took from them must be said by the steps."""
    old = before.lane_by_id
    changed: set[str | None] = {
        lane.id
        for lane in after.lanes
        if lane is not old.get(lane.id, lane) and lane != old[lane.id]
    }
    return changed | {lane.id for lane in after.lanes if lane.parent and lane.parent in changed}


def _outer_first(flow: Flow) -> list[Node]:
    """Return the nodes, every sub-process before its content."""
    inside: dict[str | None, list[Node]] = {}
    for node in flow.nodes:
        inside.setdefault(node.scope, []).append(node)
    ordered = list(inside.get(None, ()))
    for node in ordered:  # grows while it is walked: a sub-process is followed by its content
        ordered.extend(inside.get(node.id, ()))
    return ordered


def add_roots(editor: Editor) -> None:
    """Add the messages, categories and the like that changes refer to, before the processes."""
    for element in editor.names.elements:
        if element.getparent() is not None:
            continue
        piece = editor.new(element, editor.root)
        anchor = None
        for child in editor.root.content:
            if isinstance(child, Piece):
                if child.element.tag == PROCESS:
                    break
                anchor = child
        if anchor is None:
            editor.root.first.append((0, piece))
        else:
            anchor.after.append((0, piece))


def container(editor: Editor, flow: Flow, scope: str | None) -> Piece:
    """Return the piece of the process or sub-process that holds the scope."""
    return editor.piece(flow.id if scope is None else scope)


def append(parent: Piece, piece: Piece) -> None:
    """Insert *piece* behind the last node or flow of *parent*."""
    anchor = None
    for child in reversed(parent.content):
        if isinstance(child, Piece) and child.element.tag not in AFTER_FLOW:
            anchor = child
            break
    if anchor is None:
        (parent.first.append((9, piece)) if parent.content else parent.last.append(piece))
    else:
        anchor.after.append((9, piece))


def move(editor: Editor, identifier: str, parent: Piece) -> None:
    """Put an element, as it stands in the file, into another container."""
    piece = editor.piece(identifier)
    moved = Piece(
        piece.element,
        piece.start,
        editor.layout.inside(parent),
        piece.end,
        piece.whole,
        piece.number,
        first=piece.first,
        last=piece.last,
    )
    piece.gone = True
    editor.fresh[identifier] = moved
    editor.pieces.known[piece.element] = moved
    append(parent, moved)


def _another_element(before: Node, after: Node) -> bool:
    """Return whether the node became something that shares no content with what it was."""
    if type(before) is not type(after):
        return True
    return isinstance(before, Event) and before.position is not getattr(after, "position", None)


def _edit_node(editor: Editor, before: Node, after: Node, *, pin: bool) -> None:
    piece = editor.piece(before.id)
    if before.name != after.name:
        piece.set("name", after.name)
    if getattr(before, "default", None) != getattr(after, "default", None):
        piece.set("default", getattr(after, "default", None))
    old, new = attributes_of(before), attributes_of(after)
    for name in (each for each in new if new[each] != old.get(each)):
        piece.set(name, new[name])
    match before, after:
        case Step(), Step():
            _edit_step(editor, before, after, pin=pin)
        case Gateway(), Gateway():
            if before.kind is not after.kind:
                editor.rename(piece, bpmn(after.kind.value))
        case SubProcess(), SubProcess():
            _edit_sub_process(editor, before, after)
        case Event(), Event():
            _edit_event(editor, piece, before, after)
        case _:
            pass


def _edit_step(editor: Editor, before: Step, after: Step, *, pin: bool) -> None:
    piece = editor.piece(after.id)
    if before.task is not after.task:
        editor.rename(piece, bpmn(after.task.value))
    if before.documentation != after.documentation:
        _edit_documentation(editor, piece, after.documentation)
    for name, short in SHORT.items():
        if getattr(before, name) != getattr(after, name):
            editor.set_own(piece, short, None)
    if (before.calls, before.task) != (after.calls, after.task):
        piece.set(CALLED, after.calls if calls_in_bpmn(after) else None)
    _edit_step_facts(editor, before, after, pin=pin)
    edit_loop(editor, piece, before, after)


def _edit_sub_process(editor: Editor, before: SubProcess, after: SubProcess) -> None:
    piece = editor.piece(after.id)
    if before.kind is not after.kind:
        twin = node_element(after, editor.names)
        editor.rename(piece, str(twin.tag))
        piece.set("triggeredByEvent", twin.get("triggeredByEvent"))
    editor.edit_facts(piece, sub_process_facts(before), sub_process_facts(after))
    edit_loop(editor, piece, before, after)


def _edit_step_facts(editor: Editor, before: Step, after: Step, *, pin: bool) -> None:
    """Write the changed facts of a step; with *pin* also those its words and lane implied."""
    words = (before.name, before.lane, before.scope, before.performer)
    pin = pin or words != (after.name, after.lane, after.scope, after.performer)
    pinned = _IMPLIED if pin else frozenset()
    if before.calls != after.calls:
        pinned |= {"calls"}
    if before.task is not after.task:  # what engines call is read of automatic tasks only
        pinned |= {"function"}
    old, new = _with_unknowns(editor, before), _with_unknowns(editor, after)
    editor.edit_facts(editor.piece(after.id), old, new, pinned)


def _with_unknowns(editor: Editor, step: Step) -> etree._Element:
    """Return the facts of a step; an unknown that other words would give it is said to be one."""
    facts = step_facts(step)
    element = editor.document.index.elements[step.id]
    say_none(facts, step, element, editor.document.elsewhere)
    if step.function is None and any(functions(element)):
        facts.set("function", "")
    return facts


def _edit_documentation(editor: Editor, piece: Piece, text: str | None) -> None:
    for each in piece.children:
        if each.element.tag == DOCUMENTATION:
            each.gone = True
    if text is not None:
        element = etree.Element(DOCUMENTATION)
        element.text = text
        editor.insert_ranked(piece, element)


def _edit_event(editor: Editor, piece: Piece, before: Event, after: Event) -> None:
    if before.attached_to != after.attached_to:
        piece.set("attachedToRef", after.attached_to)
    if before.interrupting != after.interrupting:
        start = after.position is EventPosition.START
        name = "isInterrupting" if start else "cancelActivity"
        piece.set(name, "true" if after.interrupting else "false")
    told = [(each.timer, each.time, each.condition, each.trigger) for each in (before, after)]
    pinned = frozenset() if told[0] == told[1] else _OF_DEFINITION
    editor.edit_facts(piece, event_facts(before), event_facts(after), pinned)
    if _defined(before) != _defined(after):
        for child in piece.children:
            if child.element.tag in _DEFINITIONS:
                child.gone = True
        piece.last.extend(editor.new(each, piece) for each in definitions(after, editor.names))


def _defined(event: Event) -> tuple[object, ...]:
    """Return what the definition of *event* says."""
    says = timer_element(event) if event.trigger is Trigger.TIMER else None
    timer = None if says is None else (says.tag, says.text)
    condition = event.condition if event.trigger is Trigger.CONDITIONAL else None
    return event.trigger, event.reference, timer, condition
