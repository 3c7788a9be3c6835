"""What changed about one step: who, when, how long, its name, its type, its facts.

Source: domain rule of this project; a move to a lower level of government is phân cấp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.running_words import (
    beginning_words,
    form_words,
    loop_words,
    token_words,
)
from tthc_flow.measures.wording import (
    LEVEL_RANK,
    NOTHING,
    basis_words,
    kind_words,
    lane_words,
    level_words,
    performer_words,
    step_time_words,
    task_words,
    time_words,
)
from tthc_flow.model.actor import Level, Performer
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step, StepTime
from tthc_flow.words.syllables import key


@frozen(kw_only=True)
class Side:
    """A step, its process, performer and lane, and whether it lies after the grant, on one side."""

    step: Step
    process: str
    performer: Performer | None
    lane: str
    after_grant: bool


def sides(flow: Flow) -> Callable[[Step], Side]:
    """Return a function that tells a step of *flow* with its performer and place."""
    outside = scopes_outside_clock(flow)

    def side(step: Step) -> Side:
        performer = performer_of(flow, step)
        return Side(
            step=step,
            process=flow.id,
            performer=performer,
            lane=lane_words(flow, step),
            after_grant=step.scope in outside,
        )

    return side


def step_changes(before: Side, after: Side) -> Iterator[Change]:
    """Yield every change from *before* to *after* of one step, the weightiest first."""
    if before == after:
        return
    old, new = before.step, after.step
    if before.after_grant != after.after_grant:
        yield _regranted(before, after)
    moved = _moved(before, after)
    if moved is not None:
        yield moved
    yield from _retimed(before, after)
    taken_over = after.after_grant and not before.after_grant
    # "Hậu kiểm: …" in front of a name, and the kind that goes with it, say the move once more.
    same_name = taken_over and key(new.name).endswith(key(old.name))
    renamed = key(old.name) != key(new.name)
    if renamed and not same_name:
        yield _change(before, after, ChangeKind.RENAMED, "change-renamed", (old.name, new.name))
    if old.task is not new.task:
        yield _retyped(before, after)
    for fact, of in _FACTS:
        one, other = of(old), of(new)
        # What is done was read from the words and from who does it: told by their change.
        follows = of is _work and (renamed or taken_over or moved is not None)
        # A process is known by its id alone: where all ids are new, another one says nothing.
        anew = of is _called and old.id != new.id and before.process != after.process
        if one != other and not follows and not anew:
            code = _PLAINLY.get((fact, other), "change-restated")
            yield _change(before, after, ChangeKind.RESTATED, code, (one, other), (("fact", fact),))


def _change(
    before: Side,
    after: Side,
    kind: ChangeKind,
    code: str,
    words: tuple[str, str],
    more: tuple[tuple[str, str], ...] = (),
) -> Change:
    step = after.step
    return Change(
        kind=kind,
        code=code,
        name=step.name,
        was=(before.step.id,),
        now=(step.id,),
        before=words[0],
        after=words[1],
        values=(
            ("number", f"{step.number} " if step.number else ""),
            ("name", step.name or step.id),
            ("before", words[0]),
            ("after", words[1]),
            *more,
        ),
    )


def _regranted(before: Side, after: Side) -> Change:
    code = "change-moved-after-grant" if after.after_grant else "change-moved-before-grant"
    named = before.step if after.after_grant else after.step
    values = (("name", named.name or named.id),)
    return _change(before, after, ChangeKind.MOVED, code, (_stage(before), _stage(after)), values)


def _moved(before: Side, after: Side) -> Change | None:
    """Return the move to another performer, level or lane, if there was one."""
    one, other = before.performer, after.performer
    words = performer_words(one), performer_words(other)
    moved = partial(_change, before, after, ChangeKind.MOVED)
    lanes = before.lane, after.lane
    redrawn = all(lanes) and key(lanes[0]) != key(lanes[1])
    if one is None or other is None:
        if one is not other:
            return moved("change-moved", words)
        return moved("change-moved", lanes) if redrawn else None
    same = identity(one) == identity(other)
    if one.levels == other.levels or not one.levels or not other.levels:
        if not same:
            # Two offices that are called the same are told apart by their lanes.
            return moved("change-moved", lanes if redrawn and words[0] == words[1] else words)
        return moved("change-moved", lanes) if redrawn else None
    direction = _direction(one.levels, other.levels)
    levels = level_words(one.levels), level_words(other.levels)
    if same:
        wider = one.levels < other.levels
        return moved("change-level-wider" if wider else f"change-level-{direction}", levels)
    values = (("from", levels[0]), ("to", levels[1]))
    return moved(f"change-moved-{direction}", words, values)


def _retyped(before: Side, after: Side) -> Change:
    old, new = before.step, after.step
    if old.automatic != new.automatic:
        code = "change-automated" if new.automatic else "change-by-hand"
        words = old.task.value, new.task.value
    else:
        code, words = "change-retyped-step", (task_words(old.task), task_words(new.task))
    return _change(before, after, ChangeKind.RETYPED, code, words)


def _stage(side: Side) -> str:
    return "sau khi trả kết quả" if side.after_grant else "trước khi trả kết quả"


def _direction(before: frozenset[Level], after: frozenset[Level]) -> str:
    """Return ``down``, ``up`` or ``across`` by the lowest level that may do it."""
    ranks = [
        min((LEVEL_RANK[level] for level in levels if level in LEVEL_RANK), default=None)
        for levels in (before, after)
    ]
    one, other = ranks
    if one is None or other is None or one == other:
        return "across"
    return "down" if other < one else "up"


def _retimed(before: Side, after: Side) -> Iterator[Change]:
    old, new = before.step, after.step
    retimed = partial(_change, before, after, ChangeKind.RETIMED)
    words = step_time_words(old.time), step_time_words(new.time)
    if _runs(old) != _runs(new):
        yield retimed("change-clock-counts" if _runs(new) else "change-clock-stops", words)
    if old.time.duration != new.time.duration:
        yield retimed(_retimed_code(old.time, new.time), words)
    if old.work != new.work:
        yield retimed("change-work", (time_words(old.work), time_words(new.work)))


def _retimed_code(one: StepTime, other: StepTime) -> str:
    if one.duration is None:
        return "change-time-given"
    if other.duration is None:
        return "change-time-lost"
    if one.duration.unit is not other.duration.unit:
        return "change-retimed"
    if one.duration.amount == other.duration.amount:
        return "change-retimed"
    return (
        "change-shortened" if other.duration.amount < one.duration.amount else "change-lengthened"
    )


def _runs(step: Step) -> bool:
    return step.time.counted and not step.pauses_clock


def _work(step: Step) -> str:
    return kind_words(step.kinds)


def _called(step: Step) -> str:
    return step.calls or NOTHING


def _names(texts: frozenset[str] | None) -> str:
    return "chưa rõ" if texts is None else "; ".join(sorted(texts)) or NOTHING


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a three-valued fact, no switch
    return "chưa rõ" if value is None else "có" if value else "không"


_PAPER: Final = "hồ sơ giấy"
_VISIT: Final = "yêu cầu người dân đến nơi"
_PLAINLY: Final = {
    (_PAPER, "không"): "change-without-paper",
    (_VISIT, "không"): "change-without-visit",
}
"""Facts that an officer says as a sentence of their own."""

_FACTS: Final[tuple[tuple[str, Callable[[Step], str]], ...]] = (
    ("nội dung công việc", _work),
    ("căn cứ pháp lý", lambda step: basis_words(step.legal_basis)),
    ("giấy tờ phải xem", lambda step: _names(step.reads)),
    ("giấy tờ lập ra", lambda step: _names(step.writes)),
    ("tiêu chí kiểm tra", lambda step: _names(step.criteria)),
    ("kết quả", lambda step: step.result or NOTHING),
    ("cơ sở dữ liệu", lambda step: "; ".join(base.name for base in step.databases) or NOTHING),
    ("quyền quyết định", lambda step: _yes(step.decides)),
    ("tính bắt buộc", lambda step: _yes(step.mandatory)),
    (_PAPER, lambda step: _yes(step.paper)),
    (_VISIT, lambda step: _yes(step.applicant_visit)),
    ("số lần làm", lambda step: loop_words(step.loop)),
    ("biểu mẫu", lambda step: form_words(step.fields)),
    ("nhóm cùng được nhận việc", lambda step: "; ".join(step.candidates) or NOTHING),
    ("hàm tự động", lambda step: step.function or NOTHING),
    ("quy trình được gọi", _called),
    ("cách mở hồ sơ", beginning_words),
    ("số lượt mỗi lần làm", token_words),
)
