"""Who signs in a step, and who still signs after an element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import view
from tthc_flow.model.actor import Role
from tthc_flow.model.step import Step, StepKind
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow

_ENOUGH: Final = 2
_OFFICE_OF: Final = key("văn phòng ")
_NAMED: Final = re.compile(r"^.*?(UBND|[UỦ][ỷỶyY] ban nhân dân)", re.IGNORECASE)
_SUBMITTING: Final = key("trình")


def signer_of(flow: Flow, step: Step) -> Performer | None:
    """Return who signs in *step*: its performer, or whom the printed row has sign besides.

    A row of a committee's office that checks a draft and "submits it for signature" holds the
    signature of the committee's leaders: they sign, not the officer who is printed beside it.

    Example:
        >>> from tthc_flow.model.actor import Performer
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.step import Step
        >>> office = Performer(name="Chuyên viên", office="Văn phòng UBND tỉnh", role=Role.OFFICER)
        >>> row = Step(id="a", name="Thẩm tra, trình Chủ tịch ký", performer=office,
        ...            kinds=(StepKind.REEXAMINE, StepKind.SIGN))
        >>> signer_of(Flow(id="p", nodes=(row,)), row).name
        'UBND tỉnh'

    Source: rows of the published tables (QĐ 2022/QĐ-UBND, QĐ 2031/QĐ-UBND Cao Bằng).
    """
    who = performer_of(flow, step)
    if who is None or who.office is None or StepKind.SIGN not in step.kinds:
        return who
    office = key(who.office)
    submits = f" {_SUBMITTING} " in f" {key(step.name)} "
    if not submits or not office.startswith(_OFFICE_OF) or not _NAMED.search(who.office):
        return who
    if any(later.id != step.id for later in later_signers(flow).get(step.id, ())):
        return who  # what it hands up is signed in a row of its own
    committee = _NAMED.sub("UBND", who.office, count=1)
    return evolve(who, name=committee, office=committee, role=Role.CHAIRPERSON)


@remembered
def signed_last(flow: Flow) -> Mapping[str, Step | None]:
    """Return, for what leads to each grant, the last step that surely signed before, or there.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
        >>> nodes = (Step(id="a", name="A", kinds=(StepKind.SIGN,)),
        ...          Event(id="e", position=EventPosition.END))
        >>> flow = Flow(id="p", nodes=nodes, edges=(SequenceFlow(id="f", source="a", target="e"),))
        >>> signed_last(flow)["a"].id
        'a'

    Source: dominators; once for a flow.
    """
    found: dict[str, Step | None] = {}
    for each in {edge.source for edge, _ in grants_of(flow)}:
        passed = map(flow.by_id.get, (each, *dominators(flow).above(each)))
        signing = (n for n in passed if isinstance(n, Step) and StepKind.SIGN in n.kinds)
        found[each] = next(signing, None)
    return found


@remembered
def later_signers(flow: Flow) -> Mapping[str, tuple[Step, ...]]:
    """Return, by element, signatures that it leads to, itself among them: one a body, at most two.

    Whoever asks whether another body signs later finds one among them if there is any.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B", kinds=(StepKind.SIGN,)))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> [step.id for step in later_signers(flow)["a"]]
        ['b']

    Source: breadth-first search backwards from each signature, which stops where two bodies are
        known; linear.
    """
    before = view(flow).before
    found: dict[str, dict[str | None, Step]] = {}
    for step in flow.steps:
        if StepKind.SIGN not in step.kinds:
            continue
        who = performer_of(flow, step)
        office = None if who is None else identity(who)[0]
        queue = [step.id]
        for here in queue:
            known = found.setdefault(here, {})
            if len(known) < _ENOUGH and office not in known:
                known[office] = step
                queue += before.get(here, ())
    return {element: tuple(known.values()) for element, known in found.items()}
