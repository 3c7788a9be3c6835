"""`tthc-flow convert … -o review.xlsx`: a workbook to be looked through, which is read again."""

from __future__ import annotations

import json

from cli.calling import PRESS
from tables.annexes.facts import shipped
from tables.annexes.layouts import LAYOUTS


def test_a_table_becomes_a_workbook_and_the_workbook_the_same_drawing(tthc, tmp_path):
    book, flow = tmp_path / "review.xlsx", tmp_path / "flow.bpmn"
    made = tthc("convert", PRESS / "steps.yaml", "-o", book)
    assert (made.code, made.out.strip()) == (0, str(book))
    assert tthc("convert", book, "-o", flow).code == 0
    assert tthc("convert", PRESS / "steps.yaml", "-o", tmp_path / "own.bpmn").code == 0
    assert flow.read_bytes() == (tmp_path / "own.bpmn").read_bytes()


def test_an_annex_becomes_one_workbook_with_all_of_its_procedures(tthc, tmp_path):
    annex, book = tmp_path / "annex.docx", tmp_path / "review.xlsx"
    annex.write_bytes(LAYOUTS["heading_and_table"](shipped()[:3]))
    told = json.loads(tthc("convert", annex, "-o", book, "--json").out)
    assert [each["file"] for each in told["procedures"]] == [str(book)] * 3
    listed = json.loads(tthc("convert", book, "--list", "--json").out)["procedures"]
    names = [each["name"] for each in listed]
    assert names == [each["name"] for each in told["procedures"]]


def test_one_procedure_of_an_annex_can_be_chosen(tthc, tmp_path):
    annex, book = tmp_path / "annex.docx", tmp_path / "review.xlsx"
    annex.write_bytes(LAYOUTS["heading_and_table"](shipped()[:3]))
    assert tthc("convert", annex, "--procedure", "2", "-o", book).code == 0
    assert len(json.loads(tthc("convert", book, "--list", "--json").out)["procedures"]) == 1


def test_a_workbook_is_not_written_over_the_one_that_is_read(tthc, tmp_path):
    book = tmp_path / "review.xlsx"
    assert tthc("convert", PRESS / "steps.yaml", "-o", book).code == 0
    data = book.read_bytes()
    left = tthc("convert", book, "-o", book)
    assert left.code == 3
    assert left.err.startswith("TF604 ")
    assert book.read_bytes() == data
