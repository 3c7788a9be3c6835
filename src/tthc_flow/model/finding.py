"""A finding: what is wrong or doubtful in a user's file, as data."""

from __future__ import annotations

from enum import IntEnum

from attrs import frozen


class Severity(IntEnum):
    """How bad; ``ERROR`` stops the analysis of that flow, the others come along with the result."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@frozen(kw_only=True)
class Finding:
    """One finding. Texts by code live in ``words/messages.py``; *values* fill their places.

    Codes: ``read-…`` from bpmn/, ``table-…`` from tables/, ``check-…`` from checks/. *line* is the
    line of the source file, where it is known.
    """

    code: str
    severity: Severity
    element: str | None = None
    name: str | None = None
    line: int | None = None
    values: tuple[tuple[str, str], ...] = ()
