"""`tthc-flow portfolio` as it is typed: what it prints as text, JSON, CSV; how it leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import FLOWS, PRESS, Calls, problems
from cli.test_english import VIETNAMESE
from portfolio.kept import portfolio_of

FOLDER = PRESS.parent


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from portfolio.given import Here
    from tthc_flow.verbs.portfolio import run_portfolio

    place = tmp_path_factory.mktemp("cli") / "ket-qua"
    run_portfolio(FOLDER, place, executor=Here())
    return place


def test_a_run_tells_what_was_done_and_what_was_done_before(tthc: Calls, tmp_path: Path) -> None:
    (tmp_path / "nguon").mkdir()
    (tmp_path / "nguon" / "a.bpmn").write_bytes((PRESS / "flow.bpmn").read_bytes())
    (tmp_path / "nguon" / "b.bpmn").write_bytes(b"<x")
    asked = ("portfolio", "run", tmp_path / "nguon", "-o", tmp_path / "out", "--workers", 1)
    first = tthc(*asked)
    assert first.code == 0
    assert first.out.startswith("2 tệp, trong đó 0 tệp đã xong")
    assert "1 tệp không đọc được" in first.out
    again = tthc(*asked, "--json")
    assert problems(again.json) == []
    assert (again.json["files"], again.json["kept"], again.json["failed"]) == (2, 2, 1)
    assert again.json["rows"]["procedures"] == 2
    moved = tthc(*asked, "--province-from", "folder", "--json")
    assert (moved.json["kept"], moved.json["stale"]) == (0, 1)


def test_a_question_is_printed_as_text_json_and_csv(tthc: Calls, out: Path) -> None:
    question = "SELECT province, steps, roles FROM procedures ORDER BY province"
    assert tthc("portfolio", "ask", out, question).out.splitlines()[0].split() == [
        "province",
        "steps",
        "roles",
    ]
    found = tthc("portfolio", "ask", out, question, "--json").json
    assert problems(found) == []
    assert len(found["rows"]) == 5
    assert found["rows"][1][:2] == ["Cà Mau", 5]
    lines = tthc("portfolio", "ask", out, question, "--csv").out.splitlines()
    assert lines[0] == "province,steps,roles"
    assert len(lines) == 6


def test_a_question_that_is_none_leaves_as_unreadable(tthc: Calls, out: Path) -> None:
    left = tthc("portfolio", "ask", out, "DROP VIEW procedures")
    assert left.code == 3
    assert "TF258" in left.err


def test_twins_are_told_step_by_step(tthc: Calls, out: Path) -> None:
    left = tthc("portfolio", "twins", out, "--source", FOLDER)
    assert left.out.startswith("Cùng mã số – Cấp giấy chứng nhận lưu hành tự do")
    assert "    - Bỏ " in left.out
    found = tthc("portfolio", "twins", out, "--source", FOLDER, "--json").json
    assert problems(found) == []
    assert len(found["groups"][0]["members"]) == 5
    assert len(found["groups"][0]["lighter"]) == 4


def test_few_groups_are_printed_and_the_rest_is_counted(tthc: Calls, tmp_path: Path) -> None:
    rows = [
        {"key": f"{code}-{at}", "code": f"{code}.1", "steps": 1, "hand_offs": 0, "shingles": []}
        for code in range(4)
        for at in range(2)
    ]
    left = tthc("portfolio", "twins", portfolio_of(tmp_path, procedures=rows), "--most", 1)
    assert left.out.count("Cùng mã số") == 1
    assert "và 3 nhóm khác" in left.out


def test_progress_is_printed_as_text_json_and_csv(tthc: Calls, out: Path) -> None:
    left = tthc("portfolio", "progress", out, "--by", "province")
    assert "thời gian theo định mức" in left.out
    assert len(left.out.splitlines()) == 1 + 4 * 5 + 1 + 1 + 5  # head, figures, blank, head, rows
    found = tthc("portfolio", "progress", out, "--json").json
    assert problems(found) == []
    assert found["coverage"][0]["procedures"] == 5
    lines = tthc("portfolio", "progress", out, "--csv").out.splitlines()
    assert len(lines) == 5


def test_an_unfinished_run_is_told(tthc: Calls, tmp_path: Path) -> None:
    out = portfolio_of(tmp_path, procedures=[])
    record = json.loads((out / "portfolio.json").read_text(encoding="utf-8"))
    (out / "portfolio.json").write_text(json.dumps({**record, "state": "running"}), "utf-8")
    left = tthc("portfolio", "progress", out)
    assert left.code == 0
    assert left.err.startswith("Lần chạy trước chưa xong")


def test_english_is_english(tthc: Calls, tmp_path: Path) -> None:
    rows = [{"key": "a", "code": "1.1", "steps": 2, "hand_offs": 1, "shingles": []}]
    rows.append({**rows[0], "key": "b"})
    out = portfolio_of(tmp_path, procedures=rows)
    for verb in ("progress", "twins"):
        left = tthc("portfolio", verb, out, "--lang", "en")
        assert left.code == 0
        assert VIETNAMESE.search(left.out) is None


def test_a_source_that_is_none_leaves_as_unreadable(tthc: Calls, tmp_path: Path) -> None:
    left = tthc("portfolio", "run", tmp_path / "nothing", "-o", tmp_path / "out")
    assert (left.code, "TF201" in left.err) == (3, True)
    left = tthc("portfolio", "run", FLOWS[0], "-o", tmp_path / "out")
    assert (left.code, "TF259" in left.err) == (3, True)
    assert not (tmp_path / "out").exists()


def test_no_workers_are_a_usage_error(tthc: Calls, tmp_path: Path) -> None:
    left = tthc("portfolio", "run", FOLDER, "-o", tmp_path, "--workers", 0)
    assert left.code == 2


def test_spellings_of_one_agency_are_one_group_and_told(tthc: Calls, tmp_path: Path) -> None:
    names = ("Sở Y tế", "Sở Y tế", "SỞ Y TẾ", "Sở Nội vụ")
    rows = [{"key": str(at), "agency": name} for at, name in enumerate(names)]
    out = portfolio_of(tmp_path, procedures=rows)
    told = tthc("portfolio", "progress", out, "--by", "agency")
    assert "“Sở Y tế” gồm cả cách viết “SỞ Y TẾ”." in told.out
    groups = [line.split("  ")[0] for line in told.out.splitlines() if line.startswith("S")]
    assert groups.count("Sở Y tế") == 5  # four figures, and how far they are
    english = tthc("portfolio", "progress", out, "--by", "agency", "--lang", "en").out
    assert "“Sở Y tế” includes the spelling “SỞ Y TẾ”." in english
    record = tthc("portfolio", "progress", out, "--by", "agency", "--json").json
    assert problems(record) == []
    assert record["spellings"] == {"SỞ Y TẾ": "Sở Y tế"}
    assert tthc("portfolio", "progress", out, "--json").json["spellings"] == {}


def test_another_source_is_refused_and_what_is_gone_is_named(tthc: Calls, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.bpmn").write_bytes((PRESS / "flow.bpmn").read_bytes())
    rows = [
        {"key": f"{name}.bpmn", "file": f"{name}.bpmn", "code": "1.1", "steps": 1, "hand_offs": 0,
         "shingles": [1]}
        for name in "abc"
    ]  # fmt: skip
    out, other = portfolio_of(tmp_path / "out", procedures=rows), tmp_path / "khac"
    other.mkdir()
    (other / "x.bpmn").write_bytes((PRESS / "flow.bpmn").read_bytes())
    left = tthc("portfolio", "twins", out, "--source", other)
    assert left.code == 3
    assert "TF260" in left.err
    assert "(không có tệp nào trong 3 tệp" in left.err
    english = tthc("portfolio", "twins", out, "--source", other, "--lang", "en").err
    assert "it has none of the 3 files of procedures that are alike, such as a.bpmn" in english
    (tmp_path / "c.bpmn").unlink()
    told = tthc("portfolio", "twins", out, "--source", tmp_path)
    assert "Không so sánh được 1 tệp" in told.out
    assert ": c.bpmn" in told.out
    record = tthc("portfolio", "twins", out, "--source", tmp_path, "--json").json
    assert problems(record) == []
    assert record["absent"] == ["c.bpmn"]


def test_numbers_of_an_answer_have_the_mark_of_the_language_but_not_in_csv(
    tthc: Calls, out: Path
) -> None:
    question = "SELECT -0.125 AS a, 1000 AS b, true AS c, NULL AS d, '1.5' AS e"
    row = tthc("portfolio", "ask", out, question).out.splitlines()[1]
    assert row.split() == ["−0,125", "1000", "có", "1.5"]
    english = tthc("portfolio", "ask", out, question, "--lang", "en").out.splitlines()[1]
    assert english.split() == ["−0.125", "1000", "yes", "1.5"]
    assert (
        tthc("portfolio", "ask", out, question, "--csv").out.splitlines()[1].startswith("-0.125,")
    )


def test_no_line_of_help_is_cut_off(tthc: Calls) -> None:
    for group in ("portfolio", "engine"):
        told = tthc(group, "--help").out
        assert told
        assert "..." not in told.partition("Lệnh:")[2]
