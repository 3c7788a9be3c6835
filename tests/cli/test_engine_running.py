"""Many dossiers from the command line: the worker, incidents, versions, the chain, the log."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile

from lxml import etree
from sqlalchemy import create_engine, text

from cli.calling import problems
from cli.desk import LICENCE, LISTENER, begun


def test_the_worker_does_what_is_due_and_incidents_are_resolved(desk):
    begun(desk, "receive", "check")
    desk.json("complete", "H1", "--by", "An", "--flow", "f6")
    (desk.folder / "ours.py").write_text(
        "def look_up(data):\n    raise RuntimeError('no answer')\n\n\n"
        "FUNCTIONS = {'look_up': look_up}\n"
    )
    with_ours = ("--functions", "ours:FUNCTIONS")
    assert "1 việc chưa được, sẽ thử lại" in desk.work(*with_ours).err
    assert "Không có việc nào đến hạn" in desk.work(*with_ours).out
    for minutes in (1, 5):
        desk.wall.forward(minutes=minutes)
        left = desk.work(*with_ours, "--json")
        assert problems(left.json) == []
    assert left.json["worked"]["incidents"] == 1
    (incident,) = desk.json("incidents", "list", "--dossier", "H1")["incidents"]
    assert incident["error"] == "RuntimeError: no answer"
    assert "no answer" in desk("incidents", "list").out
    desk.json("incidents", "retry", incident["id"], "--by", "An")
    assert desk.json("incidents", "list")["incidents"] == []
    for minutes in (0, 1, 5):
        desk.wall.forward(minutes=minutes)
        desk.work(*with_ours)
    done = desk.json("incidents", "resolve", incident["id"], "--by", "An", "--set", "nợ=0")
    assert done["dossier"]["status"] == "running"
    ended = desk.json("message", "PAID", "--dossier", "H1", "--by", "kho bạc")["dossier"]
    assert ended["status"] == "completed"
    letters = desk.work("--deliver", "-").out.splitlines()
    assert [json.loads(each)["topic"] for each in letters] == ["incident", "incident", "ended"]


def test_a_signal_is_heard_by_all_when_the_worker_comes(desk):
    desk.deploy(LISTENER)
    for code in ("L1", "L2"):
        desk.json("start", "L", code, "--by", "An")
    assert desk.json("signal", "HOLIDAY", "--set", "days=9")["heard"] == 2
    assert [each["node"] for each in desk.json("tasks")["tasks"]] == ["wait", "wait"]
    assert desk.work().code == 0
    assert [each["node"] for each in desk.json("tasks")["tasks"]] == ["a", "a"]


def test_what_the_worker_is_given_must_be_there_and_be_of_its_kind(desk):
    desk.deploy(LISTENER)
    (desk.folder / "ours2.py").write_text("FUNCTIONS = {}\n\n\ndef take(letter):\n    pass\n")
    for wrong in ("ours2", "ours2:NONE", "no_such_module:x", "ours2:take", ":"):
        assert desk.work("--functions", wrong).code == 2
    assert desk.work("--deliver", "ours2:FUNCTIONS").code == 2
    assert desk.work("--functions", "ours2:FUNCTIONS", "--deliver", "ours2:take").code == 0
    assert desk.work("--port", "0").code == 0
    assert desk.work("--port", "65536").code == 2


def test_dossiers_go_to_another_version_and_back(desk):
    begun(desk, "receive")
    desk.json("start", "P", "H2", "--by", "An")
    changed = LICENCE.replace(b'"receive"', b'"take"').replace(b"4 gi", b"8 gi")
    desk.deploy(changed)
    ask = ("P@1", "P@2", "--by", "An")
    planned = desk.json("migrate", *ask, "--dry-run")["migration"]
    h1, h2 = (desk.json("show", code)["dossier"]["id"] for code in ("H1", "H2"))
    assert (planned["moves"], planned["id"]) == ([h1], None)
    (stays,) = planned["stays"]
    assert (stays["dossier"], stays["business_key"]) == (h2, "H2")
    assert stays["why"] == [
        {
            "code": "migrate-gone",
            "node": "receive",
            "text": "bước “Receive” không có trong phiên bản mới",
        }
    ]
    left = desk("migrate", *ask)
    assert left.out.startswith(
        "Đã chuyển 1 hồ sơ sang phiên bản P@2; ở lại 1\n  H1\n"
        "  H2 ở lại: bước “Receive” không có trong phiên bản mới (receive)\nMã đợt chuyển: "
    )
    moved = desk.json("migrate", *ask, "--map", "receive=take")["migration"]
    assert (moved["moves"], moved["stays"]) == ([h2], [])
    assert [each["node"] for each in desk.json("show", "H2")["dossier"]["tasks"]] == ["take"]
    back = desk.json("migrate", "--revert", moved["id"], "--by", "An")["migration"]
    assert (back["moves"], back["target"]) == ([h2], planned["source"])
    assert desk("migrate", "P@1", "--by", "An").code == 2
    gone = desk("migrate", "P@1", "P@9", "--by", "An")
    assert (gone.code, gone.err[:5]) == (1, "TF705")


def test_a_chain_that_was_tampered_with_is_named_and_fails_the_gate(desk):
    begun(desk, "receive")
    desk.json("start", "P", "H2", "--by", "An")
    whole = desk.json("verify")
    assert (whole["dossiers"], whole["breaks"]) == (2, [])
    assert "Nhật ký của 2 hồ sơ còn nguyên vẹn" in desk("verify").out
    database = create_engine(desk.database[1])
    with database.begin() as here:
        here.execute(text("UPDATE tthc_events SET actor = 'Minh' WHERE step_no = 1"))
    database.dispose()
    left = desk("verify")
    assert (left.code, left.out) == (1, "Hồ sơ H1, bước số 1: nội dung đã bị sửa\n")
    assert desk("verify", "H2").code == 0
    broken = desk("verify", "H1", "--json")
    assert (broken.code, problems(broken.json)) == (1, [])
    assert broken.json["breaks"][0]["why"] == "changed"


def test_the_log_is_exported_as_xes_and_as_a_table(desk):
    begun(desk, "receive", "check")
    written = desk.json("export", "--format", "csv", "-o", desk.folder / "log.csv")
    table = (desk.folder / "log.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(table.splitlines()))
    assert written["rows"] == len(rows) == 3
    desk.json("export", "--format", "xes", "-o", "log.xes.gz", "--dossier", "H1")
    log = etree.fromstring(gzip.decompress((desk.folder / "log.xes.gz").read_bytes()))
    assert [each.tag.rpartition("}")[2] for each in log].count("trace") == 1
    assert desk("export", "--format", "xes", "-o", desk.folder).code == 3


def test_the_control_slip_is_printed_as_word_and_as_a_page(desk):
    begun(desk, "receive", "check")
    told = desk.json("slip", "H1", "-o", desk.folder / "a.docx", "--agency", "SỞ NỘI VỤ")
    assert told["passages"] >= 1
    with zipfile.ZipFile(desk.folder / "a.docx") as word:
        assert "SỞ NỘI VỤ" in word.read("word/document.xml").decode()
    assert desk("slip", "H1", "-o", desk.folder / "a.html").code == 0
    page = (desk.folder / "a.html").read_text("utf-8")
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in page
    assert desk("slip", "H1", "-o", desk.folder / "a.pdf").code == 2
    assert desk("slip", "H9", "-o", desk.folder / "b.html").code != 0
    assert not (desk.folder / "b.html").exists()


def test_a_folder_is_deployed_whole_and_what_cannot_be_is_named(desk):
    files = desk.folder / "flows"
    files.mkdir()
    (files / "a.bpmn").write_bytes(LICENCE)
    (files / "b.bpmn").write_bytes(b"<nothing/>")
    left = desk("deploy", files, "--keep-days", 30, "--json")
    assert (left.code, problems(left.json)) == (1, [])
    assert [each["keep_days"] for each in left.json["definitions"]] == [30]
    assert [each["file"] for each in left.json["refused"]] == [str(files / "b.bpmn")]
    assert f"Không triển khai được {files / 'b.bpmn'}" in left.err
    again = desk.json("deploy", files / "a.bpmn", "--process", "P")["definitions"]
    assert [each["version"] for each in again] == [1]
    assert desk("deploy", files / "b.bpmn").code == 3
    assert desk("deploy", files / "none.bpmn").err.startswith("TF201")
