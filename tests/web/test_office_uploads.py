"""Word and Excel files that are dropped: opened, chosen from, or refused while still packed."""

from __future__ import annotations

import pytest

from tables.office.office_files import HEADER, excel, repacked, word
from tthc_flow.model.finding import Severity
from tthc_flow.tables.read import read_tables
from web.asking import OWN

STEPS = (HEADER, ("1", "Tiếp nhận hồ sơ", "Một cửa", "4 giờ"), ("2", "Ký", "Chủ tịch", "1 ngày"))
ONE = word("Thủ tục: Cấp giấy phép", STEPS)
TWO = excel({"A": STEPS, "B": (*STEPS, ("3", "Trả kết quả", "Một cửa", "2 giờ"))})


@pytest.mark.parametrize(("data", "name"), [(ONE, "một.docx"), (excel({"A": STEPS}), "một.xlsx")])
def test_a_table_in_an_office_file_opens_with_its_drawing(page, data, name):
    view = page.upload(data, name)
    assert [facts["performer"] for facts in view["facts"].values()] == ["Một cửa", "Chủ tịch"]
    assert "BPMNShape" in view["xml"]


def test_of_several_procedures_in_a_file_one_is_chosen_and_the_file_stays_for_another(page):
    told = page.upload(TWO, "hai.xlsx", 200)
    assert [(each["number"], each["steps"]) for each in told["choices"]] == [(1, 2), (2, 3)]
    doubts = [
        sum(each.severity > Severity.INFO for each in found.findings) for found in read_tables(TWO)
    ]
    assert [each["findings"] for each in told["choices"]] == doubts
    assert page.get("/api/projects") == []
    for number, steps in ((2, 3), (1, 2)):
        address = f"/api/projects?upload={told['upload']}&choice={number}"
        answer = page.client.post(address, headers=OWN)
        assert answer.status_code == 201
        view = answer.json()
        assert (view["file"], len(view["facts"])) == ("hai.xlsx", steps)
    answer = page.client.post(f"/api/projects?upload={told['upload']}&choice=3", headers=OWN)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "TF230")
    saved = page.client.get(f"/api/projects/{view['id']}/save").content
    assert page.upload(saved, "hai.tthc")["facts"] == view["facts"]


def test_only_the_last_few_files_wait_for_a_choice(page):
    first = page.upload(TWO, "a.xlsx", 200)["upload"]
    for _ in range(5):
        page.upload(TWO, "a.xlsx", 200)
    answer = page.client.post(f"/api/projects?upload={first}&choice=1", headers=OWN)
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "TF809")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (repacked(ONE, {"word/vbaProject.bin": b"x"}), "TF240"),
        (repacked(TWO, {"xl/vbaProject.bin": b"x"}), "TF240"),
        (repacked(ONE, {"word/media/a.bin": b"\0" * 9_000_000}), "TF242"),
        (repacked(TWO, {"xl/media/a.bin": b"\0" * 9_000_000}), "TF242"),
        (repacked(ONE, {"word/a.xml": b" " * 40_000_000}), "TF242"),
        (ONE[:-200], "TF243"),
    ],
)
def test_macros_and_bombs_are_refused_and_nothing_is_kept(page, data, code):
    assert page.upload(data, "a.docx", 422)["error"]["code"] == code
    assert page.get("/api/projects") == []
