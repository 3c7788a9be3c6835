"""Colour a drawing by heat: in a picture, or written into the BPMN file for other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from tthc_flow.bpmn.paint import paint, unpaint
from tthc_flow.bpmn.read import read
from tthc_flow.errors import BadQuantity, CannotWrite
from tthc_flow.measures.heat import (
    Heat,
    HeatKind,
    heat,
    heat_of_cost,
    heat_of_findings,
    together,
)
from tthc_flow.model.drawing import Colours
from tthc_flow.model.finding import Severity
from tthc_flow.picture.style import STROKE, heat_fills
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.check import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.bpmn.read import Reading
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.units import Convention

NO_HEAT: Final = "none"
HEATS: Final = (
    *(each.value for each in HeatKind if each is not HeatKind.DEVIATIONS),
    NO_HEAT,
)
"""What may be asked for by name."""


def asked_heat(name: str) -> str:
    """Return *name* where it is a heat, or ``none``.

    Raises:
        BadQuantity: TF110 for any other.

    Example:
        >>> asked_heat("wait")
        'wait'
    """
    if name not in HEATS:
        raise BadQuantity.unknown_heat(name, HEATS)
    return str(name)


def heat_over(
    reading: Reading,
    procedures: Sequence[Procedure],
    kind: str,
    convention: Convention = DEFAULT_CONVENTION,
) -> Heat:
    """Return the heat of *procedures* of a file, on one scale.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> reading = read(text)
        >>> heat_over(reading, reading.procedures, "findings").values["A"] > 0
        True
    """
    flows = [each.flow for each in procedures]
    if kind == HeatKind.FINDINGS:
        found = [each for each in check(reading, convention) if each.severity > Severity.INFO]
        return together((heat_of_findings(flow, found) for flow in flows), HeatKind.FINDINGS)
    if kind == HeatKind.COST:
        return together((heat_of_cost(each, convention) for each in procedures), HeatKind.COST)
    asked = HeatKind(kind)
    return together((heat(flow, asked, convention) for flow in flows), asked)


def coloured(reading: Reading, kind: str, *, replace: bool = False) -> Reading:
    """Return *reading* with the colours of heat *kind* in its drawing; ``none`` takes them away.

    Colours that were written so before give way; a user's own stay unless *replace* is true.

    Raises:
        BadQuantity: TF110 for a heat that there is not.
        CannotWrite: TF616 where the file draws no step.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A"/></process></definitions>'''
        >>> coloured(read(text), "none").document.data == text
        True
    """
    kind = asked_heat(kind)
    plain = read(unpaint(reading.document))
    if kind != NO_HEAT:
        drawn = {each for drawing in plain.document.drawings for each in drawing.shapes}
        if not any(step.id in drawn for each in plain.procedures for step in each.flow.steps):
            raise CannotWrite(
                "TF616",
                "the file draws no step: there is nothing to colour",
                place=reading.document.source.place,
                hint="open it in a BPMN editor and save it with its drawing",
            )
        fills = heat_fills(heat_over(plain, plain.procedures, kind))
        colours = {each: Colours(fill=fill, stroke=STROKE) for each, fill in fills.items()}
        plain = read(paint(plain.document, colours, kind, replace=replace))
    return evolve(plain, findings=reading.findings)
