"""How often kind, role and level are read as the hand-given labels say.

How this is measured, and what part was seen when: docs/decisions/0004-words-classification.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from words.labelled import Case, cases

KIND = Fraction(94, 100)
ROLE = LEVEL = Fraction(95, 100)


def share(found: Sequence[Case], right: Callable[[Case], bool]) -> Fraction:
    return Fraction(sum(right(case) for case in found), len(found))


@pytest.fixture(scope="module")
def labelled(shared):
    return tuple(cases(shared / "data" / "procedures"))


@pytest.fixture(scope="module")
def unread(shared):
    return tuple(cases(shared / "data" / "procedures_extra"))


def test_all_labelled_steps_are_counted(labelled):
    assert len(labelled) == 342


def test_the_main_kind_is_among_the_labels_of_94_in_100_steps(labelled):
    assert share(labelled, lambda case: case.kind_right) >= KIND


def test_the_main_kind_is_the_first_label_of_92_in_100_steps(labelled):
    first = share(labelled, lambda case: case.said_kinds[:1] == case.kinds[:1])
    assert first >= Fraction(92, 100)


def test_the_kinds_are_exactly_the_labels_of_87_in_100_steps(labelled):
    assert share(labelled, lambda case: set(case.said_kinds) == set(case.kinds)) >= Fraction(
        87, 100
    )


def test_the_role_is_the_label_of_95_in_100_steps(labelled):
    assert share(labelled, lambda case: case.said_role == case.role) >= ROLE


def test_the_levels_are_the_label_of_95_in_100_steps(labelled):
    assert share(labelled, lambda case: case.said_levels == case.levels) >= LEVEL


def test_no_single_document_carries_the_figure(labelled):
    for document in {case.document for case in labelled}:
        others = [case for case in labelled if case.document != document]
        assert share(others, lambda case: case.kind_right) >= KIND, document


def test_the_procedures_whose_labels_nobody_read_agree_too(unread):
    assert share(unread, lambda case: case.kind_right) >= Fraction(93, 100)
    assert share(unread, lambda case: case.said_role == case.role) >= ROLE
    assert share(unread, lambda case: case.said_levels == case.levels) >= LEVEL
