"""One random move of a case, made on the engine and on the token game alike."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from tthc_flow.engine.instance import For, Run, Waiting
from tthc_flow.model.flow import Flow

from .one_case import OneCase

NOTHING: Mapping[str, object] = MappingProxyType({})
WORDS = {For.CHOICE: "choice", For.ROUNDS: "rounds"}


def due(run: Run, flow: Flow) -> Counter[tuple[str, str]]:
    """Return what the engine waits for in the words of the game, what *flow* has not left out."""
    return Counter(
        (each.node, WORDS.get(each.what, "work"), *([each.member] if each.member else []))
        for each in run.waiting
        if each.node in flow.by_id
    )


def doubled(game: OneCase) -> bool:
    """Return whether something runs twice at once: a move may then mean either run.

    So it is where several conditional events happen at once: the standard names no first. The
    rounds of a step are alike, whichever is meant.
    """
    rooms = [room for room in game.rooms() if not room.piece]
    several = [(room.node, room.holds_rounds) for room in rooms]
    guarded = {getattr(node, "attached_to", None) for node in game.flow.nodes}
    works = [node for room in rooms for node in room.working if node in guarded]
    return game.torn or len(several) > len(set(several)) or len(works) > len(set(works))


def move(
    flow: Flow, run: Run, game: OneCase, rng: random.Random, *, told: Mapping[str, object] = NOTHING
) -> None:
    """Let one random thing happen in *run* and in *game*, which plays *flow*.

    *told* are the facts that come to be known with it.
    """
    waiting = rng.choice(run.waiting)
    if run.listening and rng.random() < 0.3:
        event = rng.choice(run.listening)
        run.deliver(event, told)
        game.happen(event, told)
    elif waiting.what is For.ROUNDS:
        times = rng.choice((0, 0, 1, 2))
        run.repeat(waiting.node, times)
        game.repeat(waiting.node, times)
    elif waiting.what is For.CHOICE:
        _choose(flow, run, game, waiting, rng)
    else:
        does = run.complete if waiting.what is For.WORK else run.deliver
        does(waiting.node, told, token=waiting.token)
        game.work(waiting.node, told, about=waiting.member)


def _choose(flow: Flow, run: Run, game: OneCase, waiting: Waiting, rng: random.Random) -> None:
    gateway = flow.by_id[waiting.node]
    most = len(waiting.options) if gateway.kind == "inclusiveGateway" else 1
    edges = rng.sample(waiting.options, rng.randint(1, most))
    if gateway.kind == "eventBasedGateway":
        target = next(edge.target for edge in flow.edges if edge.id == edges[0])
        edges = [e.id for e in flow.outgoing[gateway.id] if e.target == target][:1]
        run.deliver(target)
    else:
        run.choose(waiting.node, *edges)
    game.choose(waiting.node, *edges)
