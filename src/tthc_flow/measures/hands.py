"""Through whose hands a flow goes, laid out so that a rewrite needs a look at its part only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.ground import passes_by
from tthc_flow.graph.laned import lanes_kept
from tthc_flow.graph.paths import next_in_time
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.view import node_of
from tthc_flow.measures.size import crosses_levels, done_in_time
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tthc_flow.graph.ground import Ground
    from tthc_flow.graph.patch import Patch
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Node


@frozen(kw_only=True)
class Hands:
    """Who does which step of a flow, and which steps of people directly follow which, in time.

    *doing* counts the steps of people of each performer.
    """

    ground: Ground
    who: Mapping[str, Performer | None]
    following: Mapping[str, tuple[str, ...]]
    doing: Mapping[tuple[str, str], int]


def hands_of(under: Ground) -> Hands:
    """Return the hands of the flow of *under*; linear in the flow and the pairs.

    Example:
        >>> from tthc_flow.graph.ground import ground
        >>> from tthc_flow.model.flow import Flow
        >>> steps = (Step(id="a", name="A"),)
        >>> hands_of(ground(Flow(id="p", nodes=steps))).who
        {'a': None}

    Source: hand-off counting of this project; see :func:`~tthc_flow.graph.paths.next_in_time`.
    """
    flow = under.flow
    who = {step.id: performer_of(flow, step) for step in flow.steps}
    following: dict[str, list[str]] = {}
    for one, other in next_in_time(flow):
        following.setdefault(one.id, []).append(other.id)
    return Hands(
        ground=under,
        who=who,
        following={one: tuple(others) for one, others in following.items()},
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
    sources = _sources(patch, late)
    left = {one for one in (*sources, *who) if one in who or one not in patch.old}
    old = [
        (hands.who[one], hands.who[two]) for one in sources for two in hands.following.get(one, ())
    ]
    new = [
        (who[one] if one in who else hands.who[one], who[two] if two in who else hands.who[two])
        for one in left
        if _in_time(patch.node(one), late)
        for two in _next(patch, one, late)
    ]
    return (
        sum(_passes(*pair) for pair in old) - sum(_passes(*pair) for pair in new),
        sum(crosses_levels(*pair) for pair in old) - sum(crosses_levels(*pair) for pair in new),
        _performers(hands, patch, who),
    )


def _by_people(node: Node | None) -> bool:
    return isinstance(node, Step) and not node.automatic


def _in_time(node: Node | None, late: Collection[str]) -> bool:
    return isinstance(node, Step) and done_in_time(node, late)


def _passes(one: Performer | None, other: Performer | None) -> bool:
    """Return whether the dossier surely changes hands."""
    return one is not None and other is not None and identity(one) != identity(other)


def _sources(patch: Patch, late: Collection[str]) -> set[str]:
    """Return the steps in time that something changed directly after, as they were before."""
    under, by_id = patch.ground, patch.ground.flow.by_id
    disturbed = {*patch.old, *(vertex for vertex in patch.out if vertex in under.place)}
    found = {vertex for vertex in disturbed if _in_time(by_id.get(vertex), late)}
    queue = [vertex for vertex in disturbed if vertex in patch.old or vertex not in found]
    seen = set(queue)
    for vertex in queue:
        for before in under.earlier[vertex]:
            if _in_time(by_id.get(before), late):
                found.add(before)
            elif before not in seen:
                seen.add(before)
                queue.append(before)
    return found


def _next(patch: Patch, step: str, late: Collection[str]) -> Iterator[str]:
    """Yield the steps in time that now directly follow *step*."""
    queue = list(patch.follows(step))
    seen = set(queue)
    for vertex in queue:
        if _in_time(patch.node(node_of(vertex)), late):
            yield vertex
            continue
        for target in patch.follows(vertex):
            if target not in seen and not passes_by(patch.ground.flow, vertex, target):
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
