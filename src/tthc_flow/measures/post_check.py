"""What a check costs before the grant, what of it is left afterwards, and whether a sample pays."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.remembered import remembered
from tthc_flow.measures.sampling import bearable_harm, break_even
from tthc_flow.model.procedure import CostItem, PostCheck, ProcedureKind
from tthc_flow.model.source import Quantity, Source
from tthc_flow.model.step import StepKind
from tthc_flow.units import MINUTES_OF_HOUR, MINUTES_OF_WORKING_DAY, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.measures.sampling import BreakEven
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import ApplicantWork, Procedure
    from tthc_flow.model.step import Step

PROPOSED: Final = Source(document="Phương án hậu kiểm")
"""Where a sample comes from that a proposal sets and nobody has decreed yet."""

_HOURS: Final = {
    TimeUnit.WORKING_HOUR: Fraction(1),
    TimeUnit.HOUR: Fraction(1),
    TimeUnit.WORKING_DAY: MINUTES_OF_WORKING_DAY / MINUTES_OF_HOUR,
}


def put_off(procedure: Procedure, step: Step, share: Fraction | None) -> Procedure:
    """Return *procedure* with the cost of checking in *step* moved to a sample after the grant.

    Of a procedure for people, what a check costs are the rows of the cost sheet that serve the
    inspection: they move, where no other inspection is left that they may belong to. Between or
    within agencies it is the officers' own hours. A sample that the procedure already states is
    kept; what is not known stays unknown, and so does the cost "after".

    Args:
        procedure: Before the check is put off.
        step: The check.
        share: The share to be checked afterwards, where it is one for all.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import ApplicantWork, Procedure
        >>> from tthc_flow.model.step import Step
        >>> row = ApplicantWork(item=CostItem.INSPECTION, name="Đón đoàn", hours=Quantity(value=4))
        >>> visit = Step(id="a", name="A", kinds=(StepKind.INSPECT,))
        >>> given = Procedure(flow=Flow(id="p", nodes=(visit,)), work=(row,))
        >>> after = put_off(given, visit, Fraction(1, 5))
        >>> after.work, after.post_check.hours.value
        ((), Fraction(4, 1))

    Source: TT 02/2017/TT-VPCP Điều 27: work of the applicant; the sample is paid for "after".
    """
    stated = procedure.post_check
    if stated is not None and stated.share.source != PROPOSED:
        if share is None or share == stated.share.value:
            return procedure
        return evolve(procedure, post_check=evolve(stated, share=_proposed(share)))
    if procedure.kind is not ProcedureKind.PUBLIC:
        hours = None if stated is not None else _officers_hours(step)
        return evolve(procedure, post_check=_sampled(share, hours, None))
    rows = _inspection_rows(procedure, step)
    if not rows:
        return evolve(procedure, post_check=None)
    left = tuple(row for row in procedure.work if row not in rows)
    check = _sampled(share, *_summed(rows))
    return (
        evolve(procedure, post_check=check)
        if check is None
        else evolve(procedure, work=left, post_check=check)
    )


@frozen(kw_only=True)
class Weighed:
    """Where a sample begins to pay: *even*, or ``None`` with what is *missing* for it.

    *before* and *after* are what one check costs, *rejected* the share that it stops, *harm* what
    one wrong grant costs: what went in, as far as it is known. *missing* are among ``cost``,
    ``rejected`` and ``harm``. *borne* is how much a wrong grant may cost at the stated share,
    where nobody has said how much it does.
    """

    even: BreakEven | None
    before: Fraction | None = None
    after: Fraction | None = None
    rejected: Fraction | None = None
    harm: Quantity | None = None
    missing: tuple[str, ...] = ()
    borne: Fraction | None = None


def weighed(procedure: Procedure, step: Step, share: Fraction | None) -> Weighed:
    """Return where a sample after the grant begins to cost less than *step* before it.

    Args:
        procedure: Its cost sheet, stated sample and hourly income are read.
        step: The check; how many it rejects is counted in it, and what a wrong grant costs stated.
        share: The share that is inspected afterwards, where it is one for all.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> weighed(Procedure(flow=Flow(id="p")), Step(id="a", name="A"), None).missing
        ('cost', 'rejected')

    Source: see :mod:`tthc_flow.measures.sampling`.
    """
    before, after = _cost_before(procedure, step), _cost_after(procedure, step)
    rejected = None
    if step.checked and step.rejected is not None:
        rejected = Fraction(step.rejected, step.checked)
    harm = None if step.harm is None else step.harm.amount
    even = break_even(before, after, rejected, None if harm is None else harm.value)
    lacking = {
        "cost": None in {before, after},
        "rejected": rejected is None,
        "harm": bool(rejected) and harm is None,
    }
    return Weighed(
        even=even,
        before=before,
        after=after,
        rejected=rejected,
        harm=harm,
        missing=tuple(name for name, lacks in lacking.items() if lacks) if even is None else (),
        borne=bearable_harm(before, after, rejected, share) if harm is None else None,
    )


def _sampled(
    share: Fraction | None, hours: Fraction | None, service: Fraction | None
) -> PostCheck | None:
    if share is None or hours is None:
        return None
    paid = None if service is None else Quantity(value=service)
    return PostCheck(share=_proposed(share), hours=Quantity(value=hours), service=paid)


def _proposed(share: Fraction) -> Quantity:
    return Quantity(value=share, source=PROPOSED)


def _inspection_rows(procedure: Procedure, step: Step) -> tuple[ApplicantWork, ...]:
    """Return the rows of the cost sheet that serve the inspection *step*, if they are its own."""
    if _inspections(procedure.flow) != (step.id,):
        return ()
    return tuple(row for row in procedure.work if row.item is CostItem.INSPECTION)


@remembered
def _inspections(flow: Flow) -> tuple[str, ...]:
    """Return the inspections of *flow* before the grant, in file order."""
    return tuple(step.id for step in flow.steps if StepKind.INSPECT in step.kinds)


def _summed(rows: tuple[ApplicantWork, ...]) -> tuple[Fraction | None, Fraction | None]:
    """Return the hours and the paid amounts of *rows*; no hours where a row says nothing at all.

    In a row with some amount the amounts left out are not incurred.
    """
    hours = paid = Fraction(0)
    for row in rows:
        amounts = [each.value for each in (row.service, row.other) if each is not None]
        if row.hours is None and not amounts:
            return None, None
        hours += Fraction(0) if row.hours is None else row.hours.value
        paid += sum(amounts, Fraction(0))
    return hours, paid or None


def _officers_hours(step: Step) -> Fraction | None:
    """Return the hours of work that *step* takes, where its unit has a fixed length."""
    if step.work is None or step.work.unit not in _HOURS:
        return None
    return step.work.amount * _HOURS[step.work.unit]


def _cost_before(procedure: Procedure, step: Step) -> Fraction | None:
    """Return what one check before the grant costs, in đồng."""
    if procedure.kind is not ProcedureKind.PUBLIC:
        return _priced(procedure, _officers_hours(step), None)
    rows = _inspection_rows(procedure, step)
    return _priced(procedure, *_summed(rows)) if rows else None


def _cost_after(procedure: Procedure, step: Step) -> Fraction | None:
    """Return what one check after the grant costs: as stated, else the same check as before."""
    stated = procedure.post_check
    if stated is None:
        return _cost_before(procedure, step)
    paid = None if stated.service is None else stated.service.value
    return _priced(procedure, stated.hours.value, paid)


def _priced(procedure: Procedure, hours: Fraction | None, paid: Fraction | None) -> Fraction | None:
    income = procedure.volume.hourly_income
    if hours is None or (hours and income is None):
        return None
    return hours * (Fraction(0) if income is None else income.value) + (paid or Fraction(0))
