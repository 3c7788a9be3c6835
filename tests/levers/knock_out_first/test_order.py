"""knock_out_first: in which order the checks come, and what that saves."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from attrs import evolve

from levers.knock_out_first.test_knock_out_first import (
    BARRED,
    DOOR,
    FINDS,
    FORM,
    FREE,
    LOOK,
    SIGN,
    SITE,
    THREE,
    TWO,
    hours,
)
from levers.office import (
    AGENCY,
    CONSULTED,
    arrows,
    found,
    length,
    not_passed,
    papers,
    passed,
    picture,
    step,
    the_one,
)
from tthc_flow.engine.run import run_every_branch
from tthc_flow.graph.knock_outs import knock_outs
from tthc_flow.levers.knock_out_first import LEVER
from tthc_flow.model.flow import Flow
from tthc_flow.model.lever import Confidence, Verdict
from tthc_flow.model.step import FormField
from tthc_flow.proof.prove import prove


def order(procedure):
    """Return the steps right before each knock-out gateway, in their order."""
    (row,) = knock_outs(procedure.flow)
    return [block.regions[-1].entry for block in row]


def test_the_form_is_looked_at_before_the_way_to_the_site():
    given = FINDS["a-site-visit-before-a-form"]
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("site", "form")
    assert candidate.anchors == ("xor1", "xor2")
    assert passed(candidate) == [
        "efforts-and-rejections-known",
        "one-check-needs-the-other",
        "checks-legally-ordered",
    ]
    after = LEVER.apply(given, candidate)
    assert set(arrows(after)) == {
        "s>door",
        "door>form",
        "form>xor2",
        "xor2>site",
        "site>xor1",
        "xor1>sign",
        "sign>e",
        "xor1>e_no",
        "xor2>e_no",
    }
    assert found(LEVER, after) == ()


def test_the_mean_effort_is_counted_by_hand():
    """Site 960 min ends 1/10, form 60 min ends 1/5: 960 + 0.9·60 = 1014; 60 + 0.8·960 = 828."""
    shown = {each.name: each.value for each in the_one(LEVER, FINDS["three-checks"]).evidence}
    assert shown["better-order"] == "Thẩm định hồ sơ → look_up → Kiểm tra thực địa"
    candidate = the_one(LEVER, FINDS["a-site-visit-before-a-form"])
    assert {each.name: each.value for each in candidate.evidence}["mean-effort"] == "1014 → 828"


def test_three_checks_come_in_ascending_effort_for_each_rejection():
    """Form 60/0.2 = 300, look 120/0.05 = 2400, site 960/0.1 = 9600."""
    given = FINDS["three-checks"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert order(given) == ["site", "look", "form"]
    assert order(after) == ["form", "look", "site"]
    assert length(given) == length(after)


def test_norm_times_are_only_taken_where_no_work_is_known_and_that_is_said():
    by_norm = the_one(LEVER, FINDS["by-norm-time"])
    assert dict(by_norm.preconditions[0].because) == {"effort-by": "norm-time"}
    assert by_norm.confidence is Confidence.ASSUMED
    by_work = the_one(LEVER, FINDS["a-site-visit-before-a-form"])
    assert dict(by_work.preconditions[0].because) == {"effort-by": "work"}
    assert by_work.confidence is Confidence.STATED


def test_where_the_work_of_one_is_unknown_all_are_taken_by_norm_time():
    """Site 5 days ends 1/10, form 1 day 1/5: 2400 + 0.9·480 = 2832; 480 + 0.8·2400 = 2400."""
    given = picture(TWO, DOOR, SITE, evolve(FORM, work=None), SIGN, answers=FREE)
    candidate = the_one(LEVER, given)
    assert dict(candidate.preconditions[0].because) == {"effort-by": "norm-time"}
    assert {each.name: each.value for each in candidate.evidence}["mean-effort"] == "2832 → 2400"


def test_the_work_goes_before_the_norm_time():
    """By norm time the order is right (1 day against 5); by work it is wrong (16 h against 1)."""
    given = picture(
        TWO,
        DOOR,
        evolve(SITE, time=FORM.time),
        evolve(FORM, time=SITE.time, checked=200, rejected=20),
        SIGN,
        answers=FREE,
    )
    assert order(LEVER.apply(given, the_one(LEVER, given))) == ["form", "site"]


def test_an_unknown_order_changes_nothing():
    given, _, _ = BARRED["nobody-counted-the-first"]
    candidate = the_one(LEVER, given)
    assert LEVER.apply(given, candidate) == given
    (open_,) = [c for c in candidate.preconditions if c.name in not_passed(candidate)]
    assert dict(open_.because) == {"not-counted-at": "Kiểm tra thực địa"}


def test_a_check_that_rejects_nothing_goes_last():
    idle = evolve(FORM, rejected=0)
    given = picture(
        "s > form > xor1 > site > xor2 > sign > e; xor1 > e_no; xor2 > e_no",
        idle,
        SITE,
        SIGN,
        answers=FREE,
    )
    assert order(LEVER.apply(given, the_one(LEVER, given))) == ["site", "form"]


def test_what_needs_an_earlier_check_keeps_its_place_and_the_rest_is_sorted():
    """Look and form read what site writes; behind it they are independent."""
    given = picture(
        THREE,
        evolve(SITE, writes=papers("Biên bản")),
        evolve(LOOK, reads=papers("Biên bản")),
        evolve(FORM, reads=papers("Biên bản")),
        SIGN,
        answers=FREE,
    )
    candidate = the_one(LEVER, given)
    assert candidate.targets == ("look", "form")
    assert order(LEVER.apply(given, candidate)) == ["site", "form", "look"]


def test_a_gateway_that_looks_at_what_an_earlier_check_filled_in_needs_it():
    filled = evolve(SITE, fields=(FormField(name="điểm"),))
    given = picture(TWO, DOOR, filled, FORM, SIGN, answers=FREE)
    edges = tuple(
        evolve(edge, condition="điểm >= 5") if edge.source == "xor2" else edge
        for edge in given.flow.edges
    )
    assert found(LEVER, evolve(given, flow=evolve(given.flow, edges=edges))) == ()


def test_a_step_that_brings_the_dossier_moves_with_its_check():
    given = picture(
        "s > site > xor1 > assign > form > xor2 > sign > e; xor1 > e_no; xor2 > e_no",
        SITE,
        step("assign", "assign", AGENCY["division"], 0.5, work=hours(1)),
        FORM,
        SIGN,
        answers=FREE,
    )
    after = LEVER.apply(given, the_one(LEVER, given))
    assert {"s>assign", "assign>form", "xor2>site"} <= set(arrows(after))


def rows(rng: Random, length_: int):
    """Return a row of random independent checks."""
    names = [f"check{n}" for n in range(length_)]
    steps = [
        step(
            name,
            "examine",
            CONSULTED[0],
            1,
            work=hours(rng.randint(1, 9)),
            checked=100,
            rejected=rng.choice((0, rng.randint(1, 60))),
        )
        for name in names
    ]
    line = " > ".join(f"{name} > xor{n}" for n, name in enumerate(names))
    outs = "; ".join(f"xor{n} > e_no" for n in range(length_))
    return picture(f"s > {line} > sign > e; {outs}", *steps, SIGN, answers=FREE), steps


def mean(steps, chosen):
    """Return the mean hours of work a dossier, by going through the checks one by one."""
    spent, left = Fraction(0), Fraction(1)
    for place in chosen:
        spent += left * steps[place].work.amount
        left -= left * Fraction(steps[place].rejected, 100)
    return spent


@pytest.mark.parametrize("seed", range(60))
def test_no_other_order_of_random_checks_is_lighter(seed):
    rng = Random(seed)
    given, steps = rows(rng, rng.randint(2, 5))
    candidates = found(LEVER, given)
    after = LEVER.apply(given, candidates[0]) if candidates else given
    places = {each.id: n for n, each in enumerate(steps)}
    chosen = tuple(places[id_] for id_ in order(after))
    assert mean(steps, chosen) == min(mean(steps, each) for each in permutations(places.values()))
    assert all(proof.verdict is not Verdict.FAIL for proof in prove(given, after))
    assert run_every_branch(after).completed


def test_only_arrows_lead_elsewhere():
    given = FINDS["three-checks"]
    after = LEVER.apply(given, the_one(LEVER, given))
    assert after.flow.nodes == given.flow.nodes
    unled = [evolve(edge, target="") for edge in given.flow.edges]
    assert [evolve(edge, target="") for edge in after.flow.edges] == unled
    assert knock_outs(Flow(id="empty")) == ()
