"""merge_handling: what one person does in a row becomes one task; two people stay two."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    ONE_STOP,
    PROVINCIAL,
    arrows,
    case,
    days,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    told_by,
    way,
    within,
)
from tthc_flow.levers.merge_handling import LEVER
from tthc_flow.model.lever import Verdict
from tthc_flow.model.step import FieldKind, FormField, Loop, StepKind, TaskType
from tthc_flow.units import Duration, TimeUnit

EXAMINE = step("examine", "examine", AGENCY["officer"], 3)
RECEIVE = step("receive", "receive", ONE_STOP, "0.25", name="Tiếp nhận hồ sơ")
SEND = step("send", "transfer", ONE_STOP, "0.25", name="Chuyển hồ sơ")
STAMP = step("stamp", "number_and_stamp", AGENCY["clerk"], "0.5", legal_basis=PROVINCIAL)
FORWARD = step("forward", "transfer", AGENCY["clerk"], "0.25")
DEPUTY = evolve(AGENCY["head"], name="Phó Giám đốc Sở")
DIRECTOR = evolve(AGENCY["head"], name="Giám đốc Sở")
REVIEW = step("review", "review", DIRECTOR, "0.5")
SIGN = step("sign", "sign", DIRECTOR, "0.5")

FINDS = {
    "receive-and-send": case(RECEIVE, SEND, EXAMINE),
    "stamp-and-forward": case(EXAMINE, STAMP, FORWARD),
    "review-and-sign-by-one-person": case(EXAMINE, REVIEW, SIGN),
    "in-an-arm-and-in-a-loop": picture(
        "s > xor1 > receive > send > xor2 > and1 > stamp > forward > and2 > e; "
        "xor2 > xor1; and1 > examine > and2",
        RECEIVE,
        SEND,
        STAMP,
        FORWARD,
        EXAMINE,
    ),
    "in-a-sub-process": within(
        "s > examine > box > e", "s2 > stamp > forward > e2", EXAMINE, STAMP, FORWARD
    ),
}
BARRED = {
    "must-be-two-people": (
        case(EXAMINE, evolve(REVIEW, separate_from=papers("sign")), SIGN),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "the-first-decides": (
        case(EXAMINE, evolve(STAMP, decides=True), FORWARD),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "the-first-refuses": (
        case(evolve(RECEIVE, checked=100, rejected=20), SEND, EXAMINE),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
}
ALONE = {
    "deputy-reviews-head-signs": case(EXAMINE, evolve(REVIEW, performer=DEPUTY), SIGN),
    "two-offices": case(EXAMINE, STAMP, evolve(FORWARD, performer=ONE_STOP)),
    "nobody-known": case(EXAMINE, evolve(STAMP, performer=None), evolve(FORWARD, performer=None)),
    "long-steps": case(evolve(RECEIVE, time=days(1)), evolve(SEND, time=days(1)), EXAMINE),
    "different-units": case(RECEIVE, evolve(SEND, time=days(2, TimeUnit.WORKING_HOUR)), EXAMINE),
    "examining-is-no-handling": case(
        EXAMINE, evolve(STAMP, performer=AGENCY["officer"], kinds=(StepKind.EXAMINE,))
    ),
    "a-machine-between": case(EXAMINE, evolve(STAMP, task=TaskType.SERVICE), FORWARD),
    "a-gateway-between": picture(
        "s > receive > xor1 > send > examine > e; xor1 > e_no", RECEIVE, SEND, EXAMINE
    ),
    "two-arms": picture("s > and1 > stamp > and2 > e; and1 > forward > and2", STAMP, FORWARD),
}


def test_two_quarter_days_are_one_half_day_task():
    given = FINDS["receive-and-send"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("receive", "send")
    assert passed(candidate) == ["same-answerable-body", "no-separate-duty", "decides-no-branch"]
    after = LEVER.apply(given, candidate)
    assert way(after) == ["start", "receive", "examine", "end"]
    merged = after.flow.by_id["receive"]
    assert merged.name == "Tiếp nhận hồ sơ; Chuyển hồ sơ"
    assert merged.kinds == (StepKind.RECEIVE, StepKind.TRANSFER)
    assert merged.time.duration == Duration(amount="0.5", unit="working_day")


def test_no_time_is_saved_and_none_invented():
    given = FINDS["stamp-and-forward"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert float(length(given)) == float(length(after)) == 3 + 0.5 + 0.25


def test_one_unknown_time_makes_the_sum_unknown():
    untimed = case(evolve(RECEIVE, time=days(None)), evolve(SEND, time=days(None)), EXAMINE)
    after = LEVER.apply(untimed, the_one(LEVER, untimed))
    assert after.flow.by_id["receive"].time.duration is None


def test_the_task_keeps_what_each_row_read_wrote_did_and_rests_on():
    work = Duration(amount=1, unit="working_hour")
    one = evolve(STAMP, reads=papers("A"), writes=papers("B"), work=work, result="Số văn bản")
    two = evolve(FORWARD, reads=papers("C"), writes=papers(), work=work, documentation="Chuyển VP")
    given = case(EXAMINE, one, two)
    merged = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["stamp"]
    assert (merged.reads, merged.writes) == (papers("A", "C"), papers("B"))
    assert merged.work == Duration(amount=2, unit="working_hour")
    assert (merged.result, merged.documentation) == ("Số văn bản", "Chuyển VP")
    assert merged.legal_basis == PROVINCIAL


def test_unknown_work_of_one_row_is_unknown_work_of_all():
    given = case(EXAMINE, evolve(STAMP, work=Duration(amount=1, unit="working_hour")), FORWARD)
    assert LEVER.apply(given, the_one(LEVER, given)).flow.by_id["stamp"].work is None


def test_a_message_of_a_later_row_is_sent_by_the_task():
    given = told_by(FINDS["receive-and-send"], "send")
    after = LEVER.apply(given, the_one(LEVER, given))
    assert [(m.source, m.target) for m in after.messages] == [("receive", "Pool_1")]


def test_the_last_row_may_decide():
    given = picture(
        "s > stamp > forward > xor1 > examine > e; xor1 > e_no", STAMP, FORWARD, EXAMINE
    )
    candidate = the_one(LEVER, given)
    assert candidate.verdict is Verdict.PASS
    assert "stamp>xor1" in set(arrows(LEVER.apply(given, candidate)))


NUMBER = FormField(name="số văn bản", required=True)
PAGES = FormField(name="số trang", kind=FieldKind.NUMBER)


def test_the_task_asks_for_what_the_forms_of_all_rows_ask_for_each_field_once():
    one, two = evolve(STAMP, fields=(NUMBER,)), evolve(FORWARD, fields=(NUMBER, PAGES))
    given = case(EXAMINE, one, two)
    merged = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["stamp"]
    assert merged.fields == (NUMBER, PAGES)
    empty = case(EXAMINE, evolve(one, fields=()), evolve(two, fields=()))
    assert LEVER.apply(empty, the_one(LEVER, empty)).flow.by_id["stamp"].fields == ()


def test_rows_with_the_same_groups_beside_the_performer_keep_them():
    groups = {"candidates": ("Văn thư", "Một cửa")}
    given = case(
        EXAMINE, evolve(STAMP, **groups), evolve(FORWARD, candidates=("Một cửa", "Văn thư"))
    )
    merged = LEVER.apply(given, the_one(LEVER, given)).flow.by_id["stamp"]
    assert merged.candidates == groups["candidates"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"fields": (NUMBER,)}, {}),  # without a form any data may be given
        ({"fields": (NUMBER,)}, {"fields": (evolve(NUMBER, required=False),)}),
        ({"candidates": ("Văn thư",)}, {}),
        ({"candidates": ("Văn thư",)}, {"candidates": ("Một cửa",)}),
        ({"function": "cấp_số"}, {}),
        ({"task": TaskType.CALL, "calls": "Q"}, {}),
        ({"task": TaskType.CALL}, {}),
        ({"loop": Loop(multi_instance=True, times="2")}, {}),
        ({"start_quantity": 2}, {}),
        ({"completion_quantity": 2}, {}),
        ({"task": TaskType.RECEIVE, "instantiates": True}, {}),
    ],
)
def test_rows_that_are_run_otherwise_than_one_task_could_be_are_left_alone(first, second):
    for one, two in ((first, second), (second, first)):
        assert found(LEVER, case(EXAMINE, evolve(STAMP, **one), evolve(FORWARD, **two))) == ()
    assert found(LEVER, case(EXAMINE, STAMP, FORWARD)) != ()
