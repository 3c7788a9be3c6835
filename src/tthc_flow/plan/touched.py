"""What one change does where: minutes by step, people's steps gone, moved, or set free.

Effects of whole changes do not add up: an arm that is not the longest saves nothing, and two
neighbours that both go save other hand-overs than each alone. What happens at single steps does.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.graph.paths import acyclic, longest_path
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.view import view
from tthc_flow.measures.norm_time import step_minutes, timed
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tthc_flow.model.flow import Node
    from tthc_flow.units import Convention

Hands: TypeAlias = tuple[str, str]
"""Who has the dossier: what makes two performers one."""


@frozen(kw_only=True)
class Touched:
    """What a rewrite does at single elements of the flow it starts from.

    *minutes* is what each element takes less, *unknown* how many more have no known time. A time
    that is no longer known counts as it was: nobody knows that it is shorter. *gone* are steps that
    people no longer do, *left_out* those that are not there; *moved* says who does a step now,
    *levels* at which level of government it is done now, where that is another.
    *freed* are steps whose neighbours it arranges anew: nothing is said about their hand-overs.
    *changed* are all people's steps that are not what they were, *brought* those that it brings in.
    *bends* says that it draws new ways, maybe past steps that stay.
    """

    minutes: Mapping[str, Fraction]
    unknown: int
    gone: frozenset[str]
    left_out: frozenset[str]
    moved: Mapping[str, Hands | None]
    levels: Mapping[str, Hands | None]
    freed: frozenset[str]
    changed: frozenset[str]
    brought: frozenset[str]
    bends: bool


def hands_of(flow: Flow, step: Step) -> Hands | None:
    """Return who has the dossier at *step*; ``None`` where nobody says."""
    performer = performer_of(flow, step)
    return None if performer is None else identity(performer)


def level_of(flow: Flow, step: Step) -> Hands | None:
    """Return the one level at which *step* is done; ``None`` where it may be several, or unknown.

    What makes two performers one level, in the way of their hands.
    """
    performer = performer_of(flow, step)
    levels = () if performer is None else tuple(performer.levels)
    return ("level", levels[0].value) if len(levels) == 1 else None


def by_people(node: Node | None) -> bool:
    """Return whether *node* is a step that people do."""
    return isinstance(node, Step) and not node.automatic


def touched(before: Flow, after: Flow, targets: tuple[str, ...], convention: Convention) -> Touched:
    """Return what the rewrite from *before* to *after* does at single elements.

    Args:
        before: The flow.
        after: What a lever made of it; what it left alone is the same value.
        targets: What it rewrites; where the ways themselves changed, time is taken from the first.
        convention: The time convention.

    Example:
        >>> from tthc_flow.graph.rewrite import without
        >>> from tthc_flow.model.flow import SequenceFlow
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> sorted(touched(flow, without(flow, "a"), ("a",), DEFAULT_CONVENTION).gone)
        ['a']
    """
    was, now = before.by_id, after.by_id
    stands, stood = set(map(id, after.nodes)), set(map(id, before.nodes))
    old = [node for node in before.nodes if id(node) not in stands]
    new = [node for node in after.nodes if id(node) not in stood]
    people = [node for node in old if isinstance(node, Step) and not node.automatic]
    hands = {step.id: hands_of(before, step) for step in people}
    levels = {step.id: level_of(before, step) for step in people}
    gone = frozenset(step.id for step in people if not by_people(now.get(step.id)))
    stays = [node for node in new if isinstance(node, Step) and not node.automatic]
    rewired = tuple(_rewired(before, after))
    return Touched(
        minutes=_minutes(before, after, (old, new), targets if rewired else (), convention),
        unknown=len(_untimed(after, new, convention)) - len(_untimed(before, old, convention)),
        left_out=gone - now.keys(),
        changed=frozenset(step.id for step in people),
        gone=gone,
        moved={
            step.id: hands_of(after, step)
            for step in stays
            if step.id in hands and hands[step.id] != hands_of(after, step)
        },
        levels={
            step.id: level
            for step in stays
            if step.id in levels and (level := level_of(after, step)) != levels[step.id]
        },
        freed=frozenset(
            step
            for source, target in rewired
            for step in (
                *_people_at(before, source, forwards=False),
                *_people_at(before, target, forwards=True),
            )
        )
        - gone,
        brought=frozenset(step.id for step in stays if step.id not in was),
        bends=bool(rewired) or any(node.id not in was for node in new),
    )


def _minutes(
    before: Flow,
    after: Flow,
    differing: tuple[list[Node], list[Node]],
    rewired: tuple[str, ...],
    convention: Convention,
) -> dict[str, Fraction]:
    """Return what each old element takes less.

    Where the steps *rewired* stand in other ways than before, all is taken from the first of them,
    on each way that leads to them: how much shorter they have become together, the rest at zero.
    """
    old, new = differing
    had, has = _timed(before, old, convention), _timed(after, new, convention)
    has |= {each: had[each] for each in _untimed(after, new, convention) if each in had}
    differ = {each for each in had.keys() | has.keys() if had.get(each) != has.get(each)}
    none = Fraction(0)
    if not rewired and differ <= before.by_id.keys():
        return {each: had.get(each, none) - has.get(each, none) for each in differ}
    own = dict.fromkeys((*rewired, *(node.id for node in old)))
    firsts = _firsts(before, own)
    if not firsts:
        return {}
    kept = _timed(before, [before.by_id[each] for each in own if each in before.by_id], convention)
    now = {each: amount for each, amount in kept.items() if each not in had}
    now |= has
    saved = longest_path(before, kept).weight - longest_path(after, now).weight
    return dict.fromkeys(firsts, saved) if saved else {}


def _firsts(flow: Flow, some: Collection[str]) -> tuple[str, ...]:
    """Return those of *some* elements of *flow* that no way leads to from another of them."""
    way = acyclic(view(flow))
    found: list[str] = []
    behind: set[str] = set()
    for vertex in way.order:
        if vertex in some and vertex not in behind:
            found.append(vertex)
        if vertex in some or vertex in behind:
            behind.update(way.after[vertex])
    return tuple(found)


def _timed(flow: Flow, some: Iterable[Node], convention: Convention) -> dict[str, Fraction]:
    """Return the known minutes of *some* nodes of *flow*."""
    kept = timed(_with_scopes(flow, some), convention)
    return {each: amount for each, amount in kept.items() if amount}


def _untimed(flow: Flow, some: Iterable[Node], convention: Convention) -> tuple[str, ...]:
    """Return which of *some* nodes of *flow* should have a time, and have none that is known."""
    return step_minutes(_with_scopes(flow, some), convention).unknown


def _with_scopes(flow: Flow, some: Iterable[Node]) -> Flow:
    """Return *some* nodes of *flow* alone, with the sub-processes they lie in."""
    nodes = {node.id: node for node in some}
    for node in tuple(nodes.values()):
        scope = node.scope
        while scope is not None and scope in flow.by_id:
            nodes.setdefault(scope, flow.by_id[scope])
            scope = flow.by_id[scope].scope
    return Flow(id=flow.id, nodes=tuple(nodes.values()))


def _rewired(before: Flow, after: Flow) -> Iterator[tuple[str, str]]:
    """Yield each way between two elements that are still there, but no longer joined.

    What is only put between them leaves them joined.
    """
    stands, there = set(map(id, after.edges)), after.by_id.keys()
    for edge in before.edges:
        if id(edge) in stands or not {edge.source, edge.target} <= there:
            continue
        if not _joined_by_new(before, after, edge.source, edge.target):
            yield edge.source, edge.target


def _joined_by_new(before: Flow, after: Flow, source: str, target: str) -> bool:
    """Return whether *after* leads from *source* to *target* by elements that are all new."""
    todo, seen = [source], {source}
    while todo:
        for edge in after.outgoing.get(todo.pop(), ()):
            if edge.target == target:
                return True
            if edge.target not in before.by_id and edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
    return False


def _people_at(flow: Flow, node: str, *, forwards: bool) -> Iterator[str]:
    """Yield *node* where people do it, else the nearest of people's steps on that side."""
    todo, seen = [node], {node}
    while todo:
        here = todo.pop()
        if by_people(flow.by_id.get(here)):
            yield here
            continue
        for edge in (flow.outgoing if forwards else flow.incoming).get(here, ()):
            other = edge.target if forwards else edge.source
            if other not in seen:
                seen.add(other)
                todo.append(other)
