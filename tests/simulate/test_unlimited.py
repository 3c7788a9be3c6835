"""Roles that nobody waits for: their work is paid all the same."""

from __future__ import annotations

import pytest

from by_hand import drawn, procedure_of
from simulate.kernels import BOTH
from tthc_flow.expected.known import Given
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Flow
from tthc_flow.model.step import Step, TaskType
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.results import CaseFigures, outcome
from tthc_flow.simulation.stated import Staff, Stated, Yearly
from tthc_flow.simulation.tally import Length, Metric

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)
HEAD = Performer(name="Giám đốc", role=Role.AGENCY_HEAD)
APPLICANT = Performer(name="Người dân", role=Role.APPLICANT)
LENGTH = Length(cases=100, warm=0, batches=10)


def flow() -> Flow:
    """Return 60 minutes of the officer, 30 of the head, 10 of a machine, 500 of the applicant."""
    return drawn(
        "s > a > b > c > d > e",
        Step(id="a", name="Thẩm định", performer=OFFICER),
        Step(id="b", name="Ký", performer=HEAD),
        Step(id="c", name="Ghi sổ", task=TaskType.SERVICE, performer=HEAD),
        Step(id="d", name="Bổ sung", performer=APPLICANT),
    )


def figures(
    run, people: dict[str, int | None], hourly: dict[str, int], **moves: str
) -> CaseFigures:
    minutes = {"a": 60, "b": 30, "c": 10, "d": 500}
    stated = Stated(
        given=Given(times={each: Chance.fixed(n) for each, n in minutes.items()}),
        people={name: Staff(people=count) for name, count in people.items()},
        hourly=hourly,
        arrivals=(Yearly(dossiers=100),),
        moves=moves,
    )
    scenario, lack = scenario_of([procedure_of(flow())], stated)
    assert lack.nothing
    program = flatten(scenario)
    return outcome(program, run(program, 1, LENGTH)).cases[0]


@pytest.mark.parametrize("officers", [None, 50])
@pytest.mark.parametrize("heads", [None, 50])
@pytest.mark.parametrize("run", BOTH)
def test_work_costs_the_same_whether_people_are_counted_or_not(run, officers, heads):
    people = {"Chuyên viên": officers, "Giám đốc": heads}
    found = figures(run, people, {"Chuyên viên": 60_000, "Giám đốc": 120_000})
    assert found.cost.mean == pytest.approx(60 * 1_000 + 30 * 2_000)


@pytest.mark.parametrize("run", BOTH)
def test_a_price_that_nobody_states_makes_the_cost_unknown(run):
    people = {"Chuyên viên": 50, "Giám đốc": None}
    assert figures(run, people, {"Chuyên viên": 60_000}).cost is None
    assert figures(run, people, {"Giám đốc": 60_000}).cost is None
    assert figures(run, {"Chuyên viên": None, "Giám đốc": None}, {}).cost is None


@pytest.mark.parametrize("run", BOTH)
def test_a_step_given_to_a_role_that_nobody_waits_for_costs_what_that_role_costs(run):
    hourly = {"Chuyên viên": 60_000, "Giám đốc": 120_000}
    people = {"Chuyên viên": None, "Giám đốc": 50}
    assert figures(run, people, hourly, b="Chuyên viên").cost.mean == pytest.approx(90 * 1_000)
    people = {"Chuyên viên": 50, "Giám đốc": None}
    assert figures(run, people, hourly, a="Giám đốc").cost.mean == pytest.approx(90 * 2_000)
    moved = figures(run, people, hourly, d="Giám đốc")  # and then it is no wait any more
    assert moved.cost.mean == pytest.approx(60 * 1_000 + 530 * 2_000)
    assert moved.means[Metric.APPLICANT].mean == 0
