"""What a rewrite saves, measured on what it touches: as exact as in full, and many times as quick.

A search tries hundreds of rewrites of one flow. What each leaves alone is measured once.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import outside_clock, scopes_outside_clock
from tthc_flow.graph.ground import ground
from tthc_flow.graph.longest import longest_ways
from tthc_flow.measures.compliance_cost import benefit
from tthc_flow.measures.costs import cost, cost_of_time, same_by_formula
from tthc_flow.measures.hands import Hands, hands_of, saved_by_hands
from tthc_flow.measures.norm_time import StepMinutes, minutes_of, step_minutes, timed, waits_of
from tthc_flow.measures.size import done_in_time, fallen_back_on, looks_up
from tthc_flow.model.flow import SubProcess
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
    steps: StepMinutes
    minutes: Mapping[str, Fraction]
    look_ups: tuple[str, ...]

    @cached_property
    def unknown(self) -> frozenset[str]:
        """Return the steps that should have a time, and have none that is known."""
        return frozenset(self.steps.unknown)


def basis_of(before: Sized, convention: Convention) -> Basis | None:
    """Return *before* laid out; ``None`` where only full measuring is exact (see ``ground``).

    Example:
        >>> from tthc_flow.measures.savings import sized
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A"),))
        >>> one = sized(Procedure(flow=flow), DEFAULT_CONVENTION, CostMethod.TT02_2017)
        >>> basis_of(one, DEFAULT_CONVENTION).steps.unknown
        ('a',)

    Source: see :func:`~tthc_flow.graph.ground.ground`; near-linear.
    """
    flow = before.procedure.flow
    under = ground(flow)
    if under is None:
        return None
    minutes = timed(flow, convention)
    return Basis(
        sized=before,
        convention=convention,
        longest=longest_ways(under, minutes),
        hands=hands_of(under),
        late=scopes_outside_clock(flow),
        steps=step_minutes(flow, convention),
        minutes=minutes,
        look_ups=tuple(step.id for step in flow.steps if looks_up(step)),
    )


def local_saving(basis: Basis, after: Procedure, patch: Patch) -> Effect | None:
    """Return what *after* saves, by its *patch* alone; ``None`` where that does not tell.

    It does not where a lane changes under steps that stay.

    Example:
        >>> from tthc_flow.graph.patch import patch
        >>> from tthc_flow.measures.savings import sized
        >>> from tthc_flow.model.flow import Flow
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
        late |= outside_clock(patch.new)
    saved = saved_by_hands(basis.hands, patch, late)
    if saved is None:
        return None
    minutes = _minutes(basis, patch, _weighed_before(basis, patch.old), _weighed(basis, now, late))
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
    return len([n for n in nodes if isinstance(n, Step) and done_in_time(n, late)])


def _visits(nodes: Iterable[Node]) -> int:
    return len([node for node in nodes if isinstance(node, Step) and node.applicant_visit])


@frozen(kw_only=True)
class _Weighed:
    """Some nodes by their minutes, how many steps have any, and which have none known."""

    weights: Mapping[str, Fraction]
    timed: int
    unknown: frozenset[str]


def _weighed_before(basis: Basis, nodes: Iterable[str]) -> _Weighed:
    """Return what *nodes* of the flow as it came take before the result is given."""
    return _Weighed(
        weights={each: basis.minutes[each] for each in nodes if each in basis.minutes},
        timed=len([each for each in nodes if each in basis.steps.known]),
        unknown=basis.unknown.intersection(nodes),
    )


def _weighed(basis: Basis, nodes: Iterable[Node], late: frozenset[str]) -> _Weighed:
    """Return what *nodes* take before the result is given; *late* are all scopes after."""
    in_time = [node for node in nodes if node.scope not in late]
    steps = minutes_of((n for n in in_time if isinstance(n, Step)), basis.convention, late)
    return _Weighed(
        weights={**steps.known, **waits_of(in_time, basis.convention, late)},
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
    if before.unknown and not len(basis.steps.known) - was.timed + has.timed:
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
