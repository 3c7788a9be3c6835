"""`tthc-flow annotate`: what it prints, what it writes, how it leaves."""

from __future__ import annotations

from cli.calling import PRESS, problems
from tthc_flow.bpmn.read import read

FLOW = PRESS / "flow.bpmn"
STEP = read(FLOW).procedures[0].flow.steps[0].id


def test_facts_are_written_and_the_record_names_them(tthc, tmp_path):
    table, out = tmp_path / "facts.csv", tmp_path / "out.bpmn"
    table.write_text(f"id,amended\n{STEP},7\n", "utf-8")
    left = tthc("annotate", FLOW, table, "-o", out, "--json")
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["changed"][0]["facts"] == ["amended"]
    assert left.json["files"] == {"bpmn": str(out)}
    assert read(out).procedures[0].flow.steps[0].amended == 7


def test_without_a_place_to_write_the_file_is_printed(tthc, tmp_path):
    table = tmp_path / "facts.csv"
    table.write_text("id,amended\nnone,7\n", "utf-8")
    left = tthc("annotate", "-", table, "--lang", "en", stdin=FLOW.read_bytes())
    assert left.code == 0
    assert left.out.encode() == FLOW.read_bytes()
    assert f"dialect-row-unknown {table}:2" in left.err  # a line of the table, not of the drawing


def test_a_table_that_cannot_be_read_leaves_with_3(tthc, tmp_path):
    left = tthc("annotate", FLOW, tmp_path / "none.csv", "--json")
    assert left.code == 3
    assert problems(left.json) == []
    assert left.json["error"]["code"] == "TF220"


def test_scenarios_are_written_with_the_drawing_of_today(tthc):
    left = tthc("annotate", FLOW, "--bpsim", FLOW)
    assert left.code == 0
    assert '<bpsim:Scenario id="proposed" vendor="tthc-flow" inherits="baseline">' in left.out


def test_nothing_to_write_is_a_wrong_call(tthc):
    assert tthc("annotate", FLOW).code == 2


def test_a_sheet_to_fill_in_is_written_and_changes_nothing_untouched(tthc, tmp_path):
    sheet, out = tmp_path / "facts.xlsx", tmp_path / "out.bpmn"
    left = tthc("annotate", FLOW, "--template", sheet, "--json")
    assert (left.code, problems(left.json), left.json["files"]) == (0, [], {"sheet": str(sheet)})
    assert tthc("annotate", FLOW, sheet, "-o", out).code == 0
    assert out.read_bytes() == FLOW.read_bytes()
    assert tthc("annotate", FLOW, sheet, "--template", sheet).code == 2
