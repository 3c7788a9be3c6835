"""`tthc-flow propose --simulate` and `--require-late-share`: figures, what lacks, exit codes."""

from __future__ import annotations

import json

import pytest

from cli.calling import ROOT, problems
from tthc_flow.simulation.run import Settings
from tthc_flow.simulation.tally import Length
from tthc_flow.verbs.within_capacity import trial_of, within_capacity

FLOW = ROOT / "tests/levers/hand_down_decision/finds/two-levels-of-handling.bpmn"
STEPS = ("examine", "lower", "taken", "seen", "higher", "return", "Report_lower")
ROLES = ("Chuyên viên", "Lãnh đạo Sở", "Văn thư Văn phòng", "Lãnh đạo Văn phòng",
         "Chủ tịch UBND tỉnh", "Công chức Một cửa")  # fmt: skip
FACTS = (
    *(part for each in STEPS for part in ("--time", f"{each}=0,5 giờ làm việc")),
    *(part for each in ROLES for part in ("--people", f"{each}=1")),
    *("--limit", "2 ngày làm việc"),
)


@pytest.fixture(autouse=True)
def _short_runs(monkeypatch):
    few = Settings(length=Length(cases=600, warm=60, batches=2), replications=4)
    for each in (trial_of, within_capacity):
        monkeypatch.setitem(each.__kwdefaults__, "settings", few)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "kq"


def test_what_a_simulation_says_is_printed_and_stands_in_the_report(tthc, out):
    left = tthc("propose", FLOW, "--simulate", *FACTS, "--arrivals", "1000", "-o", out)
    assert left.code == 0
    assert "Mức bận của “Lãnh đạo Sở”: tăng" in left.out
    record = json.loads((out / "proposal.json").read_text("utf-8"))
    assert problems(record) == []
    assert record["simulation"]["late_share"] is None
    assert "4 lần chạy độc lập" in left.out
    page = (out / "report.html").read_text("utf-8")
    assert page.count('class="picture narrow"') == page.count('class="picture wide"') == 4
    assert not [each.name for each in out.iterdir() if "narrow" in each.name]
    for name in ("plot_times", "plot_waits", "plot_loads", "plot_late"):
        assert f'id="{name}-title"' in page
        assert (out / record["files"][name]).read_text("utf-8").startswith("<svg")


def test_what_overloads_is_taken_out_and_said(tthc, out):
    asked = (*FACTS, "--arrivals", "1900", "--require-late-share", "5%")
    left = tthc("propose", FLOW, *asked, "--json", "-o", out)
    assert problems(left.json) == []
    assert left.code == 0
    ((barred,), trial) = left.json["simulation"]["barred"], left.json["simulation"]
    assert barred["condition"]["verdict"] == "fail"
    assert trial["held"]
    assert left.json["gates"][-1]["name"] == "late_share"
    assert "đạt" in left.err
    told = tthc("propose", FLOW, *asked, "-o", out).out
    assert "✗ Phân cấp, ủy quyền ký" in told


def test_what_lacks_is_named_and_fails_the_gate(tthc, out):
    left = tthc("propose", FLOW, "--require-late-share", "5%", "-o", out)
    assert left.code == 1
    assert "chưa rõ, vì còn thiếu dữ liệu" in left.err
    assert left.out.count("→ Ghi nhân sự (crews)") == 1
    assert "- Lãnh đạo Sở: chưa biết có bao nhiêu người" in left.out
    assert "Bỏ bước “Chủ tịch ký quyết định”" in left.out  # the proposal is the usual one
    page = (out / "report.html").read_text("utf-8")
    assert "Chưa mô phỏng được" in page
    assert "plot_times" not in page


@pytest.mark.parametrize(
    "asked",
    [("--arrivals", "1000"), ("--require-late-share", "x"), ("--require-late-share", "120%")],
)
def test_facts_that_nothing_asks_for_and_shares_that_cannot_be_are_refused(tthc, out, asked):
    left = tthc("propose", FLOW, *asked, "-o", out)
    assert left.code == 2
    assert "TF001" in left.err
    assert not out.exists()
