"""An oracle: dossiers that walk through a flow token by token, drawing each choice and each time.

It knows nothing of chains, trees or transforms: a token lies on a node at a moment; a parallel
join waits for one token of each way in, an inclusive one for as many as its split sent out.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from heapq import heappop, heappush

from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SubProcess
from tthc_flow.model.step import Step


def drawn(rng: random.Random, chance: Chance) -> float:
    """Return one time of *chance*, by what :mod:`random` knows of distributions."""
    mean = None if chance.mean is None else float(chance.mean)
    match chance.spread:
        case Spread.FIXED:
            return mean
        case Spread.EXPONENTIAL:
            return rng.expovariate(1 / mean) if mean else 0.0
        case Spread.GAMMA:
            spread = float(chance.deviation)
            return rng.gammavariate((mean / spread) ** 2, spread**2 / mean)
        case Spread.UNIFORM:
            return rng.uniform(float(chance.least), float(chance.most))
        case Spread.TRIANGULAR:
            return rng.triangular(float(chance.least), float(chance.most), float(chance.mode))
        case _:
            return float(rng.choice(chance.values))


@dataclass
class Walk:
    """Walks of many dossiers through *flow*."""

    flow: Flow
    rng: random.Random
    ways: dict[str, list[tuple[tuple[str, ...], float]]]
    """By choice: the sets of flow ids that may be taken, with their weights."""
    takes: dict[str, Chance] = field(default_factory=dict)
    stops: dict[str, Chance] = field(default_factory=dict)
    """What takes time during which the clock of the whole dossier stands."""
    closes: dict[str, str] = field(default_factory=dict)
    """By inclusive split its join."""
    visits: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.inner: dict[str | None, list[str]] = {}
        entered = {edge.target for edge in self.flow.edges}
        for node in self.flow.nodes:
            if node.id not in entered:
                self.inner.setdefault(node.scope, []).append(node.id)

    def run(self) -> float:
        """Walk one dossier; return when its last token ends, less the time the clock stood."""
        self.stood: list[tuple[float, float]] = []
        over, reached = self.scope(None, 0.0), 0.0
        for begun, until in sorted(self.stood):
            over -= max(until - max(begun, reached), 0.0)
            reached = max(reached, until)
        return over

    def scope(self, scope: str | None, begun: float) -> float:
        """Walk once through a scope from *begun* on; return when that is over."""
        queue = [(begun, place, node) for place, node in enumerate(self.inner[scope])]
        came: Counter[str] = Counter()
        awaited: dict[str, int] = {}
        over, number = begun, len(queue)
        while queue:
            now, _, here = heappop(queue)
            node = self.flow.by_id[here]
            edges = self.flow.outgoing[here]
            came[here] += 1
            if came[here] < self.wanted(node, awaited):
                continue
            came[here] = 0
            self.visits[here] += 1
            now = self.left(node, now)
            taken = {edge.id for edge in edges}
            if here in self.ways:
                sets, weights = zip(*self.ways[here], strict=True)
                taken = set(self.rng.choices(sets, weights)[0])
                if here in self.closes:
                    awaited[self.closes[here]] = len(taken)
            for edge in edges:
                if edge.id in taken:
                    number += 1
                    heappush(queue, (now, number, edge.target))
            if not edges:
                over = max(over, now)
        return over

    def wanted(self, node: object, awaited: dict[str, int]) -> int:
        """Return how many tokens *node* waits for."""
        into = len(self.flow.incoming[node.id])
        if not isinstance(node, Gateway) or into < 2:
            return 1
        if node.kind is GatewayKind.INCLUSIVE:
            return awaited[node.id]
        return into if node.kind is GatewayKind.PARALLEL else 1

    def left(self, node: object, now: float) -> float:
        """Return when a token that comes to *node* leaves it, after all rounds of it."""
        loop = node.loop if isinstance(node, Step | SubProcess) else None
        rounds = 1 if loop is None else int(loop.times)
        if loop is not None and loop.multi_instance and not loop.sequential:
            return max(self.once(node, now) for _ in range(rounds))
        for _ in range(rounds):
            now = self.once(node, now)
        return now

    def once(self, node: object, now: float) -> float:
        """Return when a token that comes to *node* has been there once."""
        if isinstance(node, SubProcess):
            return self.scope(node.id, now)
        if node.id in self.stops:
            until = now + drawn(self.rng, self.stops[node.id])
            self.stood.append((now, until))
            return until
        return now + drawn(self.rng, self.takes[node.id]) if node.id in self.takes else now
