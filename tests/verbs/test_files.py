"""Writing is all or nothing: a failure in the middle leaves the folder as it was."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from tthc_flow.errors import CannotWrite
from tthc_flow.verbs.files import place

FILES = {"a.txt": b"new a", "b.txt": b"new b", "c.txt": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_are_written_in_the_order_given_and_nothing_else_is_left(tmp_path):
    made = place(tmp_path / "deep" / "er", FILES)
    assert [path.name for path in made] == list(FILES)
    assert contents(tmp_path) == FILES


def test_an_existing_file_is_replaced(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    place(tmp_path, FILES)
    assert contents(tmp_path) == FILES


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_rename_that_fails_in_the_middle_puts_everything_back(tmp_path, monkeypatch, fails_at):
    (tmp_path / "a.txt").write_bytes(b"old a")
    (tmp_path / "c.txt").write_bytes(b"old c")
    rename, calls = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            calls.append(self)
            if len(calls) == fails_at:
                raise OSError(errno.EIO, "no luck", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(CannotWrite, match="no luck") as refused:
        place(tmp_path, FILES)
    assert refused.value.code == "TF601"
    assert contents(tmp_path) == {"a.txt": b"old a", "c.txt": b"old c"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "c.txt"]


def test_a_full_disk_leaves_nothing_not_even_the_folder(tmp_path, monkeypatch):
    def full(*_args: object, **_kwargs: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(CannotWrite, match="No space left"):
        place(tmp_path / "new" / "folder", FILES)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_cannot_be_kept_stops_before_anything_is_replaced(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")

    def full(*_args: object, **_kwargs: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(CannotWrite):
        place(tmp_path, FILES)
    assert contents(tmp_path) == {"a.txt": b"old"}


def test_a_folder_in_the_place_of_a_file_is_named_before_anything_is_written(tmp_path):
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(CannotWrite, match="folder of that name") as refused:
        place(tmp_path, FILES)
    assert refused.value.place.endswith("b.txt")
    assert [each.name for each in tmp_path.iterdir()] == ["b.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused_and_kept(tmp_path):
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(CannotWrite, match="TF601"):
        place(tmp_path / "out", FILES)
    assert contents(tmp_path) == {"out": b"mine"}


@pytest.mark.parametrize("folder", ["a\0b", "x" * 5000])
def test_a_path_that_cannot_be_is_refused(folder, tmp_path):
    with pytest.raises(CannotWrite, match="TF601"):
        place(tmp_path / folder, FILES)
