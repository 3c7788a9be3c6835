"""A licence office to simulate: 15 tasks, 4 choices, 2 of them loops, 3 opinions side by side.

Eight roles with 17 people, office hours of the shipped calendar: the shape that simulators were
measured with. Every number is made up.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from by_hand import drawn
from tthc_flow.calendars.calendar import Calendar
from tthc_flow.model.chance import Chance, Spread
from tthc_flow.model.flow import Flow
from tthc_flow.simulation.clock import Rate, clock_of
from tthc_flow.simulation.program import Crowd, Limit, Wait
from tthc_flow.simulation.scenario import Scenario, Stream

PICTURE = """
s > receive > xor_m1 > check > xor1; xor1 > supplement > xor_m1; xor1 > assign > examine > and1;
and1 > opinion_a > and2; and1 > opinion_b > and2; and1 > inspect > and2; and2 > xor_m2 > draft;
draft > xor2; xor2 > refusal > xor_m3; xor2 > licence > xor_m3; xor_m3 > review > xor3;
xor3 > xor_m2; xor3 > xor4; xor4 > vet > xor_m4; xor4 > xor_m4; xor_m4 > sign > stamp > e
"""
SHARES = {
    ("xor1", "supplement"): "0.15",
    ("xor1", "assign"): "0.85",
    ("xor2", "refusal"): "0.1",
    ("xor2", "licence"): "0.9",
    ("xor3", "xor_m2"): "0.12",
    ("xor3", "xor4"): "0.88",
    ("xor4", "vet"): "0.7",
    ("xor4", "xor_m4"): "0.3",
}
ROLES = (
    ("one-stop shop", 3), ("division head", 2), ("officer", 5), ("department A", 2),
    ("department B", 2), ("office head", 1), ("chairperson", 1), ("clerical office", 1),
)  # fmt: skip
MINUTES = {
    "receive": (15, 0), "check": (20, 0), "assign": (10, 1), "examine": (60, 2),
    "opinion_a": (60, 3), "opinion_b": (80, 4), "inspect": (90, 2), "draft": (45, 2),
    "refusal": (30, 2), "licence": (20, 2), "review": (20, 1), "vet": (25, 5), "sign": (15, 6),
    "stamp": (10, 7),
}  # fmt: skip
EACH = 60
"""Minutes of office time between two arrivals, in the mean."""


def exponential(mean: float) -> Chance:
    """Return times without memory."""
    return Chance(spread=Spread.EXPONENTIAL, mean=mean)


def steady(gap: float) -> Rate:
    """Return arrivals each *gap* minutes in the mean, at any time."""
    return Rate(times=(0.0,), gaps=(float(gap),), counts=(0.0,), period=float(gap), total=1.0)


def shares_of(flow: Flow, shares: dict[tuple[str, str], str]) -> dict[str, Fraction]:
    """Return *shares* by the ids of the arrows."""
    return {
        edge.id: Fraction(shares[edge.source, edge.target])
        for edge in flow.edges
        if (edge.source, edge.target) in shares
    }


def licence_office(*, calendar: bool = True) -> Scenario:
    """Return the office, ready to run."""
    flow = drawn(PICTURE)
    stream = Stream(
        name="licence",
        flow=flow,
        times={step: exponential(mean) for step, (mean, _) in MINUTES.items()}
        | {"supplement": exponential(2400)},
        who={step: pool for step, (_, pool) in MINUTES.items()},
        waits={"supplement": Wait.APPLICANT},
        paused=frozenset({"supplement"}),
        shares=shares_of(flow, SHARES),
        rate=steady(EACH),
        limit=Limit(days=5),
    )
    crowds = tuple(Crowd(name=name, people=people) for name, people in ROLES)
    clocks = (clock_of(Calendar.load(2026)),) if calendar else ()
    return Scenario(streams=(stream,), crowds=crowds, clocks=clocks)


def each_with_own_hours(scenario: Scenario) -> Scenario:
    """Return *scenario* counted in all minutes: every pool has the office's hours as its own."""
    clock = scenario.clocks[0]
    (stream,) = scenario.streams
    opens = [w / EACH for w in clock.before]
    rate = Rate(
        times=clock.opens,
        gaps=tuple(float(EACH) for _ in opens),
        counts=tuple(opens),
        period=clock.period,
        total=clock.total / EACH,
    )
    return evolve(
        scenario,
        worked=False,
        crowds=tuple(evolve(each, clock=0) for each in scenario.crowds),
        streams=(evolve(stream, rate=rate, clock_of={"supplement": 0}),),
    )
