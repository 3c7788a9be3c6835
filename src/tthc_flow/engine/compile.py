"""From a flow to SpiffWorkflow's spec objects, built directly and never through its XML parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from tthc_flow.engine.net import net_of
from tthc_flow.engine.places import Leave, Net, Place, Repeat, Start
from tthc_flow.engine.refusals import refusals
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Flow

if TYPE_CHECKING:
    from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

FEWEST_MOVES = 1_000


@frozen(kw_only=True)
class Program:
    """A compiled flow: its net, its SpiffWorkflow spec, and how far a case may go unattended."""

    flow: Flow
    net: Net
    spec: WorkflowSpec = field(eq=False, repr=False)
    limit: int

    def let_go(self) -> None:
        """Take the spec apart when no more case will run: its parts hold one another in memory."""
        self.spec.task_specs.clear()


def compile_flow(flow: Flow) -> Program:
    """Return *flow* ready to run. A program is never changed by its runs and may be shared.

    ``isExecutable`` does not matter: what people draw always says false.

    Raises:
        NotRunnable: TF401, with everything that bars a faithful run, all at once.

    Example:
        >>> from tthc_flow.model.flow import Event, EventPosition, SequenceFlow
        >>> start = Event(id="Start", position=EventPosition.START)
        >>> end = Event(id="End", position=EventPosition.END)
        >>> edge = SequenceFlow(id="f", source="Start", target="End")
        >>> sorted(compile_flow(Flow(id="p", nodes=(start, end), edges=(edge,))).spec.task_specs)
        ['node:End', 'node:Start', 'process:p']
    """
    from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

    from tthc_flow.engine.node_spec import NodeSpec

    found = refusals(flow)
    if found:
        listed = "; ".join(f"{each.code} {each.element}" for each in found)
        raise NotRunnable(
            "TF401",
            f"{len(found)} elements cannot be run as drawn: {listed}",
            place=flow.id,
            hint="redraw these elements with plain steps, gateways and events",
        )
    net = net_of(flow)
    spec = WorkflowSpec(name=f"process:{flow.id}")
    root = Place(
        id=flow.id, start=Start.INSIDE, leave=Leave.ALL, inside=net.starts, handlers=net.handlers
    )
    spec.start = NodeSpec(spec, root, name=f"process:{flow.id}")
    specs = {place.id: NodeSpec(spec, place) for place in net.places.values()}
    drawn = {node.scope for node in flow.nodes}
    for place in net.places.values():
        if place.repeat is not Repeat.ONCE:
            NodeSpec(spec, _round_of(place, drawn=place.id in drawn), name=f"round:{place.id}")
    for edge in flow.edges:
        specs[edge.source].connect(specs[edge.target])
    return Program(
        flow=flow,
        net=net,
        spec=spec,
        limit=max(FEWEST_MOVES, 10 * (len(flow.nodes) + len(flow.edges))),
    )


def _round_of(place: Place, *, drawn: bool) -> Place:
    """Return one round of *place*: a piece of work where its content is not *drawn*."""
    return Place(
        id=place.id,
        start=Start.INSIDE if drawn else Start.WORK,
        leave=Leave.ALL,
        scope=place.scope,
        handlers=place.handlers,
        inside=place.inside,
        rounds=place.rounds,
        is_round=True,
    )
