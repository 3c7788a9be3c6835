"""The steps of the real procedures beside the repository, with the labels given by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from attrs import frozen

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.step import StepKind
from tthc_flow.words.actors import read_performer
from tthc_flow.words.kinds import read_kinds

KINDS = {
    "examine2": "reexamine",
    "numbering_stamp": "number_and_stamp",
    "consult_response": "opinion",
    "applicant_fix": "supplement",
}
ROLES = {
    "one_door": "one_stop_shop",
    "agency_leader": "agency_head",
    "chair": "chairperson",
    "clerk": "clerical_office",
    "office_leader": "office_head",
}
LEVELS = {"province_or_commune": {Level.PROVINCE, Level.COMMUNE}, "citizen": set()}


@frozen(kw_only=True)
class Case:
    """One labelled step and what the words room reads from its performer and text."""

    document: str
    place: str
    kinds: tuple[StepKind, ...]
    role: Role
    levels: frozenset[Level]
    said_kinds: tuple[StepKind, ...]
    said_role: Role | None
    said_levels: frozenset[Level]

    @property
    def kind_right(self) -> bool:
        """Return whether the main kind that was read is one of the labels."""
        return bool(self.said_kinds) and self.said_kinds[0] in self.kinds


def cases(folder: Path) -> Iterator[Case]:
    """Yield every labelled step of the procedures in *folder*."""
    for file in sorted(folder.glob("*.yaml")):
        table = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        at = table["authority_level"]
        level = Level(at) if at in set(Level) else None
        for step in table["steps"]:
            reading = read_performer(step["performer"], agency=table["agency"], level=level)
            citizen = step["level"] == "citizen"
            role = "applicant" if citizen else ROLES.get(step["role"], step["role"])
            levels = LEVELS.get(step["level"]) if step["level"] in LEVELS else {step["level"]}
            yield Case(
                document=table["source"]["document"],
                place=f"{file.stem} {step['no']}",
                kinds=tuple(StepKind(KINDS.get(kind, kind)) for kind in step["kinds"]),
                role=Role(role),
                levels=frozenset(Level(each) for each in levels or ()),
                said_kinds=read_kinds(step["content"], reading.performer).kinds,
                said_role=reading.performer.role,
                said_levels=reading.performer.levels,
            )
