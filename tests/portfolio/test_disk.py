"""A disk that is full or fails: a coded error; nothing lost, doubled or half there."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from portfolio.given import folder_of
from portfolio.ran import all_keys, keys, parts, run
from tthc_flow.errors import CannotWrite
from tthc_flow.portfolio import work as work_module
from tthc_flow.portfolio.work import write_part

FILES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "nguon", FILES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ket-qua"


class FullDisk:
    """What writes a part until there is no room any more."""

    def __init__(self, room: int, number: int = errno.ENOSPC) -> None:
        self.room, self.number = room, number

    def __call__(self, path: Path, table: str, rows: list[dict[str, Any]]) -> None:
        if not self.room:
            path.write_bytes(b"PAR1 half")
            raise OSError(self.number, os.strerror(self.number), str(path))
        self.room -= 1
        write_part(path, table, rows)


@pytest.mark.parametrize("room", [0, 1, 5, 13])
def test_a_full_disk_ends_in_an_error_and_loses_nothing(
    folder: Path, out: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "write_part", FullDisk(room))
    with pytest.raises(CannotWrite) as told:
        run(folder, out)
    assert told.value.code == "TF621"
    assert not list((out / ".work").glob("*/*"))
    there = keys(out)
    assert len(there) == len(set(there)) < FILES
    assert set(there) <= set(all_keys(folder))
    done = sum(json.loads(p.read_text())["files"] for p in (out / ".done").glob("*.json"))
    assert done == len(there)
    monkeypatch.undo()
    found = run(folder, out)
    assert found.kept == len(there)
    assert keys(out) == all_keys(folder)


def test_a_disk_that_fills_up_while_parts_are_placed_leaves_none_of_the_shard(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(path: Path, record: object) -> None:
        del record
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(work_module, "write_record", no_room)
    with pytest.raises(CannotWrite) as told:
        run(folder, out)
    assert told.value.code == "TF621"
    assert parts(out) == {}


def test_a_disk_that_fails_otherwise_says_so(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "write_part", FullDisk(0, errno.EIO))
    with pytest.raises(CannotWrite) as told:
        run(folder, out)
    assert told.value.code == "TF601"


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    where = tmp_path / "nho"
    where.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=192k", "tmpfs", str(where)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield where
    subprocess.run(["/bin/umount", str(where)], check=True)


def test_a_really_full_disk(folder: Path, small_disk: Path) -> None:
    with pytest.raises(CannotWrite) as told:
        run(folder, small_disk / "ket-qua")
    assert told.value.code == "TF621"
    subprocess.run(["/bin/mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    run(folder, small_disk / "ket-qua")
    assert keys(small_disk / "ket-qua") == all_keys(folder)
