"""Check whether a drawing is fit for analysis: everything wrong or doubtful, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.checks import check as check_procedure
from tthc_flow.units import DEFAULT_CONVENTION
from tthc_flow.verbs.opening import opened

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.units import Convention
    from tthc_flow.verbs.opening import Openable


def check(source: Openable, convention: Convention = DEFAULT_CONVENTION) -> tuple[Finding, ...]:
    """Return the findings of a file: those of reading it, then those of every check.

    Raises:
        UnreadableInput: TF2xx where the file cannot be read at all.

    Example:
        >>> text = b'''<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
        ... <process id="P"><task id="A" name="Ky"/></process></definitions>'''
        >>> "check-time-missing" in {finding.code for finding in check(text)}
        True

    Source: one page a check under ``docs/checks``.
    """
    reading = opened(source)
    found = list(reading.findings)
    for procedure in reading.procedures:
        found += check_procedure(procedure, convention)
    return tuple(found)
