"""How often one dossier comes by each element in the mean, exactly: one linear solve a scope.

A case that comes to a node goes on by the share of each way; what arrives is the sum over the
ways, at a parallel join of *k* ways each of them by 1/*k*, for in a sound flow all bring as many.
"""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heappop, heappush
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import frozen

from tthc_flow.errors import UnsoundFlow
from tthc_flow.expected.known import LEAST_WAY_OUT, Barrier, Need, What, Why, never_left
from tthc_flow.expected.merges import arrows_of, block_of
from tthc_flow.expected.rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tthc_flow.expected.known import Given
    from tthc_flow.expected.routes import Chains, Routes
    from tthc_flow.model.flow import Flow

    Into = dict[str, dict[str, "Amount"]]

Amount = TypeVar("Amount", Fraction, float)

EXACT_UP_TO: Final = 1_000
"""Nodes of a scope up to which fractions are used: their digits grow with the choices in a row."""
TOLERANCE: Final = 1e-9
"""What floats are off by at most, relative to the visits, where they are used."""
_NEAR: Final = 1e-6


@frozen(kw_only=True)
class Passing:
    """How often a dossier comes by, and what keeps it from being known.

    *comes* is how often a token comes to each node, *done* how often it is done (as often again
    where it is repeated). *exact* is false where floats were used, right within ``TOLERANCE``.
    Both are empty where something lacks or is not covered.
    """

    comes: Mapping[str, Fraction]
    done: Mapping[str, Fraction]
    exact: bool = True
    needs: tuple[Need, ...] = ()
    barriers: tuple[Barrier, ...] = ()


def passing(flow: Flow, chains: Chains, given: Given, as_one: Collection[str] = ()) -> Passing:
    """Return how often a dossier comes by each node of a sound *flow* in the mean.

    Near-linear: nodes are taken out in the order of how few they are joined to, which in a flow of
    blocks adds no more than it takes away.

    Args:
        flow: A sound flow.
        chains: Its ways (:func:`~tthc_flow.expected.routes.chains`).
        given: What the user states: the rounds of repeated activities.
        as_one: The steps whose rounds count as one.

    Raises:
        UnsoundFlow: TF331 where the shares never let a case leave a loop.

    Example:
        >>> from tthc_flow.expected.known import NOTHING
        >>> from tthc_flow.expected.routes import chains
        >>> from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
        >>> from tthc_flow.model.step import Step
        >>> nodes = (Step(id="a", name="A"), Gateway(id="x", kind=GatewayKind.EXCLUSIVE),
        ...          Step(id="b", name="B"))
        >>> ways = (("a", "x", None), ("x", "a", "1/5"), ("x", "b", None))
        >>> flow = Flow(id="p", nodes=nodes, edges=tuple(
        ...     SequenceFlow(id=s + t, source=s, target=t, share=share and Fraction(share))
        ...     for s, t, share in ways))
        >>> flow = Flow(id="p", nodes=(Step(id="s", name="S"), *nodes), edges=(
        ...     SequenceFlow(id="sa", source="s", target="a"), *flow.edges))
        >>> str(passing(flow, chains(flow, NOTHING), NOTHING).comes["a"])
        '5/4'

    Source: Kemeny & Snell, Finite Markov Chains (1960), 3.2, the fundamental matrix; Markowitz
        (1957) for the order of elimination.
    """
    needs, barriers = list(chains.needs), list(chains.barriers)
    within: dict[str | None, Into[Fraction]] = {}
    unknown = {need.element for need in needs if need.what is What.SHARE}
    for each in chains.routes:
        closing = _closing(flow, each, unknown)
        barriers += [
            Barrier(merge, Why.LOOSE_JOIN) for merge, split in closing.items() if not split
        ]
        within[each.scope] = _entries(each, closing)
    repeated = {node.id: rounds(node, given, as_one) for node in flow.nodes}
    inside = {node for each in chains.routes for node in each.leaving}
    needs += [
        Need(e, What.ROUNDS) for e, often in repeated.items() if often is None and e in inside
    ]
    if needs or barriers:
        return Passing(comes={}, done={}, needs=tuple(needs), barriers=tuple(barriers))
    runs: dict[str | None, Fraction] = {None: Fraction(1)}
    comes: dict[str, Fraction] = {}
    exact = True
    for each in chains.routes:
        found, exactly = _solved(each, within[each.scope])
        exact = exact and exactly
        for node, often in found.items():
            comes[node] = often * runs[each.scope]
            runs[node] = comes[node] * (repeated[node] or 0)
    done = {node: often for node, often in runs.items() if node is not None}
    return Passing(comes=MappingProxyType(comes), done=MappingProxyType(done), exact=exact)


def _closing(flow: Flow, routes: Routes, unknown: Collection[str]) -> dict[str, str | None]:
    """Return what opens the block of each inclusive join, ``None`` where it closes none."""
    if not routes.merges:
        return {}
    ways = arrows_of(flow, routes, unknown)
    blocks = {merge: block_of(flow, ways, merge) for merge in routes.merges}
    return {merge: None if block is None else block.opening for merge, block in blocks.items()}


def _entries(routes: Routes, closing: Mapping[str, str | None]) -> Into[Fraction]:
    """Return what each node gets of each node before it, as a share of the visits there."""
    into: Into[Fraction] = {node: {} for node in routes.leaving}
    for node, leaving in routes.leaving.items():
        events = routes.guards.get(node, ())
        stays = 1 - sum((share for event, share in events if event.interrupting), Fraction(0))
        for event, share in events:
            into[event.id][node] = share
        for target, share in leaving.ways:
            if target in into and target not in closing:
                part = share * stays / routes.joins.get(target, 1)
                into[target][node] = into[target].get(node, Fraction(0)) + part
    for merge, split in closing.items():
        if split is not None:
            into[merge] = {split: Fraction(1)}
    return into


def _solved(routes: Routes, into: Into[Fraction]) -> tuple[dict[str, Fraction], bool]:
    """Return how often each node of a scope is come to in one run of it, and whether exactly."""
    begins = {node: routes.begins.get(node, Fraction(0)) for node in into}
    if len(into) > EXACT_UP_TO:
        floats = {
            node: {each: float(part) for each, part in ways.items()} for node, ways in into.items()
        }
        first = {node: float(share) for node, share in begins.items()}
        try:
            found = _eliminated(floats, first, 1.0, _NEAR)
        except UnsoundFlow:  # a loop that floats cannot tell from an endless one
            return _eliminated(into, begins, Fraction(1), LEAST_WAY_OUT), True
        return {node: Fraction(often) for node, often in found.items()}, False
    return _eliminated(into, begins, Fraction(1), LEAST_WAY_OUT), True


def _eliminated(
    into: Into[Amount], begins: dict[str, Amount], one: Amount, least: float
) -> dict[str, Amount]:
    """Solve v = begins + into v, taking out the node that is joined to the fewest first."""
    out: dict[str, dict[str, None]] = {node: {} for node in into}
    for node, ways in into.items():
        for source in ways:
            out[source][node] = None
    queue = [(len(into[node]) * len(out[node]), place, node) for place, node in enumerate(into)]
    heapify(queue)
    places = {node: place for _, place, node in queue}
    gone: dict[str, tuple[dict[str, Amount], Amount]] = {}
    while queue:
        size, _, node = heappop(queue)
        if node in gone or size != len(into[node]) * len(out[node]):
            continue  # a better or a later entry of it stands in the queue
        gone[node] = _taken_out(node, into, out, begins, one, least)
        for each in {**into[node], **out[node]}:
            heappush(queue, (len(into[each]) * len(out[each]), places[each], each))
    found: dict[str, Amount] = {}
    for node, (ways, stays) in reversed(gone.items()):
        comes = sum((share * found[source] for source, share in ways.items()), begins[node])
        found[node] = comes / stays
    return {node: found[node] for node in into}


def _taken_out(
    node: str,
    into: Into[Amount],
    out: dict[str, dict[str, None]],
    begins: dict[str, Amount],
    one: Amount,
    least: float,
) -> tuple[dict[str, Amount], Amount]:
    """Lead past *node*; return what it gets of the nodes left, and the share that does not stay."""
    stays = one - into[node].pop(node, one - one)
    out[node].pop(node, None)
    if stays < least:
        raise never_left(node)
    for target in out[node]:
        part = into[target].pop(node) / stays
        for source, share in into[node].items():
            into[target][source] = into[target].get(source, one - one) + share * part
            out[source][target] = None
        begins[target] += begins[node] * part
    for source in into[node]:
        del out[source][node]
    return into[node], stays
