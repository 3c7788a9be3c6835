"""Minutes of work and what they cost; which time counts where it is taken from."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from expected.drawn import drawn
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import USUAL, Basis, Given, Need, What
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Lane, Outcome, SubProcess, Trigger
from tthc_flow.model.measured import Handling
from tthc_flow.model.procedure import Procedure, ProcedureKind, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Loop, Step, StepTime, TaskType
from tthc_flow.units import Convention, Dong, Duration

HOUR = Duration(amount=1, unit="working_hour")
DAY = StepTime(duration=Duration(amount=1, unit="working_day"))
SEEN = Handling(chance=Chance(spread=Spread.UNIFORM, least=10, most=50), cases=40)


def looked_at(flow, **asked):
    return expectation(Procedure(flow=flow), Asked(**asked))


def step(name="a", **facts):
    return Step(id=name, name=name, **facts)


def alone(**facts):
    return drawn("a", nodes=(step(**facts),))


@pytest.mark.parametrize(
    ("facts", "basis", "minutes", "came_from"),
    [
        ({"handling": SEEN, "work": HOUR, "time": DAY}, USUAL, 30, Basis.MEASURED),
        ({"work": HOUR, "time": DAY}, USUAL, 60, Basis.WORK),
        ({"handling": SEEN, "work": HOUR}, (Basis.WORK,), 60, Basis.WORK),
        ({"work": HOUR, "time": DAY}, (Basis.NORM,), 480, Basis.NORM),
        ({"work": HOUR, "time": DAY}, (Basis.MEASURED, Basis.NORM), 480, Basis.NORM),
    ],
)
def test_where_the_time_of_a_step_is_taken_from(facts, basis, minutes, came_from):
    found = looked_at(alone(**facts), basis=basis)
    assert found.effort.minutes == minutes
    assert found.times.mean == pytest.approx(minutes)
    assert found.timing.basis["a"] is came_from


def test_a_norm_is_never_taken_unasked():
    found = looked_at(alone(time=DAY))
    assert found.needs == (Need("a", What.TIME),)
    assert (found.times, found.effort.minutes, found.effort.missing) == (None, None, ("a",))


def test_a_unit_that_the_convention_does_not_convert_stays_unknown():
    bare = Duration(amount=1, unit="day")
    found = looked_at(alone(work=bare), convention=Convention.named("strict"))
    assert found.needs == (Need("a", What.TIME),)


def test_given_times_go_before_all():
    given = Given(times={"a": Chance.fixed(7)})
    found = looked_at(alone(handling=SEEN, work=HOUR), given=given)
    assert (found.effort.minutes, found.timing.basis["a"]) == (7, None)


def test_work_is_counted_by_who_does_it():
    officer = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở A")
    same = Performer(name="Công chức", role=Role.OFFICER, office="SỞ A")
    flow = drawn(
        "a x b", "x c",
        nodes=(step("a", work=HOUR, performer=officer), step("b", work=HOUR, performer=same),
               step("c", work=HOUR)),
        xb="1/4",
    )  # fmt: skip
    rows = looked_at(flow).effort.rows
    assert [(row.performer, row.minutes) for row in rows] == [(officer, 75), (None, 45)]


def test_the_lane_says_who_does_it():
    clerk = Performer(name="Văn thư", role=Role.CLERICAL_OFFICE)
    flow = alone(work=HOUR, lane="l")
    flow = evolve(flow, lanes=(Lane(id="l", performer=clerk),))
    assert looked_at(flow).effort.rows[0].performer is clerk


def test_the_applicants_own_part_stands_apart_and_lacks_nothing():
    who = Performer(name="Người dân", role=Role.APPLICANT)
    flow = drawn("a b", nodes=(step("a", performer=who), step("b", work=HOUR)))
    found = looked_at(flow)
    assert (found.needs, found.effort.minutes, found.times.mean) == ((), 60, 60)
    assert found.timing.off_clock == {"a"}
    flow = drawn("a b", nodes=(step("a", performer=who, work=HOUR), step("b", work=HOUR)))
    found = looked_at(flow)
    assert (found.effort.applicant, found.effort.minutes, found.times.mean) == (60, 60, 120)


def test_what_third_parties_do_is_no_work_of_the_agency():
    who = Performer(name="Bưu điện", role=Role.THIRD_PARTY)
    flow = drawn("a b", nodes=(step("a", performer=who, work=HOUR), step("b", work=HOUR)))
    found = looked_at(flow, hourly=Dong(60_000))
    assert (found.effort.minutes, found.effort.third_party) == (60, 60)
    assert [row.performer for row in found.effort.rows] == [None]
    assert found.effort.cost == Dong(60_000)
    assert found.times.mean == 120
    flow = drawn("a b", nodes=(step("a", performer=who), step("b", work=HOUR)))
    found = looked_at(flow)
    assert (found.needs, found.effort.minutes) == ((Need("a", What.TIME),), 60)


def test_a_machine_takes_time_but_works_for_nobody():
    found = looked_at(alone(task=TaskType.SERVICE, work=HOUR))
    assert (found.effort.minutes, found.times.mean) == (0, 60)
    found = looked_at(alone(task=TaskType.SERVICE))
    assert found.needs == (Need("a", What.TIME),)
    assert found.effort.minutes == 0


@pytest.mark.parametrize(
    "facts", [{"pauses_clock": True}, {"time": StepTime(counted=False)}, {"scope": "late"}]
)
def test_what_is_not_the_applicants_time_is_work_all_the_same(facts):
    box = SubProcess(id="late", outside_clock=True)
    inside = "scope" in facts
    nodes = (step("b", work=HOUR, **facts), *([box] if inside else []))
    flow = drawn("a" if inside else "a b", nodes=nodes)
    found = looked_at(flow, given=Given(times={"a": Chance.fixed(5)}))
    assert found.timing.off_clock == {"b"}
    if inside:
        flow = evolve(flow, edges=drawn("a late").edges)
        found = looked_at(flow, given=Given(times={"a": Chance.fixed(5)}))
    assert found.times.mean == 5
    assert found.effort.minutes == 65


def test_how_long_may_be_waited_is_no_work():
    flow = alone(pauses_clock=True, time=DAY)
    assert looked_at(flow, basis=(Basis.NORM,)).effort.minutes == 0
    assert looked_at(alone(pauses_clock=True, work=HOUR)).effort.minutes == 60


def waiting(**facts):
    event = Event(id="w", position=EventPosition.CATCH, trigger=Trigger.MESSAGE, **facts)
    return drawn("a w b", nodes=(step("a", work=HOUR), event, step("b", work=HOUR)))


def test_a_wait_is_time_but_no_work():
    assert looked_at(waiting()).needs == (Need("w", What.WAIT),)
    found = looked_at(waiting(time=DAY))
    assert (found.times.mean, found.effort.minutes) == (600, 120)
    found = looked_at(waiting(time=StepTime(counted=False)))
    assert (found.needs, found.times.mean) == ((), 120)


def test_the_clock_stops_while_the_applicant_adds_something():
    flow = waiting()
    asked = (evolve(e, outcome=Outcome.SUPPLEMENT if e.id == "aw" else None) for e in flow.edges)
    found = looked_at(evolve(flow, edges=tuple(asked)))
    assert (found.needs, found.times.mean, found.timing.off_clock) == ((), 120, {"w"})


def test_rounds_are_worked_each_but_a_norm_is_of_the_whole_step():
    loop = Loop(multi_instance=True, sequential=True, times="3")
    flow = alone(work=HOUR, time=DAY, loop=loop)
    assert looked_at(flow).effort.minutes == 180
    assert looked_at(flow, basis=(Basis.NORM,)).effort.minutes == 480
    open_ended = alone(work=HOUR, time=DAY, loop=Loop(multi_instance=False, until="đủ"))
    assert looked_at(open_ended).needs == (Need("a", What.ROUNDS),)
    assert looked_at(open_ended, basis=(Basis.NORM,)).times.mean == 480
    assert looked_at(open_ended, given=Given(rounds={"a": "3/2"})).effort.minutes == 90


def test_an_hour_costs_what_is_said_or_within_agencies_their_income():
    assert looked_at(alone(work=HOUR)).effort.cost is None
    assert looked_at(alone(work=HOUR), hourly=Dong(50_000)).effort.cost == Dong(50_000)
    volume = Volume(hourly_income=Quantity(value=40_000))
    for kind, cost in ((ProcedureKind.WITHIN_AGENCY, Dong(40_000)), (ProcedureKind.PUBLIC, None)):
        procedure = Procedure(flow=alone(work=HOUR), kind=kind, volume=volume)
        assert expectation(procedure, Asked()).effort.cost == cost


def test_a_step_that_lacks_a_time_leaves_the_others_known():
    flow = drawn("a b", nodes=(step("a", work=HOUR), step("b")))
    found = looked_at(flow, hourly=Dong(1))
    assert (found.effort.minutes, found.effort.cost) == (None, None)
    assert [(row.minutes, row.missing) for row in found.effort.rows] == [(Fraction(60), ("b",))]


def test_no_hour_costs_less_than_nothing():
    with pytest.raises(BadQuantity, match="TF102"):
        Asked(hourly=Dong(-60_000))
