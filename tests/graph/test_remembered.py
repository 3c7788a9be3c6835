"""Remembered answers: by identity, and not for ever."""

from __future__ import annotations

import gc
import weakref

from attrs import evolve

from by_hand import chain
from tthc_flow.graph.remembered import KEPT, remembered, remembered_with
from tthc_flow.graph.view import view


class Asked:
    pass


def test_the_same_flow_has_the_same_view_and_an_equal_one_its_own():
    flow = chain("1 ngày")
    assert view(flow) is view(flow)
    assert view(evolve(flow)) is not view(flow)
    assert view(evolve(flow)) == view(flow)


def test_only_the_last_few_answers_are_kept_and_nothing_they_are_about_for_ever():
    count = remembered(lambda asked: [asked])
    first = Asked()
    gone = weakref.ref(first)
    answer = count(first)
    for _ in range(KEPT - 1):
        count(Asked())
    assert count(first) is answer
    del answer, first
    for _ in range(2 * KEPT):
        count(Asked())
    gc.collect()
    assert gone() is None


def test_an_error_is_raised_each_time():
    asked = []

    @remembered
    def refuse(about):
        asked.append(about)
        raise ValueError

    for _ in range(2):
        try:
            refuse("x")
        except ValueError:
            continue
    assert asked == ["x", "x"]


def test_an_answer_about_two_values_is_that_of_these_two_in_this_order():
    asked = []

    @remembered_with
    def pair(one, other):
        asked.append((one, other))
        return [one, other]

    one, other, third = Asked(), Asked(), Asked()
    for _ in range(2):
        assert pair(one, other) == [one, other]
        assert pair(other, one) == [other, one]
        assert pair(one, third) == [one, third]
    assert asked == [(one, other), (other, one), (one, third)]


def test_only_the_last_few_answers_about_two_values_are_kept():
    pair = remembered_with(lambda one, other: [one, other])
    first, beside = Asked(), Asked()
    gone = weakref.ref(first)
    answer = pair(first, beside)
    for _ in range(KEPT - 1):
        pair(Asked(), beside)
    assert pair(first, beside) is answer
    del answer, first
    for _ in range(2 * KEPT):
        pair(Asked(), beside)
    gc.collect()
    assert gone() is None


def test_what_is_asked_in_turns_is_kept_as_if_it_were_asked_anew():
    count = remembered(lambda asked: [asked])
    one, other = Asked(), Asked()
    answers = count(one), count(other)
    for _ in range(2):
        assert (count(one), count(one), count(other)) == (answers[0], answers[0], answers[1])
        assert (count(one) is answers[0], count(other) is answers[1]) == (True, True)


def test_an_answer_may_be_about_three_values():
    three = remembered_with(lambda one, two, last: [one, two, last])
    one, two, last = Asked(), Asked(), Asked()
    assert three(one, two, last) is three(one, two, last)
    assert three(one, last, two) == [one, last, two]
