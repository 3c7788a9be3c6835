"""The whole way of an officer: load, review, export; and that it is kept."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest

from web.browser.window import Window

SON_LA = "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
ROW = ("TT", "Trình tự thực hiện", "Trách nhiệm", "Thời gian")
STEPS = (
    ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày"),
    ("2", "Phân công người xử lý", "Lãnh đạo phòng", "0,5 ngày"),
    ("3", "Thẩm định hồ sơ, dự thảo kết quả", "Chuyên viên", "3 ngày"),
    ("4", "Xem xét, trình ký", "Lãnh đạo phòng", "1 ngày"),
    ("5", "Ký duyệt kết quả", "Lãnh đạo Sở", "1 ngày"),
    ("6", "Đóng dấu, vào sổ", "Văn thư", "0,5 ngày"),
    ("7", "Trả kết quả", "Bộ phận Một cửa", "0,5 ngày"),
)


def word(path: Path, *names: str) -> Path:
    """Write the steps as offices have them in Word, once for each of *names*."""
    from docx import Document

    document = Document()
    for name in names or ("CẤP GIẤY PHÉP THỬ",):
        document.add_paragraph(f"QUY TRÌNH GIẢI QUYẾT THỦ TỤC {name}")
        table = document.add_table(rows=0, cols=len(ROW))
        for row in (ROW, *STEPS):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def sheet(path: Path) -> Path:
    """Write the steps as offices have them in Excel."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (ROW, *STEPS):
        page.append(row)
    book.save(path)
    return path


def download(window: Window, key: str, folder: Path) -> Path:
    with window.page.expect_download() as waiting:
        window.page.click(f'[data-key="{key}"]')
    got = folder / waiting.value.suggested_filename
    waiting.value.save_as(got)
    return got


def test_a_diagram_goes_from_load_to_the_files_and_back(window: Window, root: Path, tmp_path: Path):
    window.review(root / SON_LA)
    assert "25 %" in window.cut()
    window.click("tab-export")
    window.page.wait_for_selector(".files li")
    assert window.text("#exports h2 >> nth=0") == "Văn bản để trình"
    assert "Phương án đơn giản hóa (Word)" in window.text(".files li >> nth=0")
    everything = download(window, "file-everything.zip", tmp_path)
    assert "report.html" in zipfile.ZipFile(everything).namelist()
    record = json.loads(download(window, "file-proposal.json", tmp_path).read_text("utf-8"))
    assert record["plan"]["cut"]["time"] == 0.25
    saved = download(window, "export-save", tmp_path)
    window.bring(saved)
    window.click("go-review")
    assert "25 %" in window.cut()


@pytest.mark.parametrize(("name", "write"), [("quy-trình.docx", word), ("quy-trình.xlsx", sheet)])
def test_a_table_of_an_office_becomes_a_reviewed_workflow(
    window: Window, tmp_path: Path, name: str, write
):
    window.review(write(tmp_path / name))
    window.panel("notes")
    assert "hiểu là “chuyên viên” theo chữ" in window.page.locator("#panel").text_content()
    assert window.page.locator("#stage .djs-shape").count() >= len(STEPS)
    window.panel("step")
    assert "Thẩm định hồ sơ" in window.text("#step-picked")
    window.click("tab-export")
    window.page.wait_for_selector(".files li")
    after = download(window, "file-after.bpmn", tmp_path)
    assert "Tiếp nhận hồ sơ" in after.read_text("utf-8")


def test_one_of_several_procedures_in_a_document_is_chosen(window: Window, tmp_path: Path):
    window.bring(
        word(tmp_path / "hai quy trình.docx", "CẤP GIẤY PHÉP THỬ", "THU HỒI GIẤY PHÉP THỬ")
    )
    assert "hai quy trình.docx có 2 quy trình" in window.text(".choices h2")
    assert "7 bước" in window.text('[data-key="choice-1"]')
    second = window.text('[data-key="choice-2"] strong')
    window.click("choice-2")
    window.click("go-review")
    window.drawn()
    assert window.page.locator(".choices").count() == 0
    assert window.text("#top .file") == "hai quy trình.docx"
    assert second.casefold() in window.page.title().casefold()
    window.click("tab-load")
    window.click("choices-again")
    window.click("choice-1")
    window.click("tab-load")
    assert second.casefold() in window.text(".others").casefold()


def test_thirty_steps_are_shown_within_five_seconds(window: Window, tmp_path: Path):
    rows = [f"{n},Thẩm định nội dung số {n},Chuyên viên phòng {n % 5},1 ngày" for n in range(1, 31)]
    file = tmp_path / "dài.csv"
    file.write_text("no,content,performer,time\n" + "\n".join(rows) + "\n", "utf-8")
    begun = time.monotonic()
    window.review(file)
    window.page.wait_for_selector('[data-gauge="time"]')
    assert time.monotonic() - begun < 5


def test_a_dropped_file_is_read_and_an_unreadable_one_is_explained(window: Window, root: Path):
    drop = """([name, text]) => {
        const held = new DataTransfer();
        held.items.add(new File([text], name));
        const drop = new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
        document.body.dispatchEvent(drop);
    }"""
    window.page.evaluate(drop, ["hỏng.bpmn", "<definitions"])
    window.page.wait_for_selector(".notice.error")
    assert "TF" in window.said()
    window.page.keyboard.press("Escape")
    assert window.page.locator(".notice").count() == 0
    window.page.evaluate(drop, ["flow.bpmn", (root / SON_LA).read_text("utf-8")])
    window.page.wait_for_selector('[data-key="go-review"]')


def test_a_note_leads_to_its_element(window: Window, root: Path):
    window.bring(root / SON_LA)
    window.drawn()
    window.page.click("#panel .note .where >> nth=0")
    assert window.page.locator("#stage .djs-element.chosen").count() == 1
