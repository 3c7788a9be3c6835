"""The harm of a wrong grant: its old form, what it costs, and where it may be written."""

from __future__ import annotations

from collections import Counter

import pytest

from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.flow import Event, EventPosition, Flow, SequenceFlow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import EvidenceKind, Quantity, Source
from tthc_flow.model.step import Harm, Severity, Step
from tthc_flow.tables.fact_sheet import fact_sheet, known_cells
from tthc_flow.tables.fact_table import read_facts
from tthc_flow.tables.read import read_table

REPORT = Source(document="BC 7/BC-SXD")
WHOLE = Harm(
    severity=Severity.HIGH,
    reversible=False,
    amount=Quantity(value=20_000_000, evidence=EvidenceKind.ESTIMATE, source=REPORT),
)
AMOUNT = "{value: 20000000, evidence: estimate, source: BC 7/BC-SXD}"
COSTS = Harm(amount=Quantity(value=500))


def harm_of(written):
    """The harm that a row of a YAML table states, and the findings about it."""
    tables = (f"steps: [{{no: 1, content: Kiểm tra{each}}}]" for each in ("", f", harm: {written}"))
    without, reading = (read_table(each.encode()) for each in tables)
    codes = Counter(each.code for each in reading.findings)
    codes.subtract(each.code for each in without.findings)
    return reading.table.rows[0].facts.harm, [*codes.elements()]


@pytest.mark.parametrize(
    ("written", "harm"),
    [
        ("{severity: low}", Harm(severity=Severity.LOW)),
        ("{severity: high, reversible: no}", Harm(severity=Severity.HIGH, reversible=False)),
        (
            f"{{severity: high, reversible: no, amount: {AMOUNT}}}",
            WHOLE,
        ),
        ("{amount: 500}", COSTS),
        ("{}", None),
    ],
)
def test_a_yaml_row_says_the_harm_in_the_old_form_and_with_an_amount(written, harm):
    found, codes = harm_of(written)
    assert found == harm
    assert codes == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{severity: low, cost: 3}", "table-unknown-field"),
        ("{amount: nhiều}", "table-bad-number"),
        ("{amount: 150.000}", "table-number-either-way"),
        ("{amount: '150,000'}", "table-number-either-way"),
        ("{amount: -1}", "table-negative"),
        ("{amount: {evidence: estimate}}", "table-field-missing"),
    ],
)
def test_what_is_no_harm_is_told(written, code):
    assert code in harm_of(written)[1]


COLUMNS = "id,harm.severity,harm.reversible,harm.amount,harm.evidence,harm.source"


def test_a_table_of_facts_has_a_column_for_each_part():
    row = f"{COLUMNS}\nA,high,không,20.000.000,estimate,BC 7/BC-SXD\n"
    assert read_facts(row).rows[0].facts == {"harm": WHOLE}
    assert read_facts("id,harm.amount\nA,500\n").rows[0].facts == {"harm": COSTS}
    assert read_facts("id,Thiệt hại một lần cấp sai (đồng)\nA,500\n").rows[0].facts == {
        "harm": COSTS
    }


def test_a_source_without_an_amount_is_told_and_says_nothing():
    read_back = read_facts("id,harm.source\nA,BC 7\n")
    assert read_back.rows[0].facts == {}
    assert [each.code for each in read_back.findings] == ["table-field-missing"]


@pytest.mark.parametrize("harm", [WHOLE, COSTS, Harm(severity=Severity.LOW), None])
def test_the_sheet_to_fill_in_gives_back_what_is_known(harm):
    step = Step(id="A", name="Kiểm tra", harm=harm)
    cells = {name: text for name, text in known_cells(step).items() if name.startswith("harm")}
    assert bool(cells) is (harm is not None)
    sheet = fact_sheet([Procedure(flow=Flow(id="P", nodes=(step,)))])
    assert read_facts(sheet).rows[0].facts.get("harm") == harm


def test_a_source_with_a_place_does_not_fit_into_a_cell_and_is_left_out():
    amount = Quantity(value=1, source=Source(document="BC 7", place="mục 3"))
    step = Step(id="A", name="Kiểm tra", harm=Harm(amount=amount))
    assert not [name for name in known_cells(step) if name.startswith("harm")]


def test_a_drawing_keeps_the_amount_with_its_source():
    start = Event(id="s", position=EventPosition.START)
    end = Event(id="e", position=EventPosition.END)
    steps = (Step(id="A", name="Kiểm tra", harm=WHOLE), Step(id="B", name="Ký", harm=COSTS))
    ways = (("s", "A"), ("A", "B"), ("B", "e"))
    edges = tuple(SequenceFlow(id=a + b, source=a, target=b) for a, b in ways)
    given = Procedure(flow=Flow(id="P", nodes=(start, *steps, end), edges=edges))
    again = read(build(given, lay_out(given)).data).procedures[0].flow
    assert [again.by_id[each].harm for each in "AB"] == [WHOLE, COSTS]
