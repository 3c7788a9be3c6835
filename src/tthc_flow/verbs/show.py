"""Show a procedure as a picture: SVG, or PNG for papers that take no SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.measures.heat import Heat, HeatKind
from tthc_flow.model.drawing import Drawing
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.picture.svg import draw
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.colour import NO_HEAT, asked_heat, heat_over
from tthc_flow.verbs.counter_example import counter_example as broken
from tthc_flow.verbs.opening import chosen, opened, spoken
from tthc_flow.verbs.sheets import Sheet, chosen_sheet, sheets

if TYPE_CHECKING:
    from tthc_flow.bpmn.read import Reading
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable

_NOTHING: Final = {"vi": "Tệp này chưa vẽ gì", "en": "This file draws nothing"}


@frozen
class _Manner:
    """How sheets are shown: the heat asked for, the convention, the language."""

    heat: str | None
    convention: Convention
    lang: str


def show(  # noqa: PLR0913 - what may be said of a picture, by name
    source: Openable,
    *,
    diagram: int | str | None = None,
    process: str | None = None,
    heat: HeatKind | str | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    lang: str = "vi",
    counter_example: bool = False,
) -> str:
    """Return one diagram of a file as SVG, its steps coloured by their heat.

    A file without a drawing is laid out; one with a drawing is shown as it was drawn.

    Args:
        source: The BPMN file.
        diagram: Its number (from 1), its id, or the id of the process or sub-process it shows;
            else the one that draws most of *process*.
        process: Which process, where the file has several; else the one with most steps.
        heat: ``time``, ``work``, ``wait``, ``handoffs``, ``level`` or ``findings``; ``none`` shows
            the file's own colours. Unsaid: time where the file states any, else its colours.
        convention: The rule that turns printed units into working minutes.
        lang: The language of legend and badges, ``vi`` or ``en``.
        counter_example: Draw, in the place of heat, what ``check`` found broken about *process*:
            the way there in numbers, the broken place framed, and below it what is wrong.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read, TF230 and TF234 for a process or
            diagram that it does not have.
        BadQuantity: TF110 for a heat that there is not.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> show(text).startswith("<svg")
        True

    Source: BPMN 2.0.2 chapters 7 and 12 for the shapes.
    """
    manner, reading = _manner(heat, convention, lang), opened(source)
    if counter_example:
        return broken(reading, process, manner.lang)
    sheet = chosen_sheet(reading, diagram=diagram, process=process)
    return _drawn(reading, sheet, manner)


def show_all(
    source: Openable,
    *,
    heat: HeatKind | str | None = None,
    convention: Convention | str = DEFAULT_CONVENTION,
    lang: str = "vi",
) -> tuple[str, ...]:
    """Return every diagram of a file as SVG, in the order of the file; arguments as ``show``.

    Processes that no diagram draws come last, laid out.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/></process><process id="Q"><task id="B"/></process>
        ... </definitions>'''
        >>> len(show_all(text))
        2
    """
    manner, reading = _manner(heat, convention, lang), opened(source)
    every = sheets(reading)
    return tuple(_drawn(reading, each, manner) for each in every or (None,))


def _manner(heat: HeatKind | str | None, convention: Convention | str, lang: str) -> _Manner:
    asked = None if heat is None else asked_heat(heat)
    return _Manner(asked, chosen(convention), spoken(lang))


def _drawn(reading: Reading, sheet: Sheet | None, manner: _Manner) -> str:
    if sheet is None:
        nothing = Procedure(flow=Flow(id=""))
        return draw(nothing, Drawing(), title=_NOTHING[manner.lang], lang=manner.lang)
    first, *others = sheet.procedures or (Procedure(flow=Flow(id="")),)
    return draw(
        first,
        sheet.drawing,
        others=tuple(others),
        title=sheet.title,
        heat=_heat(reading, sheet, manner),
        notation=reading.document.notation,
        lang=manner.lang,
    )


def _heat(reading: Reading, sheet: Sheet, manner: _Manner) -> Heat | None:
    if manner.heat == NO_HEAT or not sheet.procedures:
        return None
    made = heat_over(reading, sheet.procedures, manner.heat or HeatKind.TIME, manner.convention)
    return made if manner.heat or made.values else None
