"""Heat: figures by hand; what is unknown is unknown, what cannot be is neither."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import given

from measures.flows import OFFICER, days, flow, step
from strategies import procedures
from tthc_flow.measures.costs import cost
from tthc_flow.measures.heat import (
    HeatKind,
    end_of_scale,
    heat,
    heat_of_cost,
    heat_of_findings,
    together,
)
from tthc_flow.model.actor import Level, Performer, Role
from tthc_flow.model.finding import Finding, Severity
from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow, SubProcess, Trigger
from tthc_flow.model.procedure import CostMethod, Procedure, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Step, StepTime
from tthc_flow.units import DEFAULT_CONVENTION, Duration, TimeUnit

TWO_HOURS = Duration(amount=2, unit=TimeUnit.WORKING_HOUR)
APPLICANT = Performer(name="Tổ chức", role=Role.APPLICANT)
DAY = Fraction(480)


def test_time_is_the_steps_own_and_a_pause_is_none():
    made = heat(flow([step("a", 2), step("b"), step("c", 3, pauses_clock=True)]), HeatKind.TIME)
    assert made.values == {"a": 2 * DAY}
    assert made.unknown == {"b"}


def test_work_is_what_is_stated():
    made = heat(flow([step("a", 2, work=TWO_HOURS), step("b", 2)]), HeatKind.WORK)
    assert made.values == {"a": Fraction(120)}
    assert made.unknown == {"b"}


def test_waiting_is_time_less_work_and_all_of_it_while_the_clock_stands():
    timer = Event(id="t", position=EventPosition.CATCH, trigger=Trigger.TIMER, time=days(1))
    steps = [
        step("a", 2, work=TWO_HOURS),  # 960 - 120
        step("b", 2),  # work unknown: so is waiting
        step("c", 3, pauses_clock=True),
        step("d", time=days(1, counted=False)),
        step("e", work=TWO_HOURS),  # time unknown
        step("f", 0, work=TWO_HOURS),  # more work than time: nobody waits
    ]
    made = heat(flow([*steps, timer]), HeatKind.WAIT)
    assert made.values == {"a": Fraction(840), "c": 3 * DAY, "d": DAY, "f": Fraction(0), "t": DAY}
    assert made.unknown == {"b", "e"}


def test_hand_offs_count_the_steps_that_come_from_another_performer():
    other = Performer(name="Lãnh đạo", role=Role.AGENCY_HEAD, office="Sở Nội vụ")
    steps = [
        step("a"),
        step("b", performer=other),
        step("c", performer=other),
        step("d", performer=None),
    ]
    made = heat(flow(steps, "a b c d", "a c"), HeatKind.HAND_OFFS)
    assert made.values == {"a": 0, "b": 1, "c": 1}
    assert made.unknown == {"d"}


def test_after_the_grant_nothing_comes_from_another_performer():
    other = Performer(name="Lãnh đạo", role=Role.AGENCY_HEAD, office="Sở Nội vụ")
    late = SubProcess(id="s", outside_clock=True)
    steps = [step("a"), late, step("b", performer=other, scope="s")]
    made = heat(flow(steps, "a s"), HeatKind.HAND_OFFS)
    assert (made.values, made.unknown) == ({"a": 0}, frozenset())


def test_level_is_the_highest_there_may_be_and_an_applicant_has_none():
    both = Performer(name="x", levels=frozenset({Level.COMMUNE, Level.PROVINCE}))
    commune = Performer(name="y", levels=frozenset({Level.COMMUNE}))
    steps = [
        step("a", performer=both),
        step("b", performer=commune),
        step("c", performer=Performer(name="z")),
        step("d", performer=APPLICANT),
        step("e", performer=OFFICER),
    ]
    made = heat(flow(steps), HeatKind.LEVEL)
    assert made.values == {"a": 3, "b": 1, "e": 3}
    assert made.unknown == {"c"}
    assert end_of_scale(made) == 4


def test_findings_are_counted_by_node_and_those_of_others_left_out():
    found = [
        Finding(code="check-x", severity=Severity.INFO, element=each)
        for each in ("a", "a", "b", None, "elsewhere")
    ]
    assert heat_of_findings(flow([step("a"), step("b"), step("c")]), found).values == {
        "a": 2,
        "b": 1,
    }


def test_flows_of_one_sheet_share_one_scale():
    one, other = (
        heat(flow([step("a", 2)]), HeatKind.TIME),
        heat(flow([step("b", 5)]), HeatKind.TIME),
    )
    assert end_of_scale(together((one, other), HeatKind.TIME)) == 5 * DAY


@given(procedures())
def test_no_step_is_known_and_unknown_and_nothing_unknown_is_a_number(procedure):
    for kind in HeatKind:
        made = heat(procedure.flow, kind)
        assert not made.unknown & set(made.values)
        assert made.unknown <= {each.id for each in procedure.flow.steps}
        assert all(value >= 0 for value in made.values.values())
        assert heat(procedure.flow, kind) == made


def test_a_time_without_length_is_unknown_not_zero():
    made = heat(flow([step("a", time=StepTime(printed="trong ngày"))]), HeatKind.TIME)
    assert made.values == {}
    assert made.unknown == {"a"}


def test_the_cost_of_a_step_is_its_time_by_the_income_of_an_hour_and_the_dossiers_of_a_year():
    half_a_day = StepTime(duration=Duration(amount="1/2", unit=TimeUnit.WORKING_DAY))
    steps = (Step(id="a", name="A", time=half_a_day), Step(id="b", name="B"))
    volume = Volume(dossiers=Quantity(value=50), hourly_income=Quantity(value=40_000))
    procedure = Procedure(flow=Flow(id="p", nodes=steps), volume=volume)
    found = heat_of_cost(procedure)
    assert found.values == {"a": 4 * 40_000 * 50}
    assert found.unknown == {"b"}
    assert heat_of_cost(evolve(procedure, volume=Volume())).unknown == {"a", "b"}


def test_the_costs_of_the_steps_of_a_row_add_up_to_the_cost_of_the_procedure():
    days = [StepTime(duration=Duration(amount=n, unit=TimeUnit.WORKING_DAY)) for n in (1, 2, 4)]
    steps = tuple(Step(id=f"s{n}", name="", time=time) for n, time in enumerate(days))
    edges = tuple(SequenceFlow(id=f"f{n}", source=f"s{n}", target=f"s{n + 1}") for n in range(2))
    volume = Volume(dossiers=Quantity(value=3), hourly_income=Quantity(value=51_000))
    procedure = Procedure(flow=Flow(id="p", nodes=steps, edges=edges), volume=volume)
    yearly = cost(procedure, CostMethod.PROCESSING_TIME, DEFAULT_CONVENTION).yearly
    assert sum(heat_of_cost(procedure).values.values()) == yearly.amount
