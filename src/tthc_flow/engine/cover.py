"""Where to go next so that every sequence flow is taken: the choices of the branch driver."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from tthc_flow.engine.arrivals import Spot, arrivals, catcher
from tthc_flow.engine.places import Arc, Net, Place, Start
from tthc_flow.model.flow import Trigger

NEVER = 1 << 40


class Guide:
    """Knows which sequence flows are still to be taken and the shortest way to one, or to an end.

    *thrown* are the events that catch what the flow itself throws.

    A choice takes an untaken flow where there is one, the farthest from the end first, so that
    ways out come last; else it goes to the nearest untaken flow; else
    to the nearest end that no event has to help to. Distances are counted anew only after something
    new was taken.
    """

    def __init__(self, net: Net) -> None:
        """Start with every sequence flow of *net* still to be taken."""
        self._places = net.places
        alone, self._before = arrivals(net)
        raised = {Trigger.ERROR, Trigger.ESCALATION}
        throwing = (each for each in net.places.values() if each.throws)
        self.thrown = frozenset(catcher(net, each) for each in throwing if each.trigger in raised)
        self.untaken = dict.fromkeys(arc.id for place in net.places.values() for arc in place.arcs)
        ends = [
            (place.id, True)
            for place in net.places.values()
            if place.scope is None and not place.arcs and place.jump is None
        ]
        self._to_end = _distances(alone, ends)
        self._to_new: Mapping[Spot, int] | None = None

    def take(self, arcs: Iterable[str]) -> bool:
        """Note that *arcs* were taken; return whether one of them was new."""
        before = len(self.untaken)
        for arc in arcs:
            self.untaken.pop(arc, None)
        new = len(self.untaken) < before
        if new:
            self._to_new = None
        return new

    def pick(self, arcs: tuple[Arc, ...]) -> Arc:
        """Return the one of *arcs* to take."""
        new = [arc for arc in arcs if arc.id in self.untaken]
        if new:
            return max(new, key=lambda arc: self._to_end.get((arc.target, False), -1))
        return min(arcs, key=lambda arc: (self._near(arc), self._far(arc)))

    def pick_some(self, arcs: tuple[Arc, ...]) -> tuple[Arc, ...]:
        """Return those of *arcs* to take together: all, or the default flow alone if due."""
        default = tuple(arc for arc in arcs if arc.default)
        others = tuple(arc for arc in arcs if not arc.default)
        if not default or not others:
            return arcs
        return default if self.worth(default) < self.worth(others) else others

    def pick_start(self, nodes: tuple[str, ...]) -> str:
        """Return the one of the start events *nodes* to begin with."""
        return min(nodes, key=lambda node: self.worth(self._places[node].arcs))

    def worth(self, arcs: tuple[Arc, ...]) -> int:
        """Return how near an untaken flow is over one of *arcs*: 0 is among them."""
        return min(map(self._near, arcs), default=NEVER)

    def after(self, event: Place) -> int:
        """Return how near an untaken flow is once *event* has happened."""
        block = self._places.get(event.scope or "")
        inside = self.away(block.id) if block is not None and block.handles else NEVER
        return min(self.worth(event.arcs), inside)

    def away(self, node: str) -> int:
        """Return how far an untaken flow is from *node*, over its flows, events and content."""
        place = self._places.get(node)
        if place is not None and place.start is not Start.INSIDE and self._is_new(place):
            return 1
        if self._to_new is None:
            places = self._places.values() if self.untaken else ()
            new = [(place.id, True) for place in places if self._is_new(place)]
            self._to_new = _distances(self._before, new)
        return self._to_new.get((node, False), NEVER)

    def _is_new(self, place: Place) -> bool:
        return any(arc.id in self.untaken for arc in place.arcs)

    def _near(self, arc: Arc) -> int:
        return 0 if arc.id in self.untaken else 1 + self.away(arc.target)

    def _far(self, arc: Arc) -> int:
        return self._to_end.get((arc.target, False), NEVER)


def _distances(before: Mapping[Spot, list[Spot]], goals: list[Spot]) -> Mapping[Spot, int]:
    """Return how far each spot is from the nearest of *goals*."""
    found = dict.fromkeys(goals, 0)
    queue = deque(goals)
    while queue:
        spot = queue.popleft()
        for earlier in before.get(spot, ()):
            if earlier not in found:
                found[earlier] = found[spot] + 1
                queue.append(earlier)
    return found
