"""Measure a procedure: time, work, hands, signatures, cost; what is unknown is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.measures.measure import measure as measure_procedure
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import opened, picked

if TYPE_CHECKING:
    from tthc_flow.measures.measure import Measures
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def measure(
    source: Openable,
    convention: Convention = DEFAULT_CONVENTION,
    *,
    process: str | None = None,
) -> Measures:
    """Return the measures of a procedure under a named time convention.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> measure(text).unknown_times
        ('A',)

    Source: see :mod:`tthc_flow.measures.measure`.
    """
    return measure_procedure(picked(opened(source), process), convention)
