"""From which share on a sample after the grant costs less: worked out by hand, then at random."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import BadQuantity
from tthc_flow.measures.sampling import BreakEven, Pays, bearable_harm, break_even

HAND = {
    # Checking before costs 800; after, 1,000. Of 10 one is wrong, at 2,000: 200 a case unseen.
    # p·1000 + (1 − p)·200 < 800  ⇔  p·800 < 600  ⇔  p < 3/4
    "below": ((800, 1000, Fraction(1, 10), 2000, 0), Pays.BELOW, Fraction(3, 4)),
    # The same with 100 a case for the register: p·800 < 500  ⇔  p < 5/8
    "below-with-a-fixed-cost": (
        (800, 1000, Fraction(1, 10), 2000, 100),
        Pays.BELOW,
        Fraction(5, 8),
    ),
    # Unseen 2,000 a case, a check afterwards costs 1,000, one before 1,500:
    # p·1000 + (1 − p)·2000 < 1500  ⇔  500 < p·1000  ⇔  p > 1/2
    "above": ((1500, 1000, Fraction(1, 10), 20_000, 0), Pays.ABOVE, Fraction(1, 2)),
    # Unseen 2,000 a case and checking before costs 2,000 too: p·1000 < p·2000, so any p above 0.
    "above-nothing": ((2000, 1000, Fraction(1, 10), 20_000, 0), Pays.ABOVE, Fraction(0)),
    # Both checks cost 1,000 and 200 a case is unseen: 800·p < 800, so any p below the whole.
    "the-printed-formula-pays": ((1000, 1000, Fraction(1, 10), 2000, 0), Pays.BELOW, Fraction(1)),
    # Both cost 1,000 and 2,000 is unseen: −1000·p < −1000 ⇔ p > 1: none.
    "the-printed-formula-does-not": (
        (1000, 1000, Fraction(1, 10), 20_000, 0),
        Pays.NEVER,
        Fraction(0),
    ),
    # Both cost 1,000 and 1,000 is unseen: 0·p < 0: none.
    "the-printed-formula-at-rest": (
        (1000, 1000, Fraction(1, 10), 10_000, 0),
        Pays.NEVER,
        Fraction(0),
    ),
    # Even inspecting everybody costs 500, and checking before 800.
    "always-as-it-is-cheaper": ((800, 500, 0, None, 0), Pays.ALWAYS, Fraction(1)),
    # Unseen 1,000 = a check afterwards; it costs 1,000 at any share, against 1,200.
    "always-at-any-share": ((1200, 1000, Fraction(1, 10), 10_000, 0), Pays.ALWAYS, Fraction(1)),
    # Unseen 2,000, a check afterwards 1,000: at most 2,000 a case, against 2,500.
    "always-though-harm-is-great": (
        (2500, 1000, Fraction(1, 10), 20_000, 0),
        Pays.ALWAYS,
        Fraction(1),
    ),
    # The register alone costs more than checking.
    "never-as-the-fixed-cost-is-higher": ((800, 1000, 0, None, 900), Pays.NEVER, Fraction(0)),
    # It costs just as much: nothing is left to sample with.
    "never-at-the-fixed-cost": ((800, 1000, 0, None, 800), Pays.NEVER, Fraction(0)),
    # Unseen 800 a case as checking before costs: p·1000 + (1 − p)·800 < 800 ⇔ p < 0.
    "never-as-harm-is-the-cost": ((800, 1000, Fraction(1, 10), 8000, 0), Pays.NEVER, Fraction(0)),
    # Nothing was ever rejected: the harm, unknown, says nothing. 1000·p < 250.
    "nothing-rejected": ((250, 1000, 0, None, 0), Pays.BELOW, Fraction(1, 4)),
    # Neither check costs anything and nothing is unseen.
    "nothing-costs-anything": ((0, 0, 0, None, 0), Pays.NEVER, Fraction(0)),
}


@pytest.mark.parametrize("name", HAND)
def test_the_break_even_share_is_as_worked_out_by_hand(name):
    inputs, pays, share = HAND[name]
    assert break_even(*inputs) == BreakEven(pays=pays, share=share)


@pytest.mark.parametrize("missing", range(5))
def test_an_unknown_input_leaves_it_unknown(missing):
    inputs = [800, 1000, Fraction(1, 10), 2000, 100]
    inputs[missing] = None
    assert break_even(*inputs) is None


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ((-1, 1, 0, 0, 0), "TF102"),
        ((1, -1, 0, 0, 0), "TF102"),
        ((1, 1, Fraction(1, 2), -1, 0), "TF102"),
        ((1, 1, 0, 0, -1), "TF102"),
        ((1, 1, 2, 0, 0), "TF109"),
        ((1, 1, -1, 0, 0), "TF109"),
        (("x", 1, 0, 0, 0), "TF101"),
    ],
)
def test_what_cannot_be_is_refused(inputs, code):
    with pytest.raises(BadQuantity) as error:
        break_even(*inputs)
    assert error.value.code == code


def test_the_bearable_harm_is_as_worked_out_by_hand():
    # 1/5 of all inspected at 1,000: 200. 800 is left for 1/10 · 4/5 = 8/100 unseen: 10,000 each.
    assert bearable_harm(1000, 1000, Fraction(1, 10), Fraction(1, 5)) == 10_000
    assert bearable_harm(1000, 1000, Fraction(1, 10), Fraction(1, 5), 400) == 5_000
    assert bearable_harm(100, 1000, Fraction(1, 10), Fraction(1, 5)) == 0
    assert bearable_harm(1000, 1000, Fraction(1, 10), 1) is None
    assert bearable_harm(1000, 1000, 0, Fraction(1, 5)) is None
    assert bearable_harm(1000, 1000, None, Fraction(1, 5)) is None


AMOUNT = st.integers(0, 20).map(Fraction)
SHARE = st.integers(0, 12).map(lambda n: Fraction(n, 12))


@given(AMOUNT, AMOUNT, SHARE, AMOUNT, AMOUNT, SHARE)
def test_the_side_says_what_the_costs_say(before, after, rejected, harm, fixed, share):
    found = break_even(before, after, rejected, harm, fixed)
    cheaper = share * after + fixed + rejected * (1 - share) * harm < before
    told = {
        Pays.ALWAYS: True,
        Pays.NEVER: False,
        Pays.BELOW: share < found.share,
        Pays.ABOVE: share > found.share,
    }
    assert told[found.pays] is cheaper
    assert 0 <= found.share <= 1


@given(AMOUNT, AMOUNT, SHARE, AMOUNT, AMOUNT, SHARE)
def test_the_bearable_harm_is_where_the_costs_meet(before, after, rejected, harm, fixed, share):
    bearable = bearable_harm(before, after, rejected, share, fixed)
    cost = share * after + fixed + rejected * (1 - share) * harm
    if bearable is None:
        assert rejected * (1 - share) == 0
    elif harm != bearable:
        assert (cost < before) is (harm < bearable)
