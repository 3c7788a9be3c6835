"""Verdicts that others state or compute for real diagrams, and why ours differ where they do."""

from __future__ import annotations

import csv

from tthc_flow.bpmn.read import read
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Step, TaskType
from tthc_flow.proof.soundness import soundness

STATED = (
    "stated_safe",
    "stated_sound_or_option_to_complete",
    "stated_proper_completion",
    "stated_no_dead_activities",
)
COMPUTED = ("rba_safe", "rba_option_to_complete", "rba_proper_completion", "rba_no_dead")


def test_the_stated_verdicts_hold_or_are_about_what_lies_between_pools(shared):
    agreed, differ = _compare(shared, STATED)
    assert agreed >= 19
    assert {name.rsplit("/", 1)[-1] for name, _ in differ} == {"e027MBE.bpmn", "e035SP.bpmn"}
    assert {cause for _, cause in differ} == {"waits for another pool"}


def test_the_computed_verdicts_hold_or_differ_by_a_stated_rule(shared):
    agreed, differ = _compare(shared, COMPUTED)
    assert agreed >= 450
    unexplained = [name for name, cause in differ if cause is None]
    assert unexplained == []


def _compare(shared, columns):
    agreed, differ = 0, []
    folder = shared / "data" / "bpmn"
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if any(row[name] for name in columns)]
    for row in rows:
        theirs = "False" not in {row[name] for name in columns}
        try:
            procedures = read(folder / "files" / row["file"]).procedures
        except UnreadableInput:
            continue
        verdicts = {soundness(procedure.flow).verdict for procedure in procedures}
        if not verdicts or Verdict.UNKNOWN in verdicts:
            continue
        if (Verdict.FAIL not in verdicts) == theirs:
            agreed += 1
        else:
            differ.append((row["file"], _cause(procedures)))
    return agreed, differ


def _cause(procedures) -> str | None:
    """Return the rule by which ours and theirs differ on these diagrams."""
    for procedure in procedures:
        events = [node for node in procedure.flow.nodes if isinstance(node, Event)]
        outer = [e for e in events if e.position is EventPosition.START and e.scope is None]
        if len(outer) > 1:
            return "several starts are alternatives"
        if not _all_started(procedure.flow, events):
            return "a scope without a start begins where nothing leads to"
        if any(event.trigger is Trigger.LINK for event in events):
            return "a link is an arrow to the catch of its name"
        if any(_loose(procedure.flow, event) for event in events):
            return "an event that nothing leads to is dead, too"
    if any(procedure.messages for procedure in procedures):
        return "waits for another pool"
    for procedure in procedures:
        for node in procedure.flow.nodes:
            awaits = isinstance(node, Event) and node.trigger is not Trigger.NONE
            receives = isinstance(node, Step) and node.task is TaskType.RECEIVE
            if awaits or receives:
                return "what comes from outside may always come"
    return None


def _all_started(flow, events) -> bool:
    started = {event.scope for event in events if event.position is EventPosition.START}
    return {node.scope for node in flow.nodes} <= started


def _loose(flow, event) -> bool:
    begins = event.position in {EventPosition.START, EventPosition.BOUNDARY}
    return not begins and not flow.incoming[event.id]
