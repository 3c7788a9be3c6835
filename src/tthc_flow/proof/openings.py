"""The parts of a net that are seen from outside while they run: open sub-processes, messages.

An open activity is a pair of held nodes: one begins it and marks that it runs, the other ends it,
regularly once nothing goes on inside, or by dropping what does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from tthc_flow.model.flow import Event, Gateway
from tthc_flow.proof.net import EVERYWHERE, SINK, Kind, Net, Rule
from tthc_flow.proof.translation import Beginning, Translation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tthc_flow.model.flow import Node, SubProcess
    from tthc_flow.proof.scopes import Scope
    from tthc_flow.proof.setting import Setting
    from tthc_flow.proof.throws import Landing


@frozen(kw_only=True)
class Run:
    """An open activity: its two nodes, the place that says it runs, the region of its content."""

    begin: int
    end: int
    running: int
    region: int


class Openings(Translation):
    """A translation that follows tokens into open sub-processes, and messages."""

    def __init__(self, setting: Setting, net: Net, never_left: frozenset[str]) -> None:
        """Translate into *net*."""
        super().__init__(setting, net, never_left)
        self.runs: dict[str | None, Run] = {}
        self.calls: dict[str, int] = {}

    def part(
        self, scope: Scope, node: Node, kind: Kind, leave: dict[str, int], sink: int
    ) -> tuple[int, int | None]:
        """Add *node*, with its messages and all it does to what is around it."""
        setting = self.setting
        landing = setting.landing.get(node.id)
        guards = scope.guards.get(node.id, ())
        sends = setting.mail.sends.get(node.id, ())
        reads = () if node.id in self.awaited else setting.mail.reads.get(node.id, ())
        if isinstance(node, Event) and node.id in {start.id for start in scope.starts}:
            reads = ()  # the beginning of its scope waits for it
        calls = landing is not None and not landing.stops and landing.guard is not None
        breaks = bool(setting.breaks.get(node.id))
        held_open = (
            node.id in setting.opened
            or any(guard.id in setting.mail.reads for guard in guards)
            or (breaks and self.home != EVERYWHERE)
        )
        if isinstance(node, Gateway) or not (held_open or sends or reads or calls):
            return super().part(scope, node, kind, leave, sink)
        if isinstance(node, Event) and breaks:
            return self._stops(node, sink)[0], None
        entry, here = self._spoken(node.id, sends, reads)
        if calls and landing is not None and landing.guard is not None:
            held, here = self._held(node.id, here)
            entry = held if entry is None else entry
            give = (self.arrow(held, here), self.calls[landing.guard.id])
            self.net.rules.append(Rule(node=held, give=give))
        if not held_open:
            inner, out = super().part(scope, node, kind, leave, sink)
            if here is None:
                return inner, out
            self.arrow(here, inner)
            return inner if entry is None else entry, out
        if entry is None or here is None:
            entry = here = self.net.node(Kind.EITHER, node.id)
        return entry, self._run(scope, node, here, kind, leave, sink)

    def _spoken(
        self, element: str, sends: tuple[int, ...], reads: tuple[int, ...]
    ) -> tuple[int | None, int | None]:
        """Wait for one of the channels, then send; return what is entered and what is left."""
        entry = here = None
        steps: list[tuple[tuple[int, ...], tuple[int | None, ...]]] = []
        if reads:
            steps.append(((), reads))
        if sends:
            steps.append((sends, (None,)))
        for given, channels in steps:
            held, after = self._held(element, here)
            entry, here = held if entry is None else entry, after
            way = self.arrow(held, after)
            for channel in channels:
                self.net.rules.append(Rule(node=held, give=(way,), sends=given, reads=channel))
        return entry, here

    def _held(self, element: str, here: int | None) -> tuple[int, int]:
        """Return a held node after *here*, and one to go on from."""
        held = self.net.node(Kind.HELD, element)
        if here is not None:
            self.arrow(here, held)
        return held, self.net.node(Kind.EITHER, element)

    def _run(
        self, scope: Scope, node: Node, here: int, kind: Kind, leave: dict[str, int], sink: int
    ) -> int | None:
        """Add *node* as an open activity after *here* and return what is left regularly."""
        net, mail = self.net, self.setting.mail
        run = self._opened(node.id)
        self.arrow(here, run.begin)
        armed = []
        for guard in scope.guards.get(node.id, ()):
            outside = self.setting.outside(guard)
            if outside and not guard.interrupting:
                armed.append(self._armed(run, guard, leave[guard.id]))
                continue
            way = self.arrow(run.end, leave[guard.id])
            self.calls[guard.id] = way
            if not guard.interrupting:
                net.extra.add(way)
            clear = run.region if guard.interrupting else None
            give = (way,) if guard.interrupting else (run.running, way)
            channels: tuple[int | None, ...] = mail.reads.get(guard.id, ())
            for channel in (None,) if outside else channels:
                net.rules.append(Rule(node=run.end, clear=clear, give=give, reads=channel))
        inner = self.setting.scopes.get(node.id) if node.id in self.setting.opened else None
        self._begun(run, inner, armed)
        if inner is None:
            for stop in self._stops(node, sink):
                way = self.arrow(run.end, stop)
                net.rules.append(Rule(node=run.end, clear=run.region, give=(way,)))
        if node.id in self.never_left:
            return None
        out = net.node(kind, node.id)
        way = self.arrow(run.end, out)
        net.exits[way] = node.id
        self.ended(run, way)
        return out

    def _opened(self, element: str) -> Run:
        net = self.net
        begin, end = net.node(Kind.HELD, element), net.node(Kind.HELD, element)
        running = self.arrow(begin, end)
        return Run(begin=begin, end=end, running=running, region=net.region(self.home))

    def ended(self, run: Run, way: int) -> None:
        """Let the regular end of *run* give *way*."""
        self.net.rules.append(Rule(node=run.end, quiet=run.region, clear=run.region, give=(way,)))

    def _armed(self, run: Run, guard: Event, leave: int) -> int:
        """Let *guard* fire once while *run* goes on, besides it; return the place that arms it."""
        held = self.net.node(Kind.HELD, guard.id)
        place = self.net.arrow(run.begin, held, run.region)
        self.net.armed.add(place)
        self.net.rules.append(Rule(node=held, give=(self.arrow(held, leave),)))
        return place

    def _begun(self, run: Run, inner: Scope | None, guards: Sequence[int] = ()) -> None:
        """Fill *run* with its content, and let it begin in each way that the content can.

        *guards* are the places that arm its boundary events.
        """
        if inner is None:
            self.net.rules.append(Rule(node=run.begin, give=(run.running, *guards)))
            return
        self.runs[inner.id] = run
        found = self._inside(run.region, inner, run.end)
        armed = [*guards, *self._asides(run, inner)]
        for beginning in found:
            ways = self._into(run.begin, beginning.nodes, run.region)
            for channel in beginning.channels or (None,):
                give = (run.running, *ways, *armed)
                self.net.rules.append(Rule(node=run.begin, give=give, reads=channel))

    def _inside(self, region: int, inner: Scope, end: int) -> list[Beginning]:
        home, self.home = self.home, region
        sink = self.net.node(Kind.SINK, "")
        found = self.fill(inner, sink)
        self.home = home
        self.net.ways.append((sink, end))
        return found

    def _into(self, node: int, entries: Sequence[int], region: int) -> list[int]:
        return [self.net.arrow(node, entry, region) for entry in entries]

    def _asides(self, run: Run, inner: Scope) -> list[int]:
        """Add the event sub-processes of *run*; return the places that arm them."""
        armed = []
        for aside in inner.asides:
            opened = aside.id in self.setting.opened
            scope = self.setting.scopes.get(aside.id)
            if scope is None:
                continue
            region = self.net.region(run.region)
            self.runs[aside.id] = evolve(run, region=region)
            found = (
                self._inside(region, scope, run.end)
                if opened
                else [Beginning(nodes=(), start=start) for start in scope.starts]
            )
            for beginning in found:
                armed += self._aside(run, aside, region, beginning)
        return armed

    def _aside(self, run: Run, aside: SubProcess, region: int, beginning: Beginning) -> list[int]:
        net, start = self.net, beginning.start
        interrupts = start is not None and start.interrupting
        clear = run.region if interrupts else None
        channels = beginning.channels or (None,)
        if beginning.channels and not interrupts:
            ways = self._into(run.end, beginning.nodes, region)
            for channel in channels:
                give = (run.running, *ways)
                net.rules.append(Rule(node=run.end, reads=channel, quiet=region, give=give))
            return []
        called = start is not None and start.id in self.setting.called
        if called or not (interrupts or beginning.nodes):
            return []
        held = net.node(Kind.HELD, aside.id)
        place = net.arrow(run.begin, held, run.region)
        net.armed.add(place)
        net.ways.append((held, run.end))
        ways = self._into(held, beginning.nodes, region)
        for channel in channels:
            net.rules.append(Rule(node=held, reads=channel, clear=clear, give=tuple(ways)))
        return [place]

    def _stops(self, node: Node, sink: int) -> list[int]:
        """Return a node a way in which *node* drops what goes on around it."""
        if self.home == EVERYWHERE:
            return [self.stop(node.id, sink, regular=regular) for regular in self.regular(node.id)]
        landings = [
            self.setting.landing[thrown]
            for thrown in (node.id, *self.setting.thrown_through(node.id))
            if thrown in self.setting.landing
        ]
        return [self._dropping(node.id, each) for each in landings if each.stops]

    def _dropping(self, element: str, landing: Landing) -> int:
        net = self.net
        held = net.node(Kind.HELD, element)
        run = self.runs.get(landing.scope)
        if run is None:  # it drops all that this net is about
            way = net.arrow(held, SINK)
            net.irregular.add(way)
            net.rules.append(Rule(node=held, clear=EVERYWHERE, give=(way,)))
            return held
        net.ways.append((held, run.end))
        if landing.guard is None:
            net.rules.append(Rule(node=held, clear=run.region))
        else:
            give = (self.calls[landing.guard.id],)
            rule = Rule(node=held, clear=run.region, drop=(run.running,), give=give)
            net.rules.append(rule)
        return held

    def process(self, fork: int) -> frozenset[int]:
        """Add the whole process after *fork*; return the channels that begin it."""
        scope = self.setting.scopes[None]
        run = self._opened("")
        place = self.arrow(fork, run.begin)
        self._begun(run, scope)
        self.ended(run, self.arrow(run.end, SINK))
        channels = [self.setting.mail.reads.get(start.id, ()) for start in scope.starts]
        if channels and all(channels):
            self.net.idle.add(place)
        return frozenset(channel for found in channels for channel in found)
