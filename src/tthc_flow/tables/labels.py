"""The labels a table may carry for kind, role and level, and what they mean here."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.step import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, StepKind]] = MappingProxyType(
    {kind.value: kind for kind in StepKind}
    | {
        "examine2": StepKind.REEXAMINE,
        "consult_response": StepKind.OPINION,
        "numbering_stamp": StepKind.NUMBER_AND_STAMP,
        "applicant_fix": StepKind.SUPPLEMENT,
    }
)

ROLES: Final[Mapping[str, Role]] = MappingProxyType(
    {role.value: role for role in Role}
    | {
        "one_door": Role.ONE_STOP_SHOP,
        "chair": Role.CHAIRPERSON,
        "agency_leader": Role.AGENCY_HEAD,
        "clerk": Role.CLERICAL_OFFICE,
        "office_leader": Role.OFFICE_HEAD,
        "citizen": Role.APPLICANT,
    }
)

LEVELS: Final[Mapping[str, frozenset[Level]]] = MappingProxyType(
    {level.value: frozenset({level}) for level in Level}
    | {"province_or_commune": frozenset({Level.PROVINCE, Level.COMMUNE})}
)

CITIZEN: Final = "citizen"
"""The level label of a row that the applicant does himself: no level of government."""

UNKNOWN: Final = "unknown"
"""In place of a label: nobody knows, so the words are not asked either."""
