"""What a rewrite saves, measured on what it touches: as exact as in full, and many times as quick.

A search tries hundreds of rewrites of one flow. What each leaves alone is measured once.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.ground import ground
from tthc_flow.graph.longest import longest_ways
from tthc_flow.measures.compliance_cost import benefit
from tthc_flow.measures.costs import cost, cost_of_time, same_by_formula
from tthc_flow.measures.hands import Hands, hands_of, saved_by_hands
from tthc_flow.measures.norm_time import minutes_of, step_minutes, timed, waits_of
from tthc_flow.measures.size import done_in_time, fallen_back_on, looks_up
from tthc_flow.model.flow import Flow, SubProcess
from tthc_flow.model.lever import Effect
from tthc_flow.model.procedure import CostMethod
from tthc_flow.model.step import Step
from tthc_flow.units import WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tthc_flow.graph.longest import Longest
    from tthc_flow.graph.patch import Patch
    from tthc_flow.measures.savings import Sized
    from tthc_flow.model.flow import Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Basis:
    """A measured procedure, laid out so that a rewrite needs a look at what it touches only."""

    sized: Sized
    convention: Convention
    longest: Longest
    hands: Hands
    late: frozenset[str]
    timed: int
    look_ups: tuple[str, ...]


def basis_of(before: Sized, convention: Convention) -> Basis | None:
    """Return *before* laid out; ``None`` where only full measuring is exact (see ``ground``).

    Example:
        >>> from tthc_flow.measures.savings import sized
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> one = sized(Procedure(flow=flow), DEFAULT_CONVENTION, CostMethod.TT02_2017)
        >>> basis_of(one, DEFAULT_CONVENTION).timed
        0

    Source: see :func:`~tthc_flow.graph.ground.ground`; near-linear.
    """
    flow = before.procedure.flow
    under = ground(flow)
    if under is None:
        return None
    return Basis(
        sized=before,
        convention=convention,
        longest=longest_ways(under, timed(flow, convention)),
        hands=hands_of(under),
        late=scopes_outside_clock(flow),
        timed=len(step_minutes(flow, convention).known),
        look_ups=tuple(step.id for step in flow.steps if looks_up(step)),
    )


def local_saving(basis: Basis, after: Procedure, patch: Patch) -> Effect | None:
    """Return what *after* saves, by its *patch* alone; ``None`` where that does not tell.

    It does not where a lane changes under steps that stay.

    Example:
        >>> from tthc_flow.graph.patch import patch
        >>> from tthc_flow.measures.savings import sized
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> before = sized(one, DEFAULT_CONVENTION, CostMethod.TT02_2017)
        >>> basis = basis_of(before, DEFAULT_CONVENTION)
        >>> local_saving(basis, one, patch(one.flow, one.flow)).steps
        0

    Source: equal to :func:`~tthc_flow.measures.savings.saving`, which is its test.
    """
    before = basis.sized.procedure
    old, now = tuple(patch.old.values()), tuple(patch.now.values())
    boxes = [node for node in patch.new if isinstance(node, SubProcess)]
    if any(box.scope in basis.late for box in boxes):
        return None
    late = basis.late
    if boxes:
        late |= scopes_outside_clock(Flow(id=after.flow.id, nodes=patch.new))
    saved = saved_by_hands(basis.hands, patch, late)
    if saved is None:
        return None
    was, has = _weighed(basis, patch.old, late), _weighed(basis, patch.now, late)
    minutes = _minutes(basis, patch, was, has)
    hand_offs, levels, performers = saved
    return Effect(
        minutes=minutes,
        cost=_cost(basis, after, minutes, (*old, *now, *_moved(patch))),
        steps=_steps(old, late) - _steps(now, late),
        hand_offs=hand_offs,
        performers=performers,
        levels=levels,
        documents=len(before.documents or ()) - len(after.documents or ()),
        visits=_visits(old) - _visits(now),
        eased=_exceptional(basis, patch) - basis.sized.size.exceptional,
    )


def _moved(patch: Patch) -> Iterator[Node]:
    """Yield what stands elsewhere in its row now: the formula counts by where inspections stand."""
    there = patch.ground.flow.by_id
    yield from () if patch.row is None else (there[each] for each in patch.row.nodes)


def _steps(nodes: Iterable[Node], late: frozenset[str]) -> int:
    return sum(isinstance(node, Step) and done_in_time(node, late) for node in nodes)


def _visits(nodes: Iterable[Node]) -> int:
    return sum(bool(node.applicant_visit) for node in nodes if isinstance(node, Step))


@frozen(kw_only=True)
class _Weighed:
    """Some nodes by their minutes, how many steps have any, and which have none known."""

    weights: Mapping[str, Fraction]
    timed: int
    unknown: frozenset[str]


def _weighed(basis: Basis, nodes: Mapping[str, Node], late: frozenset[str]) -> _Weighed:
    """Return what *nodes* take before the result is given; *late* are the scopes after."""
    in_time = tuple(node for node in nodes.values() if node.scope not in late)
    boxed = any(isinstance(node, SubProcess) for node in in_time)
    outside = scopes_outside_clock(Flow(id="", nodes=in_time)) if boxed else frozenset[str]()
    steps = minutes_of(
        (node for node in in_time if isinstance(node, Step)), basis.convention, outside
    )
    return _Weighed(
        weights={**steps.known, **waits_of(in_time, basis.convention, outside)},
        timed=len(steps.known),
        unknown=frozenset(steps.unknown),
    )


def _minutes(basis: Basis, patch: Patch, was: _Weighed, has: _Weighed) -> Fraction | None:
    """Return the minutes saved on the known part; unknown as in full.

    So they are where a step of unknown time goes, comes or becomes timed, or no time is known.
    """
    before = basis.sized.size.norm_time
    if before.work is None or was.unknown != has.unknown:
        return None
    if before.unknown and not basis.timed - was.timed + has.timed:
        return None
    none = Fraction(0)
    weights = {
        each: has.weights.get(each, none)
        for each in patch.old
        if each in patch.now and was.weights.get(each, none) != has.weights.get(each, none)
    }
    weights |= {node.id: has.weights[node.id] for node in patch.new if node.id in has.weights}
    return before.work.minutes - basis.longest.after(patch, weights)


def _cost(
    basis: Basis, after: Procedure, minutes: Fraction | None, touched: tuple[Node, ...]
) -> Fraction | None:
    """Return what is saved a year; unknown where it was unknown before, or is now."""
    before, paid = basis.sized.procedure, basis.sized.cost
    if paid.yearly is None:
        return None
    if paid.method is not CostMethod.TT02_2017:
        work = basis.sized.size.norm_time.work
        left = None if work is None or minutes is None else WorkTime(work.minutes - minutes)
        saved = benefit(paid, cost_of_time(after, left)).saved
    elif same_by_formula(before, after, touched):
        return Fraction(0)
    else:
        saved = benefit(paid, cost(after, paid.method, basis.convention)).saved
    return None if saved is None else saved.amount


def _exceptional(basis: Basis, patch: Patch) -> int:
    """Return how many steps people do, after the rewrite, only where a look-up found nothing."""
    left = [each for each in basis.look_ups if each not in patch.old]
    left += [each for each, node in patch.now.items() if isinstance(node, Step) and looks_up(node)]
    if not left:
        return 0
    found = {each for look_up in left for each in fallen_back_on(look_up, patch.leads, patch.node)}
    return len(found)
