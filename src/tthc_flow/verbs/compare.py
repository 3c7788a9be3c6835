"""Compare two versions of a procedure: what changed, and how much lighter it became."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.comparison import Comparison, comparison
from tthc_flow.model.procedure import Procedure
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import chosen, drawings_of, opened, picked

if TYPE_CHECKING:
    from tthc_flow.model.drawing import Drawing
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def compare(
    before: Openable | Procedure,
    after: Openable | Procedure,
    convention: Convention | str = DEFAULT_CONVENTION,
    *,
    process: str | None = None,
) -> Comparison:
    """Return what changed between *before* and *after*, and the figures of both.

    Args:
        before: A file, or a procedure that was read already.
        after: The same.
        convention: The rule that turns printed units into working minutes, for both sides.
        process: The process to compare where a file has several; else the one with most steps.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Procedure(flow=Flow(id="p"))
        >>> compare(one, one).changes
        ()

    What only stands elsewhere in the drawing is told where both sides are files.

    Source: differences by id, then by name, type, lane and neighbours.
    """
    one, shown = _side(before, process)
    two, drawn = _side(after, process)
    return comparison(one, two, chosen(convention), (shown, drawn))


def _side(
    given: Openable | Procedure, process: str | None
) -> tuple[Procedure, tuple[Drawing, ...]]:
    if isinstance(given, Procedure):
        return given, ()
    reading = opened(given)
    procedure = picked(reading, process)
    return procedure, drawings_of(reading, procedure)
