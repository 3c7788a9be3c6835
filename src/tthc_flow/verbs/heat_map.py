"""Show a procedure coloured by the time that its dossiers have really taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.errors import BadQuantity
from tthc_flow.measures.heat import HeatKind, together
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.picture.svg import draw
from tthc_flow.report.node_heat import measured_heat, node_heats
from tthc_flow.verbs.opening import opened, spoken
from tthc_flow.verbs.sheets import chosen_sheet
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.calendars.calendar import Calendar
    from tthc_flow.dossiers.log_row import LogRow
    from tthc_flow.verbs.opening import Openable

MEASURED: Final = (HeatKind.TIME.value, HeatKind.WORK.value, HeatKind.WAIT.value)
"""What an event log can colour a picture by."""


def heat_map(  # noqa: PLR0913 - what may be said of a picture, by name
    source: Openable,
    rows: Iterable[LogRow],
    *,
    calendar: Calendar,
    heat: HeatKind | str = HeatKind.TIME,
    version: int | None = None,
    diagram: int | str | None = None,
    process: str | None = None,
    lang: str = "vi",
) -> str:
    """Return one diagram of a file as SVG, each step coloured by its median measured time.

    A step that no dossier has completed is grey, with a question mark.

    Args:
        source: The BPMN file that was deployed.
        rows: The event log, as ``Engine.audit.log`` yields it; other procedures are left out.
        calendar: Counts the office hours.
        heat: ``time`` for the whole time from when a task came up to its end, ``work`` for the
            part in which it could be worked on, ``wait`` for the rest.
        version: Only rows of this version; else of all whose nodes are in the file.
        diagram: Which, as in ``show``.
        process: Which process, as in ``show``.
        lang: The language of title, legend and badges, ``vi`` or ``en``.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read, TF230 and TF234 for a process or
            diagram that it does not have.
        BadQuantity: TF110 for a heat that no log gives, TF106 for a year without a calendar.

    Example:
        >>> from tthc_flow.calendars.calendar import Calendar
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> heat_map(text, (), calendar=Calendar.load(2026)).startswith("<svg")
        True

    Source: see :mod:`tthc_flow.report.node_heat`.
    """
    if heat not in MEASURED:
        raise BadQuantity.unknown_heat(heat, MEASURED)
    kind, lang = HeatKind(heat), spoken(lang)
    reading = opened(source)
    sheet = chosen_sheet(reading, diagram=diagram, process=process)
    shown = () if sheet is None else sheet.procedures
    first, *others = shown or (Procedure(flow=Flow(id="")),)
    keys = {each.flow.id for each in shown}
    found = node_heats((r for r in rows if r.procedure in keys), version=version, calendar=calendar)
    times = sum(each.time.count for each in found if each.time is not None)
    values = {"name": "" if sheet is None else sheet.title or first.name, "times": str(times)}
    return draw(
        first,
        Drawing() if sheet is None else sheet.drawing,
        others=tuple(others),
        title=message(f"slip-measured-{kind.value}", values, lang).text,
        heat=together((measured_heat(found, each.flow, kind) for each in shown), kind),
        notation=reading.document.notation,
        lang=lang,
    )
