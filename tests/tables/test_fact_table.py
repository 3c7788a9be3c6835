"""A table of facts: what a row says, which step it means, and what disagrees."""

from __future__ import annotations

import pytest

from tthc_flow.errors import UnreadableInput
from tthc_flow.model.actor import Level, Role
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import Procedure
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import Database, Step, StepKind, StepTime
from tthc_flow.tables.fact_table import FactRow, read_facts
from tthc_flow.tables.merge_facts import Merged, merge_facts
from tthc_flow.units import Duration, TimeUnit

FOUR_HOURS = Duration(amount=4, unit=TimeUnit.WORKING_HOUR)


def row(text: str) -> FactRow:
    return read_facts(text).rows[0]


def codes(findings: object) -> list[str]:
    return [finding.code for finding in findings]


def drawn(*steps: Step) -> tuple[Procedure, ...]:
    return (Procedure(flow=Flow(id="P", nodes=steps)),)


def merged(
    table: str, *steps: Step, own: frozenset[str] = frozenset(), replace: bool = False
) -> Merged:
    return merge_facts(drawn(*steps), read_facts(table).rows, lambda _: own, replace=replace)


def after(result: Merged) -> tuple[Step, ...]:
    return result.procedures[0].flow.steps


def test_a_row_says_what_its_cells_say_and_nothing_else():
    found = row(
        "# source.document: QĐ 1/QĐ-UBND\n"
        "Mã;Tên bước;Thời gian;Đơn vị thực hiện;role;level;"
        "kinds;work;reads;databases;decides;checked\n"
        "A;Ký;4 giờ làm việc;Lãnh đạo Sở Y tế;agency_head;province;"
        "sign|review;2 giờ;Đơn|Ảnh;CSDLQG;có;12\n"
    )
    assert (found.id, found.name, found.line) == ("A", "Ký", 3)
    performer = found.facts["performer"]
    assert (performer.role, performer.levels) == (Role.AGENCY_HEAD, {Level.PROVINCE})
    assert {name: value for name, value in found.facts.items() if name != "performer"} == {
        "kinds": (StepKind.SIGN, StepKind.REVIEW),
        "time": StepTime(
            duration=FOUR_HOURS, printed="4 giờ làm việc", source=Source(document="QĐ 1/QĐ-UBND")
        ),
        "work": Duration(amount=2, unit=TimeUnit.HOUR),
        "reads": {"Đơn", "Ảnh"},
        "databases": (Database(name="CSDLQG"),),
        "decides": True,
        "checked": 12,
    }


def test_a_time_may_be_a_number_with_its_unit_and_its_evidence():
    found = row("id,time,unit,evidence,source\nA,4,working_hour,measured,Sổ theo dõi\n")
    assert found.facts["time"] == StepTime(
        duration=FOUR_HOURS, evidence=EvidenceKind.MEASURED, source=Source(document="Sổ theo dõi")
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A,soon,,", "dialect-row-length"),
        ("A,,soon,", "dialect-row-length"),
        ("A,,,flying", "table-unknown-label"),
    ],
)
def test_a_cell_that_is_not_understood_is_no_fact_and_a_finding(line, code):
    read = read_facts(f"id,time,work,kinds\n{line}\n")
    assert read.rows[0].facts == {}
    assert codes(read.findings) == [code]


def test_a_table_without_a_column_that_names_the_step_is_refused():
    with pytest.raises(UnreadableInput) as raised:
        read_facts("time,result\n1,2\n")
    assert raised.value.code == "TF224"


def test_a_pdf_is_refused_with_what_to_do():
    with pytest.raises(UnreadableInput) as raised:
        read_facts(b"%PDF-1.7")
    assert raised.value.code == "TF227"


def test_the_id_decides_and_a_differing_name_is_reported():
    result = merged("id,name,result\nB,Ký,X\n", Step(id="A", name="Ký"), Step(id="B", name="In"))
    assert [step.result for step in after(result)] == [None, "X"]
    assert codes(result.findings) == ["dialect-row-name"]


def test_a_name_matches_however_it_is_typed():
    result = merged("name,result\nKÍ  duyệt,X\n", Step(id="A", name="Ký duyệt"))
    assert after(result)[0].result == "X"
    assert result.findings == ()


def test_a_lost_id_is_matched_by_its_name_with_a_finding():
    result = merged("id,name,result\nOld_1,Ký,X\n", Step(id="A", name="Ký"))
    assert after(result)[0].result == "X"
    assert codes(result.findings) == ["dialect-row-by-name"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("name,result\nKý,X\n", "dialect-row-ambiguous"),
        ("name,result\nIn,X\n", "dialect-row-unknown"),
        ("id,result\nC,X\n", "dialect-row-unknown"),
        ("name,result\n,X\n", "dialect-row-unknown"),
    ],
)
def test_a_row_that_means_no_one_step_changes_nothing(table, code):
    steps = (Step(id="A", name="Ký"), Step(id="B", name="ký"))
    result = merged(table, *steps)
    assert after(result) == steps
    assert codes(result.findings) == [code]


def test_the_second_row_of_a_step_is_not_used():
    result = merged("id,result\nA,X\nA,Y\n", Step(id="A", name="Ký"))
    assert after(result)[0].result == "X"
    assert codes(result.findings) == ["dialect-row-twice"]


def test_what_the_file_states_stays_unless_it_is_to_be_replaced():
    step = Step(id="A", name="Ký", result="Old")
    table = "id,result\nA,New\n"
    kept = merged(table, step, own=frozenset({"result"}))
    assert after(kept)[0].result == "Old"
    (finding,) = kept.findings
    assert finding.code == "dialect-row-kept"
    assert dict(finding.values) == {"fact": "result", "known": "Old", "given": "New"}
    taken = merged(table, step, own=frozenset({"result"}), replace=True)
    assert after(taken)[0].result == "New"


def test_what_was_only_inferred_gives_way_and_is_told():
    step = Step(id="A", name="Ký", kinds=(StepKind.OTHER,))
    result = merged("id,kinds\nA,sign\n", step)
    assert after(result)[0].kinds == (StepKind.SIGN,)
    assert codes(result.findings) == ["dialect-row-over"]
