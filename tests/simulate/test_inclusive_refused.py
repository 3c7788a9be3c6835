"""Inclusive gateways: what is refused, asked for, and told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of
from simulate.inclusive_flows import FLOWS, even
from simulate.test_by_hand import office
from tthc_flow.errors import BadQuantity, NotRunnable
from tthc_flow.expected.known import Given
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.chance import Chance
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    Trigger,
)
from tthc_flow.model.step import Step
from tthc_flow.report.simulation.record import of_lacking, of_simulation
from tthc_flow.simulation.facts import scenario_of
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.stated import Stated
from tthc_flow.verbs.simulate import simulate

OFFICER = Performer(name="Chuyên viên", role=Role.OFFICER)


LOOSE = {
    "ends inside": "s > or1 > a > xor1 > or2 > e; xor1 > c > e2; or1 > b > or2",
    "comes from outside": "s > and1 > or1 > a > or2 > and2 > e; or1 > b > or2; and1 > c > or2;"
    "and1 > d > and2",
    "comes from behind": "s > or1 > a > or2 > xor1 > e; or1 > xor2 > b > or2; xor1 > xor2",
    "leads back": "s > xor3 > a > xor1 > or2 > e; xor3 > b > or2; xor1 > xor3",
}


def remembered() -> Flow:
    """Return a block in which a timer that does not interrupt sends a token to the join."""
    event = Event(id="t", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="a",
                  interrupting=False)  # fmt: skip
    return drawn("s > or1 > a > or2 > e; or1 > b > or2; t > c > or2", event)


@pytest.mark.parametrize("name", [*LOOSE, "reminds"])
def test_a_join_that_closes_no_block_is_refused_by_name(name):
    flow = remembered() if name == "reminds" else drawn(LOOSE[name])
    timers = {"t": Timed(minutes=5, clock=-1)} if name == "reminds" else {}
    times = dict.fromkeys((step.id for step in flow.steps), Chance.fixed(1))
    shares = even(flow)
    stream = Stream(
        name="p", flow=flow, times=times, who={}, shares=shares, timers=timers, trace=(0.0,)
    )
    with pytest.raises(NotRunnable, match="TF431") as error:
        flatten(Scenario(streams=(stream,), crowds=()))
    assert error.value.choices == ("or2 (simulate-join)",)


def test_a_way_that_no_case_takes_does_not_make_a_join_loose():
    flow = drawn(LOOSE["ends inside"])
    shares = {**even(flow), **{e.id: Fraction(e.target == "or2") for e in flow.outgoing["xor1"]}}
    office(flow, dict.fromkeys("abc", 1), shares=shares)


def test_more_ways_than_are_kept_apart_are_refused():
    ways = [f"w{n}" for n in range(13)]
    flow = drawn("s > or1; or2 > e; " + "; ".join(f"or1 > {each} > or2" for each in ways))
    with pytest.raises(NotRunnable, match="TF431") as error:
        office(flow, dict.fromkeys(ways, 1), shares=even(flow))
    assert error.value.choices == ("or1 (simulate-ways)",)


def staffed(name: str = "two ways") -> Flow:
    flow = drawn(FLOWS[name])
    nodes = (evolve(n, performer=OFFICER) if isinstance(n, Step) else n for n in flow.nodes)
    return evolve(flow, nodes=tuple(nodes))


FACTS = {
    "times": {"a": "1 giờ làm việc", "b": "2 giờ làm việc", "z": "1 giờ làm việc"},
    "people": {"Chuyên viên": 5},
    "arrivals": 100,
    "cases": 100,
}


def test_every_share_that_lacks_is_asked_for_and_none_is_made_up():
    flow = staffed()
    (a, b) = flow.outgoing["or1"]
    _, lack = scenario_of([procedure_of(flow)], Stated(given=Given(shares={a.id: Fraction(1, 2)})))
    told = of_lacking(lack, [procedure_of(flow)], "en")
    assert [each.element for each in lack.needs if each.what == "share"] == [b.id]
    assert any(f"--share {b.id}=" in each["hint"] for each in told)


def test_contradicting_shares_are_refused():
    flow = staffed()
    shares = {each.id: "1/4" for each in flow.outgoing["or1"]}
    with pytest.raises(BadQuantity, match="TF118 or1"):
        simulate(procedure_of(flow), shares=shares, **FACTS)


@pytest.mark.parametrize(("lang", "said"), [("vi", "cổng bao hàm"), ("en", "inclusive gateway")])
def test_what_is_assumed_is_told(lang, said):
    flow = staffed()
    shares = {each.id: "3/4" for each in flow.outgoing["or1"]}
    found = simulate(procedure_of(flow), shares=shares, **FACTS)
    assert any(said in note for note in of_simulation(found, lang)["notes"])
    plain = drawn("s > a > e", Step(id="a", name="A", performer=OFFICER))
    other = simulate(procedure_of(plain), **{**FACTS, "times": {"a": "1 giờ làm việc"}})
    assert not any(said in note for note in of_simulation(other, lang)["notes"])
