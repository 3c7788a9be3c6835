"""A case put away as JSON: small, of constant size, exact, and refused where it does not fit."""

from __future__ import annotations

import json
import random
import time
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import drawn
from tthc_flow.engine.instance import Run
from tthc_flow.engine.values import LONGEST_NUMBER, decode, encode
from tthc_flow.errors import NotRunnable
from tthc_flow.units import Duration, TimeUnit

LOOP = drawn("s > xor0 > receive > check > xor1; xor1 > supplement > xor0; xor1 > e")
AGAIN, ON = (edge.id for edge in LOOP.outgoing["xor1"])

VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.fractions(),
        st.text(),
        st.dates(),
        st.builds(
            Duration,
            amount=st.fractions(min_value=0, max_value=10**6),
            unit=st.sampled_from(TimeUnit),
        ),
    ),
    lambda inner: st.one_of(st.lists(inner).map(tuple), st.frozensets(inner)),
    max_leaves=8,
)


@given(VALUES)
def test_a_value_comes_back_of_the_same_kind(value):
    again = decode(json.loads(json.dumps(encode(value))))
    assert (again, type(again)) == (value, type(value))


@pytest.mark.parametrize("value", [None, {"a": 1}, [1], object()])
def test_what_is_no_value_is_refused_and_named(value):
    with pytest.raises(NotRunnable, match=f"TF407 a value of type {type(value).__name__}"):
        encode(value)


@pytest.mark.parametrize(
    ("value", "fact"),
    [
        (datetime(2026, 3, 2, 8, tzinfo=UTC), "a value of type datetime"),
        ((date(2026, 3, 2), datetime(2026, 3, 2, 8, tzinfo=UTC)), "a value of type datetime"),
        (float("nan"), "nan, which is no number"),
        (float("-inf"), "-inf, which is no number"),
        (-(10**5000), "a number of more than 1000 digits"),
        (Fraction(1, 10**5000), "a number of more than 1000 digits"),
        (Duration(amount=10**5000, unit="hour"), "a time of more than 1000 digits"),
    ],
    ids=["moment", "moment within", "nan", "inf", "long", "long part", "long time"],
)
def test_what_could_not_be_read_back_is_refused_before_it_is_kept(value, fact):
    with pytest.raises(NotRunnable, match=f"TF407 {fact}"):
        encode(value)


def test_a_number_of_as_many_digits_as_can_be_comes_back():
    longest = 10**LONGEST_NUMBER - 1
    for value in (longest, -longest, Fraction(1, longest)):
        assert decode(json.loads(json.dumps(encode(value)))) == value


def test_the_data_of_a_case_keep_their_types():
    run = Run(LOOP, data={"phí": Fraction(1, 3), "ngày": date(2026, 2, 17), "đủ": True})
    again = Run.resumed(LOOP, json.loads(json.dumps(run.state)))
    assert dict(again.data) == {"phí": Fraction(1, 3), "ngày": date(2026, 2, 17), "đủ": True}


def test_five_thousand_supplements_keep_the_state_small_and_the_cost_of_a_round_flat():
    state = Run(LOOP).state
    sizes, seconds = [], []
    for _ in range(10):
        begin = time.process_time()
        for _ in range(500):
            run = Run.resumed(LOOP, state)
            run.complete("receive")
            run.complete("check")
            run.choose("xor1", AGAIN)
            run.complete("supplement")
            state = run.state
        seconds.append(time.process_time() - begin)
        sizes.append(len(json.dumps(state)))
    assert max(sizes) < 1_000
    assert min(seconds[5:]) < 2 * min(seconds[:5])
    run = Run.resumed(LOOP, state)
    run.complete("receive")
    run.complete("check")
    run.choose("xor1", ON)
    assert run.finished


def test_a_state_of_another_flow_or_version_is_refused():
    state = Run(LOOP).state
    with pytest.raises(NotRunnable, match="TF409"):
        Run.resumed(drawn("s > a > e"), state)
    with pytest.raises(NotRunnable, match="TF409"):
        Run.resumed(LOOP, {**state, "version": 99})
    with pytest.raises(NotRunnable, match="TF409"):
        Run.resumed(LOOP, [state])


def parts(value):
    """Yield every list and object in a state, itself first."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        if isinstance(each, dict | list):
            yield from parts(each)


@given(st.integers(0, 2**16))
def test_a_damaged_state_is_refused_with_a_code_or_goes_on(seed):
    rng = random.Random(seed)
    state = json.loads(json.dumps(Run(LOOP, data={"phí": Fraction(1, 3)}).state))
    place = rng.choice([each for each in parts(state) if each])
    key = rng.choice(list(place)) if isinstance(place, dict) else rng.randrange(len(place))
    if rng.random() < 0.5:
        del place[key]
    else:
        place[key] = rng.choice([None, -7, "x", [], {}, [9], 10**9])
    try:
        run = Run.resumed(LOOP, state)
    except NotRunnable as refused:
        assert refused.code in {"TF408", "TF409"}  # noqa: PT017  # either answer is right
    else:
        assert isinstance(run.finished, bool)
