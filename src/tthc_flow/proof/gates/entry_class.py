"""Where a class of cases that is known at entry goes the same way as all others, and need not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.errors import TthcFlowError
from tthc_flow.expressions.expression import compile_expression
from tthc_flow.graph.chains import removable
from tthc_flow.graph.grants import grants_of
from tthc_flow.graph.regions import runs
from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.short_lane import only_by
from tthc_flow.model.flow import Gateway, GatewayKind, Outcome
from tthc_flow.model.lever import Evidence
from tthc_flow.model.step import Step, StepKind
from tthc_flow.units import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.graph.regions import Region
    from tthc_flow.model.flow import Flow, Node, SequenceFlow
    from tthc_flow.units import Duration

_DOOR: Final = frozenset({StepKind.RECEIVE, StepKind.SUBMIT})
STAYING: Final = frozenset(
    {
        StepKind.RECEIVE,
        StepKind.SUBMIT,
        StepKind.DRAFT,
        StepKind.SIGN,
        StepKind.ISSUE,
        StepKind.NUMBER_AND_STAMP,
        StepKind.RETURN,
        StepKind.PAYMENT,
    }
)
"""Work that a case of any class needs: it comes in, is drafted and signed, its result goes out."""

MUCH_SHORTER: Final = 2
"""A class needs much less where another needs at least so many times as much."""


@frozen(kw_only=True)
class Lane:
    """The steps that a class goes by; *gateway* and *short* (a flow) where one is drawn already.

    *of_the_entry*: no step fills in the data that tell the class, and each says what it fills in.
    """

    steps: tuple[Step, ...]
    said: Evidence
    gateway: str | None = None
    short: SequenceFlow | None = None
    of_the_entry: bool = False


def drawn_lanes(flow: Flow) -> Iterator[Lane]:
    """Yield the steps between the door and a gateway that only looks at data of the entry.

    A way that sends back or refuses stands on what was found, whatever data it looks at.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
        >>> kinds = {"in": StepKind.RECEIVE, "look": StepKind.INSPECT, "ask": StepKind.OPINION}
        >>> ways = {"s-in": None, "in-look": None, "look-x": None, "x-ask": "lớn",
        ...         "ask-y": None, "x-y": None, "y-e": None}
        >>> flow = Flow(
        ...     id="p",
        ...     nodes=(
        ...         Event(id="s", position=EventPosition.START),
        ...         *(Step(id=each, name=each, kinds=(kind,)) for each, kind in kinds.items()),
        ...         *(Gateway(id=each, kind=GatewayKind.EXCLUSIVE) for each in "xy"),
        ...         Event(id="e", position=EventPosition.END),
        ...     ),
        ...     edges=tuple(SequenceFlow(id=way, source=way.split("-")[0], condition=said,
        ...                              target=way.split("-")[1]) for way, said in ways.items()),
        ... )
        >>> [[step.id for step in lane.steps] for lane in drawn_lanes(flow)]
        [['look']]

    Source: "triage" of Reijers & Liman Mansar, Omega 33 (2005).
    """
    gateways = [node for node in flow.nodes if _one_way_or_the_other(flow, node)]
    if not gateways:
        return
    filled = {field.name for step in flow.steps for field in step.fields or ()}
    filled |= {name for step in flow.steps for name in step.writes or ()}
    ahead = {each.leaving: (run, place) for run in runs(flow) for place, each in enumerate(run)}
    said_by_all = all(step.fields is not None for step in flow.steps)
    grants = grants_of(flow)
    for node in gateways:
        ways, into = flow.outgoing[node.id], flow.incoming[node.id]
        steps = _behind_the_door(flow, *ahead.get(into[0].id, ((), 0)))
        names = _names(ways) if steps else frozenset()
        if not names or names & filled or not _all_grant(grants, ways):
            continue
        short = _short(_left_alone(flow), ways)
        if short is not None:
            said = short.condition or short.name or ways[0].condition or ""
            shown = Evidence(name="class-at-entry", value=said, element=node.id)
            yield Lane(
                steps=steps,
                said=shown,
                gateway=node.id,
                short=short,
                of_the_entry=said_by_all,
            )


def _one_way_or_the_other(flow: Flow, node: Node) -> bool:
    exclusive = isinstance(node, Gateway) and node.kind is GatewayKind.EXCLUSIVE
    return exclusive and (len(flow.incoming[node.id]), len(flow.outgoing[node.id])) == (1, 2)


def _names(ways: tuple[SequenceFlow, ...]) -> frozenset[str]:
    """Return the data that the conditions of *ways* look at; none where one is not understood."""
    found: set[str] = set()
    for way in ways:
        if way.condition is not None:
            try:
                found |= compile_expression(way.condition).names
            except TthcFlowError:
                return frozenset()
    return frozenset(found)


def _all_grant(
    grants: tuple[tuple[SequenceFlow, frozenset[str]], ...], ways: tuple[SequenceFlow, ...]
) -> bool:
    """Return whether each of *ways* may lead to a grant, and none says it means otherwise."""
    return all(
        way.outcome in {None, Outcome.GRANT, Outcome.OTHER}
        and any(way.target in before or way.target == edge.target for edge, before in grants)
        for way in ways
    )


def _behind_the_door(flow: Flow, run: tuple[Region, ...], last: int) -> tuple[Step, ...]:
    """Return the steps of *run* up to its place *last*, from the one that receives on."""
    behind: list[Step] = []
    for region in (run[place] for place in range(min(last, len(run) - 1), -1, -1)):
        step = flow.by_id[region.entry] if region.entry == region.exit else None
        if not isinstance(step, Step) or not removable(flow, step):
            return ()
        if step.kind in _DOOR:
            return tuple(reversed(behind))
        if not step.kinds or STAYING & {*step.kinds}:
            return ()
        behind.append(step)
    return ()


@remembered
def _left_alone(flow: Flow) -> Mapping[str, Fraction]:
    """Return for each flow the minutes that only it leads to; steps, where a time is unknown."""
    spent = {step.id: working_minutes(step.time.duration) for step in flow.steps}
    timed = {id_: each for id_, each in spent.items() if each is not None}
    if len(timed) < len(spent):
        timed = dict.fromkeys(spent, Fraction(1))
    return only_by(flow, timed)


def _short(alone: Mapping[str, Fraction], ways: tuple[SequenceFlow, ...]) -> SequenceFlow | None:
    """Return the way by which a case needs much less, if there is one."""
    short, long = sorted(ways, key=lambda way: alone[way.id])
    much = alone[long.id] and alone[long.id] >= MUCH_SHORTER * alone[short.id]
    return short if much else None


def working_minutes(duration: Duration | None) -> Fraction | None:
    """Return *duration* in working minutes by the default convention; unknown stays unknown.

    Example:
        >>> from tthc_flow.units import Duration, TimeUnit
        >>> working_minutes(Duration(amount=2, unit=TimeUnit.WORKING_HOUR)), working_minutes(None)
        (Fraction(120, 1), None)

    Source: :data:`tthc_flow.units.DEFAULT_CONVENTION`.
    """
    return None if duration is None else DEFAULT_CONVENTION.minutes(duration)
