"""What each dialect says, and what is not taken from it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bpmn.dialects.drawn import (
    adonis,
    arrow,
    doubts,
    file_with,
    fixed,
    floating,
    iso,
    qbp,
    scenario,
    simulated,
    step,
    timed,
)
from tthc_flow.model.source import EvidenceKind
from tthc_flow.units import Duration, TimeUnit


def hours(amount: int | str) -> Duration:
    return Duration(amount=amount, unit=TimeUnit.HOUR)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_bpsim_time_is_read_with_its_source(version):
    behind = simulated(scenario(timed(ProcessingTime=iso("PT8H"))))
    found = step(file_with(behind=behind, version=version))
    assert found.time.duration == found.work == hours(8)
    assert found.time.evidence is EvidenceKind.ESTIMATE
    assert found.time.source is not None
    assert found.time.source.document == f"BPSim {version}"
    assert found.time.source.place == "baseline: ProcessingTime PT8H"


def test_eight_hours_of_bpsim_are_no_working_day_and_a_day_is_a_calendar_day():
    day = step(file_with(behind=simulated(scenario(timed(ProcessingTime=iso("P1D"))))))
    assert day.time.duration == Duration(amount=1, unit=TimeUnit.CALENDAR_DAY)


def test_waiting_and_working_parts_add_up_to_time_and_working_parts_to_work():
    parts = timed(WaitTime=iso("PT2H"), ProcessingTime=iso("PT30M"), ReworkTime=iso("PT30M"))
    found = step(file_with(behind=simulated(scenario(parts))))
    assert found.time.duration == hours(3)
    assert found.work == hours(1)


def test_a_day_and_an_hour_have_no_sum():
    data = file_with(
        behind=simulated(scenario(timed(WaitTime=iso("P1D"), ProcessingTime=iso("PT1H"))))
    )
    assert step(data).time.duration is None
    assert step(data).work == hours(1)
    assert doubts(data) == ["dialect-mixed"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (floating("90"), hours("3/2")),
        (floating("1.5", "hour"), hours("3/2")),
        (floating("1.5", "hrs"), hours("3/2")),
        (floating("2", "day"), Duration(amount=2, unit=TimeUnit.CALENDAR_DAY)),
        ('<bpsim:NumericParameter value="30" timeUnit="s"/>', hours("1/120")),
        ('<bpsim:UniformDistribution min="60" max="60"/>', hours(1)),
        ('<bpsim:TriangularDistribution min="6" mode="6" max="6" timeUnit="hour"/>', hours(6)),
        ('<bpsim:NormalDistribution mean="60" standardDeviation="0"/>', hours(1)),
    ],
)
def test_a_number_counts_in_its_unit_and_a_distribution_of_one_value_is_fixed(value, expected):
    data = file_with(behind=simulated(scenario(timed(ProcessingTime=value))))
    assert step(data).time.duration == expected
    assert doubts(data) == []


@pytest.mark.parametrize(
    ("value", "doubt"),
    [
        ('<bpsim:UniformDistribution min="5" max="10"/>', "dialect-not-fixed"),
        ('<bpsim:NormalDistribution mean="60" standardDeviation="5"/>', "dialect-not-fixed"),
        ('<bpsim:ExpressionParameter value="bpsim:getProperty(1)"/>', "dialect-not-fixed"),
        (iso("soon"), "dialect-no-length"),
        (iso("P1M"), "dialect-uncertain"),
        (floating("1", "year"), "dialect-uncertain"),
        (iso("PT1H") + iso("PT2H"), "dialect-uncertain"),
        (floating("0"), "dialect-zero"),
        (iso("PT0S"), "dialect-zero"),
    ],
)
def test_what_gives_no_one_length_stays_unknown_with_a_finding(value, doubt):
    data = file_with(behind=simulated(scenario(timed(ProcessingTime=value))))
    assert step(data).time.duration is None
    assert step(data).work is None
    assert set(doubts(data)) == {doubt}


def test_the_baseline_is_read_whatever_stands_before_it():
    proposed = scenario(timed(ProcessingTime=iso("PT4H")), 'id="proposed" inherits="baseline"')
    data = file_with(behind=simulated(proposed, scenario(timed(ProcessingTime=iso("PT8H")))))
    assert step(data).time.duration == hours(8)
    assert doubts(data) == ["dialect-scenarios"]


def test_a_scenario_takes_over_what_it_inherits_and_a_circle_is_cut():
    old = scenario(
        timed(WaitTime=iso("PT2H"), ProcessingTime=iso("PT1H")), 'id="y2024" inherits="now"'
    )
    new = scenario(timed(ProcessingTime=iso("PT3H")), 'id="now" name="Baseline" inherits="y2024"')
    data = file_with(behind=simulated(old, new))
    assert step(data).time.duration == hours(5)


def test_a_scenario_without_its_parent_and_a_lost_element_are_reported():
    lost = scenario(timed(ProcessingTime=iso("PT1H")), 'id="x" inherits="gone"', element="Z")
    assert doubts(file_with(behind=simulated(lost))) == [
        "dialect-inherits",
        "dialect-element-unknown",
    ]


def test_properties_of_a_step_are_kept_and_reported():
    inside = f'<bpsim:Property name="Amount">{floating("8.0")}</bpsim:Property>'
    said = f"<bpsim:PropertyParameters>{inside}</bpsim:PropertyParameters>"
    assert doubts(file_with(behind=simulated(scenario(said)))) == ["dialect-kept"]


def test_costs_of_a_step_are_kept_and_reported():
    cost = (
        "<bpsim:CostParameters><bpsim:UnitCost>"
        + floating("8.0")
        + "</bpsim:UnitCost></bpsim:CostParameters>"
    )
    data = file_with(behind=simulated(scenario(cost)))
    assert doubts(data) == ["dialect-kept"]


@pytest.mark.parametrize(("value", "share"), [("0.25", Fraction(1, 4)), ("100.0", None)])
def test_a_probability_is_the_share_of_a_flow_when_it_is_one(value, share):
    chance = f"<bpsim:Probability>{floating(value)}</bpsim:Probability>"
    said = scenario(f"<bpsim:ControlParameters>{chance}</bpsim:ControlParameters>", element="F")
    data = file_with(behind=simulated(said))
    assert arrow(data).share == share
    assert doubts(data) == ([] if share else ["dialect-share"])


@pytest.mark.parametrize("dialect", ["camunda", "activiti"])
def test_an_assignment_names_the_performer(dialect):
    data = file_with(f'{dialect}:candidateGroups="Văn thư Sở Nội vụ"')
    performer = step(data).performer
    assert performer is not None
    assert performer.office == "Sở Nội vụ"
    assert doubts(data) == []


def test_a_zeebe_assignment_names_the_performer():
    data = file_with(inside='<zeebe:assignmentDefinition candidateGroups="Văn thư"/>')
    performer = step(data).performer
    assert performer is not None
    assert performer.name == "Văn thư"


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ('camunda:assignee="${initiator}"', "dialect-expression"),
        ('camunda:candidateUsers="vt, kt"', "dialect-performers"),
        ('camunda:assignee=""', None),
    ],
)
def test_an_expression_or_several_people_are_no_performer(said, doubt):
    data = file_with(said)
    assert step(data).performer is None
    assert doubts(data) == ([doubt] if doubt else [])


@pytest.mark.parametrize("holder", ["camunda", "zeebe"])
def test_a_property_named_like_a_fact_is_one_and_any_other_is_kept(holder):
    inside = (
        f'<{holder}:properties><{holder}:property name="Thời gian" value="4 giờ làm việc"/>'
        f'<{holder}:property name="colour" value="red"/></{holder}:properties>'
    )
    data = file_with(inside=inside)
    assert step(data).time.duration == Duration(amount=4, unit=TimeUnit.WORKING_HOUR)
    assert doubts(data) == ["dialect-kept"]


def test_a_property_with_a_bare_number_has_no_unit():
    data = file_with(inside='<camunda:property name="duration" value="4"/>')
    assert step(data).time.duration is None
    assert doubts(data) == ["dialect-no-unit"]


def test_adonis_times_are_read_where_they_say_their_unit():
    data = file_with(inside=adonis(A_EXECUTION_TIME="00:000:01:30:00", A_WAITING_TIME="PT2H"))
    assert step(data).time.duration == hours("7/2")
    assert step(data).work == hours("3/2")


def test_days_of_adonis_leave_open_which_days_count():
    data = file_with(inside=adonis(A_WAITING_TIME="00:003:00:00:00", COSTS="12.5"))
    assert step(data).time.duration == Duration(amount=3, unit=TimeUnit.DAY)
    assert doubts(data) == ["dialect-kept"]


def test_a_bare_number_of_adonis_has_no_unit_and_its_zero_says_nothing():
    assert set(doubts(file_with(inside=adonis(A_EXECUTION_TIME="3600")))) == {"dialect-no-unit"}
    zero = file_with(inside=adonis(A_EXECUTION_TIME="0", COSTS="0"))
    assert step(zero).time.duration is None
    assert set(doubts(zero)) == {"dialect-zero"}


@pytest.mark.parametrize(
    ("said", "expected", "doubt"),
    [
        (fixed("300", "seconds"), hours("1/12"), None),
        (fixed("1200", "minutes", "20"), hours("1/3"), None),
        (fixed("1200", "minutes"), None, "dialect-uncertain"),
        (fixed("1200", "minutes", "1200"), None, "dialect-uncertain"),
        (fixed("300", "seconds", kind="NORMAL"), None, "dialect-not-fixed"),
        (fixed("NaN", "seconds"), None, "dialect-no-length"),
        (fixed("0", "minutes", "0"), None, "dialect-zero"),
    ],
)
def test_a_qbp_duration_is_read_where_it_is_fixed_and_its_unit_is_sure(said, expected, doubt):
    data = file_with(behind=qbp(said))
    assert step(data).time.duration == step(data).work == expected
    assert doubts(data) == ([doubt] if doubt else [])


def test_qbp_names_the_performer_the_share_and_a_cost_that_is_kept():
    data = file_with(
        behind=qbp(
            "<qbp:resourceIds><qbp:resourceId>r</qbp:resourceId></qbp:resourceIds>",
            '<qbp:resource id="r" name="Chuyên viên" costPerHour="25"/>',
            '<qbp:sequenceFlow elementId="F" executionProbability="0.3"/>',
        )
    )
    performer = step(data).performer
    assert performer is not None
    assert performer.name == "Chuyên viên"
    assert arrow(data).share == Fraction(3, 10)
    assert doubts(data) == ["dialect-kept"]


def test_two_resources_are_not_chosen_between():
    ids = "<qbp:resourceId>r</qbp:resourceId><qbp:resourceId>s</qbp:resourceId>"
    resources = '<qbp:resource id="r" name="Một"/><qbp:resource id="s" name="Hai"/>'
    data = file_with(behind=qbp(f"<qbp:resourceIds>{ids}</qbp:resourceIds>", resources))
    assert step(data).performer is None
    assert doubts(data) == ["dialect-performers"]
