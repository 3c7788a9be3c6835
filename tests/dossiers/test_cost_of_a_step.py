"""What a step costs the database does not grow with what has happened, nor with what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tthc_flow.dossiers.engine import Engine

from .every_kind import Scene, scene_on
from .faults import Faults
from .small import at, bpmn

WRITTEN = ("UPDATE tthc_instances", "INSERT INTO tthc_events", "UPDATE tthc_tasks")
READ = (*("SELECT tthc_instances", "SELECT tthc_tasks", "SELECT tthc_events", "SELECT tthc_jobs"),)


class Counted:
    """A scene whose statements are counted, and the bytes that are given to those that write."""

    def __init__(self, url: str) -> None:
        self.faults = Faults(url)
        self.scene: Scene = scene_on(self.faults.database)

    def cost(self, act: Callable[[Engine], object]) -> tuple[tuple[str, ...], int]:
        """Return which statements *act* makes, and how many bytes it writes."""
        self.faults.disarm()
        act(self.scene.engine)
        statements = [each for each in self.faults.statements if not each.startswith("BEGIN")]
        written = [
            len(str(given).encode())
            for statement, given in zip(self.faults.statements, self.faults.given, strict=True)
            if statement.startswith(("UPDATE", "INSERT", "DELETE"))
        ]
        return tuple(map(_verb, statements)), sum(written)


def _verb(statement: str) -> str:
    words = statement.split()
    return " ".join(words[: 3 if words[0] == "INSERT" else 2]).partition(".")[0]


@pytest.fixture
def counted(url) -> Iterator[Counted]:
    counted = Counted(url)
    yield counted
    counted.faults.database.dispose()


def completes(dossier: str, node: str, engine: Engine) -> Callable[[Engine], object]:
    task = at(engine, dossier, node)
    return lambda engine: engine.work.complete(task, by="an")


def test_a_step_at_hand_is_three_writes_and_one_that_is_not_four_reads_more(counted):
    scene = counted.scene
    dossier = scene.engine.start("P", "H", by="an").id
    hot = completes(dossier, "receive", scene.engine)
    assert counted.cost(hot)[0] == WRITTEN
    cold = completes(dossier, "check", scene.engine)
    scene.anew()
    assert counted.cost(cold)[0] == READ + WRITTEN
    assert counted.faults.commits == 1


@pytest.mark.parametrize("at_hand", [True, False])
def test_what_a_step_reads_and_writes_is_flat_in_what_has_happened(counted, at_hand):
    scene, found = counted.scene, []
    dossier = scene.engine.start("P", "H", by="an").id
    for _ in range(110):
        act = completes(dossier, "receive", scene.engine)
        if not at_hand:
            scene.anew()
        found.append(counted.cost(act))
        scene.engine.work.complete(at(scene.engine, dossier, "check"), by="an")
        scene.engine.work.choose(at(scene.engine, dossier, "full"), "no", by="an")
        scene.engine.work.complete(at(scene.engine, dossier, "more"), by="an")
    assert {statements for statements, _ in found} == {WRITTEN if at_hand else READ + WRITTEN}
    written = [size for _, size in found]
    digits = 2 * 20  # the numbers of the step and of its tokens, said about 20 times, grow
    assert max(written) <= written[0] + digits
    assert written[0] < 3_000


@pytest.mark.parametrize("at_hand", [True, False])
def test_how_many_statements_a_step_makes_is_flat_in_what_is_open(counted, at_hand):
    scene, found = counted.scene, {}
    for many in (2, 10, 50):
        branches = "".join(f'<userTask id="t{n}" name="Lấy ý kiến"/>' for n in range(many))
        ways = "; ".join(f"split > t{n} > u{n} > join" for n in range(many))
        seconds = branches.replace('id="t', 'id="u')
        gateways = '<parallelGateway id="split"/><parallelGateway id="join"/>'
        nodes = f'<startEvent id="s"/>{gateways}{branches}{seconds}<endEvent id="e"/>'
        scene.engine.deploy(bpmn(nodes, f"s > split; {ways}; join > e", process=f"O{many}"))
        dossier = scene.engine.start(f"O{many}", "H", by="an").id
        act = completes(dossier, "t1", scene.engine)
        if not at_hand:
            scene.anew()
        found[many] = counted.cost(act)
    assert {statements for statements, _ in found.values()} == {
        WRITTEN if at_hand else READ + WRITTEN
    }
    (_, least), (_, more), (_, most) = found.values()
    assert (most - more) / 40 <= 1.2 * (more - least) / 8  # only the state grows, evenly
