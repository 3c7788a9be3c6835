"""The exact numbers of one dossier as slopes: by how much longer a longer flow takes.

Rows of blocks, one choice whose every branch goes back, and loops in loops: the shapes in which a
careless elimination fills up.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from sized import anew, sized
from slopes import best_of_each, log_log_slope
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Basis, Given
from tthc_flow.expected.routes import chains
from tthc_flow.expected.visits import passing
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow, Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.step import Step

SIZES = (250, 500, 1_000, 2_000)
STEEPEST = 1.25


def given_of(flow: Flow) -> Given:
    """Return a rare way back and an even choice else, and a random time for every step."""
    shares = {
        ways[0].id: Fraction(1, 2 if ways[0].outcome else 1_000)
        for node in flow.nodes
        if isinstance(node, Gateway) and node.kind is GatewayKind.EXCLUSIVE
        for ways in (flow.outgoing[node.id],)
        if len(ways) > 1
    }
    seen = [Chance(spread=Spread.GAMMA, mean=60 + n, deviation=30) for n in range(4)]
    times = {step.id: seen[n % len(seen)] for n, step in enumerate(flow.steps)}
    return Given(shares=shares, times=times)


def arrows(*pairs: tuple[str, str]) -> tuple[SequenceFlow, ...]:
    return tuple(SequenceFlow(id=f"{one}>{two}", source=one, target=two) for one, two in pairs)


def gate(name: str) -> Gateway:
    return Gateway(id=name, kind=GatewayKind.EXCLUSIVE)


def all_back(size: int) -> Flow:
    """Return a row of steps after each of which a dossier may go back to the first."""
    half = size // 2
    steps = [Step(id=f"s{n}", name="S") for n in range(half)]
    gates = [gate("first"), *(gate(f"x{n}") for n in range(half))]
    row = [(f"x{n}", f"s{n + 1}") for n in range(half - 1)]
    inner = [(f"s{n}", f"x{n}") for n in range(half)]
    back = [(f"x{n}", "first") for n in range(half)]
    ways = arrows(*back, ("in", "first"), ("first", "s0"), *row, *inner, (f"x{half - 1}", "out"))
    ends = (Step(id="in", name="I"), Step(id="out", name="O"))
    return Flow(id="p", nodes=(*gates, *steps, *ends), edges=ways)


def nested(size: int) -> Flow:
    """Return loops in loops; a dossier rarely goes back."""
    deep = size // 2
    nodes = [*(gate(f"a{n}") for n in range(deep)), *(gate(f"b{n}") for n in range(deep))]
    ways = arrows(
        ("in", "a0"),
        *((f"a{n}", f"a{n + 1}") for n in range(deep - 1)),
        (f"a{deep - 1}", "s"),
        ("s", f"b{deep - 1}"),
        *((f"b{n}", f"a{n}") for n in range(deep)),
        *((f"b{n}", f"b{n - 1}") for n in range(deep - 1, 0, -1)),
        ("b0", "out"),
    )
    ends = tuple(Step(id=each, name=each) for each in ("in", "s", "out"))
    return Flow(id="p", nodes=(*nodes, *ends), edges=ways)


def rows_of_blocks(size: int) -> Flow:
    return sized(size).flow


def steepness(name: str, prepare: Callable[[int], Callable[[], object]]) -> float:
    seconds = best_of_each({size: prepare(size) for size in SIZES}, rounds=5)
    figures = ", ".join(f"{size}: {value * 1000:.1f} ms" for size, value in seconds.items())
    slope = log_log_slope(seconds)
    print(f"\n{name}: slope {slope:.2f} ({figures})")
    return slope


@pytest.mark.parametrize("made", [rows_of_blocks, all_back, nested])
def test_visits_grow_with_the_size_of_the_flow(
    made: Callable[[int], Flow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tthc_flow.expected.visits.EXACT_UP_TO", 0)  # digits do not grow

    def work(size: int) -> Callable[[], object]:
        flow = made(size)
        given = given_of(flow)
        return lambda: passing(flow, chains(flow, given), given)

    assert steepness(f"visits, {made.__name__}", work) <= STEEPEST


@pytest.mark.parametrize("made", [rows_of_blocks, all_back, nested])
def test_the_whole_grows_with_the_size_of_the_flow(made: Callable[[int], Flow]) -> None:
    def work(size: int) -> Callable[[], object]:
        procedure = Procedure(flow=made(size))
        asked = Asked(basis=(Basis.MEASURED,), given=given_of(procedure.flow))
        return lambda: expectation(anew(procedure), asked)

    assert steepness(f"expect, {made.__name__}", work) <= STEEPEST
