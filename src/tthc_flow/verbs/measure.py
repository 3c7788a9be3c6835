"""Measure a procedure: time, work, hands, signatures, cost; what is unknown is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.measure import measure as measure_procedure
from tthc_flow.model.procedure import Procedure
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import chosen, picked
from tthc_flow.verbs.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tthc_flow.measures.measure import Measures
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def measure(
    source: Openable | Procedure,
    convention: Convention | str = DEFAULT_CONVENTION,
    *,
    process: str | None = None,
    called: Iterable[Openable] = (),
) -> Measures:
    """Return the measures of a procedure under a named time convention.

    Args:
        source: A file, or a procedure that was read already.
        convention: The rule that turns printed units into working minutes.
        process: The process to measure where a file has several; else the one with most steps.
        called: Drawings of the processes that it calls: their times count, as for ``resolve``.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> measure(text).unknown_times
        ('A',)

    Source: see :mod:`tthc_flow.measures.measure`.
    """
    if not isinstance(source, Procedure):
        source = picked(resolve(source, called), process)
    return measure_procedure(source, chosen(convention))
