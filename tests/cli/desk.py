"""A desk of the one-stop shop: `tthc-flow engine` on a database of its own, and a moving clock."""

from __future__ import annotations

from pathlib import Path

from cli.calling import Calls, Left, problems
from dossiers.small import Wall, bpmn

LICENCE = bpmn(
    '<startEvent id="s"/><userTask id="receive" name="Receive" tthc:time="4 giờ làm việc"/>'
    '<userTask id="check" name="Check" tthc:time="2 ngày làm việc"/>'
    '<exclusiveGateway id="full" name="Complete?"/><userTask id="more" name="Supplement"/>'
    '<serviceTask id="look" name="Look up" tthc:function="look_up"/>'
    '<intermediateCatchEvent id="paid" name="Paid"><messageEventDefinition messageRef="m"/>'
    '</intermediateCatchEvent><endEvent id="e"/>',
    "s > receive > check > full > more > check; full > look > paid > e",
    more='<message id="m" name="PAID"/><signal id="g" name="HOLIDAY"/>',
)
LISTENER = bpmn(
    '<startEvent id="s"/><intermediateCatchEvent id="wait"><signalEventDefinition signalRef="g"/>'
    '</intermediateCatchEvent><userTask id="a" name="Sign"/><endEvent id="e"/>',
    "s > wait > a > e",
    process="L",
    more='<signal id="g" name="HOLIDAY"/>',
)


class Desk:
    """`tthc-flow engine` on a database of its own, with a clock that the test moves."""

    def __init__(self, tthc: Calls, folder: Path) -> None:
        self.tthc, self.folder, self.wall = tthc, folder, Wall()
        self.file = folder / "a.db"
        self.database = ("--database", f"sqlite:///{self.file}")

    def __call__(self, *arguments: object) -> Left:
        return self.tthc("engine", *arguments, *self.database)

    def json(self, *arguments: object) -> dict:
        left = self(*arguments, "--json")
        assert left.code == 0, left.err
        assert problems(left.json) == []
        return left.json

    def deploy(self, content: bytes, name: str = "a.bpmn") -> str:
        (self.folder / name).write_bytes(content)
        (found,) = self.json("deploy", self.folder / name)["definitions"]
        return found["hash"]

    def work(self, *arguments: object) -> Left:
        return self.tthc("work", "--once", *arguments, *self.database)


def begun(desk: Desk, *done: str) -> None:
    """Begin the dossier H1 and complete the steps *done*."""
    desk.deploy(LICENCE)
    desk.json("start", "P", "H1", "--by", "An", "--limit", "5 ngày làm việc")
    for node in done:
        desk.json("complete", f"H1:{node}", "--by", "An")
