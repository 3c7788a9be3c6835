"""Who still signs after an element: one step each of two bodies is enough to know of any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.view import view
from tthc_flow.model.step import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.step import Step

_ENOUGH: Final = 2


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
