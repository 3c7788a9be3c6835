"""`tthc-flow propose` of a folder: what to abolish, what to merge, and a row for each procedure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import PRESS, problems
from tthc_flow.errors import BadQuantity, UnreadableInput, UnsoundFlow
from tthc_flow.verbs.folder import gathered
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.propose_folder import propose_folder

NAMES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:tthc-flow:bpmn:1"'
ANSWERS = """format: tthc-flow-answers/1
answers:
- {question: same-person-work-moment, reply: 'yes', source: CV 1/SNV}
- {question: same-offices, reply: 'yes', source: CV 1/SNV}
- {question: results-differ, reply: 'no', source: CV 1/SNV}
"""


def drawing(name: str, *titles: str, end: bool = True, agency: str = "Sở Nội vụ") -> bytes:
    """Return a chain of steps of one agency; without its *end* it is not sound."""
    ids = ["s", *(f"t{n}" for n in range(len(titles))), *(["e"] if end else [])]
    steps = "".join(
        f'<userTask id="t{n}" name="{title}" t:time="1 ngày làm việc"/>'
        for n, title in enumerate(titles)
    )
    ways = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{ids[n]}" targetRef="{ids[n + 1]}"/>'
        for n in range(len(ids) - 1)
    )
    loop = "" if end else f'<sequenceFlow id="back" sourceRef="{ids[-1]}" targetRef="t0"/>'
    facts = f'<extensionElements><t:procedure agency="{agency}"/></extensionElements>'
    ending = '<endEvent id="e"/>' if end else ""
    body = f'{facts}<startEvent id="s"/>{steps}{ending}{ways}{loop}'
    process = f'<process id="P" name="{name}">{body}</process>'
    return f"<definitions {NAMES}>{process}</definitions>".encode()


ROW = ("Tiếp nhận hồ sơ", "Thẩm định hồ sơ", "Xem xét dự thảo", "Ký duyệt", "Trả kết quả")


def four(where: Path) -> Path:
    """Write two near-identical procedures, one of another agency, one not sound; return *where*."""
    (where / "so").mkdir()
    for path, given in {
        "cap.bpmn": drawing("Cấp giấy phép", *ROW),
        "so/cap-lai.bpmn": drawing("Cấp lại giấy phép", *ROW[:4], "Vào sổ", ROW[4]),
        "so/khac.bpmn": drawing("Cấp giấy phép", *ROW, agency="Sở Tài chính"),
        "vong.bpmn": drawing("Đăng ký", *ROW, end=False),
    }.items():
        (where / path).write_bytes(given)
    return where


@pytest.fixture
def folder(tmp_path):
    return four(tmp_path)


def test_every_drawing_is_a_member_under_its_path(folder):
    (folder / "so" / "ghi-chu.txt").write_text("không phải sơ đồ", encoding="utf-8")
    found = gathered(folder)
    assert [each.key for each in found.members] == [
        "cap.bpmn",
        "so/cap-lai.bpmn",
        "so/khac.bpmn",
        "vong.bpmn",
    ]
    assert found.members[1].place == str(folder / "so" / "cap-lai.bpmn")
    assert found.members[1].procedure.name == "Cấp lại giấy phép"


def test_each_process_with_steps_is_a_member_and_the_largest_has_the_path_alone(tmp_path):
    two = (
        f'<definitions {NAMES}><process id="P"><task id="a"/></process>'
        '<process id="Q"><task id="b"/><task id="c"/></process><process id="R"/></definitions>'
    )
    (tmp_path / "a.bpmn").write_text(two, encoding="utf-8")
    members = gathered(tmp_path).members
    keys = [(each.key, each.procedure.flow.id) for each in members]
    assert keys == [("a.bpmn", "Q"), ("a.bpmn#P", "P")]


def test_each_process_of_a_file_has_a_row_of_its_own(tmp_path):
    whole = (PRESS / "flow.bpmn").read_text("utf-8")
    other = (
        '<process xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Q"><startEvent id="q1"/>'
        '<task id="q2" name="Ký"/><endEvent id="q3"/><sequenceFlow id="q4" sourceRef="q1" '
        'targetRef="q2"/><sequenceFlow id="q5" sourceRef="q2" targetRef="q3"/></process>'
    )
    mark = "<bpmndi:BPMNDiagram"
    (tmp_path / "sl.bpmn").write_text(whole.replace(mark, other + mark, 1), encoding="utf-8")
    rows = {each.member.key: each for each in propose_folder(tmp_path).summaries}
    assert rows["sl.bpmn"].applied != ()
    assert (rows["sl.bpmn#Q"].refused, rows["sl.bpmn#Q"].applied) == (None, ())


def test_decisions_beside_a_drawing_count(tthc, tmp_path):
    source = tmp_path / "sl.bpmn"
    source.write_bytes((PRESS / "flow.bpmn").read_bytes())
    (before,) = propose_folder(tmp_path).summaries
    out = before.applied[0]
    assert tthc("decide", source, "--reject", out, "--reason", "Chưa đủ người").code == 0
    (after,) = propose_folder(tmp_path).summaries
    assert out not in after.applied
    assert out in dict(after.verdicts)


def test_answers_beside_a_drawing_count(folder):
    for path in ("cap", "so/cap-lai"):
        (folder / f"{path}.answers.yaml").write_text(ANSWERS, encoding="utf-8")
    (candidate,) = propose_folder(folder).candidates
    assert candidate.targets == ("cap.bpmn", "so/cap-lai.bpmn")
    assert {each.verdict.value for each in candidate.preconditions} == {"pass"}


def test_each_row_is_what_propose_says_of_that_file_alone(folder):
    (folder / "sl.bpmn").write_bytes((PRESS / "flow.bpmn").read_bytes())
    rows = {each.member.key: each for each in propose_folder(folder).summaries}
    alone = propose(folder / "sl.bpmn")
    row = rows["sl.bpmn"]
    assert row.cut == alone.comparison.time_cut
    assert row.cut is not None
    assert row.applied == tuple(each.id for each in alone.plan.applied)
    told = {each.candidate.id: each.candidate.verdict for each in alone.plan.offers}
    assert {id_: verdict for id_, verdict in row.verdicts if id_ in told} == told


def test_a_drawing_that_is_not_sound_keeps_its_row_and_stops_no_other(folder):
    rows = {each.member.key: each for each in propose_folder(folder).summaries}
    assert isinstance(rows["vong.bpmn"].refused, UnsoundFlow)
    assert [key for key, row in rows.items() if row.refused is None] == [
        "cap.bpmn",
        "so/cap-lai.bpmn",
        "so/khac.bpmn",
    ]


def test_a_file_that_cannot_be_read_is_named(folder):
    (folder / "hong.bpmn").write_bytes(b"<definitions")
    with pytest.raises(UnreadableInput, match=r"hong\.bpmn"):
        gathered(folder)


@pytest.mark.parametrize("name", ["trong", "khong-co"])
def test_a_folder_without_a_drawing_is_an_error_with_its_code(tmp_path, name):
    (tmp_path / "trong").mkdir()
    with pytest.raises(UnreadableInput, match="TF233"):
        gathered(tmp_path / name)


def test_fewer_than_two_years_are_refused(folder):
    with pytest.raises(BadQuantity, match="TF114"):
        propose_folder(folder, years=1)


def test_the_table_tells_what_to_merge_what_to_ask_and_each_procedure(tthc, folder):
    left = tthc("propose", folder)
    assert left.code == 0
    lines = left.out.splitlines()
    assert lines[0] == (
        "Gộp thủ tục cùng một công việc: “Cấp giấy phép” (cap.bpmn); "
        "“Cấp lại giấy phép” (so/cap-lai.bpmn) – cần dữ liệu"
    )
    assert any("(hỏi: Sở Tư pháp)" in line for line in lines)
    assert [line.split()[0] for line in lines[-5:]] == [
        "Thủ",
        "cap.bpmn",
        "so/cap-lai.bpmn",
        "so/khac.bpmn",
        "vong.bpmn",
    ]
    assert "TF310" in lines[-1]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_record_is_as_the_schema_says(tthc, folder, lang):
    left = tthc("propose", folder, "--json", "--lang", lang, "--years", 3)
    assert problems(left.json) == []
    assert left.json["command"] == "propose_folder"
    assert [each["lever"] for each in left.json["candidates"]] == ["merge_procedures"]
    assert [bool(each["refused"]) for each in left.json["members"]] == [False, False, False, True]


def test_nothing_is_written(tthc, folder, monkeypatch):
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    tthc("propose", folder)
    assert sorted(folder.rglob("*")) == before


def test_nothing_found_is_said(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing("Cấp giấy phép", *ROW))
    left = tthc("propose", tmp_path)
    assert "Chưa thấy thủ tục nào có thể bãi bỏ hoặc gộp với thủ tục khác." in left.out


@pytest.mark.parametrize("given", [("--process", "P"), ("--require-time-cut", "30%"), ("-o", "-")])
def test_options_of_a_single_file_are_refused_for_a_folder(tthc, folder, given):
    left = tthc("propose", folder, *given)
    assert left.code == 2
    assert given[0] in left.err


def test_years_are_refused_for_a_single_file(tthc, folder):
    left = tthc("propose", folder / "cap.bpmn", "--years", 3, "--json")
    assert left.code == 2
    assert "--years" in json.loads(left.out)["error"]["fact"]
