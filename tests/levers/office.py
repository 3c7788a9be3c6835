"""A small provincial office: who works there, and one-line steps, for the tests of the levers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from attrs import evolve

from by_hand import drawn, edges_of
from roster import AGENCY, ANSWERED, CONSULTED, ONE_STOP
from roster import OFFICE as COMMITTEE
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.norm_time import norm_time
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Node,
    Outcome,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.law import Answer, LegalBasis, LegalRank, Reply
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.units import Duration, TimeUnit

__all__ = ["AGENCY", "COMMITTEE", "CONSULTED", "ONE_STOP"]

APPLICANT = Performer(name="Tổ chức, cá nhân", role=Role.APPLICANT)
LAW = (LegalBasis(document="Luật Xây dựng", rank=LegalRank.LAW, clause="Điều 94"),)
PROVINCIAL = (LegalBasis(document="QĐ 12/2025/QĐ-UBND", rank=LegalRank.PROVINCIAL),)
TITLES = {
    StepKind.RECEIVE: "Tiếp nhận hồ sơ",
    StepKind.ASSIGN: "Phân công xử lý",
    StepKind.EXAMINE: "Thẩm định hồ sơ",
    StepKind.REEXAMINE: "Thẩm tra lại hồ sơ",
    StepKind.INSPECT: "Kiểm tra thực địa",
    StepKind.DRAFT: "Dự thảo văn bản",
    StepKind.REVIEW: "Xem xét dự thảo",
    StepKind.SIGN: "Ký duyệt",
    StepKind.NUMBER_AND_STAMP: "Lấy số, đóng dấu",
    StepKind.TRANSFER: "Chuyển hồ sơ",
    StepKind.RETURN: "Trả kết quả",
    StepKind.CONSULT: "Gửi lấy ý kiến",
    StepKind.OPINION: "Cho ý kiến",
    StepKind.ASK_SUPERIOR: "Xin ý kiến cấp trên",
    StepKind.SUPPLEMENT: "Bổ sung hồ sơ",
    StepKind.PAYMENT: "Nộp lệ phí",
}
NOTHING: frozenset[str] = frozenset()


def days(amount: str | float | None, unit: TimeUnit = TimeUnit.WORKING_DAY) -> StepTime:
    """Return a norm time; ``None`` is unknown."""
    return StepTime() if amount is None else StepTime(duration=Duration(amount=amount, unit=unit))


def step(
    id_: str, kinds: str, who: Performer | None, time: str | float | None = 1, **facts: object
) -> Step:
    """Return a step of *kinds* ("examine draft"); it reads and writes nothing unless said."""
    known = tuple(StepKind(kind) for kind in kinds.split())
    made = Step(
        id=id_,
        name="; ".join(TITLES.get(kind, kind.value) for kind in known),
        kinds=known,
        performer=who,
        time=days(time),
        reads=NOTHING,
        writes=NOTHING,
    )
    return evolve(made, **facts)


def papers(*names: str) -> frozenset[str]:
    """Return a set of documents."""
    return frozenset(names)


def case(*steps: Step, answers: str = "", **facts: object) -> Procedure:
    """Return the procedure start → *steps* → grant; *answers* as ``"question=no other@a=yes"``."""
    ids = ("start", *(each.id for each in steps), "end")
    flow = Flow(
        id="flow",
        nodes=(
            Event(id="start", position=EventPosition.START),
            *steps,
            Event(id="end", position=EventPosition.END, outcome=Outcome.GRANT),
        ),
        edges=edges_of(tuple(pairwise(ids))),
    )
    return around(flow, answers, **facts)


def picture(text: str, *nodes: Node, answers: str = "", **facts: object) -> Procedure:
    """Return the procedure of a text picture (see ``by_hand.drawn``)."""
    flow = drawn(text, *nodes)
    ends = tuple(
        evolve(n, outcome=Outcome.REFUSE if n.id == "e_no" else Outcome.GRANT)
        if isinstance(n, Event) and n.position is EventPosition.END
        else n
        for n in flow.nodes
    )
    return around(evolve(flow, nodes=ends), answers, **facts)


def within(outer: str, inner: str, *steps: Step, answers: str = "") -> Procedure:
    """Return the procedure of *outer*, whose node ``box`` is a sub-process that holds *inner*."""
    box = SubProcess(id="box", name="Hội đồng")
    names = {id_.strip() for row in inner.split(";") for id_ in row.split(">")}
    content = drawn(inner, *(each for each in steps if each.id in names))
    around_it = drawn(outer, box, *(each for each in steps if each.id not in names))
    inside = tuple(evolve(node, scope="box") for node in content.nodes)
    arrows_inside = tuple(evolve(edge, id=f"in_{edge.id}", scope="box") for edge in content.edges)
    flow = evolve(
        around_it,
        nodes=(*around_it.nodes, *inside),
        edges=(*around_it.edges, *arrows_inside),
    )
    return around(flow, answers)


def around(flow: Flow, answers: str, **facts: object) -> Procedure:
    """Return a procedure around *flow* with *answers*."""
    given = []
    for each in answers.split():
        question, reply = each.split("=")
        question, _, at = question.partition("@")
        given.append(
            Answer(question=question, reply=Reply(reply), step=at or None, source=ANSWERED)
        )
    return evolve(Procedure(flow=flow, name="Thủ tục thử", answers=tuple(given)), **facts)


def reminded(procedure: Procedure, host: str, notice: Step) -> Procedure:
    """Return *procedure* with a timer on *host* that does not interrupt it and sends *notice*."""
    late = Event(
        id="late",
        position=EventPosition.BOUNDARY,
        trigger=Trigger.TIMER,
        attached_to=host,
        interrupting=False,
    )
    over = Event(id="over", position=EventPosition.END)
    flow = procedure.flow
    edges = (
        SequenceFlow(id="late_notice", source="late", target=notice.id),
        SequenceFlow(id="notice_over", source=notice.id, target="over"),
    )
    nodes = (*flow.nodes, late, notice, over)
    return evolve(procedure, flow=evolve(flow, nodes=nodes, edges=(*flow.edges, *edges)))


def labelled(procedure: Procedure, **outcomes: Outcome) -> Procedure:
    """Return *procedure* with outcomes on its arrows: ``xor_a=Outcome.REWORK``."""
    edges = tuple(
        evolve(edge, outcome=outcomes.get(f"{edge.source}__{edge.target}", edge.outcome))
        for edge in procedure.flow.edges
    )
    return evolve(procedure, flow=evolve(procedure.flow, edges=edges))


def told_by(procedure: Procedure, step_id: str, pool: str = "Tổ chức, cá nhân") -> Procedure:
    """Return *procedure* in which a step sends a message to a black-box pool."""
    return evolve(
        procedure,
        pools=(Pool(id="Pool_1", name=pool), Pool(id="Pool_2", name="Sở", process="flow")),
        messages=(MessageFlow(id="Message_1", source=step_id, target="Pool_1", name="Thông báo"),),
    )


def heard_from(procedure: Procedure, id_: str, pool: str = "Tổ chức, cá nhân") -> Procedure:
    """Return *procedure* in which a black-box pool sends a message to a node."""
    told = told_by(procedure, id_, pool)
    (message,) = told.messages
    back = evolve(message, source=message.target, target=message.source)
    return evolve(told, messages=(back,))


def found(lever: Lever, procedure: Procedure) -> tuple[Candidate, ...]:
    """Return what *lever* finds."""
    return tuple(lever.find(procedure))


def the_one(lever: Lever, procedure: Procedure) -> Candidate:
    """Return the only candidate."""
    (candidate,) = found(lever, procedure)
    return candidate


def not_passed(candidate: Candidate) -> dict[str, Verdict]:
    """Return the conditions that do not pass, by name."""
    return {
        each.name: each.verdict
        for each in candidate.preconditions
        if each.verdict is not Verdict.PASS
    }


def passed(candidate: Candidate) -> list[str]:
    """Return the names of the conditions that pass, in order."""
    return [each.name for each in candidate.preconditions if each.verdict is Verdict.PASS]


def length(procedure: Procedure) -> Fraction | None:
    """Return the norm time in working days."""
    work = norm_time(procedure.flow).work
    return None if work is None else work.days


def way(procedure: Procedure) -> list[str]:
    """Return the ids from the start on, as long as there is one way to go."""
    flow, ids = procedure.flow, ["start" if "start" in procedure.flow.by_id else "s"]
    while len(flow.outgoing[ids[-1]]) == 1:
        ids.append(flow.outgoing[ids[-1]][0].target)
    return ids


def done_by(procedure: Procedure, id_: str) -> str | None:
    """Return the name of who does a step."""
    node = procedure.flow.by_id[id_]
    assert isinstance(node, Step)
    who = performer_of(procedure.flow, node)
    return None if who is None else who.name


def arrows(procedure: Procedure) -> Iterator[str]:
    """Yield every arrow as ``a>b``."""
    for edge in procedure.flow.edges:
        yield f"{edge.source}>{edge.target}"
