"""The flow of a procedure: nodes, sequence flows, lanes. Flat: a node names its scope."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from tthc_flow.model.actor import Performer
from tthc_flow.model.measured import Taken
from tthc_flow.model.step import Loop, Step, StepTime

if TYPE_CHECKING:
    from collections.abc import Mapping


class GatewayKind(StrEnum):
    """BPMN gateway types."""

    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    EVENT_BASED = "eventBasedGateway"
    COMPLEX = "complexGateway"


class EventPosition(StrEnum):
    """BPMN event types by where they stand."""

    START = "startEvent"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"
    BOUNDARY = "boundaryEvent"
    END = "endEvent"


class Trigger(StrEnum):
    """BPMN event definitions; ``NONE`` is the plain event."""

    NONE = "none"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    ERROR = "error"
    ESCALATION = "escalation"
    CONDITIONAL = "conditional"
    LINK = "link"
    COMPENSATION = "compensate"
    CANCEL = "cancel"
    TERMINATE = "terminate"
    MULTIPLE = "multiple"


class Outcome(StrEnum):
    """What a decision's branch or an end event means for the applicant."""

    GRANT = "grant"
    REFUSE = "refuse"
    SUPPLEMENT = "supplement"
    REWORK = "rework"
    WITHDRAW = "withdraw"
    OTHER = "other"


@frozen(kw_only=True)
class Gateway:
    """A BPMN gateway; *default* is the id of its default sequence flow.

    Of an event-based one, *instantiates* says that the case begins with its event, *parallel* that
    it waits for all of its events and not for the first.
    """

    id: str
    kind: GatewayKind
    name: str = ""
    scope: str | None = None
    lane: str | None = None
    default: str | None = None
    instantiates: bool = False
    parallel: bool = False


class TimerKind(StrEnum):
    """What a timer event definition says."""

    DURATION = "timeDuration"
    DATE = "timeDate"
    CYCLE = "timeCycle"


@frozen(kw_only=True)
class Timer:
    """What a timer event's definition says, as it is written: ISO 8601, or a name of the data."""

    kind: TimerKind
    text: str


@frozen(kw_only=True)
class Event:
    """A BPMN event; *attached_to* and *interrupting* only say something at a boundary.

    *reference* is what pairs events: message, signal, error, escalation or link name; of a thrown
    compensation the activity to undo. *handler* is the activity that undoes what a compensation
    boundary event is attached to (an association leads there). *interrupting*
    also tells an event sub-process's start event. *timer* is what a timer's definition says,
    while *time* is our own, in working time too; *condition* is that of a conditional event, in
    our own language.
    """

    id: str
    position: EventPosition
    trigger: Trigger = Trigger.NONE
    name: str = ""
    scope: str | None = None
    lane: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    reference: str | None = None
    handler: str | None = None
    time: StepTime = StepTime()
    timer: Timer | None = None
    condition: str | None = None
    outcome: Outcome | None = None


class SubProcessKind(StrEnum):
    """BPMN sub-process types."""

    EMBEDDED = "subProcess"
    EVENT = "eventSubProcess"
    TRANSACTION = "transaction"
    AD_HOC = "adHocSubProcess"


@frozen(kw_only=True)
class SubProcess:
    """A sub-process; its content are the nodes whose ``scope`` is its id.

    *outside_clock* marks work after the result was given (post-inspection): it runs, but is no
    part of the applicant's time. *default* and the quantities are as for a step.
    """

    id: str
    name: str = ""
    kind: SubProcessKind = SubProcessKind.EMBEDDED
    scope: str | None = None
    lane: str | None = None
    loop: Loop | None = None
    outside_clock: bool = False
    default: str | None = None
    start_quantity: int = 1
    completion_quantity: int = 1


Node: TypeAlias = Step | Gateway | Event | SubProcess


@frozen(kw_only=True)
class SequenceFlow:
    """An arrow from *source* to *target*.

    *condition* is an expression of our own small language; *printed* one that the file holds in
    a foreign language (kept, never run). *share* is the known share of cases that take it.
    *taken* is what the share was counted from. *outcome* says what taking it means (supplement,
    refuse, rework, grant).
    """

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    printed: str | None = None
    outcome: Outcome | None = None
    share: Fraction | None = None
    taken: Taken | None = None
    scope: str | None = None


@frozen(kw_only=True)
class Lane:
    """A lane of the process; *parent* is the lane it is nested in."""

    id: str
    name: str = ""
    parent: str | None = None
    performer: Performer | None = None


@frozen(kw_only=True)
class Flow:
    """One BPMN process: nodes in file order, sequence flows, lanes.

    Values only: views and rewrites live in ``graph/``. Look-ups by id are cached mappings, so a
    flow is cheap to ask and is never changed.
    """

    id: str
    name: str = ""
    nodes: tuple[Node, ...] = ()
    edges: tuple[SequenceFlow, ...] = ()
    lanes: tuple[Lane, ...] = ()
    executable: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Return every node by its id."""
        return MappingProxyType({node.id: node for node in self.nodes})

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Return the sequence flows that leave each node, in file order."""
        return _grouped(self.nodes, self.edges, by_source=True)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Return the sequence flows that enter each node, in file order."""
        return _grouped(self.nodes, self.edges, by_source=False)

    @cached_property
    def undoing(self) -> frozenset[str]:
        """Return the activities that only undo others: no flow leads to them."""
        return frozenset(
            node.handler for node in self.nodes if isinstance(node, Event) and node.handler
        )

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps in file order."""
        return tuple(node for node in self.nodes if isinstance(node, Step))

    @cached_property
    def guarded(self) -> frozenset[str]:
        """Return the ids of the activities that carry a boundary event."""
        hosts = (node.attached_to for node in self.nodes if isinstance(node, Event))
        return frozenset(host for host in hosts if host is not None)

    @cached_property
    def lane_by_id(self) -> Mapping[str, Lane]:
        """Return every lane by its id."""
        return MappingProxyType({lane.id: lane for lane in self.lanes})


def _grouped(
    nodes: tuple[Node, ...], edges: tuple[SequenceFlow, ...], *, by_source: bool
) -> Mapping[str, tuple[SequenceFlow, ...]]:
    groups: dict[str, list[SequenceFlow]] = {node.id: [] for node in nodes}
    for edge in edges:
        groups.setdefault(edge.source if by_source else edge.target, []).append(edge)
    return MappingProxyType({key: tuple(value) for key, value in groups.items()})
