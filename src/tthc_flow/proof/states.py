"""The state space of a net: every marking as a bit mask, breadth first, up to a cap.

Decides the properties on any covered net, with a shortest counter-example. Ways into the sink are
where finished tokens rest, so a marking of those alone is a finished case. Above the places stand
the messages on the way, counted a channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.proof.findings import Exploration, Property, Violation
from tthc_flow.proof.net import EVERYWHERE, SINK, Kind, Net
from tthc_flow.proof.upstream import upstream_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_STATES: Final = 20_000
_WIDTH: Final = 2
_MOST_WAITING: Final = (1 << _WIDTH) - 1
"""How many messages of one kind may wait at once before the search gives up."""
_MOST_BRANCHES: Final = 12  # an inclusive split of n branches has 2^n - 1 ways to fire


@frozen(kw_only=True)
class _Firing:
    """A rule as bit masks."""

    give: int
    quiet: int
    clear: int
    reads: int | None
    sends: tuple[int, ...]


class _Space:
    """One exploration; the markings seen, each with the marking and node it came from."""

    def __init__(self, net: Net) -> None:
        self.net = net
        size = len(net.kinds)
        self.into = [0] * size
        self.out: list[list[int]] = [[] for _ in range(size)]
        for number, (source, target) in enumerate(net.arrows):
            self.into[target] |= 1 << number
            self.out[source].append(1 << number)
        self.all_out = [sum(bits) for bits in self.out]
        self.places = (1 << len(net.arrows)) - 1
        sinks = (bits for bits, kind in zip(self.into, net.kinds, strict=True) if kind is Kind.SINK)
        self.resting = sum(sinks)
        self.rest = self.into[SINK]
        self.done = self.rest | _mask(net.idle)
        self.waits = {
            node: upstream_of(net, node)
            for node, kind in enumerate(net.kinds)
            if kind is Kind.ANY_IN
        }
        self.firings = self._rules()
        self.came: dict[int, tuple[int, int]] = {1: (0, 0)}
        self.before: dict[int, list[int]] = {1: []}
        self.stuck: list[int] = []
        self.last: list[int] = []
        self.marked = 1
        self.full = False

    def _rules(self) -> dict[int, list[_Firing]]:
        """Return the rules of each held node, its regions as the places in them."""
        net = self.net
        regions = [0] * len(net.around)
        for number, home in enumerate(net.homes):
            regions[home] |= 1 << number
        for region in range(len(regions) - 1, EVERYWHERE, -1):
            regions[net.around[region]] |= regions[region]
        busy = ~(self.resting | _mask(net.armed))
        found: dict[int, list[_Firing]] = {}
        for rule in net.rules:
            firing = _Firing(
                give=_mask(rule.give),
                quiet=0 if rule.quiet is None else regions[rule.quiet] & busy,
                clear=_mask(rule.drop) | (0 if rule.clear is None else regions[rule.clear]),
                reads=None if rule.reads is None else self._shift(rule.reads),
                sends=tuple(self._shift(channel) for channel in rule.sends),
            )
            found.setdefault(rule.node, []).append(firing)
        return found

    def _shift(self, channel: int) -> int:
        return len(self.net.arrows) + _WIDTH * channel

    def explore(self, most: int, *, rescued: bool) -> Exploration:
        queue = [1]
        for here in queue:
            moved = False
            for node, after, clash in self._firings(here):
                moved = True
                if clash:
                    return Exploration(violation=self._clash(here, node, clash), complete=False)
                if after in self.before:
                    self.before[after].append(here)
                    continue
                if len(self.before) >= most:
                    return self._cut_short("undecided", rescued=rescued)
                self.before[after] = [here]
                self.came[after] = (here, node)
                self.marked |= after
                queue.append(after)
            if not moved:
                (self.stuck if here & self.places & ~self.done else self.last).append(here)
        return self._concluded(queue, rescued=rescued)

    def _concluded(self, queue: list[int], *, rescued: bool) -> Exploration:
        able = [here for here in queue if not here & self.places & ~self.done]
        irregular = _mask(self.net.irregular)
        regular = any(not here & irregular for here in able)
        if self.full:
            return self._cut_short("messages-pile-up", rescued=rescued)
        lost = None if rescued else self._incomplete(queue, able)
        exits = self.net.exits.items()
        unleft = frozenset(element for way, element in exits if not self.marked >> way & 1)
        if unleft and lost is None:
            return Exploration(violation=None, complete=False, unleft=unleft)
        violation = lost or self._dead()
        if violation is None and any(here > self.places for here in self.last):
            violation = self._unread()
            if violation is None:
                return Exploration(violation=None, complete=False, reason="begins-anew")
        return Exploration(violation=violation, complete=True, regular=regular)

    def _cut_short(self, reason: str, *, rescued: bool) -> Exploration:
        """Return what part of the space shows: a dead stop is one, whatever else there is."""
        violation = None
        if self.stuck and not rescued:
            violation = self._lost(self.stuck[0])
        violation = violation or self._unread()
        return Exploration(violation=violation, complete=False, reason=reason)

    def _firings(self, here: int) -> Iterator[tuple[int, int, int]]:
        """Yield each node that can fire, the marking after, and any place filled twice."""
        left = here & self.places & ~self.resting
        while left:
            token = left & -left
            left ^= token
            node = self.net.arrows[token.bit_length() - 1][1]
            kind = self.net.kinds[node]
            if kind is Kind.EITHER:
                for bit in self.out[node]:
                    rest = here ^ token
                    yield node, rest | bit, rest & bit
            elif kind is Kind.STOP:
                yield node, self.all_out[node], 0
            elif kind is Kind.ANY_OUT:
                yield from self._some(here ^ token, node)
            elif kind is Kind.HELD:
                yield from self._held(here, token, node)
            elif token == (here & self.into[node]) & -(here & self.into[node]):
                yield from self._joined(here, node, kind)

    def _held(self, here: int, token: int, node: int) -> Iterator[tuple[int, int, int]]:
        """Yield every rule of a held node that applies."""
        for rule in self.firings.get(node, ()):
            after = here ^ token
            if after & rule.quiet:
                continue
            after &= ~rule.clear
            if rule.reads is not None:
                if not after >> rule.reads & _MOST_WAITING:
                    continue
                after -= 1 << rule.reads
            if any(after >> channel & _MOST_WAITING == _MOST_WAITING for channel in rule.sends):
                self.full = True
                yield node, here, 0  # it goes on, but not in this search
                continue
            after += sum(1 << channel for channel in rule.sends)
            yield node, after | rule.give, after & rule.give

    def _joined(self, here: int, node: int, kind: Kind) -> Iterator[tuple[int, int, int]]:
        had = here & self.into[node]
        ready = had == self.into[node] if kind is Kind.ALL else self._nothing_to_come(here, node)
        if ready:
            rest = here & ~had
            yield node, rest | self.all_out[node], rest & self.all_out[node]

    def _nothing_to_come(self, here: int, node: int) -> bool:
        """Return whether no token can still reach an empty way in, and no filled one."""
        empty = filled = 0
        for bit, upstream in self.waits[node]:
            if here & bit:
                filled |= upstream
            else:
                empty |= upstream
        return not here & empty & ~filled

    def _some(self, rest: int, node: int) -> Iterator[tuple[int, int, int]]:
        """Yield every choice of at least one way out."""
        bits = self.out[node]
        for choice in range(1, 1 << len(bits)):
            given = sum(bit for place, bit in enumerate(bits) if choice >> place & 1)
            yield node, rest | given, rest & given

    def _trace(self, here: int, *more: int) -> tuple[str, ...]:
        nodes = list(more)[::-1]
        while here != 1:
            here, node = self.came[here]
            nodes.append(node)
        names = [self.net.elements[node] for node in reversed(nodes)]
        return tuple(
            name for place, name in enumerate(names) if name and names[place - 1 : place] != [name]
        )

    def _clash(self, here: int, node: int, clash: int) -> Violation:
        ended = clash & self.resting
        broken = Property.PROPER if ended else Property.SAFE
        source, target = self.net.arrows[(clash & -clash).bit_length() - 1]
        element = self.net.elements[source if ended else target] or self.net.elements[node]
        return Violation(broken=broken, element=element, trace=self._trace(here, node))

    def _incomplete(self, queue: list[int], able: list[int]) -> Violation | None:
        known = set(able)
        able = list(able)
        for here in able:
            for earlier in self.before[here]:
                if earlier not in known:
                    known.add(earlier)
                    able.append(earlier)
        lost = [here for here in self.stuck if here not in known]
        lost += [here for here in queue if here not in known][:1]
        if not lost:
            return None
        return self._lost(lost[0])

    def _lost(self, here: int) -> Violation:
        waiting = self._waiting(here)
        element = self.net.elements[self.net.arrows[waiting][1]]
        return Violation(broken=Property.OPTION, element=element, trace=self._trace(here))

    def _waiting(self, here: int) -> int:
        """Return the first place that holds a token which goes nowhere; a running one at last."""
        tokens = here & self.places & ~self.resting & ~_mask(self.net.armed)
        held = [n for n in range(len(self.net.arrows)) if tokens >> n & 1]
        running = {
            way
            for rule in self.net.rules
            if rule.quiet is not None
            for way in held
            if self.net.arrows[way][1] == rule.node
        }
        return next((way for way in held if way not in running), held[0])

    def _dead(self) -> Violation | None:
        """Return the first element that no token comes to."""
        elements = self.net.elements
        entered = {
            elements[target]
            for number, (_, target) in enumerate(self.net.arrows)
            if self.marked >> number & 1
        }
        for number, (source, target) in enumerate(self.net.arrows):
            if not self.marked >> number & 1 and source not in self.net.void:
                one, other = elements[source], elements[target]
                element = other if one in entered and other and other not in entered else one
                return Violation(broken=Property.ALIVE, element=element or other)
        return None

    def _unread(self) -> Violation | None:
        """Return the first message that nobody reads; none if it would only begin a case anew."""
        for here in self.last:
            for channel, name in enumerate(self.net.channels):
                waits = here >> self._shift(channel) & _MOST_WAITING
                if waits and channel not in self.net.births:
                    return Violation(broken=Property.READ, element=name, trace=self._trace(here))
        return None


def _mask(places: Iterable[int]) -> int:
    return sum(1 << place for place in set(places))


def explored(net: Net, most: int = MOST_STATES, *, rescued: bool = False) -> Exploration:
    """Return what the state space of *net* shows within *most* markings.

    What is *rescued* can always be ended from outside, so that no state is without a way out.

    Example:
        >>> net = Net()
        >>> _ = net.arrow(0, SINK)
        >>> explored(net)
        Exploration(violation=None, complete=True, regular=True, reason='', unleft=frozenset())

    Source: BPMN 2.0.2, 13.4, and the inclusive join of its table 13.3.
    """
    wide = any(
        kind is Kind.ANY_OUT and sum(source == node for source, _ in net.arrows) > _MOST_BRANCHES
        for node, kind in enumerate(net.kinds)
    )
    if wide:
        return Exploration(violation=None, complete=False, reason="undecided")
    return _Space(net).explore(most, rescued=rescued)
