"""Whole files on one sheet: pools that write to each other, data and notes, real files."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from layout.anything import any_collaboration
from layout.geometry import faults, hard
from layout.sample import arrow, licence
from strategies import SEEDS
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.artifact import Artifact, ArtifactKind, Association
from tthc_flow.model.drawing import Bounds
from tthc_flow.model.flow import Flow, SubProcess
from tthc_flow.model.procedure import MessageFlow, Pool, Procedure
from tthc_flow.model.step import Step

SIZES = st.integers(1, 12)
PROCESSES = Path(__file__).parents[2] / "processes"


@given(SIZES, SEEDS)
def test_pools_that_write_to_each_other_stand_on_one_sheet(size: int, seed: int) -> None:
    procedures = any_collaboration(random.Random(seed), size)
    assert hard(faults(lay_out(*procedures), *procedures)) == []


def test_a_message_to_a_step_in_a_sub_process_reaches_the_step() -> None:
    nodes = (
        SubProcess(id="s", name="Thẩm định"),
        Step(id="a", name="Nhận", scope="s"),
        Step(id="b", name="Gửi", scope="s"),
    )
    flow = Flow(id="p", nodes=nodes, edges=(arrow("a", "b"),))
    pools = (Pool(id="citizen"), Pool(id="office", process="p"))
    messages = (
        MessageFlow(id="in", source="citizen", target="a"),
        MessageFlow(id="out", source="b", target="citizen"),
    )
    procedure = Procedure(flow=flow, pools=pools, messages=messages)
    drawing = lay_out(procedure)
    assert faults(drawing, procedure) == []
    assert drawing.lines["in"].points[0].y == drawing.shapes["citizen"].bounds.bottom
    assert drawing.lines["in"].points[-1].y == drawing.shapes["a"].bounds.y


def test_data_and_notes_stand_next_to_what_they_belong_to() -> None:
    artifacts = (
        Artifact(id="data", kind=ArtifactKind.DATA_REFERENCE, text="Hồ sơ"),
        Artifact(id="note", kind=ArtifactKind.NOTE, text="Trong ngày"),
    )
    ties = (
        Association(id="t1", source="draft", target="data"),
        Association(id="t2", source="note", target="draft"),
    )
    procedure = evolve(licence(), artifacts=artifacts, associations=ties)
    drawing = lay_out(procedure)
    assert faults(drawing, procedure) == []
    host = drawing.shapes["draft"].bounds
    for each in ("data", "note"):
        box = drawing.shapes[each].bounds
        assert abs(box.centre.x - host.centre.x) < 250
        assert abs(box.centre.y - host.centre.y) < 250
        assert len(drawing.lines["t1" if each == "data" else "t2"].points) <= 6


def test_messages_touch_both_their_ends_with_up_to_five_pools() -> None:
    procedure = licence()
    others = tuple(Pool(id=f"pool{each}", name=f"Cơ quan {each}") for each in range(4))
    sent = tuple(
        MessageFlow(id=f"to{each}", source="draft", target=f"pool{each}") for each in range(4)
    )
    procedure = evolve(
        procedure, pools=procedure.pools + others, messages=procedure.messages + sent
    )
    drawing = lay_out(procedure)
    for message in procedure.messages:
        points = drawing.lines[message.id].points
        for point, end in ((points[0], message.source), (points[-1], message.target)):
            assert _touches(point.x, point.y, drawing.shapes[end].bounds), (message.id, end)


def _touches(x: float, y: float, box: Bounds) -> bool:
    across = box.x - 1 <= x <= box.right + 1 and min(abs(y - box.y), abs(y - box.bottom)) < 1
    along = box.y - 1 <= y <= box.bottom + 1 and min(abs(x - box.x), abs(x - box.right)) < 1
    return across or along


def test_every_process_of_every_real_file_has_a_drawing_without_faults(shared: Path) -> None:
    """Each alone, and all of a file together; their own coordinates are not looked at."""
    from tthc_flow.bpmn.read import read
    from tthc_flow.errors import TthcFlowError

    drawn = 0
    for path in sorted((shared / "data" / "bpmn" / "files").rglob("*")):
        try:
            procedures = read(path).procedures if path.is_file() else ()
        except TthcFlowError:
            continue
        for procedure in procedures:
            assert faults(lay_out(procedure), procedure) == [], (path.name, procedure.flow.id)
            drawn += 1
        if len(procedures) > 1:
            assert faults(lay_out(*procedures), *procedures) == [], path.name
    assert drawn > 1_500


def test_the_shipped_processes_have_drawings_without_faults() -> None:
    from tthc_flow.bpmn.read import read

    found = sorted(PROCESSES.rglob("flow.bpmn"))
    assert len(found) >= 20
    for path in found:
        for procedure in read(path).procedures:
            assert faults(lay_out(procedure), procedure) == [], path


def test_the_drawing_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import random; from layout.anything import any_collaboration;"
        "from tthc_flow.layout.fresh import lay_out;"
        "from tthc_flow.layout.keep import keep;"
        "from layout.sample import licence; from layout.test_keep import post_inspected;"
        "print(lay_out(*any_collaboration(random.Random(5), 12)));"
        "print(keep(lay_out(licence()), licence(), post_inspected()))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
