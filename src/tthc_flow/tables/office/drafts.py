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
    """A procedure as the file says it; what is not said stays empty.

    *total_unit* is that of the column in which a bare total stands, *total_at* how many steps
    stood above the row that printed it, *parts* how many such rows only added up a part.
    """

    part: str
    line: int
    name: str = ""
    code: str | None = None
    field: str | None = None
    level: Level | None = None
    agency: str | None = None
    locality: str | None = None
    total: str | None = None
    total_unit: TimeUnit | None = None
    total_at: int | None = None
    total_line: int = 0
    parts: int = 0
    document: str | None = None
    date: str | None = None
    internal: bool = False
    guessed: bool = False
    steps: list[DraftStep] = Factory(list)
    notes: Notes = Factory(Notes)

    def where(self, line: int) -> str:
        """Return table and row for a message."""
        return f"{self.part}, dòng {line}"

    def take_total(self, text: str | None, unit: TimeUnit | None, line: int) -> None:
        """Take the total of a row; with steps after it, the one before was that of a part."""
        above = len(self.steps)
        kept = self.total_at is None or (self.total_at == above and not self.parts)
        if text is None or (self.total is not None and kept):
            return
        self.settle_total()
        self.total, self.total_unit, self.total_at, self.total_line = text, unit, above, line

    def settle_total(self) -> None:
        """Leave the total open where steps follow the row that printed it: that was a part's."""
        if self.total_at and self.total_at < len(self.steps):
            where = self.where(self.total_line)
            text = self.total or ""
            self.notes.tell("office-subtotal", line=self.total_line, where=where, text=text)
            self.parts += 1
            self.total = self.total_unit = self.total_at = None

    @property
    def last(self) -> DraftStep | None:
        """Return the step read last."""
        return self.steps[-1] if self.steps else None
