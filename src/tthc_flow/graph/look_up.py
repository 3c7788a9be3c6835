"""Where a case looks a document up that nobody hands in, and asks for it where that is in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.arms import passed_over
from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.rewrite import inserted_on
from tthc_flow.model.step import Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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

    Source: dominators; what comes first is told once for a flow.
    """
    passed, steps = dominators(flow), flow.steps
    at = passed.common(readers)
    if readers and at is None:
        return None
    receipts = _first_receipts(flow)
    found: list[tuple[int, Step, SequenceFlow]] = []
    over = at if at is None or at not in readers else passed.nearest.get(at)
    place = receipts.get(over)
    if place is not None:
        found.append((place, steps[place], flow.outgoing[steps[place].id][0]))
    step = None if at is None or at not in readers else flow.by_id[at]
    if isinstance(step, Step) and step.scope is None:
        into = [e for e in flow.incoming[step.id] if not passed.holds(step.id, e.source)]
        if len(into) == 1:
            found.append((_step_places(flow)[step.id], step, into[0]))
    if not found:
        return None
    _, step, edge = min(found, key=lambda each: each[0])
    return step, edge


@remembered
def _step_places(flow: Flow) -> Mapping[str, int]:
    return {step.id: place for place, step in enumerate(flow.steps)}


@remembered
def _first_receipts(flow: Flow) -> Mapping[str | None, int]:
    """Return, by element, the place of the first receipt with one way on that it surely follows.

    Itself counts; where no element is meant, any receipt.
    """
    passed = dominators(flow)
    own = {
        step.id: place
        for place, step in enumerate(flow.steps)
        if StepKind.RECEIVE in step.kinds
        and step.scope is None
        and len(flow.outgoing[step.id]) == 1
    }
    found: dict[str | None, int] = {None: min(own.values())} if own else {}
    for element in sorted(passed.ranges, key=lambda each: passed.ranges[each][0]):
        known = (own.get(element), found.get(passed.nearest.get(element, "")))
        places = [place for place in known if place is not None]
        if places:
            found[element] = min(places)
    return found


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
