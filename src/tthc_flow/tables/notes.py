"""Findings gathered while one table is read or converted."""

from __future__ import annotations

from tthc_flow.model.finding import Finding, Severity


class Notes:
    """The findings of one reading, in the order in which they were met.

    Example:
        >>> notes = Notes()
        >>> notes.warn("table-time-missing", line=7, step="2")
        >>> notes.found[0].line
        7
    """

    def __init__(self) -> None:
        """Start without findings."""
        self.found: list[Finding] = []

    def tell(
        self, code: str, *, line: int | None = None, element: str | None = None, **values: str
    ) -> None:
        """Add something worth knowing."""
        self._add(code, Severity.INFO, line, element, values)

    def warn(
        self, code: str, *, line: int | None = None, element: str | None = None, **values: str
    ) -> None:
        """Add something doubtful."""
        self._add(code, Severity.WARNING, line, element, values)

    def _add(
        self,
        code: str,
        severity: Severity,
        line: int | None,
        element: str | None,
        values: dict[str, str],
    ) -> None:
        self.found.append(
            Finding(
                code=code,
                severity=severity,
                line=line,
                element=element,
                values=tuple(values.items()),
            )
        )
