"""Which procedures are deployed, in which versions."""

from __future__ import annotations

from cli.desk import LICENCE, LISTENER


def test_each_version_of_each_procedure_is_a_row(desk):
    first = desk.deploy(LICENCE)
    desk.deploy(LISTENER, "b.bpmn")
    second = desk.deploy(LICENCE.replace(b"4 gi", b"8 gi"))
    rows = [line.split() for line in desk("procedures").out.splitlines()]
    assert rows[0] == ["Quy", "trình", "Phiên", "bản", "Tên", "Mã", "băm"]
    assert [(row[0], row[1]) for row in rows[1:]] == [("L", "1"), ("P", "1"), ("P", "2")]
    assert [row[-1] for row in rows[2:]] == [first[:12], second[:12]]


def test_the_versions_of_one_procedure_are_told_in_json(desk):
    desk.deploy(LISTENER, "b.bpmn")
    first = desk.deploy(LICENCE)
    second = desk.deploy(LICENCE.replace(b"4 gi", b"8 gi"))
    told = desk.json("procedures", "P")
    assert [each["version"] for each in told["definitions"]] == [1, 2]
    assert [each["hash"] for each in told["definitions"]] == [first, second]
    assert desk.json("procedures", "nobody")["definitions"] == []


def test_where_nothing_is_deployed_it_is_said(desk):
    (desk.folder / "none.bpmn").write_bytes(b"")
    assert desk("deploy", desk.folder / "none.bpmn").code == 3  # it has made the database
    assert desk("procedures").out == "Chưa triển khai quy trình nào\n"
    desk.deploy(LICENCE)
    assert desk("procedures", "X").out == "Chưa triển khai quy trình 'X'\n"
    assert desk("procedures", "X", "--lang", "en").out == "No procedure 'X' is deployed\n"


def test_what_the_list_names_is_what_a_migration_takes(desk):
    desk.deploy(LICENCE)
    desk.json("start", "P", "H1", "--by", "An")
    desk.deploy(LICENCE.replace(b"4 gi", b"8 gi"))
    _, old, new = (line.split() for line in desk("procedures", "P").out.splitlines())
    by_hash = desk.json("migrate", old[-1], new[-1], "--by", "An", "--dry-run")["migration"]
    by_name = desk.json("migrate", "P@1", "P@2", "--by", "An", "--dry-run")["migration"]
    assert by_hash == by_name
    assert len(by_name["moves"]) == 1
