"""`tthc-flow report`: joint papers of several proposals, from records or drawings."""

from __future__ import annotations

import io
import json
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from cli.calling import FLOWS, PRESS, problems
from tthc_flow.verbs.papers import papers, save
from tthc_flow.verbs.propose import propose
from tthc_flow.verbs.report_sources import report_sources

FLOW = PRESS / "flow.bpmn"
OTHER = next(path for path in FLOWS if "1.014464-cao-bang" in str(path))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the papers of two proposals, each in its own."""
    folder = tmp_path_factory.mktemp("proposals")
    for name, path in (("a", FLOW), ("b", OTHER)):
        save(papers(propose(path)), folder / name)
    return folder


@pytest.fixture
def proposals(written: Path, tmp_path: Path) -> Path:
    shutil.copytree(written, tmp_path / "in")
    return tmp_path / "in"


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} if folder.exists() else set()


ALL = {
    "phuong-an-don-gian-hoa.docx", "bao-cao-ket-qua.docx", "quy-trinh-noi-bo.docx",
    "du-thao-quyet-dinh.docx", "tong-hop.xlsx", "tong-hop.html",
}  # fmt: skip


def test_a_folder_of_proposals_becomes_joint_papers(tthc, proposals, tmp_path):
    left = tthc("report", proposals, "-o", tmp_path / "out")
    assert left.code == 0, left.err
    assert names(tmp_path / "out") == ALL
    assert "25 %" in left.out
    assert "16,67 %" in left.out
    assert str(tmp_path / "out" / "tong-hop.xlsx") in left.out
    rows = load_workbook(tmp_path / "out" / "tong-hop.xlsx")["Tổng hợp"]
    assert [rows[f"B{number}"].value for number in (5, 6)] == [
        "Process_cfs_son_la", "Process_cfs_cao_bang",
    ]  # fmt: skip


def test_records_and_drawings_give_the_same_papers(tthc, proposals, tmp_path):
    files = [proposals / each / "proposal.json" for each in ("a", "b")]
    assert tthc("report", *files, "-o", tmp_path / "one").code == 0
    assert tthc("report", FLOW, OTHER, "-o", tmp_path / "two").code == 0
    for each in ("tong-hop.xlsx", "tong-hop.html", "bao-cao-ket-qua.docx"):
        assert (tmp_path / "one" / each).read_bytes() == (tmp_path / "two" / each).read_bytes()


def test_the_same_file_given_twice_counts_once(proposals):
    found = report_sources([proposals, proposals / "a", proposals / "a" / "proposal.json"])
    assert len(found) == 2


def test_json_says_what_was_written_in_the_published_shape(tthc, proposals, tmp_path):
    left = tthc("report", proposals, "-o", tmp_path / "out", "--json")
    assert problems(left.json) == []
    assert {Path(each).name for each in left.json["files"].values()} == ALL
    assert [each["cut"]["time"] for each in left.json["procedures"]] == [0.25, 1 / 6]


class Outside(HTMLParser):
    """Collects every address of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_joint_page_holds_every_diagram_and_asks_nobody(tthc, proposals, tmp_path):
    assert tthc("report", proposals, "-o", tmp_path / "out").code == 0
    source = (tmp_path / "out" / "tong-hop.html").read_text("utf-8")
    seen = Outside(source)
    assert all(each.startswith("#") for each in seen.addresses)
    assert seen.tags.isdisjoint({"script", "img", "link", "iframe"})
    assert source.count("<svg") == 4
    assert "default-src &#x27;none&#x27;" in source
    assert "2/2 thủ tục đủ dữ liệu" in source


def test_an_own_template_is_filled_in(tthc, proposals, tmp_path):
    document = docx.Document()
    document.add_paragraph("{%p for p in procedures %}")
    document.add_paragraph("{{ p.procedure.locality }}: {{ p.told.time_cut }}")
    document.add_paragraph("{%p endfor %}")
    document.save(str(tmp_path / "mau.docx"))
    left = tthc("report", proposals, "-o", tmp_path / "out", "--template", tmp_path / "mau.docx")
    assert left.code == 0, left.err
    made = docx.Document(str(tmp_path / "out" / "theo-mau.docx"))
    assert [each.text for each in made.paragraphs] == ["Sơn La: 25 %", "Cao Bằng: 16,67 %"]


def test_where_the_template_is_wrong_nothing_is_written(tthc, proposals, tmp_path):
    document = docx.Document()
    document.add_paragraph("{{ ten_thu_tuc }}")
    document.save(str(tmp_path / "mau.docx"))
    left = tthc("report", proposals, "-o", tmp_path / "out", "--template", tmp_path / "mau.docx")
    assert left.code == 3
    assert "TF286" in left.err
    assert "ten_thu_tuc" in left.err
    assert names(tmp_path / "out") == set()


def changed(path: Path, change: Any) -> None:
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")


def lost_step(record: Any) -> None:
    del record["plan"]["steps"]["after"][0]


def lost_candidate(record: Any) -> None:
    record["plan"]["applied"][0]["id"] = "x"


def odd_input(record: Any) -> None:
    record["plan"]["benefits"][0]["missing"] = ["x"]


def odd_question(record: Any) -> None:
    record["candidates"][0]["preconditions"][0]["question_id"] = "x"


def wrong_type(record: Any) -> None:
    record["plan"]["before"]["norm_time"]["minutes"] = "3 ngày"


BROKEN = [lost_step, lost_candidate, odd_input, odd_question, wrong_type]


@pytest.mark.parametrize("change", BROKEN, ids=lambda each: each.__name__)
def test_a_record_that_does_not_fit_together_is_refused_whole(change, tthc, proposals, tmp_path):
    changed(proposals / "b" / "proposal.json", change)
    left = tthc("report", proposals, "-o", tmp_path / "out")
    assert left.code == 3
    assert "TF282" in left.err
    assert str(proposals / "b" / "proposal.json") in left.err
    assert names(tmp_path / "out") == set()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TF281"),
        (b"{", "TF281"),
        (b"\xff\xfe\x00", "TF281"),
        (b"[" * 100_000, "TF281"),
        (b'{"a": NaN}', "TF281"),
        (b"{}", "TF282"),
        (b"[]", "TF282"),
        (b'{"schema_version": 1, "command": "measure"}', "TF282"),
    ],
)
def test_what_is_no_record_is_refused_with_a_code(data, code, tthc, tmp_path):
    (tmp_path / "a.json").write_bytes(data)
    left = tthc("report", tmp_path / "a.json", "-o", tmp_path / "out", "--json")
    assert left.code == 3
    assert left.json["error"]["code"] == code
    assert problems(left.json) == []
    assert names(tmp_path / "out") == set()


def test_a_foreign_picture_beside_a_record_is_refused(tthc, proposals, tmp_path):
    (proposals / "a" / "after.svg").write_text("<svg><script>alert(1)</script></svg>", "utf-8")
    left = tthc("report", proposals, "-o", tmp_path / "out")
    assert (left.code, "TF284" in left.err) == (3, True)


def test_a_record_without_its_pictures_still_makes_papers(tthc, proposals, tmp_path):
    for each in proposals.glob("*/*.svg"):
        each.unlink()
    assert tthc("report", proposals, "-o", tmp_path / "out").code == 0
    assert "<svg" not in (tmp_path / "out" / "tong-hop.html").read_text("utf-8")


def test_an_empty_folder_and_a_missing_file_are_told_apart(tthc, tmp_path):
    (tmp_path / "empty").mkdir()
    for place, code in ((tmp_path / "empty", "TF285"), (tmp_path / "none.json", "TF201")):
        left = tthc("report", place, "-o", tmp_path / "out")
        assert (left.code, code in left.err) == (3, True)
    assert tthc("report", "-o", tmp_path / "out").code == 2


def test_records_in_another_language_or_convention_are_not_mixed(tthc, proposals, tmp_path):
    left = tthc("report", proposals, "-o", tmp_path / "out", "--lang", "en")
    assert "TF283" in left.err
    strict = propose(OTHER, convention="strict")
    save({"record": papers(strict)["record"]}, proposals / "b")
    left = tthc("report", proposals, "-o", tmp_path / "out")
    assert "TF115" in left.err
    assert names(tmp_path / "out") == set()


def test_in_english_there_are_the_workbook_and_the_page(tthc, tmp_path):
    left = tthc("report", FLOW, "-o", tmp_path / "out", "--lang", "en")
    assert left.code == 0, left.err
    assert names(tmp_path / "out") == {"tong-hop.xlsx", "tong-hop.html"}
    sheets = load_workbook(io.BytesIO((tmp_path / "out" / "tong-hop.xlsx").read_bytes()))
    assert sheets.sheetnames[0] == "Overview"


def test_what_was_there_stays_where_a_paper_cannot_be_written(tthc, proposals, tmp_path):
    (tmp_path / "out" / "tong-hop.html").mkdir(parents=True)
    left = tthc("report", proposals, "-o", tmp_path / "out")
    assert (left.code, "TF601" in left.err) == (3, True)
    assert names(tmp_path / "out") == {"tong-hop.html"}
