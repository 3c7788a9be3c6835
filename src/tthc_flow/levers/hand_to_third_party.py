"""Hand work to enterprises and social organisations (chuyển giao cho doanh nghiệp, tổ chức xã hội).

Finds: a row that trains, tests, examines people or measures, done by the agency itself.
Matters: such work decides nothing by public power; where a standard exists, whoever is qualified
    can do it, and the agency accepts the certificate.
Not when: it is a decision by public power, no standard or no qualified organisation exists, a
    rule names the agency's own work, a branch stands on it, or the row does other work as well.
Source: 949/KH-UBND III.1.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.chains import removable
from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.redone import redone
from tthc_flow.graph.rewrite import fresh_id, replaced
from tthc_flow.graph.spots import edge_spots
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition, SequenceFlow, Trigger
from tthc_flow.model.lever import Candidate, Evidence, Lever, Precondition
from tthc_flow.model.procedure import MessageFlow, Pool
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.conditions import asked, duties_allow, no_rule_names
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, rejections, time_of
from tthc_flow.proof.gates.losses import decides_nothing
from tthc_flow.proof.gates.other_work import takes_nothing_else
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure

QUALIFIED: Final = "Tổ chức, doanh nghiệp đủ điều kiện"
"""The pool of whoever does the work; who is qualified is for the standard to say."""

_KINDS: Final = frozenset({StepKind.INSPECT, StepKind.EXAMINE, StepKind.OTHER})
_TEST: Final = _KINDS | {StepKind.COUNCIL}
"""A test of people ("sát hạch") reads as a council's work; where a council sits, it is its own."""
_ALSO: Final = frozenset({StepKind.INSPECT, StepKind.OTHER})
_WORK: Final = tuple(
    key(words)
    for words in (
        "đào tạo",
        "tập huấn",
        "huấn luyện",
        "bồi dưỡng",
        "sát hạch",
        "thi sát hạch",
        "kiểm tra tay nghề",
        "đo đạc",
        "đo vẽ",
        "trích đo",
        "đo kiểm",
        "đo lường",
        "quan trắc",
        "kiểm định",
        "kiểm nghiệm",
        "thử nghiệm",
        "xét nghiệm",
        "giám định",
        "hiệu chuẩn",
        "phân tích mẫu",
        "lấy mẫu",
    )
)
_BEGINNING: Final = tuple(key(words) for words in ("tổ chức", "tiến hành", "thực hiện"))
_CLAUSES: Final = re.compile(r"[;:,.\n]")


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each row that does such work, in file order."""
    flow = procedure.flow
    for step in flow.steps:
        if step.kind not in {None, *_TEST} or step.automatic or not _runs_plainly(flow, step):
            continue
        performer, work = performer_of(flow, step), _work_of(step)
        if step.kind is StepKind.COUNCIL and _sits(step, performer):
            continue
        if work is None or (performer is not None and performer.role is Role.THIRD_PARTY):
            continue
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(
                Evidence(name="work-of-a-standard", value=work, element=step.id),
                done_by(step, performer),
                rejections(step),
                time_of(step),
            ),
            preconditions=(
                _only_that(procedure, step),
                decides_nothing(procedure, step),
                asked(procedure, "public-power", step),
                asked(procedure, "standard-and-qualified", step),
                no_rule_names(procedure, step),
                duties_allow(procedure, step),
            ),
            amends=who_may_amend(procedure, step),
            risk=risk_of(procedure, step),
            confidence=confidence_of(procedure, step),
        )


def _sits(step: Step, performer: Performer | None) -> bool:
    """Return whether a council does *step*, or its words speak of one."""
    council = performer is not None and performer.role is Role.COUNCIL
    return council or key("hội đồng") in key(step.name)


def _runs_plainly(flow: Flow, step: Step) -> bool:
    """Return whether *step* is one task with one way out, that a message can stand for."""
    whole = step.task in {TaskType.TASK, TaskType.USER, TaskType.MANUAL}
    return whole and step.loop is None and removable(flow, step)


def _work_of(step: Step) -> str | None:
    """Return the words with which the name of *step* begins, if they say such work is done.

    Elsewhere they only tell what a dossier or an office is about ("Sở Giáo dục và Đào tạo"), or
    come after an appraisal that the agency does itself.
    """
    clause = _CLAUSES.split(step.name.strip())[0]
    said = key(clause)
    for verb in _BEGINNING:
        said = said.removeprefix(f"{verb} ")
    return clause if any(f"{said} ".startswith(f"{words} ") for words in _WORK) else None


def _only_that(procedure: Procedure, step: Step) -> Precondition:
    """Return whether *step* does nothing besides: an appraisal it speaks of is not the test."""
    others = tuple(kind for kind in step.kinds if kind is not step.kind)
    besides = evolve(step, kinds=others or (StepKind.OTHER,))
    return takes_nothing_else(procedure, besides, allowed=_ALSO)


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the work asked for by a message, and its certificate received.

    The time of the step stays as the limit of the wait: nobody knows yet whether it falls. What
    the agency's people work on it is unknown from then on.
    """
    step = procedure.flow.by_id[candidate.targets[0]]
    if not isinstance(step, Step):
        return procedure
    flow, pools = procedure.flow, _pools(procedure)
    outside = next(pool.id for pool in pools if pool.name == QUALIFIED and pool.process is None)
    asking = Event(
        id=fresh_id(flow, f"Ask_{step.id}"),
        position=EventPosition.THROW,
        trigger=Trigger.MESSAGE,
        name=f"Giao thực hiện: {step.name}",
        scope=step.scope,
        lane=step.lane,
    )
    receiving = evolve(
        step,
        name=f"Nhận, công nhận kết quả: {step.name}",
        task=TaskType.RECEIVE,
        kinds=(StepKind.OTHER,),
        work=None,
        handling=None,
        checked=None,
        rejected=None,
        amended=None,
        applicant_visit=None,
        fields=None,
    )
    return evolve(
        procedure,
        flow=_entered_by(replaced(flow, receiving), step.id, asking),
        pools=pools,
        messages=(*procedure.messages, *_messages(procedure, asking, step, outside)),
    )


def _pools(procedure: Procedure) -> tuple[Pool, ...]:
    """Return the pools with one for the agency's own flow and one for who is outside."""
    flow, pools = procedure.flow, procedure.pools
    taken = _taken(procedure)
    if all(pool.process != flow.id for pool in pools):
        name = procedure.agency or procedure.name
        own = Pool(id=fresh_id(flow, f"Pool_{flow.id}", taken), name=name, process=flow.id)
        pools = (*pools, own)
    if all(pool.name != QUALIFIED or pool.process is not None for pool in pools):
        pools = (*pools, Pool(id=fresh_id(flow, "Pool_ThirdParty", taken), name=QUALIFIED))
    return pools


def _messages(
    procedure: Procedure, asking: Event, step: Step, outside: str
) -> tuple[MessageFlow, MessageFlow]:
    """Return what goes out, and the certificate that comes back."""
    flow, taken = procedure.flow, _taken(procedure)
    return (
        MessageFlow(
            id=fresh_id(flow, f"Message_{asking.id}", taken),
            source=asking.id,
            target=outside,
            name="Yêu cầu thực hiện",
        ),
        MessageFlow(
            id=fresh_id(flow, f"Message_{step.id}", taken),
            source=outside,
            target=step.id,
            name="Giấy chứng nhận, kết quả",
        ),
    )


def _taken(procedure: Procedure) -> tuple[str, ...]:
    """Return the ids of what stands around the flow."""
    pools = (pool.id for pool in procedure.pools)
    messages = (message.id for message in procedure.messages)
    return (*pools, *messages, *(artifact.id for artifact in procedure.artifacts))


def _entered_by(flow: Flow, step: str, event: Event) -> Flow:
    """Return *flow* with *event* before *step*, whichever way a case comes."""
    link = SequenceFlow(
        id=fresh_id(flow, f"Flow_{event.id}_{step}"),
        source=event.id,
        target=step,
        scope=event.scope,
    )
    spots = edge_spots(flow)
    led = {
        spot: (evolve(edge, target=event.id),)
        for edge in flow.incoming[step]
        for spot in spots[edge.id]
    }
    return redone(flow, {}, led, (event,), (link,))


LEVER = Lever(
    id="hand_to_third_party",
    title="Chuyển giao cho doanh nghiệp, tổ chức xã hội",
    source="949/KH-UBND III.1.5",
    kinds=_TEST,
    find=find,
    apply=apply,
)
