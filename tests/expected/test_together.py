"""Which ways of an inclusive choice go together, and the time of what is done at once by it."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import log

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from expected.drawn import drawn, takes
from expected.models import sets_of
from tthc_flow.errors import BadQuantity
from tthc_flow.expected.expectation import Asked, expectation
from tthc_flow.expected.known import Barrier, Given, Need, What, Why
from tthc_flow.expected.shares import known_shares
from tthc_flow.expected.together import shares_of_sets, together
from tthc_flow.model.flow import Gateway, GatewayKind, SequenceFlow
from tthc_flow.model.measured import Taken
from tthc_flow.model.procedure import Procedure

SHARE = st.fractions(0, 1, max_denominator=40)
ODDS = st.fractions(Fraction(1, 20), 20, max_denominator=20)


def found(shares: dict[str, Fraction], default: str | None = None) -> dict[frozenset[str], float]:
    """Return the share of each set of ways that happens."""
    ways = list(shares)
    return {
        frozenset(way for n, way in enumerate(ways) if number >> n & 1): share
        for number, share in enumerate(shares_of_sets(together(shares, default, "or")), 1)
        if share > 1e-12
    }


def of(**shares: str) -> dict[str, Fraction]:
    return {way: Fraction(share) for way, share in shares.items()}


@pytest.mark.parametrize(
    ("shares", "default", "sets"),
    [
        (of(a="1/4", b="3/4"), None, {"a": 1 / 4, "b": 3 / 4}),
        (of(a="1", b="1"), None, {"ab": 1}),
        (of(a="1", b="1/3"), None, {"a": 2 / 3, "ab": 1 / 3}),
        (of(a="3/4", b="1/2"), None, {"a": 1 / 2, "b": 1 / 4, "ab": 1 / 4}),
        (of(a="2/3", b="2/3"), None, {"a": 1 / 3, "b": 1 / 3, "ab": 1 / 3}),
        (of(a="1/2", b="1/2", c="1"), None, {"c": 1 / 4, "ac": 1 / 4, "bc": 1 / 4, "abc": 1 / 4}),
        (of(d="1/4", a="1/2", b="1/2"), "d", {"d": 1 / 4, "a": 1 / 4, "b": 1 / 4, "ab": 1 / 4}),
        (of(a="1/2", d="1/2", b="1/4"), "d", {"a": 1 / 4, "d": 1 / 2, "ab": 1 / 4}),
        (of(d="1", a="0", b="0"), "d", {"d": 1}),
        (of(d="0", a="1", b="0"), "d", {"a": 1}),
    ],
)
def test_known_sets(shares, default, sets):
    wanted = {frozenset(ways): share for ways, share in sets.items()}
    assert found(shares, default) == pytest.approx(wanted, abs=1e-12)


@given(odds=st.lists(ODDS, min_size=2, max_size=6))
def test_shares_of_ways_that_do_not_know_of_each_other_tell_their_sets(odds):
    by_way = {str(n): each for n, each in enumerate(odds)}
    weights = sets_of(by_way)
    whole = sum(weight for _, weight in weights)
    shares = {way: sum(w for s, w in weights if way in s) / whole for way in by_way}
    wanted = {frozenset(ways): float(weight / whole) for ways, weight in weights}
    seen = found(shares)
    for ways, share in wanted.items():
        assert seen.get(ways, 0.0) == pytest.approx(share, rel=1e-6, abs=1e-9)


@given(shares=st.lists(SHARE, min_size=2, max_size=7), default=st.booleans())
def test_each_way_is_taken_as_often_as_stated_and_one_at_least(shares, default):
    by_way = {str(n): each for n, each in enumerate(shares)}
    alone = shares[0] if default else Fraction(0)
    others = shares[1:] if default else shares
    assume(sum(shares) >= 1 and max(others) + alone <= 1)
    sets = found(by_way, "0" if default else None)
    assert sum(sets.values()) == pytest.approx(1, abs=1e-9)
    for way, share in by_way.items():
        assert sum(s for w, s in sets.items() if way in w) == pytest.approx(share, abs=1e-9)
    if default:
        assert all(len(ways) == 1 for ways in sets if "0" in ways)


@pytest.mark.parametrize(
    ("shares", "default"),
    [
        (of(a="1/2", b="2/5"), None),
        (of(a="0", b="0"), None),
        (of(d="1/2", a="3/4", b="1/4"), "d"),
        (of(d="1/10", a="1"), "d"),
        (of(d="1/2", a="1/4", b="1/8"), "d"),
    ],
)
def test_shares_by_which_no_way_may_be_taken_or_the_default_beside_others_are_refused(
    shares, default
):
    with pytest.raises(BadQuantity, match="TF118") as error:
        together(shares, default, "or1")
    assert error.value.place == "or1"


def test_counts_are_of_those_that_came():
    edges = [
        SequenceFlow(id=way, source="o", target=way, taken=Taken(taken=count, of=10))
        for way, count in (("a", 8), ("b", 6))
    ]
    assert known_shares(edges, {}, several=True) == {"a": Fraction(4, 5), "b": Fraction(3, 5)}


def looked_at(flow, given_: Given):
    return expectation(Procedure(flow=flow), Asked(given=given_))


def test_a_share_that_lacks_is_asked_for():
    flow = drawn("s oa a ob e", "oa b ob", oaa="3/4")
    assert looked_at(flow, takes(s=0, a=1, b=2, e=0)).needs == (Need("oab", What.SHARE),)


def test_contradicting_shares_are_refused_whoever_asks():
    flow = drawn("s oa a ob e", "oa b ob", oaa="1/4", oab="1/4")
    with pytest.raises(BadQuantity, match="TF118 oa"):
        looked_at(flow, takes(s=0, a=1, b=2, e=0))
    none = drawn("s oa a ob e", "oa b ob", oaa="0", oab="0")
    with pytest.raises(BadQuantity, match="oaa=0, oab=0"):
        looked_at(none, takes(s=0, a=1, b=2, e=0))


@pytest.mark.parametrize("known", [{}, {"oaa": "3/4"}, {"oab": "3/4"}])
def test_a_block_is_one_though_shares_lack(known):
    flow = drawn("s oa a xa d ob e", "oa b ob", "xa c ob", xac="1", xad="0", **known)
    found_ = looked_at(flow, takes(s=0, a=1, b=2, c=1, d=1, e=0))
    assert found_.needs
    assert found_.barriers == ()
    loose = drawn("s oa a xa ob e", "oa b ob", "xa c e2", **known)
    found_ = looked_at(loose, takes(s=0, a=1, b=2, c=1, e=0, e2=0))
    assert found_.barriers == (Barrier("ob", Why.LOOSE_JOIN),)


@pytest.mark.parametrize(
    ("rows", "shares", "minutes", "mean"),
    [
        ((), {"oaa": "3/4", "oab": "1/2"}, {"a": 10, "b": 20}, 15),
        ((), {"oaa": "1", "oab": "1"}, {"a": 10, "b": 20}, 20),
        ((), {"oaa": "1/2", "oab": "1/2"}, {"a": 10, "b": 20}, 15),
        (("oa c ob",), {"oaa": "1/2", "oab": "1/2", "oac": "1"},
         {"a": 10, "b": 20, "c": 15}, 17.5),
        (("oa ob",), {"oaa": "1/2", "oab": "1/2", "oaob": "1"}, {"a": 10, "b": 20}, 12.5),
    ],
)  # fmt: skip
def test_fixed_times_by_hand(rows, shares, minutes, mean):
    flow = drawn("s oa a ob e", "oa b ob", *rows, **shares)
    times = looked_at(flow, takes(s=0, e=0, **minutes)).times
    assert times.mean == pytest.approx(mean)


def test_exponential_times_by_the_formula_of_their_maximum():
    names, share = "abc", Fraction(1, 2)
    flow = drawn("s oa a ob e", "oa b ob", "oa c ob", oaa=share, oab=share, oac="1")
    rates = {"a": 1 / 60, "b": 1 / 90, "c": 1 / 30}
    times = looked_at(flow, takes(s=0, e=0, a="60", b="90", c="30")).times

    def longest(ways: tuple[str, ...]) -> float:
        return sum(
            (-1) ** (size + 1) / sum(rates[each] for each in some)
            for size in range(1, len(ways) + 1)
            for some in combinations(ways, size)
        )

    sets = [("c", *some) for size in range(3) for some in combinations(names[:2], size)]
    assert times.mean == pytest.approx(sum(map(longest, sets)) / 4, rel=1e-4)


def test_a_choice_of_one_way_by_its_shares_is_one():
    flow = drawn("s oa a ob e", "oa b ob", oaa="1/2", oab="1/2")
    times = looked_at(flow, takes(s=0, e=0, a="60", b="60")).times
    assert times.p50 == pytest.approx(60 * log(2), rel=1e-3)
    assert times.deviation == pytest.approx(60)


def test_the_default_way_is_taken_alone():
    gate = Gateway(id="oa", kind=GatewayKind.INCLUSIVE, default="oad")
    flow = drawn(
        "s oa a ob e", "oa b ob", "oa d ob", nodes=(gate,), oaa="1/2", oab="1/2", oad="1/4"
    )
    times = looked_at(flow, takes(s=0, e=0, a=10, b=20, d=100)).times
    assert times.mean == pytest.approx((100 + 10 + 20 + 20) / 4)
    other = evolve(
        flow, nodes=tuple(evolve(n, default=None) if n is gate else n for n in flow.nodes)
    )
    assert looked_at(other, takes(s=0, e=0, a=10, b=20, d=100)).times.mean != times.mean


def test_blocks_in_blocks_and_ways_of_their_own():
    """A choice inside a way, and one whose ways go to the join of the split around it."""
    flow = drawn("s oa xa c xb ob e", "xa d xb", "oa b ob",
                 oaxa="1/2", oab="1", xac="1/4", xad="3/4")  # fmt: skip
    times = looked_at(flow, takes(s=0, e=0, b=50, c=10, d=100)).times
    assert times.mean == pytest.approx(50 / 2 + (50 / 4 + 100 * 3 / 4) / 2)
    mixed = drawn("s pa oa c ob e", "oa d ob", "pa b ob", oac="3/4", oad="1/2")
    times = looked_at(mixed, takes(s=0, e=0, b=50, c=10, d=100)).times
    assert times.mean == pytest.approx(50 / 2 + 100 / 2)


def test_where_branches_end_apart_the_last_of_them_is_the_end():
    flow = drawn("s oa a e1", "oa b e2", oaa="3/4", oab="1/2")
    assert looked_at(flow, takes(s=0, a=1, b=2, e1=0, e2=0)).times.mean == pytest.approx(1.5)


def test_a_join_that_closes_no_block_is_named():
    flow = drawn("s oa a xa ob e", "oa b ob", "xa c e2", oaa="1", oab="1", xaob="1/2", xac="1/2")
    found_ = looked_at(flow, takes(s=0, a=1, b=2, c=1, e=0, e2=0))
    assert found_.barriers == (Barrier("ob", Why.LOOSE_JOIN),)
