"""One random move of a case, made on the engine and on the token game alike."""

from __future__ import annotations

import random
from collections import Counter

from tthc_flow.engine.instance import For, Run, Waiting
from tthc_flow.model.flow import Flow

from .one_case import OneCase

WORDS = {For.CHOICE: "choice", For.ROUNDS: "rounds"}


def due(run: Run, flow: Flow) -> Counter[tuple[str, str]]:
    """Return what the engine waits for in the words of the game, what *flow* has not left out."""
    return Counter(
        (each.node, WORDS.get(each.what, "work")) for each in run.waiting if each.node in flow.by_id
    )


def doubled(game: OneCase) -> bool:
    """Return whether a sub-process runs twice at once: a move may then mean either run."""
    rooms = [room.node for room in game.rooms() if not room.holds_rounds]
    return len(rooms) > len(set(rooms))


def move(flow: Flow, run: Run, game: OneCase, rng: random.Random) -> None:
    """Let one random thing happen in *run* and in *game*, which plays *flow*."""
    waiting = rng.choice(run.waiting)
    if run.listening and rng.random() < 0.3:
        event = rng.choice(run.listening)
        run.deliver(event)
        game.happen(event)
    elif waiting.what is For.ROUNDS:
        times = rng.choice((0, 0, 1, 2))
        run.repeat(waiting.node, times)
        game.repeat(waiting.node, times)
    elif waiting.what is For.CHOICE:
        _choose(flow, run, game, waiting, rng)
    else:
        (run.complete if waiting.what is For.WORK else run.deliver)(waiting.node)
        game.work(waiting.node)


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
