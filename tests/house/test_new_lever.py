"""``make new-lever``: three places, and nothing where it cannot be."""

from __future__ import annotations

import ast
import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from house.tree import ROOT, SRC


def tool() -> ModuleType:
    """Return tools/new_lever.py as a module."""
    spec = importlib.util.spec_from_file_location("new_lever", ROOT / "tools" / "new_lever.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the registry as it is, and nothing else."""
    folder = tmp_path / "src" / "tthc_flow" / "levers"
    folder.mkdir(parents=True)
    shutil.copy(SRC / "levers" / "__init__.py", folder)
    return tmp_path


def test_a_new_lever_has_its_file_its_line_and_its_test(copy: Path) -> None:
    lever, registry, test = tool().new_lever(copy, "send_by_post")
    listed = registry.read_text("utf-8")
    assert listed.count("    send_by_post,\n") == 1
    assert listed.index("send_by_post.LEVER,\n)") > listed.index("ALL")
    assert lever.name == "send_by_post.py"
    assert test.parent.name == "send_by_post"
    for path in (lever, registry, test):
        ast.parse(path.read_text("utf-8"))


def test_a_new_lever_keeps_the_lines_that_were_there(copy: Path) -> None:
    before = (SRC / "levers" / "__init__.py").read_text("utf-8")
    _, registry, _ = tool().new_lever(copy, "send_by_post")
    kept = [line for line in registry.read_text("utf-8").splitlines() if "send_by_post" not in line]
    assert kept == before.splitlines()


def test_a_new_lever_keeps_its_hands_off_an_old_one(copy: Path) -> None:
    tool().new_lever(copy, "send_by_post")
    with pytest.raises(ValueError, match="already there"):
        tool().new_lever(copy, "send_by_post")


@pytest.mark.parametrize("name", ["", "Send-By-Post", "../escape", "import", "9lives"])
def test_a_name_that_is_no_module_is_refused(copy: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a lever"):
        tool().new_lever(copy, name)
