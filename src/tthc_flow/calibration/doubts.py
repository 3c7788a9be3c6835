"""What is broken or unclear in a log, counted as it is met: a log repeats its faults."""

from __future__ import annotations

from typing import Final

from attrs import Factory, define

from tthc_flow.model.finding import Finding, Severity

_KINDS_KEPT: Final = 50
"""How many faults of one code are told apart; the rest are counted together."""


@define
class _Counted:
    count: int
    line: int | None
    values: tuple[tuple[str, str], ...]


@define
class Doubts:
    """Findings that grow; equal ones are one finding with its count and its first place."""

    _severity: dict[str, Severity] = Factory(dict)
    _seen: dict[tuple[str, str | None, str | None], _Counted] = Factory(dict)
    _kinds: dict[str, int] = Factory(dict)

    def add(
        self,
        code: str,
        *,
        severity: Severity = Severity.WARNING,
        element: str | None = None,
        name: str | None = None,
        line: int | None = None,
        count: int = 1,
        **values: str,
    ) -> None:
        """Count *code* about *element* or *name*; *values* and *line* are those of the first.

        Example:
            >>> doubts = Doubts()
            >>> doubts.add("log-time-unread", line=7, text="hôm qua")
            >>> doubts.add("log-time-unread", line=9, text="mai")
            >>> [(each.line, dict(each.values)) for each in doubts.findings()]
            [(7, {'text': 'hôm qua', 'count': '2'})]
        """
        key = code, element, name
        if key not in self._seen and self._kinds.get(code, 0) >= _KINDS_KEPT:
            key = code, None, None
        if key in self._seen:
            self._seen[key].count += count
            return
        self._kinds[code] = self._kinds.get(code, 0) + 1
        self._severity[code] = severity
        self._seen[key] = _Counted(count, line or None, tuple(values.items()))

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found, in the order in which each was first met."""
        return tuple(
            Finding(
                code=code,
                severity=self._severity[code],
                element=element,
                name=name,
                line=each.line,
                values=(*each.values, ("count", str(each.count))),
            )
            for (code, element, name), each in self._seen.items()
        )
