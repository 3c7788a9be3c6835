"""The ten minutes for staff come to what their page says, from the same file and answers."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from house.tree import ROOT
from tthc_flow.projects.actions import acted
from tthc_flow.projects.opening import open_project
from tthc_flow.projects.project import Project
from tthc_flow.projects.view import view
from tthc_flow.proof.gates.questions import questions

TABLE = ROOT / "docs" / "demo" / "bang-cac-buoc.docx"
PAGES = {"vi": ROOT / "docs" / "vi" / "start-staff.md", "en": ROOT / "docs" / "start-staff.md"}
ROW = re.compile(r"^\| ([^|]+\?) \| (\d) \| (?:không|no) \| ([^|]+) \|$", re.MULTILINE)
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@pytest.mark.parametrize("lang", PAGES)
def test_the_five_answers_save_a_quarter_of_the_time(lang: str) -> None:
    ids = {getattr(each, lang): each.id for each in questions().values()}
    rows = ROW.findall(PAGES[lang].read_text(encoding="utf-8"))
    assert len(rows) == 5
    project = open_project(TABLE.read_bytes(), TABLE.name)
    assert isinstance(project, Project)
    assert view(project)["record"]["plan"]["cut"]["time"] in {0, None}
    for question, step, source in rows:
        said = {"question": ids[question], "step": f"Step_{step}", "reply": "no"}
        project = acted(project, {"kind": "answer", **said, "source": source})
    assert view(project)["record"]["plan"]["cut"]["time"] == 0.25


@pytest.mark.parametrize("lang", PAGES)
def test_what_the_page_tells_to_press_stands_on_the_page_of_the_studio(lang: str) -> None:
    text = files("tthc_flow.web").joinpath("words.csv").read_text(encoding="utf-8")
    labels = {row[lang] for row in csv.DictReader(text.splitlines())} | {"EN"}
    told = BOLD.findall(PAGES[lang].read_text(encoding="utf-8"))
    assert told
    assert [each for each in told if each not in labels] == []
