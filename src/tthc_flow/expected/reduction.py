"""From the chains of a flow to its process tree, or why it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from tthc_flow.expected.known import Barrier, Need, Why
from tthc_flow.expected.rounds import always
from tthc_flow.expected.routes import Split
from tthc_flow.expected.stops import counted
from tthc_flow.expected.tree import ALWAYS, Part, Stood, Tree, Within
from tthc_flow.expected.web import Broken, Web
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import SubProcess, Trigger
from tthc_flow.model.step import Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tthc_flow.expected.alarms import Alarm
    from tthc_flow.expected.routes import Chains, Routes
    from tthc_flow.expected.timing import Timing
    from tthc_flow.model.flow import Event, Flow


@frozen(kw_only=True)
class Reduced:
    """The process tree of a flow with the number of the whole, or the barriers to it.

    *takes* are the times of its parts, *needs* those that lack of what stops the clock beside work.
    """

    tree: Tree
    takes: Mapping[str, Chance]
    whole: int = ALWAYS
    barriers: tuple[Barrier, ...] = ()
    needs: tuple[Need, ...] = ()


def reduced(
    flow: Flow, chains: Chains, timing: Timing, rung: Mapping[str, tuple[Alarm, ...]]
) -> Reduced:
    """Return the process tree of *flow* by the applicant's time.

    Near-linear, as :func:`~tthc_flow.expected.visits.passing`.

    Args:
        flow: A sound flow.
        chains: Its ways, in which nothing lacks.
        timing: How long each step takes.
        rung: The timers at their borders of which all is known.

    Example:
        >>> from tthc_flow.expected.known import NOTHING, USUAL
        >>> from tthc_flow.expected.routes import chains
        >>> from tthc_flow.expected.timing import timing
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.units import DEFAULT_CONVENTION, Duration
        >>> step = Step(id="a", name="A", work=Duration(amount=2, unit="hour"))
        >>> flow = Flow(id="p", nodes=(step,))
        >>> times = timing(flow, "a", NOTHING, USUAL, DEFAULT_CONVENTION)
        >>> reduced(flow, chains(flow, NOTHING), times, {}).tree.makings[1:]
        [Part(element='a')]

    Source: Dumas et al., Fundamentals of BPM (2018), 7.1, for the blocks; elimination of states of
        a semi-Markov process, Howard, Dynamic Probabilistic Systems (1971), for choices.
    """
    tree = Tree()
    own: dict[str, int] = {}
    barriers: list[Barrier] = []
    for routes in reversed(chains.routes):  # the inner before the outer
        for node in routes.leaving:
            if node in timing.off_clock:
                own[node] = tree.add(Stood(node))
            elif node in timing.takes:
                own[node] = tree.add(Part(node))
            own[node] = _repeated(flow, tree, node, own.get(node, ALWAYS), timing)
        broken = {
            host: _broken(tree, host, alarm, timing)
            for host in routes.guards
            if (alarm := _breaking(routes, host, rung)) is not None
        }
        web = Web(tree, routes, own, broken)
        barriers += _barred(flow, routes, timing, broken.keys())
        whole = web.whole()
        if whole is None:
            barriers += [Barrier(node, Why.TANGLE) for node in web.left()[:1]]
        own[routes.scope or ""] = ALWAYS if whole is None else whole
    moments = {
        alarm.event: Chance.fixed(alarm.minutes) for found in rung.values() for alarm in found
    }
    takes = {**timing.takes, **moments}
    if barriers:
        return Reduced(tree=tree, takes=takes, barriers=tuple(dict.fromkeys(barriers)))
    found = counted(flow, tree, own[""], takes)
    return Reduced(
        tree=found.tree,
        takes=takes,
        whole=found.whole,
        barriers=found.barriers,
        needs=found.needs,
    )


def _breaking(routes: Routes, host: str, rung: Mapping[str, tuple[Alarm, ...]]) -> Alarm | None:
    """Return the timer that breaks *host* off, where nothing else may happen at its border."""
    several = routes.leaving[host].split is not Split.EITHER
    alarms = [each for each in rung.get(host, ()) if each.share]
    return alarms[0] if len(alarms) == 1 and alarms[0].breaks and not several else None


def _broken(tree: Tree, host: str, alarm: Alarm, timing: Timing) -> Broken:
    """Return the times of *host* where it is done, and where *alarm* breaks it off."""
    counts = timing.on_clock(host) is not None
    done: int | None = None
    if alarm.share != 1 and counts:
        done = tree.add(Within(host, alarm.minutes))
    elif alarm.share != 1:
        done = tree.row(tree.share(1 - alarm.share), tree.add(Stood(host, cut=True)))
    minutes = tree.add(Part(alarm.event) if counts else Stood(alarm.event))
    return Broken(event=alarm.event, done=done, broken=tree.row(tree.share(alarm.share), minutes))


def _barred(
    flow: Flow, routes: Routes, timing: Timing, broken: Collection[str]
) -> Iterator[Barrier]:
    """Yield what the time of a scope cannot be made of."""
    for node, leaving in routes.leaving.items():
        if leaving.split is Split.SOME and len(leaving.ways) > 1 and not leaving.turns:
            yield Barrier(node, Why.SEVERAL_WAYS)
        if node not in timing.as_one and always(flow.by_id[node]) is None:
            yield Barrier(node, Why.MEAN_ROUNDS)
    for host, events in routes.guards.items():
        if host not in broken:
            yield from (Barrier(event.id, _happening(event)) for event, _ in events)


def _happening(event: Event) -> Why:
    """Return why the time of a border event is not known: a timer's may be simulated."""
    return Why.HAPPENING if event.trigger is Trigger.TIMER else Why.SOMETIME


def _repeated(flow: Flow, tree: Tree, element: str, time: int, timing: Timing) -> int:
    """Return the number of all rounds of an element, where one of them takes *time*."""
    node = flow.by_id[element]
    often = always(node)
    loop = node.loop if isinstance(node, Step | SubProcess) else None
    if loop is None or often is None or element in timing.as_one:
        return time
    return tree.times(time, often, at_once=loop.multi_instance and not loop.sequential)
