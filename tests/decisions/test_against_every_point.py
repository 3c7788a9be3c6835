"""Laws on random tables: what is found agrees with trying every input that matters.

Drawing a table takes longer than most of the laws: each table is drawn once, for all of them.
"""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings

from decisions.drawing_tables import KINDS, Drawn, drawn_tables
from tthc_flow.decisions.cells import point_of
from tthc_flow.decisions.decide import hits
from tthc_flow.decisions.gaps import completeness, find_gaps
from tthc_flow.decisions.grid import sides
from tthc_flow.decisions.overlaps import _Pairs, overlaps
from tthc_flow.decisions.program import compile_table


def codes(findings):
    return [finding.code for finding in findings]


def a_gap_is_found_exactly_where_some_input_hits_no_rule(drawn: Drawn):
    open_ways = [way for way in drawn.ways() if not drawn.hit(way)]
    found = completeness(drawn.table())
    assert ("decision-gap" in codes(found)) is bool(open_ways)
    assert "decision-gaps-beyond" not in codes(found) or codes(found).count("decision-gap") == 20


def each_gap_is_an_input_that_may_come_and_hits_no_rule(drawn: Drawn):
    table = drawn.table()
    for example in find_gaps(sides(compile_table(table)), len(table.rules)).inputs:
        fitting = drawn.ways([None if value is None else point_of(value) for value in example])
        assert fitting
        assert not any(map(drawn.hit, fitting))


def each_way_in_which_no_rule_is_left_is_named_by_one_gap(drawn: Drawn):
    table = drawn.table()
    found = find_gaps(sides(compile_table(table)), len(table.rules))
    free = [KINDS[kind][1][0] for kind in drawn.kinds]
    named = [
        [some if value is None else point_of(value) for value, some in zip(each, free, strict=True)]
        for each in found.inputs
    ]
    ways = {drawn.left(way) for way in drawn.ways() if not drawn.hit(way)}
    assert found.whole is (len(ways) <= 20)
    assert len(named) == min(len(ways), 20)
    left = {drawn.left(drawn.way(point)) for point in named}
    assert left <= ways
    assert len(left) == len(named)


def the_pairs_that_overlap_are_exactly_those_that_some_input_hits_together(drawn: Drawn):
    together = {pair for way in drawn.ways() for pair in combinations(drawn.hit(way), 2)}
    found = overlaps(drawn.table("UNIQUE"))
    named = [dict(finding.values)["rules"] for finding in found]
    assert sorted(named) == sorted(f"{one}, {other}" for one, other in together)
    differ = {
        f"{one}, {other}"
        for one, other in together
        if drawn.outputs[one - 1] != drawn.outputs[other - 1]
    }
    for policy in ("ANY", "FIRST"):
        said = overlaps(drawn.table(policy))
        assert {dict(finding.values)["rules"] for finding in said} == differ
    assert overlaps(drawn.table("COLLECT")) == overlaps(drawn.table("RULE ORDER")) == ()


def each_overlap_is_shown_by_an_input_that_may_come_and_hits_both(drawn: Drawn):
    table = drawn.table()
    grid = sides(compile_table(table))
    for pair in _Pairs(grid, len(table.rules)).found():
        shown = drawn.ways([None if value is None else point_of(value) for value in pair.input])
        assert shown
        assert all({pair.one + 1, pair.other + 1} <= set(drawn.hit(each)) for each in shown)


def a_rule_never_hits_exactly_where_no_input_hits_it(drawn: Drawn):
    found = completeness(drawn.table())
    never = {
        dict(finding.values)["rule"] for finding in found if finding.code == "decision-rule-never"
    }
    ever = {number for way in drawn.ways() for number in drawn.hit(way)}
    assert never == {str(n) for n in range(1, len(drawn.cells) + 1) if n not in ever}


def the_rules_that_hit_are_those_whose_cells_all_hold(drawn: Drawn):
    program = compile_table(drawn.table())
    for number, point in enumerate(drawn.points()):
        if number % 37 == 0:  # a share of them: each input is evaluated in full
            assert hits(program, drawn.data(point)) == drawn.hit(drawn.way(point))


LAWS = (
    a_gap_is_found_exactly_where_some_input_hits_no_rule,
    each_gap_is_an_input_that_may_come_and_hits_no_rule,
    each_way_in_which_no_rule_is_left_is_named_by_one_gap,
    the_pairs_that_overlap_are_exactly_those_that_some_input_hits_together,
    each_overlap_is_shown_by_an_input_that_may_come_and_hits_both,
    a_rule_never_hits_exactly_where_no_input_hits_it,
    the_rules_that_hit_are_those_whose_cells_all_hold,
)


@given(drawn_tables())
@settings(max_examples=300)
def test_every_law_holds_of_any_table(drawn: Drawn):
    for law in LAWS:
        law(drawn)
