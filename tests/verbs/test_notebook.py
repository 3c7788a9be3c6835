"""Notebooks: pictures, tables and rows of results; nothing is imported before it is shown."""

from __future__ import annotations

import re
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import tthc_flow
from house.test_start_up import imported_by
from report.test_page import Outline
from report.told import HARM, PRESS
from tthc_flow.errors import CannotWrite
from tthc_flow.front import show_in_notebooks
from tthc_flow.verbs.notebook import load_ipython_extension, mimebundle
from tthc_flow.verbs.tabular import to_frame, to_records

MIME = {"text/plain", "image/svg+xml", "text/html"}


@pytest.fixture(scope="module")
def proposal() -> Any:
    return tthc_flow.propose(PRESS)


@pytest.fixture(scope="module")
def things(proposal: Any) -> dict[str, Any]:
    reading = tthc_flow.read(PRESS)
    return {
        "reading": reading,
        "procedure": reading.procedures[0],
        "comparison": proposal.comparison,
        "proposal": proposal,
    }


@pytest.mark.parametrize("name", ["reading", "procedure", "comparison", "proposal"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_result_is_shown_as_text_picture_and_table(name, lang, things):
    made = mimebundle(things[name], lang)
    assert set(made) == MIME
    assert made["image/svg+xml"].startswith("<svg")
    assert made["text/html"].count("<svg") == 1
    seen = Outline(made["text/html"])
    assert seen.open == []
    assert seen.tags.isdisjoint({"script", "img", "style", "iframe"})
    assert ("Processing time" in made["text/plain"]) is (lang == "en")
    assert "2,25 ngày làm việc" in made["text/plain"] or lang == "en" or name in {
        "reading", "procedure",
    }  # fmt: skip


def test_names_of_the_file_are_escaped():
    hostile = HARM.replace("<", "&lt;").replace('"', "&quot;")
    text = re.sub(r'(<bpmn:process[^>]* name=")[^"]*', rf"\1{hostile}", PRESS.read_text("utf-8"))
    text = re.sub(r'(<bpmn:userTask[^>]* name=")[^"]*', rf"\1{hostile}", text)
    made = mimebundle(tthc_flow.read(text.encode()))
    assert "<script" not in made["text/html"] + made["image/svg+xml"]
    assert "&lt;script&gt;" in made["text/html"]


class Formatter:
    """What IPython offers for showing objects of classes that are not imported yet."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Any] = {}

    def for_type_by_name(self, module: str, name: str, shown: Any) -> None:
        self.known[module, name] = shown


def test_a_notebook_is_set_up_for_every_class_that_can_be_shown(monkeypatch, things):
    formatter = Formatter()
    shell = SimpleNamespace(display_formatter=SimpleNamespace(mimebundle_formatter=formatter))
    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: shell
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    load_ipython_extension(shell)
    every = [*things.values(), of_one_step()]
    for each in every:
        shown = formatter.known[type(each).__module__, type(each).__qualname__]
        assert set(shown(each)) == MIME
    assert len(formatter.known) == len(every)


@pytest.mark.parametrize("module", [None, ModuleType("IPython")])
def test_outside_a_notebook_nothing_happens(module, monkeypatch):
    if module is not None:
        module.get_ipython = lambda: None
        monkeypatch.setitem(sys.modules, "IPython", module)
    before = set(sys.modules)
    show_in_notebooks()
    assert set(sys.modules) == before


def test_importing_the_package_imports_nothing_for_notebooks():
    assert "tthc_flow.verbs.notebook" not in imported_by("import tthc_flow")
    assert "tthc_flow.report" not in imported_by("import tthc_flow.model.procedure")


def test_candidates_are_rows_with_what_they_save(proposal):
    rows = to_records(proposal)
    assert len(rows) == len({row["id"] for row in rows}) == 11
    relay = next(row for row in rows if row["lever"] == "drop_relay")
    assert (relay["applied"], relay["saves_minutes"], relay["open"]) == (True, 120, "")
    assert all(list(row) == list(rows[0]) for row in rows)
    assert all(not isinstance(value, (list, dict)) for row in rows for value in row.values())


def test_changes_findings_and_measures_are_rows(proposal):
    changes = to_records(proposal.comparison)
    assert len(changes) == len(proposal.comparison.changes)
    assert changes[0]["sentence"].startswith("Bỏ bước 4")
    findings = to_records(tthc_flow.check(PRESS))
    assert {"code", "severity", "message", "hint"} <= set(findings[0])
    (row,) = to_records(proposal.comparison.before)
    assert (row["norm_minutes"], row["steps"], row["hand_offs"]) == (1440, 9, 8)
    assert to_records(()) == []


def test_a_frame_is_made_of_the_same_rows(monkeypatch, proposal):
    pandas = ModuleType("pandas")
    pandas.DataFrame = SimpleNamespace(from_records=tuple)
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    assert to_frame(proposal) == tuple(to_records(proposal))


def test_without_pandas_it_is_said_what_to_do(monkeypatch, proposal):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(CannotWrite) as caught:
        to_frame(proposal.comparison)
    assert caught.value.code == "TF619"


def of_one_step(**more: Any) -> Any:
    """Return the simulation of a process of one step."""
    text = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
    <laneSet><lane id="L" name="Van thu"><flowNodeRef>A</flowNodeRef></lane></laneSet>
    <task id="A" name="Ky"/></process></definitions>"""
    stated = {"people": {"Van thu": 1}, "arrivals": 1000, "times": {"A": "1 giờ làm việc"}}
    return tthc_flow.simulate(text, cases=600, **stated, **{k: text for k in more if more[k]})


@pytest.mark.parametrize("after", [False, True])
def test_a_simulation_is_shown_with_its_waits_and_its_loads(after):
    found = of_one_step(after=after)
    made = mimebundle(found)
    assert set(made) == MIME
    load = f"{found.before.pools[0].load * 100:.1f}".replace(".", ",")
    assert f"{load} %" in made["text/plain"]
    assert "Thời gian chờ" in made["image/svg+xml"]
    widths = {len(line.split("<td")) for line in made["text/html"].split("<tr>")[2:]}
    assert len(widths) == 1
