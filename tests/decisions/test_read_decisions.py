"""Reading DMN: every version, what other tools write, what is damaged and what attacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.bpmn import decisions
from tthc_flow.bpmn.decisions import read_decisions
from tthc_flow.decisions.decide import decide
from tthc_flow.decisions.gaps import completeness
from tthc_flow.decisions.overlaps import overlaps
from tthc_flow.errors import BadExpression, TthcFlowError, UnreadableInput
from tthc_flow.model.decision import Aggregation, HitPolicy
from tthc_flow.units import Duration

V13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    V13,
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]
COLUMNS = (
    "<input><inputExpression><text>số trang</text></inputExpression></input><output name='phí'/>"
)


def rule(asked="&gt; 5", given="1"):
    cells = f"<inputEntry><text>{asked}</text></inputEntry>"
    return f"<rule>{cells}<outputEntry><text>{given}</text></outputEntry></rule>"


def file(inside, namespace=V13, attributes="", around=""):
    return (
        f'<definitions xmlns="{namespace}">{around}<decision id="D" name="Mức phí">'
        f"<decisionTable {attributes}>{inside}</decisionTable></decision></definitions>"
    ).encode()


def only(data):
    (table,) = read_decisions(data).tables
    return table


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_version_is_read(namespace):
    table = only(file(COLUMNS + rule(), namespace))
    assert (table.id, table.title, table.hit_policy) == ("D", "Mức phí", HitPolicy.UNIQUE)
    assert decide(table, {"số trang": 6}).rules == (1,)


def test_prefixes_comments_extensions_and_requirements_change_nothing():
    plain = COLUMNS + rule()
    prefixed = file(plain).decode()
    for name in ("definitions", "decision", "decisionTable", "input", "inputExpression", "output",
                 "rule", "inputEntry", "outputEntry", "text"):  # fmt: skip
        prefixed = prefixed.replace(f"<{name}>", f"<d:{name}>").replace(
            f"</{name}>", f"</d:{name}>"
        )
        prefixed = prefixed.replace(f"<{name} ", f"<d:{name} ")
    prefixed = prefixed.replace("xmlns=", "xmlns:d=").replace(
        "<d:rule>", "<!-- x --><x xmlns='urn:x'>1</x><d:rule>"
    )
    one, other = only(file(plain)), only(prefixed.encode())
    assert [each.inputs for each in one.rules] == [each.inputs for each in other.rules]
    assert one.outputs == other.outputs


def test_everything_of_a_table_is_kept_as_text():
    table = only(
        file(
            '<input label="Số  trang"><inputExpression typeRef="feel:number"><text> n </text>'
            "</inputExpression><inputValues><text>[0..9]</text></inputValues></input>"
            '<output name="phí" label="Phí" typeRef="number"><outputValues><text>2, 1</text>'
            "</outputValues><defaultOutputEntry><text>2</text></defaultOutputEntry></output>"
            '<annotation name="Ghi chú"/><rule id="r"><description>một</description><inputEntry>'
            "<text>&lt; 5</text></inputEntry><outputEntry><text>1</text></outputEntry>"
            "<annotationEntry><text>hai</text></annotationEntry></rule>",
            attributes='hitPolicy="COLLECT" aggregation="SUM"',
        )
    )
    (column,), (output,), (first,) = table.inputs, table.outputs, table.rules
    assert (column.expression, column.label, column.type) == ("n", "Số trang", "feel:number")
    assert (column.allowed, output.allowed, output.default) == ("[0..9]", "2, 1", "2")
    assert (first.inputs, first.outputs, first.id) == (("< 5",), ("1",), "r")
    assert (first.annotations, table.notes) == (("một", "hai"), ("Ghi chú",))
    assert (table.hit_policy, table.aggregation) == (HitPolicy.COLLECT, Aggregation.SUM)
    assert decide(table, {"n": 3}).rows[0]["phí"] == 1


def test_a_type_of_the_file_gives_its_own_type_and_allowed_values():
    types = (
        '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
        '<itemDefinition name="tB"><typeRef>string</typeRef><allowedValues><text>"A", "B"</text>'
        "</allowedValues></itemDefinition>"
        '<itemDefinition name="tC"><typeRef>tC</typeRef></itemDefinition>'
        '<itemDefinition name="tD" isCollection="1"><typeRef>tB</typeRef></itemDefinition>'
    )
    columns = COLUMNS.replace("<inputExpression>", '<inputExpression typeRef="tA">')
    table = only(file(columns + rule('"A"'), around=types))
    assert (table.inputs[0].type, table.inputs[0].allowed) == ("string", '"A", "B"')
    for name in ("tC", "tD"):  # means itself; a list of values of a type is not of that type
        columns = COLUMNS.replace("<inputExpression>", f'<inputExpression typeRef="{name}">')
        (column,) = only(file(columns + rule(), around=types)).inputs
        assert (column.type, column.allowed) == (name, "")


def test_a_lone_output_without_a_name_is_called_after_its_decision():
    columns = COLUMNS.replace("<output name='phí'/>", "<output/>")
    assert only(file(columns + rule())).outputs[0].name == "Mức phí"


def test_what_is_no_table_is_a_finding():
    inside = file(COLUMNS + rule()).decode()
    other = '<decision id="X" name="Khác"><literalExpression><text>1+1</text></literalExpression>'
    more = f'{other}</decision><businessKnowledgeModel id="B"/></definitions>'
    reading = read_decisions(inside.replace("</definitions>", more).encode())
    assert [(each.code, each.element) for each in reading.findings] == [
        ("decision-no-table", "X"),
        ("decision-not-read", "B"),
    ]
    assert len(reading.tables) == 1


def test_another_language_and_an_idle_aggregation_are_findings():
    inside = COLUMNS + rule().replace("<inputEntry>", '<inputEntry expressionLanguage="groovy">')
    reading = read_decisions(file(inside, attributes='aggregation="SUM"'))
    assert sorted(each.code for each in reading.findings) == [
        "decision-aggregation-idle",
        "decision-language",
    ]
    assert reading.tables[0].aggregation is None


BROKEN = {
    "too few cells": (file(COLUMNS + "<rule><inputEntry/></rule>"), "TF214"),
    "too many cells": (
        file(COLUMNS + rule().replace("</rule>", "<inputEntry><text>-</text></inputEntry></rule>")),
        "TF214",
    ),
    "no such policy": (file(COLUMNS, attributes='hitPolicy="BEST"'), "TF214"),
    "no such aggregation": (
        file(COLUMNS, attributes='hitPolicy="COLLECT" aggregation="AVG"'), "TF214",
    ),
    "an input without an expression": (file("<input/><output name='a'/>"), "TF214"),
    "a cell of elements": (file(COLUMNS + rule("<b/>1")), "TF214"),
    "a comment in a cell": (file(COLUMNS + rule("1<!-- -->0")), "TF214"),
    "imported values": (file(COLUMNS + rule("<importedValues/>")), "TF214"),
    "BPMN": (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "TF213"),
    "a version that is not read": (
        b'<definitions xmlns="http://www.omg.org/spec/DMN/20130901"/>', "TF213",
    ),
    "a version of the future": (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20990101/MODEL/"/>', "TF213",
    ),
    "a lookalike": (
        b'<definitions xmlns="https://www.0mg.org/spec/DMN/20191111/MODEL/"/>', "TF213",
    ),
    "another root": (f'<decision xmlns="{V13}"/>'.encode(), "TF213"),
    "nothing": (b"", "TF204"),
    "a PDF": (b"%PDF-1.4", "TF212"),
    "no XML": (b"<definitions", "TF209"),
    "half a file": (file(COLUMNS + rule())[:-40], "TF209"),
    "a DOCTYPE": (b"<!DOCTYPE a>" + file(COLUMNS), "TF207"),
    "an entity bomb": (
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + file(COLUMNS + rule("&b;")),
        "TF207",
    ),
    "an entity from outside": (
        b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + file(COLUMNS), "TF207",
    ),
    "an undeclared entity": (file(COLUMNS + rule("&x;")), "TF208"),
    "deep nesting": (file("<input>" * 5_000 + "</input>" * 5_000), "TF210"),
    "a huge cell": (file(COLUMNS + rule("9" * 1_001)), "TF215"),
    "too many columns": (
        file("<input><inputExpression><text>a</text></inputExpression></input>" * 101), "TF215",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_decision_table_is_refused_with_code_and_hint(name):
    data, code = BROKEN[name]
    with pytest.raises(UnreadableInput) as caught:
        read_decisions(data)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_refusal_names_the_line():
    data = file(COLUMNS + "\n" + rule() + "\n\n" + "<rule><inputEntry/></rule>")
    with pytest.raises(UnreadableInput, match=r"<bytes>:4"):
        read_decisions(data)


def test_a_table_of_too_many_rules_is_refused(monkeypatch):
    monkeypatch.setattr(decisions, "MOST_RULES", 5)
    assert len(only(file(COLUMNS + rule() * 5)).rules) == 5
    with pytest.raises(UnreadableInput, match="TF215"):
        read_decisions(file(COLUMNS + rule() * 6))


def test_a_file_of_too_many_tables_is_refused(monkeypatch):
    monkeypatch.setattr(decisions, "MOST_TABLES", 2)
    one = file(COLUMNS).decode().partition("<decision ")
    decision = "<decision " + one[2].removesuffix("</definitions>")
    assert len(read_decisions((one[0] + decision * 2 + "</definitions>").encode()).tables) == 2
    with pytest.raises(UnreadableInput, match="TF215"):
        read_decisions((one[0] + decision * 3 + "</definitions>").encode())


@pytest.mark.parametrize(
    "cell",
    ["__import__('os').system('id')", "().__class__.__bases__", "exec('1')", "${T(java)}",
     "for i in 1..10 return i", 'function(x) external {java: {class: "a"}}', "9 ** 9 ** 9"],
)  # fmt: skip
def test_code_in_a_cell_is_text_until_it_is_refused(cell):
    for data in (file(COLUMNS + rule(cell)), file(COLUMNS + rule("1", cell))):
        table = only(data)
        for use in (completeness, overlaps):
            with pytest.raises(BadExpression, match=r"TF51[12]"):
                use(table)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(root, data):
    whole = (root / "docs" / "how-to" / "muc-rui-ro.dmn").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 60)))
    filled = data.draw(st.binary(max_size=5))
    try:
        for table in read_decisions(whole[:start] + filled + whole[end:]).tables:
            completeness(table)
            overlaps(table)
    except TthcFlowError as error:
        assert error.code[:3] in {"TF2", "TF5"}  # noqa: PT017


def test_the_example_of_the_documentation_gives_what_was_worked_out_by_hand(root):
    table = only(root / "docs" / "how-to" / "muc-rui-ro.dmn")
    year, month = (Duration(amount=n, unit="day") for n in (365, 30))
    expected = {
        ("cấp mới", 3, year): ("cao", 15),
        ("gia hạn", 7, month): ("cao", 15),
        ("cấp mới", 0, year): ("trung bình", 10),
        ("cấp lại", 2, year): ("trung bình", 7),
        ("gia hạn", 0, month): ("thấp", 3),
    }
    for (kind, times, since), (level, days) in expected.items():
        data = {
            "loại hồ sơ": kind,
            "số lần vi phạm": times,
            "thời gian từ lần kiểm tra trước": since,
        }
        (row,) = decide(table, data).rows
        assert (row["mức rủi ro"], row["thời hạn thẩm định"].amount) == (level, days)
    assert [each.code for each in completeness(table)] == ["decision-gap"]
    assert overlaps(table) == ()
