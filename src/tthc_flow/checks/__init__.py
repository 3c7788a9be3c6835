"""Checks: is this drawing fit for analysis? One file each; none knows another; findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.checks import (
    answers_doubtful,
    answers_stale,
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
from tthc_flow.proof.collaboration import groups
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    answers_stale.CHECK,
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


def check_together(
    procedures: Sequence[Procedure], convention: Convention = DEFAULT_CONVENTION
) -> tuple[Finding, ...]:
    """Return the findings about all procedures of one file, in their order.

    Pools that exchange messages are judged together: whether they work is told once, with the
    first of them. A finding about a whole procedure names it where there are several.

    Args:
        procedures: All that were read from one file; nothing is changed.
        convention: How printed times become working minutes.

    Example:
        >>> check_together(())
        ()

    Source: one page a check under ``docs/checks``.
    """
    tied = [group for group in groups(procedures) if group.messages]
    members = [procedure for group in tied for procedure in group.procedures]
    found: list[Finding] = []
    for procedure in procedures:
        if not any(procedure is member for member in members):
            found += _named(check(procedure, convention), procedure, procedures)
            continue
        for group in tied:
            if procedure is group.procedures[0]:
                found += unsound.find_together(group)
        for each in ALL:
            if each is not unsound.CHECK:
                found += _named(each.find(procedure, convention), procedure, procedures)
    return tuple(found)


def _named(
    found: Iterable[Finding], procedure: Procedure, among: Sequence[Procedure]
) -> Iterator[Finding]:
    name = procedure.name or procedure.flow.name or procedure.flow.id
    for each in found:
        whole = each.element is None and each.name is None and len(among) > 1
        yield evolve(each, name=name) if whole else each
