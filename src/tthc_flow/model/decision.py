"""A decision table as DMN has it: columns, rules, and which rule counts when several hit.

Cells are kept as text; what they mean is said by ``decisions/``. Source: OMG DMN 1.5,
chapter 8.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class HitPolicy(StrEnum):
    """Which of the rules that hit give the result."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What ``COLLECT`` makes of the outputs of all rules that hit."""

    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@frozen(kw_only=True)
class InputColumn:
    """What a column asks: *expression*, and the values that can come, as a cell says them."""

    expression: str
    label: str = ""
    type: str = ""
    allowed: str = ""

    @property
    def title(self) -> str:
        """Return the label, or the expression where there is none."""
        return self.label or self.expression


@frozen(kw_only=True)
class OutputColumn:
    """What a column gives: *allowed* values in the order of their priority, and the *default*."""

    name: str
    label: str = ""
    type: str = ""
    allowed: str = ""
    default: str = ""

    @property
    def title(self) -> str:
        """Return the name, or the label where there is none."""
        return self.name or self.label


@frozen(kw_only=True)
class Rule:
    """One rule: a cell a column, as text; *line* is that of the file, where it is known."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...] = ()
    id: str = ""
    line: int | None = None


@frozen(kw_only=True)
class DecisionTable:
    """A decision table; its rules are numbered from 1 in their order.

    *notes* are the titles of the annotation columns. *aggregation* says something under
    ``COLLECT`` alone: :attr:`collected`.
    """

    id: str
    name: str = ""
    inputs: tuple[InputColumn, ...] = ()
    outputs: tuple[OutputColumn, ...] = ()
    rules: tuple[Rule, ...] = ()
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    notes: tuple[str, ...] = ()
    line: int | None = None

    @property
    def title(self) -> str:
        """Return the name, or the id where there is none."""
        return self.name or self.id

    @property
    def collected(self) -> Aggregation | None:
        """Return the aggregation of ``COLLECT``, ``None`` under any other hit policy."""
        return self.aggregation if self.hit_policy is HitPolicy.COLLECT else None
