"""What is read from a table is what it says; what it does not say comes back as a finding."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tthc_flow.model.actor import Level, Role
from tthc_flow.model.law import LegalRank, Reply
from tthc_flow.model.procedure import CostItem, ProcedureKind
from tthc_flow.model.source import EvidenceKind
from tthc_flow.model.step import Severity, StepKind
from tthc_flow.tables.read import read_table
from tthc_flow.units import Duration, TimeUnit

HEAD = "id: t\nname: Thủ tục\nsource: {document: QĐ 1}\ntotal_time: {value: 1, unit: day}\n"


def rows_of(text: str):
    return read_table(f"{HEAD}steps:\n{text}").table.rows


def codes(text: str) -> list[str]:
    return [finding.code for finding in read_table(text).findings]


def row(time: str = "{value: 1, unit: day}", more: str = "") -> str:
    return (
        "- {no: 1, content: Thẩm định hồ sơ, performer: Chuyên viên Sở Y tế, role: officer, "
        f"level: province, kinds: [examine], time: {time}{more}}}\n"
    )


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("examine2", StepKind.REEXAMINE),
        ("consult_response", StepKind.OPINION),
        ("numbering_stamp", StepKind.NUMBER_AND_STAMP),
        ("applicant_fix", StepKind.SUPPLEMENT),
        ("number_and_stamp", StepKind.NUMBER_AND_STAMP),
        ("sign", StepKind.SIGN),
    ],
)
def test_a_kind_label_is_taken_as_given(label, meaning):
    (found,) = rows_of(row().replace("[examine]", f"[{label}]"))
    assert found.kinds == (meaning,)


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("one_door", Role.ONE_STOP_SHOP),
        ("chair", Role.CHAIRPERSON),
        ("agency_leader", Role.AGENCY_HEAD),
        ("clerk", Role.CLERICAL_OFFICE),
        ("office_leader", Role.OFFICE_HEAD),
        ("division_head", Role.DIVISION_HEAD),
    ],
)
def test_a_role_label_is_taken_as_given_whatever_the_words_say(label, meaning):
    (found,) = rows_of(row().replace("officer", label))
    assert found.performer.role is meaning


def test_receipt_regardless_of_boundaries_is_a_set_of_two_levels():
    (found,) = rows_of(row().replace("level: province", "level: province_or_commune"))
    assert found.performer.levels == {Level.PROVINCE, Level.COMMUNE}


def test_the_citizen_level_makes_the_applicant_the_performer():
    (found,) = rows_of(
        row().replace("officer", "unit").replace("level: province", "level: citizen")
    )
    assert found.performer.role is Role.APPLICANT
    assert found.performer.levels == frozenset()
    assert found.by_applicant


def test_without_labels_the_words_decide_and_a_finding_quotes_them():
    reading = read_table(
        f"{HEAD}steps:\n- content: Thẩm định hồ sơ\n  performer: Chuyên viên Sở Y tế\n"
        "  time: {value: 1, unit: day}\n"
    )
    (found,) = reading.table.rows
    assert found.kinds == (StepKind.EXAMINE,)
    assert found.performer.role is Role.OFFICER
    assert found.performer.office == "Sở Y tế"
    by_words = {
        dict(finding.values)["field"]: dict(finding.values)
        for finding in reading.findings
        if finding.code == "table-by-words"
    }
    assert by_words["kinds"]["words"] == "Thẩm định hồ sơ"
    assert by_words["role"]["words"] == "Chuyên viên"
    assert set(by_words) == {"kinds", "role", "level"}


def test_what_the_words_do_not_tell_is_unknown_and_said():
    reading = read_table(f"{HEAD}steps:\n- content: Xyz\n  performer: Abc\n  time: 1 ngày\n")
    assert reading.table.rows[0].kinds == ()
    unread = [f for f in reading.findings if f.code == "table-not-understood"]
    assert {dict(finding.values)["field"] for finding in unread} >= {"kinds", "role"}


@pytest.mark.parametrize(
    ("time", "duration", "counted", "code"),
    [
        ("{value: 0.25, unit: working_day}", ("1/4", "working_day"), True, None),
        ("{value: '0,5', unit: day}", ("1/2", "day"), True, None),
        ("{value: '0,125', unit: day}", ("1/8", "day"), True, None),
        ("{value: 1.1250, unit: day}", ("9/8", "day"), True, None),
        ("{value: 1.125, unit: day}", None, True, "table-number-either-way"),
        ("{value: '1.200.000', unit: hour}", (1_200_000, "hour"), True, None),
        ("{value: '1.200,5', unit: hour}", ("2401/2", "hour"), True, None),
        ("{value: 0, unit: working_day}", (0, "working_day"), True, None),
        ("{value: 0, unit: null}", (0, "day"), True, "table-zero-without-unit"),
        ("{value: 0, unit: null, text: Không tính, counted: false}", None, False, None),
        ("{value: null, unit: null, note: không quy định}", None, True, "table-time-missing"),
        ("{value: -1, unit: working_day}", None, True, "table-negative"),
        ("{value: .nan, unit: day}", None, True, "table-bad-number"),
        ("{value: .inf, unit: day}", None, True, "table-bad-number"),
        ("{value: nhanh, unit: day}", None, True, "table-bad-number"),
        ("{value: 2}", None, True, "table-unit-missing"),
        ("{value: 2, unit: fortnight}", None, True, "table-unknown-label"),
        ("02 giờ làm việc", (2, "working_hour"), True, None),
        ("Trong ngày", None, True, "table-time-missing"),
        ("null", None, True, "table-time-missing"),
    ],
)
def test_a_time_is_exact_or_unknown_and_never_invented(time, duration, counted, code):
    reading = read_table(f"{HEAD}steps:\n{row(time)}")
    (found,) = reading.table.rows
    expected = duration and Duration(amount=duration[0], unit=duration[1])
    assert (found.time.duration, found.time.counted) == (expected, counted)
    assert [finding.code for finding in reading.findings] == ([code] if code else [])
    assert all(finding.line == 6 for finding in reading.findings)


def test_a_time_outside_the_total_is_kept_but_not_counted():
    (found,) = rows_of(row(more=", in_total: false"))
    assert found.time.counted is False
    assert found.time.duration == Duration(amount=1, unit=TimeUnit.DAY)


def test_an_anchor_stays_with_the_printed_time():
    (found,) = rows_of(row("{value: 5, unit: day, text: 05 ngày}", ", anchor: kể từ ngày họp"))
    assert found.time.printed == "05 ngày kể từ ngày họp"


def test_an_estimate_keeps_its_own_source():
    time = "{value: 4, unit: hour, evidence: estimate, source: {document: QĐ 2, place: Bước 3}}"
    (found,) = rows_of(row(time))
    assert found.time.evidence is EvidenceKind.ESTIMATE
    assert found.time.source is not None
    assert found.time.source.place == "Bước 3"


def test_every_fact_of_a_step_can_be_written():
    facts = (
        ", office: Sở Tư pháp, work: {value: 2, unit: working_hour}, reads: [Đơn], "
        "writes: [Phiếu], criteria: [Điều 5], decides: true, checked: 100, rejected: 3, "
        "amended: 1, "
        "legal_basis: [{document: NĐ 63, rank: decree, clause: Điều 5}], mandatory: false, "
        "discretion: yes, harm: {severity: high, reversible: false}, paper: không, "
        "databases: [{name: CSDL dân cư, connected: true, authoritative: true}], "
        "separate_from: [1], applicant_visit: false"
    )
    reading = read_table(f"{HEAD}steps:\n{row(more=facts)}")
    assert reading.findings == ()
    (found,) = reading.table.rows
    said = found.facts
    assert found.performer.office == "Sở Tư pháp"
    assert said.work == Duration(amount=2, unit=TimeUnit.WORKING_HOUR)
    assert (said.reads, said.writes, said.criteria) == ({"Đơn"}, {"Phiếu"}, {"Điều 5"})
    assert (said.checked, said.rejected, said.amended) == (100, 3, 1)
    assert (said.decides, said.mandatory, said.discretion, said.paper) == (True, False, True, False)
    assert said.legal_basis[0].rank is LegalRank.DECREE
    assert said.harm is not None
    assert (said.harm.severity, said.harm.reversible) == (Severity.HIGH, False)
    assert said.databases[0].connected is True
    assert said.separate_from == {"1"}
    assert said.applicant_visit is False


def test_facts_that_are_not_written_stay_unknown():
    said = rows_of(row())[0].facts
    assert (said.reads, said.decides, said.checked, said.paper, said.harm) == (None,) * 5


def test_the_head_tells_kind_documents_fee_volume_and_answers():
    reading = read_table(
        "id: t\nname: Thủ tục\nkind: within_agency\ntthc_code: 1.014464\n"
        "source: {document: QĐ 1, date: 2025-11-28, url: 'https://a.vn'}\n"
        "total_time: 3 ngày làm việc\n"
        "documents: [Đơn, {name: Bản sao, copies: 2, original: false, known_in: CSDL}]\n"
        "fee: 50.000 đồng\n"
        "volume: {dossiers: {value: 120, evidence: measured, source: QĐ 9}, hourly_income: 40000}\n"
        "work: [{item: prepare, name: Viết đơn, hours: {value: 1.5, evidence: estimate}}]\n"
        "answers: [{question: power-is-own, reply: yes, step: 1, source: {document: Luật 72}}]\n"
        f"steps:\n{row()}"
    )
    assert reading.findings == ()
    table = reading.table
    assert table.kind is ProcedureKind.WITHIN_AGENCY
    assert table.code == "1.014464"
    assert table.total_time.duration == Duration(amount=3, unit=TimeUnit.WORKING_DAY)
    assert [document.known_in for document in table.documents or ()] == [None, "CSDL"]
    assert [work.item for work in table.work] == [CostItem.PREPARE, CostItem.FEE]
    assert table.work[0].hours is not None
    assert table.work[0].hours.value == Fraction(3, 2)
    assert table.work[1].other is not None
    assert table.work[1].other.value == 50_000
    assert table.volume.dossiers is not None
    assert table.volume.dossiers.evidence is EvidenceKind.MEASURED
    assert table.answers[0].reply is Reply.YES
    assert table.answers[0].source is not None


def test_an_answer_without_a_source_is_kept_and_reported():
    text = f"{HEAD}answers: [{{question: q, reply: no}}]\nsteps:\n{row()}"
    assert codes(text) == ["table-answer-without-source"]


@pytest.mark.parametrize(
    ("fee", "value"), [("Không", 0), ("10.000 đồng", 10_000), ("5000 đ", 5000)]
)
def test_a_printed_fee_is_whole_dong(fee, value):
    (fee_row,) = read_table(f"{HEAD}fee: {fee}\nsteps:\n{row()}").table.work
    assert fee_row.other is not None
    assert fee_row.other.value == value


def test_a_fee_that_says_no_amount_is_unknown():
    reading = read_table(f"{HEAD}fee: theo quy định\nsteps:\n{row()}")
    assert reading.table.work == ()
    assert [finding.code for finding in reading.findings] == ["table-fee-unknown"]


def test_a_field_nobody_reads_is_reported_with_its_line():
    reading = read_table(f"{HEAD}colour: xanh\nsteps:\n{row()}")
    assert [(f.code, f.line) for f in reading.findings] == [("table-unknown-field", 5)]


def test_a_total_that_says_none_is_prescribed_is_no_missing_total():
    table = read_table(f"name: a\nsource: b\ntotal_time: Không quy định\nsteps:\n{row()}")
    assert table.table.total_time.none_prescribed
    assert table.findings == ()


CSV = """\
# name: Cấp giấy
# source.document: QĐ 5/QĐ-UBND
# source.date: 2025-11-28
# total_time: 2 ngày làm việc
no;content;performer;role;level;time;unit;time_text;counted;kinds;branches;stage
1;Nhận;Một cửa;one_door;province|commune;0,5;working_day;;;receive;supplement: thiếu -> 1;I
2;Thẩm định;Sở Y tế;officer;province;1.5;working_day;;;examine|draft;refuse: sai|pass: đạt;I
3;Ký;Lãnh đạo Sở Y tế;agency_leader;province;0;;Không tính;false;sign;;
"""


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_says_the_same_as_yaml_with_any_separator_and_byte_order_mark(separator, mark):
    text = mark + CSV.replace("0,5", "1/2").replace(";", separator)
    reading = read_table(text.encode())
    assert reading.findings == ()
    table = reading.table
    assert table.name == "Cấp giấy"
    assert table.source is not None
    assert (table.source.document, table.source.date) == ("QĐ 5/QĐ-UBND", "2025-11-28")
    first, second, third = table.rows
    assert first.time.duration == Duration(amount="1/2", unit=TimeUnit.WORKING_DAY)
    assert first.performer.levels == {Level.PROVINCE, Level.COMMUNE}
    assert first.branches[0].target == "1"
    assert first.line == 6
    assert second.kinds == (StepKind.EXAMINE, StepKind.DRAFT)
    assert [branch.kind.value for branch in second.branches] == ["refuse", "pass"]
    assert (third.time.counted, third.time.printed) == (False, "Không tính")


def test_csv_may_name_its_columns_as_offices_print_them_and_write_times_in_words():
    text = (
        "Bước,Nội dung công việc,Đơn vị thực hiện,Thời gian,Kết quả\n"
        '1,"Tiếp nhận hồ sơ, hẹn trả",Bộ phận Một cửa,"0,5 ngày",Giấy hẹn\n'
    )
    (found,) = read_table(text).table.rows
    assert found.content == "Tiếp nhận hồ sơ, hẹn trả"
    assert found.time.duration == Duration(amount="0.5", unit=TimeUnit.DAY)
    assert found.result == "Giấy hẹn"


def test_a_utf_16_table_of_excel_is_read():
    assert read_table(CSV.replace(";", "\t").encode("utf-16")).table.name == "Cấp giấy"
