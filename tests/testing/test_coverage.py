"""What tests have taken: counted by hand, added up in any order, and moved with the version."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from testing.small import ENDS, LICENCE, WAYS, bpmn
from tthc_flow.bpmn.read import read
from tthc_flow.testing import Desk, Tally, coverage_of, merged, tallied
from tthc_flow.testing.coverage import share_of

FLOW = read(LICENCE.encode()).procedures[0].flow


def taken(*desks) -> dict[str, int]:
    tallies = merged(each for desk in desks for each in tallied(desk.engine))
    return {each.id: each.times for each in coverage_of(FLOW, tallies).ways}


def test_a_procedure_that_no_test_has_run_is_not_covered_at_all():
    nothing = coverage_of(FLOW)
    assert tuple(each.id for each in nothing.ways) == nothing.missed == WAYS
    assert (nothing.covered, nothing.share, nothing.dossiers) == ((), Fraction(0), 0)
    assert share_of(()) is None


def test_ways_are_counted_as_by_hand():
    with Desk(LICENCE.encode()) as desk:
        desk.start()
        desk.do("check")
        desk.choose("full", "no")
        desk.do("more")
        desk.do("check")
        desk.choose("full", "yes")
        (tally,) = tallied(desk.engine)
    coverage = coverage_of(FLOW, (tally,))
    assert {each.id: each.times for each in coverage.ways} == {
        "f1": 1,
        "f2": 2,
        "f3": 2,
        "no": 1,
        "f5": 1,
        "yes": 1,
        "f7": 0,
        "f8": 0,
        "f9": 0,
        "late": 0,
    }
    assert {each.id: each.times for each in coverage.nodes} == {
        "s": 1,
        "back": 2,
        "check": 2,
        "full": 2,
        "more": 1,
        "late": 0,
        "sign": 0,
        "sorry": 0,
        "granted": 0,
        "refused": 0,
    }
    assert coverage.missed == ("f7", "f8", "f9", "late")
    assert (coverage.share, coverage.dossiers) == (Fraction(6, 10), 1)


def test_a_step_that_its_timer_takes_off_was_come_to_and_not_passed():
    with Desk(LICENCE.encode()) as desk:
        desk.start()
        desk.pass_time("10 ngày làm việc")
        coverage = coverage_of(FLOW, tallied(desk.engine))
    assert coverage.covered == ("f1", "f2", "f8", "late")
    assert {each.id for each in coverage.nodes if each.times} == {"s", "back", "late"}


def test_several_dossiers_of_several_desks_are_added_up():
    with Desk(LICENCE.encode()) as one, Desk(LICENCE.encode()) as two:
        one.start()
        one.do("check")
        one.start()
        two.start()
        two.report("late")
        found = taken(one, two)
        tallies = merged((*tallied(one.engine), *tallied(two.engine)))
    assert [each.dossiers for each in tallies] == [3]
    assert {each: times for each, times in found.items() if times} == {
        "f1": 3,
        "f2": 3,
        "f3": 1,
        "f8": 1,
        "late": 1,
    }


def test_other_bytes_are_another_definition():
    with Desk(LICENCE.encode()) as one, Desk((LICENCE + " ").encode()) as two:
        one.start()
        two.start()
        tallies = merged((*tallied(one.engine), *tallied(two.engine)))
    assert len({each.definition for each in tallies}) == 2
    assert [each.dossiers for each in tallies] == [1, 1]


def test_what_was_passed_before_a_migration_counts_for_the_version_before():
    newer = LICENCE.replace('name="Ký duyệt"', 'name="Ký"')
    with Desk(LICENCE.encode()) as desk:
        dossier = desk.start()
        desk.do("check")
        source, target = dossier.definition, desk.engine.deploy(newer.encode()).hash
        desk.engine.migrations.run(source, target, by="quản trị")
        desk.choose("full", "yes")
        desk.do("Ký")
        by_hash = {each.definition: dict(each.times) for each in tallied(desk.engine)}
    assert by_hash[source] == {"s": 1, "f1": 1, "back": 1, "f2": 1, "check": 1, "f3": 1}
    assert by_hash[target] == {"full": 1, "yes": 1, "sign": 1, "f7": 1, "granted": 1}


UNDOING = bpmn(
    ENDS
    + '<userTask id="pay" name="Thu"/><userTask id="back" name="Hoàn" isForCompensation="true"/>'
    '<boundaryEvent id="undo" attachedToRef="pay"><compensateEventDefinition/></boundaryEvent>'
    '<association id="as" sourceRef="undo" targetRef="back" associationDirection="One"/>'
    '<exclusiveGateway id="g"/><intermediateThrowEvent id="off"><compensateEventDefinition/>'
    "</intermediateThrowEvent>",
    "s > pay > g > e; g > off > e",
)


def test_an_event_that_undoes_is_taken_when_its_activity_is():
    flow = read(UNDOING).procedures[0].flow
    with Desk(UNDOING) as desk:
        desk.start()
        desk.do("pay")
        desk.choose("g", "off")
        before = coverage_of(flow, tallied(desk.engine))
        desk.do("back")
        after = coverage_of(flow, tallied(desk.engine))
    assert "undo" in before.missed
    assert (after.missed, after.share) == (("f3",), Fraction(5, 6))


WITHDRAWAL = bpmn(
    ENDS + '<userTask id="a" name="Thẩm định"/><subProcess id="sub" triggeredByEvent="true">'
    '<startEvent id="ask"><messageEventDefinition messageRef="m"/></startEvent>'
    '<endEvent id="out"/><sequenceFlow id="in" sourceRef="ask" targetRef="out"/></subProcess>',
    "s > a > e",
    more='<message id="m" name="Rút hồ sơ"/>',
)


def test_the_start_of_an_event_sub_process_is_a_way():
    flow = read(WITHDRAWAL).procedures[0].flow
    with Desk(WITHDRAWAL) as desk:
        desk.start()
        desk.do("a")
        assert coverage_of(flow, tallied(desk.engine)).missed == ("in", "ask")
        desk.start()
        desk.report("Rút hồ sơ")
        assert coverage_of(flow, tallied(desk.engine)).missed == ()


TALLIES = st.builds(
    Tally,
    definition=st.sampled_from(["0f", "1a"]),
    process=st.just("P"),
    dossiers=st.integers(0, 9),
    times=st.dictionaries(st.sampled_from(WAYS), st.integers(1, 99)).map(
        lambda found: tuple(sorted(found.items()))
    ),
)
SESSION = st.lists(TALLIES, max_size=8)


@given(SESSION, st.randoms(use_true_random=False), st.integers(0, 8))
def test_it_does_not_matter_in_which_order_or_groups_tallies_are_added_up(tallies, random, cut):
    whole = merged(tallies)
    shuffled = random.sample(tallies, len(tallies))
    assert merged((*merged(shuffled[:cut]), *merged(shuffled[cut:]))) == whole
    for each in whole:
        own = [one for one in tallies if one.definition == each.definition]
        assert each.dossiers == sum(one.dossiers for one in own)
        for way, times in each.times:
            assert times == sum(dict(one.times).get(way, 0) for one in own)


@given(SESSION)
def test_a_test_more_never_takes_away_from_what_is_covered(tallies):
    shares = [coverage_of(FLOW, tallies[:each]).share for each in range(len(tallies) + 1)]
    assert all(one <= two for one, two in pairwise(shares))


@given(TALLIES)
def test_a_tally_survives_the_channel_of_a_worker(tally):
    assert Tally.of_plain(tally.as_plain()) == tally
