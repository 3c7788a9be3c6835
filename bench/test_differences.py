"""Speed of comparing two flows: how time grows with the size, also where every id is new."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from sized import sized
from slopes import best_of_each, log_log_slope
from tthc_flow.measures.differences import differences
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure

SIZES = (250, 500, 1_000, 2_000)
STEEPEST = 1.25


def edited(procedure: Procedure, *, anew: bool) -> Procedure:
    """Return *procedure* with each tenth step renamed and, with *anew*, every id new."""
    flow = procedure.flow
    ids = {node.id: f"x{number}" if anew else node.id for number, node in enumerate(flow.nodes)}
    nodes = [evolve(node, id=ids[node.id]) for node in flow.nodes]
    nodes = [
        evolve(node, name=f"{node.name} (mới)") if node.name and number % 10 == 0 else node
        for number, node in enumerate(nodes)
    ]
    edges = tuple(
        evolve(edge, source=ids[edge.source], target=ids[edge.target]) for edge in flow.edges
    )
    return evolve(procedure, flow=evolve(flow, nodes=tuple(nodes), edges=edges))


def unnamed(procedure: Procedure) -> Procedure:
    """Return *procedure* with nothing to tell its steps by: matching has only their places."""
    nodes = tuple(evolve(node, name="", id=node.id) for node in procedure.flow.nodes)
    return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes))


def work(before: Procedure, after: Procedure) -> Callable[[], object]:
    """Return the comparison of two procedures that nothing is remembered about."""

    def anew(procedure: Procedure) -> Procedure:
        flow = procedure.flow
        return evolve(procedure, flow=Flow(id="p", nodes=flow.nodes, edges=flow.edges))

    return lambda: differences(anew(before), anew(after))


def steepness(name: str, works: dict[int, Callable[[], object]]) -> float:
    """Return how steeply the work grows, and print its figures."""
    seconds = best_of_each(works)
    slope = log_log_slope(seconds)
    figures = ", ".join(f"{size}: {value * 1000:.1f} ms" for size, value in seconds.items())
    print(f"\n{name}: slope {slope:.2f} ({figures})")
    return slope


def test_comparing_grows_with_the_size_of_the_flow() -> None:
    works = {size: work(sized(size), edited(sized(size), anew=False)) for size in SIZES}
    assert steepness("compare", works) <= STEEPEST


def test_comparing_under_new_ids_grows_with_the_size_of_the_flow() -> None:
    works = {size: work(sized(size), edited(sized(size), anew=True)) for size in SIZES}
    assert steepness("compare, every id new", works) <= STEEPEST


def test_comparing_without_any_name_grows_with_the_size_of_the_flow() -> None:
    works = {
        size: work(unnamed(sized(size)), unnamed(edited(sized(size), anew=True))) for size in SIZES
    }
    assert steepness("compare, no names and every id new", works) <= STEEPEST
