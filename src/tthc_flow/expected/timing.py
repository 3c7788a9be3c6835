"""How long each step takes, from where that is known, and whether it is the applicant's time."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.known import Basis, Need, What
from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.graph.performers import performer_of
from tthc_flow.model.actor import Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Outcome, Trigger
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tthc_flow.expected.known import Given
    from tthc_flow.model.flow import Flow
    from tthc_flow.units import Convention


@frozen(kw_only=True)
class Timing:
    """The time of each step and of each event that waits, in file order.

    *takes* are the known times; *basis* where each of a step comes from (``None``: given by the
    user); *as_one* are the steps whose time is that of all their rounds, as a norm is of the whole
    step. *off_clock* are the elements whose time is not the applicant's: what stops the clock
    (the wait for what the applicant has to add, too), what the source does not count, what comes
    after the result was given, and the applicant's own steps where no time is known. *automatic*
    are the steps that nobody works on, *waiting* the events that wait. *needs* are the times that
    lack for the time of a dossier, *work_needs* the steps that somebody works on for an unknown
    time.
    """

    takes: Mapping[str, Chance]
    basis: Mapping[str, Basis | None]
    as_one: frozenset[str]
    off_clock: frozenset[str]
    automatic: frozenset[str]
    waiting: frozenset[str]
    needs: tuple[Need, ...]
    work_needs: tuple[str, ...]

    def on_clock(self, element: str) -> Chance | None:
        """Return the applicant's time at *element*; ``None`` where it takes none of it."""
        return None if element in self.off_clock else self.takes.get(element)


def timing(
    flow: Flow,
    inside: Collection[str],
    given: Given,
    basis: Sequence[Basis],
    convention: Convention,
) -> Timing:
    """Return how long the steps and waits of *flow* take.

    Args:
        flow: A flow.
        inside: The ids of the nodes that a dossier may come to.
        given: What the user states; its times go before those of the file.
        basis: Where to look for the time of a step, one after the other.
        convention: The rule that turns printed units into working minutes.

    Example:
        >>> from tthc_flow.expected.known import NOTHING, USUAL
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.units import DEFAULT_CONVENTION, Duration
        >>> step = Step(id="a", name="A", work=Duration(amount=2, unit="hour"))
        >>> found = timing(Flow(id="p", nodes=(step,)), "a", NOTHING, USUAL, DEFAULT_CONVENTION)
        >>> print(found.takes["a"].mean, found.basis["a"], found.needs)
        120 work ()

    Source: contract of this project: a time is measured, stated, or asked for; never made up.
    """
    making = _Making(given, basis, convention)
    outside = scopes_outside_clock(flow)
    for node in flow.nodes:
        if node.id not in inside:
            continue
        late = node.scope in outside
        if isinstance(node, Step):
            making.add_step(node, flow, late=late)
        elif isinstance(node, Event) and _waits(node):
            making.add_wait(node, late=late or _for_the_applicant(flow, node))
    return Timing(
        takes=MappingProxyType(making.takes),
        basis=MappingProxyType(making.basis),
        as_one=frozenset(step for step, each in making.basis.items() if each is Basis.NORM),
        off_clock=frozenset(making.off_clock),
        automatic=frozenset(step.id for step in flow.steps if step.automatic),
        waiting=frozenset(making.waiting),
        needs=tuple(making.needs),
        work_needs=tuple(making.work_needs),
    )


def _waits(event: Event) -> bool:
    return event.position is EventPosition.CATCH and event.trigger is not Trigger.LINK


def _for_the_applicant(flow: Flow, event: Event) -> bool:
    """Return whether *event* waits for what the applicant was asked to add: the clock stops."""
    ways = flow.incoming[event.id]
    return bool(ways) and all(way.outcome is Outcome.SUPPLEMENT for way in ways)


def taken_at(step: Step, basis: Basis, convention: Convention) -> Chance | None:
    """Return the time of *step* by one *basis*, or ``None`` where it has none.

    Example:
        >>> from tthc_flow.units import DEFAULT_CONVENTION
        >>> taken_at(Step(id="a", name="A"), Basis.NORM, DEFAULT_CONVENTION) is None
        True
    """
    if basis is Basis.MEASURED:
        return None if step.handling is None else step.handling.chance
    duration = step.work if basis is Basis.WORK else step.time.duration
    minutes = None if duration is None else convention.minutes(duration)
    return None if minutes is None else Chance.fixed(minutes)


class _Making:
    """The times in the making."""

    def __init__(self, given: Given, basis: Sequence[Basis], convention: Convention) -> None:
        self.given = given
        self.order = basis
        self.convention = convention
        self.takes: dict[str, Chance] = {}
        self.basis: dict[str, Basis | None] = {}
        self.off_clock: list[str] = []
        self.waiting: list[str] = []
        self.needs: list[Need] = []
        self.work_needs: list[str] = []

    def add_step(self, step: Step, flow: Flow, *, late: bool) -> None:
        """Add a step; *late* is what comes after the result was given."""
        found = self._look_up(step)
        who = performer_of(flow, step)
        own = who is not None and who.role is Role.APPLICANT
        if late or step.pauses_clock or not step.time.counted or (own and not found):
            self.off_clock.append(step.id)
        elif not found:
            self.needs.append(Need(step.id, What.TIME))
        if not (found or own or step.automatic or step.pauses_clock):
            self.work_needs.append(step.id)

    def _look_up(self, step: Step) -> bool:
        if step.id in self.given.times:
            self.takes[step.id], self.basis[step.id] = self.given.times[step.id], None
            return True
        for each in self.order:
            found = taken_at(step, each, self.convention)
            if found is not None:
                self.takes[step.id], self.basis[step.id] = found, each
                return True
        return False

    def add_wait(self, event: Event, *, late: bool) -> None:
        """Add an event that waits; *late* is what is not the applicant's time."""
        self.waiting.append(event.id)
        duration = event.time.duration
        minutes = None if duration is None else self.convention.minutes(duration)
        if event.id in self.given.times:
            self.takes[event.id] = self.given.times[event.id]
        elif minutes is not None:
            self.takes[event.id] = Chance.fixed(minutes)
        if late or not event.time.counted:
            self.off_clock.append(event.id)
        elif event.id not in self.takes:
            self.needs.append(Need(event.id, What.WAIT))
