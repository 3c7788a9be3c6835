"""Procedures and steps in the making: what the rows have said so far."""

from __future__ import annotations

from typing import Final

from attrs import Factory, define

from tthc_flow.model.actor import Level
from tthc_flow.tables.notes import Notes
from tthc_flow.units import TimeUnit

LONGEST_TIME: Final = 400
"""Characters of the longest text that may tell a time."""


@define(kw_only=True)
class DraftStep:
    """A step as its rows say it; *time_cell* is the cell that its time stands in."""

    line: int
    number: str | None = None
    content: str = ""
    name: str = ""
    performer: str = ""
    time: str = ""
    result: str = ""
    note: str = ""
    stage: str = ""
    mark: str = ""
    unit: TimeUnit | None = None
    time_cell: tuple[str, int, int] | None = None
    other_time: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def add(self, name: str, text: str, joint: str | None = None) -> None:
        """Append *text* to what *name* holds: a row that a page break has cut goes on."""
        before = getattr(self, name)
        if not text or text == before:
            return
        if joint is None:
            joint = "\n" if name in {"content", "note"} and not text[:1].islower() else " "
        setattr(self, name, f"{before}{joint}{text}" if before else text)


@define(kw_only=True)
class Draft:
    """A procedure as the file says it; what is not said stays empty."""

    part: str
    line: int
    name: str = ""
    code: str | None = None
    field: str | None = None
    level: Level | None = None
    agency: str | None = None
    locality: str | None = None
    total: str | None = None
    document: str | None = None
    date: str | None = None
    internal: bool = False
    guessed: bool = False
    steps: list[DraftStep] = Factory(list)
    notes: Notes = Factory(Notes)

    def where(self, line: int) -> str:
        """Return table and row for a message."""
        return f"{self.part}, dòng {line}"

    @property
    def last(self) -> DraftStep | None:
        """Return the step read last."""
        return self.steps[-1] if self.steps else None
