"""The page of a simulation: the figures of its record, a table beside each plot, plain words."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from attrs import evolve

from cli.calling import problems
from report.simulation.offices import simulated
from tthc_flow.report.expectation_rows import length
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.role_rows import role_rows
from tthc_flow.report.simulation.rows import percent, warnings
from tthc_flow.verbs.simulate_papers import simulation_papers


def texts(page: bytes) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page.decode()))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("changed", [True, False])
def test_page_and_record_say_the_same_figures(lang, changed):
    made = simulation_papers(simulated(changed=changed), lang)
    record = json.loads(made["record"])
    assert problems(record) == []
    told = texts(made["page"])
    for side in filter(None, (record["before"], record["after"])):
        case = side["cases"][0]
        for each in ("p50", "p90", "p99"):
            assert told.count(length(case["cycle"][each], lang)) >= 3  # plot, sentence, table
        for each in ("work", "queue"):
            assert length(case["means"][each]["mean"], lang) in told
        assert percent(case["late"]["mean"], lang) in told
        for role in side["roles"]:
            assert percent(role["load"], lang) in told
    assert all(each in told for each in (*record["notes"], *record["statements"]))


@pytest.mark.parametrize("changed", [True, False])
def test_a_table_and_a_sentence_stand_beside_each_plot(changed):
    page = simulation_papers(simulated(changed=changed))["page"].decode()
    pieces = page.split("<figure>")[1:]
    assert len(pieces) == 4
    for piece in pieces:
        after = piece.partition("</figure>")[2]
        assert re.match(r"<p>[^<]{40,}</p><div[^>]*><table>", after)


def test_the_page_asks_nothing_of_a_network_and_runs_nothing():
    page = simulation_papers(simulated(changed=True))["page"].decode()
    assert "<script" not in page
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "Cấp phép &lt;b&gt;" in page  # a name is text, whatever it says


def test_what_is_real_is_said_and_what_is_not_known_is_not():
    record = of_simulation(simulated(changed=True), "en")
    first, *rest = record["statements"]
    assert first.startswith("Mean time of a case: less by")
    assert first.endswith("The change is real, not luck.")
    assert not any("Load of “Lãnh đạo”" in each for each in rest)  # of one side only
    vietnamese = of_simulation(simulated(changed=True), "vi")["statements"]
    assert "không phải do may rủi" in vietnamese[0]
    assert of_simulation(simulated(changed=False))["statements"] == []


def test_nothing_is_concluded_where_somebody_cannot_keep_up():
    record = of_simulation(simulated(changed=True, dossiers=3000), "en")
    assert record["differences"][0]["cycle"]["verdict"] == "endless"
    assert record["statements"][0].startswith("Mean time of a case: no conclusion")


def test_without_a_limit_lateness_is_said_to_be_unknown():
    page = simulation_papers(simulated(changed=False, limit=False), "en")["page"]
    assert "No time limit is known" in texts(page)
    assert page.count(b"<figure>") == 3


def test_a_role_that_does_nothing_any_more_keeps_its_row():
    heading, *rows = role_rows(of_simulation(simulated(changed=True), "vi"), "vi")
    assert heading[2:] == ("Mức bận trước", "Mức bận sau")
    assert [row[0] for row in rows] == ["Chuyên viên", "Lãnh đạo"]
    assert rows[1][3] == "không có việc"
    assert {len(row) for row in rows} == {len(heading)}


def test_who_cannot_keep_up_is_told_with_the_side():
    record = of_simulation(simulated(changed=True, dossiers=3000), "en")
    told = list(warnings(record, "en"))
    assert told
    assert all(line.startswith(("Before: “", "After: “")) for line in told)
    alone = of_simulation(simulated(changed=False, dossiers=3000), "en")
    assert all(line.startswith("“") for line in warnings(alone, "en"))


def test_a_side_without_a_limit_has_no_plot_of_the_late():
    found = simulated(changed=True)
    cases = tuple(evolve(each, late=None) for each in found.after.cases)
    page = simulation_papers(evolve(found, after=evolve(found.after, cases=cases)), "en")["page"]
    assert page.count(b"<figure>") == 3
