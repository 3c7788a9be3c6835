"""The facts of a step as texts, and the texts that somebody types as facts of the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from tthc_flow.errors import BadQuantity
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.finding import Severity
from tthc_flow.model.step import Step
from tthc_flow.tables import csv_text
from tthc_flow.tables.fact_sheet import COLUMNS, known_cells
from tthc_flow.tables.fact_table import fact_row
from tthc_flow.tables.notes import Notes
from tthc_flow.words.actors import read_performer
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure

FIELDS: Final = ("no", *(name for name in COLUMNS if name != "id"))
"""The facts that can be typed, in the order of the sheet of facts."""

_GROUPS: Final = {
    "performer": ("performer", "office", "role", "level"),
    "time": ("time", "evidence", "source", "source.place", "source.date", "source.url"),
    "harm": tuple(name for name in COLUMNS if name.startswith("harm.")),
}
"""Texts that state one fact together, by the field of the step; the first is the fact itself."""

_ATTRIBUTES: Final = {"no": "number", "pause": "pauses_clock"}
_ABOUT_THE_SOURCE: Final = frozenset({"source", "source.place", "source.date", "source.url"})


def facts_of(procedure: Procedure, step: Step) -> dict[str, str]:
    """Return what is known of *step* as texts, by the names of ``FIELDS``; unknown is left out.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> facts_of(Procedure(flow=Flow(id="p")), Step(id="a", name="Ký", result="Giấy phép"))
        {'name': 'Ký', 'result': 'Giấy phép'}

    Source: the columns of the sheet of facts.
    """
    known = dict(known_cells(step))
    known.pop("id", None)
    who = performer_of(procedure.flow, step)
    if "performer" not in known and who is not None and who.name:
        known["performer"] = " ".join(who.name.split())
    return {"no": step.number, **known} if step.number else known


def with_facts(procedure: Procedure, element: str, fields: Mapping[str, str]) -> Procedure:
    """Return *procedure* with the facts of a step as they were typed; an empty text is unknown.

    A time that changes keeps its kind of evidence, but no longer the source of the time before,
    unless the source is given again. A performer that changes has the role that its words say;
    office and level stay where they say none.

    Args:
        procedure: The procedure.
        element: The id of the step.
        fields: Texts as staff write them ("0,5 ngày", "Chuyên viên", "có"), by ``FIELDS``.

    Raises:
        BadQuantity: TF142 where there is no such step or fact, TF143 for a text that is not
            understood.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> after = with_facts(Procedure(flow=flow), "a", {"time": "0,5 ngày"})
        >>> after.flow.steps[0].time.duration.amount
        Fraction(1, 2)

    Source: the columns of the sheet of facts.
    """
    step = procedure.flow.by_id.get(element)
    if not isinstance(step, Step):
        known = tuple(each.id for each in procedure.flow.steps)
        raise _unknown(f"no step {element!r}", element, known)
    for name in fields:
        if name not in FIELDS:
            raise _unknown(f"no fact {name!r}", element, FIELDS)
    changed = _changed(step, facts_of(procedure, step), fields)
    nodes = tuple(changed if each is step else each for each in procedure.flow.nodes)
    return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes))


def _unknown(fact: str, place: str, known: tuple[str, ...]) -> BadQuantity:
    return BadQuantity(
        "TF142", fact, place=place, hint=f"choose one of {', '.join(known)}", choices=known
    )


def _changed(step: Step, known: Mapping[str, str], fields: Mapping[str, str]) -> Step:
    given = {name: " ".join(text.split()) for name, text in fields.items()}
    given = {name: text for name, text in given.items() if text != known.get(name, "")}
    if "name" in given:
        step = evolve(step, name=given.pop("name"))
    groups: dict[str, dict[str, str]] = {}
    for name, text in given.items():
        groups.setdefault(_attribute(name), {})[name] = text
    taken = {name: _read(step, name, known, typed) for name, typed in groups.items()}
    return evolve(step, **taken)


def _attribute(name: str) -> str:
    """Return the field of a step that the text *name* is about."""
    group = next((each for each, names in _GROUPS.items() if name in names), name)
    return _ATTRIBUTES.get(group, group)


def _read(step: Step, attribute: str, known: Mapping[str, str], typed: Mapping[str, str]) -> Any:  # noqa: ANN401 - any field of a step
    """Return the value of *attribute* that the texts state, what was *known* with them."""
    names = _GROUPS.get(attribute, tuple(typed))
    cells = {name: known[name] for name in names if name in known}
    for name in _outdated(typed):
        cells.pop(name, None)
    cells = {name: text for name, text in {**cells, **typed}.items() if text}
    plain = getattr(Step(id="", name=""), attribute)
    whole = attribute in {"performer", "time"}
    if not cells or (whole and typed.get(attribute) == ""):
        return plain
    notes = Notes()
    row = fact_row(csv_text.row(list(cells), list(cells.values()), 1), None, notes)
    doubts = [each for each in notes.found if each.severity > Severity.INFO]
    if doubts or (whole and attribute not in row.facts):
        raise _not_understood(step.id, typed, doubts)
    return row.facts.get(attribute, plain)


def _outdated(typed: Mapping[str, str]) -> frozenset[str]:
    """Return the texts that said something of what stood there before what was *typed*."""
    if "time" in typed and not _ABOUT_THE_SOURCE & typed.keys():
        return _ABOUT_THE_SOURCE
    if "performer" in typed:
        said = read_performer(typed["performer"]).performer
        told = {"role": True, "office": said.office is not None, "level": bool(said.levels)}
        return frozenset(name for name, new in told.items() if new) - typed.keys()
    return frozenset()


def _not_understood(element: str, typed: Mapping[str, str], doubts: list[Finding]) -> BadQuantity:
    said = "; ".join(f"{name}: {text!r}" for name, text in typed.items())
    why = "; ".join(message(each.code, dict(each.values), "en").text for each in doubts)
    return BadQuantity(
        "TF143",
        f"{said}: {why}" if why else said,
        place=f"{element} {', '.join(typed)}",
        hint="write it as a table does: 0,5 ngày làm việc; Chuyên viên; có or không",
    )
