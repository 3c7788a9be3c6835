"""Who does a step: role, office and the levels it may be done at."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Role(StrEnum):
    """The part a performer plays; names follow the field's glossary."""

    ONE_STOP_SHOP = "one_stop_shop"
    OFFICER = "officer"
    DIVISION_HEAD = "division_head"
    AGENCY_HEAD = "agency_head"
    OFFICE_HEAD = "office_head"
    CHAIRPERSON = "chairperson"
    CLERICAL_OFFICE = "clerical_office"
    CONSULTED_AGENCY = "consulted_agency"
    COUNCIL = "council"
    UNIT = "unit"
    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"


class Level(StrEnum):
    """Level of government; a performer may stand at several (receipt regardless of boundaries)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


@frozen(kw_only=True)
class Performer:
    """Who does a step, as printed and as understood; what was not understood is ``None`` or empty.

    *office* is the body that answers for the work ("Sở Nội vụ", "Văn phòng UBND tỉnh"): two
    performers of one office and role are the same performer, whatever the wording.
    """

    name: str
    role: Role | None = None
    levels: frozenset[Level] = frozenset()
    office: str | None = None
