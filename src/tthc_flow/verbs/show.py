"""Show a procedure as a picture (SVG)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.layout.fresh import lay_out
from tthc_flow.measures.norm_time import all_minutes
from tthc_flow.picture.svg import draw
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import chosen, drawing_of, opened, picked, spoken

if TYPE_CHECKING:
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def show(
    source: Openable,
    *,
    process: str | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    lang: str = "vi",
) -> str:
    """Return a procedure as SVG, its steps coloured by their time.

    A file without a drawing is laid out; one with a drawing is shown as it was drawn.

    Args:
        source: The BPMN file.
        process: Which process, where the file has several; else the one with most steps.
        convention: The rule that turns printed units into working minutes, for the colours.
        lang: The language of legend and badges, ``vi`` or ``en``.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> show(text).startswith("<svg")
        True

    Source: BPMN 2.0.2 chapter 7 and 12 for the shapes.
    """
    convention, lang, reading = chosen(convention), spoken(lang), opened(source)
    procedure = picked(reading, process)
    drawing = drawing_of(reading, procedure) or lay_out(procedure)
    heat = all_minutes(procedure.flow, convention)
    return draw(procedure, drawing, title=procedure.name, heat=heat, lang=lang)
