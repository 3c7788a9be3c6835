"""`tthc-flow calibrate`: what it prints and writes, in both languages; what it refuses."""

from __future__ import annotations

import pytest
from attrs import evolve

from calibrate.simulating import PROCEDURE, Log
from calibrate.writing import table, xes
from cli.calling import problems
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calibrate")
    (folder / "a.bpmn").write_bytes(build(PROCEDURE, lay_out(PROCEDURE)).data)
    xes(Log(1).cases(60), folder / "truoc.xes.gz")
    later = [
        evolve(case, events=tuple(evolve(e, case=f"S{case.id}") for e in case.events))
        for case in Log(2, faster=0.4, queue=5).cases(60)
    ]
    left_out = [
        evolve(
            case,
            events=tuple(
                evolve(e, name="Kiểm tra thực địa" if e.name == "opinion" else e.name)
                for e in case.events
                if e.name != "inspect"
            ),
        )
        for case in later
    ]
    table(later, folder / "sau.csv")
    table(left_out, folder / "thieu.csv")
    return folder


def test_the_facts_are_written_and_told(tthc, files, tmp_path):
    out = tmp_path / "b.bpmn"
    left = tthc("calibrate", files / "a.bpmn", "--log", files / "truoc.xes.gz", "-o", out)
    assert left.code == 0
    assert "Khớp với sơ đồ: 100 % (tính theo từng sự kiện và từng bước phải qua); " in left.out
    assert "60 trong 60 hồ sơ đi đúng như vẽ ở mọi chỗ đã qua" in left.out
    assert "Đã ghi: thời gian của 8 bước, tỷ lệ của 4 luồng" in left.out
    assert "log-year-partial" in left.err
    flow = read(out).procedures[0].flow
    assert flow.by_id["check"].handling.cases > 60


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_json_is_as_published(tthc, files, lang):
    log = "--log", files / "truoc.xes.gz", "--json", "--lang", lang
    left = tthc("calibrate", files / "a.bpmn", *log)
    assert left.code == 0
    assert problems(left.json) == []
    assert left.json["conformance"]["fitness"] == 1
    both = tthc("calibrate", files / "a.bpmn", *log, "--compare", files / "sau.csv")
    assert problems(both.json) == []
    assert both.json["verdict"] == "less"


def test_two_periods_are_compared_with_a_plain_statement(tthc, files):
    left = tthc(
        *("calibrate", files / "a.bpmn", "--log", files / "truoc.xes.gz"),
        *("--compare", files / "sau.csv", "--changed", files / "a.bpmn", "--lang", "en"),
    )
    assert left.code == 0
    assert "MOVER interval, 95 %" in left.out
    assert "The change is real: cases are faster, by " in left.out
    assert "does not prove the reform did it" in left.out


def test_names_are_mapped_and_deviations_drawn(tthc, files, tmp_path):
    svg = tmp_path / "a.svg"
    given = "calibrate", files / "a.bpmn", "--log", files / "thieu.csv", "--heat-map", svg
    unknown = tthc(*given)
    assert 'Ghép với phần tử của sơ đồ: --map "Kiểm tra thực địa=MÃ"' in unknown.err
    mapped = tthc(*given, "--map", "Kiểm tra thực địa=opinion")
    assert "Kiểm tra thực địa" not in mapped.err
    drawn = svg.read_text("utf-8")
    assert "60 lần trong 60 hồ sơ" in drawn
    assert "Số lần làm khác sơ đồ" in drawn
    assert "inspect" in mapped.out.partition("Chỗ đi khác sơ đồ")[2]


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--map", "x"), 2, "TF001"),
        (("--map", "x=nowhere"), 3, "TF274"),
        (("--changed", "b.bpmn"), 2, "--changed"),
        (("--heat-map", "a.bpmn"), 2, "--heat-map ghi ra tệp .svg"),
        (("--compare", "x.csv", "-o", "b.bpmn"), 2, "--compare"),
        (("--compare", "none.csv"), 3, "TF201"),
        (("--calendar", "none.csv"), 3, "TF291"),
    ],
)
def test_what_cannot_be_is_refused(tthc, files, more, code, said):
    left = tthc("calibrate", files / "a.bpmn", "--log", files / "sau.csv", *more)
    assert left.code == code
    assert said in left.err


def test_a_log_is_needed(tthc, files):
    assert tthc("calibrate", files / "a.bpmn").code == 2
    assert "TF201" in tthc("calibrate", files / "a.bpmn", "--log", "none").err
