"""The form that Nghị định 30/2020/NĐ-CP asks for, in the XML of every paper."""

from __future__ import annotations

import io
import zipfile

import pytest

from report.word.cases_of import costed, council, press
from report.word.paper import Read, W
from tthc_flow.report.word.papers import (
    annex_document,
    decision_document,
    results_document,
    workflow_document,
)

MM = 36_000  # units of python-docx in a millimetre
PAPERS = {
    "annex": annex_document,
    "decision": decision_document,
    "results": results_document,
    "workflow": workflow_document,
}


@pytest.fixture(scope="module", params=PAPERS)
def paper(request):
    return Read(PAPERS[request.param]((council(), costed())))


def test_every_page_is_a4_with_the_margins_of_the_rule(paper):
    for section in paper.document.sections:
        size = sorted(round(each / MM) for each in (section.page_width, section.page_height))
        assert size == [210, 297]
        edges = (section.top_margin, section.bottom_margin, section.left_margin)
        top, bottom, left, right = (round(each / MM, 1) for each in (*edges, section.right_margin))
        assert 20 <= top <= 25
        assert 20 <= bottom <= 25
        assert 30 <= left <= 35
        assert 15 <= right <= 20


def test_the_number_of_the_page_is_above_in_the_middle_but_not_on_the_first(paper):
    first, *others = paper.document.sections
    assert first.different_first_page_header_footer
    assert [each.text for each in first.first_page_header.paragraphs] in ([], [""])
    (line,) = first.header.paragraphs
    assert line.alignment == 1
    assert [each.text for each in line._p.iter(f"{W}instrText")] == ["PAGE"]
    for section in others:
        assert section.header.is_linked_to_previous
        assert not section.different_first_page_header_footer


def test_every_letter_is_times_new_roman_and_none_too_small(paper):
    normal = paper.document.styles["Normal"]
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(f"{W}{each}") for each in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert not list(paper.body.iter(f"{W}rFonts"))  # no run has another font
    texts = [run for run in paper.body.iter(f"{W}r") if run.find(f"{W}t") is not None]
    sizes = {int(run.find(f"{W}rPr/{W}sz").get(f"{W}val")) / 2 for run in texts}
    assert sizes <= {10.5, 11, 12, 13, 14}


def test_the_text_is_justified_with_a_first_line_and_room_between(paper):
    body = [each for each in paper.document.paragraphs if each.alignment == 3]
    assert body
    for each in body:
        looks = each.paragraph_format
        assert round(looks.first_line_indent / MM, 1) == 12.7
        assert looks.space_after.pt + looks.space_before.pt >= 6


def test_headings_of_tables_repeat_rows_stay_whole_and_nothing_is_wider_than_the_page(paper):
    grids = [each for each in paper.document.tables if each.style.name == "Table Grid"]
    for table in grids:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
        assert table.autofit is False
        assert sum(column.width for column in table.columns) / MM <= 165.1


def test_it_says_that_it_is_a_draft_to_be_appraised(paper):
    assert "DỰ THẢO" in paper.lines[0]
    assert "CẦN THẨM ĐỊNH PHÁP LÝ" in paper.lines[0]


def test_the_same_records_are_the_same_file():
    for made in PAPERS.values():
        data = made((press(),))
        assert data == made((press(),))
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            assert {each.date_time[0] for each in parcel.infolist()} == {1980}


def test_no_row_is_kept_whole_that_no_page_could_hold():
    one = press()
    one.record["plan"]["steps"]["after"][2]["name"] = "Thẩm định hồ sơ " * 400
    rows = Read(workflow_document((one,))).document.tables[0].rows
    long = [row for row in rows if len(row.cells[1].text) > 5_000]
    assert [row._tr.find(f"{W}trPr/{W}cantSplit") for row in long] == [None]


def test_a_heading_that_is_repeated_never_stands_alone():
    """LibreOffice 7.4 loses the rows below one that stands alone at the foot of a page."""
    found = Read(annex_document((council(), costed()))).document.tables
    headings = [each.rows[0] for each in found if each.rows[0]._tr.findall(f".//{W}tblHeader")]
    assert headings
    for each in headings:
        texts = [paragraph for cell in each.cells for paragraph in cell.paragraphs]
        assert all(text.paragraph_format.keep_with_next for text in texts)
