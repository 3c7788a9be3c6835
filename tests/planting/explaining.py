"""Which differences each lever may make, and to what: a table that no lever knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.model.flow import Flow, Gateway
from tthc_flow.model.lever import Candidate
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step

ADDED, REMOVED, MOVED = ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED
RETIMED, RENAMED, RETYPED = ChangeKind.RETIMED, ChangeKind.RENAMED, ChangeKind.RETYPED
RESTATED, REROUTED, MERGED = ChangeKind.RESTATED, ChangeKind.REROUTED, ChangeKind.MERGED

SHOWS = {
    "drop_second_examination": {REMOVED, RESTATED},
    "drop_duplicate_check": {REMOVED, RESTATED},
    "drop_idle_consultation": {REMOVED},
    "decide_then_report": {REMOVED},
    "hand_down_decision": {REMOVED, MERGED},
    "skip_district": {MOVED},
    "merge_handling": {MERGED},
    "drop_relay": {REMOVED},
    "number_by_machine": {RETYPED},
    "assign_by_rule": {RETYPED},
    "reuse_known_data": {ADDED, REROUTED, REMOVED},
    "inspect_afterwards": {MOVED, REMOVED},
    "one_inspector": {MERGED, REMOVED, RENAMED},
    "hand_to_third_party": {RETYPED},
    "post_by_courier": {MOVED},
    "receive_anywhere": {MOVED, RESTATED},
    "consult_in_parallel": {REROUTED},
    "knock_out_first": {REROUTED},
    "sort_at_the_door": {REROUTED},
    "stop_the_clock": {RETIMED, RESTATED},
    "go_online": {RESTATED, RENAMED},
}
"""By what an applied change of each lever is seen."""

BESIDES: dict[str, set[ChangeKind]] = {
    "drop_second_examination": {RETIMED, RENAMED},
    "drop_duplicate_check": {RETIMED, RENAMED},
    "decide_then_report": {ADDED},
    "hand_down_decision": {ADDED, RENAMED, RESTATED, MOVED, RETIMED},
    "skip_district": {RENAMED},
    "merge_handling": {RENAMED, RETIMED, RESTATED},
    "number_by_machine": {RETIMED, RENAMED, RESTATED},
    "assign_by_rule": {RETIMED, RESTATED},
    "reuse_known_data": {RESTATED, RETIMED},
    "inspect_afterwards": {ADDED, RENAMED, RESTATED, RETYPED},
    "one_inspector": {RENAMED, RETIMED, RESTATED, MOVED, REROUTED},
    "hand_to_third_party": {ADDED, RENAMED, RESTATED},
    "post_by_courier": {RESTATED},
    "receive_anywhere": {RENAMED},
    "consult_in_parallel": {ADDED, REMOVED},
    "sort_at_the_door": {ADDED},
    "stop_the_clock": set(),
}
"""What goes with it."""

_NEIGHBOURS = {REROUTED}
"""Kinds of change that are told of the element before what was changed."""
_MOVES_PERFORMERS = {
    "hand_down_decision",
    "skip_district",
    "post_by_courier",
    "receive_anywhere",
    "one_inspector",
}
"""Levers after which another body takes part."""
_DOSSIER = {"inspect_afterwards", "reuse_known_data"}


def unexplained(
    changes: Iterable[Change], applied: Iterable[Candidate], before: Procedure
) -> Iterator[Change]:
    """Yield each change that no applied candidate accounts for."""
    candidates = tuple(applied)
    for change in changes:
        if not any(_explains(candidate, change, before) for candidate in candidates):
            yield change


def unseen(changes: Iterable[Change], applied: Iterable[Candidate]) -> Iterator[tuple[str, str]]:
    """Yield each step of an applied candidate that no difference tells of as it should.

    Where only the ways between steps change, one of the steps, or of the gateways between them,
    is enough: a way is told of what it leaves.
    """
    told = tuple(changes)
    for candidate in applied:
        lever = candidate.lever
        missing = [each for each in candidate.targets if not _is_shown(lever, each, told)]
        if SHOWS[lever] == {REROUTED}:
            row = (*candidate.targets, *candidate.anchors)
            missing = [] if any(_is_shown(lever, each, told) for each in row) else missing
        yield from ((candidate.id, target) for target in missing)


def _is_shown(lever: str, target: str, told: tuple[Change, ...]) -> bool:
    return any(
        change.kind in SHOWS[lever]
        and any(_of(target, each) for each in (*change.was, *change.now, change.name))
        for change in told
    )


def _explains(candidate: Candidate, change: Change, before: Procedure) -> bool:
    """Return whether *change* is of a kind and about elements that *candidate* may change."""
    lever = candidate.lever
    elements = (*change.was, *change.now)
    if change.code.startswith("change-document"):
        return lever in _DOSSIER
    if change.code.startswith("change-total"):
        return True
    if change.code.startswith("change-cost"):
        return lever == "reuse_known_data"
    if change.code.endswith("-lane"):
        return lever in _MOVES_PERFORMERS or change.kind is REMOVED
    if _is_idle(change, candidate, before.flow):
        return True
    if change.kind not in SHOWS[lever] | BESIDES.get(lever, set()):
        return False
    reach = set(candidate.targets)
    if change.kind not in {REMOVED, MERGED}:  # what a rewrite rests on stays
        reach |= set(candidate.anchors)
        # Of a component that leaves the dossier, those who read it.
        reach |= {s.id for s in before.flow.steps if not reach.isdisjoint(s.reads or ())}
        if change.kind in _NEIGHBOURS or lever == "hand_down_decision":
            reach |= _beside(before.flow, reach)
    return any(_of(each, element) for each in reach for element in elements)


def _is_idle(change: Change, candidate: Candidate, before: Flow) -> bool:
    """Return whether *change* takes a gateway away that a removed target has left idle."""
    gone = [before.by_id.get(each) for each in change.was]
    gateways = change.kind is REMOVED and all(isinstance(each, Gateway) for each in gone)
    return gateways and not _beside(before, set(candidate.targets)).isdisjoint(change.was)


def _of(wanted: str, element: str) -> bool:
    """Return whether *element* is *wanted*, or new and named after it."""
    return re.search(rf"(^|_){re.escape(wanted)}(_|$)", element) is not None


def _beside(flow: Flow, ids: set[str]) -> set[str]:
    """Return *ids*, the gateways and events around them, and the next steps beyond."""
    found, queue = set(ids), [each for each in ids if each in flow.by_id]
    while queue:
        here = queue.pop()
        ways = [edge.target for edge in flow.outgoing[here]]
        ways += [edge.source for edge in flow.incoming[here]]
        for there in ways:
            if there in found or there not in flow.by_id:
                continue
            found.add(there)
            if not isinstance(flow.by_id[there], Step):
                queue.append(there)
    return found
