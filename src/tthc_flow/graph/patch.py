"""What a small rewrite changes in a flow, where the rest surely stays as it is.

Everything a search asks of a rewritten flow (its time, its hand-overs, its laws) can then be
answered from the ground it stands on and the few elements touched.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.graph.drawn_anew import redrawn
from tthc_flow.graph.ground import ground
from tthc_flow.graph.resequenced import resequenced
from tthc_flow.graph.view import exit_of
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tthc_flow.graph.drawn_anew import Redrawn
    from tthc_flow.graph.ground import Ground
    from tthc_flow.graph.resequenced import Row
    from tthc_flow.model.flow import Flow, Node, SequenceFlow


@frozen(kw_only=True)
class Patch:
    """The elements that a rewrite took out, brought in and changed, and the arrows it drew anew.

    *old* are the elements, by id, that are gone or changed, as they were; *now* those that are new
    or changed, as they are. *out* says what follows each vertex of which that is not as it was,
    the new ones included; *onward* the same, loops left out. *crossed* says of each old vertex
    among them which old ones it leads to by way of new ones. *touched* are the elements of before
    whose place the new ones take: gone ones, and those that stand elsewhere now. *row* is told
    where nothing but parts of a row changed places: then all of its elements are touched.
    """

    ground: Ground
    after: Flow
    old: Mapping[str, Node]
    now: Mapping[str, Node]
    lost_edges: tuple[SequenceFlow, ...]
    new_edges: tuple[SequenceFlow, ...]
    out: Mapping[str, tuple[str, ...]]
    onward: Mapping[str, tuple[str, ...]]
    crossed: Mapping[str, frozenset[str]]
    touched: frozenset[str]
    row: Row | None = None

    @cached_property
    def gone(self) -> tuple[Node, ...]:
        """Return the nodes that are no more."""
        return tuple(node for each, node in self.old.items() if each not in self.now)

    @cached_property
    def new(self) -> tuple[Node, ...]:
        """Return the nodes that were not there."""
        return tuple(node for each, node in self.now.items() if each not in self.old)

    @cached_property
    def changed(self) -> tuple[tuple[Node, Node], ...]:
        """Return each node that is another value now, as it was and as it is."""
        return tuple((n, self.now[each]) for each, n in self.old.items() if each in self.now)

    def follows(self, vertex: str) -> tuple[str, ...]:
        """Return what follows *vertex* after the rewrite, loops left out."""
        found = self.onward.get(vertex)
        return self.ground.onward[vertex] if found is None else found

    def leads(self, vertex: str) -> tuple[str, ...]:
        """Return what follows *vertex* after the rewrite, loops as well."""
        found = self.out.get(vertex)
        return self.ground.seen.after[vertex] if found is None else found

    def node(self, id_: str) -> Node | None:
        """Return the node *id_* of before or after, as it is after where it is there."""
        return self.now.get(id_) or self.ground.flow.by_id.get(id_)


def patch(before: Flow, after: Flow) -> Patch | None:
    """Return what *after*, a rewrite of *before*, changes; ``None`` where more than a part may.

    A part it is where no start, end or sub-process went or changed (what comes in may be a whole
    sub-process), every new way leads past old elements only where an old way through touched
    ones did, no loop leads back to a touched one, and everything is still reached. Then the
    elements not touched keep their order, their loops, and what always comes before them. So it is
    where parts of a row only changed places.

    Example:
        >>> from tthc_flow.graph.rewrite import without
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(Event(id="s", position=EventPosition.START), Step(id="a", name="A"),
        ...            Event(id="e", position=EventPosition.END)),
        ...     edges=(SequenceFlow(id="f", source="s", target="a"),
        ...            SequenceFlow(id="g", source="a", target="e")),
        ... )
        >>> found = patch(flow, without(flow, "a"))
        >>> [node.id for node in found.gone], dict(found.out), sorted(found.touched)
        (['a'], {'s': ('e',)}, ['a'])

    Source: every path of after is a path of before up to what is touched, so dominance among the
        rest is kept, and with it the loops of a reducible graph (Hecht & Ullman 1974).
    """
    under = ground(before)
    anew = None if under is None else redrawn(under, after)
    if under is None or anew is None:
        return None
    if not anew.out and anew.old.keys() == anew.now.keys():
        return _in_place(under, after, anew)
    row = resequenced(under, anew)
    if row is not None:
        return _of_row(under, after, anew, row)
    seen, place, out = under.seen, under.place, anew.out
    took_out = anew.old.keys() - anew.now.keys()
    gave = {
        vertex: frozenset(seen.after[vertex]).difference(out.get(vertex, ()))
        for vertex in (took_out | out.keys()) & place.keys()
    }
    entered = set[str]().union(*gave.values()) - took_out
    moved = {vertex for vertex, targets in gave.items() if targets}
    found = Patch(
        ground=under,
        after=after,
        old=anew.old,
        now=anew.now,
        lost_edges=anew.lost_edges,
        new_edges=anew.new_edges,
        out=out,
        onward={
            vertex: _onward(place, vertex, targets) if vertex in place else targets
            for vertex, targets in out.items()
        },
        crossed={vertex: _crossed(out, place, vertex) for vertex in out if vertex in place},
        touched=frozenset(took_out | (moved & entered)),
    )
    if not _all_keep(found):
        found = evolve(found, touched=found.touched | _in_a_row(under, entered - moved, moved))
    return found if _all_keep(found) and _all_reached(found, entered, took_out) else None


def _all_keep(found: Patch) -> bool:
    """Return whether no loop leads back to what is touched, and each vertex leads as it did."""
    if not found.touched.isdisjoint(found.ground.heads):
        return False
    return all(_keeps(found, vertex) for vertex in found.crossed)


def _in_a_row(under: Ground, entered: Iterable[str], moved: Collection[str]) -> set[str]:
    """Return the steps that stand elsewhere as a row: only its ends say so."""
    seen, last = under.seen, max((under.place[each] for each in moved), default=0)
    found: set[str] = set()
    for vertex in entered:
        row = [vertex]
        for here in row:
            (after, *others) = seen.after[here] or (here,)
            alone = not others and seen.before[after] == (here,)
            step = isinstance(under.flow.by_id.get(after), Step)
            if alone and step and here not in moved and under.place[after] <= last:
                row.append(after)
        if isinstance(under.flow.by_id.get(vertex), Step) and row[-1] in moved:
            found.update(row)
    return found


def _in_place(under: Ground, after: Flow, anew: Redrawn) -> Patch:
    """Return the patch that draws no arrow anew: some elements say something else."""
    return Patch(
        ground=under,
        after=after,
        old=anew.old,
        now=anew.now,
        lost_edges=anew.lost_edges,
        new_edges=anew.new_edges,
        out={},
        onward={},
        crossed={},
        touched=frozenset(),
    )


def _of_row(under: Ground, after: Flow, anew: Redrawn, row: Row) -> Patch:
    """Return the patch of a *row* in another order: its arrows lead ahead, but for a loop's."""
    place, inside = under.place, {*row.nodes}

    def ahead(vertex: str, target: str) -> bool:
        return target in inside or place[target] > place[row.first if vertex in inside else vertex]

    return Patch(
        ground=under,
        after=after,
        old={},
        now={},
        lost_edges=anew.lost_edges,
        new_edges=anew.new_edges,
        out=anew.out,
        onward={
            vertex: tuple(target for target in targets if ahead(vertex, target))
            for vertex, targets in anew.out.items()
        },
        crossed={},
        touched=frozenset(inside),
        row=row,
    )


def _crossed(
    out: Mapping[str, tuple[str, ...]], place: Mapping[str, int], vertex: str
) -> frozenset[str]:
    """Return the old vertices that *vertex* leads to by way of new ones."""
    queue = [each for each in out[vertex] if each not in place]
    if not queue:
        return frozenset()
    found = set(queue)
    for here in queue:
        more = [each for each in out[here] if each not in found]
        found.update(more)
        queue += [each for each in more if each not in place]
    return frozenset(each for each in found if each in place)


def _onward(place: Mapping[str, int], vertex: str, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of *targets* that lie ahead of *vertex*; what is new lies ahead."""
    at = place[vertex]
    return tuple([each for each in targets if each not in place or place[each] > at])


def _keeps(found: Patch, vertex: str) -> bool:
    """Return whether *vertex* leads only to what it led to before, past touched elements at most.

    By way of new elements it leads ahead. Straight back it leads only to the head of a loop, which
    is what leads back before, and no touched one.
    """
    under = found.ground
    ways = list(under.seen.after[vertex])
    led = set(ways)
    for here in ways:
        if here in found.touched:
            more = [each for each in under.seen.after[here] if each not in led]
            led.update(more)
            ways += more
    place, crossed = under.place, found.crossed[vertex]
    straight = [each for each in found.out[vertex] if each in place]
    return (
        led.issuperset(straight)
        and crossed <= led
        and not (crossed and min([place[each] for each in crossed]) <= place[vertex])
    )


def _all_reached(found: Patch, entered: Iterable[str], took_out: Collection[str]) -> bool:
    """Return whether something ahead-leading enters each new vertex and each that lost an arrow.

    Among the new ones nothing leads in a circle.
    """
    place, seen = found.ground.place, found.ground.seen
    ahead = {target for targets in found.onward.values() for target in targets}
    fresh = found.out.keys() - place.keys()
    left = [each.id for each in found.new if each.scope not in fresh]
    if not ahead.issuperset(fresh) or any(not _leads_on(found, each) for each in left):
        return False
    for vertex in entered:
        kept = (v for v in seen.before[vertex] if v not in took_out and v not in found.out)
        if vertex not in ahead and not any(place[v] < place[vertex] for v in kept):
            return False
    return not _in_a_circle(fresh, found.onward)


def _in_a_circle(some: Collection[str], onward: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether one of *some* leads back to itself by way of them."""
    entered = dict.fromkeys(some, 0)
    inner = [target for vertex in some for target in onward[vertex] if target in entered]
    for target in inner:
        entered[target] += 1
    free = [vertex for vertex, ways in entered.items() if not ways]
    for vertex in free:
        for target in onward[vertex]:
            if target in entered:
                entered[target] -= 1
                if not entered[target]:
                    free.append(target)
    return len(free) < len(entered)


def _leads_on(found: Patch, node: str) -> bool:
    leaves = exit_of(node) if exit_of(node) in found.out else node
    return bool(found.out[leaves])
