"""A claim: what one dialect says of one fact of one element, with its words and its place."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from tthc_flow.bpmn.findings import Findings
from tthc_flow.bpmn.index import Index, local
from tthc_flow.bpmn.lengths import Doubt, number
from tthc_flow.model.actor import Performer
from tthc_flow.model.finding import Severity
from tthc_flow.model.step import FormField, StepTime
from tthc_flow.units import Duration, TimeUnit

if TYPE_CHECKING:
    from lxml import etree

Value: TypeAlias = (
    StepTime | Duration | Performer | Fraction | str | tuple[str, ...] | tuple[FormField, ...]
)


class Fact(StrEnum):
    """The facts that dialects know, by their field in the model."""

    TIME = "time"
    WORK = "work"
    PERFORMER = "performer"
    SHARE = "share"
    FUNCTION = "function"
    FIELDS = "fields"
    CANDIDATES = "candidates"


class Rank(IntEnum):
    """Who is believed first; the own extension stands above all."""

    ENGINE = 1
    BPSIM = 2
    OTHER = 3


@frozen(kw_only=True)
class Claim:
    """One fact of *element* by *dialect*; *words* is what the file says, *also* passed values.

    *also* holds values that another scenario of the same file gives: agreeing with one of them is
    no conflict.
    """

    element: str
    fact: Fact
    value: Value
    words: str
    dialect: str
    rank: Rank
    at: etree._Element = field(repr=False, eq=False)
    also: tuple[Value, ...] = ()


@frozen
class Scene:
    """The file in which claims are looked for, and where doubts go.

    *namespaces* are all that it declares: no element or attribute is of another.
    """

    root: etree._Element
    index: Index
    findings: Findings
    namespaces: frozenset[str]

    def target(self, holder: etree._Element, name: str, dialect: str) -> str | None:
        """Return the id of the element that the attribute *name* of *holder* refers to.

        Without such an element in the model the reference is a finding.
        """
        reference = local(holder.get(name, ""), holder)
        element = self.index.elements.get(reference)
        if element is None or element not in self.index.ids:
            if element is None:
                self.warn(
                    "dialect-element-unknown", holder, dialect=dialect, reference=reference or "–"
                )
            return None
        return reference

    def tell(
        self, code: str, owner: etree._Element, at: etree._Element | None = None, **values: str
    ) -> None:
        """Add something worth knowing about *owner*."""
        self.findings.add(code, Severity.INFO, owner, at=at, **values)

    def warn(
        self, code: str, owner: etree._Element, at: etree._Element | None = None, **values: str
    ) -> None:
        """Add something doubtful about *owner*."""
        self.findings.add(code, Severity.WARNING, owner, at=at, **values)

    def doubt(
        self, doubt: Doubt | None, owner: etree._Element, at: etree._Element, **values: str
    ) -> None:
        """Add why a written time is not taken; a tool's own zero is no doubt."""
        reason = doubt or Doubt.NO_LENGTH
        code = f"dialect-{reason.value.replace('_', '-')}"
        severity = Severity.INFO if reason is Doubt.ZERO else Severity.WARNING
        self.findings.add(code, severity, owner, at=at, **values)


_HOURS = frozenset({TimeUnit.HOUR, TimeUnit.WORKING_HOUR, TimeUnit.WORKING_DAY})
_IN_HOURS = {TimeUnit.WORKING_DAY: 8}


def measure_of(duration: Duration | None) -> tuple[str, Fraction] | None:
    """Return a length so that equal lengths are equal: 1 working day is 8 hours of work.

    Example:
        >>> day = Duration(amount=1, unit="working_day")
        >>> measure_of(day) == measure_of(Duration(amount=8, unit="hour"))
        True
        >>> measure_of(day) == measure_of(Duration(amount=1, unit="calendar_day"))
        False
    """
    if duration is None:
        return None
    if duration.unit in _HOURS:
        return "hours", duration.amount * _IN_HOURS.get(duration.unit, 1)
    return duration.unit.value, duration.amount


def share(
    scene: Scene,
    element: str,
    text: str | None,
    said: tuple[etree._Element, str],
    rank: Rank,
) -> Iterator[Claim]:
    """Yield the share of cases that *text* gives the flow *element*: a number from 0 to 1."""
    at, dialect = said
    value = None if text is None else number(text)
    if value is None or not 0 <= value <= 1:
        owner = scene.index.elements[element]
        scene.warn("dialect-share", owner, at, dialect=dialect, words=(text or "–")[:40])
        return
    yield Claim(
        element=element,
        fact=Fact.SHARE,
        value=value,
        words=text or "",
        dialect=dialect,
        rank=rank,
        at=at,
    )
