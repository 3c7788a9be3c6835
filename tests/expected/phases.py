"""An oracle without chance and without a grid: a flow as a Markov chain of markings.

Where every time is exponential, or gamma of a whole shape (as many exponential times in a row), a
dossier is a chain in continuous time: its states are which tokens lie where, and in which phase of
their step. How likely it is over by a moment is a sum of terms above zero (uniformisation), so
that nothing cancels.

Source: Neuts, Matrix-Geometric Solutions in Stochastic Models (1981), 2.2 (phase type); Jensen
    (1953) for uniformisation.
"""

from __future__ import annotations

from collections import Counter
from math import exp, lgamma, log

import numpy as np

from tthc_flow.chances.cdf import shape_of
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SubProcess

Marking = tuple[tuple[str, int, int], ...]
"""The tokens in order, each with its node, how many rounds are left, and its phase; 0 phases: it
waits there for others."""


def phases_of(chance: Chance) -> tuple[int, float]:
    """Return of how many phases a time is, and the rate of each."""
    if chance.spread is Spread.EXPONENTIAL:
        return 1, 1 / float(chance.mean)
    assert chance.spread is Spread.GAMMA
    shape, scale = shape_of(chance)
    assert shape == round(shape)
    return round(shape), 1 / scale


class Phases:
    """The chain of *flow*: *ways* are the shares of its arrows, *takes* the times of its steps."""

    def __init__(self, flow: Flow, ways: dict[str, float], takes: dict[str, Chance]) -> None:
        """Find all states from the start on."""
        self.flow, self.ways = flow, ways
        self.phases = {node: phases_of(chance) for node, chance in takes.items()}
        entered = {edge.target for edge in flow.edges}
        self.first = {
            node.scope: node.id for node in reversed(flow.nodes) if node.id not in entered
        }
        self.under_way: set[Marking] = set()
        self.numbers: dict[Marking, int] = {}
        self.moves: list[tuple[int, int, float]] = []
        self.begins = self._settled(Counter(), self.first[None])
        todo = list(self.begins)
        self.numbers = {marking: number for number, marking in enumerate(todo)}
        for marking in todo:
            for after, rate in self._after(marking).items():
                if after not in self.numbers:
                    self.numbers[after] = len(todo)
                    todo.append(after)
                self.moves.append((self.numbers[marking], self.numbers[after], rate))

    def _after(self, marking: Marking) -> dict[Marking, float]:
        """Return where a marking goes in one step, at which rate."""
        found: dict[Marking, float] = {}
        for token, often in Counter(marking).items():
            node, left, phase = token
            if not phase:
                continue
            rate = self.phases[node][1] * often
            rest = Counter(marking)
            rest[token] -= 1
            if phase > 1:
                followers = {_sorted(rest + Counter({(node, left, phase - 1): 1})): 1.0}
            elif left > 1:
                followers = {
                    _sorted(rest + Counter({(node, left - 1, self.phases[node][0]): 1})): 1.0
                }
            else:
                followers = self._done(+rest, node)
            for after, share in followers.items():
                found[after] = found.get(after, 0.0) + rate * share
        return found

    def _done(self, rest: Counter, node: str) -> dict[Marking, float]:
        """Let one token be done at a step; of several at once only the last goes on."""
        if any(each == node for each, _, _ in rest):
            return {_sorted(rest): 1.0}
        return self._left(rest, node)

    def _left(self, rest: Counter, node: str) -> dict[Marking, float]:
        """Let a token leave *node*."""
        edges = self.flow.outgoing[node]
        if not edges:
            return self._ended(rest, self.flow.by_id[node].scope)
        if len(edges) > 1 and self.flow.by_id[node].kind is GatewayKind.EXCLUSIVE:
            return self._chosen(rest, node)
        markings = {_sorted(rest): 1.0}
        for edge in edges:
            found = {}
            for marking, share in markings.items():
                for after, part in self._settled(Counter(marking), edge.target).items():
                    found[after] = found.get(after, 0.0) + share * part
            markings = found
        return markings

    def _chosen(self, rest: Counter, node: str) -> dict[Marking, float]:
        """Let a token take one of the ways out of *node*; ways back to it at once do not count."""
        here = (("again", 0, 0), (node, 0, 0), *_sorted(rest))
        if here in self.under_way:
            return {here: 1.0}
        self.under_way.add(here)
        found: dict[Marking, float] = {}
        for edge in self.flow.outgoing[node]:
            for marking, share in self._settled(rest, edge.target).items():
                found[marking] = found.get(marking, 0.0) + share * self.ways[edge.id]
        self.under_way.remove(here)
        again = found.pop(here, 0.0)
        return {marking: share / (1 - again) for marking, share in found.items()}

    def _ended(self, rest: Counter, scope: str | None) -> dict[Marking, float]:
        """Let a token end in *scope*; with the last the scope is left."""
        if any(self._within(node, scope) for node, _, _ in rest):
            return {_sorted(rest): 1.0}
        return {(): 1.0} if scope is None else self._left(rest, scope)

    def _within(self, node: str, scope: str | None) -> bool:
        here = self.flow.by_id[node].scope
        return scope is None or here == scope or (here is not None and self._within(here, scope))

    def _settled(self, rest: Counter, node: str) -> dict[Marking, float]:
        """Let a token come to *node*."""
        found = self.flow.by_id[node]
        if isinstance(found, SubProcess):
            return self._settled(rest, self.first[node])
        if node in self.phases:
            phase = self.phases[node][0]
            loop, left, often = getattr(found, "loop", None), 1, 1
            if loop is not None:
                at_once = loop.multi_instance and not loop.sequential
                left, often = (1, int(loop.times)) if at_once else (int(loop.times), 1)
            return {_sorted(rest + Counter({(node, left, phase): often})): 1.0}
        into = len(self.flow.incoming[node])
        if isinstance(found, Gateway) and found.kind is GatewayKind.PARALLEL and into > 1:
            waits = (node, 0, 0)
            if rest[waits] + 1 < into:
                return {_sorted(rest + Counter({waits: 1})): 1.0}
            rest = rest.copy()
            del rest[waits]
        return self._left(rest, node)

    def over_by(self, moments: list[float]) -> list[float]:
        """Return how likely a dossier is over by each of *moments*."""
        source, target, rate = map(np.array, zip(*self.moves, strict=True))
        count = len(self.numbers)
        leaves = np.bincount(source, rate, count)
        fastest = leaves.max()
        here = np.zeros(count)
        for marking, share in self.begins.items():
            here[self.numbers[marking]] = share
        end = self.numbers[()]
        latest = fastest * max(moments)
        steps = int(latest + 9 * latest**0.5 + 40)
        over = np.empty(steps)
        for step in range(steps):
            over[step] = here[end]
            moved = np.bincount(target, here[source] * rate, count)
            here = here + (moved - here * leaves) / fastest
        return [float(_poisson(fastest * each, steps) @ over) for each in moments]

    def mean(self) -> float:
        """Return the mean time of a dossier, by one linear solve."""
        count = len(self.numbers)
        rates = np.zeros((count, count))
        for source, target, rate in self.moves:
            rates[source, target] += rate
            rates[source, source] -= rate
        end = self.numbers[()]
        keep = [number for number in range(count) if number != end]
        times = np.linalg.solve(-rates[np.ix_(keep, keep)], np.ones(len(keep)))
        place = {number: spot for spot, number in enumerate(keep)}
        return float(
            sum(
                share * times[place[self.numbers[marking]]]
                for marking, share in self.begins.items()
                if marking
            )
        )


def _sorted(tokens: Counter) -> Marking:
    return tuple(sorted(tokens.elements()))


def _poisson(mean: float, count: int) -> np.ndarray:
    """Return how likely each of 0 … *count* - 1 is."""
    numbers = np.arange(count)
    logs = np.array([lgamma(each + 1) for each in numbers])
    return np.exp(numbers * log(mean) - mean - logs) if mean else np.eye(1, count)[0] * exp(0)
