"""Measured facts go into the file, nothing else does; read back they say the same."""

from __future__ import annotations

import difflib
from fractions import Fraction

import pytest
from attrs import evolve

from by_hand import procedure_of
from calibrate.simulating import CALENDAR, FLOW, PROCEDURE, WAYS, Log
from calibrate.writing import xes
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.measured import Taken
from tthc_flow.model.procedure import Volume, YearCount
from tthc_flow.model.source import EvidenceKind
from tthc_flow.verbs.calibrate import calibrate

FILE = build(PROCEDURE, lay_out(PROCEDURE)).data


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return xes(Log(1).cases(120), tmp_path_factory.mktemp("log") / "nhat-ky.xes.gz")


@pytest.fixture(scope="module")
def result(log):
    return calibrate(FILE, log, calendar=CALENDAR)


def test_each_step_says_how_long_it_is_worked_on_and_how_often_that_was_seen(result):
    again = read(result.reading.document.data).procedures[0]
    assert again == result.procedure
    for found in result.found.steps:
        handling = again.flow.by_id[found.element].handling
        assert handling.chance == found.handling.chance
        assert handling.cases == found.timed > 0
        assert handling.evidence is EvidenceKind.MEASURED
        assert handling.source.document == "nhat-ky.xes.gz"
        assert handling.source.date == result.found.period


def test_each_way_says_how_many_took_it_and_the_shares_of_a_choice_are_the_whole(result):
    edges = {edge.id: edge for edge in result.procedure.flow.edges}
    taken = edges[WAYS["xor2", "refuse"]].taken
    assert isinstance(taken, Taken)
    assert edges[WAYS["xor2", "refuse"]].share == Fraction(taken.taken, taken.of)
    for gateway in ("xor1", "xor2"):
        assert sum(edge.share for edge in result.procedure.flow.outgoing[gateway]) == 1
    assert edges[WAYS["s", "receive"]].share is None


def test_the_step_before_a_refusal_says_how_many_it_turned_down(result):
    decide = result.procedure.flow.by_id["decide"]
    (found,) = result.found.rejections
    refused = sum(e.name == "refuse" for c in Log(1).cases(120) for e in c.events) // 3
    assert (decide.checked, decide.rejected) == (found.checked, found.rejected) == (120, refused)
    assert result.procedure.flow.by_id["check"].checked is None


def test_only_facts_are_added_to_the_file(result):
    lines = [data.decode().splitlines() for data in (FILE, result.reading.document.data)]
    changed = [
        line
        for line in difflib.ndiff(*lines)
        if line.startswith(("+", "-")) and "tthc:" not in line
    ]
    rest = {line[1:].strip() for line in changed} - {
        "<bpmn:extensionElements>",
        "</bpmn:extensionElements>",
        "</bpmn:sequenceFlow>",
    }
    assert all(line.startswith("<bpmn:sequenceFlow") for line in rest)


def test_calibrating_again_by_the_same_log_changes_nothing(result, log):
    again = calibrate(result.reading, log, calendar=CALENDAR)
    assert again.reading.document.data == result.reading.document.data
    assert not [f for f in again.findings if f.code.endswith("-replaced")]


def test_what_was_another_before_is_told(result, tmp_path):
    later = xes(Log(2, faster=2).cases(120), tmp_path / "sau.xes")
    again = calibrate(result.reading, later, calendar=CALENDAR)
    codes = {finding.code for finding in again.findings}
    assert {"log-handling-replaced", "log-share-replaced"} <= codes
    receive = again.procedure.flow.by_id["receive"]
    assert (receive.handling.chance.mean, receive.handling.source.document) == (30, "sau.xes")


def test_a_year_is_counted_where_the_log_holds_all_of_it(tmp_path):
    long = xes(Log(3).cases(60, every=2_500), tmp_path / "a.xes")
    found = calibrate(FILE, long, calendar=CALENDAR)
    assert found.procedure.volume.by_year == ()
    assert {f.name for f in found.findings if f.code == "log-year-partial"} == {"2025", "2026"}
    told = calibrate(FILE, long, calendar=CALENDAR, whole_years=[2025])
    (year,) = told.procedure.volume.by_year
    assert (year.year, year.dossiers) == (2025, found.found.by_year[2025])
    assert year.source.document == "a.xes"


def test_years_of_other_sources_stay(tmp_path):
    known = (YearCount(year=2023, dossiers=17), YearCount(year=2025, dossiers=3))
    before = procedure_of(FLOW, volume=Volume(by_year=known))
    log = xes(Log(4).cases(30), tmp_path / "a.xes")
    found = calibrate(build(before).data, log, calendar=CALENDAR, whole_years=[2025])
    counted = {each.year: each.dossiers for each in found.procedure.volume.by_year}
    assert counted == {2023: 17, 2025: 30}
    assert "log-year-replaced" in {finding.code for finding in found.findings}


def test_a_fact_that_the_log_does_not_tell_stays(tmp_path):
    cases = [
        evolve(case, events=tuple(e for e in case.events if e.name != "inspect"))
        for case in Log(5).cases(30)
    ]
    log = xes(cases, tmp_path / "a.xes")
    first = calibrate(FILE, xes(Log(6).cases(30), tmp_path / "b.xes"), calendar=CALENDAR)
    again = calibrate(first.reading, log, calendar=CALENDAR)
    kept = again.procedure.flow.by_id["inspect"].handling
    assert kept == first.procedure.flow.by_id["inspect"].handling
    assert "log-never-done" in {finding.code for finding in again.findings}
