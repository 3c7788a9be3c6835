"""What `tthc-flow engine` and `work` tell beyond the state of a dossier."""

from __future__ import annotations

import csv

from lxml import etree

from cli.desk import LICENCE, begun
from dossiers.small import bpmn

OURS = (
    "def look_up(data):\n    raise RuntimeError('no answer')\n\n\n"
    "def send(letter):\n    raise ConnectionError('refused')\n\n\n"
    "FUNCTIONS = {'look_up': look_up}\n"
)


def at_the_function(desk) -> tuple[str, ...]:
    """Bring H1 to its automatic step, which fails; return the options of the worker."""
    begun(desk, "receive", "check")
    desk.json("complete", "H1", "--by", "An", "--flow", "f6")
    (desk.folder / "ours_failing.py").write_text(OURS)
    return ("--functions", "ours_failing:FUNCTIONS")


def test_what_is_exported_can_go_to_standard_output_and_then_holds_nothing_else(desk):
    begun(desk, "receive")
    table = desk("export", "--format", "csv", "-o", "-")
    rows = list(csv.DictReader(table.out.removeprefix("\ufeff").splitlines()))
    assert [each["business_key"] for each in rows] == ["H1", "H1"]
    assert "2 dòng nhật ký" in table.err
    log = desk("export", "--format", "xes", "-o", "-")
    assert etree.fromstring(log.out.encode()).tag.endswith("log")
    assert desk("export", "--format", "csv", "-o", "-", "--json").code == 2
    assert list(desk.folder.glob("-*")) == []


def test_the_slip_can_go_to_standard_output_as_a_page(desk):
    begun(desk, "receive")
    page = desk("slip", "H1", "-o", "-")
    assert (page.code, page.out.lstrip()[:9].lower()) == (0, "<!doctype")
    assert desk("slip", "H1", "-o", "-", "--json").code == 2
    for lang in ("vi", "en"):
        wrong = desk("slip", "H1", "-o", "x.pdf", "--lang", lang)
        assert (wrong.code, ".docx" in wrong.err, ".html" in wrong.err) == (2, True, True)
    assert list(desk.folder.glob("-*")) == []


def test_a_dossier_begun_twice_is_said_to_be_there(desk):
    begun(desk)
    before = desk.json("show", "H1")
    desk.wall.forward(days=1)
    again = ("start", "P", "H1", "--by", "Bình", "--set", "phí=1", "--limit", "9 ngày làm việc")
    left = desk(*again)
    assert left.out.startswith("Hồ sơ H1 đã có từ 08:00 thứ Hai 02/03/2026; không có gì thay đổi\n")
    assert desk.json(*again)["already_there"] is True
    assert desk.json("start", "P", "H3", "--by", "An")["already_there"] is False
    assert "is already there" in desk(*again, "--lang", "en").out
    assert desk.json("show", "H1") == before
    assert "đã có" not in desk("start", "P", "H2", "--by", "An").out


def test_no_task_is_told_from_none_that_matches_and_hidden_ones_are_counted(desk):
    desk.deploy(LICENCE)
    assert desk("tasks").out == "Không có việc nào đang chờ\n"
    assert desk("tasks", "--office", "X").out == "Không có việc nào đang chờ\n"
    for code in ("H1", "H2", "H3"):
        desk.json("start", "P", code, "--by", "An")
    assert desk("tasks", "--office", "X").out == "Không có việc nào khớp, trong 3 việc đang chờ\n"
    last = desk("tasks", "--limit", "2").out.splitlines()[-1]
    assert last == "3 việc đang chờ, 0 việc quá hạn; còn 1 việc không hiện"
    assert desk("tasks", "--limit", "3").out.endswith("3 việc đang chờ, 0 việc quá hạn\n")
    some = desk.json("tasks", "--limit", "2")
    assert (len(some["tasks"]), some["not_shown"]) == (2, 1)


def test_a_dossier_shows_its_data_its_form_and_its_letter_of_apology(desk):
    desk.deploy(
        bpmn(
            '<startEvent id="s"/><userTask id="pay" name="Pay"><extensionElements><tthc:step>'
            '<tthc:fields><tthc:field name="phí" type="number" required="true" label="Lệ phí"/>'
            '<tthc:field name="loại" type="choice"><tthc:choice name="mới"/>'
            '<tthc:choice name="lại"/></tthc:field></tthc:fields></tthc:step></extensionElements>'
            '</userTask><endEvent id="e"/>',
            "s > pay > e",
        )
    )
    given = ("a=1,5", "b=đúng", "c=31/12/2026", "d=5 ngày làm việc", "e=chữ")
    sets = [part for each in given for part in ("--set", each)]
    desk.json("start", "P", "H1", "--by", "An", "--limit", "5 ngày làm việc", *sets)
    why = ("--by", "An", "--reason", "mưa", "--apology", "12/TB-XL")
    desk.json("life", "extend", "H1", "2 ngày làm việc", *why)
    assert desk.json("show", "H1")["data"] == {
        "a": {"$": "exact", "is": "3/2"},
        "b": True,
        "e": "chữ",
        "c": {"$": "day", "is": "2026-12-31"},
        "d": {"$": "time", "is": "5", "unit": "working_day"},
    }
    lines = desk("show", "H1").out
    assert "--set phí=SỐ (bắt buộc): Lệ phí\n" in lines
    assert "--set loại=mới|lại\n" in lines
    assert (
        "Dữ liệu\n  a = 1,5\n  b = đúng\n  c = 31/12/2026\n  d = 5 ngày làm việc\n  e = chữ\n"
    ) in lines
    assert "mưa; văn bản xin lỗi 12/TB-XL\n" in lines


def test_a_dossier_shows_what_the_engine_itself_waits_for(desk):
    with_ours = at_the_function(desk)
    assert "Hệ thống đang chờ\n  việc tự động “Look up”, làm lúc 08:00" in desk("show", "H1").out
    desk.work(*with_ours)
    shown = desk("show", "H1").out
    assert "“Look up” chưa làm được, đã thử 1 lần: RuntimeError: no answer; thử lại 08:01" in shown
    for minutes in (1, 5):
        desk.wall.forward(minutes=minutes)
        desk.work(*with_ours)
    (job,) = desk.json("show", "H1")["system"]
    assert (job["node"], job["kind"], job["status"]) == ("look", "function", "incident")
    assert (job["due_at"], job["tries"], job["error"]) == (None, 3, "RuntimeError: no answer")
    shown = desk("show", "H1").out
    assert "sự cố ở “Look up”, đã thử 3 lần: RuntimeError: no answer" in shown
    desk.json("start", "P", "H2", "--by", "An")
    assert "Hệ thống đang chờ" not in desk("show", "H2").out


def test_the_worker_names_what_failed_why_and_when_it_is_tried_again(desk):
    with_ours = at_the_function(desk)
    told = desk.work(*with_ours).err
    assert (
        "\n  hồ sơ H1: “Look up” chưa làm được, đã thử 1 lần: RuntimeError: no answer; "
        "thử lại 08:01 thứ Hai 02/03/2026\n"
    ) in told
    for minutes in (1, 5):
        desk.wall.forward(minutes=minutes)
        told = desk.work(*with_ours, "--deliver", "ours_failing:send").err
    assert "hồ sơ H1: sự cố ở “Look up”, đã thử 3 lần: RuntimeError: no answer" in told
    assert (
        "thông báo “báo sự cố” của hồ sơ H1 chưa gửi được: ConnectionError: refused; "
        "thử lại 08:07 thứ Hai 02/03/2026\n"
    ) in told
    desk.wall.forward(minutes=1)
    told = desk.work("--deliver", "ours_failing:send").err
    assert told.count("chưa gửi được: ConnectionError") == 1
    assert "thử lại 08:09" in told
    assert "sự cố ở" not in told


def test_an_office_of_the_name_of_its_role_is_said_once_on_the_slip(desk):
    lanes = "".join(
        f'<lane id="l{node}" name="{node}"><extensionElements><tthc:lane><tthc:performer '
        f'name="{node}" role="{role}" office="{office}"/></tthc:lane></extensionElements>'
        f"<flowNodeRef>{node}</flowNodeRef></lane>"
        for node, role, office in (
            ("a", "one_stop_shop", "Bộ phận một cửa"),
            ("b", "officer", "Bộ phận một cửa"),
        )
    )
    drawn = '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    desk.deploy(bpmn(f"<laneSet>{lanes}</laneSet>{drawn}", "s > a > b > e"))
    desk.json("start", "P", "H1", "--by", "An")
    for node in "ab":
        desk.json("complete", f"H1:{node}", "--by", "An")
    page = desk("slip", "H1", "-o", "-").out
    assert "(Bộ phận một cửa)" in page  # the officer's
    assert "Chuyên viên (Bộ phận một cửa)" in page
    assert "Bộ phận Một cửa (" not in page
    assert "Bộ phận một cửa (" not in page
