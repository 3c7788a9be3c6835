"""What changed about the ways between nodes that both sides have.

A way through removed or added nodes counts as one: cutting a step out of a row and joining its
neighbours is the removal of the step and nothing else.

Source: domain rule of this project: the differences list exactly what was changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.parallel_changes import parallel_changes
from tthc_flow.measures.wording import NOTHING, node_words, outcome_words, way_words
from tthc_flow.model.flow import Flow, SequenceFlow
from tthc_flow.words.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from tthc_flow.measures.matching import Matching
    from tthc_flow.measures.parallel_changes import Way


def way_changes(before: Flow, after: Flow, matching: Matching) -> Iterator[Change]:
    """Yield what was led elsewhere, made parallel, or given another condition or outcome."""
    stayed = _stayed(before, after, matching)
    old = {(stayed[source], stayed[target]) for source, target in _contracted(before, stayed)}
    new = dict.fromkeys(_contracted(after, frozenset(stayed.values())))
    lost = {way: None for way in _in_order(old, after) if way not in new}
    gained = {way: None for way in new if way not in old}
    yield from parallel_changes(after, matching, lost, gained)
    yield from _rerouted(after, matching, lost, gained)
    yield from _arrows(before, after, matching)


def _stayed(before: Flow, after: Flow, matching: Matching) -> dict[str, str]:
    """Return what both sides have in one place; a step taken into a sub-process has left it."""
    stayed: dict[str, str] = {}
    for old, new in matching.to_after.items():
        one, other = before.by_id[old].scope, after.by_id[new].scope
        if other == (None if one is None else matching.to_after.get(one, one)):
            stayed[old] = new
    return stayed


def _in_order(ways: set[Way], flow: Flow) -> list[Way]:
    place = {node.id: index for index, node in enumerate(flow.nodes)}
    return sorted(ways, key=lambda way: (place[way[0]], place[way[1]]))


def _contracted(flow: Flow, kept: Container[str]) -> Iterator[Way]:
    """Yield each pair of kept nodes of which one follows the other over none or gone nodes."""
    for node in flow.nodes:
        if node.id not in kept:
            continue
        seen: set[str] = set()
        waiting = [edge.target for edge in reversed(flow.outgoing[node.id])]
        while waiting:
            target = waiting.pop()
            if target in seen or target not in flow.by_id:
                continue
            seen.add(target)
            if target in kept:
                yield node.id, target
            else:
                waiting.extend(edge.target for edge in reversed(flow.outgoing[target]))


def _rerouted(
    after: Flow, matching: Matching, lost: Mapping[Way, None], gained: Mapping[Way, None]
) -> Iterator[Change]:
    """Yield one change a node whose followers differ."""
    left, led = _targets(after, lost), _targets(after, gained)
    for source in dict.fromkeys(way[0] for way in (*lost, *gained)):
        was, now = left.get(source, ""), led.get(source, "")
        code = (
            "change-rerouted" if was and now else "change-way-added" if now else "change-way-gone"
        )
        node = after.by_id[source]
        values = (("name", node_words(after, node)), ("before", was), ("after", now))
        yield Change(
            kind=ChangeKind.REROUTED,
            code=code,
            name=node.name,
            was=(matching.to_before[source],),
            now=(source,),
            before=was or None,
            after=now or None,
            values=values,
        )


def _targets(flow: Flow, ways: Mapping[Way, None]) -> dict[str, str]:
    """Return in words where the *ways* from each source lead."""
    targets: dict[str, list[str]] = {}
    for source, target in ways:
        targets.setdefault(source, []).append(node_words(flow, flow.by_id[target]))
    return {source: ", ".join(words) for source, words in targets.items()}


def _arrows(before: Flow, after: Flow, matching: Matching) -> Iterator[Change]:
    """Yield what changed about arrows whose two ends both sides have."""
    old: dict[Way, list[SequenceFlow]] = {}
    for edge in before.edges:
        if edge.source in matching.to_after and edge.target in matching.to_after:
            way = matching.to_after[edge.source], matching.to_after[edge.target]
            old.setdefault(way, []).append(edge)
    new: dict[Way, list[SequenceFlow]] = {}
    for edge in after.edges:
        new.setdefault((edge.source, edge.target), []).append(edge)
    for way, arrows in new.items():
        for pair in _counterparts(old.get(way, []), arrows):
            if pair[0] == pair[1]:
                continue
            for fact, was, now in _arrow_facts(*pair):
                if was != now:
                    yield _restated(after, pair, fact, was, now)


def _counterparts(
    old: list[SequenceFlow], new: list[SequenceFlow]
) -> list[tuple[SequenceFlow, SequenceFlow]]:
    """Pair arrows between the same two nodes: by id, then by facts, then in the order of file."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])]
    pairs = []
    marks: tuple[Callable[[SequenceFlow], object], ...] = (_arrow_id, _arrow_known, type)
    for mark in marks:
        waiting: dict[object, list[SequenceFlow]] = {}
        for edge in reversed(old):
            waiting.setdefault(mark(edge), []).append(edge)
        pairs += [(same.pop(), edge) for edge in new if (same := waiting.get(mark(edge)))]
        used = {id(edge) for pair in pairs for edge in pair}
        old = [edge for edge in old if id(edge) not in used]
        new = [edge for edge in new if id(edge) not in used]
    return pairs


def _arrow_id(edge: SequenceFlow) -> object:
    return edge.id


def _arrow_known(edge: SequenceFlow) -> object:
    return tuple(now for _, _, now in _arrow_facts(edge, edge))


def _arrow_facts(old: SequenceFlow, new: SequenceFlow) -> Iterator[tuple[str, str, str]]:
    yield "điều kiện", old.condition or NOTHING, new.condition or NOTHING
    yield "điều kiện ghi trên bản vẽ", old.printed or NOTHING, new.printed or NOTHING
    yield "ý nghĩa", _outcome(old), _outcome(new)
    yield "tỷ lệ hồ sơ", _share(old), _share(new)
    yield "nhãn", old.name or NOTHING, new.name or NOTHING


def _outcome(edge: SequenceFlow) -> str:
    return outcome_words(edge.outcome)


def _share(edge: SequenceFlow) -> str:
    return "chưa rõ" if edge.share is None else percent(edge.share)


def _restated(
    flow: Flow, pair: tuple[SequenceFlow, SequenceFlow], fact: str, was: str, now: str
) -> Change:
    old, edge = pair
    name = way_words(flow, edge)
    values = (("name", name), ("fact", fact), ("before", was), ("after", now))
    return Change(
        kind=ChangeKind.RESTATED,
        code="change-way-restated",
        name=name,
        was=(old.id,),
        now=(edge.id,),
        before=was,
        after=now,
        values=values,
    )
