"""What no norm shows: the work saved in the mean, worked out by hand, and chosen for that."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from levers.knock_out_first.test_knock_out_first import FINDS as KNOCKING
from levers.knock_out_first.test_knock_out_first import THREE, hours
from levers.office import AGENCY, ONE_STOP, case, picture, step, the_one
from levers.receive_anywhere.test_receive_anywhere import COMMUNE, DOOR
from levers.sort_at_the_door.test_sort_at_the_door import ALL_FILLED, EASY, LATE, SITE, drawn
from plan.moves import day, dropping, ids, in_a_row
from tthc_flow.levers import ALL, knock_out_first, receive_anywhere, sort_at_the_door
from tthc_flow.model.lever import Effect, Expected, Verdict
from tthc_flow.model.plan import WhyNot
from tthc_flow.model.procedure import ApplicantWork, CostItem, Volume
from tthc_flow.model.source import Quantity
from tthc_flow.plan.make import plan
from tthc_flow.report.expecting import of_expected

TWO = KNOCKING["a-site-visit-before-a-form"]


@pytest.mark.parametrize(
    ("name", "work", "by_norm"),
    [
        # Site: 960 min, ends 1/10; form: 60 min, ends 1/5.
        # 960 + 9/10 · 60 = 1014 now; 60 + 4/5 · 960 = 828 then.
        ("a-site-visit-before-a-form", 186, False),
        # Look-up: 120 min, ends 1/20. 960 + 108 + 51.3 = 1119.3 now; 60 + 96 + 729.6 then.
        ("three-checks", Fraction("233.7"), False),
        # 5 days and 1 day: 2400 + 432 = 2832 now; 480 + 1920 = 2400 then.
        ("by-norm-time", 432, True),
        ("shares-of-the-ways-out", 186, False),
    ],
)
def test_another_order_of_checks_saves_the_work_worked_out_by_hand(name, work, by_norm):
    found = the_one(knock_out_first.LEVER, KNOCKING[name])
    assert found.expected == Expected(work=Fraction(work), by_norm=by_norm)


def test_a_rate_that_nobody_counted_leaves_it_unknown_and_is_asked_for():
    bare = [
        evolve(node, checked=None, rejected=None) if node.id == "form" else node
        for node in TWO.flow.nodes
    ]
    given = evolve(TWO, flow=evolve(TWO.flow, nodes=tuple(bare)))
    found = the_one(knock_out_first.LEVER, given)
    assert (found.expected.work, found.verdict) == (None, Verdict.UNKNOWN)


def test_checks_that_only_some_dossiers_come_to_save_that_share_or_nobody_knows():
    row = THREE.replace("s > site", "s > xor9 > site").replace("sign > e;", "xor8 > sign > e;")
    given = picture(f"{row}; xor9 > xor8", *(n for n in KNOCKING["three-checks"].flow.steps))

    def shared(share):
        edges = tuple(
            evolve(e, share=share if e.target == "site" else None) for e in given.flow.edges
        )
        return the_one(knock_out_first.LEVER, evolve(given, flow=evolve(given.flow, edges=edges)))

    assert shared(None).expected.work is None
    assert shared(Fraction(1, 2)).expected.work == Fraction("233.7") / 2


def late(share=None, work=None):
    """A gateway behind a site visit of 5 days, by which simple dossiers go past an opinion."""
    steps = tuple(evolve(each, work=work) if each is SITE else each for each in ALL_FILLED)
    given = drawn(LATE, *steps, **EASY)
    edges = tuple(
        evolve(e, share=share if (e.source, e.target) == ("xor1", "xor2") else None)
        for e in given.flow.edges
    )
    return evolve(given, flow=evolve(given.flow, edges=edges))


@pytest.mark.parametrize(
    ("share", "work", "expected"),
    [
        (Fraction(3, 10), hours(10), Expected(work=Fraction(180))),
        (Fraction(3, 10), None, Expected(work=Fraction(720), by_norm=True)),
        (None, hours(10), Expected(work=None)),
    ],
)
def test_sorting_early_saves_the_steps_in_the_share_that_goes_by_them(share, work, expected):
    found = the_one(sort_at_the_door.LEVER, late(share, work))
    assert found.expected == expected
    asked = {e.name for e in found.evidence if e.name.startswith("expected-needs")}
    assert asked == ({"expected-needs-share"} if share is None else set())


def test_neither_work_nor_time_is_asked_for_too():
    given = late(Fraction(3, 10))
    nodes = tuple(
        evolve(n, time=evolve(n.time, duration=None)) if n.id == "site" else n
        for n in given.flow.nodes
    )
    found = the_one(sort_at_the_door.LEVER, evolve(given, flow=evolve(given.flow, nodes=nodes)))
    assert found.expected.work is None
    asked = {e.name for e in found.evidence if e.name.startswith("expected-needs")}
    assert asked == {"expected-needs-effort"}


def test_an_effect_that_only_the_mean_shows_is_worth_a_risk_that_is_not_known():
    lever = [sort_at_the_door.LEVER]
    gains = plan(late(Fraction(3, 10), hours(10)), lever)
    (offer,) = gains.offers
    assert offer.candidate.risk is None
    assert (offer.effect.minutes, offer.effect.steps) == (0, 0)  # the norm shows nothing
    assert ids(gains) == [offer.candidate.id]
    unknown = plan(late(None, hours(10)), lever)
    assert (ids(unknown), [each.why for each in unknown.not_chosen]) == (
        [],
        [WhyNot.SAVES_NOTHING],
    )


def test_of_two_the_one_that_saves_more_in_the_mean_is_chosen():
    def saving(name, work):
        return dropping(name, lever=name, anchors=("a",), expected=Expected(work=work))

    row = in_a_row(day("a"), day("b"), day("c"))
    clash = [
        dropping("b", lever="less", anchors=("c",), expected=Expected(work=Fraction(5, 3))),
        dropping("c", lever="more", anchors=("b",), expected=Expected(work=Fraction(7, 4))),
    ]
    made = plan(row, clash)
    assert (ids(made), made.optimal) == (["more:c"], True)
    made = plan(row, [saving("b", None), saving("c", Fraction(1))])
    assert ids(made) == ["b:b", "c:c"]


PAID = {
    "work": (ApplicantWork(item=CostItem.FEE, name="Phí", other=Quantity(value=1_000)),),
    "volume": Volume(subjects=Quantity(value=10), times=Quantity(value=1)),
}


@pytest.mark.parametrize("facts", [{}, PAID], ids=["cost-unknown", "cost-known"])
def test_a_receipt_at_any_place_is_chosen_whether_or_not_a_level_or_a_cost_shows(facts):
    sign = step("sign", "sign", AGENCY["head"], 1)
    for door, levels in ((DOOR, 0), (evolve(DOOR, performer=COMMUNE), 1)):
        given = case(door, sign, answers="site-bound-by-law=no", **facts)
        made = plan(given, [receive_anywhere.LEVER])
        (offer,) = made.offers
        assert offer.candidate.expected == Expected(levels=1)
        assert offer.effect.levels == levels
        assert ids(made) == ["receive_anywhere:door"]


def test_a_change_that_adds_a_performer_and_saves_nothing_stays_out():
    def kept(procedure, _):
        nodes = tuple(
            evolve(node, performer=ONE_STOP) if node.id == "a" else node
            for node in procedure.flow.nodes
        )
        return evolve(procedure, flow=evolve(procedure.flow, nodes=nodes))

    lever = evolve(dropping("a"), apply=kept)
    made = plan(in_a_row(day("a"), day("b")), [lever])
    assert made.offers[0].effect == Effect(minutes=Fraction(0), performers=-1)
    assert made.applied == ()


def test_no_other_lever_tells_what_it_does_not_work_out():
    told = {
        candidate.lever
        for given in (*KNOCKING.values(), late(Fraction(1, 2)))
        for lever in ALL
        for candidate in lever.find(given)
        if candidate.expected is not None
    }
    assert told <= {"knock_out_first", "sort_at_the_door", "receive_anywhere"}


def test_what_is_expected_is_told_apart_from_the_norm_in_both_languages():
    half = Expected(work=Fraction(186))
    told = of_expected(half, Quantity(value=200), "vi")
    assert (told["work_minutes"], told["yearly_minutes"]) == (186, 37_200)
    assert told["text"] == (
        "Dự kiến bình quân mỗi hồ sơ bớt 186 phút công, ngoài thời hạn. "
        "Với 200 hồ sơ một năm là 620 giờ công."
    )
    by_norm = of_expected(evolve(half, by_norm=True), None, "en")["text"]
    assert "time limits of the steps" in by_norm
    assert of_expected(None, None, "vi") is None
    assert "thiếu dữ liệu" in of_expected(Expected(work=None), None, "vi")["text"]
    assert of_expected(Expected(levels=1), None, "vi")["text"] == (
        "Người dân nộp được hồ sơ ở thêm 1 cấp."
    )
