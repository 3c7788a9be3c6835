"""What running needs, in the words that staff read: forms, repetitions, timers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.wording import NOTHING
from tthc_flow.model.flow import Timer, TimerKind
from tthc_flow.model.step import Behavior, FieldKind, FormField

if TYPE_CHECKING:
    from tthc_flow.model.flow import Gateway, SubProcess
    from tthc_flow.model.step import Loop, Step

ONCE: Final = "làm một lần"
ANY_DATA: Final = "chưa khai biểu mẫu"

_KINDS: Final = {
    FieldKind.TEXT: "",
    FieldKind.NUMBER: "số",
    FieldKind.DATE: "ngày",
    FieldKind.TRUTH: "có/không",
    FieldKind.CHOICE: "chọn",
}
_LOOP_FACTS: Final = {
    "times": "{} lần",
    "each": "theo danh sách {}",
    "member": "mỗi lần một {}",
    "until": "đến khi {}",
    "printed": "bản vẽ ghi {}",
    "foreign": "bản vẽ ghi đến khi {}",
}
_BEHAVIORS: Final = {
    Behavior.NONE: "mỗi lần xong phát một sự kiện",
    Behavior.ONE: "lần đầu xong phát một sự kiện",
    Behavior.COMPLEX: "phát sự kiện theo điều kiện riêng",
}
_TIMERS: Final = {
    TimerKind.DURATION: "sau",
    TimerKind.DATE: "vào",
    TimerKind.CYCLE: "lặp lại",
}


def form_words(fields: tuple[FormField, ...] | None) -> str:
    """Return the form of a task: each field, with what may be written into it.

    Example:
        >>> phi = FormField(name="phí", kind=FieldKind.NUMBER, required=True)
        >>> form_words((phi, FormField(name="loại", kind=FieldKind.CHOICE, choices=("A", "B"))))
        'phí (số, bắt buộc); loại (chọn A / B)'
        >>> form_words(()), form_words(None)
        ('không có', 'chưa khai biểu mẫu')
    """
    if fields is None:
        return ANY_DATA
    return "; ".join(_field_words(each) for each in fields) or NOTHING


def _field_words(field: FormField) -> str:
    name = field.name if field.label in {"", field.name} else f"{field.name} – {field.label}"
    kind = " ".join(filter(None, (_KINDS[field.kind], " / ".join(field.choices))))
    about = ", ".join(filter(None, (kind, "bắt buộc" if field.required else "")))
    return f"{name} ({about})" if about else name


def loop_words(loop: Loop | None) -> str:
    """Return how often an activity is done.

    Example:
        >>> from tthc_flow.model.step import Loop
        >>> loop_words(Loop(multi_instance=True, each="các sở", until="đủ ý kiến"))
        'nhiều lần cùng lúc, theo danh sách các sở, đến khi đủ ý kiến'
        >>> loop_words(None)
        'làm một lần'
    """
    if loop is None:
        return ONCE
    told = ["lặp lại"]
    if loop.multi_instance:
        told = ["nhiều lần lần lượt" if loop.sequential else "nhiều lần cùng lúc"]
    told += [
        words.format(value)
        for name, words in _LOOP_FACTS.items()
        if (value := getattr(loop, name)) is not None
    ]
    if loop.test_before:
        told.append("xét trước mỗi lần")
    if loop.behavior is not Behavior.ALL:
        told.append(_BEHAVIORS[loop.behavior])
    return ", ".join(told)


def token_words(node: Step | SubProcess) -> str:
    """Return how many tokens an activity takes before it begins, and gives when it is done.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> token_words(Step(id="a", name="Ký", start_quantity=2))
        '2 lượt vào, 1 lượt ra'
    """
    return f"{node.start_quantity} lượt vào, {node.completion_quantity} lượt ra"


def waiting_words(gateway: Gateway) -> str:
    """Return which of its events an event-based gateway waits for.

    Example:
        >>> from tthc_flow.model.flow import Gateway, GatewayKind
        >>> waiting_words(Gateway(id="g", kind=GatewayKind.EVENT_BASED))
        'sự kiện đến trước'
    """
    return "mọi sự kiện" if gateway.parallel else "sự kiện đến trước"


def beginning_words(node: Step | Gateway) -> str:
    """Return whether a case begins with what *node* waits for.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> beginning_words(Step(id="a", name="Nhận đơn", instantiates=True))
        'mở hồ sơ'
    """
    return "mở hồ sơ" if node.instantiates else "không mở hồ sơ"


def timer_words(timer: Timer | None) -> str:
    """Return when a timer goes off, as it is written.

    Example:
        >>> timer_words(Timer(kind=TimerKind.CYCLE, text="R/P1D"))
        'lặp lại R/P1D'
    """
    return NOTHING if timer is None else f"{_TIMERS[timer.kind]} {timer.text}"
