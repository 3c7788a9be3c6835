"""How big a procedure is for who has to go through it: what a rewrite can make smaller.

A search asks this of every candidate; the full measures of a procedure come with the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.graph.paths import next_in_time
from tthc_flow.graph.performers import identity, performer_of, performers
from tthc_flow.graph.remembered import remembered_with
from tthc_flow.measures.norm_time import NormTime, norm_time
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow, Node
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Size:
    """Time, steps and hands of one procedure; ``None`` says that it cannot be known.

    *steps* are those that people do before the result is given; *performers* do any of the steps.
    *levels* counts the hand-overs between levels of government; *exceptional* the steps that people
    do only where a look-up by machine found nothing.
    """

    norm_time: NormTime
    steps: int
    hand_offs: int
    performers: int
    levels: int
    documents: int | None
    visits: int | None
    exceptional: int


@remembered_with
def size(procedure: Procedure, convention: Convention) -> Size:
    """Return the size of *procedure* under a named time convention; exact and linear.

    A search asks it of one procedure again and again: the last few answers are remembered.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> size(one, DEFAULT_CONVENTION).steps, size(one, DEFAULT_CONVENTION).documents
        (1, None)

    Source: domain rule of this project: counting rows alone can be gamed, so hand-offs and
        performers stand beside the steps.
    """
    flow = procedure.flow
    late = scopes_outside_clock(flow)
    who = performers(flow)
    return Size(
        norm_time=norm_time(flow, convention),
        steps=sum(done_in_time(step, late) for step in flow.steps),
        hand_offs=len(hand_overs(flow).pairs),
        performers=distinct_performers(flow),
        levels=sum(crosses_levels(who[one.id], who[two.id]) for one, two in next_in_time(flow)),
        documents=None if procedure.documents is None else len(procedure.documents),
        visits=visits(flow),
        exceptional=exceptional(flow),
    )


def done_in_time(step: Step, late: Collection[str]) -> bool:
    """Return whether people do *step* before the result is given; *late* are the scopes after."""
    return not step.automatic and step.scope not in late


def crosses_levels(one: Performer | None, other: Performer | None) -> bool:
    """Return whether two performers surely are of different levels of government."""
    if one is None or other is None or not one.levels or not other.levels:
        return False
    return one.levels.isdisjoint(other.levels)


def exceptional(flow: Flow) -> int:
    """Return how many steps people do only where a look-up by machine found nothing.

    Such a step follows the exclusive choice right after the look-up, which also leads past it.
    """

    def ways(node: str) -> tuple[str, ...]:
        return tuple(edge.target for edge in flow.outgoing[node])

    look_ups = [step.id for step in flow.steps if looks_up(step)]
    return len(
        {each for look_up in look_ups for each in fallen_back_on(look_up, ways, flow.by_id.get)}
    )


def looks_up(step: Step) -> bool:
    """Return whether *step* is a machine's look-up."""
    return StepKind.LOOK_UP in step.kinds and step.automatic


def fallen_back_on(
    look_up: str, ways: Callable[[str], tuple[str, ...]], node_of: Callable[[str], Node | None]
) -> Iterator[str]:
    """Yield the steps of people that are done only where *look_up* found nothing."""
    for split in ways(look_up):
        node = node_of(split)
        if not isinstance(node, Gateway) or node.kind is not GatewayKind.EXCLUSIVE:
            continue
        arms = set(ways(split))
        for arm in arms if len(arms) > 1 else ():
            step = node_of(arm)
            if isinstance(step, Step) and not step.automatic:
                yield arm


def distinct_performers(flow: Flow) -> int:
    """Return how many different performers the steps of people have, the unknown left out."""
    doing = (performer_of(flow, step) for step in flow.steps if not step.automatic)
    return len({identity(who) for who in doing if who is not None})


def visits(flow: Flow) -> int | None:
    """Return how often the applicant has to come; ``None`` where no step says."""
    said = [step.applicant_visit for step in flow.steps if step.applicant_visit is not None]
    return sum(said) if said else None
