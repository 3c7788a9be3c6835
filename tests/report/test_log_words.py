"""Figures of a log in words: what is not bounded is said to be so."""

from __future__ import annotations

from math import inf

import pytest

from tthc_flow.calibration.intervals import Interval
from tthc_flow.report.log_words import interval_words, of_interval


@pytest.mark.parametrize(
    ("low", "high", "vi", "en"),
    [
        (1, 3, "2,5 (1 – 3) phút", "2.5 (1 to 3) min"),
        (1, inf, "2,5 (từ 1 trở lên) phút", "2.5 (no less than 1) min"),
        (-inf, 3, "2,5 (không quá 3) phút", "2.5 (no more than 3) min"),
        (-inf, inf, "2,5 (quá ít để biết sai số) phút", "2.5 (too few to tell how sure) min"),
        (0, inf, "2,5 (quá ít để biết sai số) phút", "2.5 (too few to tell how sure) min"),
    ],
)
def test_an_end_that_is_not_known_is_not_printed(low, high, vi, en):
    found = Interval(value=2.5, low=low, high=high, method="mover")
    assert interval_words(found, "vi") == vi
    assert interval_words(found, "en") == en
    record = of_interval(found)
    assert (record["low"], record["high"]) == tuple(
        None if abs(each) == inf else each for each in (low, high)
    )
