"""Whether a case can go on in another version of its procedure, and how it is put there.

A case is moved token by token: each node must be there, be of the same kind and lie in the same
sub-process. That alone is not enough: a branch that the new version adds to a parallel block has
no token in a case that is already inside, and its join would wait for ever. So the case is also
walked to its end in the new version, in memory, before it is moved.

Source: Ellis, Keddara & Rozenberg, Dynamic change within workflow systems (1995).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import Factory, define, evolve

from tthc_flow.dossiers.renaming import (
    Names,
    done_in,
    note_of,
    read_note,
    renamed,
    unclear_in,
)
from tthc_flow.engine.instance import For, Run, Waiting
from tthc_flow.engine.places import Leave, Start, undoes
from tthc_flow.errors import TthcFlowError
from tthc_flow.store.instances import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.dossiers.held import Held
    from tthc_flow.dossiers.turn import Turn
    from tthc_flow.engine.compile import Program
    from tthc_flow.engine.places import Place

Why = tuple[tuple[str, str], ...]
MOST_MOVES: Final = 1_000
_JOINS: Final = frozenset({Start.ALL_IN, Start.NO_MORE_COMING})


@define
class Ways:
    """From one version to another: what bars a case, worked out once for cases that stand alike.

    Where data decide on the way, every case is looked at by itself. *back* are the names by which
    it may be brought back, where they are others.
    """

    ours: Deployed
    theirs: Deployed
    names: Names
    back: Names | None = None
    _known: dict[str, Why] = Factory(dict)

    def bars(self, held: Held, note: str | None = None) -> Why:
        """Return all that bars *held* from going on in the other version, as (code, node).

        *note* is what was noted when it came from there.
        """
        state, noted = held.run.state, read_note(note)
        if noted or self._is_decided_by_data:
            return self._bars(state, noted)
        shape = _shape(state)
        if shape not in self._known:
            self._known[shape] = self._bars(state, noted)
        return self._known[shape]

    def moved(self, turn: Turn, note: str | None = None) -> str | None:
        """Put the case of *turn*, which nothing bars, into the other version.

        Returns what has to be noted of it to bring it back. Its jobs are there as they were, under
        their new names; what becomes of them is for the new version to say.
        """
        held = turn.held
        before = held.run.state
        there = self._there(before, read_note(note))
        held.run = Run.resumed(self.theirs.program, there)
        for (token, node), job in held.jobs.items():
            for name in self.names.all(node):
                turn.jobs.setdefault((token, name), evolve(job, node=name))
        turn.deployed = self.theirs
        return None if self.back is None else note_of(before, there, self.back)

    def _there(self, state: Mapping[str, Any], noted: Mapping[str, Any]) -> dict[str, Any]:
        return renamed(state, self.names, self.theirs.flow.id, noted)

    def _bars(self, state: Mapping[str, Any], noted: Mapping[str, Any]) -> Why:
        unclear = (
            ("migrate-ambiguous", name)
            for token in state["tokens"]
            for name in unclear_in(token, self.names, noted)
        )
        why = dict.fromkeys(unclear)
        if why:
            return tuple(why)
        there = self._there(state, noted)
        moves = _Moves(
            programs=(self.ours.program, self.theirs.program),
            names=self.names,
            was={token["number"]: token for token in state["tokens"]},
            now={token["number"]: token for token in there["tokens"]},
        )
        why = dict.fromkeys(found for number in moves.was for found in moves.barred(number))
        if why:
            return tuple(why)
        return () if _ends(self.theirs, there) else (("migrate-stuck", self.theirs.flow.id),)

    @property
    def _is_decided_by_data(self) -> bool:
        net = self.theirs.program.net
        repeats = any(place.rounds is not None for place in net.places.values())
        by_flow = any(edge.condition is not None for edge in self.theirs.flow.edges)
        return by_flow or repeats or net.watches


def _shape(state: Mapping[str, Any]) -> str:
    """Return where the tokens of *state* stand, whatever their numbers are."""
    order = {token["number"]: place for place, token in enumerate(state["tokens"])}
    tokens = [
        {**token, "number": order[token["number"]], "in": order.get(token["in"])}
        for token in state["tokens"]
    ]
    waiting = [order[number] for number in state["waiting"]]
    joins = [[order[number] for number in queue] for queue in state["joins"]]
    return as_text([tokens, waiting, joins])


@define(kw_only=True)
class _Moves:
    """The tokens of a case as they are and as they would be."""

    programs: tuple[Program, Program]
    names: Names
    was: Mapping[int, Mapping[str, Any]]
    now: Mapping[int, Mapping[str, Any]]

    def barred(self, number: int) -> Iterator[tuple[str, str]]:
        """Yield what bars the token *number*."""
        token, there = self.was[number], self.now[number]
        yield from self._undone(token, there)
        if token["in"] is None:
            return
        node = _node(token)
        was, now = (
            program.spec.task_specs.get(each["node"])
            for program, each in zip(self.programs, (token, there), strict=True)
        )
        if now is None:
            known = _node(there) in self.programs[1].net.places
            yield "migrate-other-kind" if known else "migrate-gone", node
            return
        yield from self._stands(token, there, (was.place, now.place))

    def _stands(
        self, token: Mapping[str, Any], there: Mapping[str, Any], places: tuple[Place, Place]
    ) -> Iterator[tuple[str, str]]:
        """Yield what bars *token* from standing at the second of *places*."""
        was, now = places
        node = _node(token)
        kinds = [(each.start, each.repeat, each.handles, undoes(each)) for each in places]
        if kinds[0] != kinds[1]:
            yield "migrate-other-kind", node
        chosen = set(there.get("chosen", ())) <= {arc.id for arc in now.arcs}
        if not chosen or (was.leave is not now.leave and not _decides_later(token, was)):
            yield "migrate-other-decision", node
        if not was.is_round and now.scope != self._scope(token, there, was):
            yield "migrate-other-scope", node
        if now.start in _JOINS and there.get("arc") not in now.entries:
            yield "migrate-join", node

    def _scope(self, token: Mapping[str, Any], there: Mapping[str, Any], was: Place) -> str | None:
        """Return the sub-process in which *token* lies then; what undoes is where it is drawn."""
        around = self.now[there["in"]]
        if "undoing" in self.was[token["in"]]:
            return None if was.scope is None else self.names.one(was.scope)
        return None if around["in"] is None else _node(around)

    def _undone(
        self, token: Mapping[str, Any], there: Mapping[str, Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield what was done or is to be undone and is not there to be so."""
        program = self.programs[1]
        undoing = zip(token.get("undoing", ()), there.get("undoing", ()), strict=True)
        yield from (
            ("migrate-gone", name) for name, now in undoing if now not in program.net.places
        )
        done = zip(done_in(token.get("was", ())), done_in(there.get("was", ())), strict=True)
        for (name, is_round), (now, _) in done:
            if now not in program.net.places:
                yield "migrate-gone", name
            elif is_round and f"round:{now}" not in program.spec.task_specs:
                yield "migrate-other-kind", name


def _decides_later(token: Mapping[str, Any], was: Place) -> bool:
    """Return whether it is still open how *token* leaves: its work is not done yet."""
    return (
        was.start is not Start.AT_ONCE
        and "done" not in token
        and was.leave is not Leave.FIRST_EVENT
    )


def _node(token: Mapping[str, Any]) -> str:
    return str(token["node"]).partition(":")[2]


def _ends(target: Deployed, state: Mapping[str, Any]) -> bool:
    """Return whether a case in *state* does not get stuck on its shortest way to the end."""
    run = Run.resumed(target.program, state)
    try:
        far = _distances(target)
        for _ in range(MOST_MOVES):
            if run.finished or not run.waiting:
                break
            _go_on(run, run.waiting[0], far)
    except TthcFlowError:
        return True  # what the data do not decide is not stuck: people decide
    return run.finished or bool(run.waiting)


def _go_on(run: Run, waiting: Waiting, far: Mapping[str, int]) -> None:
    match waiting.what:
        case For.WORK:
            run.complete(waiting.node, token=waiting.token)
        case For.CHOICE:
            nearest = min(waiting.options, key=lambda flow: far.get(flow, MOST_MOVES))
            run.choose(waiting.node, nearest, token=waiting.token)
        case For.ROUNDS:
            run.repeat(waiting.node, 0, token=waiting.token)
        case For.EVENT:
            run.deliver(waiting.node, token=waiting.token)


def _distances(target: Deployed) -> dict[str, int]:
    """Return how far each flow's target is from where its scope ends; linear."""
    flow = target.flow
    far = {node.id: 0 for node in flow.nodes if not flow.outgoing[node.id]}
    todo = list(far)
    for node in todo:
        for edge in flow.incoming[node]:
            if edge.source not in far:
                far[edge.source] = far[node] + 1
                todo.append(edge.source)
    return {edge.id: far.get(edge.target, MOST_MOVES) for edge in flow.edges}
