"""LibreOffice, where it is installed, computes what our own evaluator of the tests computes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from report.costed import FEE, FULL, VISIT, number, with_costs, work
from report.excel_values import Book
from report.told import COUNCIL, PRESS, record
from tthc_flow.model.flow import Flow
from tthc_flow.model.procedure import PostCheck, Procedure
from tthc_flow.report.excel.workbook import workbook

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_an_office_program_computes_every_formula_to_the_same(tmp_path: Path) -> None:
    check = PostCheck(share=number("0.2"), hours=number(8), service=number(10**6))
    known = with_costs(
        Procedure(flow=Flow(id="p"), volume=FULL, work=(work("Hồ sơ", "23.5"), FEE)),
        Procedure(flow=VISIT, volume=FULL, work=(FEE,), post_check=check),
    )
    data = workbook([known, record(COUNCIL), record(PRESS)])
    (tmp_path / "a.xlsx").write_bytes(data)
    assert OFFICE is not None
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    order = ("--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir")
    place = (str(tmp_path / "out"), str(tmp_path / "a.xlsx"))
    subprocess.run([OFFICE, *order, *place], check=True, capture_output=True, timeout=100)
    computed = load_workbook(tmp_path / "out" / "a.xlsx", data_only=True)
    ours = Book(data)
    formulas = ours.formulas()
    assert len(formulas) > 200
    for sheet, cell in formulas:
        found, expected = computed[sheet][cell].value, ours[sheet, cell]
        if isinstance(expected, str):
            assert (found or "") == expected, f"{sheet}!{cell}"
        else:
            assert found == pytest.approx(float(expected), rel=1e-9, abs=1e-9), f"{sheet}!{cell}"
