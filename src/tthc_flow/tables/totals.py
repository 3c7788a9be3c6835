"""Does the table add up: the sum of its steps against the total it prints."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.measures.wording import time_words
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from tthc_flow.tables.notes import Notes
    from tthc_flow.tables.step_table import StepTable

IN_WORKING_HOURS: Final = {TimeUnit.WORKING_DAY: Fraction(8), TimeUnit.WORKING_HOUR: Fraction(1)}


def compare_total(table: StepTable, notes: Notes) -> None:
    """Report whether the counted step times of *table* add up to its printed total.

    Only what converts exactly is converted (8 working hours are a working day); other mixtures
    of units are reported and not compared.

    Source: 16 of 235 published tables do not add up to their own total.
    """
    if table.total_time.alternatives:
        limits = table.total_time.alternatives
        cases = "; ".join(f"{when}: {time_words(time)}" for when, time in limits)
        notes.warn("table-alternatives", cases=cases)
    counted = [row.time.duration for row in table.rows if row.time.counted]
    known = [duration for duration in counted if duration is not None]
    total = table.total_time.duration
    if total is None or not known:
        return
    sums = [_in(duration, total.unit) for duration in known]
    if any(part is None for part in sums):
        units = ", ".join(sorted({each.unit.value for each in (*known, total)}))
        notes.warn("table-units-mixed", units=units)
        return
    amount = sum((part for part in sums if part is not None), Fraction(0))
    computed = time_words(Duration(amount=amount, unit=total.unit))
    if len(known) < len(counted):
        notes.warn(
            "table-total-partial",
            computed=computed,
            printed=time_words(total),
            missing=str(len(counted) - len(known)),
        )
    elif amount == total.amount:
        notes.tell("table-total-agrees", computed=computed)
    else:
        notes.warn("table-total-differs", computed=computed, printed=time_words(total))


def _in(duration: Duration, unit: TimeUnit) -> Fraction | None:
    if duration.unit is unit:
        return duration.amount
    if duration.unit in IN_WORKING_HOURS and unit in IN_WORKING_HOURS:
        return duration.amount * IN_WORKING_HOURS[duration.unit] / IN_WORKING_HOURS[unit]
    return None
