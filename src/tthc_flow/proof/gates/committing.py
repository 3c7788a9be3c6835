"""Who commits before a grant that is inspected afterwards: the one who applies for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.actor import Role
from tthc_flow.model.lever import Precondition, Verdict
from tthc_flow.model.procedure import ProcedureKind

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure


def somebody_commits(procedure: Procedure) -> Precondition:
    """Return whether an organisation or a person gets the result, and can commit to it.

    Between agencies nobody declares, is sampled and has a grant revoked: what is decided there is
    the state's own list, plan or opinion.

    Source: NQ 66/NQ-CP: declaration and commitment before, inspection after.
    """
    name = "somebody-commits"
    if procedure.kind is ProcedureKind.PUBLIC or _applies(procedure.flow):
        return Precondition(name=name, verdict=Verdict.PASS)
    because = (("internal", procedure.name or procedure.flow.id),)
    return Precondition(name=name, verdict=Verdict.FAIL, because=because)


@remembered
def _applies(flow: Flow) -> bool:
    performers = (performer_of(flow, step) for step in flow.steps)
    return any(who is not None and who.role is Role.APPLICANT for who in performers)
