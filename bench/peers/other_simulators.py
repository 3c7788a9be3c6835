"""The licence office through Prosimos and pm4py, which are no dependencies of ours.

``make FOLDER`` writes its files; ``prosimos FOLDER CASES`` and ``pm4py FOLDER CASES`` print cases a
second and are run with a Python of their own, in which these two are installed (pm4py is AGPL,
Prosimos states no licence). Prosimos has the hours of offices, but no holidays; the play-out of
pm4py has no time and no people.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tthc_flow.model.flow import Flow

WEEK = ("MONDAY", "FRIDAY")
HOURS = (("07:30:00", "11:30:00"), ("13:00:00", "17:00:00"))
MONDAY = "2026-03-02T07:30:00+00:00"


def make(folder: Path) -> None:
    """Write the office of the tests as a BPMN file and as Prosimos's parameters."""
    sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "tests")]
    from attrs import evolve

    from by_hand import drawn
    from licence_office import EACH, MINUTES, PICTURE, ROLES, SHARES
    from tthc_flow.bpmn.build import build
    from tthc_flow.model.procedure import Procedure
    from tthc_flow.model.step import Step, TaskType

    flow = drawn(PICTURE)
    plain = (evolve(n, task=TaskType.TASK) if isinstance(n, Step) else n for n in flow.nodes)
    flow = evolve(flow, nodes=tuple(plain))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "office.bpmn").write_bytes(build(Procedure(flow=flow)).data)
    told = _parameters(flow, {**MINUTES, "supplement": (2400, len(ROLES))}, SHARES, ROLES, EACH)
    (folder / "office.json").write_text(json.dumps(told), encoding="utf-8")


def _parameters(
    flow: Flow,
    doing: dict[str, tuple[int, int]],
    shares: dict[tuple[str, str], str],
    roles: Sequence[tuple[str, int]],
    gap: float,
) -> dict[str, object]:
    """Return what Prosimos wants to know of the office."""
    pools = [*roles, ("applicant", 400)]
    periods = [
        {"from": WEEK[0], "to": WEEK[1], "beginTime": opens, "endTime": closes}
        for opens, closes in HOURS
    ]
    choices: dict[str, list[dict[str, str]]] = {}
    for edge in flow.edges:
        if (edge.source, edge.target) in shares:
            way = {"path_id": edge.id, "value": shares[edge.source, edge.target]}
            choices.setdefault(edge.source, []).append(way)
    return {
        "resource_profiles": [
            {"id": f"pool {at}", "name": name, "resource_list": [
                {"id": f"r{at}", "name": name, "cost_per_hour": "1", "amount": people,
                 "calendar": "office", "assignedTasks": []}]}
            for at, (name, people) in enumerate(pools)
        ],
        "arrival_time_distribution": _exponential(gap * 60),
        "arrival_time_calendar": periods,
        "gateway_branching_probabilities": [
            {"gateway_id": gateway, "probabilities": ways} for gateway, ways in choices.items()
        ],
        "task_resource_distribution": [
            {"task_id": step, "resources": [{"resource_id": f"r{at}", **_exponential(mean * 60)}]}
            for step, (mean, at) in doing.items()
        ],
        "resource_calendars": [{"id": "office", "name": "office", "time_periods": periods}],
    }  # fmt: skip


def _exponential(seconds: float) -> dict[str, object]:
    values = [seconds, 0, 1e9]
    return {"distribution_name": "expon", "distribution_params": [{"value": v} for v in values]}


def by_prosimos(folder: Path, cases: int) -> float:
    """Return the cases a second that Prosimos leads through the office, no log kept."""
    from prosimos.simulation_engine import run_simulation

    files = str(folder / "office.bpmn"), str(folder / "office.json")
    began = time.perf_counter()
    run_simulation(*files, cases, starting_at=MONDAY)
    return cases / (time.perf_counter() - began)


def by_pm4py(folder: Path, cases: int) -> float:
    """Return the cases a second that pm4py plays out."""
    import pm4py
    from pm4py.algo.simulation.playout.petri_net.variants import basic_playout

    net = pm4py.convert_to_petri_net(pm4py.read_bpmn(str(folder / "office.bpmn")))
    wanted = {basic_playout.Parameters.NO_TRACES: cases}
    began = time.perf_counter()
    basic_playout.apply(net[0], net[1], final_marking=net[2], parameters=wanted)
    return cases / (time.perf_counter() - began)


if __name__ == "__main__":
    what, where, *more = sys.argv[1:]
    if what == "make":
        make(Path(where))
    else:
        print({"prosimos": by_prosimos, "pm4py": by_pm4py}[what](Path(where), int(more[0])))
