"""What the Word papers say of a simulation: its figures and assumptions, that nobody measured."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from report.word.cases_of import press
from report.word.paper import Read, annex_words
from tthc_flow.report.simulation.role_rows import load_words
from tthc_flow.report.simulation.rows import percent
from tthc_flow.report.word.papers import results_document
from tthc_flow.report.word.simulated import simulated
from tthc_flow.verbs.papers import papers, reviewed
from tthc_flow.verbs.within_capacity import within_capacity
from verbs.test_within_capacity import FEW, HANDED, facts

HEADING = "Chỉ tiêu"
NOT_MEASURED = "không phải số đo thực tế"


def found(dossiers, **more):
    given = facts(dossiers, limit="2 ngày làm việc", **more)
    proposal, trial = within_capacity(HANDED, late_share=0.05, facts=given, settings=FEW)
    return SimpleNamespace(proposal=proposal, trial=trial, one=reviewed(proposal, trial))


@pytest.fixture(scope="module")
def handed():
    """Return a decision that is handed down to one who copes with it."""
    return found(1000)


@pytest.fixture(scope="module")
def barred():
    """Return one that is not, for who would get it is too busy."""
    return found(1900)


def test_before_and_after_stand_in_a_table_with_the_figures_of_the_record(handed):
    paper = annex_words(handed.one)
    heading, *rows = paper.rows(HEADING)
    assert heading == [HEADING, "Trước", "Sau", "Thay đổi"]
    told = {row[0]: row[1:] for row in rows}
    figures = handed.one.record["simulation"]["figures"]
    for side, column in (("before", 0), ("after", 1)):
        for role in figures[side]["roles"]:
            name = f"{role['role']} ({role['people']} người)"
            assert told[name][column] == load_words(role, "vi")
    for share in ("50", "90", "99"):
        assert f"{share} % hồ sơ xong trong" in told
    gone = told["Chủ tịch UBND tỉnh (3 người)"]
    assert gone[1:] == ["không có việc", "–"]
    assert told["Lãnh đạo Sở (1 người)"][2].startswith("+")
    assert "điểm phần trăm" in told["Lãnh đạo Sở (1 người)"][2]
    assert told["Chờ người xử lý rảnh"][2].endswith("tăng thật")


def test_it_says_that_nobody_measured_and_what_was_assumed(handed):
    words = annex_words(handed.one).words
    assert NOT_MEASURED in words
    assert "Mô phỏng 4 lần độc lập, mỗi lần 600 hồ sơ" in words
    assert "mô phỏng với 1.000 hồ sơ một năm" in words
    assert "“Ký tờ trình” 30 phút" in words
    for program in ("tthc-flow", "hạt giống", "Clopper"):
        assert program not in words


def test_the_load_of_who_gets_the_work_is_said(handed):
    figures = handed.one.record["simulation"]["figures"]
    was, now = (
        next(each for each in figures[side]["roles"] if each["role"] == "Lãnh đạo Sở")
        for side in ("before", "after")
    )
    said = (
        f"Vai trò nhận thêm việc: “Lãnh đạo Sở” (1 người), mức bận từ {percent(was['load'], 'vi')} "
        f"lên {load_words(now, 'vi')}, không vượt mức 85 %."
    )
    assert said in annex_words(handed.one).words


def test_the_report_says_it_in_a_sentence_that_points_to_the_sheet(handed):
    words = Read(results_document((handed.one,))).words
    assert f"theo mô phỏng ({NOT_MEASURED}), thời gian giải quyết bình quân: trước" in words
    assert "xem Biểu 1d của phương án" in words


def test_what_was_taken_out_is_told_with_its_figures_though_nothing_is_proposed(barred):
    words = annex_words(barred.one).words
    assert not barred.one.changed
    assert "Nội dung chưa đưa vào phương án" in words
    (taken,) = barred.one.record["simulation"]["barred"]
    assert f"{taken['title']}: {taken['condition']['because'][0]}" in words
    assert annex_words(barred.one).rows(HEADING)[0] == [HEADING, "Hiện nay"]
    assert "theo mô phỏng (" not in Read(results_document((barred.one,))).words


def test_what_lacks_is_named():
    proposal, trial = within_capacity(HANDED, late_share=0.05)
    words = annex_words(reviewed(proposal, trial)).words
    assert "Chưa mô phỏng được vì còn thiếu các dữ liệu sau" in words
    assert "chưa biết mỗi năm có bao nhiêu hồ sơ" in words
    assert NOT_MEASURED not in words


def test_without_a_simulation_there_is_no_sheet():
    assert simulated(press(), 1) == []
    words = annex_words(press()).words
    assert "mô phỏng" not in words


def test_the_papers_have_it_whatever_the_language_of_the_record_is(handed):
    made = papers(handed.proposal, "en", handed.trial)
    read = Read(io.BytesIO(made["word_plan"]).getvalue())
    assert NOT_MEASURED in read.words
