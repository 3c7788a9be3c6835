"""`--lang en`: a terminal shows no Vietnamese but names, and what one types into files."""

from __future__ import annotations

import re

import pytest

from cli.calling import FLOWS, PRESS
from tthc_flow.bpmn.read import read

VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
TYPED = ("4 giờ làm việc", "không quy định", "“ngày”", "đồng")
COUNCIL = next(path for path in FLOWS if "hoi-dong" in path.parent.name)


def ours(printed: str, path) -> list[str]:
    """Return the lines of *printed* with Vietnamese that is neither a name nor typed by people."""
    procedure = read(path).procedures[0]
    names = {node.name for node in procedure.flow.nodes} | {procedure.name, str(path)}
    names |= {lane.name for lane in procedure.flow.lanes}
    names |= {step.performer.name for step in procedure.flow.steps if step.performer}
    for name in sorted(filter(None, (*names, *TYPED)), key=len, reverse=True):
        printed = printed.replace(name, "·")
    # A lever names new steps as the file names its own: in Vietnamese, in quotes.
    printed = re.sub("“[^”]*”", "·", printed)
    return [line for line in printed.splitlines() if VIETNAMESE.search(line)]


@pytest.mark.parametrize("path", [PRESS / "flow.bpmn", COUNCIL], ids=["press", "council"])
@pytest.mark.parametrize("verb", ["check", "measure", "run", "propose"])
def test_a_verb_asked_for_english_prints_english(verb, path, tthc, tmp_path):
    out = ("-o", tmp_path) if verb == "propose" else ()
    left = tthc(verb, path, "--lang", "en", *out)
    assert left.code == 0
    assert ours(left.out.replace(str(tmp_path), ""), path) == []


def test_a_comparison_and_its_gates_are_english_where_asked(tthc, tmp_path):
    before = PRESS / "flow.bpmn"
    tthc("propose", before, "-o", tmp_path)
    asked = ("--require-time-cut", "99%", "--require-cost-cut", "10%", "--lang", "en")
    left = tthc("compare", before, tmp_path / "after.bpmn", *asked)
    assert left.code == 1
    assert ours(left.out, before) == []
    assert ours(left.err, before) == []
    assert "fail" in left.err
    assert "missing" in left.err


def test_a_proposal_that_misses_its_gate_still_leaves_its_papers(tthc, tmp_path):
    left = tthc(
        "propose", PRESS / "flow.bpmn", "-o", tmp_path, "--require-time-cut", "90%", "--json"
    )
    assert left.code == 1
    (gate,) = left.json["gates"]
    assert gate["passed"] is False
    assert left.json["plan"]["reached"] is False
    assert {path.name for path in tmp_path.iterdir()} == {
        path.rpartition("/")[2] for path in left.json["files"].values()
    }
    assert "mức được yêu cầu (90 %)" in (tmp_path / "report.md").read_text("utf-8")


def test_what_was_prepared_is_told_in_english(tthc, tmp_path):
    flow = PRESS / "flow.bpmn"
    left = tthc("prepare", flow, "--explain", "--lang", "en", "-o", tmp_path / "a.bpmn")
    assert left.code == 0
    assert ours(left.out, flow) == []
    assert "can be run" in left.out
