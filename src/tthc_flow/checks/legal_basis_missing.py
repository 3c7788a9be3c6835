"""Steps without a legal basis (bước chưa ghi căn cứ pháp lý).

Finds: how many steps name the text that demands them, where not all do.
Matters: who may change a step follows from the rank of its basis; without one it stays open.
Not when: the applicant or a machine does the step.
Source: domain rule of this project: "no basis" may only mean that nobody typed one in.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tthc_flow.checks._check import Check, about
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.actor import Role
from tthc_flow.model.finding import Severity
from tthc_flow.words.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step
    from tthc_flow.units import Convention


def find(procedure: Procedure, _convention: Convention) -> Iterator[Finding]:
    """Yield one finding with the share of steps that have a basis."""
    steps = [step for step in procedure.flow.steps if _of_the_agency(procedure.flow, step)]
    based = sum(bool(step.legal_basis) for step in steps)
    if based < len(steps):
        yield about(
            CHECK.code,
            CHECK.severity,
            count=str(len(steps) - based),
            all=str(len(steps)),
            share=percent(Fraction(based, len(steps))),
        )


def _of_the_agency(flow: Flow, step: Step) -> bool:
    performer = performer_of(flow, step)
    return not step.automatic and (performer is None or performer.role is not Role.APPLICANT)


CHECK: Final = Check(id="legal_basis_missing", severity=Severity.INFO, find=find)
