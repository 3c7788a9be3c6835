"""What a table says by each hit policy; the answers are worked out by hand."""

from __future__ import annotations

import pickle
import unicodedata
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from decisions.small import table
from tthc_flow.decisions.decide import as_function, decide
from tthc_flow.errors import BadExpression
from tthc_flow.model.decision import InputColumn, OutputColumn
from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
from tthc_flow.model.step import Step, TaskType
from tthc_flow.units import Duration, TimeUnit

RANKED = (OutputColumn(name="mức", allowed="'cao', 'vừa', 'thấp'"),)
FEES = ("[0..10] => 'thấp'", "[5..20] => 'cao'", "[8..30] => 'vừa'", "[9..9] => 'cao'")


def rows(decision):
    return [dict(row) for row in decision.rows]


def levels(decision):
    return [row["mức"] for row in decision.rows]


def days(amount):
    return Duration(amount=amount, unit=TimeUnit.WORKING_DAY)


def test_unique_gives_the_one_rule_that_hits():
    fee = table(
        "UNIQUE",
        "loại hồ sơ | số trang",
        "phí | ghi chú",
        "'cấp mới' | <= 10 => 50000 | 'ngắn'",
        "'cấp mới' | > 10  => 80000 | 'dài'",
        "'cấp lại' | -     => 20000 | 'lại'",
    )
    said = decide(fee, {"loại hồ sơ": "cấp mới", "số trang": 11})
    assert rows(said) == [{"phí": Fraction(80_000), "ghi chú": "dài"}]
    assert (said.rules, said.code) == ((2,), "decision-hit")
    assert decide(fee, {"loại hồ sơ": "cấp lại", "số trang": 1}).rules == (3,)


def test_unique_with_several_hits_is_an_error_that_names_them():
    with pytest.raises(BadExpression) as caught:
        decide(table("UNIQUE", "n", RANKED, *FEES), {"n": 9})
    assert caught.value.code == "TF515"
    assert "rules 1, 2, 3, 4" in caught.value.fact
    assert "Bảng" in caught.value.place


def test_first_gives_the_first_in_the_order_of_the_rules():
    first = table("FIRST", "n", RANKED, *FEES)
    assert levels(decide(first, {"n": 9})) == ["thấp"]
    assert decide(first, {"n": 9}).rules == (1, 2, 3, 4)
    assert levels(decide(first, {"n": 25})) == ["vừa"]


def test_first_asks_for_no_value_of_a_later_rule():
    fee = table("FIRST", "n", "phí", "> 1 => 5", "- => mức phí tối đa")
    assert rows(decide(fee, {"n": 2})) == [{"phí": Fraction(5)}]


def test_priority_gives_the_output_that_stands_first_in_its_list():
    priority = table("PRIORITY", "n", RANKED, *FEES)
    assert levels(decide(priority, {"n": 7})) == ["cao"]
    assert levels(decide(priority, {"n": 25})) == ["vừa"]
    assert levels(decide(priority, {"n": 2})) == ["thấp"]


def test_priority_asks_the_columns_from_the_left_and_then_the_order_of_the_rules():
    columns = (
        OutputColumn(name="mức", allowed="'cao', 'thấp'"),
        OutputColumn(name="lý do"),
        OutputColumn(name="số", allowed="2, 1"),
    )
    priority = table(
        "PRIORITY", "n", columns,
        "- => 'thấp' | 'a' | 2",
        "- => 'cao' | 'b' | 1",
        "> 0 => 'cao' | 'c' | 2",
        "> 1 => 'cao' | 'd' | 2",
    )  # fmt: skip
    assert [decide(priority, {"n": n}).rows[0]["lý do"] for n in (0, 1, 2)] == ["b", "c", "c"]


def test_any_gives_what_all_agree_on_and_is_an_error_where_they_differ():
    same = table("ANY", "a | b", "mức", "đúng | - => 1", "- | đúng => 1.0", "sai | sai => 0")
    assert rows(decide(same, {"a": True, "b": True})) == [{"mức": Fraction(1)}]
    unlike = table("ANY", "n", "mức", "> 0 => 1", "> 1 => 1", "> 2 => đúng", "> 3 => 2")
    assert rows(decide(unlike, {"n": 2})) == [{"mức": Fraction(1)}]
    with pytest.raises(BadExpression, match="TF516") as caught:
        decide(unlike, {"n": 3})
    assert "rules 1, 3" in caught.value.fact


def test_collect_and_rule_order_list_the_outputs_in_the_order_of_the_rules():
    for policy in ("COLLECT", "RULE ORDER"):
        said = decide(table(policy, "n", RANKED, *FEES), {"n": 9})
        assert levels(said) == ["thấp", "cao", "vừa", "cao"]


def test_output_order_lists_the_outputs_by_their_priority():
    said = decide(table("OUTPUT ORDER", "n", RANKED, *FEES), {"n": 9})
    assert levels(said) == ["cao", "cao", "vừa", "thấp"]


@pytest.mark.parametrize(
    ("aggregation", "answer"), [("SUM", 35_000), ("MIN", 5_000), ("MAX", 20_000), ("COUNT", 3)]
)
def test_collect_aggregates_numbers(aggregation, answer):
    fee = table(
        "COLLECT", "n", "phí", "> 0 => 20000", "> 1 => 10000", "> 2 => 5000", "> 3 => 1",
        aggregation=aggregation,
    )  # fmt: skip
    assert rows(decide(fee, {"n": 3})) == [{"phí": Fraction(answer)}]


def test_a_sum_takes_equal_outputs_as_often_as_rules_give_them():
    fee = table("COLLECT", "n", "phí", "> 0 => 5000", "> 1 => 5000", aggregation="SUM")
    assert rows(decide(fee, {"n": 2})) == [{"phí": Fraction(10_000)}]


def test_collect_aggregates_durations_of_one_unit_and_finds_the_earliest_day():
    time = ("> 0 => 3 ngày làm việc", "> 1 => 0.5 ngày làm việc")
    for aggregation, answer in (("SUM", Fraction(7, 2)), ("MIN", "1/2"), ("MAX", 3)):
        said = decide(table("COLLECT", "n", "hạn", *time, aggregation=aggregation), {"n": 2})
        assert rows(said) == [{"hạn": days(answer)}]
    day = table("COLLECT", "n", "từ", "- => 2025-03-01", "- => 01/02/2025", aggregation="MIN")
    assert rows(decide(day, {"n": 1})) == [{"từ": date(2025, 2, 1)}]


@pytest.mark.parametrize(
    ("aggregation", "outputs"),
    [
        ("SUM", ("1", "'A'")),
        ("SUM", ("'A'", "'B'")),
        ("SUM", ("đúng", "đúng")),
        ("SUM", ("01/01/2025", "02/01/2025")),
        ("MAX", ("'A'", "'B'")),
        ("MIN", ("1 ngày", "1 ngày làm việc")),
    ],
)
def test_what_does_not_add_up_is_an_error(aggregation, outputs):
    lines = [f"- => {output}" for output in outputs]
    with pytest.raises(BadExpression, match="TF517"):
        decide(table("COLLECT", "n", "phí", *lines, aggregation=aggregation), {"n": 1})


def test_no_hit_gives_no_row_and_says_so_or_gives_the_defaults():
    small = ("> 10 => 1",)
    said = decide(table("UNIQUE", "n", "phí", *small), {"n": 1})
    assert (said.rows, said.rules, said.code) == ((), (), "decision-no-hit")
    with_default = (OutputColumn(name="phí", default="mức chung"),)
    said = decide(table("UNIQUE", "n", with_default, *small), {"n": 1, "mức chung": 7})
    assert (rows(said), said.code) == ([{"phí": Fraction(7)}], "decision-default")


def test_an_output_may_be_the_name_of_a_value():
    fee = table("FIRST", "n", "phí", "> 1 => mức phí tối đa", "- => 0")
    assert rows(decide(fee, {"n": 2, "mức phí tối đa": 9})) == [{"phí": Fraction(9)}]
    assert rows(decide(fee, {"n": 1})) == [{"phí": Fraction(0)}]
    with pytest.raises(BadExpression, match="TF506"):
        decide(fee, {"n": 2})


def test_an_input_may_be_a_condition_and_text_is_found_however_it_is_composed():
    fee = table("UNIQUE", "số trang > 10 hoặc gấp | loại", "phí", "đúng | 'Cấp lại' => 2")
    loose = unicodedata.normalize("NFD", "Cấp lại")
    assert decide(fee, {"số trang": 3, "gấp": True, "loại": loose}).rules == (1,)
    assert decide(fee, {"số trang": 3, "gấp": False, "loại": loose}).rules == ()


def test_a_column_that_no_rule_tests_is_not_asked_for():
    assert decide(table("UNIQUE", "n | thừa", "phí", "1 | - => 2"), {"n": 1}).rules == (1,)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("A", InputColumn(expression="n")),
        (True, InputColumn(expression="n")),
        (days(5), InputColumn(expression="n")),
        (11, InputColumn(expression="n", allowed="[0..10]")),
        (2.5, InputColumn(expression="n", type="integer")),
    ],
)
def test_a_value_that_does_not_fit_its_column_is_an_error(value, column):
    with pytest.raises(BadExpression, match="TF518") as caught:
        decide(table("UNIQUE", (column,), "phí", "> 5 => 1"), {"n": value})
    assert 'column "n"' in caught.value.place


def test_a_named_output_outside_the_output_values_is_an_error():
    level = table("FIRST", "n", RANKED, "- => mức cũ")
    assert levels(decide(level, {"n": 1, "mức cũ": "cao"})) == ["cao"]
    for strange in ("rất cao", 1):
        with pytest.raises(BadExpression, match="TF518"):
            decide(level, {"n": 1, "mức cũ": strange})


def test_a_duration_of_another_unit_never_compares():
    wait = table("UNIQUE", "hạn", "mức", "<= 5 ngày làm việc => 1")
    assert decide(wait, {"hạn": days(5)}).rules == (1,)
    with pytest.raises(BadExpression, match="TF518"):
        decide(wait, {"hạn": Duration(amount=1, unit=TimeUnit.DAY)})


def test_a_function_gives_outputs_tuples_of_outputs_or_an_error():
    fee = table("UNIQUE", "n", "phí", "> 1 => 5")
    assert as_function(fee)({"n": 2}) == {"phí": Fraction(5)}
    with pytest.raises(BadExpression, match="TF520"):
        as_function(fee)({"n": 1})
    assert as_function(table("COLLECT", "n", RANKED, *FEES))({"n": 9}) == {
        "mức": ("thấp", "cao", "vừa", "cao")
    }
    summed = table("COLLECT", "n", "phí", "- => 1", "- => 2", aggregation="SUM")
    assert as_function(summed)({"n": 0}) == {"phí": Fraction(3)}


def test_an_aggregation_says_nothing_under_another_policy_than_collect():
    listed = table("RULE ORDER", "n", RANKED, *FEES, aggregation="SUM")
    assert as_function(listed)({"n": 9}) == {"mức": ("thấp", "cao", "vừa", "cao")}
    two = table("FIRST", "n", "phí | mức", "- => 1 | 'A'", aggregation="COUNT")
    assert rows(decide(two, {"n": 1})) == [{"phí": Fraction(1), "mức": "A"}]


def test_a_business_rule_step_is_done_by_a_table():
    from tthc_flow.engine.instance import Run

    nodes = (
        Event(id="start", position=EventPosition.START),
        Step(id="classify", name="Phân loại", task=TaskType.BUSINESS_RULE),
        Step(id="examine", name="Thẩm định"),
        Event(id="end", position=EventPosition.END),
    )
    ids = [node.id for node in nodes]
    edges = tuple(SequenceFlow(id=f"to_{to}", source=come, target=to) for come, to in pairwise(ids))
    risk = table("UNIQUE", "số lần vi phạm", RANKED, "< 2 => 'thấp'", ">= 2 => 'cao'")
    run = Run(
        Flow(id="P", nodes=nodes, edges=edges),
        data={"số lần vi phạm": 3},
        functions={"classify": as_function(risk)},
    )
    assert [each.node for each in run.waiting] == ["examine"]
    assert run.data["mức"] == "cao"


def test_an_error_of_a_table_pickles():
    with pytest.raises(BadExpression) as caught:
        decide(table("UNIQUE", "n", RANKED, *FEES), {"n": 9})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301
