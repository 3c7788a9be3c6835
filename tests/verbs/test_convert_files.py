"""Word and Excel files become BPMN: one procedure of them, or all."""

from __future__ import annotations

import pytest

from tables.office.office_files import HEADER, excel, word
from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.read import read_table, read_tables
from tthc_flow.verbs.convert import convert, convert_all, file_names

STEPS = [
    HEADER,
    ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày", ""),
    ("2", "Ký giấy phép", "Lãnh đạo Sở Y tế", "1 ngày", ""),
]
ONE = word("Thủ tục: Cấp thẻ", "Tổng thời gian: 2 ngày", STEPS)
TWO = word("Thủ tục: A (Mã: 1.000001.000.00.00.H52)", STEPS, "Thủ tục: B (Mã: 1.000002)", STEPS)


def test_a_file_with_one_procedure_is_read_as_any_other_table():
    assert len(read_table(ONE).table.rows) == 2
    reading = convert(ONE)
    assert [each.number for each in reading.procedures[0].flow.steps] == ["1", "2"]
    (told,) = (each for each in reading.findings if each.code == "table-total-differs")
    assert told.name == "bảng 1"


def test_of_several_procedures_one_has_to_be_chosen():
    for ask in (read_table, convert):
        with pytest.raises(UnreadableInput) as refused:
            ask(TWO)
        assert refused.value.code == "TF229"
        assert refused.value.choices == ("1 (1.000001.000.00.00.H52)", "2 (1.000002)")


@pytest.mark.parametrize(
    ("asked", "name"),
    [(1, "A"), ("2", "B"), ("1.000002", "B"), ("1.000001", "A"), ("1.000001.000.00.00.H52", "A")],
)
def test_a_procedure_is_chosen_by_number_or_code(asked, name):
    assert convert(TWO, asked).procedures[0].name == name


@pytest.mark.parametrize("asked", ["3", "0", "1.00000", "x"])
def test_a_procedure_that_is_not_there_is_refused_with_those_that_are(asked):
    with pytest.raises(UnreadableInput) as refused:
        convert(TWO, asked)
    assert refused.value.code == "TF230"
    assert len(refused.value.choices) == 2


def test_all_procedures_become_files_of_their_own():
    assert [each.procedures[0].name for each in convert_all(TWO)] == ["A", "B"]
    book = excel({"Một": [("Thủ tục: C",), *STEPS], "Hai": [("Thủ tục: D",), *STEPS]})
    assert [each.procedures[0].name for each in convert_all(book)] == ["C", "D"]


def test_file_names_come_from_codes_and_never_clash():
    same = read_tables(TWO)[0]
    assert file_names((same, *read_tables(TWO), *read_tables(ONE))) == (
        "1.000001.000.00.00.H52.bpmn",
        "1.000001.000.00.00.H52-2.bpmn",
        "1.000002.bpmn",
        "cap-the.bpmn",
    )
