"""Tables that are no tables: what is refused, and that the error says where."""

from __future__ import annotations

import pytest

from decisions.small import table
from tthc_flow.decisions.decide import as_function, decide
from tthc_flow.decisions.gaps import completeness
from tthc_flow.decisions.overlaps import overlaps
from tthc_flow.errors import BadExpression
from tthc_flow.model.decision import InputColumn, OutputColumn

TYPED = (InputColumn(expression="n", type="feel:string"),)
ALLOWED = (InputColumn(expression="n", allowed="'A', 'B'"),)
LISTED = (OutputColumn(name="mức", allowed="'cao', 'thấp'"),)
HALF = (OutputColumn(name="a", default="1"), OutputColumn(name="b"))

REFUSED = {
    "two outputs of one name": (table("UNIQUE", "n", "a b | a  b", "1 => 1 | 2"), "TF510", ""),
    "an output without a name": (table("UNIQUE", "n", "", "1 => 1"), "TF510", ""),
    "no output": (table("UNIQUE", "n", ()), "TF510", ""),
    "too few cells": (table("UNIQUE", "n | m", "a", "1 | 2 => 1", "1 => 1"), "TF510", "rule 2"),
    "some defaults": (table("UNIQUE", "n", HALF, "1 => 1 | 2"), "TF510", ""),
    "a cell in FEEL": (
        table("UNIQUE", "n | loại hồ sơ", "a", "- | 'A' => 1", '- | matches(?, "A") => 1'),
        "TF511",
        'rule 2, column "loại hồ sơ"',
    ),
    "an output in Python": (
        table("UNIQUE", "n", "a", "- => __import__('os').system('id')"), "TF512", "rule 1",
    ),
    "an unlisted output": (table("FIRST", "n", LISTED, "- => 'vừa'"), "TF512", "rule 1"),
    "a list of outputs that is none": (
        table("FIRST", "n", (OutputColumn(name="a", allowed="'A' 'B'"),)), "TF511", "allowed",
    ),
    "an input in FEEL": (table("UNIQUE", "a.b", "x", "1 => 1"), "TF513", 'column "a.b"'),
    "an input that asks nothing": (table("UNIQUE", "5", "x", "1 => 1"), "TF513", 'column "5"'),
    "an empty input": (table("UNIQUE", "", "x", "1 => 1"), "TF513", ""),
    "two kinds in a column": (table("UNIQUE", "n", "a", "1 => 1", "'A' => 1"), "TF514", "rule 2"),
    "two units in a column": (
        table("UNIQUE", "n", "a", "1 ngày => 1", "1 giờ => 1"), "TF514", "rule 2",
    ),
    "a kind against the type": (table("UNIQUE", TYPED, "a", "1 => 1"), "TF514", "rule 1"),
    "a kind against the allowed": (table("UNIQUE", ALLOWED, "a", "1 => 1"), "TF514", "rule 1"),
    "two kinds of one value": (table("UNIQUE", "n | n", "a", "1 | 'A' => 1"), "TF514", ""),
    "an output against its type": (
        table("UNIQUE", "n", (OutputColumn(name="a", type="number"),), "1 => 'A'"), "TF514", "",
    ),
    "an output against its list": (table("FIRST", "n", LISTED, "- => 1"), "TF514", "rule 1"),
    "an output above what is allowed": (
        table("UNIQUE", "n", (OutputColumn(name="a", allowed="[0..5]"),), "1 => 6"), "TF512", "",
    ),
    "a priority without a list of values": (
        table("PRIORITY", "n", (OutputColumn(name="a", allowed="[0..5]"),), "1 => 1"), "TF519", "",
    ),
    "a sum of two columns": (
        table("COLLECT", "n", "a | b", "1 => 1 | 2", aggregation="SUM"), "TF517", "",
    ),
    "a priority without a list": (table("PRIORITY", "n", "a", "1 => 1"), "TF519", ""),
    "an order without a list": (table("OUTPUT ORDER", "n", "a", "1 => 1"), "TF519", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("use", [as_function, completeness, overlaps, lambda t: decide(t, {})])
def test_a_table_that_cannot_be_used_is_refused_by_every_use_with_its_place(name, use):
    bad, code, where = REFUSED[name]
    with pytest.raises(BadExpression) as caught:
        use(bad)
    assert caught.value.code == code
    assert caught.value.place.startswith('table "Bảng"')
    assert where in caught.value.place
    assert caught.value.hint
