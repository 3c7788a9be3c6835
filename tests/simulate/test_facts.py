"""What is taken from a file, what is stated, and what lacks: by name, never made up."""

from datetime import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.errors import BadQuantity, NotRunnable, UnsoundFlow
from tthc_flow.expected.known import Need, What
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.measured import Handling, Taken
from tthc_flow.model.procedure import Crew, TotalTime, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.model.step import Step, TaskType
from tthc_flow.simulation.change import difference
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.lacking import FactsMissing
from tthc_flow.simulation.program import Limit, Wait
from tthc_flow.simulation.stated import Staff, Stated, Trace, Yearly
from tthc_flow.simulation.tally import Metric
from tthc_flow.units import Convention, Duration
from tthc_flow.verbs.simulate import simulate

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
HEAD = Performer(name="Giám đốc", role=Role.AGENCY_HEAD, office="Sở Nội vụ")
APPLICANT = Performer(name="Người dân", role=Role.APPLICANT)


def hours(amount):
    return Duration(amount=amount, unit="working_hour")


def crew(role, people=2, other="0.5", working_hours=1000):
    return Crew(
        office="Sở Nội vụ",
        role=role,
        people=Quantity(value=people),
        hours=Quantity(value=working_hours),
        other_load=None if other is None else Quantity(value=other),
    )


def known(**changes):
    """Return a procedure of which everything is known: two steps, a choice, the applicant."""
    flow = drawn(
        "s > a > xor1; xor1 > more > a; xor1 > b > e",
        Step(id="a", name="Thẩm định", performer=OFFICER, work=hours(1)),
        Step(
            id="b", name="Ký", performer=HEAD, work=hours(2),
            handling=Handling(chance=Chance(spread=Spread.EXPONENTIAL, mean=30), cases=9),
        ),
        Step(id="more", name="Bổ sung", performer=APPLICANT, work=hours(8), pauses_clock=True),
    )  # fmt: skip
    edges = tuple(
        evolve(edge, taken=Taken(taken=1 if edge.target == "more" else 3, of=4))
        if edge.source == "xor1"
        else edge
        for edge in flow.edges
    )
    facts = {
        "crews": (crew(Role.OFFICER), crew(Role.AGENCY_HEAD, 1)),
        "volume": Volume(dossiers=Quantity(value=300)),
        "total_time": TotalTime(duration=Duration(amount=3, unit="working_day")),
    }
    return procedure_of(evolve(flow, edges=edges), **{**facts, **changes})


def test_everything_is_taken_from_the_file():
    scenario, lack = scenario_of([known()], Stated())
    assert lack.nothing
    (stream,) = scenario.streams
    assert stream.times["a"] == Chance.fixed(60)
    assert stream.times["b"].spread is Spread.EXPONENTIAL  # measured goes before stated work
    assert stream.who == {"a": 0, "b": 1}
    assert stream.waits["more"] is Wait.APPLICANT
    assert stream.paused == {"more"}
    assert set(stream.shares.values()) == {Fraction(1, 4), Fraction(3, 4)}
    assert stream.limit == Limit(minutes=1440, days=3)
    assert stream.rate.total == pytest.approx(300 * len(Calendar.load().years))
    assert [each.people for each in scenario.crowds] == [2, 1]
    yearly = scenario.clocks[0].total / len(Calendar.load().years)
    assert scenario.crowds[0].stretch == pytest.approx(yearly / 60_000 / 0.5)


@pytest.mark.parametrize(
    ("amount", "unit", "convention", "limit"),
    [
        (3, "day", "bare-day-is-working-day", Limit(minutes=1440, days=3)),
        ("1/2", "day", "bare-day-is-working-day", Limit(minutes=240, days=None)),
        (7, "day", "bare-day-is-calendar-day", Limit(minutes=2400, days=None)),
        (7, "calendar_day", "bare-day-is-working-day", Limit(minutes=2400, days=None)),
        (8, "working_hour", "bare-day-is-working-day", Limit(minutes=480, days=None)),
        (3, "day", "strict", None),
    ],
)
def test_a_bare_day_is_counted_as_the_day_that_the_convention_takes_it_for(
    amount, unit, convention, limit
):
    total = TotalTime(duration=Duration(amount=amount, unit=unit))
    stated = Stated(convention=Convention.named(convention))
    (stream,) = scenario_of([known(total_time=total)], stated)[0].streams
    assert stream.limit == limit


def test_the_load_of_a_run_is_the_analytic_load():
    """Work that comes by the hours that people have, and their other work: as measures say."""
    procedure = known()
    found = simulate(procedure, cases=5_000).before
    visits = 4 / 3
    for pool, minutes, people in ((found.pools[0], 60 * visits, 2), (found.pools[1], 30, 1)):
        assert pool.load == pytest.approx(0.5 + 300 * minutes / 60 / (people * 1000), rel=0.03)


def test_all_that_lacks_is_named_at_once():
    bare = drawn(
        "s > a > xor1; xor1 > c > e; xor1 > d > catch1 > e2; gone > e3",
        Step(id="a", name="A", performer=OFFICER),
        Step(id="d", name="D", task=TaskType.SERVICE, work=hours(1)),
        Event(id="gone", position=EventPosition.BOUNDARY, trigger=Trigger.MESSAGE, attached_to="a"),
    )
    _, lack = scenario_of([procedure_of(bare)], Stated())
    assert set(lack.needs) == {
        Need("a", What.TIME),
        Need("c", What.TIME),
        Need("catch1", What.WAIT),
        Need("gone", What.HAPPENS),
        *(Need(edge.id, What.SHARE) for edge in bare.outgoing["xor1"]),
    }
    assert lack.teams == ("Chuyên viên",)
    assert lack.nobody == ("c",)
    assert lack.dossiers == (0,)
    with pytest.raises(FactsMissing, match="TF432") as missing:
        simulate(procedure_of(bare))
    assert missing.value.lacking == lack


def test_other_work_that_nobody_knows_is_not_taken_for_none():
    _, lack = scenario_of([known(crews=(crew(Role.OFFICER, other=None),))], Stated())
    assert lack.teams == ("Chuyên viên", "Giám đốc")


def test_norms_are_only_taken_where_asked_for():
    flow = drawn("s > a > e", Step(id="a", name="A", performer=OFFICER))
    (step,) = flow.steps
    timed = evolve(step, time=evolve(step.time, duration=hours(4)))
    nodes = tuple(timed if node is step else node for node in flow.nodes)
    procedure = procedure_of(evolve(flow, nodes=nodes))
    stated = {"people": {"Chuyên viên": 1}, "arrivals": 100, "cases": 200}
    with pytest.raises(NotRunnable, match="time at a"):
        simulate(procedure, **stated)
    found = simulate(procedure, basis=("norm",), **stated).before
    assert found.cases[0].means[Metric.WORK].mean == 240


def test_what_is_stated_goes_before_the_file():
    stated = Stated(
        people={"Giám đốc": Staff(people=None), "officer": Staff(people=7)},
        arrivals=(Yearly(dossiers=10),),
    )
    scenario, lack = scenario_of([known()], stated)
    assert lack.nothing
    assert [(each.people, each.stretch) for each in scenario.crowds] == [(7, 1.0)]
    assert scenario.streams[0].who == {"a": 0}


def test_two_procedures_of_one_office_share_its_people():
    scenario, lack = scenario_of([known(), known(crews=())], Stated())
    assert lack.nothing
    assert len(scenario.crowds) == 2
    assert scenario.streams[0].who == scenario.streams[1].who
    one = simulate(known(), cases=2_000).before.pools[0].mine
    two = simulate([known(), known(crews=())], cases=4_000).before.pools[0].mine
    assert two == pytest.approx(2 * one, rel=0.05)


def test_a_role_of_its_own_calendar_makes_all_minutes_count():
    calendar = Calendar.load(2026)
    scenario, _ = scenario_of([known()], Stated(calendars={"Giám đốc": calendar}))
    assert not scenario.worked
    assert [each.clock for each in scenario.crowds] == [0, 1]


def test_seasons_and_moments_as_they_were():
    months = (0.0,) * 11 + (1.0,)
    calendar = Calendar.load(2026)
    stated = Stated(calendar=calendar, arrivals=(Yearly(dossiers=50, months=months),))
    (stream,) = scenario_of([known()], stated)[0].streams
    clock = scenario_of([known()], stated)[0].clocks[0]
    assert stream.rate.total == pytest.approx(50)
    assert clock.at(stream.rate.at(0)) / 1440 > 330  # the first comes in December
    moments = (
        datetime.fromisoformat("2026-03-03T09:00"),
        datetime.fromisoformat("2026-03-02T23:00"),
    )
    stated = Stated(calendar=calendar, arrivals=(Trace(moments=moments),))
    (stream,) = scenario_of([known()], stated)[0].streams
    assert stream.trace[1] - stream.trace[0] == 60  # 8:00 is when the office opens


def test_before_and_after_differ_by_the_change_alone():
    """The interval of the difference is a fraction of that of either side."""
    quicker = known()
    steps = tuple(
        evolve(node, work=hours("0.9")) if isinstance(node, Step) and node.id == "a" else node
        for node in quicker.flow.nodes
    )
    after = evolve(quicker, flow=evolve(quicker.flow, nodes=steps))
    found = simulate(known(), after=after, cases=3_000)
    change = difference(found.before.batches[0], found.after.batches[0], Metric.CYCLE)
    assert change.most < 0
    assert change.half < found.before.cases[0].means[Metric.CYCLE].half / 2
    work = difference(found.before.batches[0], found.after.batches[0], Metric.WORK)
    assert work.mean == pytest.approx(-6 * 4 / 3, rel=0.05)


def test_the_fewest_people_are_few_and_enough():
    """That they are the fewest is held against every combination in ``test_capacity.py``."""
    found = simulate(known(), cases=2_000, late_share=0.1).capacity
    assert found.best.late.most <= 0.1
    assert found.proven
    assert found.runs < 20
    with pytest.raises(BadQuantity, match="TF154"):
        simulate(known(total_time=TotalTime()), cases=500, late_share=0.1)


def test_a_horizon_is_as_many_cases_as_come():
    found = simulate(known(), horizon=2)
    assert found.settings.length.cases == pytest.approx(600, abs=80)


def test_a_flow_in_which_a_case_gets_stuck_is_refused():
    stuck = drawn("s > a > xor1; xor1 > and1; xor1 > and1; and1 > e", Step(id="a", name="A"))
    with pytest.raises(UnsoundFlow, match="TF330"):
        simulate(procedure_of(stuck))


def test_names_that_nobody_has_or_several_have():
    with pytest.raises(BadQuantity, match="TF153") as wrong:
        simulate(known(), people={"Thư ký": 1})
    assert wrong.value.choices == ("Chuyên viên", "Giám đốc")
    with pytest.raises(BadQuantity, match="TF117"):
        simulate(known(), times={"zzz": "1 giờ làm việc"})


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: Staff(people=0), "TF152"),
        (lambda: Staff(people=1, share=0), "TF109"),
        (lambda: Yearly(dossiers=0), "TF152"),
        (lambda: Yearly(dossiers=1, months=(1.0,) * 11), "TF152"),
        (lambda: simulate(known(), kernel="quick"), "TF155"),
        (lambda: simulate(known(), horizon=0), "TF152"),
        (lambda: simulate(known(), hourly={"Giám đốc": -5}), "TF102"),
        (lambda: simulate(known(), hourly={"Giám đốc": "nhiều"}), "TF101"),
        (lambda: simulate(known(), after=[known(), known()], cases=100), "TF152"),
    ],
)
def test_what_cannot_be_is_refused(make, code):
    with pytest.raises(BadQuantity, match=code):
        make()
