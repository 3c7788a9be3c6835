"""`tthc-flow decide`: decisions are a file beside the drawing, and a later version obeys them."""

from __future__ import annotations

import shutil

import pytest
import yaml

from cli.calling import PRESS, problems


@pytest.fixture
def flow(tmp_path):
    path = tmp_path / "cfs.bpmn"
    shutil.copyfile(PRESS / "flow.bpmn", path)
    return path


def kept(flow) -> list[dict]:
    return yaml.safe_load(flow.with_suffix(".decisions.yaml").read_text("utf-8"))["decisions"]


def test_a_decision_is_kept_beside_the_file_with_what_it_was_about(tthc, flow):
    asked = ("--reject", "drop_relay:Step_4", "--reason", "Cần sổ theo dõi", "--by", "Lê Hoa")
    left = tthc("decide", flow, *asked)
    assert left.code == 0
    assert "Bác" in left.out
    assert "Cần sổ theo dõi" in left.out
    [one] = kept(flow)
    assert (one["lever"], one["decision"], one["by"]) == ("drop_relay", "reject", "Lê Hoa")
    assert one["steps"][0]["id"] == "Step_4"
    assert len(one["steps"][0]["fingerprint"]) == 16


def test_a_later_decision_on_the_same_candidate_takes_its_place(tthc, flow):
    tthc("decide", flow, "--reject", "drop_relay:Step_4", "--reason", "x")
    left = tthc("decide", flow, "--accept", "drop_relay:Step_4", "--json")
    assert problems(left.json) == []
    assert [each["decision"] for each in left.json["decisions"]] == ["accept"]
    assert [each["decision"] for each in kept(flow)] == ["accept"]


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (("--accept", "drop_relay:Step_99"), 3, "TF131"),
        (("--reject", "drop_relay:Step_4"), 3, "TF132"),
        (("--edit", "drop_relay:Step_4", "--set", "share=0.2"), 3, "TF133"),
        (("--edit", "drop_relay:Step_4"), 2, "--set"),
        (("--edit", "drop_relay:Step_4", "--set", "share"), 2, "TÊN=GIÁ_TRỊ"),
        ((), 2, "--accept"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(tthc, flow, asked, code, words):
    left = tthc("decide", flow, *asked)
    assert left.code == code, left.err
    assert words in left.err
    assert not flow.with_suffix(".decisions.yaml").exists()


def test_a_file_that_is_none_of_decisions_is_left_as_it_is(tthc, flow):
    other = flow.with_suffix(".decisions.yaml")
    other.write_text("a: 1\n")
    left = tthc("decide", flow, "--accept", "drop_relay:Step_4")
    assert left.code == 3
    assert "TF238" in left.err
    assert other.read_text() == "a: 1\n"


def test_a_later_proposal_obeys_what_was_decided(tthc, flow, tmp_path):
    asked = ("propose", flow, "-o", tmp_path / "out", "--json")
    before = tthc(*asked).json
    assert "drop_relay:Step_4" in {each["id"] for each in before["plan"]["applied"]}
    tthc("decide", flow, "--reject", "drop_relay:Step_4", "--reason", "Cần sổ theo dõi")
    after = tthc(*asked).json
    assert problems(after) == []
    assert "drop_relay:Step_4" not in {each["id"] for each in after["plan"]["applied"]}
    told = {each["candidate"]: each["why"] for each in after["plan"]["not_chosen"]}
    assert told["drop_relay:Step_4"] == "forbidden"


def test_a_decision_about_work_that_has_changed_is_told_and_not_obeyed(tthc, flow, tmp_path):
    tthc("decide", flow, "--reject", "assign_by_rule:Step_2", "--reason", "x")
    text = flow.read_text("utf-8").replace("Giao người thụ lý", "Lãnh đạo giao người thụ lý")
    flow.write_text(text, "utf-8")
    told = tthc("propose", flow, "-o", tmp_path / "out", "--json").json
    assert "ruling-stale" in {each["code"] for each in told["findings"]}
    assert "forbidden" not in {each["why"] for each in told["plan"]["not_chosen"]}
