"""What holds procedures: folders, archives and tables give the same files; bad ones are refused."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from portfolio.given import drawn, folder_of
from tthc_flow.errors import UnreadableInput
from tthc_flow.portfolio.archives import MAX_RATIO, SMALL
from tthc_flow.portfolio.item import Item
from tthc_flow.portfolio.sources import opened_source

ANSWERS = b"format: tthc-flow-answers/1\nanswers: []\n"


def items_of(place: Path) -> list[Item]:
    with opened_source(place) as source:
        first, again = list(source.items()), list(source.items())
        assert [each.mark for each in first] == [each.mark for each in again]
        assert len(first) == source.count
    return first


def refused(place: Path) -> str:
    with pytest.raises(UnreadableInput) as told, opened_source(place):
        pass
    assert told.value.hint
    return told.value.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = folder_of(tmp_path / "nguon", 7)
    (where / "tinh-1" / "thu-tuc-001.answers.yaml").write_bytes(ANSWERS)
    (where / "tinh-1" / "ghi-chu.txt").write_text("không phải sơ đồ", encoding="utf-8")
    return where


def zipped(folder: Path, goal: Path) -> Path:
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in folder.rglob("*"):
            parcel.write(path, path.relative_to(folder).as_posix())
    return goal


def tarred(folder: Path, goal: Path, mode: str) -> Path:
    with tarfile.open(goal, mode) as parcel:  # type: ignore[call-overload]
        for path in sorted(folder.iterdir(), reverse=True):
            parcel.add(path, f"./{path.name}" if mode == "w" else path.name)
    return goal


def test_a_folder_gives_its_drawings_with_their_answers_in_order(folder: Path) -> None:
    found = items_of(folder)
    assert [each.key for each in found] == sorted(
        f"tinh-{number % 3}/thu-tuc-{number:03}.bpmn" for number in range(7)
    )
    assert {each.key: each.answers for each in found if each.answers} == {
        "tinh-1/thu-tuc-001.bpmn": ANSWERS
    }


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.xz", "w:xz")],
)
def test_a_tar_gives_what_its_folder_gives(
    folder: Path, tmp_path: Path, name: str, mode: str
) -> None:
    assert items_of(tarred(folder, tmp_path / name, mode)) == items_of(folder)


def test_a_zip_gives_what_its_folder_gives(folder: Path, tmp_path: Path) -> None:
    assert items_of(zipped(folder, tmp_path / "a.zip")) == items_of(folder)


def test_a_table_gives_what_its_folder_gives(folder: Path, tmp_path: Path) -> None:
    found = items_of(folder)
    table = pa.table(
        {
            "key": [each.key for each in found],
            "bpmn": [each.data.decode() for each in found],
            "answers": pa.array([each.answers for each in found], pa.binary()),
            "more": [1] * len(found),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert items_of(tmp_path / "a.parquet") == found


@pytest.mark.parametrize("name", ["../a.bpmn", "/etc/a.bpmn", "b/../../a.bpmn", "C:\\a.bpmn"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as parcel:
        parcel.writestr(name, drawn("Ký"))
    assert refused(tmp_path / "a.zip") == "TF252"
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo(name)
        entry.size = 3
        packed.addfile(entry, io.BytesIO(b"abc"))
    assert refused(tmp_path / "a.tar.gz") == "TF252"
    assert [each.name for each in tmp_path.iterdir()] in (
        ["a.zip", "a.tar.gz"],
        ["a.tar.gz", "a.zip"],
    )


def test_a_link_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as packed:
        entry = tarfile.TarInfo("a.bpmn")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(entry)
    assert refused(tmp_path / "a.tar") == "TF252"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as parcel:
        link = zipfile.ZipInfo("a.bpmn")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        parcel.writestr(link, "/etc/passwd")
    assert refused(tmp_path / "a.zip") == "TF252"


def bomb() -> bytes:
    """Return what unpacks to a little more than any small archive may."""
    return b" " * (SMALL + 1)


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a.bpmn", bomb())
    assert (tmp_path / "a.zip").stat().st_size * MAX_RATIO < SMALL
    assert refused(tmp_path / "a.zip") == "TF253"


@pytest.mark.parametrize("name", ["a.bpmn", "khac.txt"])
def test_a_bomb_in_a_tar_is_refused_also_beside_the_drawings(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo(name)
        entry.size = SMALL + 1
        packed.addfile(entry, io.BytesIO(bomb()))
    assert refused(tmp_path / "a.tar.gz") == "TF253"


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tar", "a.parquet"])
def test_what_is_no_archive_or_table_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"no archive, no table" * 100)
    assert refused(tmp_path / name) == "TF254"


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_that_ends_in_the_middle_is_refused(
    folder: Path, tmp_path: Path, name: str
) -> None:
    whole = tmp_path / name
    if name == "a.zip":
        zipped(folder, whole)
    else:
        tarred(folder, whole, "w:gz")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refused(whole) == "TF254"


def test_one_damaged_file_of_a_zip_is_told_alone(folder: Path, tmp_path: Path) -> None:
    whole = zipped(folder, tmp_path / "a.zip")
    data = bytearray(whole.read_bytes())
    with zipfile.ZipFile(whole) as parcel:
        entry = parcel.getinfo("tinh-0/thu-tuc-003.bpmn")
    start = entry.header_offset + 30 + len(entry.filename)
    data[start : start + 20] = b"\xff" * 20
    whole.write_bytes(data)
    found = {each.key: each for each in items_of(whole)}
    assert {key: each.refused.code for key, each in found.items() if each.refused} == {
        entry.filename: "TF254"
    }


def table(tmp_path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_a_table_without_the_columns_or_with_a_key_twice_is_refused(tmp_path: Path) -> None:
    assert refused(table(tmp_path, key=["a"])) == "TF255"
    assert refused(table(tmp_path, key=[1], bpmn=["x"])) == "TF255"
    assert refused(table(tmp_path, key=["a"], bpmn=[1])) == "TF255"
    assert refused(table(tmp_path, key=["a", "a"], bpmn=["x", "y"])) == "TF255"
    assert refused(table(tmp_path, key=["a", None], bpmn=["x", "y"])) == "TF255"
    assert [each.key for each in items_of(table(tmp_path, key=["a"], bpmn=["x"]))] == ["a"]


def test_what_holds_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    assert refused(tmp_path / "leer") == "TF233"
    zipfile.ZipFile(tmp_path / "a.zip", "w").close()
    assert refused(tmp_path / "a.zip") == "TF256"
    assert refused(tmp_path / "nirgends") == "TF201"
    (tmp_path / "a.docx").write_bytes(b"x")
    assert refused(tmp_path / "a.docx") == "TF259"


def test_a_file_that_cannot_be_opened_says_so_and_stops_nothing(folder: Path) -> None:
    broken = folder / "tinh-2" / "thu-tuc-002.bpmn"
    whole = items_of(folder)
    broken.unlink()
    broken.mkdir()  # a folder of that name is no file
    assert [each.key for each in items_of(folder)] == [
        each.key for each in whole if not each.key.endswith("002.bpmn")
    ]
    if os.geteuid() != 0:  # root may read everything
        closed = folder / "tinh-0" / "thu-tuc-000.bpmn"
        closed.chmod(0)
        codes = {each.key: each.refused.code for each in items_of(folder) if each.refused}
        assert codes == {"tinh-0/thu-tuc-000.bpmn": "TF203"}
