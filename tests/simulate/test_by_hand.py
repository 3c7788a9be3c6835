"""Small offices whose every minute is known: fixed times, moments of arrival, one luck."""

import pytest
from attrs import evolve

from by_hand import drawn
from simulate.by_program import of
from simulate.kernels import BOTH
from tthc_flow.errors import BadQuantity, NotRunnable
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import Event, EventPosition, Gateway, GatewayKind, SubProcess, Trigger
from tthc_flow.model.step import Loop, Step
from tthc_flow.simulation.clock import clock_of_spans
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.program import Batch, Crowd, Limit, Wait
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.tally import Length, Metric

TWO = Length(cases=2, warm=0, batches=2)
OFFICE = clock_of_spans([(480, 720), (780, 1020)], 1440)
MORNING = clock_of_spans([(480, 720)], 1440)


def office(flow, times, *, trace=(0.0, 1000.0), people=1, **more):
    """Return an office of one pool in which every step takes its fixed minutes."""
    crowd = {key: more.pop(key) for key in ("stretch", "rate", "clock") if key in more}
    scene = {key: more.pop(key) for key in ("clocks", "worked") if key in more}
    stream = Stream(
        name="p",
        flow=flow,
        times={step: Chance.fixed(minutes) for step, minutes in times.items()},
        who=more.pop("who", dict.fromkeys(times, 0)),
        trace=trace,
        **more,
    )
    crowds = (Crowd(name="A", people=people, **crowd),)
    return flatten(Scenario(streams=(stream,), crowds=crowds, **scene))


def means(run, program, length=TWO):
    tally = run(program, 1, length)
    return {metric: of(tally, metric).mean for metric in Metric}


@pytest.mark.parametrize("run", BOTH)
def test_without_waiting_a_case_takes_its_critical_path(run):
    flow = drawn("s > a > and1; and1 > b > and2; and1 > c > d > and2; and2 > f > e")
    found = means(run, office(flow, dict(zip("abcdf", (10, 50, 20, 25, 5), strict=True)), people=3))
    assert found[Metric.CYCLE] == 10 + max(50, 20 + 25) + 5
    assert found[Metric.WORK] == 110
    assert found[Metric.QUEUE] == 0


@pytest.mark.parametrize("run", BOTH)
def test_one_person_takes_one_dossier_after_the_other(run):
    found = means(run, office(drawn("s > a > e"), {"a": 30}, trace=(0.0, 10.0)))
    assert found[Metric.QUEUE] == (0 + 20) / 2
    assert found[Metric.CYCLE] == (30 + 50) / 2


@pytest.mark.parametrize("run", BOTH)
def test_the_most_urgent_step_goes_first(run):
    """Two branches of one case wait for the same person: c, of rank 0, goes before b."""
    flow = drawn("s > a > and1; and1 > b > and2; and1 > c > and2; and2 > e")
    times = {"a": 1, "b": 10, "c": 100}
    late = means(run, office(flow, times, trace=(0.0, 1.0), levels={"b": 1}))
    soon = means(run, office(flow, times, trace=(0.0, 1.0), levels={"c": 1}))
    assert late[Metric.CYCLE] > soon[Metric.CYCLE]


@pytest.mark.parametrize("run", BOTH)
def test_worked_time_by_the_calendar(run):
    """It comes when 230 minutes were worked (11:50) and takes 20: done at 13:10."""
    found = means(
        run, office(drawn("s > a > e"), {"a": 20}, trace=(230.0, 710.0), clocks=(OFFICE,))
    )
    assert found[Metric.CYCLE] == 20
    assert found[Metric.SPAN] == 80


@pytest.mark.parametrize("run", BOTH)
def test_a_role_with_hours_of_its_own(run):
    """It comes at 11:50 and at 15:00; who works in the morning alone goes on at 8:00."""
    program = office(
        drawn("s > a > e"), {"a": 20}, trace=(710.0, 900.0 + 1440),
        clocks=(OFFICE, MORNING), worked=False, clock=1,
    )  # fmt: skip
    found = means(run, program)
    spans = (10 + 20 * 60 + 10) / 1, 17 * 60 + 20
    assert found[Metric.SPAN] == (spans[0] + spans[1]) / 2
    assert found[Metric.WORK] == 20
    assert found[Metric.QUEUE] == 0
    assert found[Metric.CYCLE] == ((10 + 240 + 10) + (120 + 20)) / 2
    assert found[Metric.CLOSED] == (240 + 120) / 2


@pytest.mark.parametrize("run", BOTH)
def test_people_with_other_work_take_longer_but_do_not_cost_more(run):
    found = means(run, office(drawn("s > a > e"), {"a": 30}, stretch=2.0, rate=1000.0))
    assert found[Metric.CYCLE] == 60
    assert (found[Metric.WORK], found[Metric.DILUTED]) == (30, 30)
    assert found[Metric.COST] == 30_000


@pytest.mark.parametrize("run", BOTH)
def test_a_batch_goes_on_at_its_time_or_when_it_is_full(run):
    flow, at = drawn("s > a > e"), (10.0, 20.0)
    timed = means(run, office(flow, {"a": 1}, trace=at, batches={"a": Batch(every=60)}, people=2))
    full = means(
        run, office(flow, {"a": 1}, trace=at, batches={"a": Batch(every=60, size=2)}, people=2)
    )
    assert timed[Metric.BATCH] == (50 + 40) / 2
    assert full[Metric.BATCH] == (10 + 0) / 2


@pytest.mark.parametrize("run", BOTH)
def test_the_legal_clock_stands_while_the_applicant_is_awaited(run):
    flow = drawn("s > a > b > c > e")
    times = {"a": 10, "b": 500, "c": 10}
    common = {"who": {"a": 0, "c": 0}, "waits": {"b": Wait.APPLICANT}, "limit": Limit(minutes=20)}
    standing = means(run, office(flow, times, paused=frozenset("b"), **common))
    running = means(run, office(flow, times, **common))
    assert standing[Metric.APPLICANT] == running[Metric.APPLICANT] == 500
    assert (standing[Metric.STOOD], running[Metric.STOOD]) == (500, 0)
    assert (standing[Metric.LATE], running[Metric.LATE]) == (0, 1)


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize(("minutes", "late"), [(480 + 240, 0), (480 + 240 + 1, 1)])
def test_a_day_of_grace_ends_with_the_next_working_day(run, minutes, late):
    """It comes at midday of day one: one working day is over when the next one is."""
    program = office(
        drawn("s > a > e"), {"a": minutes}, trace=(240.0, 10_000.0), clocks=(OFFICE,),
        limit=Limit(minutes=480, days=1), people=2,
    )  # fmt: skip
    tally = run(program, 1, TWO)
    assert tally.sums[0][0][Metric.LATE] == late


@pytest.mark.parametrize("run", BOTH)
def test_a_timer_at_the_border_breaks_a_step_off(run):
    late = Event(
        id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a",
    )  # fmt: skip
    flow = drawn("s > a > e; late > b > e_late", late)
    timers = {"late": Timed(minutes=25, clock=-1)}
    found = means(run, office(flow, {"a": 100, "b": 5}, timers=timers, people=2))
    assert found[Metric.CYCLE] == 30
    assert found[Metric.WORK] == 30
    again = means(run, office(flow, {"a": 20, "b": 5}, timers=timers, people=2))
    assert again[Metric.CYCLE] == 20


@pytest.mark.parametrize("run", BOTH)
def test_a_reminder_does_not_break_off(run):
    late = Event(
        id="late", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a",
        interrupting=False,
    )  # fmt: skip
    flow = drawn("s > a > e; late > b > e_late", late)
    found = means(
        run,
        office(flow, {"a": 100, "b": 5}, timers={"late": Timed(minutes=25, clock=-1)}, people=2),
    )
    assert found[Metric.CYCLE] == 100
    assert found[Metric.WORK] == 105


@pytest.mark.parametrize("run", BOTH)
def test_rounds_one_after_the_other_and_side_by_side(run):
    flow = drawn("s > a > e", Step(id="a", name="A", loop=Loop(multi_instance=False, times="3")))
    assert means(run, office(flow, {"a": 10}, people=5))[Metric.CYCLE] == 30
    loop = Loop(multi_instance=True, times="3")
    flow = drawn("s > a > e", Step(id="a", name="A", loop=loop))
    assert means(run, office(flow, {"a": 10}, people=5))[Metric.CYCLE] == 10


@pytest.mark.parametrize("run", BOTH)
def test_a_terminate_end_ends_all_of_its_scope(run):
    flow = drawn("s > and1; and1 > a > term; and1 > b > e")
    assert means(run, office(flow, {"a": 10, "b": 90}, people=2))[Metric.CYCLE] == 10


@pytest.mark.parametrize("run", BOTH)
def test_a_sub_process_is_left_when_nothing_is_left_in_it(run):
    flow = drawn("s > sub > b > e; s1 > and1; and1 > a > e1; and1 > c > e2", SubProcess(id="sub"))
    inner = {"s1", "and1", "a", "c", "e1", "e2"}
    nodes = tuple(evolve(n, scope="sub") if n.id in inner else n for n in flow.nodes)
    found = means(run, office(evolve(flow, nodes=nodes), {"a": 10, "b": 5, "c": 40}, people=2))
    assert found[Metric.CYCLE] == 45


@pytest.mark.parametrize("run", BOTH)
def test_a_join_that_one_branch_never_reaches_is_told(run):
    with pytest.raises(NotRunnable, match="TF433"):
        run(office(drawn("s > a > and1; and1 > e; b > and1"), {"a": 1, "b": 1}), 1, TWO)


@pytest.mark.parametrize("run", BOTH)
def test_too_few_arrivals_are_told(run):
    with pytest.raises(NotRunnable, match="TF433"):
        run(office(drawn("s > a > e"), {"a": 1}, trace=(0.0,)), 1, TWO)


def test_what_is_not_covered_is_named_all_at_once():
    flow = drawn(
        "s > some; some > a > or2; some > b > or2; or2 > xor1 > some; xor1 > e",
        Gateway(id="some", kind=GatewayKind.COMPLEX),
        Gateway(id="or2", kind=GatewayKind.COMPLEX),
        Step(id="b", name="Lặp", loop=Loop(multi_instance=True, each="hồ sơ")),
    )
    with pytest.raises(NotRunnable, match="TF431") as refused:
        office(flow, {"a": 1, "b": 1})
    assert [each.split()[0] for each in refused.value.choices] == ["some", "or2", "Lặp"]


def test_a_run_too_short_for_its_batches_is_refused():
    with pytest.raises(BadQuantity, match="TF151"):
        Length(cases=20, warm=5, batches=30)
