"""A flow in a few numbers: the mark of its shape, and a sketch that similar flows share.

Source: Broder, On the resemblance and containment of documents (1997); colour refinement
(Weisfeiler and Leman 1968).
"""

from __future__ import annotations

import struct
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from attrs import frozen

from tthc_flow.graph.paths import next_steps
from tthc_flow.model.flow import Event, Gateway
from tthc_flow.model.step import Step
from tthc_flow.words.syllables import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tthc_flow.model.flow import Flow, Node

HASHES: Final = 32
"""Numbers of a sketch."""

KEPT: Final = 4096
"""Marks and numbers kept: which work follows which is the same in most procedures."""

_LOOKS: Final = 3
_HALF: Final = struct.Struct(f"<{HASHES // 2}I")
"""Half a sketch: the longest digest holds sixteen numbers of four bytes."""


def shape(flow: Flow) -> str:
    """Return the mark of what *flow* is, without names and ids: kinds of nodes and how they join.

    Equal flows have equal marks; flows with equal marks are alike as far as one sees from any
    node in three arrows, which tells all but made-up flows apart.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký"),))
        >>> two = Flow(id="q", nodes=(Step(id="b", name="Duyệt"),))
        >>> shape(one) == shape(two)
        True
    """
    place = {node.id: number for number, node in enumerate(flow.by_id.values())}
    return _shape(
        tuple(map(_kind, flow.by_id.values())),
        tuple(
            (place[edge.source], place[edge.target])
            for edge in flow.edges
            if edge.source in place and edge.target in place
        ),
    )


@lru_cache(maxsize=KEPT)
def _shape(kinds: tuple[str, ...], arrows: tuple[tuple[int, int], ...]) -> str:
    """Return the mark of nodes of *kinds* that *arrows* join, each from one place to another."""
    seen = list(kinds)
    for _ in range(_LOOKS):
        into: list[list[str]] = [[] for _ in seen]
        out: list[list[str]] = [[] for _ in seen]
        for source, target in arrows:
            out[source].append(seen[target])
            into[target].append(seen[source])
        seen = [
            _mark(f"{told}|{'|'.join(sorted(before))}>{'|'.join(sorted(after))}")
            for told, before, after in zip(seen, into, out, strict=True)
        ]
    return _mark("|".join(sorted(seen)))


@frozen(kw_only=True)
class Sketch:
    """A flow by what its steps are called, what work they do, and which work follows which.

    *shingles* are these, a number each, in ascending order: what two flows have in common is what
    their numbers have. *numbers* are a sample of a fixed size, which finds flows that may be alike.
    """

    numbers: tuple[int, ...]
    shingles: tuple[int, ...]


def sketch(flow: Flow) -> Sketch:
    """Return the sketch of *flow*; an empty one of a flow without steps.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> one = Flow(id="p", nodes=(Step(id="a", name="Ký duyệt"),))
        >>> two = Flow(id="q", nodes=(Step(id="b", name="KÝ  DUYỆT"),))
        >>> sketch(one) == sketch(two), len(sketch(one).numbers), sketch(Flow(id="p")).shingles
        (True, 32, ())
    """
    found = [_numbers(each) for each in _shingles(flow)]
    return Sketch(
        numbers=tuple(map(min, zip(*found, strict=True))),
        shingles=tuple(sorted(each[0] for each in found)),
    )


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share of two flows that they have in common, by their shingles.

    Example:
        >>> resemblance([1, 2, 3], [1, 2, 9])
        0.5
    """
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 1.0


@lru_cache(maxsize=KEPT)
def _numbers(text: str) -> tuple[int, ...]:
    """Return numbers that tell *text*, as many as a sketch has, each as if drawn by itself."""
    data = text.encode()
    halves = (blake2b(data, person=each).digest() for each in (b"one", b"two"))
    return tuple(number for half in halves for number in _HALF.unpack(half))


def _shingles(flow: Flow) -> Iterator[str]:
    """Yield what the steps are called, what is done in them, and in two that follow each other.

    The second of equal ones is told as the second, so that a step more is a difference.
    """
    told = {step.id: "+".join(each.value for each in step.kinds) for step in flow.steps}
    found = [f"name {key(step.name)}" for step in flow.steps if step.name]
    found += [f"work {kinds}" for kinds in told.values() if kinds]
    found += [
        f"then {told[one.id]} > {told[two.id]}"
        for one, two in next_steps(flow)
        if told[one.id] and told[two.id]
    ]
    seen = Counter[str]()
    for each in found:
        seen[each] += 1
        yield f"{each} {seen[each]}"


def _kind(node: Node) -> str:
    match node:
        case Step():
            return f"step {'+'.join(each.value for each in node.kinds)}"
        case Gateway():
            return node.kind.value
        case Event():
            return f"{node.position.value} {node.trigger.value}"
        case _:
            return node.kind.value


def _mark(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
