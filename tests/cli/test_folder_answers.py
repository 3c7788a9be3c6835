"""`ask`, `decide` and `propose` of a folder: what is answered and not rejected is carried out."""

from __future__ import annotations

import json

import pytest

from cli.calling import problems
from cli.test_propose_folder import ROW, four

MERGE = "merge_procedures:cap.bpmn+so/cap-lai.bpmn"


@pytest.fixture
def asked(tthc, tmp_path):
    """Return the folder with every question about several procedures answered."""
    folder = four(tmp_path)
    goal = folder / "folder.answers.yaml"
    assert tthc("ask", folder, "-o", goal).out == f"{goal}\n"
    lines, reply = [], ""
    for line in goal.read_text("utf-8").splitlines():
        if line.startswith("# Trả lời "):
            reply = "yes" if " yes " in line else "no"
        filled = line.replace('reply: "unknown"', f'reply: "{reply}"')
        lines.append(filled.replace("document: ''", "document: CV 1"))
    goal.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_answered_is_carried_out_and_the_record_is_as_the_schema_says(
    tthc, asked, tmp_path_factory, lang
):
    goal = tmp_path_factory.mktemp("sau")
    left = tthc("propose", asked, "--json", "-o", goal, "--lang", lang)
    assert problems(left.json) == []
    (merged,) = left.json["merged"]
    assert merged["key"] == "cap+cap-lai.bpmn"
    assert merged["proof"]["sound"]
    assert merged["proof"]["executed_branches"]["completed"]
    assert [each["name"] for each in merged["steps"]] == [*ROW[:4], "Vào sổ", ROW[4]]
    assert [len(each["sources"]) for each in merged["steps"]] == [2, 2, 2, 2, 1, 2]
    assert merged["choices"] == [ROW[3]]
    assert left.json["figures"]["procedures"]["after"] == 3
    assert sorted(left.json["files"]) == [
        "cap+cap-lai.bpmn",
        "folder.json",
        "so/khac.bpmn",
        "vong.bpmn",
    ]
    assert problems(json.loads((goal / "folder.json").read_text("utf-8"))) == []
    assert problems(tthc("check", goal / "cap+cap-lai.bpmn", "--json").json) == []


def test_the_words_tell_what_became_of_each_procedure_and_each_step(tthc, asked):
    lines = tthc("propose", asked).out.splitlines()
    assert lines[0].endswith("– đạt, áp dụng")
    assert "  “Vào sổ” (chỉ với: Cấp lại giấy phép) ← so/cap-lai.bpmn, bước “Vào sổ”" in lines
    assert "Số thủ tục: 4 → 3" in lines
    assert next(line for line in lines if line.startswith("cap.bpmn")).endswith("gộp")


def test_answers_of_another_place_are_named(tthc, asked, tmp_path_factory):
    other = tmp_path_factory.mktemp("khac") / "tra-loi.yaml"
    (asked / "folder.answers.yaml").rename(other)
    assert tthc("propose", asked, "--json").json["merged"] == []
    assert len(tthc("propose", asked, "--json", "--answers", other).json["merged"]) == 1


def test_a_decision_about_several_procedures_is_kept_in_the_folder_and_obeyed(tthc, asked):
    left = tthc("decide", asked, "--reject", MERGE, "--reason", "Chờ liên thông", "--json")
    assert problems(left.json) == []
    assert left.json["file"] == str(asked / "folder.decisions.yaml")
    (one,) = left.json["decisions"]
    assert one["steps"] == ["Cấp giấy phép", "Cấp lại giấy phép"]
    after = tthc("propose", asked, "--json").json
    assert (after["rejected"], after["merged"]) == ([MERGE], [])
    assert tthc("propose", asked).out.splitlines()[0].endswith("– đạt, đã bác")
    assert tthc("decide", asked, "--accept", MERGE).code == 0
    assert len(tthc("propose", asked, "--json").json["merged"]) == 1


def test_a_decision_about_a_procedure_that_changed_is_told_and_not_obeyed(tthc, asked):
    tthc("decide", asked, "--reject", MERGE, "--reason", "x")
    path = asked / "cap.bpmn"
    path.write_bytes(path.read_bytes().replace("Ký duyệt".encode(), "Ký ban hành".encode()))
    told = tthc("propose", asked, "--json").json
    assert problems(told) == []
    codes = {each["code"] for each in told["findings"]}
    assert {"ruling-procedure-stale", "ask-procedure-stale"} <= codes
    assert told["rejected"] == []


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("--accept", "merge_procedures:a+b"), 3, "TF131"),
        (("--reject", MERGE), 3, "TF132"),
        (("--edit", MERGE, "--set", "share=1"), 3, "TF133"),
        (("--accept", MERGE, "--process", "P"), 2, "--process"),
    ],
)
def test_what_cannot_be_decided_of_a_folder_is_refused(tthc, asked, given, code, words):
    left = tthc("decide", asked, *given)
    assert (left.code, words in left.err) == (code, True)
    assert not (asked / "folder.decisions.yaml").exists()


def test_asking_a_folder_takes_no_process_and_reads_its_answers(tthc, asked):
    assert tthc("ask", asked, "--process", "P").code == 2
    printed = tthc("ask", asked).out
    assert printed == (asked / "folder.answers.yaml").read_text("utf-8").replace(
        "{document: CV 1, place: '', date: ''}", '{document: "CV 1"}'
    ).replace('  by: ""\n  on: ""\n', "")
    assert tthc("ask", asked, "--lang", "en").out.startswith("# Answers")


def test_a_place_inside_the_folder_is_refused(tthc, asked):
    left = tthc("propose", asked, "-o", asked / "sau")
    assert left.code == 3
    assert "TF606" in left.err
    assert not (asked / "sau").exists()
