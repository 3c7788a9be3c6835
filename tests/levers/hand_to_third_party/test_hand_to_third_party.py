"""hand_to_third_party: work of a standard goes out by a message, a certificate comes back."""

from __future__ import annotations

import pytest
from attrs import evolve

from levers.office import (
    AGENCY,
    LAW,
    ONE_STOP,
    arrows,
    case,
    found,
    length,
    papers,
    passed,
    picture,
    step,
    the_one,
    told_by,
    within,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.levers.hand_to_third_party import LEVER, QUALIFIED
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.flow import Event, EventPosition, Trigger
from tthc_flow.model.lever import Verdict
from tthc_flow.model.procedure import Pool
from tthc_flow.model.step import Loop, StepKind, TaskType

MEASURE = step(
    "measure",
    "inspect",
    AGENCY["officer"],
    5,
    name="Đo đạc, lập bản đồ thửa đất",
    writes=papers("Bản đồ"),
    mandatory=False,
)
TRAIN = step(
    "train", "other", AGENCY["officer"], 3, name="Tổ chức tập huấn nghiệp vụ", mandatory=False
)
DOOR = step("door", "receive", ONE_STOP, 0.5)
SIGN = step("sign", "sign", AGENCY["head"], 1, reads=papers("Bản đồ"))
FREE = "public-power=no standard-and-qualified=yes"

FINDS = {
    "measuring": case(DOOR, MEASURE, SIGN, answers=FREE),
    "training": case(DOOR, TRAIN, SIGN, answers=FREE),
    "a-test-of-no-kind": case(
        DOOR,
        evolve(TRAIN, kinds=(), name="Sát hạch lý thuyết"),
        SIGN,
        answers=f"{FREE} step-does-nothing-else=yes",
    ),
    "on-one-branch": picture(
        "s > door > xor1 > measure > xor2 > sign > e; xor1 > xor2",
        DOOR,
        MEASURE,
        SIGN,
        answers=FREE,
    ),
    "inside-a-sub-process": within(
        "s > box > sign > e", "s2 > measure > e2", MEASURE, SIGN, answers=FREE
    ),
    "with-a-pool-drawn": told_by(case(DOOR, MEASURE, SIGN, answers=FREE), "door"),
}
BARRED = {
    "nobody-asked": (case(DOOR, MEASURE, SIGN), "public-power", Verdict.UNKNOWN),
    "public-power": (
        case(DOOR, MEASURE, SIGN, answers="public-power=yes standard-and-qualified=yes"),
        "public-power",
        Verdict.FAIL,
    ),
    "no-standard": (
        case(DOOR, MEASURE, SIGN, answers="public-power=no standard-and-qualified=no"),
        "standard-and-qualified",
        Verdict.FAIL,
    ),
    "it-decides": (
        case(DOOR, evolve(MEASURE, decides=True), SIGN, answers=FREE),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "a-branch-stands-on-it": (
        picture("s > measure > xor1 > sign > e; xor1 > e_no", MEASURE, SIGN, answers=FREE),
        "decides-no-branch",
        Verdict.FAIL,
    ),
    "it-fails-many": (
        case(DOOR, evolve(TRAIN, checked=100, rejected=30), SIGN, answers=FREE),
        "rejects-almost-nothing",
        Verdict.FAIL,
    ),
    "law-names-the-agency": (
        case(DOOR, evolve(MEASURE, legal_basis=LAW), SIGN, answers=FREE),
        "rule-names-the-step",
        Verdict.FAIL,
    ),
    "nobody-knows-the-rule": (
        case(DOOR, evolve(MEASURE, mandatory=None), SIGN, answers=FREE),
        "rule-names-the-step",
        Verdict.UNKNOWN,
    ),
    "two-people-must": (
        case(DOOR, MEASURE, evolve(SIGN, separate_from=frozenset({"measure"})), answers=FREE),
        "no-separate-duty",
        Verdict.FAIL,
    ),
    "its-words-speak-of-a-council": (
        case(DOOR, evolve(TRAIN, kinds=(), name="Sát hạch lý thuyết"), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "its-words-also-appraise": (
        case(
            DOOR,
            evolve(MEASURE, kinds=(StepKind.EXAMINE,), name="Kiểm định xe, thẩm định hồ sơ"),
            SIGN,
            answers=FREE,
        ),
        "does-nothing-else",
        Verdict.UNKNOWN,
    ),
    "the-row-also-examines": (
        case(DOOR, evolve(MEASURE, kinds=(StepKind.INSPECT, StepKind.EXAMINE)), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
    "the-row-also-signs": (
        case(DOOR, evolve(MEASURE, kinds=(StepKind.INSPECT, StepKind.SIGN)), SIGN, answers=FREE),
        "does-nothing-else",
        Verdict.FAIL,
    ),
}
ALONE = {
    "an-office-of-training": case(
        evolve(TRAIN, name="Xem xét đề nghị của Sở Giáo dục và Đào tạo"), SIGN, answers=FREE
    ),
    "a-dossier-about-training": case(
        step("look", "examine", AGENCY["officer"], 2, name="Thẩm định hồ sơ đào tạo lái xe"),
        SIGN,
        answers=FREE,
    ),
    "an-appraisal-that-orders-one-as-well": case(
        step(
            "look",
            "examine",
            AGENCY["officer"],
            2,
            name="Kiểm tra, thẩm định, tổ chức giám định theo quy định",
        ),
        SIGN,
        answers=FREE,
    ),
    "a-site-inspection": case(evolve(MEASURE, name="Kiểm tra thực địa"), SIGN, answers=FREE),
    "a-council": case(
        step("council", "council", AGENCY["officer"], 2, name="Sát hạch tại Hội đồng"),
        SIGN,
        answers=FREE,
    ),
    "a-machine": case(evolve(MEASURE, task=TaskType.SERVICE), SIGN, answers=FREE),
    "repeated-for-each": case(evolve(MEASURE, loop=Loop(multi_instance=True)), SIGN, answers=FREE),
    "handed-over-already": case(
        evolve(MEASURE, performer=Performer(name="Trung tâm đăng kiểm", role=Role.THIRD_PARTY)),
        SIGN,
        answers=FREE,
    ),
}


def test_a_message_goes_out_and_the_certificate_is_received():
    given = FINDS["measuring"]
    candidate = the_one(LEVER, given)
    assert passed(candidate) == [
        "does-nothing-else",
        "decides-no-branch",
        "public-power",
        "standard-and-qualified",
        "rule-names-the-step",
        "no-separate-duty",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "start>door",
        "door>Ask_measure",
        "Ask_measure>measure",
        "measure>sign",
        "sign>end",
    }
    ask, receive = after.flow.by_id["Ask_measure"], after.flow.by_id["measure"]
    assert (ask.position, ask.trigger) == (EventPosition.THROW, Trigger.MESSAGE)
    assert receive.task is TaskType.RECEIVE
    assert receive.name == "Nhận, công nhận kết quả: Đo đạc, lập bản đồ thửa đất"
    own, outside = after.pools
    assert (own.process, outside.process, outside.name) == ("flow", None, QUALIFIED)
    assert [(m.source, m.target) for m in after.messages] == [
        ("Ask_measure", outside.id),
        (outside.id, "measure"),
    ]


@pytest.mark.parametrize("name", FINDS)
def test_every_branch_of_it_still_runs_to_its_end(name):
    given = FINDS[name]
    assert run_every_branch(LEVER.apply(given, the_one(LEVER, given))).completed


def test_the_limit_stays_and_what_people_work_on_it_is_no_longer_known():
    worked = evolve(MEASURE, work=MEASURE.time.duration)
    given = case(DOOR, worked, SIGN, answers=FREE)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert length(given) == length(after) == 6.5
    assert after.flow.by_id["measure"].work is None


def test_a_later_reader_finds_the_certificate_where_it_found_the_result():
    given = FINDS["measuring"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.by_id["measure"].writes == {"Bản đồ"}


def test_every_way_into_the_step_passes_the_message():
    given = picture(
        "s > door > xor1 > measure > sign > e; xor1 > call > measure",
        DOOR,
        MEASURE,
        SIGN,
        answers=FREE,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert [edge.source for edge in after.flow.incoming["measure"]] == ["Ask_measure"]
    assert len(after.flow.incoming["Ask_measure"]) == 2


def test_the_pools_that_are_drawn_are_taken():
    given = FINDS["with-a-pool-drawn"]
    pools = (*given.pools, Pool(id="Out", name=QUALIFIED))
    given = evolve(given, pools=pools)
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.pools == pools
    assert after.messages[0] == given.messages[0]
    assert after.messages[1].target == "Out"


def test_no_officer_works_at_the_message_itself():
    given = FINDS["training"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert len(after.flow.steps) == len(given.flow.steps)
    assert isinstance(after.flow.by_id["Ask_train"], Event)
    assert found(LEVER, after) == ()
