"""`tthc-flow compare` for scripts: gates, findings that are new, folders, SARIF and JUnit."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from cli.calling import FLOWS, PRESS, problems

FLOW = PRESS / "flow.bpmn"
NAMES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:tthc-flow:bpmn:1"'


def drawing(*days: int | None, prefix: str = "", code: str = "") -> bytes:
    """Return a chain of steps that take so many working days; ``None``: nobody says."""
    ids = [f"{prefix}s", *(f"{prefix}t{n}" for n in range(len(days))), f"{prefix}e"]
    times = ["" if each is None else f't:time="{each} ngày làm việc"' for each in days]
    steps = "".join(
        f'<userTask id="{prefix}t{n}" name="Thẩm định {n}" {time}/>\n'
        for n, time in enumerate(times)
    )
    ways = "".join(
        f'<sequenceFlow id="{prefix}f{n}" sourceRef="{ids[n]}" targetRef="{ids[n + 1]}"/>'
        for n in range(len(ids) - 1)
    )
    facts = f'<extensionElements><t:procedure code="{code}"/></extensionElements>' if code else ""
    body = f'{facts}<startEvent id="{ids[0]}"/>{steps}<endEvent id="{ids[-1]}"/>{ways}'
    process = f'<process id="{prefix}P" name="Cấp phép">{body}</process>'
    return f"<definitions {NAMES}>{process}</definitions>".encode()


@pytest.fixture
def folders(tmp_path):
    """Return two folders: 10 → 5 days, 30 → 30 days, one of a code, one alone on each side."""
    one, two = tmp_path / "truoc", tmp_path / "sau"
    for folder, a, b in ((one, (6, 4), (30,)), (two, (3, 2), (30,))):
        (folder / "so").mkdir(parents=True)
        (folder / "a.bpmn").write_bytes(drawing(*a))
        (folder / "so" / "b.bpmn").write_bytes(drawing(*b))
    (one / "cu.bpmn").write_bytes(drawing(10, code="1.000001"))
    (two / "moi.bpmn").write_bytes(drawing(10, code="1.000001"))
    (one / "mat.bpmn").write_bytes(drawing(1))
    (two / "them.bpmn").write_bytes(drawing(1, code="1.000009"))
    return one, two


def test_the_gate_is_exact_at_the_very_share(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing(3))
    (tmp_path / "b.bpmn").write_bytes(drawing(2))
    for share, code in (("33.33%", 0), ("1/3", 0), ("33.34%", 1)):
        left = tthc(
            "compare", tmp_path / "a.bpmn", tmp_path / "b.bpmn", "--require-time-cut", share
        )
        assert left.code == code, share


def test_a_finding_that_was_there_under_another_id_is_not_new(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing(2, None))
    (tmp_path / "b.bpmn").write_bytes(drawing(1, None, prefix="x"))
    left = tthc("compare", tmp_path / "a.bpmn", tmp_path / "b.bpmn", "--no-new-findings")
    assert left.code == 0
    assert "Phát hiện mới ở bản sau: không có." in left.err


def test_a_step_that_lost_its_time_is_a_new_finding_and_stops(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing(2, 1))
    (tmp_path / "b.bpmn").write_bytes(drawing(2, None))
    left = tthc("compare", tmp_path / "a.bpmn", tmp_path / "b.bpmn", "--no-new-findings", "--json")
    assert left.code == 1
    assert problems(left.json) == []
    [gate] = left.json["gates"]
    assert [each["code"] for each in gate["findings"]] == ["check-time-missing"]
    assert gate["findings"][0]["element"] == "t1"


def test_sarif_names_each_new_finding_with_its_line_and_the_gate_that_failed(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing(2, 1))
    (tmp_path / "b.bpmn").write_bytes(drawing(2, None))
    goal = tmp_path / "x.sarif"
    asked = ("--no-new-findings", "--require-time-cut", "10%", "-o", goal)
    assert tthc("compare", tmp_path / "a.bpmn", tmp_path / "b.bpmn", *asked).code == 1
    [run] = json.loads(goal.read_text("utf-8"))["runs"]
    told = {each["ruleId"]: each for each in run["results"]}
    assert set(told) == {"check-time-missing", "gate-time", "gate-findings"}
    place = told["check-time-missing"]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2}
    assert place["artifactLocation"]["uri"].endswith("b.bpmn")
    assert {each["id"] for each in run["tool"]["driver"]["rules"]} == set(told)


def test_junit_has_a_case_for_each_gate(tthc, tmp_path):
    (tmp_path / "a.bpmn").write_bytes(drawing(4))
    (tmp_path / "b.bpmn").write_bytes(drawing(3))
    goal = tmp_path / "x.xml"
    asked = ("--no-new-findings", "--require-time-cut", "30%", "-o", goal)
    assert tthc("compare", tmp_path / "a.bpmn", tmp_path / "b.bpmn", *asked).code == 1
    suites = ET.fromstring(goal.read_text("utf-8"))  # noqa: S314 - our own file
    cases = {case.get("name"): [e.tag for e in case] for case in suites.iter("testcase")}
    assert cases == {"time": ["failure"], "findings": []}
    assert (suites.get("tests"), suites.get("failures")) == ("2", "1")


def test_two_folders_come_to_three_figures_each_with_its_name(tthc, folders):
    left = tthc("compare", *folders, "--json")
    assert problems(left.json) == []
    assert [each["name"] for each in left.json["pairs"]] == ["a.bpmn", "cu.bpmn", "so/b.bpmn"]
    shares = {
        (each["of"], each["method"]): (each["share"], each["pairs"])
        for each in left.json["overall"]
    }
    assert shares["time", "pooled"] == (0.1, 3)  # 5 of 50 days
    assert shares["time", "mean"] == (pytest.approx(1 / 6), 3)  # of 1/2, 0 and 0
    assert shares["time", "weighted"] == (None, 0)  # nobody said how many dossiers come
    assert shares["cost", "pooled"] == (None, 0)
    assert (left.json["only_before"], left.json["only_after"]) == (["mat.bpmn"], ["them.bpmn"])


def test_a_required_cut_is_asked_of_the_named_figure(tthc, folders):
    for method, required, code in (
        ("pooled", "10%", 0),
        ("pooled", "11%", 1),
        ("mean", "16%", 0),
        ("weighted", "1%", 1),
    ):
        left = tthc("compare", *folders, "--require-time-cut", required, "--aggregate", method)
        assert left.code == code, (method, required)
    assert "a.bpmn" in left.err  # what the weighted mean would have to know


def test_a_pair_whose_cut_is_unknown_leaves_the_figure_of_all_unknown(tthc, folders):
    (folders[1] / "a.bpmn").write_bytes(drawing(3, None))
    left = tthc("compare", *folders, "--require-time-cut", "0%", "--json")
    assert left.code == 1
    assert left.json["gates"][0]["cut"] is None
    assert "a.bpmn" in left.json["gates"][0]["sentence"]
    [pooled] = [e for e in left.json["overall"] if (e["of"], e["method"]) == ("time", "pooled")]
    assert (pooled["unknown"], pooled["pairs"]) == (["a.bpmn"], 2)


def test_junit_of_folders_has_a_suite_for_all_and_one_a_pair(tthc, folders, tmp_path):
    goal = tmp_path / "x.xml"
    asked = ("--require-time-cut", "5%", "--no-new-findings", "-o", goal)
    assert tthc("compare", *folders, *asked).code == 0
    suites = ET.fromstring(goal.read_text("utf-8"))  # noqa: S314 - our own file
    names = [each.get("name") for each in suites]
    assert names == ["pooled", "a.bpmn", "cu.bpmn", "so/b.bpmn"]


def test_a_file_and_a_folder_are_not_compared(tthc, folders):
    left = tthc("compare", folders[0], FLOW)
    assert left.code == 2
    assert "hai tệp hoặc hai thư mục" in left.err
    assert tthc("compare", *folders, "-o", folders[0] / "x.html").code == 2


def test_a_folder_without_a_drawing_is_refused(tthc, tmp_path):
    left = tthc("compare", tmp_path, tmp_path)
    assert left.code == 3
    assert "TF233" in left.err


def test_the_cut_by_role_is_printed(tthc):
    left = tthc("compare", FLOW, FLOWS[0])
    assert "Vai trò" in left.out
    assert "Văn thư" in left.out
