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

from tthc_flow.engine.instance import For, Run, Waiting
from tthc_flow.engine.places import Leave, Start
from tthc_flow.errors import TthcFlowError
from tthc_flow.store.instances import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tthc_flow.dossiers.deployed import Deployed
    from tthc_flow.dossiers.held import Held
    from tthc_flow.dossiers.turn import Turn
    from tthc_flow.engine.places import Net, Place

Why = tuple[tuple[str, str], ...]
MOST_MOVES: Final = 1_000
_JOINS: Final = frozenset({Start.ALL_IN, Start.NO_MORE_COMING})


@define
class Ways:
    """From one version to another: what bars a case, worked out once for cases that stand alike.

    Where data decide on the way, every case is looked at by itself.
    """

    ours: Deployed
    theirs: Deployed
    mapping: Mapping[str, str]
    _known: dict[str, Why] = Factory(dict)

    def bars(self, held: Held) -> Why:
        """Return all that bars *held* from going on in the other version, as (code, node)."""
        state = held.run.state
        if self._is_decided_by_data:
            return _bars(state, self.ours, self.theirs, self.mapping)
        shape = _shape(state)
        if shape not in self._known:
            self._known[shape] = _bars(state, self.ours, self.theirs, self.mapping)
        return self._known[shape]

    @property
    def _is_decided_by_data(self) -> bool:
        return any(edge.condition is not None for edge in self.theirs.flow.edges)


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


def _bars(
    state: Mapping[str, Any], ours: Deployed, theirs: Deployed, mapping: Mapping[str, str]
) -> Why:
    parts = {token["number"]: token for token in state["tokens"]}
    nets = ours.program.net, theirs.program.net
    why = dict.fromkeys(
        found for token in parts.values() for found in _of_token(token, parts, nets, mapping)
    )
    if why:
        return tuple(why)
    there = _moved_state(state, mapping, theirs)
    return () if _ends(theirs, there) else (("migrate-stuck", theirs.flow.id),)


def moved(turn: Turn, target: Deployed, mapping: Mapping[str, str]) -> None:
    """Put the case of *turn*, which nothing bars, into *target*; its timers keep their time."""
    held = turn.held
    state = _moved_state(held.run.state, mapping, target)
    held.run = Run.resumed(target.program, state)
    for (token, node), job in held.jobs.items():
        there = mapping.get(node, node)
        if there != node:
            turn.jobs[token, there] = evolve(job, node=there)
    turn.deployed = target


def _of_token(
    token: Mapping[str, Any],
    parts: Mapping[int, Mapping[str, Any]],
    nets: tuple[Net, Net],
    mapping: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    if token["in"] is None:
        return
    ours, theirs = nets
    node = _node(token)
    was, now = ours.places[node], theirs.places.get(mapping.get(node, node))
    if now is None:
        yield "migrate-gone", node
        return
    if (was.start, was.repeat, was.handles) != (now.start, now.repeat, now.handles):
        yield "migrate-other-kind", node
    if was.leave is not now.leave and not _decides_later(token, was):
        yield "migrate-other-decision", node
    around = parts[token["in"]]
    scope = None if around["in"] is None else _node(around)
    inner = str(token["node"]).startswith("round:")
    if not inner and now.scope != (None if scope is None else mapping.get(scope, scope)):
        yield "migrate-other-scope", node
    arc = token.get("arc")
    if now.start in _JOINS and mapping.get(str(arc), arc) not in now.entries:
        yield "migrate-join", node
    undoing = [*token.get("undoing", ()), *_done(token.get("was", ()))]
    yield from (
        ("migrate-gone", each) for each in undoing if mapping.get(each, each) not in theirs.places
    )


def _decides_later(token: Mapping[str, Any], was: Place) -> bool:
    """Return whether it is still open how *token* leaves: its work is not done yet."""
    return (
        was.start is not Start.AT_ONCE
        and "done" not in token
        and was.leave is not Leave.FIRST_EVENT
    )


def _node(token: Mapping[str, Any]) -> str:
    return str(token["node"]).partition(":")[2]


def _done(was: Any) -> Iterator[str]:  # noqa: ANN401 - nested lists of JSON
    for node, _, inner in was:
        yield node
        yield from _done(inner)


def _moved_state(
    state: Mapping[str, Any], mapping: Mapping[str, str], target: Deployed
) -> dict[str, Any]:
    """Return *state* as one of *target*: each node and flow under its new name."""
    return {
        **state,
        "tokens": [_moved_token(token, mapping, target) for token in state["tokens"]],
    }


def _moved_token(
    token: Mapping[str, Any], mapping: Mapping[str, str], target: Deployed
) -> dict[str, Any]:
    if token["in"] is None:
        return {**token, "node": f"process:{target.flow.id}"}
    kind, _, node = str(token["node"]).partition(":")
    there = {**token, "node": f"{kind}:{mapping.get(node, node)}"}
    if "arc" in token:
        there["arc"] = mapping.get(token["arc"], token["arc"])
    if "undoing" in token:
        there["undoing"] = [mapping.get(each, each) for each in token["undoing"]]
    if "was" in token:
        there["was"] = _moved_done(token["was"], mapping)
    return there


def _moved_done(was: Any, mapping: Mapping[str, str]) -> list[Any]:  # noqa: ANN401 - as above
    return [
        [mapping.get(node, node), ring, _moved_done(inner, mapping)] for node, ring, inner in was
    ]


def _ends(target: Deployed, state: Mapping[str, Any]) -> bool:
    """Return whether a case in *state* does not get stuck on its shortest way to the end."""
    try:
        run = Run.resumed(target.program, state)
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
