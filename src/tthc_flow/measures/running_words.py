"""What running needs, in the words that staff read: forms, repetitions, timers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.measures.wording import NOTHING
from tthc_flow.model.flow import Timer, TimerKind
from tthc_flow.model.step import FieldKind, FormField

if TYPE_CHECKING:
    from tthc_flow.model.step import Loop

ONCE: Final = "làm một lần"
ANY_DATA: Final = "chưa khai biểu mẫu"

_KINDS: Final = {
    FieldKind.TEXT: "",
    FieldKind.NUMBER: "số",
    FieldKind.DATE: "ngày",
    FieldKind.TRUTH: "có/không",
    FieldKind.CHOICE: "chọn",
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
    told = ["làm lại"]
    if loop.multi_instance:
        told = ["nhiều lần lần lượt" if loop.sequential else "nhiều lần cùng lúc"]
    if loop.times is not None:
        told.append(f"{loop.times} lần")
    if loop.each is not None:
        told.append(f"theo danh sách {loop.each}")
    if loop.member is not None:
        told.append(f"mỗi lần một {loop.member}")
    if loop.until is not None:
        told.append(f"đến khi {loop.until}")
    if loop.printed is not None:
        told.append(f"bản vẽ ghi {loop.printed}")
    return ", ".join(told)


def timer_words(timer: Timer | None) -> str:
    """Return when a timer goes off, as it is written.

    Example:
        >>> timer_words(Timer(kind=TimerKind.CYCLE, text="R/P1D"))
        'lặp lại R/P1D'
    """
    return NOTHING if timer is None else f"{_TIMERS[timer.kind]} {timer.text}"
