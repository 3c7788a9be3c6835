"""Checks: is this drawing fit for analysis? One file each; none knows another; findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.checks import (
    answers_doubtful,
    dead_end,
    decision_without_outcomes,
    district_level,
    duplicate_step_number,
    legal_basis_missing,
    loop_without_exit,
    name_missing,
    no_end,
    no_start,
    norm_time_over_limit,
    performer_missing,
    step_unclassified,
    time_missing,
    total_disagrees,
    units_mixed,
    unreachable,
    unsound,
)
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

ALL: Final = (
    unsound.CHECK,
    loop_without_exit.CHECK,
    no_start.CHECK,
    no_end.CHECK,
    unreachable.CHECK,
    dead_end.CHECK,
    decision_without_outcomes.CHECK,
    norm_time_over_limit.CHECK,
    total_disagrees.CHECK,
    time_missing.CHECK,
    units_mixed.CHECK,
    district_level.CHECK,
    performer_missing.CHECK,
    name_missing.CHECK,
    step_unclassified.CHECK,
    legal_basis_missing.CHECK,
    duplicate_step_number.CHECK,
    answers_doubtful.CHECK,
)
"""Every check, in report order."""


def check(procedure: Procedure, convention: Convention = DEFAULT_CONVENTION) -> tuple[Finding, ...]:
    """Return the findings of every check about *procedure*, all at once, in report order.

    Args:
        procedure: As read; nothing is changed.
        convention: How printed times become working minutes.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> [finding.code for finding in check(Procedure(flow=Flow(id="p")))]
        ['check-no-start', 'check-no-end']

    Source: one page a check under ``docs/checks``.
    """
    return tuple(finding for each in ALL for finding in each.find(procedure, convention))
