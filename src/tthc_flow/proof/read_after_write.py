"""Read after write: no document that a step could read before becomes unreadable after.

A document is there if it is a component of the dossier, if a database holds it, or if a step that
comes earlier writes it. A document nobody writes comes from outside and is not judged. A step
whose writings are unknown may write anything: losing it makes the verdict unknown, not a pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tthc_flow.graph.remembered import remembered
from tthc_flow.graph.supply import supply
from tthc_flow.model.lever import Verdict
from tthc_flow.model.plan import Proof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tthc_flow.graph.supply import Supply
    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step

NAME: Final = "read-after-write"


def read_after_write(before: Procedure, after: Procedure) -> Proof:
    """Return whether every step of *after* still finds the documents it found in *before*.

    Example:
        >>> from tthc_flow.model.flow import Flow
        >>> from tthc_flow.model.procedure import Procedure
        >>> empty = Procedure(flow=Flow(id="p"))
        >>> read_after_write(empty, empty).verdict
        <Verdict.PASS: 'pass'>

    Source: domain rule of this project: preserved by every rewrite; available definitions.
    """
    writers = _writers(before.flow, after.flow)
    bits = {name: 1 << place for place, name in enumerate(writers)}
    had = _supplied(before.flow)
    has = supply(after.flow, _marks(after.flow, bits))
    at_hand = _at_hand(before, after)
    doubt: tuple[str, str] | None = None
    for step in after.flow.steps:
        for name, sure in _lost(before, step, bits, (had, has), at_hand):
            if sure:
                because = (("document", name), ("step", step.id))
                trace = writers.get(name, ())
                return Proof(name=NAME, verdict=Verdict.FAIL, because=because, trace=trace)
            doubt = doubt or (name, step.id)
    if doubt is None:
        return Proof(name=NAME, verdict=Verdict.PASS)
    key = "document-unsure" if not doubt[0].startswith(_UNKNOWN) else "writes-unknown"
    because = ((key, doubt[0].removeprefix(_UNKNOWN)), ("step", doubt[1]))
    return Proof(name=NAME, verdict=Verdict.UNKNOWN, because=because)


_UNKNOWN: Final = "?"
"""Prefix of what stands for the unknown writings of a step."""


def _written(step: Step) -> frozenset[str]:
    return frozenset({_UNKNOWN + step.id}) if step.writes is None else step.writes


def _writers(*flows: Flow) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for flow in flows:
        for step in flow.steps:
            for name in sorted(_written(step)):
                found.setdefault(name, {})[step.id] = None
    return {name: tuple(steps) for name, steps in found.items()}


def _marks(flow: Flow, bits: Mapping[str, int]) -> dict[str, int]:
    return {step.id: sum(bits[name] for name in _written(step)) for step in flow.steps}


@remembered
def _supplied(flow: Flow) -> Supply:
    """Return what the steps of *flow* find; its own documents have the lowest bits."""
    bits = {name: 1 << place for place, name in enumerate(_writers(flow))}
    return supply(flow, _marks(flow, bits))


def _at_hand(before: Procedure, after: Procedure) -> frozenset[str]:
    """Return the documents that need no writer: dossier components and what a database holds."""
    components = {document.name for document in after.documents or ()}
    known = {d.name for d in before.documents or () if d.known_in is not None}
    return frozenset(components | known)


def _lost(
    before: Procedure,
    step: Step,
    bits: Mapping[str, int],
    supplies: tuple[Supply, Supply],
    at_hand: frozenset[str],
) -> Iterator[tuple[str, bool]]:
    """Yield each document *step* may miss now, and whether it surely reads it."""
    had, has = supplies
    if step.id not in has.surely:
        return  # out of reach: soundness tells
    sure, may = has.surely[step.id], has.maybe[step.id]
    known = step.id in had.surely
    less = (had.surely[step.id] & ~sure) | (had.maybe[step.id] & ~may) if known else 0
    reads = step.reads
    if reads is None:
        yield from ((name, False) for name in _named(less, bits) if name not in at_hand)
        return
    for name in sorted(reads & bits.keys() - at_hand, key=bits.__getitem__):
        if bits[name] & less if known else not may & bits[name]:
            yield name, True
    yield from _dropped(before, reads - at_hand - bits.keys())
    yield from _from_nowhere(before, reads, bits, less)


def _named(marks: int, bits: Mapping[str, int]) -> Iterator[str]:
    """Yield the documents whose bits are in *marks*; none of them costs nothing."""
    if marks:
        yield from (name for name, bit in bits.items() if marks & bit)


def _dropped(before: Procedure, unwritten: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield what was a component of the dossier, is none any more, and nobody writes."""
    components = {document.name for document in before.documents or ()}
    for name in sorted(unwritten & components):
        yield name, True


def _from_nowhere(
    before: Procedure, reads: frozenset[str], bits: Mapping[str, int], less: int
) -> Iterator[tuple[str, bool]]:
    """Yield a lost step of unknown writings where *reads* holds what no known step writes."""
    components = {document.name for document in before.documents or ()}
    if less and reads - components - bits.keys():
        for name in _named(less, bits):
            if name.startswith(_UNKNOWN):
                yield name, False
