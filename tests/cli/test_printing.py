"""Tables for spreadsheets: what would compute is text, numbers stay numbers."""

from __future__ import annotations

import csv

import pytest

from tthc_flow.cli.printing import print_csv


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("-A1", "'-A1"),
        ("-2,5 ngày", "-2,5 ngày"),
        ("-25 %", "-25 %"),
        ("-", "-"),
        ("Thẩm định", "Thẩm định"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_compute_is_made_text(capsys, cell, printed):
    print_csv([["x", cell]])
    assert list(csv.reader(capsys.readouterr().out.splitlines(keepends=True))) == [["x", printed]]
