"""What the state of a project comes to: the procedure read, and the proposal, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.bpmn.read import Reading, read
from tthc_flow.errors import TthcFlowError
from tthc_flow.graph.remembered import remembered
from tthc_flow.levers import ALL
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Procedure
from tthc_flow.plan.replay import known_candidates
from tthc_flow.tables.answers_out import answers_text
from tthc_flow.verbs.answering import answered
from tthc_flow.verbs.opening import picked
from tthc_flow.verbs.propose import Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.lever import Candidate
    from tthc_flow.projects.project import State


@frozen(kw_only=True)
class Outlook:
    """The file read with its answers, the procedure that is meant, and what is proposed for it.

    Where nothing can be proposed, *proposal* is ``None`` and *refusal* says why.
    """

    reading: Reading
    procedure: Procedure
    proposal: Proposal | None
    refusal: TthcFlowError | None

    @property
    def candidates(self) -> Mapping[str, Candidate]:
        """Return the candidates by their ids; where nothing can be proposed, those on offer."""
        if self.proposal is not None:
            return known_candidates(self.proposal.plan)
        found = (each for lever in ALL for each in lever.find(self.procedure))
        return {each.id: each for each in found if each.verdict is not Verdict.FAIL}


@remembered
def outlook(state: State) -> Outlook:
    """Return what *state* comes to; worked out once for each of the last few states.

    Raises:
        UnreadableInput: TF2xx where its file cannot be read or has no such process.

    Example:
        >>> from tthc_flow.projects.project import State
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><startEvent id="s"/><task id="A" name="Ky"/>
        ... <sequenceFlow id="f" sourceRef="s" targetRef="A"/>
        ... <sequenceFlow id="g" sourceRef="A" targetRef="A"/></process></definitions>'''
        >>> outlook(State(bpmn=text, process="P")).refusal.code
        'TF310'

    Source: ``verbs.propose``.
    """
    reading = answered(read(state.bpmn), answers_text(state.answers).encode())
    procedure = picked(reading, state.process)
    try:
        proposal = propose(
            reading, targets=state.targets, process=state.process, rulings=state.rulings
        )
    except TthcFlowError as error:
        return Outlook(reading=reading, procedure=procedure, proposal=None, refusal=error)
    return Outlook(reading=reading, procedure=procedure, proposal=proposal, refusal=None)
