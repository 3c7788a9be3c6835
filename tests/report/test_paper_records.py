"""What the record holds for the papers: the order of steps, the cuts by role, the totals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from report.test_schema import SCHEMA
from report.word.cases_of import costed, council, press, unchanged
from strategies import flows
from tthc_flow.graph.paths import acyclic
from tthc_flow.graph.view import view
from tthc_flow.report.totals import of_totals
from tthc_flow.report.workflow_rows import steps_in_order


@given(flows(), st.booleans())
def test_every_step_stands_once_and_behind_those_that_lead_to_it(flow, turned):
    if turned:  # whatever the order of the file
        flow = evolve(flow, nodes=tuple(reversed(flow.nodes)))
    order = [step.id for step in steps_in_order(flow)]
    assert sorted(order) == sorted(step.id for step in flow.steps)
    place = {each: number for number, each in enumerate(order)}
    onward = acyclic(view(flow)).after
    for each in order:
        behind = list(onward.get(each, ()))
        while behind:  # also behind gateways and events
            target = behind.pop()
            if target in place:
                assert place[each] < place[target]
            else:
                behind += onward.get(target, ())


@pytest.mark.parametrize("one", [press(), council(), costed(), unchanged()])
def test_the_cuts_by_role_add_up_to_the_work(one):
    plan = one.record["plan"]
    rows, total = plan["cut_by_role"]["rows"], plan["cut_by_role"]["total"]
    for side in ("before", "after"):
        assert sum(each[side]["steps"] for each in rows) == total[side]["steps"]
        assert total[side]["steps"] == plan[side]["steps"]
        assert total[side]["minutes"] == plan[side]["workload"]["minutes"]
    if total["before"]["unknown"]:
        assert total["saved"] is None
    else:
        assert total["saved"] == total["before"]["minutes"] - total["after"]["minutes"]


def test_the_minutes_saved_are_those_of_the_longest_path():
    plan = council().record["plan"]
    one, two = (plan[side]["norm_time"]["minutes"] for side in ("before", "after"))
    assert plan["cut"]["minutes"] == one - two == 7 * 480
    assert unchanged().record["plan"]["cut"]["minutes"] is None


def test_totals_are_what_the_schema_says_and_what_adding_up_by_hand_says():
    records = [each.record for each in (press(), unchanged(), costed())]
    totals = of_totals(records)
    schema = {**SCHEMA, "oneOf": [{"$ref": "#/$defs/totals"}]}
    assert list(Draft202012Validator(schema).iter_errors(totals)) == []
    public, internal = totals
    assert (public["kind"], public["members"], public["changed"]) == ("public", [1, 3], 2)
    assert (internal["kind"], internal["members"]) == ("between_agencies", [2])
    time = {row["aggregate"]: row for row in public["rows"] if row["of"] == "time"}
    # 3 → 2.25 and 10 → 9.125 days
    assert time["pooled"]["share"] == pytest.approx(float(Fraction(13, 8) / 13))
    assert time["mean"]["share"] == pytest.approx((0.25 + 0.0875) / 2)
    assert time["pooled"]["saved"] == 1.625 * 480
    costs = [row for row in public["rows"] if row["method"] == "processing_time"]
    assert {(row["count"], tuple(row["unknown"])) for row in costs} == {(1, (1,))}
    assert [row["targets"] for row in internal["rows"] if row["of"] == "time"] == [[None]] * 2


def test_a_target_is_reached_by_the_exact_share():
    one = press()
    plan = one.record["plan"]
    plan["before"]["norm_time"]["minutes"], plan["after"]["norm_time"]["minutes"] = 1000, 700
    (part,) = of_totals([one.record])
    assert part["rows"][0]["reached"] == [True, False]
    plan["after"]["norm_time"]["minutes"] = 701
    (part,) = of_totals([one.record])
    assert part["rows"][0]["reached"] == [False, False]
