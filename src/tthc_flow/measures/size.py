"""How big a procedure is for who has to go through it: what a rewrite can make smaller.

A search asks this of every candidate; the full measures of a procedure come with the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.norm_time import NormTime, norm_time

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Size:
    """Time, steps and hands of one procedure; ``None`` says that it cannot be known.

    *steps* are those that people do before the result is given; *performers* do any of the steps.
    """

    norm_time: NormTime
    steps: int
    hand_offs: int
    performers: int
    documents: int | None
    visits: int | None


def size(procedure: Procedure, convention: Convention) -> Size:
    """Return the size of *procedure* under a named time convention; exact and linear.

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
    return Size(
        norm_time=norm_time(flow, convention),
        steps=sum(not step.automatic and step.scope not in late for step in flow.steps),
        hand_offs=len(hand_overs(flow).pairs),
        performers=distinct_performers(flow),
        documents=None if procedure.documents is None else len(procedure.documents),
        visits=visits(flow),
    )


def distinct_performers(flow: Flow) -> int:
    """Return how many different performers the steps of people have, the unknown left out."""
    doing = (performer_of(flow, step) for step in flow.steps if not step.automatic)
    return len({identity(who) for who in doing if who is not None})


def visits(flow: Flow) -> int | None:
    """Return how often the applicant has to come; ``None`` where no step says."""
    said = [step.applicant_visit for step in flow.steps if step.applicant_visit is not None]
    return sum(said) if said else None
