"""Where a case looks a document up that nobody hands in, and asks for it where that is in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.rewrite import inserted_on
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from tthc_flow.model.flow import Flow, SequenceFlow


def before_readers(flow: Flow, readers: Collection[str]) -> tuple[Step, SequenceFlow] | None:
    """Return the step that has the dossier first, and the flow on which a look-up is in time.

    That is the first receipt or reader which every case comes past before any of *readers*: the
    look-up stands after a receipt, and before what itself reads. ``None`` where there is no such
    place in the process itself.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A", kinds=(StepKind.RECEIVE,)), Step(id="b", name="B"))
        >>> flow = Flow(id="p", nodes=steps, edges=(SequenceFlow(id="f", source="a", target="b"),))
        >>> before_readers(flow, ("b",))[1].id
        'f'

    Source: dominators; linear.
    """
    passed = dominators(flow)
    for step in flow.steps:
        first = StepKind.RECEIVE in step.kinds or step.id in readers
        if not first or step.scope is not None:
            continue
        if not all(passed.holds(step.id, reader) for reader in readers):
            continue
        edges = flow.outgoing[step.id]
        if step.id in readers:
            edges = tuple(e for e in flow.incoming[step.id] if not passed.holds(step.id, e.source))
        if len(edges) == 1:
            return step, edges[0]
    return None


def looked_up_on(
    flow: Flow,
    edge: SequenceFlow,
    look_up: Step,
    ask: Step,
    words: tuple[str, tuple[str, str]],
) -> Flow:
    """Return *flow* with *look_up* on *edge*, and *ask* behind it for where it gets no answer.

    *words* are the question at the decision and its two answers, as in
    :func:`~tthc_flow.graph.arms.passed_over`.

    Example:
        >>> from tthc_flow.model.flow import Flow, SequenceFlow
        >>> steps = (Step(id="a", name="A"), Step(id="b", name="B"))
        >>> edge = SequenceFlow(id="f", source="a", target="b")
        >>> after = looked_up_on(
        ...     Flow(id="p", nodes=steps, edges=(edge,)), edge, Step(id="look", name="Tra cứu"),
        ...     Step(id="ask", name="Yêu cầu bổ sung"), ("Có dữ liệu?", ("Có", "Không")))
        >>> [each.target for each in after.outgoing["a"]]
        ['look']

    Source: domain rule of this project: a database may be silent, the applicant is asked then.
    """
    question, answers = words
    return passed_over(inserted_on(flow, edge, ask), ask, look_up, question, answers)
