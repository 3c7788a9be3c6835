"""LibreOffice, where it is installed, computes our formulas alike and prints every word."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from report.progress.given_portfolios import by_hand
from report.word.paper import Read
from tthc_flow.model.progress import Measure
from tthc_flow.portfolio.progress import By, progress
from tthc_flow.verbs.portfolio_report import portfolio_report, save_report

FEW = "chưa đủ dữ liệu"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tools = {name: shutil.which(name) for name in ("soffice", "pdftotext")}
    if None in tools.values():
        pytest.skip("soffice and pdftotext are not installed: nothing can be printed")
    place = tmp_path_factory.mktemp("printed")
    save_report(portfolio_report(by_hand(place / "out"), period="2026-Q1"), place)
    order = [tools["soffice"] or "", "--headless", f"-env:UserInstallation=file://{place}/profile"]
    goals = {"pdf": "bao-cao-tien-do.docx", "xlsx:Calc MS Excel 2007 XML": "tien-do.xlsx"}
    for kind, name in goals.items():
        told = [*order, "--convert-to", kind, "--outdir", str(place / "made"), str(place / name)]
        subprocess.run(told, check=True, capture_output=True, timeout=110)
    return place


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s+", "", unicodedata.normalize("NFC", text)))


def test_no_letter_of_the_word_report_is_lost(folder: Path) -> None:
    path = folder / "made" / "bao-cao-tien-do.pdf"
    told = [shutil.which("pdftotext") or "", "-layout", str(path), "-"]
    done = subprocess.run(told, check=True, capture_output=True)
    text = done.stdout.decode()
    written = letters(Read((folder / "bao-cao-tien-do.docx").read_bytes()).words)
    assert written - letters(text) == Counter()
    sheets = text.removesuffix("\f").split("\f")
    assert 3 <= len(sheets) <= 8
    assert "VIII. KIẾN NGHỊ" in unicodedata.normalize("NFC", sheets[-1])  # not the signature alone


def test_an_office_program_computes_the_figures_of_the_portfolio(folder: Path) -> None:
    book = load_workbook(folder / "made" / "tien-do.xlsx", data_only=True)
    wrong = [
        f"{page.title}!{cell.coordinate}"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    assert wrong == []
    rows = [list(row) for row in book["Theo cơ quan"].iter_rows(values_only=True)]
    place = {
        Measure.TIME: "Thời gian",
        Measure.COST_TT02: "Chi phí tuân thủ",
        Measure.STEPS: "Số bước",
    }
    for of, label in place.items():
        start = next(at for at, row in enumerate(rows) if str(row[1]).startswith(label))
        figures = progress(folder / "out", By.AGENCY)
        wanted = {each.group: each for each in figures if each.of is of}
        for row in rows[start + 1 : start + 1 + len(wanted)]:
            one = wanted.pop(None if row[1] == "(chưa ghi)" else row[1])
            shares = [
                FEW if each is None else each for each in (one.pooled, one.mean, one.weighted)
            ]
            assert row[2:4] == [one.procedures, one.known]
            assert row[7:10] == [each if each == FEW else pytest.approx(each) for each in shares]
            assert row[10:12] == [one.at_30, one.at_50]
        assert not wanted
