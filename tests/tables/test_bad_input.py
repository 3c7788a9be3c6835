"""A file that is no step table ends in a coded error with place and hint; nothing else escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_flow.errors import TthcFlowError, UnreadableInput
from tthc_flow.tables.procedure import to_procedure
from tthc_flow.tables.read import read_table

STEP = "steps:\n- content: Nhận hồ sơ\n"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: [1\nb: 2\n", "TF222", "text:2"),
        ("\tname: a\n", "TF222", "text:1"),
        ("a: 1\n---\nb: 2\n", "TF222", "text"),
        ("\n", "TF222", "text"),
        ("name: a\x00b\n", "TF222", "text"),
        ("name: a\n", "TF223", "text:1"),
        ("name: a\nsteps: []\n", "TF223", "text:1"),
        ("just words\n", "TF223", "text:1"),
        ("name: a\nsteps:\n- no: 1\n  performer: b\n", "TF223", "text:3"),
        ("a: &x [1]\nb: *x\n" + STEP, "TF225", "text:2"),
        ("a: " + "[" * 40 + "]" * 40 + "\n" + STEP, "TF225", "text:1"),
        ('no,content\n1,"Nhận\n', "TF226", "text:2"),
    ],
)
def test_a_text_that_is_no_table_is_refused_with_code_and_place(text, code, place):
    with pytest.raises(UnreadableInput) as refused:
        read_table(text)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("name: Thủ tục\n".encode("cp1258", "ignore") + b"\xff\xfa\n", "TF221"),
        (b"\xff\xfea", "TF221"),
        (b"a: 1\n" * 1_000_001, "TF225"),
        (b"", "TF222"),
        (b"PK\x03\x04rest of a .docx", "TF243"),
        (b"%PDF-1.7", "TF246"),
    ],
)
def test_bytes_that_are_no_table_are_refused(data, code):
    with pytest.raises(UnreadableInput) as refused:
        read_table(data)
    assert refused.value.code == code


def test_laughing_billions_are_refused_at_the_first_alias():
    text = "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(50)) + STEP
    with pytest.raises(UnreadableInput, match="TF225 text:2"):
        read_table(text)


def test_no_object_is_ever_made_from_a_tag():
    table = read_table(f"name: !!python/object/apply:os.getcwd []\n{STEP}").table
    assert table.name == ""


@pytest.mark.parametrize("name", ["absent.yaml", "."])
def test_a_path_that_cannot_be_opened_is_refused(tmp_path, name):
    with pytest.raises(UnreadableInput) as refused:
        read_table(tmp_path / name)
    assert refused.value.code == "TF220"


def test_a_csv_file_without_our_columns_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("one,two\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no header with a column 'content'"):
        read_table(path)


def read_or_refused(source: str | bytes) -> object:
    """Return the steps, or whether the refusal carries one of our codes."""
    try:
        return to_procedure(read_table(source).table)[0].flow.steps
    except TthcFlowError as refused:
        return refused.code.startswith("TF2")


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_code(data):
    assert read_or_refused(data)


PIECES = st.sampled_from(
    ("steps:", "\n", "- ", "  ", "content: Nhận", "time: ", "{value: ", "-1", ".nan", "unit: day")
) | st.sampled_from(
    ("branches:", "kind: refuse", "target: '1'", "level: [", "}", "]", "&a", "*a", "'", "#", ",")
)


@given(pieces=st.lists(PIECES, max_size=30))
def test_any_mixture_of_table_words_is_read_or_refused_with_a_code(pieces):
    assert read_or_refused("steps:\n- content: a\n" + "".join(pieces))
