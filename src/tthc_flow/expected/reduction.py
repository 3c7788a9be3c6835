"""From the chains of a flow to its process tree, or why it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.known import Barrier, Why
from tthc_flow.expected.rounds import always
from tthc_flow.expected.routes import Split
from tthc_flow.expected.tree import ALWAYS, Part, Tree
from tthc_flow.expected.web import Web
from tthc_flow.model.flow import SubProcess
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.expected.routes import Chains, Routes
    from tthc_flow.expected.timing import Timing
    from tthc_flow.model.flow import Flow


@frozen(kw_only=True)
class Reduced:
    """The process tree of a flow with the number of the whole, or the barriers to it."""

    tree: Tree
    whole: int = ALWAYS
    barriers: tuple[Barrier, ...] = ()


def reduced(flow: Flow, chains: Chains, timing: Timing) -> Reduced:
    """Return the process tree of *flow* by the applicant's time.

    Near-linear, as :func:`~tthc_flow.expected.visits.passing`.

    Args:
        flow: A sound flow.
        chains: Its ways, in which nothing lacks.
        timing: How long each step takes.

    Example:
        >>> from tthc_flow.expected.known import NOTHING, USUAL
        >>> from tthc_flow.expected.routes import chains
        >>> from tthc_flow.expected.timing import timing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.units import DEFAULT_CONVENTION, Duration
        >>> step = Step(id="a", name="A", work=Duration(amount=2, unit="hour"))
        >>> flow = Flow(id="p", nodes=(step,))
        >>> times = timing(flow, "a", NOTHING, USUAL, DEFAULT_CONVENTION)
        >>> reduced(flow, chains(flow, NOTHING), times).tree.makings[1:]
        [Part(element='a')]

    Source: Dumas et al., Fundamentals of BPM (2018), 7.1, for the blocks; elimination of states of
        a semi-Markov process, Howard, Dynamic Probabilistic Systems (1971), for choices.
    """
    tree = Tree()
    own: dict[str, int] = {}
    barriers: list[Barrier] = []
    for routes in reversed(chains.routes):  # the inner before the outer
        for node in routes.leaving:
            if timing.on_clock(node) is not None:
                own[node] = tree.add(Part(node))
            own[node] = _repeated(flow, tree, node, own.get(node, ALWAYS), timing)
        web = Web(tree, routes, own)
        barriers += _barred(flow, routes, timing)
        whole = web.whole()
        if whole is None:
            barriers += [Barrier(node, Why.TANGLE) for node in web.left()[:1]]
        own[routes.scope or ""] = ALWAYS if whole is None else whole
    return Reduced(tree=tree, whole=own[""], barriers=tuple(dict.fromkeys(barriers)))


def _barred(flow: Flow, routes: Routes, timing: Timing) -> Iterator[Barrier]:
    """Yield what the time of a scope cannot be made of."""
    for node, leaving in routes.leaving.items():
        if leaving.split is Split.SOME and len(leaving.ways) > 1:
            yield Barrier(node, Why.SEVERAL_WAYS)
        if node not in timing.as_one and always(flow.by_id[node]) is None:
            yield Barrier(node, Why.MEAN_ROUNDS)
    for events in routes.guards.values():
        yield from (Barrier(event.id, Why.HAPPENING) for event, _ in events)


def _repeated(flow: Flow, tree: Tree, element: str, time: int, timing: Timing) -> int:
    """Return the number of all rounds of an element, where one of them takes *time*."""
    node = flow.by_id[element]
    often = always(node)
    loop = node.loop if isinstance(node, Step | SubProcess) else None
    if loop is None or often is None or element in timing.as_one:
        return time
    return tree.times(time, often, at_once=loop.multi_instance and not loop.sequential)
