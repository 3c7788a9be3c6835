"""The numbering that goes with a signature: which registry does it, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import follower, removable
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.rewrite import given_to, replaced
from tthc_flow.model.actor import Role
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.flow import Flow

NUMBERING: Final = "Lấy số, phát hành kết quả"
_STAMPING: Final = frozenset({StepKind.NUMBER_AND_STAMP, StepKind.ISSUE, StepKind.TRANSFER})


def stamped_twice(flow: Flow, signing: Step, lower: Step, between: Sequence[Step]) -> Step | None:
    """Return the higher registry's numbering after *signing*, where the lower one numbers too.

    Args:
        flow: The flow of all of them.
        signing: The higher signature.
        lower: The lower head's signature, before it.
        between: The handling between the two that is to go.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> step = Step(id="a", name="Ký")
        >>> stamped_twice(Flow(id="p", nodes=(step,)), step, step, ()) is None
        True

    Source: NĐ 30/2020/NĐ-CP: each agency's registry numbers what the agency issues.
    """
    stamp = follower(flow, signing)
    if stamp is None or not _by_another_office(flow, stamp, lower) or not removable(flow, stamp):
        return None
    step = follower(flow, lower)
    while step is not None and step.id != signing.id:
        if step not in between and numbers_for(flow, step, lower):
            return stamp
        step = follower(flow, step)
    return None


def numbers_for(flow: Flow, step: Step, head: Step) -> bool:
    """Return whether *step* is the numbering by the registry of the office that signs in *head*.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> stamp = Step(id="a", name="Đóng dấu", kinds=(StepKind.NUMBER_AND_STAMP,))
        >>> numbers_for(Flow(id="p", nodes=(stamp,)), stamp, stamp)
        True

    Source: see :func:`stamped_twice`.
    """
    return step.kind is StepKind.NUMBER_AND_STAMP and not _by_another_office(flow, step, head)


def _by_another_office(flow: Flow, stamp: Step, head: Step) -> bool:
    """Return whether *stamp* numbers, stamps or passes on, in a registry not of *head*'s office."""
    who, signer = performer_of(flow, stamp), performer_of(flow, head)
    if not stamp.kinds or not _STAMPING.issuperset(stamp.kinds) or who is None or signer is None:
        return False
    return who.role is not Role.ONE_STOP_SHOP and identity(who)[0] != identity(signer)[0]


def stamp_moved(flow: Flow, signing: Step, lower: Step) -> Flow:
    """Return *flow* with the numbering after *signing* done by the registry of *lower*'s office.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> step = Step(id="a", name="Ký")
        >>> flow = Flow(id="p", nodes=(step,))
        >>> stamp_moved(flow, step, step) is flow
        True

    Source: see :func:`stamped_twice`.
    """
    stamp, head = follower(flow, signing), performer_of(flow, lower)
    if stamp is None or head is None or not head.office:
        return flow
    if not _by_another_office(flow, stamp, lower):
        return flow
    registry = evolve(head, name=f"Văn thư {head.office}", role=Role.CLERICAL_OFFICE)
    return given_to(flow, stamp, registry)


def numbering_told(flow: Flow, decision: Step) -> Flow:
    """Return *flow* in which the numbering right after *decision* is told as that of the result.

    It was printed as that of a submission; the printed text stays as the full text.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> step = Step(id="a", name="Ký")
        >>> flow = Flow(id="p", nodes=(step,))
        >>> numbering_told(flow, step) is flow
        True

    Source: see :func:`stamped_twice`.
    """
    stamp = follower(flow, decision)
    if stamp is None or stamp.automatic or not _STAMPING.issuperset(stamp.kinds):
        return flow
    if stamp.kind is not StepKind.NUMBER_AND_STAMP:
        return flow
    printed = stamp.documentation or stamp.name
    return replaced(flow, evolve(stamp, name=NUMBERING, documentation=printed))
