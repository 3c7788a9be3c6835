"""Laws on any table of an officer's words: nothing crashes, nothing is invented, no row is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tables.office.office_files import HEADER, word
from tthc_flow.errors import UnreadableInput
from tthc_flow.tables.office.read import read_office
from tthc_flow.tables.procedure import to_procedure

NUMBERS = st.sampled_from(("", "1", "2", "2.1", "Bước 3", "a)", "I", "(1)", "TT", "Tổng cộng"))
CONTENTS = st.sampled_from(
    (
        "",
        "Nhận hồ sơ",
        "và chuyển",
        "- ghi sổ",
        "Nội dung",
        "II. Tại tỉnh",
        "Thủ tục: B",
        "nếu thiếu",
    )
)
WHO = st.sampled_from(("", "Một cửa", "Lãnh đạo Sở", "nt", "Người thực hiện"))
TIMES = st.sampled_from(("", "1 ngày", "Trong ngày", "-", "Thời gian", "2"))
ROWS = st.lists(st.tuples(NUMBERS, CONTENTS, WHO, TIMES), max_size=8)


@settings(deadline=None, max_examples=60)
@given(rows=ROWS)
def test_any_rows_are_read_or_refused_and_every_step_says_what_is_printed(rows):
    try:
        found = read_office(word("Thủ tục: A", [HEADER[:4], *rows]))
    except UnreadableInput as refused:
        found = ()
        codes = {refused.code}
    else:
        codes = {"TF245"}
    assert codes == {"TF245"}
    printed = {word for row in rows for text in row for word in text.split()}
    for reading in found:
        steps = reading.table.rows
        assert steps
        assert all(step.content for step in steps)
        names = " ".join(step.performer.name for step in steps)
        assert set(names.replace(";", " ").split()) <= printed
        lengths = [step.time for step in steps if step.time.duration is not None]
        assert all("1 ngày" in (time.printed or "") for time in lengths)
        to_procedure(reading.table)


@settings(deadline=None, max_examples=30)
@given(count=st.integers(1, 30), named=st.booleans())
def test_every_numbered_row_is_one_step(count, named):
    rows = [(str(n), f"Việc {n}", "Một cửa" if named else "", "1 giờ") for n in range(1, count + 1)]
    (reading,) = read_office(word([HEADER[:4], *rows]))
    assert [each.content for each in reading.table.rows] == [row[1] for row in rows]
