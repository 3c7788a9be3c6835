"""The cut-by-role table: minutes and steps of the eight categories that plans print.

Source: Bình Định's approved plan (categories: một cửa, chuyên viên, lãnh đạo phòng, lãnh đạo cơ
quan, lấy ý kiến, kiểm tra thực địa, Văn phòng UBND tỉnh, văn thư). What fits none of them stands
in a row "khác" of its own, what machines do in a row "tự động", so that the rows always add up.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.step import Step, StepKind
from tthc_flow.units import WorkTime
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RoleRow(StrEnum):
    """Rows of the table, in the order in which it is printed."""

    ONE_STOP = "one_stop"
    OFFICER = "officer"
    DIVISION_HEAD = "division_head"
    AGENCY_HEAD = "agency_head"
    OPINION = "opinion"
    FIELD_INSPECTION = "field_inspection"
    PROVINCIAL_OFFICE = "provincial_office"
    CLERICAL = "clerical"
    OTHER = "other"
    AUTOMATIC = "automatic"

    @property
    def heading(self) -> str:
        """Return the Vietnamese heading that staff read."""
        return _HEADINGS[self]


_HEADINGS: Final = {
    RoleRow.ONE_STOP: "Một cửa",
    RoleRow.OFFICER: "Chuyên viên",
    RoleRow.DIVISION_HEAD: "Lãnh đạo phòng",
    RoleRow.AGENCY_HEAD: "Lãnh đạo cơ quan",
    RoleRow.OPINION: "Lấy ý kiến",
    RoleRow.FIELD_INSPECTION: "Kiểm tra thực địa",
    RoleRow.PROVINCIAL_OFFICE: "Văn phòng UBND tỉnh",
    RoleRow.CLERICAL: "Văn thư",
    RoleRow.OTHER: "Khác",
    RoleRow.AUTOMATIC: "Tự động",
}

_ROW_OF_ROLE: Final = {
    Role.ONE_STOP_SHOP: RoleRow.ONE_STOP,
    Role.OFFICER: RoleRow.OFFICER,
    Role.DIVISION_HEAD: RoleRow.DIVISION_HEAD,
    Role.AGENCY_HEAD: RoleRow.AGENCY_HEAD,
    Role.CHAIRPERSON: RoleRow.AGENCY_HEAD,
    Role.CONSULTED_AGENCY: RoleRow.OPINION,
    Role.CLERICAL_OFFICE: RoleRow.CLERICAL,
}

_PROVINCIAL_OFFICE: Final = frozenset(
    key(f"{office} {committee} {place}")
    for office in ("Văn phòng", "VP")
    for committee in ("UBND", "Ủy ban nhân dân")
    for place in ("tỉnh", "thành phố")
)


@frozen(kw_only=True)
class RoleTime:
    """One row: its steps, their known time (``None`` where none is known) and those without."""

    row: RoleRow
    steps: int
    work: WorkTime | None
    unknown: int


def row_of(step: Step, performer: Performer | None) -> RoleRow:
    """Return the row that *step* stands in.

    What a machine does is nobody's work. An opinion or a field inspection is told by what is
    done, whoever does it; then comes the provincial office, whatever the role there; then the
    role.

    Example:
        >>> row_of(Step(id="a", name="A"), Performer(name="Văn thư", role=Role.CLERICAL_OFFICE))
        <RoleRow.CLERICAL: 'clerical'>

    Source: own reading of the categories; the plan prints no definitions.
    """
    if step.automatic:
        return RoleRow.AUTOMATIC
    if step.kind in {StepKind.CONSULT, StepKind.OPINION}:
        return RoleRow.OPINION
    if step.kind is StepKind.INSPECT:
        return RoleRow.FIELD_INSPECTION
    if performer is None:
        return RoleRow.OTHER
    if _in_provincial_office(performer):
        return RoleRow.PROVINCIAL_OFFICE
    return (
        RoleRow.OTHER if performer.role is None else _ROW_OF_ROLE.get(performer.role, RoleRow.OTHER)
    )


@lru_cache(maxsize=4096)
def _in_provincial_office(performer: Performer) -> bool:
    if performer.office is None:
        return performer.role is Role.OFFICE_HEAD and Level.PROVINCE in performer.levels
    office = key(performer.office)
    return any(office == name or office.startswith(f"{name} ") for name in _PROVINCIAL_OFFICE)


def by_role(
    steps: Iterable[tuple[Step, Performer | None]],
    known: Mapping[str, Fraction],
    unknown: frozenset[str],
) -> tuple[RoleTime, ...]:
    """Return all ten rows in printing order, also the empty ones."""
    counts = dict.fromkeys(RoleRow, 0)
    gaps = dict.fromkeys(RoleRow, 0)
    minutes: dict[RoleRow, Fraction] = {}
    for step, performer in steps:
        row = row_of(step, performer)
        counts[row] += 1
        gaps[row] += step.id in unknown
        if step.id in known:
            minutes[row] = minutes.get(row, Fraction(0)) + known[step.id]
    return tuple(
        RoleTime(
            row=row, steps=counts[row], work=_work(minutes.get(row), gaps[row]), unknown=gaps[row]
        )
        for row in RoleRow
    )


def _work(minutes: Fraction | None, gaps: int) -> WorkTime | None:
    if minutes is not None:
        return WorkTime(minutes)
    return None if gaps else WorkTime(0)
