"""`tthc-flow prepare`: explained line by line, guessed only when asked, JSON as published."""

from __future__ import annotations

import pytest

from cli.calling import FLOWS, problems

ODD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="D" targetNamespace="t">
  <process id="P" name="Cấp giấy">
    <startEvent id="s"/>
    <exclusiveGateway id="g" name="Đủ hồ sơ?"/>
    <task id="a" name="Xem"/>
    <adHocSubProcess id="sub" name="Khảo sát"><task id="b"/><task id="c"/></adHocSubProcess>
    <sequenceFlow id="f1" sourceRef="s" targetRef="g"/>
    <sequenceFlow id="f2" name="Đủ" sourceRef="g" targetRef="a"/>
    <sequenceFlow id="f3" name="Thiếu" sourceRef="g" targetRef="sub"/>
  </process>
</definitions>
"""


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "le.bpmn"
    path.write_text(ODD, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.parent.name)
def test_every_shipped_procedure_is_prepared_with_nothing_guessed(path, tthc):
    left = tthc("prepare", path, "--json")
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["runnable"]


def test_a_refused_file_says_why_and_what_would_have_to_be_guessed(odd, tthc):
    left = tthc("prepare", odd)
    assert left.code == 1
    assert "Cấp giấy: chưa chạy được" in left.out
    assert "run-ad-hoc (dòng 7)" in left.out
    assert "repair-ad-hoc-once:sub (dòng 7)" in left.out
    assert "repair-question" not in left.out


def test_explain_tells_every_repair_and_every_reading(odd, tthc):
    left = tthc("prepare", odd, "--explain")
    assert "repair-question:g (dòng 5): “Đủ hồ sơ?” không tự quyết định được" in left.out
    assert "chọn Đủ / Thiếu" in left.out
    assert "repair-end-added:a (dòng 6)" in left.out


@pytest.mark.parametrize("guess", ["all", "repair-ad-hoc-once", "repair-ad-hoc-once:sub"])
def test_a_guess_makes_it_run_and_the_file_is_written(guess, odd, tthc, tmp_path):
    goal = tmp_path / "chay.bpmn"
    left = tthc("prepare", odd, "--guess", guess, "-o", goal, "--json")
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["files"] == {"bpmn": str(goal)}
    assert tthc("run", goal).code == 0
    assert tthc("prepare", goal, "--json").json["runnable"]
    assert odd.read_text("utf-8") == ODD


def test_what_is_left_out_is_told_and_not_done(odd, tthc):
    rows = tthc("prepare", odd, "--without", "repair-end-added:a", "--json").json["processes"]
    (left,) = (each for each in rows[0]["repairs"] if each["id"] == "repair-end-added:a")
    assert (left["certain"], left["applied"]) == (True, False)


def test_english_is_spoken_and_an_unknown_code_is_an_error(odd, tthc):
    rows = tthc("prepare", odd, "--json", "--lang", "en").json["processes"]
    assert any(
        "a person is asked to choose Đủ / Thiếu" in each["message"] for each in rows[0]["repairs"]
    )
    for option in ("--guess", "--without"):
        left = tthc("prepare", odd, option, "nothing")
        assert left.code == 2
        assert "repair-" in left.err
