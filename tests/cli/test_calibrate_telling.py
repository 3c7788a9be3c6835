"""`tthc-flow calibrate`: what its figures count, what is unsound, what cannot be."""

from __future__ import annotations

import gzip

import pytest

from cli.calling import problems
from cli.test_simulate import STUCK

SOUND = STUCK.replace("parallelGateway", "exclusiveGateway")
HEAD = "case,activity,start,complete"


def rows(*cases):
    """Return a log: each case its activities, an hour each, from 8 o'clock of its own day."""
    told = [HEAD]
    for day, names in enumerate(cases, start=2):
        for hour, name in enumerate(names, start=8):
            at = f"2026-03-{day:02}T{hour:02}"
            told.append(f"H{day},{name},{at}:00:00+07:00,{at}:30:00+07:00")
    return "\n".join(told) + "\n"


@pytest.fixture
def drawn(tmp_path):
    for name, text in (("ket", STUCK), ("dung", SOUND)):
        (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_case_with_work_that_is_not_drawn_did_not_go_as_drawn(tthc, drawn):
    log = drawn / "a.csv"
    log.write_text(rows(["Thẩm định"], ["Thẩm định", "Pha trà"], ["Bổ sung"]), encoding="utf-8")
    left = tthc("calibrate", drawn / "dung.bpmn", "--log", log)
    assert "; 2 trong 3 hồ sơ đi đúng như vẽ ở mọi chỗ đã qua, 3 đã kết thúc" in left.out
    assert "1 sự kiện thuộc việc không có trong sơ đồ, tính là đi khác sơ đồ" in left.out
    # of 4 events and 3 steps that had to be done one event is out of place: 1 - 1/7
    assert "Khớp với sơ đồ: 85,7 % (tính theo từng sự kiện" in left.out
    english = tthc("calibrate", drawn / "dung.bpmn", "--log", log, "--lang", "en").out
    assert "85.7 % (by events, and by steps that had to be done); 2 of 3 cases" in english
    assert "1 events are of work that the diagram does not have" in english
    record = tthc("calibrate", drawn / "dung.bpmn", "--log", log, "--json").json
    assert problems(record) == []
    fits = record["conformance"]
    assert (fits["fitting"], fits["strange_events"]) == (2, 1)


def test_that_no_case_is_of_the_procedure_is_said_once(tthc, drawn):
    log = drawn / "a.csv"
    log.write_text(HEAD + "\n", encoding="utf-8")
    assert tthc("calibrate", drawn / "dung.bpmn", "--log", log).err.count("không có hồ sơ nào") == 1
    log.write_text(rows(["Pha trà"]), encoding="utf-8")
    error = tthc("calibrate", drawn / "dung.bpmn", "--log", log).err
    assert error.count("không có hồ sơ nào") == 1
    assert "các công việc trong nhật ký: Pha trà" in error


def test_all_as_drawn_is_a_fitness_of_one(tthc, drawn):
    log = drawn / "a.csv"
    log.write_text(rows(["Thẩm định"], ["Bổ sung"]), encoding="utf-8")
    left = tthc("calibrate", drawn / "dung.bpmn", "--log", log)
    assert "Khớp với sơ đồ: 100 %" in left.out
    assert "2 trong 2 hồ sơ đi đúng như vẽ" in left.out
    assert "không có trong sơ đồ" not in left.out


def test_what_is_unsound_is_told_as_check_tells_it(tthc, drawn):
    log = drawn / "a.csv"
    log.write_text(rows(["Thẩm định"]), encoding="utf-8")
    path = drawn / "ket.bpmn"
    for lang in ("vi", "en"):
        checked = tthc("check", path, "--lang", lang).out
        (line, *told) = checked[checked.index("  check-unsound") :].splitlines()[:3]
        left = tthc("calibrate", path, "--log", log, "--lang", lang)
        assert left.code == 0
        assert "\n".join((line, *told)) in left.err
    assert "Tổng cộng: 1 lỗi" in tthc("calibrate", path, "--log", log).err
    record = tthc("calibrate", path, "--log", log, "--json").json
    assert problems(record) == []
    assert record["findings"][0]["code"] == "check-unsound-cannot-complete"
    assert (record["findings"][0]["element"], record["findings"][0]["line"]) == ("j", 3)
    assert "check-unsound" not in tthc("calibrate", drawn / "dung.bpmn", "--log", log).err


def test_what_is_unsound_is_told_before_a_log_without_an_end_is_refused(tthc, drawn):
    log = drawn / "a.csv"
    log.write_text(rows(*[["Thẩm định"]] * 12), encoding="utf-8")
    left = tthc("calibrate", drawn / "ket.bpmn", "--log", log, "--compare", log)
    assert left.code == 3
    assert left.err.index("check-unsound-cannot-complete") < left.err.index("TF276")
    assert "(chỉ có 0 hồ sơ đã kết thúc)" in left.err
    both = ("calibrate", drawn / "dung.bpmn", "--log", log, "--compare", log)
    assert "check-unsound" not in tthc(*both).err
    changed = tthc(*both, "--changed", drawn / "ket.bpmn")
    assert f"check-unsound-cannot-complete {drawn / 'ket.bpmn'}:3" in changed.err


@pytest.mark.parametrize("year", ["1", "2025", "2027"])
def test_a_year_that_the_log_has_nothing_of_is_refused_and_nothing_written(tthc, drawn, year):
    log, out = drawn / "a.csv", drawn / "ra.bpmn"
    log.write_text(rows(["Thẩm định"]), encoding="utf-8")
    asked = ("calibrate", drawn / "dung.bpmn", "--log", log, "--year", year, "-o", out)
    left = tthc(*asked)
    assert left.code == 3
    assert f"Nhật ký không có hồ sơ của năm này (năm {year}; nhật ký: 2026-03-02" in left.err
    assert "Chọn một trong: 2026" in left.err
    assert f"TF157 a.csv: year {year}; the log: 2026" in tthc(*asked, "--lang", "en").err
    assert not out.exists()
    assert tthc(*asked[:-3], "2026", "-o", out).code == 0


@pytest.mark.parametrize("name", ["a.xes", "A.XES", "a.xes.gz"])
def test_what_is_called_xes_and_is_no_xml_is_said_to_be_no_xml(tthc, drawn, name):
    data = b"case;activity\nH1;Ky\n"
    (drawn / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    left = tthc("calibrate", drawn / "dung.bpmn", "--log", drawn / name)
    assert left.code == 3
    assert f"TF208 {drawn / name}:1: Tệp không đúng định dạng XML" in left.err
    english = tthc("calibrate", drawn / "dung.bpmn", "--log", drawn / name, "--lang", "en").err
    assert f"TF208 {drawn / name}:1: is no XML" in english


def test_figures_that_were_another_have_the_mark_of_the_language(tthc, drawn):
    log, once, again = drawn / "a.csv", drawn / "b.bpmn", drawn / "b.csv"
    log.write_text(rows(["Thẩm định"], ["Bổ sung"], ["Bổ sung"]), encoding="utf-8")
    again.write_text(rows(["Thẩm định"], ["Bổ sung"]), encoding="utf-8")
    assert tthc("calibrate", drawn / "dung.bpmn", "--log", log, "-o", once).code == 0
    told = tthc("calibrate", once, "--log", again)
    assert "trước đây ghi 0,333, nay đo được 0,5" in told.err
    english = tthc("calibrate", once, "--log", again, "--lang", "en").err
    assert "was 0.333, 0.5 is measured now" in english
