"""The period of a report: a month, a quarter or a year, and the target of its year."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from tthc_flow.errors import BadQuantity
from tthc_flow.report.progress.words import say
from tthc_flow.report.totals import TARGETS_OF

_WRITTEN: Final = re.compile(r"(20\d\d)(?:-(?:[Qq]([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)
_ROMAN: Final = ("I", "II", "III", "IV")
_FIRST_YEAR: Final = 2025
_TWO_FIGURES: Final = 2  # months that are written 01 and 02

TARGETS: Final = tuple(share for share, _ in TARGETS_OF["public"])
"""The cuts in time and in compliance cost that 2025 and 2026 ask for."""


@frozen(kw_only=True)
class Period:
    """A *year*, or a *quarter* or *month* of it."""

    year: int
    quarter: int | None = None
    month: int | None = None

    @classmethod
    def read(cls, text: str) -> Period:
        """Return the period that *text* writes: ``2026-03``, ``2026-Q1`` or ``2026``.

        Raises:
            BadQuantity: TF123 for anything else.

        Example:
            >>> Period.read("2026-Q1")
            Period(year=2026, quarter=1, month=None)

        Source: ISO 8601 for year and month; plan 949/KH-UBND VI for months and quarters.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise BadQuantity(
                "TF123",
                f"{text!r} is no month, quarter or year",
                hint="write 2026-03, 2026-Q1 or 2026",
                fact_vi=repr(text),
            )
        year, quarter, month = (None if each is None else int(each) for each in found.groups())
        return cls(year=year or 0, quarter=quarter, month=month)

    @property
    def target(self) -> float | None:
        """Return the cut that the year asks for; ``None`` where the resolution sets none.

        Example:
            >>> [Period(year=year).target for year in (2024, 2025, 2026, 2027)]
            [None, 0.3, 0.5, None]

        Source: NQ 66/NQ-CP: 30 % in 2025, 50 % in 2026.
        """
        place = self.year - _FIRST_YEAR
        return TARGETS[place] if 0 <= place < len(TARGETS) else None

    def words(self, lang: str) -> str:
        """Return the period as a report names it.

        Example:
            >>> Period(year=2026, quarter=1).words("vi"), Period(year=2026, month=3).words("vi")
            ('quý I năm 2026', 'tháng 3 năm 2026')

        Source: Nghị định 30/2020/NĐ-CP, Phụ lục I: a zero before months 1 and 2.
        """
        year = str(self.year)
        if self.quarter is not None:
            return say("quarter", lang, quarter=_ROMAN[self.quarter - 1], year=year)
        if self.month is not None:
            month = f"{self.month:02}" if self.month <= _TWO_FIGURES else str(self.month)
            return say("month", lang, month=month, year=year)
        return say("year", lang, year=year)
