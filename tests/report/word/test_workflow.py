"""The new internal workflow: the rows of the record, in their order, the changed ones marked."""

from __future__ import annotations

from report.word.cases_of import council, press
from report.word.paper import Read, W
from tthc_flow.report.word.counting import counted
from tthc_flow.report.word.papers import workflow_document


def test_the_rows_are_those_of_the_record():
    one = council()
    plan = one.record["plan"]
    known = {each["id"]: each for each in plan["steps"]["after"]}
    rows = Read(workflow_document((one,))).rows("TT")
    assert rows[0] == [
        *("TT", "Nội dung công việc", "Đơn vị, người thực hiện", "Thời gian", "Kết quả")
    ]
    steps = rows[1:-1]
    assert len(steps) == len(plan["workflow"]["after"]) == 19
    for row, place in zip(steps, plan["workflow"]["after"], strict=True):
        step = known[place["step"]]
        assert row[0].split()[0] == str(place["position"])
        assert row[1].startswith(step["name"])
        automatic = step["automatic"]
        assert row[2] == step["performer"] + (" (thực hiện trên hệ thống)" if automatic else "")
        assert row[3] == ("Không tính thời gian riêng" if automatic else counted(step["time"]))
        assert row[4] == (step["result"] or "……")
        assert row[0].endswith("(*)") is bool(place["changed"])
    assert rows[-1] == ["", "Tổng thời gian giải quyết", "", "20 ngày làm việc", ""]


def test_a_changed_row_is_grey_too():
    one = press()
    rows = Read(workflow_document((one,))).document.tables[0].rows[1:-1]
    grey = [row.cells[0]._tc.find(f"{W}tcPr/{W}shd") is not None for row in rows]
    changed = [bool(each["changed"]) for each in one.record["plan"]["workflow"]["after"]]
    assert grey == changed
    assert any(grey)
    assert not all(grey)


def test_a_branch_is_told_where_it_leaves():
    rows = Read(workflow_document((council(),))).rows("TT")
    (told,) = [row[1] for row in rows if "Không đủ điều kiện" in row[1]]
    assert "Không đủ điều kiện: chuyển “Từ chối, nêu lý do”" in told
    assert "Đủ điều kiện: chuyển bước 19" in told


def test_what_is_gone_stands_below_the_table():
    words = Read(workflow_document((press(),))).words
    assert "được bỏ hoặc gộp: Bỏ bước 4 “Chuyển hồ sơ liên thông lên UBND tỉnh”" in words


def test_several_workflows_begin_on_pages_of_their_own():
    read = Read(workflow_document((press(), council())))
    assert len(read.document.sections) == 2
    assert read.words.count("Tên thủ tục:") == 2


def test_a_workflow_with_what_nobody_approved_says_so():
    words = Read(workflow_document((press(),))).words
    told = "Quy trình gồm cả nội dung chưa được phê duyệt: lấy số, phát hành trên hệ thống"
    assert told in words
    assert "chưa được phê duyệt" not in Read(workflow_document((council(),))).words


def test_the_sum_is_never_alone_on_a_page():
    table = Read(workflow_document((press(),))).document.tables[0]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept[-3:-1] == [True, True]
