"""What a procedure is, what it asks for and what it inspects: the facts of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.performers import performer_of
from tthc_flow.model.step import StepKind
from tthc_flow.portfolio.sketch import shape, sketch
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.portfolio.rows import Row


def facts(procedure: Procedure) -> Row:
    """Return what *procedure* is called, where it belongs, who takes part, and its marks.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> facts(Procedure(flow=Flow(id="p"), name="Cấp phép", code="1.0"))["name_key"]
        'câp5 phep5'
    """
    flow = procedure.flow
    name, drawn = procedure.name or flow.name or None, sketch(flow)
    performers = [each for step in flow.steps if (each := performer_of(flow, step)) is not None]
    return {
        "process": flow.id,
        "code": procedure.code,
        "name": name,
        "name_key": None if name is None else key(name),
        "kind": procedure.kind.value,
        "field": procedure.field,
        "agency": procedure.agency,
        "level": None if procedure.level is None else procedure.level.value,
        "locality": procedure.locality,
        "roles": sorted({each.role.value for each in performers if each.role is not None}),
        "levels": sorted({level.value for each in performers for level in each.levels}),
        "shape": shape(flow),
        "sketch": list(drawn.numbers),
        "shingles": list(drawn.shingles),
    }


def own_documents(procedure: Procedure) -> list[Row]:
    """Return a row for each dossier component of *procedure*."""
    return [
        {
            "name": each.name,
            "name_key": key(each.name),
            "known_in": each.known_in,
            "copies": each.copies,
            "original": each.original,
        }
        for each in procedure.documents or ()
    ]


def own_inspections(procedure: Procedure) -> list[Row]:
    """Return a row for each step of *procedure* that inspects something, now or afterwards.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> step = Step(id="a", name="Đi xem", kinds=(StepKind.INSPECT,), inspects="Nhà kho")
        >>> own_inspections(Procedure(flow=Flow(id="p", nodes=(step,))))[0]["subject_key"]
        'nha2 kho'
    """
    found = []
    for step in procedure.flow.steps:
        if step.inspects is None and _INSPECTING.isdisjoint(step.kinds):
            continue
        who = performer_of(procedure.flow, step)
        found.append(
            {
                "step": step.id,
                "name": step.name,
                "subject": step.inspects,
                "subject_key": None if step.inspects is None else key(step.inspects),
                "office": None if who is None else who.office or who.name,
            }
        )
    return found


_INSPECTING = frozenset({StepKind.INSPECT, StepKind.POST_INSPECT})
