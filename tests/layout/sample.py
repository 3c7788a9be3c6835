"""A drawn procedure as offices have them: five lanes, branches, a loop, a sub-process."""

from __future__ import annotations

from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Lane,
    Node,
    Outcome,
    SequenceFlow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step, TaskType

LANES = ("Bộ phận Một cửa", "Lãnh đạo phòng chuyên môn", "Chuyên viên", "Lãnh đạo Sở", "Văn thư")


def licence() -> Procedure:
    """Return a licence procedure with 11 steps."""
    flow = Flow(
        id="process",
        name="Cấp giấy phép",
        nodes=(*_door(), *_expert(), *_consulting(), *_ending()),
        edges=_edges(),
        lanes=tuple(Lane(id=f"lane{index}", name=name) for index, name in enumerate(LANES)),
    )
    return Procedure(
        flow=flow,
        name="Cấp giấy phép hoạt động",
        pools=(
            Pool(id="applicant", name="Tổ chức, cá nhân"),
            Pool(id="agency", name="Sở Nội vụ", process="process"),
        ),
        messages=(
            MessageFlow(id="m1", source="applicant", target="start", name="Hồ sơ"),
            MessageFlow(id="m2", source="applicant", target="wait", name="Hồ sơ bổ sung"),
            MessageFlow(id="m3", source="end", target="applicant", name="Kết quả"),
        ),
    )


def step(key: str, name: str, lane: int, task: TaskType = TaskType.USER) -> Step:
    """Return a step in lane number *lane*."""
    return Step(id=key, name=name, lane=f"lane{lane}", task=task)


def arrow(source: str, target: str, name: str = "", outcome: Outcome | None = None) -> SequenceFlow:
    """Return a sequence flow named after its ends."""
    key = f"{source}-{target}"
    return SequenceFlow(id=key, source=source, target=target, name=name, outcome=outcome)


def _door() -> tuple[Node, ...]:
    start, catch = EventPosition.START, EventPosition.CATCH
    return (
        Event(id="start", position=start, trigger=Trigger.MESSAGE, name="Hồ sơ nộp", lane="lane0"),
        step("receive", "Tiếp nhận, kiểm tra thành phần hồ sơ", 0),
        Gateway(id="full", kind=GatewayKind.EXCLUSIVE, name="Hồ sơ đầy đủ?", lane="lane0"),
        Event(id="wait", position=catch, trigger=Trigger.MESSAGE, name="Chờ bổ sung", lane="lane0"),
        step("assign", "Phân công chuyên viên thụ lý", 1),
    )


def _expert() -> tuple[Node, ...]:
    return (
        step("examine", "Thẩm định hồ sơ và điều kiện cấp giấy phép theo quy định", 2),
        Event(
            id="late",
            position=EventPosition.BOUNDARY,
            trigger=Trigger.TIMER,
            attached_to="examine",
            interrupting=False,
            name="Sắp quá hạn",
            lane="lane2",
        ),
        step("warn", "Báo cáo chậm hạn", 2, TaskType.SCRIPT),
        Gateway(id="found", kind=GatewayKind.EXCLUSIVE, name="Kết quả thẩm định?", lane="lane2"),
        Event(id="refused", position=EventPosition.END, name="Trả hồ sơ, nêu lý do", lane="lane0"),
        step("draft", "Dự thảo giấy phép", 2),
    )


def _consulting() -> tuple[Node, ...]:
    parallel = GatewayKind.PARALLEL
    return (
        SubProcess(id="consult", name="Lấy ý kiến và kiểm tra thực tế", lane="lane2"),
        Event(id="c-start", position=EventPosition.START, scope="consult"),
        Gateway(id="c-split", kind=parallel, scope="consult"),
        Step(id="ask", name="Lấy ý kiến các sở, ngành", scope="consult", task=TaskType.SEND),
        Step(id="visit", name="Kiểm tra thực tế", scope="consult", task=TaskType.MANUAL),
        Gateway(id="c-join", kind=parallel, scope="consult"),
        Event(id="c-end", position=EventPosition.END, scope="consult"),
    )


def _ending() -> tuple[Node, ...]:
    return (
        step("review", "Soát xét, trình lãnh đạo Sở", 1),
        Gateway(id="agreed", kind=GatewayKind.EXCLUSIVE, name="Đồng ý trình?", lane="lane1"),
        step("sign", "Ký duyệt giấy phép", 3),
        step("stamp", "Cấp số, đóng dấu", 4, TaskType.SERVICE),
        step("return", "Trả kết quả cho tổ chức, cá nhân", 0),
        Event(id="end", position=EventPosition.END, name="Đã trả kết quả", lane="lane0"),
    )


def _edges() -> tuple[SequenceFlow, ...]:
    return (
        arrow("start", "receive"),
        arrow("receive", "full"),
        arrow("full", "assign", "Đủ", Outcome.GRANT),
        arrow("full", "wait", "Yêu cầu bổ sung", Outcome.SUPPLEMENT),
        arrow("wait", "receive"),
        arrow("assign", "examine"),
        arrow("late", "warn"),
        arrow("examine", "found"),
        arrow("found", "refused", "Không đủ điều kiện", Outcome.REFUSE),
        arrow("found", "consult", "Cần lấy ý kiến", Outcome.OTHER),
        arrow("found", "draft", "Đạt", Outcome.GRANT),
        arrow("c-start", "c-split"),
        arrow("c-split", "ask"),
        arrow("c-split", "visit"),
        arrow("ask", "c-join"),
        arrow("visit", "c-join"),
        arrow("c-join", "c-end"),
        arrow("consult", "draft"),
        arrow("draft", "review"),
        arrow("review", "agreed"),
        arrow("agreed", "sign", "Đồng ý", Outcome.GRANT),
        arrow("agreed", "draft", "Làm lại", Outcome.REWORK),
        arrow("sign", "stamp"),
        arrow("stamp", "return"),
        arrow("return", "end"),
    )
