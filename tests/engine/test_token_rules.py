"""The engine against a second reading of the standard, move by move."""

from __future__ import annotations

import json
import random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from by_hand import drawn
from strategies import flows, mutated_flows, wild_flows
from tthc_flow.engine.instance import Run
from tthc_flow.engine.refusals import refusals
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Event, EventPosition, Flow, SubProcess, Trigger

from .handling import handled
from .one_case import OneCase
from .playing import doubled, due, move
from .repeating import random_facts, repeated

SEED = st.integers(0, 2**16)
MOST_MOVES = 60
MOST_TOKENS = 40


def play(flow: Flow, seed: int, *, stored: bool = False) -> tuple[Run, OneCase]:
    """Play one random case on both, comparing what they wait for after every move.

    *stored* puts the case away as text and takes it up again before each move.
    """
    rng = random.Random(seed)  # a game, no secret
    told = random_facts(rng, flow)
    run, game = Run(flow, data=told), OneCase(flow, facts=told)
    for _ in range(MOST_MOVES):
        if game.torn:
            break
        assert due(run, flow) == game.due(), run.history
        assert run.finished == game.over, run.history
        if not run.waiting or len(run.waiting) > MOST_TOKENS or doubled(game):
            break
        if stored:
            run = Run.resumed(flow, json.loads(json.dumps(run.state)))
        move(flow, run, game, rng, told=random_facts(rng, flow))
    return run, game


@given(flows(), st.integers(0, 2**16))
def test_the_engine_waits_for_what_the_standard_waits_for_on_sound_flows(flow, seed):
    play(flow, seed)


@given(mutated_flows(), st.integers(0, 2**16))
def test_the_engine_agrees_with_the_standard_on_broken_flows(flow, seed):
    _play_unless_refused(flow, seed)


@given(wild_flows(), st.integers(0, 2**16))
def test_the_engine_agrees_with_the_standard_on_flows_of_any_shape(flow, seed):
    _play_unless_refused(flow, seed)


@given(st.builds(handled, st.integers(1, 8), st.integers(1, 3), st.integers(0, 2**32 - 1)), SEED)
def test_the_engine_agrees_with_the_standard_where_event_sub_processes_listen(flow, seed):
    assert refusals(flow) == ()
    play(flow, seed)
    play(flow, seed, stored=True)


@given(flows(), st.integers(0, 2**16))
def test_the_engine_agrees_with_the_standard_where_activities_repeat(flow, seed):
    flow = repeated(random.Random(seed), flow)
    assert refusals(flow) == ()
    play(flow, seed)
    play(flow, seed, stored=True)


@given(flows(), st.integers(0, 2**16))
def test_a_case_that_was_put_away_goes_on_as_if_it_had_not_been(flow, seed):
    play(flow, seed, stored=True)


def _play_unless_refused(flow: Flow, seed: int) -> None:
    if refusals(flow):
        with pytest.raises(NotRunnable, match="TF401"):
            Run(flow)
        return
    try:
        play(flow, seed)
    except NotRunnable as error:
        assert error.code == "TF402"  # noqa: PT017  # an endless round is an answer, too


def _boundary(name: str, host: str, trigger: Trigger, *, interrupting: bool = True) -> Event:
    return Event(
        id=name,
        position=EventPosition.BOUNDARY,
        trigger=trigger,
        attached_to=host,
        interrupting=interrupting,
    )


def _with_inside(picture: str, inside: str) -> Flow:
    """Return the flow of *picture*, the nodes named in *inside* lying in its sub-process."""
    sub, late = SubProcess(id="sub"), _boundary("late", "sub", Trigger.TIMER)
    flow = drawn(picture, sub, late)
    nodes = (
        evolve(node, scope="sub") if node.id in inside.split() else node for node in flow.nodes
    )
    return evolve(flow, nodes=tuple(nodes))


HAND = {
    "implicit split and exclusive merge": drawn("s > a; a > b; a > c; b > d; c > d; d > e"),
    "excess tokens stay before a parallel join": drawn(
        "s > a; a > b; a > c; a > d; b > xor1; c > xor1; xor1 > and1; d > and1; and1 > x > e"
    ),
    "inclusive split and join": drawn(
        "s > or1; or1 > a > or2; or1 > b > or2; or1 > c > or2; or2 > d > e"
    ),
    "inclusive join in a loop": drawn(
        "s > xor0 > or1; or1 > a > or2; or1 > b > or2; or2 > c > xor1; xor1 > xor0; xor1 > e"
    ),
    "event-based gateway in a loop": drawn(
        "s > xor0 > wait1; wait1 > catch1 > a > e; wait1 > catch2 > b > xor0"
    ),
    "terminate takes the other branch": drawn("s > a; a > b > e; a > c > term1"),
    "boundary events": drawn(
        "s > a > e; late > b > e2; note > c > e3",
        _boundary("late", "a", Trigger.TIMER),
        _boundary("note", "a", Trigger.MESSAGE, interrupting=False),
    ),
    "sub-process with a boundary event": _with_inside("s > sub > z > e; late > b > z; s2", "s2"),
    "tokens waiting at a join go when their sub-process is taken away": _with_inside(
        "s > xor0 > sub > xor1; late > xor1; xor1 > xor0; xor1 > e;"
        "s2 > and1; and1 > a > and2; and1 > b > or2; or2 > and2 > e2; and1 > c > or2",
        "s2 and1 a b c and2 or2 e2",
    ),
    "terminate inside a sub-process ends only that": _with_inside(
        "s > and3; and3 > y > e3; and3 > sub > z > e; late > e4; s2 > a > term1; a > b > e2",
        "s2 a b term1 e2",
    ),
    "an undrawn sub-process is work": _with_inside("s > sub > z > e; late > b > z", ""),
}


@pytest.mark.parametrize("flow", HAND.values(), ids=HAND)
@pytest.mark.parametrize("seed", range(25))
def test_the_engine_agrees_with_the_standard_on_drawings_by_hand(flow, seed):
    play(flow, seed)
