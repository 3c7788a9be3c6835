"""What changed about one step: who, when, how long, its name, its type, its facts.

Source: domain rule of this project; a move to a lower level of government is phân cấp.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.performers import identity, performer_of
from tthc_flow.measures.change import Change, ChangeKind
from tthc_flow.measures.wording import (
    LEVEL_RANK,
    NOTHING,
    basis_words,
    kind_words,
    level_words,
    performer_words,
    step_time_words,
    task_words,
    time_words,
)
from tthc_flow.model.actor import Level, Performer
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step, StepKind, StepTime
from tthc_flow.words.syllables import key


@frozen(kw_only=True)
class Side:
    """A step, its performer, and whether it lies after the grant, on one side of a comparison."""

    step: Step
    performer: Performer | None
    after_grant: bool


def sides(flow: Flow) -> Callable[[Step], Side]:
    """Return a function that tells a step of *flow* with its performer and place."""
    outside = scopes_outside_clock(flow)

    def side(step: Step) -> Side:
        performer = performer_of(flow, step)
        return Side(step=step, performer=performer, after_grant=step.scope in outside)

    return side


def step_changes(before: Side, after: Side) -> Iterator[Change]:
    """Yield every change from *before* to *after* of one step, the weightiest first."""
    yield from _moved(before, after)
    yield from _retimed(before.step, after.step)
    old, new = before.step, after.step
    taken_over = after.after_grant and not before.after_grant
    # "Hậu kiểm: …" in front of a name, and the kind that goes with it, say the move once more.
    same_name = taken_over and key(new.name).endswith(key(old.name))
    if key(old.name) != key(new.name) and not same_name:
        yield _change(ChangeKind.RENAMED, "change-renamed", new, old.name, new.name)
    if old.automatic != new.automatic:
        code = "change-automated" if new.automatic else "change-by-hand"
        yield _change(ChangeKind.RETYPED, code, new, old.task.value, new.task.value)
    elif old.task is not new.task:
        yield _change(
            ChangeKind.RETYPED,
            "change-retyped-step",
            new,
            task_words(old.task),
            task_words(new.task),
        )
    for fact, of in _FACTS:
        one, other = of(old), of(new)
        if one != other and not (taken_over and StepKind.POST_INSPECT in new.kinds and of is _work):
            yield _change(
                ChangeKind.RESTATED, "change-restated", new, one, other, (("fact", fact),)
            )


def _change(
    kind: ChangeKind,
    code: str,
    step: Step,
    before: str,
    after: str,
    more: tuple[tuple[str, str], ...] = (),
) -> Change:
    return Change(
        kind=kind,
        code=code,
        element=step.id,
        name=step.name,
        before=before,
        after=after,
        values=(
            ("number", f"{step.number} " if step.number else ""),
            ("name", step.name or step.id),
            ("before", before),
            ("after", after),
            *more,
        ),
    )


def _moved(before: Side, after: Side) -> Iterator[Change]:
    step = after.step
    if before.after_grant != after.after_grant:
        code = "change-moved-after-grant" if after.after_grant else "change-moved-before-grant"
        named = before.step if after.after_grant else step
        values = (("name", named.name or named.id),)
        yield _change(ChangeKind.MOVED, code, step, _stage(before), _stage(after), values)
    one, other = before.performer, after.performer
    old, new = performer_words(one), performer_words(other)
    if one is None or other is None:
        if one is not other:
            yield _change(ChangeKind.MOVED, "change-moved", step, old, new)
        return
    same = identity(one) == identity(other)
    direction = _direction(one.levels, other.levels)
    if one.levels == other.levels or not one.levels or not other.levels:
        if not same:
            yield _change(ChangeKind.MOVED, "change-moved", step, old, new)
        return
    levels = (("from", level_words(one.levels)), ("to", level_words(other.levels)))
    if same:
        yield _change(
            ChangeKind.MOVED, f"change-level-{direction}", step, levels[0][1], levels[1][1]
        )
    else:
        yield _change(ChangeKind.MOVED, f"change-moved-{direction}", step, old, new, levels)


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


def _retimed(old: Step, new: Step) -> Iterator[Change]:
    one, other = old.time, new.time
    if _runs(old) != _runs(new):
        code = "change-clock-counts" if _runs(new) else "change-clock-stops"
        yield _change(ChangeKind.RETIMED, code, new, step_time_words(one), step_time_words(other))
    if one.duration != other.duration:
        yield _change(
            ChangeKind.RETIMED,
            _retimed_code(one, other),
            new,
            step_time_words(one),
            step_time_words(other),
        )
    if old.work != new.work:
        yield _change(
            ChangeKind.RETIMED, "change-work", new, time_words(old.work), time_words(new.work)
        )


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


def _names(texts: frozenset[str] | None) -> str:
    return "chưa rõ" if texts is None else "; ".join(sorted(texts)) or NOTHING


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a three-valued fact, no switch
    return "chưa rõ" if value is None else "có" if value else "không"


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
    ("hồ sơ giấy", lambda step: _yes(step.paper)),
    ("yêu cầu người dân đến nơi", lambda step: _yes(step.applicant_visit)),
)
