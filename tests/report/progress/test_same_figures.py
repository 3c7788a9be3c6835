"""Page, Word report and workbook say the figures of the portfolio, and all the same ones."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from report.excel_values import FEW, FUNCTIONS, Book, Range, meets, numbers
from report.progress.given_portfolios import FORMULA, HOSTILE, PATTERN, by_hand
from report.word.paper import Read
from tthc_flow.model.progress import Measure
from tthc_flow.portfolio.progress import By, progress
from tthc_flow.report.progress.given import Standing
from tthc_flow.report.progress.printed import share_words
from tthc_flow.verbs.portfolio_report import portfolio_report, standing


def chosen(*conditions: Any) -> list[bool]:
    pairs = list(zip(conditions[::2], conditions[1::2], strict=True))
    rows = zip(*(cells for cells, _ in pairs), strict=True)
    return [all(meets(each, pairs[at][1]) for at, each in enumerate(row)) for row in rows]


def picked(cells: Range, *conditions: Any) -> list[float]:
    kept = zip(cells, chosen(*conditions), strict=True)
    return numbers(Range(each for each, is_kept in kept if is_kept))


MORE = {
    "COUNTIFS": lambda *given: float(sum(chosen(*given))),
    "SUMIFS": lambda cells, *given: sum(picked(cells, *given)),
    "AVERAGEIFS": lambda cells, *given: (
        sum(picked(cells, *given)) / len(picked(cells, *given))
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def functions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, made in MORE.items():
        monkeypatch.setitem(FUNCTIONS, name, made)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return by_hand(tmp_path_factory.mktemp("progress"))


@pytest.fixture(scope="module")
def made(out: Path) -> dict[str, bytes]:
    return portfolio_report(out, period="2026-Q1")


@pytest.fixture(scope="module")
def found(out: Path) -> Standing:
    return standing(out, period="2026-Q1")


def tables(page: str) -> list[list[list[str]]]:
    """Return the cells of each table of a page."""
    told = []
    for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
        rows = re.findall(r"<tr.*?>(.*?)</tr>", table, re.DOTALL)
        told.append(
            [[unescape(c) for c in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", r)] for r in rows]
        )
    return told


def named(page: str, *heading: str) -> list[list[str]]:
    return next(each for each in tables(page) if tuple(each[0][: len(heading)]) == heading)


def test_the_figures_by_hand_stand_on_the_page(made: dict[str, bytes]) -> None:
    page = made["page"].decode()
    whole = named(page, "Chỉ tiêu")
    # 10 + 90 + 10 + 3 + 0 days before, 5 + 90 + 7 + 4 + 0 after: 7 of 113; the mean of 4 cuts
    assert whole[1] == [
        *("Thời gian giải quyết (ngày làm việc)", "tổng cắt giảm trên tổng trước", "5"),
        *("113", "106", "6,19 %", "chưa đạt", "chưa đạt"),
    ]
    assert whole[2][5] == share_words((0.5 + 0 + 0.3 - 1 / 3) / 4, "vi") == "11,67 %"
    assert whole[3][2:6] == ["2", "–", "–", "12,5 %"]
    assert whole[4][3:] == ["1.000.000", "400.000", "60 %", "đạt", "đạt"]
    agencies = {each[0]: each[1:] for each in named(page, "Cơ quan", "Số thủ tục")[1:]}
    assert agencies["A"] == ["2", "2", "100", "95", "5 %", "25 %", "12,5 %", "1", "1"]
    assert agencies[HOSTILE][2:6] == ["10", "7", "30 %", "30 %"]
    assert agencies[HOSTILE][7:] == ["1", "0"]
    assert agencies["(chưa ghi)"][4] == "tăng 33,33 %"
    few = FEW
    assert agencies[PATTERN] == ["1", "0", few, few, few, few, few, "0", "0"]


def test_what_has_no_time_is_told_and_counts_for_nothing(made: dict[str, bytes]) -> None:
    page = made["page"].decode()
    lacking = {row[0]: row[1:] for row in tables(page)[-1][1:]}
    assert lacking[PATTERN] == ["1", "1", "1", "0"]
    assert lacking["Cộng"][0] == "2"
    assert "1 thủ tục hành chính nội bộ không được tính ở đây" in page
    assert "còn thiếu 43,81 điểm phần trăm so với mục tiêu 50 %; tính trên 5/7 thủ tục" in page
    stages = named(page, "Nội dung")
    assert stages[1][1:] == ["6", "7", "85,71 %", "chưa đạt"]
    assert [row[1] for row in stages[2:]] == ["2", "1", "6", "1"]


def test_word_and_page_say_the_same(made: dict[str, bytes]) -> None:
    page, read = made["page"].decode(), Read(made["word"])
    assert read.rows("Chỉ tiêu")[1:] == named(page, "Chỉ tiêu")[1:]
    assert read.rows("Nội dung")[1:] == named(page, "Nội dung")[1:]
    told = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in read.document.tables
        if table.rows[0].cells[0].text == "STT"
    ]
    shown = [each for each in tables(page) if each[0][1:2] == ["Số thủ tục"]]
    shown = [each for each in shown if any(row[1] for row in each)]
    for by, word in (("Cơ quan", told[0]), ("Lĩnh vực", told[2])):
        (html, *_) = (each for each in shown if each[0][0] == by)
        plain = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row[1:]] for row in word[1:]]
        assert plain == [[*row[:3], *row[5:]] for row in html[1:]]
    assert "báo cáo kết quả rà soát, đơn giản hóa thủ tục hành chính quý I năm 2026" in read.words
    assert "Số: ……/BC-……" in read.words


def test_the_workbook_computes_the_figures_of_the_portfolio(
    out: Path, made: dict[str, bytes]
) -> None:
    book = Book(made["excel"])
    (time,) = (each for each in progress(out) if each.of is Measure.TIME)
    whole = next(row for row in book.rows("Tổng hợp") if str(row[1]).startswith("Thời gian"))
    assert whole[2:4] == [time.procedures, time.known]
    assert whole[4:7] == [113, 106, 7]
    assert whole[7:10] == pytest.approx([time.pooled, time.mean, time.weighted])
    assert whole[10:] == [time.at_30, time.at_50, "chưa đạt", "chưa đạt"]
    stages = [row for row in book.rows("Tổng hợp") if row[1] == "Mọi bước đều có thời gian"]
    assert stages[0][2:4] == [7, 6]
    assert stages[0][4] == pytest.approx(6 / 7)
    for sheet, by in (("Theo cơ quan", By.AGENCY), ("Theo lĩnh vực", By.FIELD)):
        rows = book.rows(sheet)
        start = next(at for at, row in enumerate(rows) if str(row[1]).startswith("Thời gian"))
        figures = {each.group: each for each in progress(out, by) if each.of is Measure.TIME}
        for row in rows[start + 1 : start + 1 + len(figures)]:
            one = figures.pop(None if row[1] == "(chưa ghi)" else row[1])
            shares = [
                FEW if each is None else each for each in (one.pooled, one.mean, one.weighted)
            ]
            assert row[2:4] == [one.procedures, one.known]
            assert [*row[7:10]] == [each if each == FEW else pytest.approx(each) for each in shares]
            assert row[10:12] == [one.at_30, one.at_50]
        assert not figures


def test_a_changed_figure_changes_every_sum(made: dict[str, bytes]) -> None:
    book = Book(made["excel"])
    page = book.book["Thủ tục"]
    place = next(cell for cell in page["B"] if cell.value == "d")
    page[f"L{place.row}"].value = 1  # day after, of 4: now known
    rows = book.rows("Theo cơ quan")
    start = next(at for at, row in enumerate(rows) if str(row[1]).startswith("Thời gian"))
    pattern = next(row for row in rows[start:] if row[1] == PATTERN)
    assert pattern[3:8] == [1, 4, 1, 3, 0.75]
    assert pattern[12:] == ["đạt", "đạt"]


def test_a_changed_target_changes_every_verdict(made: dict[str, bytes]) -> None:
    book = Book(made["excel"])
    page = book.book["Tổng hợp"]
    aim = next(cell for cell in page["B"] if str(cell.value).startswith("Mục tiêu 1"))
    page[f"C{aim.row}"].value = 0.05
    whole = next(row for row in book.rows("Tổng hợp") if str(row[1]).startswith("Thời gian"))
    assert whole[12:] == ["đạt", "chưa đạt"]


def test_exactly_thirty_per_cent_reaches_the_target(found: Standing) -> None:
    (one,) = (each for each in found.agencies.of(Measure.TIME) if each.group == HOSTILE)
    assert (one.at_30, one.at_50) == (1, 0)


def test_names_survive_and_none_is_a_formula(made: dict[str, bytes]) -> None:
    words = Read(made["word"]).words
    book = Book(made["excel"]).book
    names = {cell.value for cell in book["Theo cơ quan"]["B"] if cell.data_type == "s"}
    for name in (HOSTILE, FORMULA, PATTERN):
        assert name in words
        assert name in names
    page = made["page"].decode()
    assert "<b>Đất" not in page
    assert HOSTILE in {unescape(each) for each in re.findall(r">([^<>]*)<", page)}


def test_the_plots_have_words_and_no_bar_stands_for_what_is_unknown(
    made: dict[str, bytes],
) -> None:
    page = made["page"].decode()
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(pictures) == 10  # each wide, and for a telephone
    for each in pictures:
        marked = re.search(r'aria-labelledby="(\S+) (\S+)"', each)
        assert marked
        for mark in marked.groups():
            assert f'id="{mark}"' in each
    time = next(each for each in pictures if "Thời gian giải quyết: tỷ lệ cắt giảm theo cơ" in each)
    # of A, the hostile name, "*", the formula and no name only the first two are cut
    assert time.count('rx="2"') == 2
    assert time.count("chưa đủ dữ liệu (0/1)") == 2  # the bar, and the words of the picture
    assert "<script" not in page
    assert "://" not in re.sub(r'xmlns="[^"]*"', "", page)


def test_the_same_tables_give_the_same_bytes(out: Path, made: dict[str, bytes]) -> None:
    assert portfolio_report(out, period="2026-Q1") == made


def test_the_page_in_english_has_no_vietnamese_but_names(out: Path) -> None:
    page = portfolio_report(out, period="2026-03", lang="en")["page"].decode()
    assert "month 3 of 2026" in page
    assert "43.81 percentage points below the target of 50 %" in page
    visible = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    visible = unescape(visible).replace(HOSTILE, "").replace("Thủ tục", "").replace("đồng", "")
    assert re.findall("[ăâêôơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữự]", visible) == []
