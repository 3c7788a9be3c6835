"""Skip the district (bỏ cấp trung gian): the level was abolished on 1 July 2025.

Finds: a step done at the district level alone, in a flow that is not a 2024 baseline.
Matters: no such level exists any more (Luật 72/2025/QH15 Điều 1); the step has no lawful performer.
Not when: – (legal only in a "before"); which level receives the work must be answered.
Source: Luật 72/2025/QH15 Điều 1; 949/KH-UBND III.1.3(ii).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.graph.performers import performer_of
from tthc_flow.graph.rewrite import given_to
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.lever import Candidate, Evidence, Lever
from tthc_flow.model.source import Source
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.conditions import asked, who_may_amend
from tthc_flow.proof.gates.evidence import done_by, time_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.actor import Performer
    from tthc_flow.model.procedure import Procedure

ABOLISHED: Final = Source(document="Luật 72/2025/QH15", place="Điều 1")
_DISTRICT = frozenset({Level.DISTRICT})
_COMMUNE: Final = "UBND cấp xã"
_TITLES: Final = {
    Role.CHAIRPERSON: "Chủ tịch UBND cấp xã",
    Role.DIVISION_HEAD: "Lãnh đạo phòng chuyên môn, UBND cấp xã",
    Role.OFFICER: "Công chức chuyên môn, UBND cấp xã",
    Role.CLERICAL_OFFICE: "Văn thư, UBND cấp xã",
    Role.ONE_STOP_SHOP: "Trung tâm Phục vụ hành chính công cấp xã",
}
_WORDS: Final = (
    ("UBND cấp huyện", _COMMUNE),
    ("UBND huyện", _COMMUNE),
    ("cấp huyện", "cấp xã"),
)


def find(procedure: Procedure) -> Iterator[Candidate]:
    """Yield each step of the district alone, in file order."""
    if procedure.baseline:
        return
    flow = procedure.flow
    for step in flow.steps:
        performer = performer_of(flow, step)
        if performer is None or performer.levels != _DISTRICT:
            continue
        authority, instrument = who_may_amend(procedure, step)
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
            ),
            preconditions=(
                asked(procedure, "commune-receives-the-work", step),
                asked(procedure, "receiver-has-capacity", step),
            ),
            authority=authority,
            instrument=instrument,
        )


def apply(procedure: Procedure, candidate: Candidate) -> Procedure:
    """Return *procedure* with the step at the commune level, by the same role."""
    flow = procedure.flow
    for target in candidate.targets:
        step = flow.by_id[target]
        performer = performer_of(flow, step) if isinstance(step, Step) else None
        if isinstance(step, Step) and performer is not None:
            flow = given_to(flow, _renamed(step), _at_the_commune(performer))
    return evolve(procedure, flow=flow)


def _at_the_commune(performer: Performer) -> Performer:
    """Return the same role at the People's Committee of the commune."""
    return evolve(
        performer,
        name=_TITLES.get(performer.role, _COMMUNE) if performer.role else _COMMUNE,
        levels=frozenset({Level.COMMUNE}),
        office=_COMMUNE,
    )


def _renamed(step: Step) -> Step:
    """Return *step* with the district's name in its title replaced by the commune's."""
    name = step.name
    for district, commune in _WORDS:
        name = name.replace(district, commune)
    return evolve(step, name=name)


LEVER = Lever(
    id="skip_district",
    title="Bỏ cấp trung gian (cấp huyện)",
    source="Luật 72/2025/QH15 Điều 1; 949/KH-UBND III.1.3(ii)",
    find=find,
    apply=apply,
)
