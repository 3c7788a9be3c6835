"""Facts in an Excel sheet: what a cell says, what Excel made of it, and what is never opened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tables.sheets import book, on_sheet, repacked
from tthc_flow.errors import UnreadableInput
from tthc_flow.model.source import EvidenceKind, Source
from tthc_flow.model.step import StepTime
from tthc_flow.tables.fact_table import FactReading, read_facts
from tthc_flow.units import Duration, TimeUnit

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ("Mã phần tử", "Tên bước", "Thời gian")
ROW = ("A", "Ký", "4 giờ làm việc")
GOOD = book(HEAD, ROW)
FOUR_HOURS = Duration(amount=4, unit=TimeUnit.WORKING_HOUR)


def codes(reading: FactReading) -> list[str]:
    return [each.code for each in reading.findings]


def test_a_sheet_says_the_same_as_the_csv_of_its_cells():
    rows = [
        ("Mã", "Tên bước", "time", "kinds", "decides", "checked", "source", "source.place"),
        ("A", "Ký", "4 giờ làm việc", "sign|review", "có", "12", "QĐ 1/QĐ-UBND", "Bước 2"),
        ("B", "Trả", "", "", "không", "", "", ""),
    ]
    csv = "\n".join(";".join(row) for row in rows) + "\n"
    assert read_facts(book(*rows)).rows == read_facts(csv).rows
    assert read_facts(csv).rows[0].facts["time"] == StepTime(
        duration=FOUR_HOURS,
        printed="4 giờ làm việc",
        source=Source(document="QĐ 1/QĐ-UBND", place="Bước 2"),
    )


def test_numbers_and_truths_of_their_own_type_are_read_and_the_head_lines_too():
    reading = read_facts(
        book(
            ("# source.document: QĐ 1/QĐ-UBND",),
            ("BẢNG THỜI GIAN",),
            ("id", "time", "unit", "decides", "checked"),
            (7, 0.5, "working_day", True, 12.0),
            (8, 1.125, "working_day", True, 1200.0),
        )
    )
    row, other = reading.rows
    assert other.facts["time"].duration == Duration(amount="9/8", unit=TimeUnit.WORKING_DAY)
    assert other.facts["checked"] == 1200
    assert (row.id, row.line, row.facts["decides"], row.facts["checked"]) == ("7", 4, True, 12)
    assert row.facts["time"] == StepTime(
        duration=Duration(amount="1/2", unit=TimeUnit.WORKING_DAY),
        evidence=EvidenceKind.LEGAL_LIMIT,
        source=Source(document="QĐ 1/QĐ-UBND"),
    )
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (dt.date(2026, 2, 1), "dialect-cell-date"),
        (dt.time(4, 0), "dialect-cell-date"),
        (dt.timedelta(hours=4), "dialect-cell-date"),
        (0.1666667, "dialect-cell-number"),
        (4, "dialect-cell-number"),
        ("=1+1", "dialect-cell-formula"),
        ("#N/A", "dialect-cell-error"),
    ],
)
def test_what_excel_made_of_a_length_is_a_finding_and_no_number(cell, code):
    reading = read_facts(book(HEAD, ("A", "Ký", cell), ("B", "Trả", "1 ngày")))
    [finding] = reading.findings
    assert (finding.code, finding.line, dict(finding.values)["cell"]) == (code, 2, "C2")
    assert [set(row.facts) for row in reading.rows] == [set(), {"time"}]


def test_a_formula_is_read_by_the_result_that_excel_stored():
    stored = repacked(
        book(HEAD, ("A", "Ký", "=1+1")),
        {
            SHEET: lambda xml: xml.replace(
                b'<c r="C2"><f>1+1</f><v></v></c>',
                '<c r="C2" t="str"><f>1+1</f><v>4 giờ làm việc</v></c>'.encode(),
            ).replace(
                b'<c r="C2"><f>1+1</f><v /></c>',
                '<c r="C2" t="str"><f>1+1</f><v>4 giờ làm việc</v></c>'.encode(),
            )
        },
    )
    reading = read_facts(stored)
    assert reading.rows[0].facts["time"].duration == FOUR_HOURS
    assert codes(reading) == []


def test_a_cell_merged_over_rows_holds_for_each_and_is_told_once():
    reading = read_facts(
        book(
            HEAD, ROW, ("B", "Trả", None), change=on_sheet(lambda sheet: sheet.merge_cells("C2:C3"))
        )
    )
    assert [row.facts["time"].duration for row in reading.rows] == [FOUR_HOURS, FOUR_HOURS]
    [finding] = reading.findings
    assert (finding.code, dict(finding.values)["cell"]) == ("dialect-cell-merged", "C2:C3")


def test_the_sheet_with_the_header_is_read_and_the_others_are_named():
    def with_cover(made):
        made.create_sheet("Bìa", 0).append(("Công văn",))

    reading = read_facts(book(HEAD, ROW, change=with_cover))
    assert [row.id for row in reading.rows] == ["A"]
    [finding] = reading.findings
    assert (finding.code, dict(finding.values)["names"]) == ("dialect-sheets", "“Bìa”")


def bomb() -> bytes:
    return repacked(GOOD, {"xl/media/big.bin": b"\0" * 20_000_000})


def merged(span: bytes) -> bytes:
    def change(xml: bytes) -> bytes:
        cells = b'<mergeCells count="1"><mergeCell ref="' + span + b'"/></mergeCells>'
        return xml.replace(b"</sheetData>", b"</sheetData>" + cells)

    return repacked(GOOD, {SHEET: change})


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet/>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (GOOD[:200], "TF243"),
        (GOOD[:-30], "TF243"),
        (b"PK\x03\x04....", "TF243"),
        (repacked(GOOD, {SHEET: b"<worksheet"}), "TF243"),
        (repacked(GOOD, {SHEET: LAUGHS}), "TF243"),
        (repacked(GOOD, {"xl/workbook.xml": b"<a/>"}), "TF224"),
        (repacked(GOOD, {"xl/vbaProject.bin": b"x"}), "TF240"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "TF241"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "TF247"),
        (bomb(), "TF242"),
        (merged(b"A1:XFD1048576"), "TF242"),
        (merged(b"&#65;1:XFD1048576"), "TF243"),
        (repacked(b"PK\x05\x06" + b"\0" * 18, {"word/document.xml": b"<a/>"}), "TF227"),
        (book(("x", "y"), (1, 2)), "TF224"),
        (book(), "TF224"),
        (book(HEAD, ROW, change=on_sheet(lambda sheet: sheet.cell(1_000_000, 1, "x"))), "TF225"),
        (book(HEAD, ROW, change=on_sheet(lambda sheet: sheet.cell(1, 16_000, "x"))), "TF225"),
    ],
)
def test_what_is_no_safe_table_is_refused_with_what_to_do(data, code):
    with pytest.raises(UnreadableInput) as caught:
        read_facts(data)
    assert (caught.value.code, bool(caught.value.hint)) == (code, True)


@settings(max_examples=150)
@given(cut=st.integers(0, len(GOOD)), bytes_=st.binary(max_size=8))
def test_no_bytes_raise_anything_but_a_coded_refusal(cut, bytes_):
    try:
        read_facts(GOOD[:cut] + bytes_ + GOOD[cut + len(bytes_) :])
    except UnreadableInput as error:
        assert error.code.startswith("TF2")  # noqa: PT017
