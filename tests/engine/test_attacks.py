"""Files that attack whoever runs them: nothing of them is executed, nothing foreign is read.

Each is read, shown, prepared and run to its end in a process of its own (``guarded.py``), and comes
to exactly what the table says: a refusal by code, or a case in which the attack is a mere text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tthc_flow
from tthc_flow.bpmn.decisions import read_decisions
from tthc_flow.bpmn.read import Reading, read
from tthc_flow.engine.instance import For, Run
from tthc_flow.engine.refusals import refusals
from tthc_flow.errors import TthcFlowError
from tthc_flow.model.finding import Finding
from tthc_flow.repairs.prepare import prepare_procedure

from .attack_table import ATTACKS, HTML
from .attacks import (
    CANARY,
    DMN,
    FOREIGN,
    LINKS,
    deciding,
    named,
    noticing,
    several,
    timed,
)
from .guarded import guarded
from .stock import simple

MOST_MOVES = 300
FEW = 3
SMALL_ENOUGH_TO_DRAW = 50


def outcome(data: bytes) -> str:
    """Return what *data* come to: the code of a refusal, why it is not run, what it waits for."""
    try:
        reading = read(data)
        return " | ".join(of_flow(reading, number) for number in range(len(reading.procedures)))
    except TthcFlowError as refused:
        return refused.code if refused.hint else "no hint"


def of_flow(reading: Reading, number: int) -> str:
    procedure = reading.procedures[number]
    found = refusals(procedure.flow)
    if found:
        return f"{found[0].code} {' '.join(str(each.element) for each in found)}"
    run = Run(procedure.flow)
    waits = run.waiting
    finish(run)
    if len(procedure.flow.nodes) < SMALL_ENOUGH_TO_DRAW:
        drawn = tthc_flow.show(reading, process=procedure.flow.id)
        assert harmless(drawn.decode() if isinstance(drawn, bytes) else str(drawn))
        prepared = prepare_procedure(procedure)
        assert all(texts(prepared.refusals))
        if prepared.runnable:
            Run(prepared.procedure.flow)
    if len(waits) > FEW:
        return f"{len(waits)} tokens"
    return ", ".join(f"{each.node} {each.what}" for each in waits)


def texts(found: tuple[Finding, ...]) -> Iterator[str]:
    for each in found:
        yield tthc_flow.message(each.code, dict(each.values), "vi").text


def finish(run: Run) -> None:
    """Go on with *run*, put away and taken up as text, until it ends or moves are enough."""
    for _ in range(MOST_MOVES if len(run.waiting) <= FEW else FEW):
        if not run.waiting:
            return
        due = run.waiting[0]
        match due.what:
            case For.WORK:
                run.complete(due.node, {"a": 1, "phi": 2}, token=due.token)
            case For.EVENT:
                run.deliver(due.node)
            case For.ROUNDS:
                run.repeat(due.node, 1, token=due.token)
            case For.CHOICE:
                run.choose(due.node, due.options[0], token=due.token)
        json.dumps(run.state)


def harmless(picture: str) -> bool:
    """Return whether *picture* holds no script, no handler and no address of the file's making."""
    bare = re.sub(r">[^<]*<", "><", picture)
    return not re.search(r"<script|<img|\\son\\w+\\s*=|javascript:|\\.\\./", bare)


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Load every module that the work needs, by harmless files, before anything is watched."""
    for data in (
        *(simple(f'<{kind}Task id="x"/>') for kind in ("user", "script", "service")),
        *(deciding(text, ours=True) for text in ("a = 1", "%", "a = (")),
        *(several("", f't:times="{text}"') for text in ("2", "n", "%")),
        *(noticing("a > 2", ours=True), timed("timeDuration", "PT1H"), named("y", "<b>"), b"no"),
        LINKS,
    ):
        outcome(data)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_comes_to_what_the_table_says_and_nothing_is_executed(name):
    attack, expected = ATTACKS[name]
    data = attack if isinstance(attack, bytes) else attack()
    assert guarded(lambda: outcome(data)) == expected
    assert not Path(CANARY).exists()


def test_there_are_many_attacks():
    assert len(ATTACKS) >= 25


def test_nothing_of_a_foreign_file_is_in_what_was_read():
    secret = Path(FOREIGN).read_text(encoding="utf-8").strip()
    for name in ("XInclude", "an import", "a schema from the network"):
        reading = read(ATTACKS[name][0])
        assert secret
        assert secret not in repr(reading.procedures)


def test_python_in_a_cell_of_a_decision_table_is_text_or_refused():
    def cells() -> str:
        try:
            tables = read_decisions(DMN.encode()).tables
        except TthcFlowError as refused:
            return refused.code
        return f"{len(tables)} tables"

    cells()
    assert guarded(cells) in {"TF214", "1 tables"}
    assert not Path(CANARY).exists()


@pytest.mark.parametrize(
    ("work", "caught"),
    [
        (lambda: str(eval("1 + 1")), "compile"),  # noqa: S307  # that it is seen is the test
        (lambda: str(exec("x = 1")), "compile"),  # noqa: S102  # as above
        (lambda: Path("/etc/hostname").read_text(encoding="utf-8"), "open"),
        (lambda: str(__import__("os").system("true")), "os.system"),
        (lambda: str(__import__("socket").socket()), "socket"),
        (lambda: "x" * 10**10, "MemoryError"),
    ],
)
def test_the_guard_sees_what_must_not_be(work, caught):
    assert guarded(work).startswith(f"caught: {caught}")


class Elements(HTMLParser):
    """Counts the elements of a page, with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[tuple[str, ...]] = Counter()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag, *sorted(name for name, _ in attrs)] += 1


@pytest.mark.parametrize("place", ["name", "id"])
def test_a_hostile_name_or_id_adds_no_element_to_page_text_or_picture(place):
    def made(text: str) -> dict[str, Counter[tuple[str, ...]]]:
        data = named("x", text) if place == "name" else named(text, "x")
        papers = tthc_flow.papers(tthc_flow.propose(read(data)))
        return {
            name: Elements(paper.decode()).found
            for name, paper in papers.items()
            if name.endswith((".html", ".md", ".svg"))
        }

    hostile, plain = made(HTML), made("a" * len(HTML))
    assert set(hostile) == set(plain)
    for name, elements in hostile.items():
        assert {each[0] for each in elements} == {each[0] for each in plain[name]}, name
        assert {a for each in elements for a in each[1:]} == {
            a for each in plain[name] for a in each[1:]
        }
        assert elements["script",] == plain[name]["script",]
