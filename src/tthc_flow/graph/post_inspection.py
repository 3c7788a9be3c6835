"""The sub-process after the grant: wait for its date, take a sample, inspect, follow up.

What is found keeps the result, asks for correction, suspends or revokes it; who was asked to
correct, or was suspended, is looked at again. All of it lies outside the applicant's time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from tthc_flow.graph.redone import redone
from tthc_flow.graph.rewrite import fresh_id
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Gateway,
    GatewayKind,
    Outcome,
    SequenceFlow,
    SubProcess,
    Timer,
    TimerKind,
    Trigger,
)
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import FieldKind, FormField, Step, StepKind, StepTime, TaskType

if TYPE_CHECKING:
    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow, Node

DRAWN: Final = "số rút thăm"
"""The number from 0 to 1 that a dossier draws; it is inspected where that is below the share."""

CLASS: Final = "mức rủi ro"
"""The risk class of a dossier, by which shares are fixed."""

SHARE_OF_CLASS: Final = "tỷ lệ theo mức rủi ro"
"""The share to inspect of the dossier's own risk class, where nobody has fixed any."""

DATE: Final = "ngày hậu kiểm"
"""The date from which a dossier is inspected, where nobody has fixed a wait."""

RESULT: Final = "kết quả hậu kiểm"
FIXED: Final = "kết quả khắc phục"
_RESULTS: Final = {
    "Keep": "giữ nguyên",
    "Correct": "yêu cầu khắc phục",
    "Suspend": "đình chỉ",
    "Revoke": "thu hồi",
}
_DONE, _NOT_DONE = "đã khắc phục", "chưa khắc phục"


_BOX, _INSPECTION = "PostInspection_", "_Inspect"
_ASKED: Final = Timer(kind=TimerKind.DATE, text=DATE)


@frozen(kw_only=True)
class Terms:
    """How a post-inspection is done; what is ``None`` is still to be fixed, and asked as data.

    *sample* is the condition by which a dossier is inspected; *subject* the one by which it is of
    those that were inspected before (empty: all are; ``None``: people say). *decider* is who may
    suspend and revoke, in *lane*.
    """

    sample: str = f"{DRAWN} < {SHARE_OF_CLASS}"
    subject: str | None = ""
    time: StepTime = StepTime()
    timer: Timer | None = _ASKED
    decider: Performer | None = None
    lane: str | None = None


def inspected_after(flow: Flow, edge: SequenceFlow, step: Step, terms: Terms) -> Flow:
    """Return *flow* with the post-inspection that *step* was put off to, on *edge*.

    The wait, the sample and what follows from the result are conditions and times that an engine
    can run; what the terms leave open it asks for.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> ends = (Event(id="s", position=EventPosition.START),
        ...         Event(id="e", position=EventPosition.END))
        >>> edge = SequenceFlow(id="f", source="s", target="e")
        >>> after = inspected_after(Flow(id="p", nodes=ends, edges=(edge,)), edge,
        ...                         Step(id="visit", name="Kiểm tra"), Terms())
        >>> [each.target for each in after.outgoing["s"]]
        ['PostInspection_visit']

    Source: NQ 68-NQ/TW, NQ 66/NQ-CP: allowed with stronger control afterwards.
    """
    box = SubProcess(
        id=fresh_id(flow, f"{_BOX}{step.id}"),
        name="Hậu kiểm sau khi cấp",
        scope=edge.scope,
        lane=step.lane,
        outside_clock=True,
    )
    onward = SequenceFlow(
        id=fresh_id(flow, f"Flow_{box.id}"), source=box.id, target=edge.target, scope=edge.scope
    )
    led = (evolve(edge, target=box.id), onward)
    return redone(
        flow,
        {},
        dict.fromkeys(edge_spots(flow)[edge.id], led),
        (box, *_nodes(box, step, terms)),
        _edges(box.id, terms),
    )


def inspection_of(element: str) -> str | None:
    """Return the id of the step that the post-inspection *element* was put off from, by its own id.

    A second one of the same step has a number behind it; ``None`` where the id tells nothing.

    Example:
        >>> inspection_of("PostInspection_visit_Inspect")
        'visit'

    Source: ids given by :func:`inspected_after`.
    """
    if not (element.startswith(_BOX) and element.endswith(_INSPECTION)):
        return None
    return element.removeprefix(_BOX).removesuffix(_INSPECTION) or None


def _nodes(box: SubProcess, step: Step, terms: Terms) -> tuple[Node, ...]:
    """Return what lies inside: the wait, the sample, the inspection, what follows from it."""
    end = EventPosition.END
    subject = _choice(box, "Subject", "Thuộc diện phải kiểm tra?", "NotSampled")
    officer, decider = (step.performer, step.lane), (terms.decider, terms.lane or step.lane)
    asked = (_field(FIXED, _DONE, _NOT_DONE),)
    post_inspection = evolve(
        step,
        id=f"{box.id}{_INSPECTION}",
        name=f"Hậu kiểm: {step.name}",
        kinds=(StepKind.POST_INSPECT,),
        scope=box.id,
        number=None,
        mandatory=None,
        time=evolve(step.time, evidence=EvidenceKind.ASSUMED, source=None),
        fields=(*(step.fields or ()), _field(RESULT, *_RESULTS.values())),
    )
    return (
        _event(box, "Start", EventPosition.START),
        _due(box, terms),
        *(() if terms.subject == "" else (subject,)),
        _choice(box, "Sample", "Thuộc mẫu kiểm tra?", "NotSampled"),
        post_inspection,
        _choice(box, "Result", "Kết quả hậu kiểm"),
        _follow_up(box, "Correct", "Theo dõi việc khắc phục", officer, asked),
        _choice(box, "Corrected", "Đã khắc phục?"),
        _follow_up(box, "Suspend", "Quyết định đình chỉ, theo dõi việc khắc phục", decider, asked),
        _choice(box, "Restored", "Đã khắc phục?"),
        _follow_up(box, "Revoke", "Quyết định thu hồi kết quả", decider),
        _event(box, "NotSampled", end, "Không thuộc mẫu kiểm tra"),
        _event(box, "Keep", end, "Giữ nguyên kết quả", Outcome.GRANT),
        _event(box, "Restore", end, "Giữ nguyên kết quả sau khắc phục", Outcome.GRANT),
        _event(box, "Revoked", end, "Thu hồi kết quả", Outcome.OTHER),
    )


def _due(box: SubProcess, terms: Terms) -> Event:
    """Return the wait for the date of the inspection."""
    return Event(
        id=f"{box.id}_Due",
        position=EventPosition.CATCH,
        name="Đến kỳ hậu kiểm",
        trigger=Trigger.TIMER,
        time=terms.time,
        timer=terms.timer,
        scope=box.id,
        lane=box.lane,
    )


def _edges(scope: str, terms: Terms) -> tuple[SequenceFlow, ...]:
    """Return the sequence flows inside, with the condition of each decision."""
    after_due = "Sample" if terms.subject == "" else "Subject"
    subject = (("Subject", "Sample", "Có", terms.subject), ("Subject", "NotSampled", "Không", None))
    done, not_done = f'{FIXED} == "{_DONE}"', f'{FIXED} == "{_NOT_DONE}"'
    ways: tuple[tuple[str, str, str, str | None], ...] = (
        ("Start", "Due", "", None),
        ("Due", after_due, "", None),
        *(() if terms.subject == "" else subject),
        ("Sample", "Inspect", "Có", terms.sample),
        ("Sample", "NotSampled", "Không", None),
        ("Inspect", "Result", "", None),
        *(
            ("Result", name, said.capitalize(), f'{RESULT} == "{said}"')
            for name, said in _RESULTS.items()
        ),
        ("Correct", "Corrected", "", None),
        ("Corrected", "Restore", "Có", done),
        ("Corrected", "Suspend", "Không", not_done),
        ("Suspend", "Restored", "", None),
        ("Restored", "Restore", "Có", done),
        ("Restored", "Revoke", "Không", not_done),
        ("Revoke", "Revoked", "", None),
    )
    return tuple(
        SequenceFlow(
            id=f"{scope}_{source}_{target}",
            source=f"{scope}_{source}",
            target=f"{scope}_{target}",
            name=name,
            condition=condition,
            scope=scope,
        )
        for source, target, name, condition in ways
    )


def _event(
    box: SubProcess,
    name: str,
    position: EventPosition,
    title: str = "",
    outcome: Outcome | None = None,
) -> Event:
    return Event(
        id=f"{box.id}_{name}",
        position=position,
        name=title,
        outcome=outcome,
        scope=box.id,
        lane=box.lane,
    )


def _choice(box: SubProcess, name: str, title: str, otherwise: str | None = None) -> Gateway:
    """Return a decision; a case of which no condition holds goes *otherwise*."""
    return Gateway(
        id=f"{box.id}_{name}",
        kind=GatewayKind.EXCLUSIVE,
        name=title,
        scope=box.id,
        lane=box.lane,
        default=None if otherwise is None else f"{box.id}_{name}_{otherwise}",
    )


def _follow_up(
    box: SubProcess,
    name: str,
    title: str,
    done_by: tuple[Performer | None, str | None],
    fields: tuple[FormField, ...] | None = None,
) -> Step:
    """Return work that follows from what was found, *done_by* a performer in a lane.

    It is no inspection of its own: a sample is drawn once. How long it takes nobody has said.
    """
    performer, lane = done_by
    return Step(
        id=f"{box.id}_{name}",
        name=title,
        task=TaskType.USER,
        scope=box.id,
        lane=lane,
        kinds=(StepKind.OTHER,),
        performer=performer,
        fields=fields,
    )


def _field(name: str, *choices: str) -> FormField:
    return FormField(name=name, kind=FieldKind.CHOICE, label=name, required=True, choices=choices)
