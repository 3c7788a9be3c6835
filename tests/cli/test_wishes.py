"""`tthc-flow propose` as it is asked: objective, method, hand-offs, risk, authority, pins."""

from __future__ import annotations

import re

import pytest

import tthc_flow
from cli.calling import PRESS, problems
from cli.test_compare_gates import drawing
from tthc_flow.model.plan import Objective

FLOW = PRESS / "flow.bpmn"
RELAY = "drop_relay:Step_4"


@pytest.fixture
def asked(tthc):
    """Return the record of a proposal asked for with some options, and the exit code."""

    def call(*options):
        left = tthc("propose", FLOW, "-o", "-", "--json", *options)
        assert problems(left.json) == []
        return left.json["plan"], left.code

    return call


def applied(plan):
    return [each["id"] for each in plan["applied"]]


def test_without_options_the_time_comes_first_and_the_record_says_so(asked):
    plan, code = asked()
    assert (code, plan["objective"]) == (0, "time")
    assert plan["targets"] == {
        "time": None, "cost": None, "cost_method": "tt02_2017", "hand_offs": None, "risk": None,
    }  # fmt: skip
    assert plan["wishes"] == {
        "objective": None,
        "authority": ["outside", "unknown", "within"],
        "pinned": [],
        "forbidden": [],
    }
    assert RELAY in applied(plan)


@pytest.mark.parametrize("objective", list(Objective))
def test_every_objective_can_be_asked_for_and_is_named(objective, asked, tthc, tmp_path):
    plan, _ = asked("--objective", objective.value.replace("_", "-"))
    assert plan["objective"] == plan["wishes"]["objective"] == objective.value
    name = objective.value.replace("_", "-")
    for lang, begin in (("vi", "Ưu tiên giảm trước hết: "), ("en", "Made small first: ")):
        out = tthc("propose", FLOW, "--objective", name, "--lang", lang, "-o", tmp_path).out
        line = next(each for each in out.splitlines() if each.startswith(begin))
        assert not re.search(r"[{}_]", line)


def test_a_candidate_stays_out_with_its_reason_kept(asked, tthc, tmp_path):
    plan, _ = asked("--forbid", f"{RELAY}=đang thí điểm = đến tháng 6")
    assert RELAY not in applied(plan)
    reason = "đang thí điểm = đến tháng 6"
    assert plan["wishes"]["forbidden"] == [{"candidate": RELAY, "reason": reason}]
    why = next(each for each in plan["not_chosen"] if each["candidate"] == RELAY)
    assert why["why"] == "forbidden"
    assert why["text"].endswith(f" (lý do: {reason})")
    tthc("propose", FLOW, "--forbid", f"{RELAY}={reason}", "-o", tmp_path, "--require-time-cut", 1)
    told = (tmp_path / "report.md").read_text("utf-8")
    assert f"(lý do: {reason})" in told


def test_a_pinned_candidate_keeps_its_reason_too(asked):
    plan, _ = asked("--pin", f"{RELAY}=đã thống nhất", "--pin", "drop_relay:Step_99")
    assert RELAY in applied(plan)
    assert plan["wishes"]["pinned"] == [
        {"candidate": RELAY, "reason": "đã thống nhất"},
        {"candidate": "drop_relay:Step_99", "reason": ""},
    ]
    assert [each["code"] for each in plan["bounds"]] == ["bound-pin-not-found"]


def test_only_what_the_province_decides_is_chosen_where_that_is_asked(asked):
    every, _ = asked("--authority", "all")
    own, _ = asked("--authority", "province")
    by_id = {each["id"]: each for each in every["applied"]}
    assert set(applied(own)) < set(by_id)
    assert own["wishes"]["authority"] == ["within"]
    assert {each["why"] for each in own["not_chosen"]} == {"other-authority"}


def test_a_risk_budget_reaches_the_plan_exactly(asked):
    plan, _ = asked("--risk-budget", "0,5")
    assert plan["targets"]["risk"] == 0.5
    assert [each["risk"] <= 0.5 for each in plan["frontier"]] == [True] * len(plan["frontier"])


def test_hand_offs_are_a_target_and_a_gate(tthc, tmp_path):
    met = tthc("propose", FLOW, "-o", tmp_path, "--require-hand-offs", 5)
    assert met.code == 0
    assert "Số lần chuyển giao sau cải cách: 5; yêu cầu nhiều nhất 5: đạt." in met.err
    missed = tthc("propose", FLOW, "-o", tmp_path, "--require-hand-offs", 4, "--lang", "en")
    assert missed.code == 1
    assert "Hand-offs afterwards: 5; required at most 4: fail." in missed.err
    assert "The best: 2.25 working days of processing time; 5 hand-offs; the target" in missed.out


def test_hand_offs_that_nobody_can_count_are_not_enough(tthc):
    left = tthc("propose", "-", "-o", "-", "--json", "--require-hand-offs", 50, stdin=drawing(1, 2))
    gate = left.json["gates"][0]
    assert (left.code, gate["passed"], gate["left"]) == (1, False, 0)
    assert gate["sentence"].startswith("Chưa rõ số lần chuyển giao (ít nhất 0)")
    assert left.json["plan"]["reached"] is None
    assert [each["code"] for each in left.json["plan"]["bounds"]] == ["bound-hands-unknown"]


def test_the_cost_is_that_of_the_named_method_in_the_target_and_in_the_gate(tthc):
    left = tthc(
        "propose", FLOW, "-o", "-", "--json",
        "--require-cost-cut", "30%", "--cost-method", "processing-time",
    )  # fmt: skip
    assert left.json["gates"][0]["method"] == "processing_time"
    assert "thời gian giải quyết (ngày × 8 giờ" in left.json["gates"][0]["sentence"]
    assert left.json["plan"]["targets"]["cost_method"] == "processing_time"
    bound = left.json["plan"]["bounds"][0]
    assert bound["code"] == "bound-cost-unknown"
    assert "processing_time" not in bound["text"]
    assert "số hồ sơ" in bound["text"]


@pytest.mark.parametrize(
    "options",
    [
        ("--objective", "speed"),
        ("--cost-method", "guess"),
        ("--require-hand-offs", "-1"),
        ("--risk-budget", "-1"),
        ("--risk-budget", "ít"),
        ("--authority", "ministry"),
        ("--pin", "=vì sao"),
        ("--forbid", " "),
    ],
)
def test_what_means_nothing_is_a_usage_error(options, tthc):
    assert tthc("propose", FLOW, "-o", "-", *options).code == 2


def test_a_folder_takes_none_of_these(tthc):
    assert tthc("propose", PRESS.parent, "--pin", RELAY).code == 2


def test_a_missed_target_is_told_on_the_terminal_with_what_lifting_each_wish_reaches(
    tthc, tmp_path
):
    left = tthc(
        "propose", FLOW, "-o", tmp_path,
        "--require-time-cut", "60%", "--forbid", f"{RELAY}=thí điểm", "--authority", "province",
    )  # fmt: skip
    assert left.code == 1
    told = left.out.partition("Vì sao chưa đạt nhiều hơn:\n")[2]
    assert "Kết quả tốt nhất: thời gian còn 3 ngày làm việc; chưa đạt mục tiêu" in told
    assert "(lý do: thí điểm). Nếu tháo gỡ: thời gian còn 2,75 ngày làm việc" in told
    assert "Không chọn giải pháp thuộc thẩm quyền: ngoài thẩm quyền" in told


def test_what_a_developer_needs_to_write_wishes_stands_at_the_front_door():
    wishes = tthc_flow.Wishes(
        objective=tthc_flow.Objective.HAND_OFFS,
        authority=frozenset({tthc_flow.Authority.WITHIN}),
    )
    targets = tthc_flow.Targets(cost=0.3, cost_method=tthc_flow.CostMethod.PROCESSING_TIME)
    made = tthc_flow.propose(FLOW, targets=targets, wishes=wishes).plan
    assert (made.objective, made.targets) == (tthc_flow.Objective.HAND_OFFS, targets)
