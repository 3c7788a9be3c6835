"""Inclusive gateways: which ways are taken, and whom a join waits for."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from math import sqrt

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import drawn
from licence_office import exponential, steady
from simulate.inclusive_flows import FLOWS, even
from simulate.kernels import BOTH
from simulate.played import Play
from simulate.test_agreement import MORNING, OFFICE, agree
from simulate.test_by_hand import means, office
from tthc_flow.expected.together import shares_of_sets, together
from tthc_flow.model.flow import (
    Event,
    EventPosition,
    Flow,
    SubProcess,
    Trigger,
)
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import Loop, Step
from tthc_flow.proof.soundness import soundness
from tthc_flow.simulation.flatten import flatten
from tthc_flow.simulation.program import Batch, Crowd
from tthc_flow.simulation.scenario import Scenario, Stream, Timed
from tthc_flow.simulation.tally import Length, Metric

SIGMAS = 4.5


def minutes_of(flow: Flow) -> dict[str, int]:
    """Return minutes for each step that are told apart, sums included."""
    return {step.id: 100 + 2**n for n, step in enumerate(flow.steps)}


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize("name", FLOWS)
def test_each_case_goes_as_by_the_rules_of_bpmn(name, run):
    flow = drawn(FLOWS[name])
    assert soundness(flow).verdict is Verdict.PASS
    minutes, cases = minutes_of(flow), 60
    trace = tuple(100_000.0 * n for n in range(cases))
    program = office(flow, minutes, trace=trace, people=20, shares=even(flow))
    tally = run(program, 1, Length(cases=cases, warm=0, batches=2), log=True)
    met: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for visit in tally.log:
        met[visit.case][program.instructions[visit.instruction].node] = (
            visit.ready - trace[visit.case]
        )
    assert len(met) == cases
    assert sum(map(len, met.values())) == len(tally.log)  # nothing is done twice
    for seen in met.values():
        assert Play(flow, minutes, seen.keys()).run() == seen
    assert len({frozenset(seen) for seen in met.values()}) > 1


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize(
    ("shares", "cycle"),
    [(("1", "1"), 40 + 5), (("1", "0"), 10 + 5), (("0", "1"), 40 + 5), (("1/2", "1/2"), 30)],
)
def test_a_join_waits_for_those_that_were_sent(shares, cycle, run):
    flow = drawn(FLOWS["two ways"])
    (a, b) = flow.outgoing["or1"]
    given_ = {a.id: Fraction(shares[0]), b.id: Fraction(shares[1])}
    many = Length(cases=2_000, warm=0)
    times, trace = {"a": 10, "b": 40, "z": 5}, tuple(1000.0 * n for n in range(2_000))
    program = office(flow, times, people=2, shares=given_, trace=trace)
    found = means(run, program, many)
    luck = SIGMAS * 15 / sqrt(2_000) if shares == ("1/2", "1/2") else 1e-9
    assert found[Metric.CYCLE] == pytest.approx(cycle, abs=luck)


@pytest.mark.parametrize("run", BOTH)
@pytest.mark.parametrize("default", [False, True])
def test_sets_of_ways_are_taken_as_often_as_by_their_shares(default, run):
    flow = drawn("s > or1 > a > or2 > z > e; or1 > b > or2; or1 > c > or2")
    ways = dict(zip("abc", flow.outgoing["or1"], strict=True))
    shares = {ways["a"].id: "3/5", ways["b"].id: "1/4", ways["c"].id: "1/2"}
    if default:
        shares |= {ways["c"].id: "1/5"}
        gate = evolve(flow.by_id["or1"], default=ways["c"].id)
        flow = evolve(flow, nodes=tuple(gate if n.id == "or1" else n for n in flow.nodes))
    shares = {each: Fraction(share) for each, share in shares.items()}
    cases = 6_000
    program = office(flow, dict.fromkeys("abcz", 1), shares=shares, people=9,
                     trace=tuple(float(n) for n in range(cases)))  # fmt: skip
    tally = run(program, 1, Length(cases=cases, warm=0), log=True)
    steps: defaultdict[int, str] = defaultdict(str)
    for visit in sorted(tally.log, key=lambda each: each.instruction):
        steps[visit.case] += program.instructions[visit.instruction].node
    seen = Counter("".join(sorted(each))[:-1] for each in steps.values())
    gate = flow.by_id["or1"]
    exact = shares_of_sets(together(shares, gate.default, "or1"))
    for number, share in enumerate(exact, 1):
        name = "".join(way for n, way in enumerate("abc") if number >> n & 1)
        luck = SIGMAS * sqrt(share * (1 - share) * cases)
        assert abs(seen[name] - share * cases) <= luck + 1e-6, name


def busy(name: str, flow: Flow | None = None, **more: object) -> Scenario:
    """Return two teams that have much to do with one of the flows."""
    flow = drawn(FLOWS[name]) if flow is None else flow
    steps = [step.id for step in flow.steps]
    stream = Stream(
        name="p",
        flow=flow,
        times={each: exponential(10) for each in steps},
        who={each: n % 2 for n, each in enumerate(steps)},
        shares=even(flow),
        rate=steady(30),
        **more,
    )
    crowds = tuple(Crowd(name=each, people=3) for each in "AB")
    return Scenario(streams=(stream,), crowds=crowds)


@pytest.mark.parametrize("name", FLOWS)
def test_both_kernels_lead_every_case_the_same_way(name):
    agree(busy(name), Length(cases=1_000, warm=50))


@pytest.mark.parametrize("name", ["parts inside, not joined there", "a way in a way"])
def test_with_ranks_batches_pauses_and_hours(name):
    more = {"levels": {"b": 1}, "batches": {"d": Batch(every=60, size=3)}, "paused": {"c"}}
    scenario = busy(name, **more)
    agree(scenario, Length(cases=1_000, warm=50))
    crowds = tuple(evolve(each, clock=n, people=9) for n, each in enumerate(scenario.crowds))
    agree(
        evolve(scenario, crowds=crowds, clocks=(OFFICE, MORNING), worked=False),
        Length(cases=600, warm=50),
    )


def cut_off() -> Flow:
    """Return a sub-process with a timer around a block, a timer and an error in it, in a loop."""
    border = {"position": EventPosition.BOUNDARY, "attached_to": "sub", "scope": None}
    inner = {"scope": "sub"}
    flow = drawn(
        "s > xor3 > sub > xor4 > e; xor4 > xor3; late > x > xor3; wrong > y > e_wrong;"
        "s_in > or1 > a > or2 > z > e_in; or1 > b > xor2 > or2; slow > w > xor2;"
        "or1 > and1 > c > and2 > or2; and1 > box > and2; oops > v > xor5 > and2;"
        "s_box > d > xor6 > e_box; xor6 > e_error; box > xor5",
        SubProcess(id="sub"),
        Event(id="late", trigger=Trigger.TIMER, **border),
        Event(id="wrong", trigger=Trigger.ERROR, **border),
        SubProcess(id="box", **inner),
        Event(id="oops", position=EventPosition.BOUNDARY, trigger=Trigger.ERROR, attached_to="box",
              **inner),
        Event(id="slow", position=EventPosition.BOUNDARY, trigger=Trigger.TIMER, attached_to="b",
              **inner),
        Event(id="s_box", position=EventPosition.START, scope="box"),
        Event(id="e_box", position=EventPosition.END, scope="box"),
        Event(id="e_error", position=EventPosition.END, trigger=Trigger.ERROR, scope="box"),
        Step(id="a", name="a", loop=Loop(multi_instance=True, times="3")),
    )  # fmt: skip
    outer = {"s", "xor3", "sub", "xor4", "e", "late", "x", "wrong", "y", "e_wrong"}
    deep = {"s_box", "d", "xor6", "e_box", "e_error"}
    edges = tuple(e for e in flow.edges if (e.source, e.target) != ("box", "and2"))
    nodes = tuple(
        n if n.id in outer else evolve(n, scope="box" if n.id in deep else "sub")
        for n in flow.nodes
    )
    return evolve(flow, nodes=nodes, edges=edges)


def test_what_is_cut_off_in_a_block_and_around_it():
    flow = cut_off()
    assert soundness(flow).verdict is Verdict.PASS
    timers = {"late": Timed(minutes=60, clock=-1), "slow": Timed(minutes=8, clock=-1)}
    scenario = busy("", flow, timers=timers)
    agree(scenario)
    nodes = {each.node for each in flatten(scenario).instructions}
    assert {"x", "w", "v"} <= nodes


@settings(max_examples=15, deadline=None)
@given(
    name=st.sampled_from(sorted(FLOWS)),
    people=st.lists(st.integers(1, 3), min_size=2, max_size=2),
    share=st.integers(5, 10),
    seed=st.integers(0, 2**63),
)
def test_any_office_with_inclusive_choices(name, people, share, seed):
    scenario = busy(name)
    (stream,) = scenario.streams
    crowds = tuple(
        evolve(each, people=count) for each, count in zip(scenario.crowds, people, strict=True)
    )
    stream = evolve(stream, shares=even(stream.flow, f"{share}/10"))
    agree(evolve(scenario, streams=(stream,), crowds=crowds), Length(cases=200, warm=10), seed)
