"""Which node of "before" is which node of "after": by id and name, then by what stands around it.

A tool may number all ids anew, so an id counts only together with the name, or next to a node
that kept both. What is left is told by its surroundings, the widest first; what was renamed or
retyped by the neighbours that are known already.

Source: match by id, then by name key + type + lane + neighbours; colour refinement (Weisfeiler and
Leman 1968) for the surroundings. Every tier is a few passes over tables of keys, so the whole is
linear for flows drawn by people.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import define, field, frozen

from tthc_flow.measures.came_from import match_post_inspections
from tthc_flow.measures.kept_ids import known_by_id, match_kept_ids
from tthc_flow.measures.likeness import match_likely
from tthc_flow.measures.portrait import Portrait, colours, is_border, portrait
from tthc_flow.model.flow import Event, Flow, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

WIDEST: Final = 4
"""How many arrows away a neighbour still tells two equal nodes apart in one look."""

_LOOKS: Final = 8
"""How often pairs found in one look may sharpen the next."""

Mark: TypeAlias = "Callable[[Portrait, Node], Hashable | None]"


@frozen(kw_only=True)
class Matching:
    """Ids of matched nodes, both ways; what is in neither is removed or added."""

    to_after: Mapping[str, str]
    to_before: Mapping[str, str]


def match_nodes(before: Flow, after: Flow) -> Matching:
    """Return which node of *before* is which of *after*; each at most once.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> two = Flow(id="p", nodes=(Step(id="x9", name="KÝ"),))
        >>> dict(match_nodes(one, two).to_after)
        {'a': 'x9'}

    Source: see the module.
    """
    search = _Search(portrait(before), portrait(after))
    kept = match_kept_ids(search.old, search.new, search.pairs)
    if len(search.pairs) < min(len(search.old.names), len(search.new.names)):
        _match_others(search, kept=kept)
    pairs = search.pairs
    return Matching(to_after=pairs, to_before={new: old for old, new in pairs.items()})


def _match_others(search: _Search, *, kept: bool) -> None:
    """Pair what is free on both sides, the surest first; *kept* says whether ids can be trusted."""
    search.by_surroundings()
    for mark in (_in_lane, _named):
        if search.alone(mark):
            search.by_surroundings()
    match_likely(search.old, search.new, search.pairs, renamed=False)
    search.by_surroundings(several=True)
    for mark in (_in_lane, _named):
        search.in_order(mark)
    match_likely(search.old, search.new, search.pairs, renamed=True)
    if kept:
        search.in_order(partial(_by_id, search))
    search.in_order(_border)
    match_post_inspections(search.old, search.new, search.pairs, kept=kept)


@define(eq=False)
class _Search:
    """The pairs found so far."""

    old: Portrait
    new: Portrait
    pairs: dict[str, str] = field(factory=dict)
    back: dict[str, str] = field(factory=dict)

    def alone(self, mark: Mark) -> bool:
        """Pair what is the only free one of its mark on both sides; say whether any was."""
        return self._match(mark, _alone)

    def in_order(self, mark: Mark) -> bool:
        """Pair what is free by its mark, several of one mark in the order of the file."""
        return self._match(mark, lambda _old, _new: True)

    def by_surroundings(self, *, several: bool = False) -> None:
        """Pair what looks the same as far as one can see, the widest view first.

        With *several*, look-alikes of equal number go in the order of the file; that is done once,
        because each pair tells its neighbours apart.
        """
        for _ in range(_LOOKS):
            views = self._views()
            if self._widest(views, _alone):
                continue
            if not several or not self._widest(views, _as_many):
                return

    def _widest(
        self,
        views: list[dict[tuple[int, str], int]],
        fits: Callable[[list[str], list[str]], bool],
    ) -> bool:
        """Pair by the widest view that tells anything: what it finds sharpens the narrower ones."""
        return any(
            self._match(partial(self._seen, radius, views[radius]), fits)
            for radius in range(WIDEST, 0, -1)
        )

    def _seen(
        self, radius: int, view: Mapping[tuple[int, str], int], side: Portrait, node: Node
    ) -> Hashable | None:
        """Tell a node by its view; an unnamed one in the narrowest only next to something known."""
        if radius == 1 and not side.names[node.id]:
            known = self.pairs if side is self.old else self.back
            if not any(other in known for _, other in side.near[node.id]):
                return None
        return view.get((id(side), node.id))

    def _views(self) -> list[dict[tuple[int, str], int]]:
        self.back = {new: old for old, new in self.pairs.items()}
        return colours((self.old, {old: old for old in self.pairs}), (self.new, self.back), WIDEST)

    def _match(self, mark: Mark, fits: Callable[[list[str], list[str]], bool]) -> bool:
        taken = set(self.pairs.values())
        free: dict[Hashable, tuple[list[str], list[str]]] = {}
        for side, seen, used in ((0, self.old, self.pairs), (1, self.new, taken)):
            for node in seen.flow.nodes:
                if node.id not in used and (told := mark(seen, node)) is not None:
                    free.setdefault(told, ([], []))[side].append(node.id)
        found = {
            one: other
            for old, new in free.values()
            if old and new and fits(old, new)
            for one, other in zip(old, new, strict=False)
        }
        self.pairs.update(found)
        return bool(found)


def _alone(old: list[str], new: list[str]) -> bool:
    return len(old) == len(new) == 1


def _as_many(old: list[str], new: list[str]) -> bool:
    return len(old) == len(new)


def _named(side: Portrait, node: Node) -> Hashable | None:
    return (side.classes[node.id], side.names[node.id]) if side.names[node.id] else None


def _in_lane(side: Portrait, node: Node) -> Hashable | None:
    if not side.names[node.id]:
        return None
    return side.types[node.id], side.names[node.id], side.lanes[node.id]


def _by_id(search: _Search, side: Portrait, node: Node) -> Hashable | None:
    if node.id not in search.old.names or node.id not in search.new.names:
        return None
    known = known_by_id(search.old, search.new, node.id)
    return (side.classes[node.id], node.id) if known else None


def _border(side: Portrait, node: Node) -> Hashable | None:
    """Tell an unnamed start or end by what it means: its neighbours may all have changed."""
    if side.names[node.id] or not isinstance(node, Event) or not is_border(node):
        return None
    return side.types[node.id], node.outcome, node.scope is None
