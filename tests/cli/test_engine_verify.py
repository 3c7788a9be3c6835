"""`tthc-flow engine verify`: what it names, and the heads that it writes and holds dossiers to."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import create_engine, delete, select, text

from cli.calling import problems
from cli.desk import Desk, begun
from cli.test_english import VIETNAMESE
from tthc_flow.dossiers.heads import heads_of
from tthc_flow.store.schema import events, instances, tasks


def changed(desk: Desk, *statements: str) -> None:
    """Change the database of *desk* beside the engine."""
    database = create_engine(desk.database[1])
    with database.begin() as here:
        for statement in statements:
            here.execute(text(statement))
    database.dispose()


def delete_h1(desk: Desk) -> None:
    """Delete H1, which has no jobs and letters, with its events."""
    database = create_engine(desk.database[1])
    with database.begin() as here:
        which = select(instances.c.id).where(instances.c.business_key == "H1").scalar_subquery()
        for table in (tasks, events):
            here.execute(delete(table).where(table.c.instance == which))
        here.execute(delete(instances).where(instances.c.business_key == "H1"))
    database.dispose()


def test_heads_are_written_and_name_a_dossier_that_was_deleted(desk):
    begun(desk, "receive")
    desk.json("start", "P", "H2", "--by", "An")
    file = desk.folder / "heads.json"
    written = desk("verify", "--heads", file)
    heads = heads_of(file.read_text("utf-8"))
    assert {(each.business_key, each.step_no) for each in heads.dossiers} == {("H1", 1), ("H2", 0)}
    assert written.out == (
        "Nhật ký của 2 hồ sơ còn nguyên vẹn\n"
        f"Đã ghi mốc nhật ký của 2 hồ sơ vào {file}; mã băm {heads.digest}\n"
    )
    desk.json("complete", "H2:receive", "--by", "An")
    against = f"So với mốc nhật ký lúc 08:00 thứ Hai 02/03/2026: 2 hồ sơ, mã băm {heads.digest}\n"
    kept = desk("verify", "--against", file)
    assert (kept.code, kept.out) == (0, f"{against}Nhật ký của 2 hồ sơ còn nguyên vẹn\n")
    delete_h1(desk)
    assert desk("verify").code == 0
    left = desk("verify", "--against", file)
    assert (left.code, left.out) == (1, f"{against}Hồ sơ H1, bước số 1: hồ sơ đã bị xóa\n")
    told = desk("verify", "--against", file, "--json")
    assert problems(told.json) == []
    (broken,) = told.json["breaks"]
    assert (told.code, broken["business_key"], broken["why"]) == (1, "H1", "gone")


def test_heads_are_not_written_of_a_chain_that_is_broken(desk):
    begun(desk, "receive")
    file = desk.folder / "heads.json"
    assert desk("verify", "--heads", file).code == 0
    before = file.read_bytes()
    desk.wall.forward(minutes=1)
    changed(desk, "UPDATE tthc_events SET actor = 'Minh' WHERE step_no = 1")
    left = desk("verify", "--against", file, "--heads", file)
    assert (left.code, file.read_bytes()) == (1, before)
    assert left.out.endswith("Hồ sơ H1, bước số 1: nội dung đã bị sửa\n")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("UPDATE tthc_definitions SET content = X'00'", "tệp quy trình mà hồ sơ đang theo"),
        ("UPDATE tthc_jobs SET name = 'khác'", "việc chờ hệ thống làm khác"),
        ("DELETE FROM tthc_letters", "thông báo gửi ra ngoài khác"),
    ],
)
def test_what_was_changed_beside_the_events_is_said_in_words(desk, harm, why):
    begun(desk, "receive", "check")
    desk.json("complete", "H1:full", "--flow", "f6", "--by", "An")
    desk.json("life", "extend", "H1", "1 ngày làm việc", "--by", "An", "--reason", "bão")
    assert desk("verify").code == 0
    changed(desk, harm)
    left = desk("verify")
    assert left.code == 1
    assert left.out.startswith(f"Hồ sơ H1, bước số 4: {why}")
    english = desk("verify", "--lang", "en")
    assert VIETNAMESE.findall(english.out) == []


def test_what_is_asked_for_in_english_is_english(desk):
    begun(desk)
    file = desk.folder / "heads.json"
    assert VIETNAMESE.findall(desk("verify", "--heads", file, "--lang", "en").out) == []
    delete_h1(desk)
    left = desk("verify", "--against", file, "--lang", "en")
    assert re.fullmatch(
        "Against the heads of .*: 1 dossiers, digest [0-9a-f]{64}\n"
        "Dossier H1, step 0: the dossier was deleted\n",
        left.out,
    )


def test_a_file_that_holds_no_heads_is_refused(desk):
    begun(desk)
    file = desk.folder / "heads.json"
    assert desk("verify", "--heads", file).code == 0
    said = json.loads(file.read_text("utf-8"))
    said["dossiers"] = []
    file.write_text(json.dumps(said), "utf-8")
    (desk.folder / "latin.json").write_bytes("Hồ".encode("utf-16"))
    for wrong in (file, desk.folder / "latin.json", desk.folder / "none.json", desk.folder):
        left = desk("verify", "--against", wrong)
        assert (left.code, left.err[:5]) == (3, "TF730"), wrong
    assert desk("verify", "H1", "--heads", file).code == 2
    assert "--heads ghi mốc của mọi hồ sơ" in desk("verify", "H1", "--heads", file).err
    assert desk("verify", "--heads", desk.folder / "a" / "b.json").code == 0
    assert desk("verify", "--heads", desk.folder).code == 3
