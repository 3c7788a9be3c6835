"""The sheets of a file: every diagram it draws, and what it holds without drawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.errors import UnreadableInput
from tthc_flow.layout.fresh import lay_out
from tthc_flow.layout.keep import keep
from tthc_flow.verbs.opening import picked

if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.model.procedure import Procedure


@frozen(kw_only=True)
class Sheet:
    """One picture: its drawing and the procedures it shows, that with most steps first.

    *id* is that of the diagram, *shows* that of what it draws: a process, a collaboration or a
    collapsed sub-process with a diagram of its own.
    """

    id: str
    shows: str
    title: str
    drawing: Drawing
    procedures: tuple[Procedure, ...]


def sheets(reading: Reading) -> tuple[Sheet, ...]:
    """Return the diagrams of the file in their order, then the processes that none of them draws.

    What has no drawing is laid out anew, the processes of one collaboration on one sheet. A node
    that its diagram forgot goes where it fits.
    A diagram that places nothing is left out.

    Example:
        >>> from tthc_flow.bpmn.read import read
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/></process><process id="Q"><task id="B"/></process>
        ... </definitions>'''
        >>> [sheet.shows for sheet in sheets(read(text))]
        ['P', 'Q']

    Source: BPMN 2.0.2, 12 (diagram interchange).
    """
    drawings = [each for each in reading.document.drawings if each.shapes or each.lines]
    placed = {node for each in drawings for node in each.shapes}
    drawn = tuple(_completed(_sheet(reading, each), placed) for each in drawings)
    missing = [
        each for each in reading.procedures if each.flow.nodes and not placed & set(each.flow.by_id)
    ]
    return drawn + tuple(_fresh(each) for each in _together(missing))


def _together(procedures: list[Procedure]) -> list[list[Procedure]]:
    """Return *procedures* by the collaboration they stand in; one that is in none is alone."""
    found: list[list[Procedure]] = []
    at: dict[str, list[Procedure]] = {}
    for procedure in procedures:
        pools = [pool.id for pool in procedure.pools]
        group = next((at[pool] for pool in pools if pool in at), None)
        if group is None:
            group = []
            found.append(group)
        group.append(procedure)
        at |= dict.fromkeys(pools, group)
    return found


def _fresh(procedures: list[Procedure]) -> Sheet:
    """Return *procedures* laid out on one sheet."""
    drawing = lay_out(*procedures)
    shown = sorted(procedures, key=lambda each: -len(each.flow.nodes))
    first = shown[0]
    # Of several pools none is the whole: their names stand in the picture.
    title = first.name if len(shown) == 1 else ""
    return Sheet(
        id=first.flow.id,
        shows=first.flow.id,
        title=title,
        drawing=drawing,
        procedures=tuple(shown),
    )


def _sheet(reading: Reading, drawing: Drawing) -> Sheet:
    shown = [each for each in reading.procedures if shows(drawing, each)]
    shown.sort(key=lambda each: -_count(drawing, each))
    worked = [each for each in shown if each.flow.nodes]
    # Of several pools none is the whole: their names stand in the picture.
    title = worked[0].name if len(worked) == 1 else drawing.name
    plane = drawing.plane or ""
    inside = next((each.flow.by_id[plane] for each in shown if plane in each.flow.by_id), None)
    if inside is not None:
        title = " › ".join(filter(None, (title, inside.name or inside.id)))
    return Sheet(id=drawing.id, shows=plane, title=title, drawing=drawing, procedures=tuple(shown))


def _completed(sheet: Sheet, placed: set[str]) -> Sheet:
    """Return *sheet* with the nodes of its processes that no diagram places.

    What lies in a sub-process stays out: a collapsed one hides it.
    """
    drawing = sheet.drawing
    for procedure in sheet.procedures:
        flow = procedure.flow
        if all(node.scope or node.id in placed for node in flow.nodes):
            continue
        nodes = tuple(node for node in flow.nodes if node.id in placed or not node.scope)
        held = {node.id for node in nodes}
        edges = tuple(edge for edge in flow.edges if {edge.source, edge.target} <= held)
        visible = evolve(procedure, flow=evolve(flow, nodes=nodes, edges=edges))
        kept = keep(drawing, visible, visible)
        if drawing.shapes.keys() <= kept.shapes.keys():
            drawing = evolve(drawing, shapes=kept.shapes, lines=kept.lines)
    return sheet if drawing is sheet.drawing else evolve(sheet, drawing=drawing)


def shows(drawing: Drawing, procedure: Procedure) -> bool:
    """Return whether *drawing* places anything of *procedure*: a node, lane, note, or its pool.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.drawing import Drawing
        >>> from tthc_flow.model.procedure import Procedure
        >>> shows(Drawing(), Procedure(flow=Flow(id="p")))
        False
    """
    own = {each.id for each in procedure.pools if each.process == procedure.flow.id}
    beside = (each.id for each in procedure.artifacts if not each.shared)
    held = (*procedure.flow.by_id, *procedure.flow.lane_by_id, *own, *beside)
    return any(each in drawing.shapes for each in held)


def _count(drawing: Drawing, procedure: Procedure) -> int:
    return sum(node in drawing.shapes for node in procedure.flow.by_id)


def chosen_sheet(
    reading: Reading, *, diagram: int | str | None = None, process: str | None = None
) -> Sheet | None:
    """Return the sheet of that number (from 1) or id, else the one that draws most of *process*.

    ``None`` where the file has nothing to draw.

    Raises:
        UnreadableInput: TF230 for a process, TF234 for a diagram that the file does not have.
    """
    every = sheets(reading)
    if diagram is not None:
        return _named(reading, every, str(diagram))
    if process is None and not reading.procedures:
        return every[0] if every else None
    procedure = picked(reading, process)
    return max(every, key=lambda each: _count(each.drawing, procedure), default=None)


def _named(reading: Reading, every: tuple[Sheet, ...], name: str) -> Sheet:
    for number, sheet in enumerate(every, start=1):
        if name in {str(number), sheet.id, sheet.shows} - {""}:
            return sheet
    for sheet in every:
        if any(name == each.flow.id for each in sheet.procedures):
            return sheet
    known = tuple(f"{number} ({each.id})" for number, each in enumerate(every, start=1))
    raise UnreadableInput(
        "TF234",
        f"no diagram {name!r}",
        place=reading.document.source.place,
        hint=f"choose one of {', '.join(known)}" if known else "the file has nothing to draw",
        choices=known,
    )
