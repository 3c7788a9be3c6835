"""Several start events: each case begins at one of them, by the shares that are stated."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from licence_office import exponential, steady
from simulate.by_program import of
from simulate.kernels import BOTH
from simulate.test_agreement import agree
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Given, Need, What
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Flow, Trigger
from tthc_flow.model.step import Step
from tthc_flow.report.simulation.record import of_lacking
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.program import Crowd
from tthc_flow.simulation.scenario import Scenario, Stream
from tthc_flow.simulation.stated import Staff, Stated, Yearly
from tthc_flow.simulation.tally import Length, Metric

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)
CASES = 4_000
SIGMAS = 4.5


def several() -> Flow:
    """Return a process to which one comes in person, or online after a message."""
    return drawn(
        "s1 > b > xor1; s2 > xor1; xor1 > a > e",
        Step(id="a", name="Thẩm định", performer=OFFICER),
        Step(id="b", name="Tiếp nhận", performer=OFFICER),
        Event(id="s1", name="Nộp trực tiếp", position=EventPosition.START),
        Event(
            id="s2",
            name="Nộp trực tuyến",
            position=EventPosition.START,
            trigger=Trigger.MESSAGE,
        ),
    )


def given(**shares: str) -> Given:
    return Given(
        times={"a": Chance.fixed(60), "b": Chance.fixed(30)},
        shares={each: Fraction(share) for each, share in shares.items()},
    )


def stated(facts: Given) -> Stated:
    return Stated(given=facts, people={OFFICER.name: Staff(people=None)},
                  arrivals=(Yearly(dossiers=100),))  # fmt: skip


@pytest.mark.parametrize("run", BOTH)
def test_a_case_begins_at_one_of_them_as_often_as_stated(run):
    procedure, facts = procedure_of(several()), given(s1="1/4")
    scenario, lack = scenario_of([procedure], stated(facts))
    assert lack.nothing
    tally = run(flatten(scenario), 1, Length(cases=CASES, warm=0))
    exact = expectation(procedure, Asked(given=facts)).times
    assert exact.mean == 60 + 30 / 4
    seen = of(tally, Metric.CYCLE).mean
    assert seen == pytest.approx(exact.mean, abs=SIGMAS * exact.deviation / sqrt(CASES))


def test_both_kernels_begin_every_case_at_the_same():
    stream = Stream(
        name="p",
        flow=several(),
        times={"a": exponential(10), "b": exponential(20)},
        who={"a": 0, "b": 0},
        shares={"s1": Fraction(1, 3), "s2": Fraction(2, 3)},
        rate=steady(20),
    )
    agree(Scenario(streams=(stream,), crowds=(Crowd(name="A", people=2),)))
    twice = (stream, evolve(stream, name="q", rate=steady(50)))
    agree(Scenario(streams=twice, crowds=(Crowd(name="A", people=3),)))


def test_a_share_that_nobody_states_is_asked_for():
    procedure = procedure_of(several())
    _, lack = scenario_of([procedure], stated(given()))
    assert lack.needs == (Need("s1", What.SHARE), Need("s2", What.SHARE))
    assert not lack.refused
    first, second = (each["text"] for each in of_lacking(lack, [procedure], "vi"))
    assert "Nộp trực tiếp" in first
    assert "bắt đầu ở đây" in first
    assert "Nộp trực tuyến" in second


def test_shares_that_do_not_make_the_whole_are_refused():
    with pytest.raises(BadQuantity, match="TF118"):
        scenario_of([procedure_of(several())], stated(given(s1="1/4", s2="1/4")))
