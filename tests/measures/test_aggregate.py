"""Published figures, re-computed: cuts, pooled sums, means, percentage points."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tthc_flow.errors import BadQuantity
from tthc_flow.measures.aggregate import (
    Printed,
    cut,
    lower_middle,
    mean,
    points,
    pooled,
    printed_as,
    weighted,
)
from tthc_flow.units import Convention, Duration, TimeUnit


@pytest.mark.parametrize(
    ("before", "after", "saved", "printed", "how"),
    [
        # T2, dantri 20251225091944331: Hà Nội, tỷ đồng.
        (2306, 654, 1652, "71,64", Printed.ROUNDED),
        # T3: 671 → 263 tỷ.
        (671, 263, 408, "60,8", Printed.ROUNDED),
        # T4 and item bxd-2016-da896, baomoi 20959192: the article prints 192 tỷ saved.
        ("393.4", 201, "192.4", "48,91", Printed.ROUNDED),
        # T6, T7, vnexpress 5000416: Gia Lai, days.
        (242, 60, 182, "75,2", Printed.ROUNDED),
        (145, 38, 107, "73,8", Printed.ROUNDED),
        # T9, news.daisan.vn: days.
        (242, 118, 124, "51,2", Printed.ROUNDED),
        (145, 60, 85, "58,6", Printed.ROUNDED),
    ],
)
def test_published_cuts(before, after, saved, printed, how):
    share = cut(before, after)
    assert share == Fraction(saved) / Fraction(before)
    assert printed_as(share, printed) is how


@pytest.mark.parametrize(
    ("part", "whole", "printed", "how"),
    [
        (407, 461, "88,2", Printed.TRUNCATED),  # T10, news.laodong.vn 1498042
        (407, 461, "88,3", Printed.ROUNDED),
        (4377, 6358, "68,8", Printed.ROUNDED),  # T13, CĐ 69/CĐ-TTg
        (2371, 6974, "33,9", Printed.TRUNCATED),  # T14, CĐ 242/CĐ-TTg
        (2371, 6974, "34,0", Printed.ROUNDED),
        (2371, 6974, "35", Printed.NEITHER),
    ],
)
def test_published_shares_rounded_or_cut_off(part, whole, printed, how):
    assert printed_as(Fraction(part, whole), printed) is how


def test_a_pooled_cut_of_days_and_of_cost():
    # T5, SGGP 798453: 1,197 days are 29.2 %, 3,600 tỷ are 29.1 %; the bases follow from it.
    days = pooled([(3000, 3000 - 900), (1099, 1099 - 297)])
    assert (days.share, days.count) == (Fraction(1197, 4099), 2)
    assert printed_as(days.share, "29,2") is Printed.ROUNDED
    assert printed_as(pooled([(12371, 12371 - 3600)]).share, "29,1") is Printed.ROUNDED


def test_over_the_target_is_told_in_points():
    # T8, thanhnien 185251230122923659: mean cut 55.15 % against the target of 30 %.
    assert points("0.5515", "0.30") == Fraction("25.15")


def test_the_mean_by_role_is_no_mean_of_the_roles():
    # T10: the printed mean 43.86 is of procedures; the eight roles' plain mean is another figure.
    roles = ("43.02", "47.57", "54.38", "52.49", "32.08", "51.91", "56.19", "39.95")
    plain = mean([(100, 100 - Fraction(each)) for each in roles]).share
    assert printed_as(plain, "47,2") is Printed.ROUNDED
    assert printed_as(plain, "43,86") is Printed.NEITHER


def test_three_days_to_three_hours_needs_the_hours_of_a_day():
    # T11, vietnamnet 2477587.
    convention = Convention.named("bare-day-is-working-day")
    before = convention.minutes(Duration(amount=3, unit=TimeUnit.DAY))
    after = convention.minutes(Duration(amount=3, unit=TimeUnit.HOUR))
    assert cut(before, after) == Fraction("0.875")
    assert printed_as(cut(3 * 24, 3), "95,8") is Printed.ROUNDED


def test_25_bare_days_to_17_and_a_half_working_days_is_30_or_2_per_cent():
    after = Duration(amount="17.5", unit=TimeUnit.WORKING_DAY)
    before = Duration(amount=25, unit=TimeUnit.DAY)
    cuts = []
    for name in ("bare-day-is-working-day", "bare-day-is-calendar-day"):
        convention = Convention.named(name)
        cuts.append(cut(convention.minutes(before), convention.minutes(after)))
    assert cuts == [Fraction("0.3"), Fraction("0.02")]


def test_the_three_aggregates_differ_on_the_same_pairs():
    pairs = [(10, 5), (90, 90)]
    shares = [pooled(pairs).share, mean(pairs).share, weighted(pairs, [3, 1]).share]
    assert shares == [Fraction(1, 20), Fraction(1, 4), Fraction(3, 8)]


def test_nothing_before_is_no_cut():
    assert cut(0, 0) is None
    assert mean([(0, 0)]).share is None
    assert pooled([]).share is None


def test_a_weight_short_is_an_error():
    with pytest.raises(BadQuantity, match="TF105"):
        weighted([(10, 5), (90, 90)], [1])


@pytest.mark.parametrize(("figures", "middle"), [([3, 1, 2], 2), ([4, 1, 3, 2], 2), ([], None)])
def test_of_differing_sources_the_lower_middle_counts(figures, middle):
    assert lower_middle(figures) == middle
