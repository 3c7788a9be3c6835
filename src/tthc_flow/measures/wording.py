"""Facts of a step in the words that staff read: times, performers, levels, elements.

Source: published tables ("0,5 ngày làm việc", "4 giờ làm việc"); the project's glossary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.model.actor import Level, Performer
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Gateway,
    GatewayKind,
    Node,
    Outcome,
    SequenceFlow,
    SubProcess,
    SubProcessKind,
    Trigger,
)
from tthc_flow.model.step import Step, StepKind, TaskType
from tthc_flow.units import Duration, TimeUnit
from tthc_flow.words.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.model.law import LegalBasis
    from tthc_flow.model.step import StepTime

UNKNOWN_TIME: Final = "chưa rõ thời gian"
UNCOUNTED_TIME: Final = "không tính thời gian"
UNKNOWN_PERFORMER: Final = "người thực hiện chưa rõ"
NOTHING: Final = "không có"

_UNITS: Final = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.CALENDAR_DAY: "ngày theo lịch",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
}

_LEVELS: Final = {
    Level.MINISTRY: "cấp trung ương",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
    Level.OTHER: "cấp khác",
}

LEVEL_RANK: Final = {Level.COMMUNE: 0, Level.DISTRICT: 1, Level.PROVINCE: 2, Level.MINISTRY: 3}

_GATEWAYS: Final = {
    GatewayKind.EXCLUSIVE: "điểm rẽ nhánh",
    GatewayKind.PARALLEL: "điểm chia việc song song",
    GatewayKind.INCLUSIVE: "điểm rẽ nhiều nhánh",
    GatewayKind.EVENT_BASED: "điểm chờ sự kiện",
    GatewayKind.COMPLEX: "điểm rẽ nhánh phức hợp",
}

_JOINS: Final = {
    GatewayKind.EXCLUSIVE: "điểm gộp",
    GatewayKind.PARALLEL: "điểm gộp song song",
    GatewayKind.INCLUSIVE: "điểm gộp nhiều nhánh",
    GatewayKind.COMPLEX: "điểm gộp phức hợp",
}

_EVENTS: Final = {
    EventPosition.START: "điểm bắt đầu",
    EventPosition.CATCH: "điểm chờ",
    EventPosition.THROW: "điểm thông báo",
    EventPosition.BOUNDARY: "sự kiện gắn vào bước",
    EventPosition.END: "điểm kết thúc",
}

_TRIGGERS: Final = {
    Trigger.TIMER: "theo thời gian",
    Trigger.MESSAGE: "theo thông điệp",
    Trigger.SIGNAL: "theo tín hiệu",
    Trigger.ERROR: "khi có lỗi",
    Trigger.ESCALATION: "khi phải báo cấp trên",
    Trigger.CONDITIONAL: "theo điều kiện",
    Trigger.LINK: "nối sang chỗ khác",
    Trigger.COMPENSATION: "khi phải hoàn tác",
    Trigger.CANCEL: "khi hủy",
    Trigger.TERMINATE: "dừng toàn bộ quy trình",
    Trigger.MULTIPLE: "theo nhiều sự kiện",
}

_SUB_PROCESSES: Final = {
    SubProcessKind.EMBEDDED: "quy trình con",
    SubProcessKind.EVENT: "quy trình con theo sự kiện",
    SubProcessKind.TRANSACTION: "quy trình con dạng giao dịch",
    SubProcessKind.AD_HOC: "quy trình con không theo thứ tự",
}

_OUTCOMES: Final = {
    Outcome.GRANT: "cấp",
    Outcome.REFUSE: "từ chối",
    Outcome.SUPPLEMENT: "yêu cầu bổ sung",
    Outcome.REWORK: "làm lại",
    Outcome.WITHDRAW: "rút hồ sơ",
    Outcome.OTHER: "đi tiếp",
}

_TASKS: Final = {
    TaskType.TASK: "công việc chung",
    TaskType.USER: "người làm trên hệ thống",
    TaskType.MANUAL: "người làm bằng tay",
    TaskType.SERVICE: "hệ thống làm",
    TaskType.SEND: "gửi thông tin",
    TaskType.RECEIVE: "nhận thông tin",
    TaskType.SCRIPT: "chương trình làm",
    TaskType.BUSINESS_RULE: "làm theo bộ quy tắc",
    TaskType.CALL: "gọi quy trình khác",
}

_KINDS: Final = {
    StepKind.SUBMIT: "nộp hồ sơ",
    StepKind.RECEIVE: "tiếp nhận",
    StepKind.ASSIGN: "phân công",
    StepKind.EXAMINE: "thẩm định",
    StepKind.REEXAMINE: "thẩm tra lại",
    StepKind.INSPECT: "kiểm tra thực địa",
    StepKind.DRAFT: "dự thảo",
    StepKind.REVIEW: "xem xét",
    StepKind.CONSULT: "lấy ý kiến",
    StepKind.OPINION: "cho ý kiến",
    StepKind.COUNCIL: "họp hội đồng",
    StepKind.ASK_SUPERIOR: "xin ý kiến cấp trên",
    StepKind.SIGN: "ký",
    StepKind.NUMBER_AND_STAMP: "lấy số, đóng dấu",
    StepKind.ISSUE: "phát hành",
    StepKind.TRANSFER: "chuyển hồ sơ",
    StepKind.PAYMENT: "nộp tiền",
    StepKind.SUPPLEMENT: "bổ sung hồ sơ",
    StepKind.LOOK_UP: "tra cứu",
    StepKind.REPORT: "báo cáo",
    StepKind.POST_INSPECT: "hậu kiểm",
    StepKind.RETURN: "trả kết quả",
    StepKind.OTHER: "việc khác",
}


def time_words(duration: Duration | None) -> str:
    """Return a duration as a table prints it, in its own unit.

    Example:
        >>> time_words(Duration(amount="1.25", unit="working_day"))
        '1,25 ngày làm việc'

    Source: number style of published tables.
    """
    if duration is None:
        return UNKNOWN_TIME
    amount = number(duration.amount)
    if duration.at_least is not None:
        amount = f"{number(duration.at_least)}-{amount}"
    return f"{amount} {_UNITS[duration.unit]}"


def step_time_words(time: StepTime) -> str:
    """Return a step's time; a text without a length ("Trong ngày") as it is printed.

    Example:
        >>> from tthc_flow.model.step import StepTime
        >>> step_time_words(StepTime(counted=False))
        'không tính thời gian'

    Source: "Không tính thời gian" of the published tables.
    """
    if time.duration is None and time.printed:
        return time.printed
    if time.duration is None and not time.counted:
        return UNCOUNTED_TIME
    return time_words(time.duration)


def performer_words(performer: Performer | None) -> str:
    """Return a performer by name, with the office where the name does not hold it."""
    if performer is None:
        return UNKNOWN_PERFORMER
    office = performer.office
    if office is None or office.casefold() in performer.name.casefold():
        return performer.name
    return f"{performer.name}, {office}"


def level_words(levels: Iterable[Level]) -> str:
    """Return levels of government, the lowest first."""
    ranked = sorted(levels, key=lambda level: LEVEL_RANK.get(level, len(LEVEL_RANK)))
    return " hoặc ".join(_LEVELS[level] for level in ranked)


def outcome_words(outcome: Outcome | None) -> str:
    """Return what a branch or an end means for the applicant.

    Example:
        >>> outcome_words(Outcome.REFUSE)
        'từ chối'

    Source: the words of the published workflows.
    """
    return NOTHING if outcome is None else _OUTCOMES[outcome]


def task_words(task: TaskType) -> str:
    """Return how a step is done, by its BPMN element."""
    return _TASKS[task]


def kind_words(kinds: Iterable[StepKind]) -> str:
    """Return what is done in a step."""
    return ", ".join(_KINDS[kind] for kind in kinds) or NOTHING


def basis_words(bases: Iterable[LegalBasis]) -> str:
    """Return legal bases: clause, then document."""
    told = (f"{base.clause} {base.document}" if base.clause else base.document for base in bases)
    return "; ".join(told) or NOTHING


def type_words(node: Node) -> str:
    """Return what *node* is, apart from its name."""
    match node:
        case Gateway():
            return _GATEWAYS[node.kind]
        case Event():
            return _EVENTS[node.position]
        case SubProcess():
            return "quy trình con"
        case _:
            return "bước"


def _role_words(flow: Flow, node: Node) -> str:
    """Return what *node* is; a gateway with several ways in and one out joins, not splits."""
    joins = len(flow.incoming[node.id]) > 1 and len(flow.outgoing[node.id]) == 1
    if isinstance(node, Gateway) and joins:
        return _JOINS.get(node.kind, type_words(node))
    return type_words(node)


def style_words(flow: Flow, node: Node) -> str:
    """Return what *node* is, with what sets an event off and whether its step goes on meanwhile.

    Example:
        >>> wait = Event(id="e", position=EventPosition.CATCH, trigger=Trigger.TIMER)
        >>> style_words(Flow(id="p", nodes=(wait,)), wait)
        'điểm chờ, theo thời gian'

    Source: BPMN 2.0.2, 10.4 for the triggers.
    """
    match node:
        case Event():
            told = [type_words(node)]
            if node.trigger in _TRIGGERS:
                told.append(_TRIGGERS[node.trigger])
            if not node.interrupting:
                told.append("không làm dừng việc đang làm")
            return ", ".join(told)
        case SubProcess():
            return _SUB_PROCESSES[node.kind]
        case _:
            return _role_words(flow, node)


def lane_words(flow: Flow, node: Node) -> str:
    """Return the name of the lane that *node* stands in, or nothing where it has none."""
    lane = None if node.lane is None else flow.lane_by_id.get(node.lane)
    return "" if lane is None else lane.name


def node_words(flow: Flow, node: Node) -> str:
    """Return *node* so that staff find it: its kind and name, else the step it stands after."""
    kind = _role_words(flow, node)
    if node.name:
        numbered = isinstance(node, Step) and node.number and any(map(str.isdigit, node.number))
        number = f"{node.number} " if isinstance(node, Step) and numbered else ""
        return f"{kind} {number}“{node.name}”"
    before = flow.incoming[node.id]
    earlier = flow.by_id.get(before[0].source) if before else None
    if earlier is not None and earlier.name:
        return f"{kind} sau “{earlier.name}”"
    return kind


def way_words(flow: Flow, edge: SequenceFlow) -> str:
    """Return an arrow so that staff find it: its label, else where it leads."""
    if edge.name:
        return edge.name
    target = flow.by_id.get(edge.target)
    return edge.id if target is None else f"tới {node_words(flow, target)}"
