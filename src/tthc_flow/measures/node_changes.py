"""What changed about a gateway, an event or a sub-process that both sides have.

Source: domain rule of this project: every change that staff submit has its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.running_words import (
    beginning_words,
    loop_words,
    timer_words,
    token_words,
    waiting_words,
)
from tthc_flow.measures.wording import (
    NOTHING,
    lane_words,
    node_words,
    outcome_words,
    step_time_words,
    style_words,
)
from tthc_flow.model.flow import Event, Flow, Gateway, Node, SubProcess
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.measures.matching import Matching

Told: TypeAlias = tuple[ChangeKind, str, str, str, str]
"""Kind, code, fact, and the words before and after."""


def node_changes(
    old: Flow, new: Flow, matching: Matching, pair: tuple[Node, Node]
) -> Iterator[Change]:
    """Yield every change of *pair*, a node of *old* and its match in *new*."""
    earlier, node = pair
    for kind, code, fact, before, after in _told(old, new, matching, pair):
        if before != after:
            retyped = kind is ChangeKind.RETYPED
            name = node_words(old, earlier) if retyped else node_words(new, node)
            values = (("name", name), ("fact", fact), ("before", before), ("after", after))
            yield Change(
                kind=kind,
                code=code,
                name=node.name,
                was=(earlier.id,),
                now=(node.id,),
                before=before,
                after=after,
                values=values,
            )


def _told(old: Flow, new: Flow, matching: Matching, pair: tuple[Node, Node]) -> Iterator[Told]:
    earlier, node = pair
    same = isinstance(earlier, Gateway) and isinstance(node, Gateway) and earlier.kind is node.kind
    if not same:  # a gateway that only got or lost an arrow joins or splits: its ways tell that
        styles = style_words(old, earlier), style_words(new, node)
        yield ChangeKind.RETYPED, "change-retyped", "", *styles
    if key(earlier.name) != key(node.name):
        labels = node_words(old, earlier), node_words(new, node)
        yield ChangeKind.RENAMED, "change-renamed-node", "", *labels
    lanes = lane_words(old, earlier), lane_words(new, node)
    if all(lanes) and key(lanes[0]) != key(lanes[1]):
        yield ChangeKind.MOVED, "change-moved-node", "", *lanes
    match earlier, node:
        case SubProcess(), SubProcess():
            stages = ("trong thời hạn giải quyết", "sau khi trả kết quả")
            moved = stages[earlier.outside_clock], stages[node.outside_clock]
            yield ChangeKind.MOVED, "change-moved-node", "", *moved
            loops = loop_words(earlier.loop), loop_words(node.loop)
            yield ChangeKind.RESTATED, "change-restated-node", "số lần làm", *loops
            tokens = token_words(earlier), token_words(node)
            yield ChangeKind.RESTATED, "change-restated-node", "số lượt mỗi lần làm", *tokens
        case Event(), Event():
            yield from _event(old, new, matching, earlier, node)
        case Gateway(), Gateway():
            yield ChangeKind.REROUTED, "change-default", "", *_defaults(old, new, matching, pair)
            begins = beginning_words(earlier), beginning_words(node)
            yield ChangeKind.RESTATED, "change-restated-node", "cách mở hồ sơ", *begins
            waits = waiting_words(earlier), waiting_words(node)
            yield ChangeKind.RESTATED, "change-restated-node", "sự kiện phải chờ", *waits
        case _:
            return


def _event(old: Flow, new: Flow, matching: Matching, earlier: Event, node: Event) -> Iterator[Told]:
    restated = ChangeKind.RESTATED, "change-restated-node"
    yield (*restated, "ý nghĩa", outcome_words(earlier.outcome), outcome_words(node.outcome))
    if earlier.time.duration != node.time.duration:
        times = step_time_words(earlier.time), step_time_words(node.time)
        yield ChangeKind.RETIMED, "change-retimed-node", "", *times
    else:  # what follows from the timer is told by the time
        yield (*restated, "hẹn giờ", timer_words(earlier.timer), timer_words(node.timer))
    clocks = ("không tính vào thời hạn giải quyết", "tính vào thời hạn giải quyết")
    counts = clocks[earlier.time.counted], clocks[node.time.counted]
    yield ChangeKind.RETIMED, "change-restated-node", "cách tính thời gian", *counts
    conditions = earlier.condition or NOTHING, node.condition or NOTHING
    yield (*restated, "điều kiện", *conditions)
    hosts = matching.to_after.get(earlier.attached_to or ""), node.attached_to
    if earlier.attached_to and node.attached_to and hosts[0] != hosts[1]:
        words = _host(old, earlier.attached_to), _host(new, node.attached_to)
        yield ChangeKind.REROUTED, "change-attached", "", *words


def _host(flow: Flow, host: str) -> str:
    node = flow.by_id.get(host)
    return NOTHING if node is None else node_words(flow, node)


def _defaults(old: Flow, new: Flow, matching: Matching, pair: tuple[Node, Node]) -> tuple[str, str]:
    """Return where both default ways lead, or nothing where not both sides have both ways."""
    was = {edge.id: matching.to_after.get(edge.target) for edge in old.outgoing[pair[0].id]}
    now = {edge.id: edge.target for edge in new.outgoing[pair[1].id]}
    one = was.get(getattr(pair[0], "default", None) or "")
    other = now.get(getattr(pair[1], "default", None) or "")
    if one is None or other is None or one not in now.values() or other not in was.values():
        return "", ""
    return node_words(new, new.by_id[one]), node_words(new, new.by_id[other])
