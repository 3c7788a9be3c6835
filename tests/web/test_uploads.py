"""Files that are dropped on the page: what opens, what is refused, what a name may be."""

from __future__ import annotations

import io
import zipfile

import pytest

from tthc_flow.projects.saved import HEAD, zipped
from tthc_flow.web import shelf
from tthc_flow.web.bodies import MOST_UPLOADED
from web.asking import HEAD as DEFINITIONS
from web.asking import IN_A_ROW, LONG, OWN, STUCK, Page, shown

TABLE = """name: Chung thuc
steps:
- {no: '1', content: Tiếp nhận hồ sơ, performer: Một cửa, time: {value: 1, unit: working_day}}
- {no: '2', content: Ký, performer: Chủ tịch UBND xã}
"""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (IN_A_ROW, "a.bpmn"),
        (IN_A_ROW, "a.xml"),
        (IN_A_ROW, "a.pdf"),  # told by its bytes, not by its name
        ("\ufeff" + IN_A_ROW, "a.bpmn"),
        (IN_A_ROW.encode("utf-16"), "a.bpmn"),
        (TABLE, "a.yaml"),
        ("no,content,performer\n1,Tiếp nhận,Một cửa\n2,Ký,Chủ tịch\n", "a.csv"),
    ],
)
def test_a_drawing_or_a_table_opens_with_its_drawing(page, data, name):
    view = page.upload(data, name)
    assert view["file"] == name
    assert "BPMNShape" in view["xml"]
    assert (view["version"], view["can_undo"], view["can_redo"]) == (1, False, False)


def test_what_a_table_was_doubtful_about_is_told_with_its_line(page):
    view = page.upload(TABLE, "a.yaml")
    (missing,) = [note for note in view["notes"] if note["code"] == "check-time-missing"]
    assert missing["line"] == 4
    assert "Bước 2" in missing["message"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TF222"),
        (b"%PDF-1.7", "TF246"),
        (b"<html></html>", "TF211"),
        (b"<definitions", "TF209"),
        (f"{DEFINITIONS}</definitions>".encode(), "TF231"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "TF207"),
        (b"name: !!python/object/apply:os.system [id]\nsteps: []\n", "TF223"),
        (b"steps: &a [*a]\n", "TF225"),
        (b"\xd0\xcf\x11\xe0old", "TF247"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_nothing_opens(page, data, code):
    refused = page.upload(data, "a.bin", 422)
    assert refused["error"]["code"] == code
    assert refused["error"]["hint"]
    assert page.get("/api/projects") == []


def test_a_flow_that_is_not_sound_opens_with_its_findings_and_the_way_to_the_broken_place(page):
    view = page.upload(STUCK)
    assert view["after_xml"] is None
    assert view["unsound"]["code"] == "TF310"
    assert view["unsound"]["trace"]
    assert "check-unsound-cannot-complete" in {row["code"] for row in view["record"]["findings"]}
    assert view["record"]["command"] == "measure"
    assert view["record"]["steps"] == 2
    assert view["heat"]["findings"]["elements"]


def test_a_flow_that_cannot_be_executed_opens_and_says_so(page):
    lonely = IN_A_ROW.replace("<endEvent", '<boundaryEvent id="b" attachedToRef="A"/><endEvent')
    view = page.upload(lonely)
    assert view["unsound"]["code"] in {"TF310", "TF401"}
    assert view["facts"].keys() == {"A"}


def test_names_that_hold_scripts_come_out_as_texts_of_json_only(page):
    script = "<script>alert(1)</script>\u2028\"'&"
    escaped = script.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    view = page.upload(IN_A_ROW.replace("Ký", escaped), f"{script}.bpmn")
    assert view["facts"]["A"]["name"].startswith("<script>alert(1)")
    assert "/" not in view["file"]
    for address in (f"/api/projects/{view['id']}", "/api/projects"):
        answer = page.client.get(address)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\bảng.bpmn", "bảng.bpmn"),
        ("a\r\nSet-Cookie: b.bpmn", "aSet-Cookie: b.bpmn"),
        ("a\x00\x1b[31m\u202egpj.bpmn", "a[31mgpj.bpmn"),
        ("..", "file"),
        ("", "file"),
        ("x" * 999 + ".bpmn", "x" * 195 + ".bpmn"),
    ],
)
def test_the_name_of_a_file_is_only_a_name(page, name, kept):
    view = page.upload(IN_A_ROW, name)
    assert view["file"] == kept
    answer = page.client.get(f"/api/projects/{view['id']}/save")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "set-cookie" not in answer.headers


def test_an_upload_of_the_greatest_size_is_read_and_one_byte_more_is_not(page):
    page.upload(b"x" * MOST_UPLOADED, "a.bpmn", 422)
    refused = page.upload(b"x" * (MOST_UPLOADED + 1), "a.bpmn", 413)
    assert refused["error"]["code"] == "TF805"


def test_a_choice_from_an_upload_that_is_not_kept_is_told(page):
    for asked, status, code in (
        ("upload=u1&choice=1", 410, "TF809"),
        ("upload=&choice=1", 410, "TF809"),
        ("choice=x", 404, "TF804"),
        ("choice=-1", 404, "TF804"),
    ):
        answer = page.client.post(f"/api/projects?{asked}", content=IN_A_ROW, headers=OWN)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_no_more_than_50_projects_are_open_and_none_is_thrown_away_silently(page, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_PROJECTS", 2)
    first, _ = page.upload(IN_A_ROW), page.upload(IN_A_ROW)
    assert page.upload(IN_A_ROW, "a.bpmn", 409)["error"]["code"] == "TF808"
    page.send(f"/api/projects/{first['id']}/close", {})
    assert page.get(f"/api/projects/{first['id']}", 404)["error"]["code"] == "TF804"
    page.upload(IN_A_ROW)
    assert len(page.get("/api/projects")) == 2


def project_file(page: Page) -> bytes:
    view = page.upload(LONG.read_bytes(), "dài.bpmn")
    (step, *_) = view["facts"]
    view = page.act(view, kind="facts", element=step, fields={"time": "0,25 ngày"})
    view = page.act(view, kind="targets", time=0.3)
    view = page.act(view, kind="undo")
    return page.client.get(f"/api/projects/{view['id']}/save").content


def test_a_saved_project_is_dropped_again_and_is_the_same_and_can_still_go_back_and_forth(page):
    data = project_file(page)
    before, after = page.get("/api/projects/p1"), page.upload(data, "x.tthc")
    assert shown(after) == shown(before)
    assert (after["can_undo"], after["can_redo"]) == (True, True)
    assert page.client.get(f"/api/projects/{after['id']}/save").content == data
    redone = page.act(after, kind="redo")
    assert redone["targets"]["time"] == 0.3


def changed(data: bytes, **texts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        files = {each: book.read(each) for each in book.namelist()}
    return zipped({**files, **{name.replace("__", "."): text for name, text in texts.items()}})


def test_a_project_that_was_damaged_is_refused_and_never_half_opened(page):
    data = project_file(page)
    head = zipfile.ZipFile(io.BytesIO(data)).read(HEAD)
    damaged = [
        data[:-40],
        data[:2000] + bytes(reversed(data[2000:2400])) + data[2400:],
        *(changed(data, project__json=text) for text in (b"", b"[]", b"{}", b"[" * 100_000)),
        changed(data, project__json=head.replace(b"project/1", b"project/9")),
        changed(data, project__json=head.replace(b'"now": 1', b'"now": 7')),
        changed(data, project__json=head.replace(b'"now": 1', b'"now": "1"')),
        changed(data, project__json=head.replace(b"bpmn/1.bpmn", b"../../etc/passwd")),
        changed(data, project__json=head.replace(b"INFO", b"__class__")),
        changed(data, project__json=head.replace(b'"3/10"', b'"1/0"')),
        changed(data, project__json=head.replace(b'"3/10"', b'"7"')),
    ]
    opened = len(page.get("/api/projects"))
    for each in damaged:
        code = page.upload(each, "x.tthc", 422)["error"]["code"]
        assert code == "TF261"
    assert len(page.get("/api/projects")) == opened


def test_notes_of_a_project_name_only_findings_that_there_are(page):
    data = project_file(page)
    head = zipfile.ZipFile(io.BytesIO(data)).read(HEAD)
    assert b"read-pool-black-box" in head
    for code in (b"../error-TF001", b"read-no-such", b"", b"read-pool-black-box\\n"):
        made = changed(data, project__json=head.replace(b"read-pool-black-box", code))
        assert page.upload(made, "x.tthc", 422)["error"]["code"] == "TF261"


def test_a_project_that_would_unpack_to_too_much_is_refused_before_it_is_unpacked(page):
    bomb = zipped({HEAD: b"{}", "original": b"0" * 200_000_000})
    assert len(bomb) < 300_000
    assert page.upload(bomb, "x.tthc", 422)["error"]["code"] == "TF262"
    many = zipped({HEAD: b"{}", **{f"f{number}": b"" for number in range(2000)}})
    assert page.upload(many, "x.tthc", 422)["error"]["code"] == "TF262"


def test_a_project_that_lies_about_its_sizes_is_refused(page):
    bomb = bytearray(zipped({HEAD: b"{}", "original": b"0" * 50_000_000}))
    at = bomb.rindex(b"PK\x01\x02") + 24  # the size in the list of contents
    bomb[at : at + 4] = (10).to_bytes(4, "little")
    assert page.upload(bytes(bomb), "x.tthc", 422)["error"]["code"] == "TF261"


def test_a_project_whose_drawing_does_not_open_is_refused(page):
    data = project_file(page)
    for text, code in ((b"<a", "TF209"), (IN_A_ROW.encode(), "TF230")):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            names = [each for each in book.namelist() if each.startswith("bpmn/")]
        made = changed(data, **dict.fromkeys(names, text))
        assert page.upload(made, "x.tthc", 422)["error"]["code"] == code
