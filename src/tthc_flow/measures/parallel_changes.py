"""What came one after another and now runs side by side.

An arm is what is only reached through one way out of a new parallel split: a step, a request with
its answer, a block of them. What changed within an arm is told by itself.

Source: domain rule of this project: the differences list exactly what was changed; what is only
reached through a node by its dominators.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field

from tthc_flow.graph.dominators import Dominators, dominators
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.wording import performer_words
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, Node, SubProcess
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.measures.matching import Matching

Way: TypeAlias = tuple[str, str]
"""Two ids of "after" of which the second follows the first."""


def parallel_changes(
    after: Flow, matching: Matching, lost: dict[Way, None], gained: dict[Way, None]
) -> Iterator[Change]:
    """Yield what came one after another and now runs side by side; use up its ways.

    Args:
        after: The side after.
        matching: Which node is which.
        lost: Ways that are gone; those between the arms, and into and out of them, are taken out.
        gained: Ways that are new; likewise.

    Example:
        >>> from tthc_flow.measures.matching import Matching
        >>> nothing = Matching(to_after={}, to_before={})
        >>> list(parallel_changes(Flow(id="p"), nothing, {}, {}))
        []

    Source: see the module; linear in nodes and ways where few new splits lie in each other.
    """
    entries = _entries(after, matching) if lost else {}
    if not entries:
        return
    arms = _Arms(dominators(after), entries)
    apart = {split for way in lost for split in arms.between(way)}
    if not apart:
        return
    for ways in (lost, gained):
        for way in tuple(ways):
            if not apart.isdisjoint(arms.crossed(way)):
                del ways[way]
    beside = arms.content(after)
    yield from (
        _told(after, matching, node.id, beside[node.id]) for node in after.nodes if node.id in apart
    )


def _entries(after: Flow, matching: Matching) -> dict[str, dict[str, str]]:
    """Return what new parallel splits lead to, each with the splits and the arm it begins."""
    entries: dict[str, dict[str, str]] = {}
    for node in after.nodes:
        if not isinstance(node, Gateway) or node.kind is not GatewayKind.PARALLEL:
            continue
        if node.id in matching.to_before or len(after.outgoing[node.id]) == 1:
            continue
        for edge in after.outgoing[node.id]:
            first = after.by_id.get(edge.target)
            if isinstance(first, Step) or len(after.incoming[edge.target]) == 1:
                entries.setdefault(edge.target, {})[node.id] = edge.target
    return entries


@define(eq=False)
class _Arms:
    """In which arm of which split each node lies, by what it is only reached through."""

    over: Dominators
    entries: Mapping[str, Mapping[str, str]]
    known: dict[str, Mapping[str, str]] = field(factory=dict)

    def of(self, node: str) -> Mapping[str, str]:
        """Return the arm that *node* lies in, by its first node, for each split around it."""
        path, here = [], node
        while here and here not in self.known:
            path.append(here)
            here = self.over.nearest.get(here, "")
        around: Mapping[str, str] = self.known.get(here, {})
        for each in reversed(path):
            begun = self.entries.get(each)
            around = {**around, **begun} if begun else around
            self.known[each] = around
        return around

    def between(self, way: Way) -> set[str]:
        """Return the splits of which *way* leads from one arm to another."""
        mine, theirs = self.of(way[0]), self.of(way[1])
        return {split for split in mine.keys() & theirs if mine[split] != theirs[split]}

    def crossed(self, way: Way) -> set[str]:
        """Return the splits of which *way* leads into an arm, out of one, or to another."""
        mine, theirs = self.of(way[0]), self.of(way[1])
        return {split for split in {**mine, **theirs} if mine.get(split) != theirs.get(split)}

    def content(self, after: Flow) -> dict[str, dict[str, list[Step | SubProcess]]]:
        """Return what is done in each arm of each split, what comes first being first."""
        found: dict[str, dict[str, list[Step | SubProcess]]] = {}
        for node in sorted(after.nodes, key=self._place):
            if isinstance(node, Step | SubProcess):
                for split, arm in self.of(node.id).items():
                    if node.scope == after.by_id[split].scope:
                        found.setdefault(split, {}).setdefault(arm, []).append(node)
        return found

    def _place(self, node: Node) -> int:
        return self.over.ranges.get(node.id, (0, 0))[0]


def _told(
    after: Flow,
    matching: Matching,
    split: str,
    arms: Mapping[str, list[Step | SubProcess]],
) -> Change:
    first = dict.fromkeys(edge.target for edge in after.outgoing[split])
    beside = [arms[each] for each in first if each in arms]
    names = ", ".join(_names(after, beside))
    ids = tuple(node.id for arm in beside for node in arm)
    return Change(
        kind=ChangeKind.REROUTED,
        code="change-parallel",
        name=names,
        was=tuple(matching.to_before[each] for each in ids if each in matching.to_before),
        now=(split, *ids),
        values=(("names", names),),
    )


def _names(after: Flow, beside: list[list[Step | SubProcess]]) -> list[str]:
    """Return each arm by what is done in it, and by who does it where two have the same names."""
    named = [" – ".join(f"“{node.name}”" for node in arm) for arm in beside]
    often = Counter(named)
    return [
        f"{name} ({_who(after, arm[-1])})" if often[name] > 1 else name
        for name, arm in zip(named, beside, strict=True)
    ]


def _who(after: Flow, node: Step | SubProcess) -> str:
    return performer_words(performer_of(after, node) if isinstance(node, Step) else None)
