"""Heat: one figure a step by which a picture is coloured, and the steps whose figure is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.hand_overs import hand_overs
from tthc_flow.graph.performers import performer_of
from tthc_flow.measures.costs import cost_of_time
from tthc_flow.measures.norm_time import step_minutes
from tthc_flow.measures.wording import LEVEL_RANK
from tthc_flow.model.actor import Role
from tthc_flow.model.flow import Event, EventPosition, Flow, Trigger
from tthc_flow.units import DEFAULT_CONVENTION, Convention, WorkTime

if TYPE_CHECKING:
    from tthc_flow.model.finding import Finding
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

_NO_AGENCY: Final = frozenset((Role.APPLICANT, Role.THIRD_PARTY))


class HeatKind(StrEnum):
    """What a picture may be coloured by."""

    TIME = "time"
    WORK = "work"
    WAIT = "wait"
    COST = "cost"
    HAND_OFFS = "handoffs"
    LEVEL = "level"
    FINDINGS = "findings"
    DEVIATIONS = "deviations"


@frozen(kw_only=True)
class Heat:
    """The figures of *kind* by element id; *unknown* are the steps that should have one.

    Working minutes for time, work and wait; đồng a year for cost; counts for hand-offs,
    findings and deviations of a log; for level the rank from commune (1) to ministry (4). A step
    in neither has no such figure by its nature.
    """

    kind: HeatKind = HeatKind.TIME
    values: Mapping[str, Fraction] = field(factory=dict)
    unknown: frozenset[str] = frozenset()

    @property
    def highest(self) -> Fraction:
        """Return the largest figure, or zero where there is none."""
        return max(self.values.values(), default=Fraction(0))


def heat(flow: Flow, kind: HeatKind, convention: Convention = DEFAULT_CONVENTION) -> Heat:
    """Return the heat of *flow* by *kind*; nothing that is unknown becomes zero.

    Args:
        flow: Any flow; it need not be sound.
        kind: What to colour by; ``FINDINGS`` needs the findings, see ``heat_of_findings``,
            ``COST`` what the procedure knows besides, see ``heat_of_cost``, and ``DEVIATIONS`` a
            log, see :mod:`tthc_flow.calibration.playing`.
        convention: The rule that turns printed units into working minutes.

    Example:
        >>> from tthc_flow.model.step import Step
        >>> sorted(heat(Flow(id="p", nodes=(Step(id="a", name="A"),)), HeatKind.TIME).unknown)
        ['a']

    Source: time, see ``norm_time``; wait is lead time less processing time (Little, Dumas et al.,
    Fundamentals of BPM, 7.1).
    """
    match kind:
        case HeatKind.TIME:
            return _time(flow, convention)
        case HeatKind.WORK:
            return _made(kind, {step.id: _work(step, convention) for step in flow.steps})
        case HeatKind.WAIT:
            return _wait(flow, convention)
        case HeatKind.HAND_OFFS:
            return _hand_offs(flow)
        case HeatKind.LEVEL:
            return _level(flow)
        case HeatKind.FINDINGS | HeatKind.COST | HeatKind.DEVIATIONS:
            return Heat(kind=kind)


def heat_of_findings(flow: Flow, findings: Iterable[Finding]) -> Heat:
    """Return how many of *findings* each node of *flow* has; one without any has no figure.

    Example:
        >>> heat_of_findings(Flow(id="p"), ()).values
        {}

    Source: a count.
    """
    counted = Counter(each.element for each in findings if each.element in flow.by_id)
    values = {element: Fraction(count) for element, count in counted.items() if element}
    return Heat(kind=HeatKind.FINDINGS, values=values)


def heat_of_cost(procedure: Procedure, convention: Convention = DEFAULT_CONVENTION) -> Heat:
    """Return what the time of each step costs the applicants in a year, in đồng.

    It is the part of each step in the cost by the processing time; the official formula (TT
    02/2017) counts what applicants do, and has none by step. Unknown as a whole where the dossiers
    a year or the hourly income are.

    Example:
        >>> from tthc_flow.model.procedure import Procedure
        >>> from tthc_flow.model.step import Step
        >>> one = Procedure(flow=Flow(id="p", nodes=(Step(id="a", name="A"),)))
        >>> sorted(heat_of_cost(one).unknown)
        ['a']

    Source: QĐ 2816/QĐ-UBND Đồng Nai (days × 8 × hourly income × dossiers a year).
    """
    times = _time(procedure.flow, convention)
    figures: dict[str, Fraction | None] = dict.fromkeys(times.unknown)
    for step, minutes in times.values.items():
        yearly = cost_of_time(procedure, WorkTime(minutes)).yearly
        figures[step] = None if yearly is None else yearly.amount
    return _made(HeatKind.COST, figures)


def end_of_scale(heat: Heat) -> Fraction:
    """Return where the scale of *heat* ends: at its highest figure; levels always have four.

    Example:
        >>> end_of_scale(Heat(kind=HeatKind.LEVEL))
        Fraction(4, 1)

    Source: own design.
    """
    return Fraction(len(LEVEL_RANK)) if heat.kind is HeatKind.LEVEL else heat.highest


def together(heats: Iterable[Heat], kind: HeatKind) -> Heat:
    """Return the heat of several flows of one sheet as one.

    Example:
        >>> together((), HeatKind.TIME).highest
        Fraction(0, 1)

    Source: union; ids are unique in a file.
    """
    values: dict[str, Fraction] = {}
    unknown: set[str] = set()
    for each in heats:
        values.update(each.values)
        unknown |= each.unknown
    return Heat(kind=kind, values=MappingProxyType(values), unknown=frozenset(unknown))


def _made(kind: HeatKind, figures: Mapping[str, Fraction | None]) -> Heat:
    values = {step: figure for step, figure in figures.items() if figure is not None}
    return Heat(kind=kind, values=values, unknown=frozenset(figures) - frozenset(values))


def _time(flow: Flow, convention: Convention) -> Heat:
    minutes = step_minutes(flow, convention)
    unknown = frozenset((*minutes.unknown, *minutes.after_unknown))
    values = {**minutes.known, **minutes.after}
    return Heat(kind=HeatKind.TIME, values=values, unknown=unknown)


def _work(step: Step, convention: Convention) -> Fraction | None:
    return None if step.work is None else convention.minutes(step.work)


def _wait(flow: Flow, convention: Convention) -> Heat:
    figures = {step.id: _step_wait(step, convention) for step in flow.steps}
    made = _made(HeatKind.WAIT, figures)
    timers: dict[str, Fraction] = {}
    for node in flow.nodes:
        if not isinstance(node, Event) or node.position is not EventPosition.CATCH:
            continue
        if node.trigger is Trigger.TIMER and node.time.duration is not None:
            minutes = convention.minutes(node.time.duration)
            if minutes is not None:
                timers[node.id] = minutes
    return Heat(kind=made.kind, values={**made.values, **timers}, unknown=made.unknown)


def _step_wait(step: Step, convention: Convention) -> Fraction | None:
    """Return the time in which nobody works on the dossier: all of it where the clock stands."""
    if step.time.duration is None:
        return None
    whole = convention.minutes(step.time.duration)
    if whole is None or step.pauses_clock or not step.time.counted:
        return whole
    work = _work(step, convention)
    return None if work is None else max(whole - work, Fraction(0))


def _hand_offs(flow: Flow) -> Heat:
    """Return how often the dossier comes to each step from another performer, before the grant."""
    found = hand_overs(flow)
    counted = Counter(target.id for _, target in found.pairs)
    unknown = frozenset(target.id for _, target in found.unknown)
    late = scopes_outside_clock(flow)
    values = {
        step.id: Fraction(counted[step.id])
        for step in flow.steps
        if step.id not in unknown and step.scope not in late
    }
    return Heat(kind=HeatKind.HAND_OFFS, values=values, unknown=unknown)


def _level(flow: Flow) -> Heat:
    """Return the highest level at which each step may be done; who is no agency has none."""
    figures: dict[str, Fraction | None] = {}
    for step in flow.steps:
        performer = performer_of(flow, step)
        if performer is not None and performer.role in _NO_AGENCY:
            continue
        levels = frozenset() if performer is None else performer.levels
        ranks = [LEVEL_RANK[each] for each in levels if each in LEVEL_RANK]
        figures[step.id] = Fraction(max(ranks) + 1) if ranks else None
    return _made(HeatKind.LEVEL, figures)
