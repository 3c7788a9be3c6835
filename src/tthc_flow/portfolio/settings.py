"""What a run is asked: convention, targets, where the province is told; and its version."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib.metadata import version
from typing import Any, Final

from attrs import field, frozen

from tthc_flow.model.plan import Targets
from tthc_flow.units import DEFAULT_CONVENTION, Convention

FORMAT: Final = "tthc-flow-portfolio/1"
"""The contract of the tables: another number where a column changes its meaning."""


TIME_LIMIT: Final = 60.0
"""Seconds that one file may take: thousands of times as long as most do."""


class ProvinceFrom(StrEnum):
    """What tells the province of a procedure: its own fact, or the first folder it lies in."""

    FACT = "fact"
    FOLDER = "folder"


@frozen(kw_only=True)
class Settings:
    """What every procedure of a run is examined by; equal settings give equal tables.

    *potential* has what each candidate that does not pass would save worked out as well. *program*
    is the version that examines: tables made by another are made anew. *time_limit* is how many
    seconds a file may take; what took longer is tried anew by a run that allows more.
    """

    convention: Convention = DEFAULT_CONVENTION
    targets: Targets = field(factory=Targets)
    province: ProvinceFrom = ProvinceFrom.FACT
    potential: bool = False
    time_limit: float = TIME_LIMIT
    program: str = field(factory=lambda: version("tthc-flow"))

    def record(self) -> dict[str, Any]:
        """Return what is written beside the tables.

        Example:
            >>> Settings(program="1").record()["province"]
            'fact'
        """
        asked = self.targets
        return {
            "convention": self.convention.name,
            "time": None if asked.time is None else str(asked.time),
            "cost": None if asked.cost is None else str(asked.cost),
            "cost_method": asked.cost_method.value,
            "hand_offs": asked.hand_offs,
            "risk": None if asked.risk is None else str(asked.risk),
            "province": self.province.value,
            "potential": self.potential,
            "time_limit": self.time_limit,
            "program": self.program,
        }

    @property
    def mark(self) -> bytes:
        """Return what changes where a run would give other tables of the same files."""
        record = self.record()
        del record["time_limit"]  # it changes only what took longer
        return json.dumps([FORMAT, record], sort_keys=True).encode()
