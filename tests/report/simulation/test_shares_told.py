"""That no case was late is told with how many may be, and keeps no share of 0."""

from __future__ import annotations

import pytest

from report.simulation.offices import simulated
from tthc_flow.model.lever import Verdict
from tthc_flow.report.simulation.record import of_simulation
from tthc_flow.report.simulation.rows import late_row, late_words, time_rows
from tthc_flow.report.simulation.told import late_told
from tthc_flow.report.simulation.trial import gate_told
from tthc_flow.simulation.trial import Trial


def asked(late_share, lang, dossiers=50):
    found = simulated(changed=False, dossiers=dossiers)
    trial = Trial(found=found, late_share=late_share)
    record = {
        "late_share": late_share,
        "lacking": [],
        "remaining": [],
        "held": trial.held,
        "figures": of_simulation(found, lang),
    }
    return trial.verdict, gate_told(record, lang)


@pytest.mark.parametrize(("lang", "word"), [("vi", "chưa kết luận được"), ("en", "not known")])
def test_no_late_case_does_not_keep_a_share_of_0(lang, word):
    verdict, told = asked(0.0, lang)
    assert verdict is Verdict.UNKNOWN
    assert word in told
    assert "±" not in told


@pytest.mark.parametrize(("lang", "word"), [("vi", ": đạt"), ("en", ": held")])
def test_a_share_above_the_interval_is_kept(lang, word):
    verdict, told = asked(0.2, lang)
    assert verdict is Verdict.PASS
    assert word in told


def test_a_share_below_the_interval_is_not():
    verdict, told = asked(0.05, "vi", dossiers=3000)
    assert verdict is Verdict.FAIL
    assert "không đạt" in told


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_interval_of_none_is_told_with_its_ends_and_its_method(lang):
    record = of_simulation(simulated(changed=False, dossiers=50), lang)
    (case,) = record["before"]["cases"]
    assert case["late"]["mean"] == case["late"]["least"] == 0 < case["late"]["most"]
    assert "±" not in late_words(case, lang)
    tiny = {"late": {"mean": 0.0, "least": 0.0, "most": 0.00041}}
    assert late_words(tiny, lang) in {"0 % (0–0,1 %)", "0 % (0–0.1 %)"}
    assert len(list(late_told(record, 0, lang))) == 2
    assert any("Clopper" in note for note in record["notes"])


@pytest.mark.parametrize(("lang", "word"), [("vi", "đếm trọn ngày"), ("en", "in whole days")])
def test_it_is_told_how_the_limit_is_counted(lang, word):
    notes = of_simulation(simulated(changed=False), lang)["notes"]
    assert sum(word in note for note in notes) == 1
    bare = of_simulation(simulated(changed=False, limit=False), lang)["notes"]
    assert not any(word in note for note in bare)


def test_the_times_of_several_runs_are_told_with_how_sure_they_are():
    rows = list(time_rows(of_simulation(simulated(changed=False), "vi"), 0, "vi"))
    assert len(rows) == 5
    assert all("±" in row[1] for row in rows)


def test_where_none_is_late_before_and_after_it_is_not_said_that_nothing_changes():
    record = of_simulation(simulated(changed=True, dossiers=400), "vi")
    change = record["differences"][0]["late"]
    one, two = (record[side]["cases"][0]["late"] for side in ("before", "after"))
    assert one["mean"] == two["mean"] == 0
    assert (change["least"], change["most"]) == (-one["most"], two["most"])
    assert change["verdict"] == "unclear"
    assert "đến +" in late_row(record, 0, "vi")[-1]
