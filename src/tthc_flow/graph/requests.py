"""A consultation as it is drawn: the request, its signing and sending, and the wait for the answer.

Source: domain rule of this project: "consult, then wait" is two rows and more of a printed table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.flow import Gateway
from tthc_flow.model.step import HANDLING_KINDS, Step, StepKind

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow

ANSWERING: Final = frozenset({StepKind.OPINION, StepKind.CONSULT})
"""What a row of an answer may be: the opinion, with its request where both are one row."""

ASKING: Final = frozenset({StepKind.CONSULT, StepKind.DRAFT})
"""What a row of a request may be: asking, and drafting the letter."""

PASSING_ON: Final = HANDLING_KINDS - {StepKind.RETURN}
"""What may stand between a request and its answer: signing, stamping, sending the letter."""


def answers(step: Step) -> bool:
    """Return whether *step* is an opinion given, and no other work.

    Example:
        >>> answers(Step(id="a", name="A", kinds=(StepKind.OPINION, StepKind.CONSULT)))
        True
        >>> answers(Step(id="a", name="A", kinds=(StepKind.CONSULT,)))
        False

    Source: domain rule of this project; kinds as the table reads them.
    """
    return StepKind.OPINION in step.kinds and ANSWERING.issuperset(step.kinds)


def asks(step: Step) -> bool:
    """Return whether *step* asks for an opinion that another row gives, and does no other work.

    Example:
        >>> asks(Step(id="a", name="A", kinds=(StepKind.CONSULT, StepKind.DRAFT)))
        True

    Source: domain rule of this project; kinds as the table reads them.
    """
    return StepKind.CONSULT in step.kinds and ASKING.issuperset(step.kinds)


def passes_on(step: Step) -> bool:
    """Return whether *step* only signs, stamps, sends or receives what others wrote.

    Example:
        >>> passes_on(Step(id="a", name="A", kinds=(StepKind.SIGN,)))
        True

    Source: domain rule of this project; kinds as the table reads them.
    """
    return bool(step.kinds) and PASSING_ON.issuperset(step.kinds)


def request_before(flow: Flow, node: str) -> tuple[Step, ...]:
    """Return the steps that only prepare, sign and send the request that *node* waits for.

    They follow one another directly, and *node* follows them; empty where there is none. Linear
    in the row.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A", kinds=(StepKind.CONSULT,)),
        ...          Step(id="b", name="B", kinds=(StepKind.OPINION,)))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> [step.id for step in request_before(flow, "b")]
        ['a']

    Source: domain rule of this project: the request goes with its answer.
    """
    row: list[Step] = []
    step = _directly_before(flow, node)
    while step is not None:
        if asks(step):
            return (step, *reversed(row))
        if not passes_on(step) or step in row:
            return ()
        row.append(step)
        step = _directly_before(flow, step.id)
    return ()


def is_answered(flow: Flow, ask: Step) -> bool:
    """Return whether a later step of its own is the answer to *ask*, with only handling between.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> is_answered(Flow(id="p", nodes=(Step(id="a", name="A"),)), Step(id="a", name="A"))
        False

    Source: domain rule of this project; linear in the handling that follows.
    """
    seen, queue = {ask.id}, [ask.id]
    while queue:
        for edge in flow.outgoing[queue.pop()]:
            node = flow.by_id.get(edge.target)
            if node is None or node.id in seen:
                continue
            seen.add(node.id)
            if isinstance(node, Step):
                if StepKind.OPINION in node.kinds:
                    return True
                if not node.kinds or not HANDLING_KINDS.issuperset(node.kinds):
                    continue
            queue.append(node.id)
    return False


def answers_superior(flow: Flow, answer: Step) -> bool:
    """Return whether *answer* may be what a superior was asked for, with only handling between.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A", kinds=(StepKind.ASK_SUPERIOR,)), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> answers_superior(flow, steps[1])
        True

    Source: domain rule of this project; linear in the handling that comes before.
    """
    seen, queue = {answer.id}, [answer.id]
    while queue:
        for edge in flow.incoming[queue.pop()]:
            node = flow.by_id.get(edge.source)
            if node is None or node.id in seen:
                continue
            seen.add(node.id)
            if isinstance(node, Step) and StepKind.ASK_SUPERIOR in node.kinds:
                return True
            if isinstance(node, Gateway) or (isinstance(node, Step) and passes_on(node)):
                queue.append(node.id)
    return False


def _directly_before(flow: Flow, node: str) -> Step | None:
    """Return the step that leads to *node* and to nothing else, by the only way into it."""
    edges = flow.incoming[node]
    before = flow.by_id.get(edges[0].source) if len(edges) == 1 else None
    alone = isinstance(before, Step) and len(flow.outgoing[before.id]) == 1
    return before if alone and isinstance(before, Step) else None
