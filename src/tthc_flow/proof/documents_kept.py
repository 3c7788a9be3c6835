"""Whether a rewrite surely leaves every document where it is read, judged by what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tthc_flow.graph.dominators import dominators
from tthc_flow.graph.remembered import remembered
from tthc_flow.model.flow import Gateway, GatewayKind
from tthc_flow.model.step import Step
from tthc_flow.proof.gates.uses import uses

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow
    from tthc_flow.proof.inlays import Inlay
    from tthc_flow.proof.touched import Case


def documents_there(case: Case) -> bool:
    """Return whether nobody reads what is written no more, or newly what may not be there.

    What is of the dossier, or was in a database, needs no writer. What moved with a piece that
    every case passes whole is still there for whoever comes after the piece.

    Source: each judged as :func:`~tthc_flow.proof.read_after_write.read_after_write` does.
    """
    had, at_hand = _at_hand(case)
    readers = uses(case.before.flow).readers
    lost: set[str] = set()
    for each, step in case.lost_or_changed.items():
        kept = case.now[each].writes or () if each in case.now and each not in case.lost else ()
        lost.update((step.writes or frozenset()).difference(kept))
    more: set[str] = set()
    for each, step in case.now.items():
        before = case.was[each].reads if each in case.was else None
        more.update((step.reads or frozenset()) - (before or frozenset()))
    written = {name for step in case.now.values() for name in step.writes or ()}
    return (
        had <= at_hand
        and not _has_odd(case.before.flow)
        and not any(name.startswith("?") for name in more)
        and all(_still_comes(case, name) for name in (lost & readers.keys()) - at_hand)
        and (more - at_hand).isdisjoint(_written(case.before.flow) | written)
    )


def _at_hand(case: Case) -> tuple[set[str], set[str]]:
    """Return the components of the dossier before, and all that needs no writer after."""
    before, after = case.before.documents or (), case.after.documents or ()
    known = {document.name for document in before if document.known_in is not None}
    return {document.name for document in before}, {document.name for document in after} | known


@remembered
def _has_odd(flow: Flow) -> bool:
    """Return whether a document is called as what stands for unknown writings."""
    return any(name.startswith("?") for name in uses(flow).readers)


@remembered
def _written(flow: Flow) -> frozenset[str]:
    return frozenset(name for step in flow.steps for name in step.writes or ())


def _still_comes(case: Case, document: str) -> bool:
    """Return whether each reader of *document* comes after a piece that surely writes it.

    What came after the piece's place still does: no patch moves anything back past another.
    """
    used, order = uses(case.before.flow), dominators(case.before.flow)
    writing = [piece for piece in case.pieces if _surely_writes(case, piece, document)]
    reading = {used.steps[place].id for place in used.readers[document]}
    return all(any(order.holds(piece.target, each) for piece in writing) for each in reading)


def _surely_writes(case: Case, piece: Inlay, document: str) -> bool:
    """Return whether all of *piece* is done in every case that comes to what follows it."""
    after = case.after.flow
    target = after.by_id.get(piece.target)
    waits = isinstance(target, Gateway) and target.kind is GatewayKind.PARALLEL
    return (
        (waits or len(after.incoming[piece.target]) == 1)
        and all(_surely_done(node) for node in piece.nodes)
        and any(document in (n.writes or ()) for n in piece.nodes if isinstance(n, Step))
    )


def _surely_done(node: object) -> bool:
    if isinstance(node, Gateway):
        return node.kind is GatewayKind.PARALLEL
    return isinstance(node, Step)
