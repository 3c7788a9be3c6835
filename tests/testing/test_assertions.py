"""What a test says about a dossier: it holds, or the failure tells what waits and what happened."""

# ruff: noqa: DTZ001 - a moment without a zone is Vietnamese time: that is tested too

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from testing.small import ENDS, LICENCE, bpmn
from tthc_flow.errors import NotRunnable
from tthc_flow.model.flow import Outcome
from tthc_flow.testing import (
    Desk,
    completed_with,
    is_due,
    never_waited_at,
    passed,
    waits_at,
)


@pytest.fixture
def desk():
    """Return a desk whose dossier was supplemented once and is examined again."""
    with Desk(LICENCE.encode()) as desk:
        desk.start({"loại": "mới"})
        desk.do("Thẩm định hồ sơ", {"phí": 1})
        desk.choose("Đủ?", "Không đủ")
        desk.do("Bổ sung hồ sơ", by="chị Hoa")
        yield desk


TOLD = """
  status:   running
  waits at: work 'Thẩm định hồ sơ' (check)
  history:
      0  2026-03-02 08:00  start, by người nộp hồ sơ: s > back
      1  2026-03-02 08:00  complete 'Thẩm định hồ sơ' (check), by cán bộ: check
      2  2026-03-02 08:00  choose 'Đủ?' (full), by cán bộ: full
      3  2026-03-02 08:00  complete 'Bổ sung hồ sơ' (more), by chị Hoa: more > back"""


def failure(act) -> str:
    with pytest.raises(AssertionError) as told:
        act()
    return str(told.value)


def test_what_holds_is_silent(desk):
    waits_at(desk, "Thẩm định hồ sơ")
    waits_at(desk, "check")
    waits_at(desk.dossier, "check")
    passed(desk)
    passed(desk, "Nộp hồ sơ", "Thẩm định hồ sơ", "more", "back")
    never_waited_at(desk, "Ký duyệt", "sorry", "late")
    is_due(desk, None)
    is_due(desk, datetime(2026, 3, 4, 17), at="check")
    is_due(desk, datetime(2026, 3, 4, 10, tzinfo=UTC), at="Thẩm định hồ sơ")
    desk.do("check")
    desk.choose("full", "yes")
    desk.do("sign")
    waits_at(desk)
    completed_with(desk)
    completed_with(desk, data={"phí": 1}, outcome="grant")
    completed_with(desk, outcome=Outcome.GRANT, status="completed")


@pytest.mark.parametrize(
    ("act", "fact"),
    [
        (lambda desk: waits_at(desk, "Ký duyệt"), "the dossier does not wait at 'Ký duyệt'"),
        (waits_at, "the dossier does not wait at nothing"),
        (
            lambda desk: waits_at(desk, "check", "sign"),
            "the dossier does not wait at 'check', 'sign'",
        ),
        (lambda desk: never_waited_at(desk, "sign", "Bổ sung hồ sơ"), "the dossier came to 'Bổ "),
        (lambda desk: never_waited_at(desk, "Đủ?"), "the dossier came to 'Đủ?'"),
        (lambda desk: never_waited_at(desk, "back"), "the dossier came to 'back'"),
        (lambda desk: passed(desk, "Ký duyệt"), "the dossier did not pass 'Ký duyệt'"),
        (
            lambda desk: passed(desk, "more", "check"),
            "the dossier did not pass 'check' after 'more'",
        ),
        (lambda desk: is_due(desk, datetime(2026, 3, 4)), "the dossier has no due date, not 2026-"),
        (
            lambda desk: is_due(desk, datetime(2026, 3, 4, 17, 0, 1), at="check"),
            "'check' is due 2026-03-04 17:00, not 2026-03-04 17:00:01",
        ),
        (
            lambda desk: is_due(desk, None, at="check"),
            "'check' is due 2026-03-04 17:00, not without one",
        ),
        (lambda desk: is_due(desk, None, at="sign"), "nothing waits at 'sign'"),
        (completed_with, "the dossier is running, not completed"),
        (
            lambda desk: completed_with(desk, status="running", data={"phí": 2}),
            "'phí' is 1, not 2",
        ),
        (
            lambda desk: completed_with(desk, status="running", data={"lệ phí": 2}),
            "the data have no 'lệ phí'; they are 'loại': 'mới', 'phí': 1",
        ),
        (
            lambda desk: completed_with(desk, status="running", outcome="grant"),
            "the dossier ended without an outcome, not with grant",
        ),
    ],
)
def test_a_failure_tells_the_fact_what_waits_and_what_happened(desk, act, fact):
    told = failure(lambda: act(desk))
    assert told.startswith(f"HS-1: {fact}")
    assert told.partition("\n")[2] == TOLD[1:]


def test_a_failure_about_a_dossier_without_its_desk_tells_what_waits(desk):
    assert failure(lambda: waits_at(desk.dossier, "Ký duyệt")) == (
        "HS-1: the dossier does not wait at 'Ký duyệt'\n"
        "  status:   running\n"
        "  waits at: work 'Thẩm định hồ sơ' (check)"
    )


def test_a_failure_tells_what_could_not_be_done_by_itself():
    nodes = ENDS + '<serviceTask id="fee" name="Tính phí"/>'
    with Desk(bpmn(nodes, "s > fee > e"), functions={"fee": lambda data: data["giá"]}) as desk:
        desk.start()
        told = failure(lambda: completed_with(desk))
    assert "\n  not done: function at fee: KeyError: 'giá'\n" in told


def test_a_long_history_is_cut_at_its_beginning(desk):
    for _ in range(15):
        desk.do("check")
        desk.choose("full", "no")
        desk.do("more")
    lines = failure(lambda: waits_at(desk)).splitlines()
    assert lines[4] == "    (19 earlier steps)"
    assert (lines[5][:8].split(), len(lines)) == (["19"], 35)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: waits_at(desk, "Tham dinh ho so"),
        lambda desk: never_waited_at(desk, "Tham dinh ho so"),
        lambda desk: passed(desk, "Tham dinh ho so"),
        lambda desk: is_due(desk, None, at="Tham dinh ho so"),
    ],
)
def test_a_misspelt_name_is_an_error_with_what_comes_closest(desk, act):
    with pytest.raises(NotRunnable) as told:
        act(desk)
    assert str(told.value) == (
        "TF423 P: the procedure has nothing that is called 'Tham dinh ho so'\n"
        "  → did you mean 'Thẩm định hồ sơ'?"
    )


def test_nothing_is_no_name_even_where_nodes_have_none(desk):
    for act in (waits_at, never_waited_at, passed):
        with pytest.raises(NotRunnable, match=r"TF423 .* called ''"):
            act(desk, "")


def test_an_outcome_that_there_is_not_is_an_error(desk):
    with pytest.raises(NotRunnable, match=r"TF423 no outcome is called 'granted'\n  → .*grant, re"):
        completed_with(desk, status="running", outcome="granted")


def test_the_outcome_is_that_of_the_end_or_else_of_the_last_way_that_says_one():
    with Desk(LICENCE.encode()) as desk:
        desk.start()
        desk.report("late")
        desk.do("sorry")
        completed_with(desk, outcome="refuse")
        assert "ended with refuse, not with grant" in failure(
            lambda: completed_with(desk, outcome="grant")
        )
    marks = '<extensionElements><tthc:flow outcome="{}"/></extensionElements></sequenceFlow>'
    file = bpmn(ENDS + '<userTask id="a"/>', "s > a > e").decode()
    for number, outcome in ((1, "supplement"), (2, "withdraw")):
        flow = f'<sequenceFlow id="f{number}" '
        head, _, rest = file.partition(flow)
        one, _, more = rest.partition("/>")
        file = f"{head}{flow}{one}>{marks.format(outcome)}{more}"
    with Desk(file.encode()) as desk:
        desk.start()
        desk.do("a")
        completed_with(desk, outcome="withdraw")


def test_a_step_that_still_waits_or_was_interrupted_was_waited_at():
    with Desk(LICENCE.encode()) as desk:
        desk.start()
        for _ in range(2):
            assert "came to 'check'" in failure(lambda: never_waited_at(desk, "check"))
            with pytest.raises(AssertionError):
                passed(desk, "check")
            if desk.dossier.step_no == 0:
                desk.report("late")


def test_the_traceback_of_a_failure_ends_in_the_test(desk):
    try:
        waits_at(desk)
    except AssertionError as error:
        hidden, trace = [], error.__traceback__
        while trace is not None:
            hidden.append("__tracebackhide__" in trace.tb_frame.f_locals)
            trace = trace.tb_next
    assert hidden == [False, True, True]
