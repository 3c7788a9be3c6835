"""Skip the district (bỏ cấp trung gian): the level was abolished on 1 July 2025.

Finds: a step done at the district level alone; also in a baseline of 2024, where it was lawful:
    what is proposed from it is not.
Matters: no such level exists any more (Luật 72/2025/QH15 Điều 1); the step has no lawful performer.
Not when: – (legal only in a "before"). Which level received the work must be answered: the commune,
    or the province where the answer says that it is not the commune. A body that was never the
    district committee's (tax, police, treasury, land registry …) is reorganised by its own branch:
    its work goes to neither, so the change is barred there.
Source: Luật 72/2025/QH15 Điều 1; 949/KH-UBND III.1.3(ii).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import given_to
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.law import Reply
from tthc_flow.model.lever import (
    Candidate,
    Evidence,
    Lever,
    Necessity,
    Precondition,
    Verdict,
)
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step, StepKind
from tthc_flow.proof.gates.amending import who_may_amend
from tthc_flow.proof.gates.capacity import fits
from tthc_flow.proof.gates.conditions import asked
from tthc_flow.proof.gates.confidence import confidence_of
from tthc_flow.proof.gates.evidence import done_by, time_of
from tthc_flow.proof.gates.questions import answer_to, given_answers
from tthc_flow.proof.gates.risk import risk_of
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure

ABOLISHED: Final = Source(document="Luật 72/2025/QH15", place="Điều 1")
_DISTRICT = frozenset({Level.DISTRICT})
_QUESTION: Final = "commune-receives-the-work"
_COMMUNE: Final = "UBND cấp xã"
_PROVINCE: Final = "UBND tỉnh"
_AGENCY: Final = "Sở chuyên môn"
_TITLES: Final = {
    Level.COMMUNE: {
        Role.CHAIRPERSON: ("Chủ tịch UBND cấp xã", _COMMUNE),
        Role.DIVISION_HEAD: ("Lãnh đạo phòng chuyên môn, UBND cấp xã", _COMMUNE),
        Role.OFFICER: ("Công chức chuyên môn, UBND cấp xã", _COMMUNE),
        Role.CLERICAL_OFFICE: ("Văn thư, UBND cấp xã", _COMMUNE),
        Role.ONE_STOP_SHOP: ("Trung tâm Phục vụ hành chính công cấp xã", _COMMUNE),
        None: (_COMMUNE, _COMMUNE),
    },
    Level.PROVINCE: {
        Role.CHAIRPERSON: ("Chủ tịch UBND tỉnh", _PROVINCE),
        Role.AGENCY_HEAD: ("Lãnh đạo sở chuyên môn", _AGENCY),
        Role.DIVISION_HEAD: ("Lãnh đạo phòng, sở chuyên môn", _AGENCY),
        Role.OFFICER: ("Chuyên viên, sở chuyên môn", _AGENCY),
        Role.CLERICAL_OFFICE: ("Văn thư, sở chuyên môn", _AGENCY),
        Role.ONE_STOP_SHOP: (
            "Trung tâm Phục vụ hành chính công tỉnh",
            "Trung tâm Phục vụ hành chính công tỉnh",
        ),
        None: (_PROVINCE, _PROVINCE),
    },
}
"""Who does the same work at the level that received it; which agency of it is not known here."""

_BRANCHES: Final = tuple(
    key(words)
    for words in (
        "thuế", "kho bạc", "công an", "bảo hiểm xã hội", "hải quan", "thi hành án", "tòa án",
        "viện kiểm sát", "chỉ huy quân sự", "đăng ký đất đai", "đăng ký quyền sử dụng đất",
        "ngân hàng", "thống kê", "kiểm lâm", "quản lý thị trường",
    )
)  # fmt: skip
"""Bodies in a district that answer to a ministry or a department, not to its committee."""

_WORDS: Final = {
    Level.COMMUNE: (
        ("UBND cấp huyện", _COMMUNE),
        ("UBND huyện", _COMMUNE),
        ("UBND thành phố", _COMMUNE),
        ("UBND thị xã", _COMMUNE),
        ("UBND quận", _COMMUNE),
        ("cấp huyện", "cấp xã"),
    ),
    Level.PROVINCE: (
        ("UBND cấp huyện", _PROVINCE),
        ("UBND huyện", _PROVINCE),
        ("UBND thành phố", _PROVINCE),
        ("UBND thị xã", _PROVINCE),
        ("UBND quận", _PROVINCE),
        ("cấp huyện", "cấp tỉnh"),
    ),
}


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step of the district alone, in file order."""
    flow = procedure.flow
    for step in flow.steps:
        performer = performer_of(flow, step)
        if performer is None or performer.levels != _DISTRICT:
            continue
        receiver = _at(_receiving(procedure, step), performer)
        yield Candidate(
            lever=LEVER.id,
            targets=(step.id,),
            evidence=(
                done_by(step, performer),
                time_of(step),
                Evidence(
                    name="level-abolished",
                    value=f"{ABOLISHED.place} {ABOLISHED.document}",
                    element=step.id,
                    source=ABOLISHED,
                ),
                Evidence(name="receives-the-work", value=receiver.name, element=step.id),
            ),
            preconditions=(
                _is_the_committees(performer),
                _somebody_receives(procedure, step),
                fits(procedure, receiver, step, moved=(step,)),
            ),
            amends=who_may_amend(procedure, step),
            risk=risk_of(procedure),
            confidence=confidence_of(procedure, step),
            necessity=Necessity.OBLIGED,
        )


def _is_the_committees(performer: Performer) -> Precondition:
    """Return whether the district's own committee answered for the work of *performer*."""
    name = "under-the-district-committee"
    said = f" {key(performer.name)} {key(performer.office or '')} "
    branch = next((words for words in _BRANCHES if f" {words} " in said), None)
    if branch is None:
        return Precondition(name=name, verdict=Verdict.PASS)
    because = (("own-branch", performer.name),)
    return Precondition(name=name, verdict=Verdict.FAIL, because=because)


def _replies(procedure: Procedure, step: Step) -> set[Reply]:
    """Return what is answered, with a source, about whether the commune receives *step*."""
    nearest = answer_to(procedure, _QUESTION, step.id)
    if nearest is None:
        return set()
    counting = given_answers(procedure).counting[_QUESTION, nearest.step]
    return {answer.reply for answer in counting}


def _receiving(procedure: Procedure, step: Step) -> Level:
    """Return the level that received the work; the commune until it is answered."""
    only_no = Reply.NO in (said := _replies(procedure, step)) and Reply.YES not in said
    return Level.PROVINCE if only_no else Level.COMMUNE


def _somebody_receives(procedure: Procedure, step: Step) -> Precondition:
    """Return whether it is answered which level received the work of *step*, and how.

    Answers that contradict each other bar, as everywhere.
    """
    if _receiving(procedure, step) is Level.COMMUNE:
        return asked(procedure, _QUESTION, step)
    answer = answer_to(procedure, _QUESTION, step.id)
    return Precondition(
        name="province-receives-the-work",
        verdict=Verdict.PASS,
        because=(("answer", Reply.NO.value),),
        source=None if answer is None else answer.source,
    )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step at the level that received it, by the same role."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        performer = performer_of(flow, step) if isinstance(step, Step) else None
        if isinstance(step, Step) and performer is not None:
            level = _receiving(procedure, step)
            flow = given_to(flow, _renamed(step, level), _at(level, performer))
    return evolve(procedure, flow=flow)


def _at(level: Level, performer: Performer) -> Performer:
    """Return the same role at *level*."""
    titles = _TITLES[level]
    name, office = titles.get(performer.role, titles[None])
    return evolve(performer, name=name, levels=frozenset({level}), office=office)


def _renamed(step: Step, level: Level) -> Step:
    """Return *step* with the district's name in its title replaced by that of *level*."""
    name = step.name
    for district, receiver in _WORDS[level]:
        name = name.replace(district, receiver)
    return evolve(step, name=name)


LEVER = Lever(
    id="skip_district",
    title="Bỏ cấp trung gian (cấp huyện)",
    source="Luật 72/2025/QH15 Điều 1; 949/KH-UBND III.1.3(ii)",
    kinds=frozenset(StepKind),
    find=find,
    apply=apply,
)
