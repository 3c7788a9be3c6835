"""Norm time: the longest time that one dossier may take by the steps' own limits.

Source: longest path in an acyclic order; loops once. TT 02/2017/TT-VPCP for the term; the clock
stops while the applicant supplements or pays.
"""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.paths import longest_path
from tthc_flow.graph.remembered import remembered_with
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition, Flow, Trigger
from tthc_flow.units import DEFAULT_CONVENTION, Convention, TimeUnit, WorkTime

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tthc_flow.model.flow import Node
    from tthc_flow.model.step import Step


@frozen(kw_only=True)
class NormTime:
    """The norm time and how it came about.

    *work* is ``None`` where no counted step has a known time; with *unknown* steps it is the
    known part, a lower bound. *path* are the steps (and waiting timers) of one longest path, in
    order. *unknown* are all counted steps without a time that the convention can convert.
    *units* are the printed units that went in.
    """

    work: WorkTime | None
    path: tuple[str, ...]
    unknown: tuple[str, ...]
    units: frozenset[TimeUnit]
    convention: str

    @property
    def complete(self) -> bool:
        """Return whether every counted step has a time, so that the figure is exact."""
        return not self.unknown


@frozen(kw_only=True)
class StepMinutes:
    """Minutes of every counted step with a known time, and the counted steps without one.

    *after* and *after_unknown* are those of the steps after the grant: work, but no time of the
    applicant's.
    """

    known: Mapping[str, Fraction]
    unknown: tuple[str, ...]
    units: frozenset[TimeUnit]
    after: Mapping[str, Fraction]
    after_unknown: tuple[str, ...]


def norm_time(flow: Flow, convention: Convention = DEFAULT_CONVENTION) -> NormTime:
    """Return the longest time one dossier may take by the steps' own limits.

    Parallel branches count by their longest, alternatives by the longest that can happen, loops
    once. So does work that is drawn as repeated: the time that a source states is that of the whole
    step, and is never multiplied by the rounds (reading a file tells it: ``read-loop-once``). Steps
    outside the clock (waiting for the applicant, a sub-process after the grant,
    "không tính thời gian") do not count. Exact and linear in nodes and flows.

    Args:
        flow: A flow; times may be missing and it may be unsound (then the longest way is taken
            over what can be ordered).
        convention: The named rule that turns printed units into working minutes.

    Returns:
        Working minutes on the longest path, the path, and the steps without a time.

    Example:
        >>> from tthc_flow.model.step import Step, StepTime
        >>> from tthc_flow.units import Duration
        >>> day = StepTime(duration=Duration(amount=1, unit="working_day"))
        >>> flow = Flow(id="p", nodes=(Step(id="a", name="A", time=day),))
        >>> norm_time(flow).work
        WorkTime(minutes=Fraction(480, 1))

    Source: longest path in an acyclic order; TT 02/2017/TT-VPCP for the term.
    """
    return _along(flow, convention)


@remembered_with
def _along(flow: Flow, convention: Convention) -> NormTime:
    minutes = step_minutes(flow, convention)
    weights = {**minutes.known, **waits(flow, convention)}
    longest = longest_path(flow, weights)
    nothing_known = bool(minutes.unknown) and not minutes.known
    return NormTime(
        work=None if nothing_known else WorkTime(longest.weight),
        path=tuple(node for node in longest.nodes if node in weights),
        unknown=minutes.unknown,
        units=minutes.units,
        convention=convention.name,
    )


@remembered_with
def timed(flow: Flow, convention: Convention) -> Mapping[str, Fraction]:
    """Return the known minutes of everything that a way through *flow* takes: steps, timers."""
    return MappingProxyType({**step_minutes(flow, convention).known, **waits(flow, convention)})


@remembered_with
def step_minutes(flow: Flow, convention: Convention) -> StepMinutes:
    """Return the minutes of each counted step, and which counted steps have none."""
    return minutes_of(flow.steps, convention, scopes_outside_clock(flow))


def minutes_of(
    steps: Iterable[Step], convention: Convention, outside: Collection[str]
) -> StepMinutes:
    """Return the minutes of *steps*; *outside* are the sub-processes after the grant."""
    known: tuple[dict[str, Fraction], dict[str, Fraction]] = ({}, {})
    unknown: tuple[list[str], list[str]] = ([], [])
    units: set[TimeUnit] = set()
    for step in steps:
        if not step.time.counted or step.pauses_clock:
            continue
        late = step.scope in outside
        duration = step.time.duration
        if duration is None:
            # The clock starts when the agency holds the dossier: an applicant's own time that
            # nobody printed is no gap in the agency's time.
            if step.performer is None or step.performer.role is not Role.APPLICANT:
                unknown[late].append(step.id)
            continue
        if not late:
            units.add(duration.unit)
        converted = convention.minutes(duration)
        if converted is None:
            unknown[late].append(step.id)
        else:
            known[late][step.id] = converted
    return StepMinutes(
        known=known[False],
        unknown=tuple(unknown[False]),
        units=frozenset(units),
        after=known[True],
        after_unknown=tuple(unknown[True]),
    )


def waits(flow: Flow, convention: Convention) -> dict[str, Fraction]:
    """Return the minutes of timers that the flow itself waits for."""
    return waits_of(flow.nodes, convention, scopes_outside_clock(flow))


def waits_of(
    nodes: Iterable[Node], convention: Convention, outside: Collection[str]
) -> dict[str, Fraction]:
    """Return the minutes of the timers among *nodes* that the flow itself waits for."""
    found: dict[str, Fraction] = {}
    for node in nodes:
        if not isinstance(node, Event) or node.trigger is not Trigger.TIMER:
            continue
        counts = node.position is EventPosition.CATCH and node.time.counted
        if not counts or node.time.duration is None or node.scope in outside:
            continue
        converted = convention.minutes(node.time.duration)
        if converted is not None:
            found[node.id] = converted
    return found
