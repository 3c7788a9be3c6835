"""Gaps and overlaps of tables that are small enough to be seen through by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from decisions.small import table
from tthc_flow.decisions import gaps, overlaps
from tthc_flow.decisions.cells import read_cell
from tthc_flow.decisions.decide import decide
from tthc_flow.decisions.gaps import completeness
from tthc_flow.decisions.overlaps import overlaps as find_overlaps
from tthc_flow.model.decision import InputColumn, OutputColumn
from tthc_flow.model.finding import Severity
from tthc_flow.words.messages import message


def whole(expression="n", allowed=""):
    return (InputColumn(expression=expression, type="integer", allowed=allowed),)


def shown(findings):
    return [dict(finding.values).get("example") for finding in findings]


def codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("inputs", "rules", "examples"),
    [
        ("n", ["<= 5 => 1", "> 5 => 2"], []),
        ("n", ["< 5 => 1", "> 5 => 2"], ["n = 5"]),
        ("n", ["<= 5 => 1", ">= 6 => 2"], ["n = 5.5"]),
        (whole(), ["<= 5 => 1", ">= 6 => 2"], []),
        (whole(), ["<= 5 => 1", ">= 7 => 2"], ["n = 6"]),
        (whole(), ["< 2.5 => 1", "> 2.5 => 2"], []),
        (whole(allowed="[0..10]"), ["[0..4] => 1", "(5..10] => 2"], ["n = 5"]),
        ("n", ["[0..1] => 1"], ["n = -1"]),
        ("n", ["không(0) => 1"], ["n = 0"]),
        ("ngày", ["<= 31/12/2025 => 1", ">= 01/01/2026 => 2"], []),
        ("ngày", ["<= 31/12/2025 => 1", ">= 03/01/2026 => 2"], ["ngày = 01/01/2026"]),
        ("hạn", ["> 0 ngày => 1"], ["hạn = 0 ngày"]),
        ("hạn", [">= 0 ngày => 1"], []),
        ("hạn", ["> 5 giờ làm việc => 1"], ["hạn = 0 giờ làm việc"]),
        ("loại", ["'A' => 1", "'B' => 2"], ["loại = 'khác'"]),
        ("loại", ["'A', 'khác' => 1"], ["loại = 'khác 2'"]),
        ((InputColumn(expression="loại", allowed="'A', 'B'"),), ["'A' => 1", "'B' => 2"], []),
        ("gấp", ["đúng => 1"], ["gấp = sai"]),
        ("gấp", ["đúng => 1", "sai => 2"], []),
        ("a | b", ["đúng | - => 1", "- | đúng => 2"], ["a = sai, b = sai"]),
        ("n | n", ["> 0 | < 5 => 1", "<= 0 | - => 2"], ["n = 5"]),
        ("m | n", ["< 5 | <= 5 => 1", "< 5 | > 5 => 2"], ["m = 5, n = 4"]),
        ("m | n", ["< 5 | <= 5 => 1", "- | > 5 => 2"], ["m = 5, n = 4"]),
        ("m | n", ["- | <= 5 => 1", "> 5 | > 5 => 2", "= 5 | > 5 => 3"], ["m = 4, n = 6"]),
        ("k | m | n", ["< 5 | - | < 5 => 1", "- | - | > 5 => 2"], ["k = 4, n = 5", "k = 5, n = 4"]),
        (
            "a | b | c",
            ["- | - | > 5 => 1", "< 5 | < 0 | - => 2"],
            ["a = 4, b = 0, c = 4", "a = 5, b = -1, c = 4"],
        ),
        ("n", [], ["-"]),
        ("n | m", ["- | - => 1"], []),
    ],
)
def test_a_gap_is_shown_by_an_input(inputs, rules, examples):
    found = completeness(table("UNIQUE", inputs, "mức", *rules))
    assert shown(found) == examples
    assert set(codes(found)) <= {"decision-gap"}


def test_a_table_with_a_default_has_its_gaps_for_information():
    columns = (OutputColumn(name="mức", default="0"),)
    (found,) = completeness(table("UNIQUE", "n", columns, "> 0 => 1"))
    assert (found.code, found.severity) == ("decision-gap-default", Severity.INFO)


@pytest.mark.parametrize(
    ("inputs", "rules", "examples"),
    [
        ("n", ["<= 5 => 1", "> 5 => 2"], []),
        ("n", ["<= 5 => 1", ">= 5 => 2"], ["n = 5"]),
        ("n", ["< 6 => 1", "> 5 => 2"], ["n = 5.5"]),
        (whole(), ["< 6 => 1", "> 5 => 2"], []),
        ("loại", ["không('A') => 1", "không('B') => 2"], ["loại = 'khác'"]),
        ("a | b", ["đúng | - => 1", "- | đúng => 2"], ["a = đúng, b = đúng"]),
        ("a | n", ["đúng | < 1 => 1", "đúng | [1..2] => 2", "sai | - => 3"], []),
        ("ngày", ["<= 31/12/2025 => 1", "> 30/12/2025 => 2"], ["ngày = 31/12/2025"]),
    ],
)
def test_an_overlap_is_shown_by_an_input(inputs, rules, examples):
    assert shown(find_overlaps(table("UNIQUE", inputs, "mức", *rules))) == examples


def test_which_overlaps_matter_follows_from_the_hit_policy():
    lines = ("> 0 => 'A'", "> 1 => 'A'", "> 2 => 'B'")
    ranked = (OutputColumn(name="mức", allowed="'B', 'A'"),)
    expected = {
        "UNIQUE": ("decision-overlap-unique", Severity.ERROR, ["1, 2", "1, 3", "2, 3"]),
        "ANY": ("decision-overlap-any", Severity.ERROR, ["1, 3", "2, 3"]),
        "FIRST": ("decision-overlap-first", Severity.INFO, ["1, 3", "2, 3"]),
        "PRIORITY": ("decision-overlap-priority", Severity.INFO, ["1, 3", "2, 3"]),
    }
    for policy, (code, severity, rules) in expected.items():
        found = find_overlaps(table(policy, "n", ranked, *lines))
        assert {(each.code, each.severity) for each in found} == {(code, severity)}
        assert [dict(each.values)["rules"] for each in found] == rules
    for policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER"):
        assert find_overlaps(table(policy, "n", ranked, *lines)) == ()


def test_a_named_output_differs_from_another_name_and_from_a_value():
    lines = ("> 0 => mức cũ", "> 0 => mức  cũ", "> 0 => 1", "> 0 => mức mới")
    found = find_overlaps(table("ANY", "n", "mức", *lines))
    assert [dict(each.values)["rules"] for each in found] == [
        "1, 3",
        "1, 4",
        "2, 3",
        "2, 4",
        "3, 4",
    ]


def test_a_rule_outside_the_allowed_values_can_never_hit():
    column = (InputColumn(expression="loại", allowed="'A', 'B'"),)
    found = completeness(table("UNIQUE", column, "mức", "'A' => 1", "'B' => 2", "'C' => 3"))
    assert [(each.code, dict(each.values)["rule"]) for each in found] == [
        ("decision-rule-never", "3")
    ]


def test_what_no_rule_tests_neither_narrows_an_input_nor_stands_in_an_example():
    untested = InputColumn(expression="n", type="integer", allowed="[0..10]")
    columns = (untested, InputColumn(expression="n"), InputColumn(expression="m", type="number"))
    two = table("UNIQUE", columns, "mức", "- | <= 5 | - => 1", "- | >= 6 | - => 2")
    assert decide(two, {"n": 5.5}).code == "decision-no-hit"
    assert shown(completeness(two)) == ["n = 5.5"]
    never = (InputColumn(expression="n", allowed="không(< 5, >= 5)"),)
    one = table("UNIQUE", never, "mức", "- => 1", "- => 2")
    assert decide(table("FIRST", never, "mức", "- => 1"), {}).rules == (1,)
    assert completeness(one) == ()
    assert shown(find_overlaps(one)) == ["-"]


def test_an_example_is_written_so_that_a_cell_can_hold_it():
    table_of_eighths = table("UNIQUE", "n", "mức", "< 7.1250 => 1", "> 7.1250 => 2")
    (found,) = shown(completeness(table_of_eighths))
    assert found == "n = 7.1250"
    assert read_cell(found.removeprefix("n = ")).has(Fraction(57, 8))


def test_columns_that_share_a_value_are_named_where_that_makes_an_example_doubtful():
    lines = ("đúng | > 6 => 1", "sai | <= 6 => 2")
    found = completeness(table("UNIQUE", "n > 5 | n", "mức", *lines))
    assert codes(found) == ["decision-gap", "decision-gap", "decision-inputs-related"]
    assert dict(found[-1].values)["names"] == "n"


def test_the_search_for_gaps_says_where_it_ended(monkeypatch):
    many = table("UNIQUE", "n", "mức", *(f"{2 * n} => 1" for n in range(30)))
    found = completeness(many)
    assert codes(found) == ["decision-gap"]
    checkered = [f"{'đúng' if n % 2 else 'sai'} | {n} => 1" for n in range(60)]
    found = completeness(table("UNIQUE", "a | n", "mức", *checkered))
    assert codes(found) == ["decision-gap"] * 2
    apart = [f"> {n} | {n} => 1" for n in range(30)]
    found = completeness(table("UNIQUE", "m | n", "mức", *apart))
    assert codes(found) == ["decision-gap"] * 20 + ["decision-gaps-beyond"]
    monkeypatch.setattr(gaps, "MOST_STEPS", 3)
    assert codes(completeness(many)) == ["decision-gaps-beyond"]


def test_the_search_for_overlaps_says_where_it_ended(monkeypatch):
    many = table("UNIQUE", "n", "mức", *(f"> {n} => 1" for n in range(20)))
    found = find_overlaps(many)
    assert codes(found) == ["decision-overlap-unique"] * 100 + ["decision-overlaps-beyond"]
    monkeypatch.setattr(overlaps, "MOST_STEPS", 30)
    found = find_overlaps(many)
    assert codes(found) == ["decision-overlap-unique"] * 37 + ["decision-overlaps-beyond"]


def test_every_finding_has_its_text_in_both_languages():
    texts = [
        message(each.code, dict(each.values), lang)
        for lines in (("<= 5 => 1", "[4..9] => 2"),)
        for each in (
            *completeness(table("UNIQUE", "n", "mức", *lines)),
            *find_overlaps(table("UNIQUE", "n", "mức", *lines)),
        )
        for lang in ("vi", "en")
    ]
    assert len(texts) == 4
    assert all("Bảng" in each.text and each.hint for each in texts)
    assert not any("chưa rõ" in each.text or "unknown" in each.text for each in texts)
