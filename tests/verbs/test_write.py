"""`tthc_flow.write`: the file as it was, or with one changed procedure edited in place."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import tthc_flow
from tthc_flow.errors import CannotWrite
from tthc_flow.graph.rewrite import replaced
from tthc_flow.model.step import Step

FLOW = "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"


def test_what_was_not_changed_is_written_byte_for_byte(root: Path, tmp_path: Path) -> None:
    reading = tthc_flow.read(root / FLOW)
    written = tthc_flow.write(reading, tmp_path / "new folder" / "same.bpmn")
    assert written.read_bytes() == (root / FLOW).read_bytes()


def test_one_changed_fact_changes_only_its_own_line(root: Path, tmp_path: Path) -> None:
    reading = tthc_flow.read(root / FLOW)
    (procedure,) = reading.procedures
    step = procedure.flow.by_id["Step_3"]
    assert isinstance(step, Step)
    changed = evolve(procedure, flow=replaced(procedure.flow, evolve(step, decides=True)))
    written = tthc_flow.write(reading, tmp_path / "a.bpmn", changed=changed)
    old, new = (
        (root / FLOW).read_text("utf-8").splitlines(),
        written.read_text("utf-8").splitlines(),
    )
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert len(differing) == 1
    assert 'decides="true"' in differing[0][1]
    assert tthc_flow.read(written).procedures == (changed,)


def test_a_place_that_cannot_be_written_is_a_coded_error(root: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite, match="TF601"):
        tthc_flow.write(tthc_flow.read(root / FLOW), in_the_way / "a.bpmn")
