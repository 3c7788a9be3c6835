"""Shares of ways and rates of rejection, from the choices that the cases of a log made."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tthc_flow.calibration.firsts import firsts
from tthc_flow.calibration.found import RejectionFound, WayFound
from tthc_flow.calibration.intervals import clopper_pearson
from tthc_flow.calibration.net import way
from tthc_flow.graph.knock_outs import knock_outs
from tthc_flow.model.finding import Severity
from tthc_flow.model.flow import Event, Gateway, GatewayKind, Outcome
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.calibration.doubts import Doubts
    from tthc_flow.calibration.playing import Playing
    from tthc_flow.model.flow import Flow

_EITHER = frozenset({GatewayKind.EXCLUSIVE, GatewayKind.EVENT_BASED})


def ways_found(playing: Playing, doubts: Doubts) -> tuple[WayFound, ...]:
    """Return how many cases took each way, for nodes at which the log leaves no doubt.

    Where two ways can begin with the same event, no log tells which was taken: no share is given,
    and *doubts* names the node. Choices next to steps that were passed over do not count.

    Args:
        playing: What the cases did.
        doubts: Takes the nodes of which nothing is known.
    """
    flow, replay = playing.best.replay.flow, playing.best.replay
    counted: dict[str, Counter[str]] = {}
    unclear: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for ((node, edge), label), count in playing.told.items():
        counted.setdefault(node, Counter())
        if label is None:
            unclear[node] += count
            continue
        counted[node][edge] += count
        alike = [
            each.id
            for each in flow.outgoing[node]
            if label in firsts(replay.net, way(each.id), replay.unlogged)
        ]
        if len(alike) > 1 and _is_either(flow, node):
            doubtful[node] += count
    for node in sorted(doubtful):
        doubts.add("log-branch-ambiguous", element=node, count=doubtful[node])
    for node in sorted(unclear):
        doubts.add("log-branch-unclear", severity=Severity.INFO, element=node, count=unclear[node])
    certain = {node: ways for node, ways in counted.items() if node not in doubtful}
    return tuple(found for node, ways in certain.items() for found in _shares(playing, node, ways))


def _is_either(flow: Flow, node: str) -> bool:
    gateway = flow.by_id[node]
    return isinstance(gateway, Gateway) and gateway.kind in _EITHER


def _shares(playing: Playing, node: str, ways: Counter[str]) -> Iterator[WayFound]:
    flow = playing.best.replay.flow
    of = ways.total()
    if not _is_either(flow, node):  # several at once: of the cases that came there
        of = sum(count for (here, _), count in playing.by_case.items() if here == node)
        ways = Counter()
        for (here, edges), count in playing.by_case.items():
            if here == node:
                ways.update(dict.fromkeys(edges, count))
    for edge in flow.outgoing[node]:
        share = clopper_pearson(ways[edge.id], of)
        if share is not None:
            yield WayFound(edge=edge.id, node=node, taken=ways[edge.id], of=of, share=share)


def rejections_found(playing: Playing, ways: tuple[WayFound, ...]) -> tuple[RejectionFound, ...]:
    """Return how many dossiers each deciding step was asked about, and how many it turned down.

    A step decides where only an exclusive gateway follows it that is reached from nowhere else.
    A way turns down where the diagram says so (an outcome, or an end that refuses), or where it
    can only come to an end without a grant.

    Example:
        >>> from tthc_flow.calibration.best_replay import BestReplay
        >>> from tthc_flow.calibration.net import net_of
        >>> from tthc_flow.calibration.playing import Playing
        >>> from tthc_flow.calibration.replay import Replay
        >>> from tthc_flow.model.flow import Flow
        >>> replay = Replay(Flow(id="p"), net_of(Flow(id="p")))
        >>> rejections_found(Playing(BestReplay(replay)), ())
        ()

    Source: dossiers, not rounds: a dossier that comes twice counts once.
    """
    flow = playing.best.replay.flow
    known = {each.node for each in ways}
    refusing = _refusing(flow)
    found = []
    for step in flow.steps:
        gateway = _decided_at(flow, step)
        if gateway is None or gateway not in known:
            continue
        turning = {edge.id for edge in flow.outgoing[gateway]} & refusing
        if not turning:
            continue
        cases = [(edges, n) for (node, edges), n in playing.by_case.items() if node == gateway]
        checked = sum(count for _, count in cases)
        rejected = sum(count for edges, count in cases if edges & turning)
        rate = clopper_pearson(rejected, checked)
        if rate is not None:
            found.append(
                RejectionFound(step=step.id, checked=checked, rejected=rejected, rate=rate)
            )
    return tuple(found)


def _decided_at(flow: Flow, step: Step) -> str | None:
    if len(flow.outgoing[step.id]) != 1:
        return None
    gateway = flow.by_id.get(flow.outgoing[step.id][0].target)
    alone = gateway is not None and len(flow.incoming[gateway.id]) == 1
    exclusive = isinstance(gateway, Gateway) and gateway.kind is GatewayKind.EXCLUSIVE
    return gateway.id if gateway is not None and alone and exclusive else None


def _refusing(flow: Flow) -> frozenset[str]:
    said = set()
    for edge in flow.edges:
        target = flow.by_id.get(edge.target)
        ends = isinstance(target, Event) and target.outcome is Outcome.REFUSE
        if edge.outcome is Outcome.REFUSE or (edge.outcome is None and ends):
            said.add(edge.id)
    outs = {out for row in knock_outs(flow) for each in row for out in each.refusing}
    unsaid = {edge.id for edge in flow.edges if edge.outcome is None}
    return frozenset(said | (outs & unsaid))
