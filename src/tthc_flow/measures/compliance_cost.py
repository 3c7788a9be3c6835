"""Compliance cost (chi phí tuân thủ) by two named methods that are never mixed.

``tt02_2017`` is the official one: what the applicant must do and pay. ``processing_time`` is what
provinces also print: processing days × 8 hours × hourly income × dossiers. Shortening an agency's
step saves days but no đồng by the first method.

Source: TT 02/2017/TT-VPCP Điều 27; QĐ 2816/QĐ-UBND Đồng Nai 20/11/2025 for the second.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.measures.aggregate import cut
from tthc_flow.model.procedure import CostMethod
from tthc_flow.model.step import StepKind
from tthc_flow.units import MINUTES_OF_HOUR, Dong, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.procedure import ApplicantWork, CostItem, PostCheck, Procedure
    from tthc_flow.model.source import Quantity


@frozen(kw_only=True)
class CostInput:
    """A number that went into a cost, with its evidence and source."""

    name: str
    quantity: Quantity


@frozen(kw_only=True)
class CostRow:
    """A row of the cost sheet and what it costs once; ``None`` where an input is missing."""

    item: CostItem
    name: str
    cost: Dong | None


@frozen(kw_only=True)
class Cost:
    """A compliance cost: of one dossier and of a year; ``None`` where *missing* names an input.

    *post_check* is the yearly cost of checking a sample after the grant; *yearly* includes it.
    """

    method: CostMethod
    once: Dong | None
    yearly: Dong | None
    post_check: Dong | None = None
    rows: tuple[CostRow, ...] = ()
    inputs: tuple[CostInput, ...] = ()
    missing: tuple[str, ...] = ()


@frozen(kw_only=True)
class Benefit:
    """What a change saves a year and its share of before; ``None`` where a side is unknown.

    *unlike* names inputs of both sides whose kind of evidence differs (or, for the hourly
    income, whose value does): there like is not compared with like.
    """

    method: CostMethod
    saved: Dong | None
    rate: Fraction | None
    missing: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


def tt02_2017(procedure: Procedure, income: Quantity | None = None) -> Cost:
    """Return the compliance cost by the official formula.

    C1 = Σ (hours × hourly income + hired service + other cost); C_year = C1 × times a year ×
    complying subjects; the sampled check after the grant is added. In a row with some amount
    the amounts left out are not incurred; a row without any is missing.

    Args:
        procedure: Its ``work``, ``volume`` and ``post_check`` are read.
        income: Average income per working hour (TNBQ), with its year and source; by default
            that of the procedure's volume. There is no silent default.

    Returns:
        The cost, or ``None`` with the names of the missing inputs.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> tt02_2017(Procedure(flow=Flow(id="p"))).missing
        ('work', 'subjects', 'times')

    Source: TT 02/2017/TT-VPCP Điều 27.
    """
    volume = procedure.volume
    income = volume.hourly_income if income is None else income
    rows = tuple(_row(row, income) for row in procedure.work)
    check = _counted_check(procedure)
    post_check = _post_check(check, income)
    missing = [] if rows else ["work"]
    missing += [f"work:{row.name}" for row in procedure.work if not _stated(row)]
    hours = any(row.hours is not None for row in procedure.work) or check is not None
    if hours and income is None:
        missing.append("hourly_income")
    if procedure.post_check is None and _inspected_afterwards(procedure):
        missing.append("post_check")
    missing += [
        name
        for name, quantity in (("subjects", volume.subjects), ("times", volume.times))
        if quantity is None
    ]
    costs = [row.cost for row in rows]
    once = _sum(costs) if rows else None
    checked = yearly = None
    if volume.subjects is not None and volume.times is not None:
        cases = volume.subjects.value * volume.times.value
        checked = None if post_check is None else post_check * cases
        if once is not None and not missing:
            yearly = once * cases if checked is None else once * cases + checked
    return Cost(
        method=CostMethod.TT02_2017,
        once=once,
        yearly=yearly,
        post_check=checked,
        rows=rows,
        inputs=_inputs_of(procedure, income, check),
        missing=tuple(missing),
    )


def processing_time(
    time: WorkTime | None, dossiers: Quantity | None, income: Quantity | None
) -> Cost:
    """Return the cost that provinces print: days × 8 × hourly income × dossiers a year.

    Args:
        time: The processing time; ``None`` where it is unknown.
        dossiers: Dossiers a year.
        income: Average income per working hour (TNBQ), with its year and source.

    Returns:
        The cost, or ``None`` with the names of the missing inputs.

    Example:
        >>> from tthc_flow.model.source import Quantity
        >>> ten_days = WorkTime(4800)
        >>> processing_time(ten_days, Quantity(value=10), Quantity(value=40_000)).yearly
        Dong(amount=Fraction(32000000, 1))

    Source: QĐ 2816/QĐ-UBND Đồng Nai, 20/11/2025.
    """
    once = None
    if time is not None and income is not None:
        once = Dong(time.minutes / MINUTES_OF_HOUR * income.value)
    given = (("dossiers", dossiers), ("hourly_income", income))
    missing = [] if time is not None else ["time"]
    missing += [name for name, quantity in given if quantity is None]
    return Cost(
        method=CostMethod.PROCESSING_TIME,
        once=once,
        yearly=None if once is None or dossiers is None else once * dossiers.value,
        inputs=_inputs(given),
        missing=tuple(missing),
    )


def benefit(before: Cost, after: Cost) -> Benefit:
    """Return what *after* saves against *before*, both by one method.

    Raises:
        BadQuantity: TF104 where the two costs were made by different methods.

    Example:
        >>> from tthc_flow.model.source import Quantity
        >>> ten, rate = Quantity(value=10), Quantity(value=40_000)
        >>> before = processing_time(WorkTime(4800), ten, rate)
        >>> benefit(before, processing_time(WorkTime(4320), ten, rate)).rate
        Fraction(1, 10)

    Source: TT 02/2017/TT-VPCP Điều 27: benefit = before − after; rate = benefit / before.
    """
    if before.method is not after.method:
        raise BadQuantity.methods_mixed(before.method, after.method)
    saved = rate = None
    if before.yearly is not None and after.yearly is not None:
        saved = before.yearly - after.yearly
        rate = cut(before.yearly.amount, after.yearly.amount)
    return Benefit(
        method=before.method,
        saved=saved,
        rate=rate,
        missing=tuple(dict.fromkeys((*before.missing, *after.missing))),
        unlike=_unlike(before, after),
    )


def _stated(row: ApplicantWork) -> bool:
    return not (row.hours is None and row.service is None and row.other is None)


def _row(row: ApplicantWork, income: Quantity | None) -> CostRow:
    cost: Dong | None = None
    if _stated(row) and (row.hours is None or income is not None):
        cost = _once(row.hours, income) + _dong(row.service) + _dong(row.other)
    return CostRow(item=row.item, name=row.name, cost=cost)


def _once(hours: Quantity | None, income: Quantity | None) -> Dong:
    return Dong(0) if hours is None or income is None else Dong(hours.value * income.value)


def _dong(quantity: Quantity | None) -> Dong:
    return Dong(0) if quantity is None else Dong(quantity.value)


def _sum(costs: Iterable[Dong | None]) -> Dong | None:
    total = Dong(0)
    for cost in costs:
        if cost is None:
            return None
        total += cost
    return total


def _post_check(check: PostCheck | None, income: Quantity | None) -> Dong | None:
    """Return what sampling costs for one case: share × (hours × income + service)."""
    if check is None or income is None:
        return None
    return (_once(check.hours, income) + _dong(check.service)) * check.share.value


def _counted_check(procedure: Procedure) -> PostCheck | None:
    """Return the stated post-check where it is done: not while the inspection still comes first.

    It counts where the flow holds a post-inspection, and where no inspection is left before the
    grant that it could stand for.
    """
    if procedure.post_check is None:
        return None
    beforehand = any(StepKind.INSPECT in step.kinds for step in procedure.flow.steps)
    return None if beforehand and not _inspected_afterwards(procedure) else procedure.post_check


def _inspected_afterwards(procedure: Procedure) -> bool:
    """Return whether the flow holds an inspection after the grant (hậu kiểm)."""
    flow = procedure.flow
    return bool(scopes_outside_clock(flow)) or any(
        StepKind.POST_INSPECT in step.kinds for step in flow.steps
    )


def _inputs(given: Iterable[tuple[str, Quantity | None]]) -> tuple[CostInput, ...]:
    return tuple(
        CostInput(name=name, quantity=quantity) for name, quantity in given if quantity is not None
    )


def _inputs_of(
    procedure: Procedure, income: Quantity | None, check: PostCheck | None
) -> tuple[CostInput, ...]:
    given = [
        (f"{part}:{row.name}", quantity)
        for row in procedure.work
        for part, quantity in (("hours", row.hours), ("service", row.service), ("other", row.other))
    ]
    given += [
        ("subjects", procedure.volume.subjects),
        ("times", procedure.volume.times),
        ("hourly_income", income),
    ]
    if check is not None:
        given += [("post_check_share", check.share), ("post_check_hours", check.hours)]
        given.append(("post_check_service", check.service))
    return _inputs(given)


def _unlike(before: Cost, after: Cost) -> tuple[str, ...]:
    earlier = {each.name: each.quantity for each in before.inputs}
    unlike: list[str] = []
    for each in after.inputs:
        one = earlier.get(each.name)
        if one is None:
            continue
        same_value = each.name != "hourly_income" or one.value == each.quantity.value
        if one.evidence is not each.quantity.evidence or not same_value:
            unlike.append(each.name)
    return tuple(unlike)
