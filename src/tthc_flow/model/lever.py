"""A lever (a move that makes a procedure lighter), its candidates and what speaks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from tthc_flow.model.law import Authority
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import Source


class Verdict(StrEnum):
    """Of a precondition: ``FAIL`` bars the candidate, ``UNKNOWN`` asks for data; never silent."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    UNKNOWN = "unknown"


@frozen(kw_only=True)
class Precondition:
    """One condition of a candidate, its verdict, why, and by which text or attribute.

    *question* is the id of the gate question whose answer would decide an ``UNKNOWN``.
    """

    name: str
    verdict: Verdict
    because: tuple[tuple[str, str], ...] = ()
    source: Source | None = None
    question: str | None = None


@frozen(kw_only=True)
class Evidence:
    """One observed fact behind a candidate: its name, the value, where it was read."""

    name: str
    value: str
    element: str | None = None
    source: Source | None = None


@frozen(kw_only=True)
class Candidate:
    """A possible rewrite: lever, target elements, evidence, preconditions, who may decide it.

    *anchor* is an element that the rewrite needs but leaves as it is (the first examination,
    the step a report goes after).
    """

    lever: str
    targets: tuple[str, ...]
    anchor: str | None = None
    evidence: tuple[Evidence, ...] = ()
    preconditions: tuple[Precondition, ...] = ()
    authority: Authority = Authority.UNKNOWN
    instrument: str | None = None

    @property
    def id(self) -> str:
        """Return a stable name: the lever and its targets."""
        return f"{self.lever}:{'+'.join(self.targets)}"

    @property
    def verdict(self) -> Verdict:
        """Return the worst verdict of the preconditions: any fail, then any unknown, else pass."""
        found = {condition.verdict for condition in self.preconditions}
        for worst in (Verdict.FAIL, Verdict.UNKNOWN):
            if worst in found:
                return worst
        return Verdict.PASS


@frozen(kw_only=True)
class Effect:
    """What one candidate alone changes, before minus after; ``None`` where it cannot be known."""

    minutes: Fraction | None = None
    cost: Fraction | None = None
    steps: int = 0
    hand_offs: int = 0
    performers: int = 0
    documents: int = 0
    visits: int = 0


Find: TypeAlias = Callable[[Procedure], Iterator[Candidate]]
Apply: TypeAlias = Callable[[Procedure, Candidate], Procedure]


@frozen(kw_only=True)
class Lever:
    """A registered move: id, the Vietnamese title staff read, its source, and its two functions."""

    id: str
    title: str
    source: str
    find: Find
    apply: Apply
