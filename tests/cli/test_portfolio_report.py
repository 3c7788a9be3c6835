"""`tthc-flow portfolio progress --report` as it is typed."""

from __future__ import annotations

from pathlib import Path

from cli.calling import Calls, problems
from report.progress.given_portfolios import by_hand


def test_the_papers_of_a_quarter_are_written_and_named(tthc: Calls, tmp_path: Path) -> None:
    out, papers = by_hand(tmp_path / "out"), tmp_path / "papers"
    asked = ("portfolio", "progress", out, "--report", papers, "--period", "2026-Q1")
    found = tthc(*asked)
    assert found.code == 0
    assert [Path(line).name for line in found.out.split()] == [
        "tien-do.html",
        "bao-cao-tien-do.docx",
        "tien-do.xlsx",
    ]
    assert "quý I năm 2026" in (papers / "tien-do.html").read_text(encoding="utf-8")
    english = tthc(*asked, "--lang", "en", "--json")
    assert problems(english.json) == []
    assert "tien-do.html" in english.err
    assert "quarter I of 2026" in (papers / "tien-do.html").read_text(encoding="utf-8")


def test_a_period_alone_and_a_wrong_one_are_refused(tthc: Calls, tmp_path: Path) -> None:
    out = by_hand(tmp_path / "out")
    alone = tthc("portfolio", "progress", out, "--period", "2026")
    assert alone.code != 0
    assert "--period chỉ dùng cùng --report" in alone.err
    wrong = tthc("portfolio", "progress", out, "--report", tmp_path / "p", "--period", "Q1")
    assert "TF123" in wrong.err
    assert not (tmp_path / "p").exists()
