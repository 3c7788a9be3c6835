"""Through whose hands a flow goes, laid out so that a rewrite needs a look at its part only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.ground import passes_by
from tthc_flow.graph.laned import lanes_kept
from tthc_flow.graph.paths import next_in_time
from tthc_flow.graph.performers import identity, performer_of, performers
from tthc_flow.measures.size import crosses_levels, done_in_time
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tthc_flow.graph.ground import Ground
    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Node

    Pair = tuple[Performer | None, Performer | None]


@frozen(kw_only=True)
class Hands:
    """Who does which step of a flow, and which steps of people directly follow which, in time.

    *timely* are the steps that people do before the result is given; *onward* says of each in how
    many of the steps that follow it directly the dossier changes hands, and crosses levels. *doing*
    counts the steps of people of each performer.
    """

    ground: Ground
    timely: frozenset[str]
    who: Mapping[str, Performer | None]
    onward: Mapping[str, tuple[int, int]]
    doing: Mapping[tuple[str, str], int]


def hands_of(under: Ground) -> Hands:
    """Return the hands of the flow of *under*; linear in the flow and the pairs.

    Example:
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.model.flow import Flow
        >>> steps = (Step(id="a", name="A"),)
        >>> dict(hands_of(ground(Flow(id="p", nodes=steps))).who)
        {'a': None}

    Source: hand-off counting of this project; see :func:`~tthc_flow.graph.paths.next_in_time`.
    """
    flow = under.flow
    who = performers(flow)
    following: dict[str, list[Pair]] = {}
    for one, other in next_in_time(flow):
        following.setdefault(one.id, []).append((who[one.id], who[other.id]))
    return Hands(
        ground=under,
        timely=_timely(flow.by_id, scopes_outside_clock(flow)),
        who=who,
        onward={one: _counted(pairs) for one, pairs in following.items()},
        doing=_done_by(flow.by_id, who),
    )


def _done_by(
    nodes: Mapping[str, Node], who: Mapping[str, Performer | None]
) -> dict[tuple[str, str], int]:
    """Return how many of *nodes* are steps of people, by who does them."""
    found: dict[tuple[str, str], int] = {}
    for each, node in nodes.items():
        performer = who[each] if _by_people(node) else None
        if performer is not None:
            name = identity(performer)
            found[name] = found.get(name, 0) + 1
    return found


def saved_by_hands(
    hands: Hands, patch: Patch, late: Collection[str]
) -> tuple[int, int, int] | None:
    """Return the hand-offs, crossings of levels and performers that *patch* saves.

    ``None`` where a lane comes, goes or changes under a step that does not change. *late* are the
    sub-processes outside the applicant's time: before, and those that came.

    Example:
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.graph.patch import patch
        >>> from tthc_flow.model.flow import Flow
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> saved_by_hands(hands_of(ground(flow)), patch(flow, flow), ())
        (0, 0, 0)

    Source: as in full: only pairs of steps between which something changed are told anew.
    """
    if not lanes_kept(patch):
        return None
    who = {
        each: performer_of(patch.after, node)
        for each, node in patch.now.items()
        if isinstance(node, Step)
    }
    sources = _sources(hands, patch)
    left = {one for one in (*sources, *who) if one in who or one not in patch.old}
    timely = hands.timely.difference(patch.old) | _timely(patch.now, late)
    onward = _onward(patch, timely)
    passed, crossed = _counted(
        (who[one] if one in who else hands.who[one], who[two] if two in who else hands.who[two])
        for one in left & timely
        for two in _next(patch.ground, onward, one, timely)
    )
    had = [hands.onward[one] for one in sources if one in hands.onward]
    return (
        sum(passes for passes, _ in had) - passed,
        sum(crosses for _, crosses in had) - crossed,
        _performers(hands, patch, who),
    )


def _by_people(node: Node | None) -> bool:
    return isinstance(node, Step) and not node.automatic


def _timely(nodes: Mapping[str, Node], late: Collection[str]) -> frozenset[str]:
    """Return those of *nodes* that are steps of people before the result is given."""
    steps = ((each, node) for each, node in nodes.items() if isinstance(node, Step))
    return frozenset(each for each, step in steps if done_in_time(step, late))


def _counted(pairs: Iterable[Pair]) -> tuple[int, int]:
    """Return in how many of *pairs* the dossier surely changes hands, and crosses levels."""
    passed = crossed = 0
    for one, other in pairs:
        if one is not None and other is not None and one is not other:
            passed += identity(one) != identity(other)
            crossed += crosses_levels(one, other)
    return passed, crossed


def _sources(hands: Hands, patch: Patch) -> set[str]:
    """Return the steps in time that something changed directly after, as they were before."""
    under = patch.ground
    disturbed = patch.old.keys() | (patch.out.keys() & under.place.keys())
    found = disturbed & hands.timely
    queue = [vertex for vertex in disturbed if vertex in patch.old or vertex not in found]
    seen = set(queue)
    for vertex in queue:
        for before in under.earlier[vertex]:
            if before in hands.timely:
                found.add(before)
            elif before not in seen:
                seen.add(before)
                queue.append(before)
    return found


def _onward(patch: Patch, timely: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what follows each vertex of which that changed, loops left out.

    Where none of the *timely* steps is new, the new elements are left out: what is told then is
    what they lead to.
    """
    if not patch.new or any(node.id in timely for node in patch.new):
        return patch.onward
    place = patch.ground.place
    return {
        vertex: tuple(crossed.union(each for each in patch.onward[vertex] if each in place))
        for vertex, crossed in patch.crossed.items()
    }


def _next(
    under: Ground, onward: Mapping[str, tuple[str, ...]], step: str, timely: Collection[str]
) -> Iterator[str]:
    """Yield those of the *timely* steps that directly follow *step*, where *onward* has changed."""
    queue = [*(onward[step] if step in onward else under.onward[step])]
    seen = set(queue)
    for vertex in queue:
        if vertex in timely:
            yield vertex
            continue
        for target in onward[vertex] if vertex in onward else under.onward[vertex]:
            if target not in seen and not passes_by(under, vertex, target):
                seen.add(target)
                queue.append(target)


def _performers(hands: Hands, patch: Patch, who: Mapping[str, Performer | None]) -> int:
    """Return how many performers do nothing any more, less those who newly do."""
    old, now = _done_by(patch.old, hands.who), _done_by(patch.now, who)
    saved = 0
    for each in {*old, *now}:
        before = hands.doing.get(each, 0)
        saved += (before > 0) - (before - old.get(each, 0) + now.get(each, 0) > 0)
    return saved
