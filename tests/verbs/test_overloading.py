"""Changes that are too much together only: which one goes, along with which, and how it is told."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from attrs import evolve

from by_hand import drawn, procedure_of, time_of
from cli.calling import problems
from tthc_flow.bpmn.build import build
from tthc_flow.graph.rewrite import replaced
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.actor import Performer, Role
from tthc_flow.model.lever import Candidate, Lever, Verdict
from tthc_flow.model.step import Step
from tthc_flow.simulation.gate import LIMIT
from tthc_flow.simulation.run import Settings
from tthc_flow.simulation.tally import Length
from tthc_flow.verbs.papers import papers
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.within_capacity import trial_of, within_capacity

FEW = Settings(length=Length(cases=600, warm=60, batches=2), replications=4)
GIVER = Performer(name="Chuyên viên", role=Role.OFFICER, office="Sở Nội vụ")
TAKER = Performer(name="Lãnh đạo phòng", role=Role.DIVISION_HEAD, office="Sở Nội vụ")
LEVER_ID = "assign_by_rule"
"""A move that has a title: what it does here is written below."""


def given_away(saved):
    """Return a move that gives each step to the other role, which takes so many days less."""

    def find(procedure):
        for step in procedure.flow.steps:
            if step.id in saved and step.performer == GIVER:
                yield Candidate(lever=LEVER_ID, targets=(step.id,))

    def apply(procedure, candidate):
        flow = procedure.flow
        for target in candidate.targets:
            time = time_of(f"{5 - saved[target]} ngày làm việc")
            flow = replaced(flow, evolve(flow.by_id[target], performer=TAKER, time=time))
        return evolve(procedure, flow=flow)

    title = "Giao cho lãnh đạo phòng"
    kinds = frozenset()
    return Lever(id=LEVER_ID, title=title, source="thử", kinds=kinds, find=find, apply=apply)


def asked(saved, hours, dossiers=800):
    """Return a file, its move, and facts: the taker is one person who is there 2,000 hours."""
    nodes = [
        Step(id=name, name=f"Việc {name}", performer=GIVER, time=time_of("5 ngày làm việc"))
        for name in saved
    ]
    last = Step(id="z", name="Ký", performer=TAKER, time=time_of("1 ngày làm việc"))
    flow = drawn(" > ".join(["s", *saved, "z", "e"]), *nodes, last)
    procedure = procedure_of(flow)
    facts = {
        "times": {
            **{name: f"{n} giờ làm việc" for name, n in hours.items()},
            "z": "0,2 giờ làm việc",
        },
        "people": {"Chuyên viên": 5, "Lãnh đạo phòng": 1},
        "arrivals": dossiers,
    }
    return build(procedure, lay_out(procedure)).data, (given_away(saved),), facts


@pytest.fixture(scope="module")
def pair():
    """Return what comes of two changes: each fills 40 % of the taker, who has 8 % of other work."""
    data, levers, facts = asked({"a": 1, "b": 3}, {"a": 1, "b": 1})
    return within_capacity(data, levers=levers, facts=facts, settings=FEW)


def test_each_alone_is_kept_and_both_are_too_much():
    for saved in ({"a": 1}, {"b": 3}):
        data, levers, facts = asked(saved, dict.fromkeys(saved, 1))
        trial = trial_of(propose(data, levers=levers), facts, settings=FEW)
        assert trial.found.after.pools[-1].load < float(LIMIT)
    data, levers, facts = asked({"a": 1, "b": 3}, {"a": 1, "b": 1})
    trial = trial_of(propose(data, levers=levers), facts, settings=FEW)
    assert trial.found.after.pools[-1].load > float(LIMIT)


def test_of_a_pair_that_is_too_much_together_the_one_that_gains_less_goes(pair):
    proposal, trial = pair
    (taken,) = trial.barred
    assert (taken.candidate, taken.together) == (f"{LEVER_ID}:a", (f"{LEVER_ID}:b",))
    assert taken.condition.verdict is Verdict.FAIL
    assert [each.id for each in proposal.plan.applied] == [f"{LEVER_ID}:b"]
    assert trial.held


def test_it_goes_by_what_it_gains_and_not_by_what_it_brings():
    """The one that gains more brings more too: the load would fall most without it."""
    data, levers, facts = asked({"a": 1, "b": 3}, {"a": "0,8", "b": "1,3"})
    proposal, trial = within_capacity(data, levers=levers, facts=facts, settings=FEW)
    assert [each.candidate for each in trial.barred] == [f"{LEVER_ID}:a"]
    assert [each.id for each in proposal.plan.applied] == [f"{LEVER_ID}:b"]


def test_one_that_is_too_much_alone_goes_alone():
    data, levers, facts = asked({"a": 1, "b": 3}, {"a": "0,2", "b": "2,2"})
    proposal, trial = within_capacity(data, levers=levers, facts=facts, settings=FEW)
    assert [(each.candidate, each.together) for each in trial.barred] == [(f"{LEVER_ID}:b", ())]
    assert [each.id for each in proposal.plan.applied] == [f"{LEVER_ID}:a"]


def test_of_three_the_pair_that_is_kept_gains_the_most_of_all_that_people_cope_with():
    """Any two of three are kept, all three are not: two that gain the most are left."""
    saved, hours = {"a": 2, "b": 1, "c": 3}, dict.fromkeys("abc", "0,8")
    data, levers, facts = asked(saved, hours)
    proposal, trial = within_capacity(data, levers=levers, facts=facts, settings=FEW)
    kept = {each.targets[0] for each in proposal.plan.applied}
    best = max(combinations(saved, 2), key=lambda two: sum(saved[each] for each in two))
    assert kept == set(best)
    (taken,) = trial.barred
    assert {each[-1] for each in taken.together} == kept


def test_it_is_told_along_with_what_it_was_too_much(pair):
    proposal, trial = pair
    made = papers(proposal, "vi", trial)
    record = json.loads(made["record"])
    assert problems(record) == []
    (taken,) = record["simulation"]["barred"]
    (other,) = taken["together"]
    assert other["candidate"] == f"{LEVER_ID}:b"
    page = made["report"].decode()
    assert "Chỉ vượt mức khi làm cùng với:" in page
    assert other["title"] in page.replace("&quot;", '"')
