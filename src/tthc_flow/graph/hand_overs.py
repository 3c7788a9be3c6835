"""Where a dossier passes from one performer to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.paths import next_in_time
from tthc_flow.graph.performers import hands
from tthc_flow.graph.remembered import remembered

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step


@frozen(kw_only=True)
class HandOvers:
    """The pairs of steps between which the dossier changes hands, and the undecided pairs."""

    pairs: tuple[tuple[Step, Step], ...]
    unknown: tuple[tuple[Step, Step], ...]


@remembered
def hand_overs(flow: Flow) -> HandOvers:
    """Return the pairs of directly following steps with different performers, before the grant.

    What lies outside the applicant's time passes no dossier: it waits for its result no more.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> a = Step(id="a", name="A", performer=Performer(name="Văn thư"))
        >>> b = Step(id="b", name="B", performer=Performer(name="Lãnh đạo Sở"))
        >>> edge = SequenceFlow(id="f", source="a", target="b")
        >>> len(hand_overs(Flow(id="p", nodes=(a, b), edges=(edge,))).pairs)
        1

    Source: hand-off counting of this project; two performers of one office and role are one.
    """
    pairs, unknown = [], []
    who = hands(flow)
    for one, other in next_in_time(flow):
        first, second = who[one.id], who[other.id]
        if first is None or second is None:
            unknown.append((one, other))
        elif first != second:
            pairs.append((one, other))
    return HandOvers(pairs=tuple(pairs), unknown=tuple(unknown))
