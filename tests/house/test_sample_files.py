"""The Office files that the documentation works on hold what their tool writes."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from collections.abc import Iterator
from types import ModuleType

import pytest

from house.tree import ROOT
from tthc_flow.verbs.convert import convert

DEMO = ROOT / "docs" / "demo"
FLOW = ROOT / "processes" / "bao-chi-xuat-ban" / "1.014464-son-la" / "flow.bpmn"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield importlib.import_module("sample_files")
    sys.modules.pop("sample_files")


def members(data: bytes) -> dict[str, bytes]:
    """Return the files in a packed file; how tightly they are packed is no matter."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_files_are_those_of_their_tool(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = tmp_path_factory.mktemp("made")
    monkeypatch.setattr(tool, "DEMO", here)
    tool.main()
    assert sorted(each.name for each in here.iterdir()) == sorted(
        each.name for each in DEMO.iterdir() if each.suffix in {".docx", ".xlsx"}
    )
    for made in here.iterdir():
        shipped = members((DEMO / made.name).read_bytes())
        assert members(made.read_bytes()) == shipped, "run `make sample-files`"


@pytest.mark.parametrize("name", ["bang-cac-buoc.docx", "bang-cac-buoc.xlsx"])
def test_the_table_has_the_steps_of_the_shipped_drawing(name: str) -> None:
    from tthc_flow.bpmn.read import read

    def told(steps: tuple[object, ...]) -> list[tuple[object, ...]]:
        return [
            (step.number, step.name, step.performer.name, step.time.duration)  # type: ignore[attr-defined]
            for step in steps
        ]

    (procedure,) = (each for each in read(FLOW).procedures if each.flow.steps)
    (found,) = (each for each in convert(DEMO / name).procedures if each.flow.steps)
    assert found.code == procedure.code
    assert told(found.flow.steps) == told(procedure.flow.steps)
