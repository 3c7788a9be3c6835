"""Show a procedure coloured by where the cases of a log leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.model.drawing import Drawing
from tthc_flow.picture.svg import draw
from tthc_flow.verbs.opening import drawing_of, picked, spoken
from tthc_flow.words.messages import message

if TYPE_CHECKING:
    from tthc_flow.verbs.calibrate import Calibrated


def deviation_map(calibrated: Calibrated, *, lang: str = "vi") -> str:
    """Return the diagram as SVG, each element coloured by how often cases went another way there.

    Args:
        calibrated: What :func:`~tthc_flow.verbs.calibrate.calibrate` gave.
        lang: The language of the title, ``vi`` or ``en``.

    Raises:
        BadQuantity: TF108 for another language.

    Source: steps passed over and events out of place, see :mod:`tthc_flow.calibration.replay`.
    """
    lang = spoken(lang)
    reading, found = calibrated.reading, calibrated.found.conformance
    procedure = picked(reading, calibrated.procedure.flow.id)
    count = sum(each.skipped + each.out_of_place for each in found.deviations)
    name = procedure.name or procedure.flow.name
    values = {"name": name, "count": str(count), "cases": str(found.cases)}
    return draw(
        procedure,
        drawing_of(reading, procedure) or Drawing(),
        title=message("log-say-map", values, lang).text,
        heat=found.heat,
        notation=reading.document.notation,
        lang=lang,
    )
