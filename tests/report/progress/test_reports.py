"""What the reports say of a portfolio that is empty, unfinished, without a period, or too large."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from portfolio.kept import portfolio_of
from report.progress.given_portfolios import by_hand
from report.word.paper import Read
from tthc_flow.errors import BadQuantity, CannotWrite, UnreadableInput
from tthc_flow.portfolio.place import Place, write_record
from tthc_flow.portfolio.settings import FORMAT, Settings
from tthc_flow.report.progress import workbook
from tthc_flow.report.progress.dashboard import dashboard
from tthc_flow.report.progress.given import Alike, Doer, Standing
from tthc_flow.report.progress.paper import progress_document
from tthc_flow.verbs.portfolio_report import portfolio_report, save_report, standing


def test_nothing_at_all_is_reported_as_nothing(tmp_path: Path) -> None:
    made = portfolio_report(portfolio_of(tmp_path))
    assert "0 thủ tục" in made["page"].decode()
    assert "Chưa đủ dữ liệu: chưa thủ tục nào" in Read(made["word"]).words


def test_an_unfinished_run_says_so_first(tmp_path: Path) -> None:
    out = by_hand(tmp_path)
    record = {"format": FORMAT, "state": "running", "settings": Settings().record()}
    write_record(Place(out).record, record)
    made = portfolio_report(out, period="2026-Q1")
    for text in (made["page"].decode(), Read(made["word"]).words):
        assert "số liệu chưa dùng để báo cáo được" in text
        assert "Quy ước thời gian: “ngày” không ghi rõ được tính là ngày làm việc (8 giờ)" in text


def test_without_a_period_no_target_is_picked(tmp_path: Path) -> None:
    made = portfolio_report(by_hand(tmp_path))
    words = Read(made["word"]).words
    assert "điểm phần trăm" not in words
    assert "Mục tiêu 30 %" in words
    assert "Mục tiêu 50 %" in words


def test_no_unread_file_and_no_unknown_period_leaves_a_paper(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="TF257"):
        portfolio_report(tmp_path / "no-such")
    with pytest.raises(BadQuantity, match="TF123"):
        portfolio_report(portfolio_of(tmp_path / "out"), period="quý 1")
    with pytest.raises(BadQuantity, match="TF108"):
        portfolio_report(tmp_path / "out", lang="fr")


def test_more_rows_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_MOST", 6)
    with pytest.raises(CannotWrite, match="TF628"):
        portfolio_report(by_hand(tmp_path))


def test_the_papers_lie_whole_under_their_names(tmp_path: Path) -> None:
    made = portfolio_report(by_hand(tmp_path / "out"))
    paths = save_report(made, tmp_path / "papers")
    assert sorted(path.name for path in (tmp_path / "papers").iterdir()) == [
        "bao-cao-tien-do.docx",
        "tien-do.html",
        "tien-do.xlsx",
    ]
    assert {name: Path(path).read_bytes() for name, path in paths.items()} == made


def alike(number: int) -> Alike:
    light = Doer(key="a", agency="Sở & <A>", province="Gia Lai", minutes=480, steps=3, hand_offs=2)
    heavy = evolve(light, agency=None, province=None, key="b.bpmn", minutes=None, steps=9)
    return Alike(
        same="flow" if number else "code", name=f"Cấp phép {number}", code="1.000001", count=2,
        lightest=light, heaviest=heavy, saved=None if number else 960.0,
    )  # fmt: skip


def test_procedures_that_are_the_same_are_told_with_who_does_it_lighter() -> None:
    told = Standing(alike=tuple(map(alike, range(12))), alike_count=40)
    page, words = dashboard(told), Read(progress_document(told)).words
    assert "40 nhóm thủ tục trùng mã số hoặc có trình tự giống nhau; bảng nêu 12 nhóm đầu" in page
    assert "bảng nêu 10 nhóm đầu" in words
    assert "Cấp phép 9" in words
    assert "Cấp phép 10" not in words
    assert "Sở & <A>, Gia Lai: 1 ngày làm việc, 3 bước" in words
    assert "Sở &amp; &lt;A&gt;, Gia Lai: 1 ngày làm việc, 3 bước" in page
    for text in (page, words):
        assert "b.bpmn: chưa đủ dữ liệu, 9 bước" in text
        assert "2 ngày làm việc" in text
        assert "mã số 1.000001" in text
    rows = Read(progress_document(told)).document.tables
    assert any(
        row.cells[6].text == "–" for table in rows for row in table.rows if len(row.cells) > 6
    )


def test_internal_procedures_are_counted_and_in_no_figure(tmp_path: Path) -> None:
    found = standing(by_hand(tmp_path))
    assert found.internal == 1
    assert [each.key for each in found.listed if each.agency == "A"] == ["a", "b"]
    assert next(each for each in found.agencies.reach if each.group == "A").procedures == 2


def test_groups_stand_in_vietnamese_order(tmp_path: Path) -> None:
    names = ["Ủy ban", "Đài", "Sở Y tế", "Công an", None, "Ban"]
    rows = [{"key": str(at), "agency": name} for at, name in enumerate(names)]
    found = standing(portfolio_of(tmp_path, procedures=rows))
    order = [each.group for each in found.agencies.reach]
    assert order == ["Ban", "Công an", "Đài", "Sở Y tế", "Ủy ban", None]
    assert [each.group for each in found.agencies.cuts[:4]] != [None] * 4
