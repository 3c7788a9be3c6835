"""A proposal that people cope with: what overloads is barred with its figures, and planned anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import problems
from tthc_flow.errors import BadQuantity
from tthc_flow.model.lever import Verdict
from tthc_flow.simulation.gate import NAME, excesses
from tthc_flow.simulation.run import Settings
from tthc_flow.simulation.tally import Length
from tthc_flow.verbs.papers import papers, proposal_record
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.within_capacity import trial_of, within_capacity

LEVERS = Path(__file__).parent.parent / "levers"
HANDED = LEVERS / "hand_down_decision/finds/two-levels-of-handling.bpmn"
OBLIGED = LEVERS / "skip_district/finds/confirmed.bpmn"
MOVE = "hand_down_decision:taken+seen+higher"
FEW = Settings(length=Length(cases=600, warm=60, batches=2), replications=4)


def facts(dossiers: int, **more: object) -> dict[str, object]:
    """Return all that a simulation has to know: half an hour a step, three people a role."""
    steps = ("examine", "lower", "taken", "seen", "higher", "return", "Report_lower")
    roles = ("Chuyên viên", "Văn thư Văn phòng", "Lãnh đạo Văn phòng", "Chủ tịch UBND tỉnh",
             "Công chức Một cửa")  # fmt: skip
    return {
        "times": dict.fromkeys(steps, "0,5 giờ làm việc"),
        "people": {**dict.fromkeys(roles, 3), "Lãnh đạo Sở": 1},
        "arrivals": dossiers,
        **more,
    }


@pytest.fixture(scope="module")
def overloaded():
    return within_capacity(HANDED, facts=facts(1900), settings=FEW)


def test_a_decision_is_not_handed_to_whoever_would_be_too_busy(overloaded):
    """Of 2,000 hours a year 1,900 half hours fill half, and with the reports more than 85 %."""
    proposal, trial = overloaded
    (taken,) = trial.barred
    barred, condition = taken.candidate, taken.condition
    assert barred == MOVE
    assert (condition.name, condition.verdict) == (NAME, Verdict.FAIL)
    told = dict(condition.because)
    assert told["load-simulated"].startswith("Lãnh đạo Sở: 4")
    assert told["simulated-limit"] == "85.0 %"
    assert proposal.plan.applied == ()
    offer = next(each for each in proposal.plan.offers if each.candidate.id == MOVE)
    assert offer.candidate.barred
    assert trial.held
    assert trial.remaining == ()


def test_what_was_barred_is_told_in_record_and_papers(overloaded):
    proposal, trial = overloaded
    made = papers(proposal, "en", trial)
    record = json.loads(made["record"])
    assert problems(record) == []
    candidate = next(each for each in record["candidates"] if each["id"] == MOVE)
    assert candidate["verdict"] == "fail"
    assert [each["name"] for each in candidate["preconditions"] if each["verdict"] == "fail"] == [
        NAME
    ]
    page = made["report"].decode()
    assert "load by simulation: Lãnh đạo Sở" in page
    assert {"plot_times", "plot_waits", "plot_loads"} <= record["files"].keys()
    assert "mo-phong-muc-ban.svg" in made["markdown"].decode()


def test_with_fewer_dossiers_the_same_decision_is_handed_down():
    proposal, trial = within_capacity(HANDED, facts=facts(1000), settings=FEW)
    assert [each.id for each in proposal.plan.applied] == [MOVE]
    assert trial.barred == ()
    assert trial.held
    loads = {each.name: each.load for each in trial.found.after.pools}
    was = {each.name: each.load for each in trial.found.before.pools}
    assert loads["Lãnh đạo Sở"] == pytest.approx(2 * was["Lãnh đạo Sở"])
    assert excesses(trial.found.before, trial.found.after, None) == ()


def test_where_the_interval_holds_the_limit_it_is_open_and_the_change_stays_out():
    proposal, trial = within_capacity(HANDED, facts=facts(1700), settings=FEW)
    (taken,) = trial.barred
    condition = taken.condition
    assert condition.verdict is Verdict.UNKNOWN
    assert proposal.plan.applied == ()


def test_what_makes_more_late_than_was_asked_for_is_barred():
    """Half the steps, but all of them wait for one person: more pass four hours than before."""
    given = facts(1600, limit="4 giờ làm việc")
    free, _ = within_capacity(HANDED, facts=given, settings=FEW)
    assert free.plan.applied
    proposal, trial = within_capacity(HANDED, late_share=0.05, facts=given, settings=FEW)
    (taken,) = trial.barred
    condition = taken.condition
    assert condition.verdict is Verdict.FAIL
    assert "late-simulated" in dict(condition.because)
    assert proposal.plan.applied == ()


def test_what_the_law_obliges_to_stays_and_what_it_overloads_is_told():
    people = {"Chuyên viên": 3, "Chủ tịch UBND huyện": 3, "Chủ tịch UBND cấp xã": 1}
    times = {"examine": "1 giờ làm việc", "confirm": "1 giờ làm việc"}
    given = {"people": people, "times": times, "arrivals": 3000}
    proposal, trial = within_capacity(OBLIGED, facts=given, settings=FEW)
    assert [each.id for each in proposal.plan.applied] == ["skip_district:confirm"]
    (above,) = trial.remaining
    assert (above.role, above.before, above.verdict) == ("Chủ tịch UBND cấp xã", None, "fail")
    assert not trial.held


def test_what_lacks_is_named_and_the_proposal_is_the_usual_one():
    proposal, trial = within_capacity(HANDED, late_share=0.05)
    assert trial.found is None
    assert trial.lacking.dossiers == (0,)
    assert "Lãnh đạo Sở" in trial.lacking.teams
    assert not trial.held
    assert proposal.plan == propose(HANDED).plan


def test_a_step_that_the_plan_adds_has_a_time_of_its_own_to_be_asked_for():
    given = facts(1000)
    del given["times"]["Report_lower"]
    trial = trial_of(propose(HANDED), given)
    assert [(each.element, each.what) for each in trial.lacking.needs] == [("Report_lower", "time")]


def test_a_late_share_without_a_limit_is_open():
    _, trial = within_capacity(HANDED, late_share=0.05, facts=facts(1000), settings=FEW)
    assert trial.no_limit
    assert not trial.held


def test_without_asking_nothing_is_told_of_a_simulation():
    found = propose(HANDED)
    assert "simulation" not in proposal_record(found)
    assert not any(name.startswith("plot") for name in papers(found))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"late_share": 2}, "TF109"),
        ({"settings": Settings(length=FEW.length)}, "TF152"),
        ({"facts": facts(1000, people={"Ai đó": 1})}, "TF153"),
        ({"facts": facts(1000, times={"Z": "1 giờ làm việc"})}, "TF117"),
    ],
)
def test_what_cannot_be_is_refused(asked, code):
    with pytest.raises(BadQuantity) as refused:
        within_capacity(HANDED, **asked)
    assert refused.value.code == code
