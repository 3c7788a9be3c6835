"""How many people it takes: held against every combination, and against the load."""

from __future__ import annotations

from itertools import product

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import drawn
from licence_office import exponential, steady
from tthc_flow.errors import BadQuantity
from tthc_flow.model.lever import Verdict
from tthc_flow.simulation import staffing
from tthc_flow.simulation.capacity import fewest_people
from tthc_flow.simulation.confidence import Interval
from tthc_flow.simulation.gate import judged
from tthc_flow.simulation.program import Crowd, Limit
from tthc_flow.simulation.run import Settings, run
from tthc_flow.simulation.scenario import Scenario, Stream
from tthc_flow.simulation.shares import share_interval
from tthc_flow.simulation.tally import Length

SHORT = Settings(length=Length(cases=400, warm=40, batches=2), replications=4)


def office(minutes, gap, limit, rates=(), flow="s > a > b > c > e"):
    """Return steps in a row, one role each, with exponential times."""
    steps = [each for each in "abc" if f" {each} " in flow]
    stream = Stream(
        name="one",
        flow=drawn(flow),
        times={step: exponential(mean) for step, mean in zip(steps, minutes, strict=True)},
        who={step: spot for spot, step in enumerate(steps)},
        rate=steady(gap),
        limit=Limit(minutes=limit),
    )
    prices = rates or [float("nan")] * len(steps)
    crowds = tuple(
        Crowd(name=step, people=1, rate=rate) for step, rate in zip(steps, prices, strict=True)
    )
    return Scenario(streams=(stream,), crowds=crowds)


def verdict_of(scenario, people, late):
    """Return whether so many people keep the share, by a run of its own."""
    crowds = zip(scenario.crowds, people, strict=True)
    whole = evolve(scenario, crowds=tuple(evolve(crowd, people=n) for crowd, n in crowds))
    return judged(run(whole, SHORT).cases[0].late, late)


def by_force(scenario, found, late):
    """Return all verdicts of people as cheap as the answer, and cheaper ones."""
    prices = [crowd.rate for crowd in scenario.crowds] if found.priced else [1.0] * len(found.roles)

    def price(people):
        return round(sum(n * each for n, each in zip(people, prices, strict=True)), 6)

    top = price(found.best.people)
    room = [
        range(few, 1 + int((top - price(found.least) + few * each) / each + 1e-9))
        for few, each in zip(found.least, prices, strict=True)
    ]
    every = [people for people in product(*room) if price(people) <= top]
    return {people: (price(people), verdict_of(scenario, people, late)) for people in every}


def held_against_every_combination(scenario, late):
    """Hold the answer against all combinations that cost no more; return it."""
    found = fewest_people(scenario, SHORT, late)
    if found.best is None or not found.proven:
        return found
    every = by_force(scenario, found, late)
    fine = {people: price for people, (price, verdict) in every.items() if verdict is Verdict.PASS}
    lowest = min(fine.values())
    cheapest = {people for people, price in fine.items() if price == lowest}
    assert {each.people for each in (found.best, *found.others)} == cheapest
    maybe = min(price for price, verdict in every.values() if verdict is not Verdict.FAIL)
    assert (found.open is not None) == (maybe < lowest)
    if found.open is not None:
        assert every[found.open.people] == (maybe, Verdict.UNKNOWN)
    return found


@pytest.mark.parametrize("late", [0.05, 0.1, 0.3])
def test_one_role_needs_what_trying_one_after_the_other_finds(late):
    scenario = office((55.0,), 20.0, 250.0, flow="s > a > e")
    found = held_against_every_combination(scenario, late)
    assert found.least == (3,)
    assert found.best.late.most <= late


@pytest.mark.parametrize("late", [0.05, 0.15, 0.4])
def test_no_other_combination_of_two_roles_is_as_cheap(late):
    found = held_against_every_combination(
        office((25.0, 35.0), 18.0, 200.0, flow="s > a > b > e"), late
    )
    assert found.proven


@pytest.mark.parametrize("late", [0.08, 0.25])
def test_where_roles_have_a_price_the_cheapest_is_found_and_not_the_fewest(late):
    plain = office((30.0, 30.0, 12.0), 20.0, 160.0)
    dear = office((30.0, 30.0, 12.0), 20.0, 160.0, rates=(900.0, 300.0, 500.0))
    cheap = held_against_every_combination(dear, late)
    few = held_against_every_combination(plain, late)
    assert (cheap.priced, few.priced) == (True, False)
    assert sum(cheap.best.people) >= sum(few.best.people)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from([8.0, 14.0, 21.0, 33.0]), min_size=3, max_size=3),
    st.sampled_from([12.0, 19.0]),
    st.sampled_from([60.0, 110.0, 240.0]),
    st.sampled_from([0.05, 0.2]),
)
def test_three_roles_are_held_against_all_combinations(minutes, gap, limit, late):
    held_against_every_combination(office(minutes, gap, limit), late)


def test_one_more_of_either_role_is_told_as_two_ways():
    """Two roles that are quite alike: whichever gets the one person more, as few are late."""
    scenario = office((20.0, 20.0), 30.0, 150.0, flow="s > a > b > e")
    found = fewest_people(scenario, SHORT, 0.3)
    assert {each.people for each in (found.best, *found.others)} == {(1, 2), (2, 1)}
    assert {each.people for each in found.fewer} == {(1, 1)}


def test_what_comes_at_given_moments_can_be_done_by_one_in_time():
    """Twice as much comes as one person does, but it comes to an end: in time all is done."""
    stream = office((80.0,), 40.0, 90_000.0, flow="s > a > e").streams[0]
    traced = evolve(stream, rate=None, trace=tuple(range(0, 40 * 400, 40)))
    scenario = Scenario(streams=(traced,), crowds=(Crowd(name="a", people=3),))
    found = fewest_people(scenario, SHORT, 0.2)
    assert (found.exact, found.least) == (False, (1,))
    assert found.best.people == (1,)
    soon = evolve(scenario, streams=(evolve(traced, limit=Limit(minutes=900.0)),))
    held_against_every_combination(soon, 0.2)


def test_where_all_roles_are_unlimited_nobody_is_missing():
    scenario = office((30.0,), 40.0, 500.0, flow="s > a > e")
    free = evolve(scenario, streams=(evolve(scenario.streams[0], who={}),), crowds=())
    found = fewest_people(free, SHORT, 0.05)
    assert (found.roles, found.best.people, found.verdict) == ((), (), Verdict.PASS)


def test_where_a_role_costs_nothing_the_fewest_are_looked_for():
    """Any number of people that cost nothing would be as cheap."""
    scenario = office((55.0,), 20.0, 250.0, flow="s > a > e")
    free = fewest_people(
        evolve(scenario, crowds=(Crowd(name="a", people=1, rate=0.0),)), SHORT, 0.1
    )
    assert free == fewest_people(scenario, SHORT, 0.1)
    assert not free.priced


def test_the_most_that_are_too_few_are_found_by_halving():
    """Twenty people's work begun at one person takes a few simulations, not twenty."""
    scenario = office((400.0,), 20.0, 1_900.0, flow="s > a > e")
    traced = evolve(scenario.streams[0], rate=None, trace=tuple(range(0, 20 * 400, 20)))
    found = held_against_every_combination(evolve(scenario, streams=(traced,)), 0.2)
    assert found.best.people[0] > 12
    assert found.runs < 16


def test_no_number_of_people_makes_work_shorter():
    found = fewest_people(office((30.0,), 40.0, 10.0, flow="s > a > e"), SHORT, 0.05)
    assert (found.best, found.open, found.verdict) == (None, None, Verdict.FAIL)
    assert found.many.late.least > 0.05
    assert found.fewer == ()


def test_that_nobody_is_ever_late_cannot_be_shown():
    found = fewest_people(office((1.0,), 40.0, 500.0, flow="s > a > e"), SHORT, 0.0)
    assert (found.best, found.verdict, found.more) == (None, Verdict.UNKNOWN, None)
    assert found.open.people == (1,)


def test_what_is_not_known_yet_says_how_many_cases_would_tell():
    """About as many cases as are said leave the share out of the interval, one way or the other."""
    scenario = office((30.0,), 45.0, 100.0, flow="s > a > e")
    late = run(scenario, SHORT).cases[0].late
    asked = late.mean + 0.6 * (late.most - late.mean)
    found = fewest_people(scenario, SHORT, asked)
    assert found.verdict is Verdict.UNKNOWN
    assert found.open.people == (1,)
    assert found.more == 3  # (1 / 0.6) ** 2 = 2.8
    assert found.best.people == (2,)
    longer = evolve(SHORT, length=Length(cases=6_000, warm=600, batches=2), replications=8)
    assert fewest_people(scenario, longer, asked).verdict is Verdict.PASS


@pytest.mark.parametrize("hits", [0, 1])
def test_where_none_or_all_are_late_the_exact_interval_says_how_many_cases_would_tell(hits):
    """None of 10 cases: at most 31 %. Of 72 it is 5 %, so that it takes 8 times as many."""
    limit = 0.95 if hits else 0.05

    def late(cases):
        return share_interval([hits * cases / 2] * 2, [cases // 2] * 2, cases)

    scenario = office((30.0,), 45.0, 100.0, flow="s > a > e")
    found = fewest_people(scenario, SHORT, 0.2)
    maybe = evolve(found.many, late=late(10), verdict=judged(late(10), limit))
    assert evolve(found, open=maybe, limit=limit).more == 8
    assert judged(late(70), limit) is Verdict.UNKNOWN
    assert judged(late(80), limit) is not Verdict.UNKNOWN


def by_table(monkeypatch, late_of, waits=(1.0, 2.0)):
    """Let the share late be what *late_of* says of the people of two roles; of eight none waits."""

    def tried(self, people):
        late = Interval(mean=late_of(*people), half=0.01)
        self.known[people] = staffing.Staffing(
            people=people,
            late=late,
            verdict=judged(late, self.limit),
            waits=waits if min(people) < 8 else (0.0, 0.0),
        )
        return self.known[people]

    monkeypatch.setattr(staffing.Staffings, "tried", tried)


def test_where_more_people_make_more_late_it_is_said_and_who_is_next_is_found(monkeypatch):
    """Two of *a* and one of *b* would do, but more of *a* make more late: *b* is blamed."""
    by_table(monkeypatch, lambda a, b: 0.3 if a == 1 else 0.0 if (b > 1 or a == 2) else 0.2)
    found = fewest_people(office((10.0, 10.0), 11.0, 100.0, flow="s > a > b > e"), SHORT, 0.1)
    assert found.best.people == (2, 1)
    assert (found.monotone, found.proven) == (False, False)


def test_a_way_that_costs_as_much_is_found_where_one_for_one_does_not_lead_to_it(monkeypatch):
    """One more of the dear role does what two more of the cheap one do."""
    by_table(monkeypatch, lambda a, b: 0.0 if a >= 2 or b >= 3 else 0.3)
    scenario = office((10.0, 10.0), 11.0, 100.0, rates=(200.0, 100.0), flow="s > a > b > e")
    found = fewest_people(scenario, SHORT, 0.1)
    assert found.proven
    assert [each.people for each in (found.best, *found.others)] == [(2, 1), (1, 3)]


def test_what_is_open_is_found_though_it_lies_far_from_the_answer(monkeypatch):
    """Four of *a* are shown to do; one of *a* and three of *b* might, and they are fewer."""
    by_table(
        monkeypatch, lambda a, b: 0.0 if a >= 4 else 0.105 if b >= 3 else 0.3, waits=(2.0, 1.0)
    )
    found = fewest_people(office((10.0, 10.0), 11.0, 100.0, flow="s > a > b > e"), SHORT, 0.1)
    assert found.best.people == (4, 1)
    assert found.open.people == (1, 3)
    assert found.verdict is Verdict.UNKNOWN


def test_a_search_that_is_broken_off_says_so(monkeypatch):
    monkeypatch.setattr(staffing, "MOST", 4)
    found = fewest_people(office((30.0, 30.0, 12.0), 20.0, 160.0), SHORT, 0.1)
    assert not found.proven
    assert found.best.late.most <= 0.1


def test_two_procedures_are_judged_by_all_their_cases():
    one = office((25.0,), 60.0, 90.0, flow="s > a > e")
    other = evolve(one.streams[0], name="two", limit=Limit(minutes=150.0))
    both = evolve(one, streams=(one.streams[0], other), crowds=(Crowd(name="a", people=2),))
    side = run(both, SHORT)
    shares = [each.late.mean * each.cases for each in side.cases]
    assert side.late.mean == pytest.approx(sum(shares) / sum(each.cases for each in side.cases))
    assert side.late.least < side.late.mean < side.late.most
    assert fewest_people(both, SHORT, 0.1).best.late.most <= 0.1


@pytest.mark.parametrize(("late", "code"), [(1.5, "TF109"), (0.1, "TF154")])
def test_what_cannot_be_asked_is_refused(late, code):
    scenario = office((30.0,), 40.0, 100.0, flow="s > a > e")
    if code == "TF154":
        scenario = evolve(scenario, streams=(evolve(scenario.streams[0], limit=None),))
    with pytest.raises(BadQuantity, match=code):
        fewest_people(scenario, SHORT, late)
