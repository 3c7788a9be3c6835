"""The chain of one scope with the times on its arrows, from which nodes are taken out one by one.

What follows one way is a row, equal arrows of a choice are a mixture, those of a parallel split to
one join are both at once, an arrow back to its own node is a loop. A tangle of choices needs no
block: one token is in it, so that any of its nodes can be taken out. Parallel ways that make no
block stay. The arrows of an inclusive choice are one when all of them lead to one node: as long as
the longest of those that are taken.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.expected.routes import Split
from tthc_flow.expected.tree import ALWAYS, Again, Either

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tthc_flow.expected.routes import Leaving, Routes
    from tthc_flow.expected.together import Turn
    from tthc_flow.expected.tree import Tree

_BEGIN: Final = "\N{NO-BREAK SPACE}begin"
_END: Final = "\N{NO-BREAK SPACE}end"
_SEVERAL: Final = 2


@frozen(kw_only=True)
class Broken:
    """A step that a timer may break off: the *event*, and the number of its time either way.

    *done* is ``None`` where it is always broken off.
    """

    event: str
    done: int | None
    broken: int


class Web:
    """The arrows of one scope by their target and source, each with the number of its time."""

    def __init__(
        self, tree: Tree, routes: Routes, own: Mapping[str, int], broken: Mapping[str, Broken]
    ) -> None:
        """Draw the ways of *routes* that a case can take.

        *own* are the times of the nodes; those of *broken* lie on the arrows that leave them.
        """
        self.tree = tree
        self.own = {**own, **dict.fromkeys(broken, ALWAYS)}
        self.joins = set(routes.joins)
        self.waits = {*routes.joins, *routes.merges, _END}
        self.splits: set[str] = set()
        self.turns: dict[str, tuple[Turn, ...]] = {}
        self.ways: dict[str, dict[str, dict[int, int]]] = {}
        self.into: dict[str, dict[str, int]] = {_BEGIN: {}, _END: {}}
        self.out: dict[str, dict[str, None]] = {_BEGIN: {}, _END: {}}
        self.queue: list[tuple[int, int, str]] = []
        self.knotted = False
        if routes.together and len(routes.begins) >= _SEVERAL:
            self.splits.add(_BEGIN)
        first = [(node, share) for node, share in routes.begins.items() if share]
        reached = dict.fromkeys(node for node, _ in first)
        todo = list(reached)
        for node in todo:
            new = [goal for goal in _goals(routes, node, broken) if goal not in reached]
            reached.update(dict.fromkeys(new))
            todo += new
        for node in reached:
            self.into[node], self.out[node] = {}, {}
        for node, share in first:
            self._draw(_BEGIN, node, tree.share(share))
        for node in reached:
            self._leave(node, routes.leaving[node], broken.get(node))
        if not reached:
            self._draw(_BEGIN, _END, ALWAYS)
        self.places = {node: place for place, node in enumerate(self.into)}
        self._again(self.into)

    def _leave(self, node: str, leaving: Leaving, broken: Broken | None) -> None:
        """Draw the arrows that leave *node*."""
        if leaving.split is not Split.EITHER and len(leaving.ways) >= _SEVERAL:
            self.splits.add(node)
        if leaving.turns and node in self.splits:
            self.turns[node], self.ways[node] = leaving.turns, {}
            for way, (goal, _) in enumerate(leaving.ways):
                self._draw_way(node, goal, {way: ALWAYS})
            return
        done = ALWAYS if broken is None else broken.done
        if done is not None:
            for goal, share in leaving.ways:
                self._draw(node, goal, self.tree.row(self.tree.share(share), done))
            if not leaving.ways:
                self._draw(node, _END, done)
        if broken is not None:
            self._draw(node, broken.event, broken.broken)

    def whole(self) -> int | None:
        """Take out what can be; return the number of the whole, ``None`` where something stays."""
        while self.queue:
            size, _, node = heappop(self.queue)
            if node in self.into and size == self._size(node) and self._free(node):
                self._take_out(node)
        done = not self.knotted and len(self.into) == _SEVERAL and len(self.into[_END]) == 1
        return self.into[_END][_BEGIN] if done else None

    def left(self) -> list[str]:
        """Return the parallel and inclusive nodes that stay, in file order."""
        return [node for node in self.into if node in self.splits | self.waits - {_END, _BEGIN}]

    def _size(self, node: str) -> int:
        return len(self.into[node]) * len(self.out[node])

    def _again(self, nodes: Iterable[str]) -> None:
        """Look at *nodes* anew."""
        for node in nodes:
            if node in self.into and node not in {_BEGIN, _END}:
                heappush(self.queue, (self._size(node), self.places[node], node))

    def _free(self, node: str) -> bool:
        """Return whether taking *node* out keeps what its neighbours do with their arrows."""
        into = [source for source in self.into[node] if source != node]
        out = [target for target in self.out[node] if target != node]
        if len(out) >= _SEVERAL and (node in self.splits or any(map(self._splits, into))):
            return False
        if len(into) >= _SEVERAL:
            return node not in self.waits and not any(map(self._joins, out))
        return True

    def _splits(self, node: str) -> bool:
        return node in self.splits and len(self.out[node]) >= _SEVERAL

    def _joins(self, node: str) -> bool:
        return node in self.joins and len(self.into[node]) >= _SEVERAL

    def _take_out(self, node: str) -> None:
        """Lead past *node*."""
        tree, into, out = self.tree, self.into.pop(node), self.out.pop(node)
        here = self.own.get(node, ALWAYS)
        if node in into:
            back = tree.row(into.pop(node), here)
            del out[node]
            here = tree.row(here, tree.add(Again(back)))
        for source in into:
            del self.out[source][node]
        after = {goal: tree.row(here, self.into[goal].pop(node)) for goal in out}
        for source, way in into.items():
            for goal, rest in after.items():
                if source in self.turns:
                    own = self.ways[source].pop(node)
                    self._draw_way(source, goal, {n: tree.row(x, rest) for n, x in own.items()})
                else:
                    self._draw(source, goal, tree.row(way, rest))
        self._again((*into, *out))
        for source in into:
            if source in self.splits and len(self.out[source]) == 1:
                self.splits.discard(source)
                self._again(self.out[source])
        for goal in out:
            if goal in self.joins and len(self.into[goal]) == 1:
                self._again(self.into[goal])

    def _draw_way(self, source: str, goal: str, ways: Mapping[int, int]) -> None:
        """Draw an arrow for *ways* of an inclusive choice; when all lead to *goal* they are one."""
        turns, there = self.turns[source], self.ways[source].setdefault(goal, {})
        there.update(ways)
        if len(there) > 1 and goal not in self.waits:
            self.knotted = True
        self.into[goal][source], self.out[source][goal] = ALWAYS, None
        if len(there) == len(turns):
            del self.turns[source]
            self.into[goal][source] = self._longest(turns, there)

    def _longest(self, turns: Iterable[Turn], times: Mapping[int, int]) -> int:
        """Return the number of all ways at once that are taken, by which of them comes first."""
        tree, rest, whole = self.tree, ALWAYS, None
        for turn in reversed(tuple(turns)):
            time = times[turn.way]
            case = tree.row(tree.share(Fraction(turn.first)), tree.both(time, rest))
            whole = case if whole is None else tree.add(Either(case, whole))
            taken = tree.row(tree.share(Fraction(turn.after)), time)
            if turn.after < 1:
                taken = tree.add(Either(tree.share(Fraction(1 - turn.after)), taken))
            rest = tree.both(taken, rest) if turn.after else rest
        return ALWAYS if whole is None else whole

    def _draw(self, source: str, goal: str, time: int) -> None:
        """Draw an arrow; where there is one already the two are one."""
        there = self.into[goal].get(source)
        if there is not None and source in self.splits:
            if goal not in self.waits:  # two tokens on one way: no sound flow does that
                self.knotted = True
            time = self.tree.both(there, time)
        elif there is not None:
            time = self.tree.add(Either(there, time))
        self.into[goal][source] = time
        self.out[source][goal] = None


def _goals(routes: Routes, node: str, broken: Mapping[str, Broken]) -> list[str]:
    """Return where a case may go from *node*."""
    goals = [goal for goal, _ in routes.leaving[node].ways]
    found = broken.get(node)
    if found is None:
        return goals
    return [found.event] if found.done is None else [*goals, found.event]
