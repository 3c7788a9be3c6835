"""A deployed procedure, opened: its program to run and what is known about it besides."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from tthc_flow.bpmn.read import read
from tthc_flow.dossiers.arguments import may_be
from tthc_flow.dossiers.kept import Definition
from tthc_flow.dossiers.timers import is_clear
from tthc_flow.engine.compile import Program, compile_flow
from tthc_flow.errors import NotRunnable, StoreFault
from tthc_flow.graph.clock import scopes_outside_clock
from tthc_flow.model.flow import Event, Gateway, GatewayKind, Node, Trigger
from tthc_flow.model.step import Step, StepKind
from tthc_flow.store.audit import definition_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.model.flow import Flow
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.store.database import Row

MOST_OPEN: Final = 64
"""So many procedures stay opened; one more is read again when it is asked for."""

LONGEST_KEPT: Final = 36_500
"""So many days, a hundred years, a dossier is kept after its end at most, if not for ever."""


@frozen(kw_only=True)
class Deployed:
    """A procedure by its hash.

    *outside* are the sub-processes after the result, *pausing* the steps that stop the clock;
    *listens* tells whether there is an event that a case could wait or listen for. *samples* are
    the decisions and sub-processes by which a dossier is drawn for inspection: of a decision, the
    flow to each of its two sides.
    """

    hash: str
    procedure: Procedure
    program: Program
    outside: frozenset[str]
    pausing: frozenset[str]
    listens: bool
    samples: dict[str, tuple[str, str] | None] = field(factory=dict)

    @property
    def flow(self) -> Flow:
        """Return the flow."""
        return self.program.flow


def opened(process: str | None, content: bytes) -> Deployed:
    """Return *process* of the BPMN *content*, ready to run.

    Raises:
        UnreadableInput: TF2xx.
        NotRunnable: TF401 with everything that bars a faithful run, TF410 where *process* is not
            said and the file has several, or none of that name.
    """
    procedures = {each.flow.id: each for each in read(content).procedures}
    if process is None and len(procedures) == 1:
        process = next(iter(procedures))
    if process is None or process not in procedures:
        raise NotRunnable(
            "TF410",
            f"no process {process!r}",
            hint=f"choose one of {', '.join(procedures)}",
            choices=tuple(procedures),
        )
    procedure = procedures[process]
    program = compile_flow(procedure.flow)
    unclear = tuple(_unclear(procedure.flow))
    if unclear:
        named = "; ".join(unclear)
        raise NotRunnable(
            "TF412",
            f"{len(unclear)} timers say what is no time: {named}",
            place=process,
            hint="write P5D, PT8H, a date, the name of data, or tthc:time='5 ngày làm việc'",
        )
    outside = scopes_outside_clock(procedure.flow)
    return Deployed(
        hash=definition_hash(process, content),
        procedure=procedure,
        program=program,
        outside=outside,
        pausing=frozenset(step.id for step in procedure.flow.steps if step.pauses_clock),
        listens=any(map(_is_listened_for, procedure.flow.nodes)),
        samples=dict(_samples(procedure.flow, outside)),
    )


def must_be_days(keep_days: int | None) -> None:
    """Refuse days for which no dossier can be kept; raises ``StoreFault`` TF725, TF726.

    Example:
        >>> must_be_days(-1)
        Traceback (most recent call last):
        tthc_flow.errors.StoreFault: TF726 keep_days: no dossier can be kept for -1 days
          → give 0 to 36500 days, or leave it out: they are kept for ever
    """
    may_be(int, keep_days=keep_days)
    if keep_days is not None and not 0 <= keep_days <= LONGEST_KEPT:
        hint = f"give 0 to {LONGEST_KEPT} days, or leave it out: they are kept for ever"
        fact = f"no dossier can be kept for {keep_days} days"
        raise StoreFault("TF726", fact, place="keep_days", hint=hint)


def kept_as_long(made: Definition, keep_days: int | None) -> Definition:
    """Return *made*, unless the same file was deployed with other *keep_days* than are asked for.

    Dossiers were begun under that promise, and nothing would tell of its change.

    Raises:
        StoreFault: TF726.

    Example:
        >>> made = Definition(key="p", version=1, hash="", name="", keep_days=9)
        >>> kept_as_long(made, None) is made
        True
    """
    if keep_days not in {None, made.keep_days}:
        was = "for ever" if made.keep_days is None else f"{made.keep_days} days"
        fact = f"{made.key} version {made.version} was deployed to keep its dossiers {was}"
        hint = "leave keep_days out, or change the file: it is a new version then"
        raise StoreFault("TF726", fact, place="keep_days", hint=hint)
    return made


def _is_listened_for(node: Node) -> bool:
    match node:
        case Event():
            return node.trigger is not Trigger.NONE
        case Gateway():
            return node.kind is GatewayKind.EVENT_BASED
        case _:
            return False


def _unclear(flow: Flow) -> Iterator[str]:
    """Yield the timers that say what is no time."""
    for node in flow.nodes:
        if isinstance(node, Event) and node.trigger is Trigger.TIMER and not is_clear(node):
            yield f"{node.id} {'' if node.timer is None else node.timer.text!r}"


def _samples(flow: Flow, outside: frozenset[str]) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Yield the decisions before an inspection, with the flows (to it, past it); or its scope."""
    drawn_at = set()
    for node in flow.nodes:
        edges = flow.outgoing[node.id]
        if isinstance(node, Gateway) and node.scope in outside and len(edges) == 2:  # noqa: PLR2004
            to_it = [edge.id for edge in edges if _is_inspection(flow.by_id.get(edge.target))]
            if len(to_it) == 1:
                past = next(edge.id for edge in edges if edge.id not in to_it)
                drawn_at.add(node.scope)
                yield node.id, (to_it[0], past)
    yield from ((scope, None) for scope in sorted(outside - drawn_at) if _is_outer(flow, scope))


def _is_inspection(node: object) -> bool:
    return isinstance(node, Step) and StepKind.POST_INSPECT in node.kinds


def _is_outer(flow: Flow, scope: str) -> bool:
    return bool(getattr(flow.by_id[scope], "outside_clock", False))


class Shelf:
    """The procedures that were opened lately, by their hash; safe to be used by many threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._open: OrderedDict[str, Deployed] = OrderedDict()
        self._lock = Lock()

    def put(self, deployed: Deployed) -> Deployed:
        """Keep *deployed* at hand; return it."""
        with self._lock:
            self._open[deployed.hash] = deployed
            self._open.move_to_end(deployed.hash)
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return deployed

    def get(self, hash_: str) -> Deployed | None:
        """Return the procedure of *hash_*, if it is at hand."""
        with self._lock:
            return self._open.get(hash_)

    def of_row(self, row: Row[Any] | None) -> Deployed:
        """Return the procedure of a kept definition.

        Raises:
            StoreFault: TF710 where it is gone, or not what it was when it was deployed.
        """
        if row is None or definition_hash(row.key, row.content) != row.hash:
            hint = "restore the database from a backup"
            raise StoreFault("TF710", "a definition is gone or was changed", hint=hint)
        return self.put(opened(row.key, row.content))
