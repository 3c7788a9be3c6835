"""Numbers that go through a file come back as they were, of several columns in one file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.calibration.column import PIECE, Column, Pages

SIZES = st.sampled_from((0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7))


@given(SIZES, SIZES)
def test_columns_of_one_file_do_not_mix(one, other):
    with Pages() as pages:
        floats, whole = Column(pages, "d"), Column(pages, "q")
        for number in range(max(one, other)):
            if number < one:
                floats.append(number / 3)
            if number < other:
                whole.append(-number)
        assert (len(floats), len(whole)) == (one, other)
        assert floats.all().tolist() == [number / 3 for number in range(one)]
        assert whole.all().tolist() == [-number for number in range(other)]


def test_large_whole_numbers_are_kept_to_the_last_digit():
    with Pages() as pages:
        column = Column(pages, "Q")
        for _ in range(PIECE + 1):
            column.append(2**64 - 1)
        assert {int(each) for each in column.all()} == {2**64 - 1}
