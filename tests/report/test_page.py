"""The page: self-contained, every text escaped, the parts that the paper needs, both languages."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from report.told import COUNCIL, HARM, PICTURES, PRESS, harmful, made, record
from tthc_flow.bpmn.read import read
from tthc_flow.report.markdown import markdown
from tthc_flow.report.page import page
from tthc_flow.report.story import story
from tthc_flow.verbs.papers import papers
from tthc_flow.verbs.propose import propose

VOID = {"meta", "br", "hr", "img", "link"}


class Outline(HTMLParser):
    """What a browser would see: open elements that fit, links, addresses, text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.headings: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} {name}"
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "action", "srcset", "data"}:
                self.addresses.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"h2", "h1"}:
            self.headings.append(data)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", [PRESS, COUNCIL], ids=lambda path: path.parent.name)
def test_the_page_asks_no_network_and_runs_no_script(path, lang):
    source = made(path, lang)["report"]
    seen = Outline(source)
    assert seen.open == []
    assert seen.addresses == []
    assert seen.tags.isdisjoint({"script", "link", "iframe", "object", "embed", "img", "form"})
    assert all(link.startswith("#") for link in seen.links)
    assert "default-src 'none'" in unescape(source)
    assert not re.search(r"url\((?!#)|@import", source)
    assert f'<html lang="{lang}">' in source


def test_every_anchor_of_the_contents_leads_somewhere():
    seen = Outline(made(PRESS)["report"])
    assert {link.removeprefix("#") for link in seen.links} <= set(seen.ids)
    own = [each for each in seen.ids if not each.endswith("-h")]
    assert len(own) >= 9


def test_the_page_has_the_parts_of_the_annex_in_their_order():
    expected = [
        "Kết quả",
        "Nội dung thay đổi",
        "Sơ đồ trước và sau",
        "Đề xuất đã áp dụng",
        "Thẩm quyền thực hiện",
        "Cắt giảm theo vai trò",
        "Chi phí tuân thủ",
        "Chứng minh phương án chạy được",
        "Phát hiện về tệp đầu vào",
    ]
    found = Outline(made(PRESS)["report"]).headings
    assert [each for each in found if each in expected] == expected
    assert found[0].startswith("Phương án đơn giản hóa: ")


def test_page_and_text_tell_the_same_story():
    told = story(record(PRESS))
    text = markdown(told, PICTURES)
    for section in told.sections:
        assert f"## {section.title}" in text
        assert section.title in made(PRESS)["report"]


def test_every_text_of_a_hostile_record_is_escaped():
    told = story(harmful(record(COUNCIL)))
    source = page(told, PICTURES)
    assert source.count("&lt;script&gt;") > 20
    assert "<script" not in source
    Outline(source)
    text = re.sub(r"^(~~~+)\n.*?^\1$", "", markdown(told, PICTURES), flags=re.DOTALL | re.MULTILINE)
    assert "<script" not in text.replace("\\<script", "")


def test_a_file_whose_names_are_scripts_makes_a_harmless_page():
    hostile = HARM.replace("<", "&lt;").replace('"', "&quot;")
    text = PRESS.read_text("utf-8")
    text = re.sub(
        r'(<bpmn:(?:userTask|lane|participant|process)[^>]* name=")[^"]*', rf"\1{hostile}", text
    )
    reading = read(text.encode())
    assert any(step.name == HARM for step in reading.procedures[0].flow.steps)
    for name, data in papers(propose(reading)).items():
        if name.startswith(("svg", "report")):
            assert "<script" not in data.decode()
            Outline(data.decode())


def test_a_missed_target_says_what_is_missing_and_what_it_would_save():
    text = made(COUNCIL)["markdown"]
    assert "chưa đạt mục tiêu năm 2025 (30 %)" in text
    lines = [line for line in text.splitlines() if line.startswith("- Còn thiếu dữ liệu để")]
    assert lines
    assert all("thì giảm thêm" in line for line in lines)
    assert any("ngày làm việc" in line for line in lines)


def test_a_reached_target_is_said_to_be_reached():
    changed = record(PRESS)
    changed["plan"]["cut"]["time"] = 0.42
    text = markdown(story(changed), PICTURES)
    assert "Cắt giảm 42 % thời gian giải quyết, đạt mục tiêu năm 2025 (30 %)." in text
    assert "chưa đạt mục tiêu năm 2026 (50 %)" in text
    changed["plan"]["cut"]["time"] = 0.5
    assert "chưa đạt" not in markdown(story(changed), PICTURES)


def test_a_cut_that_was_asked_for_stands_among_the_targets():
    changed = record(PRESS)
    changed["plan"]["targets"]["time"] = 0.2
    changed["plan"]["cut"]["time"] = 0.25
    told = story(changed)
    assert "đạt mức được yêu cầu (20 %)." in markdown(told, PICTURES)
    assert "Yêu cầu: 20 %" in page(told, PICTURES)


def test_an_unknown_cut_names_the_steps_without_a_time():
    changed = record(PRESS)
    plan = changed["plan"]
    plan["cut"]["time"] = None
    step = plan["before"]["norm_time"]["path"][0]
    plan["before"]["unknown_times"] = plan["after"]["unknown_times"] = [step]
    text = markdown(story(changed), PICTURES)
    assert "chưa rõ thời gian của các bước: " + changed["labels"][step] in text


def test_times_that_are_estimates_are_said_to_be_so():
    changed = record(PRESS)
    times = changed["plan"]["before"]["time_evidence"]
    times["estimate"] = [times["legal_limit"].pop()]
    text = markdown(story(changed), PICTURES)
    name = changed["labels"][times["estimate"][0]]
    assert f"là số ước tính, cần xác minh trước khi trình: {name}" in text
    assert "1 ước tính" in text


def test_a_step_that_became_automatic_is_one_sentence():
    changes = made(PRESS)["markdown"].partition("## Nội dung thay đổi")[2].partition("##")[0]
    automatic = [line for line in changes.splitlines() if "thực hiện ngay trên hệ thống" in line]
    assert automatic
    assert all("(hiện hành: " in line for line in automatic)
    assert "Rút ngắn" not in changes


def test_open_questions_say_whom_to_ask_and_which_answer_would_do():
    text = made(COUNCIL)["markdown"].partition("## Cần bổ sung dữ liệu")[2].partition("\n## ")[0]
    asked = [line for line in text.splitlines() if line.startswith("- **cần dữ liệu**")]
    assert asked
    questions = [line for line in asked if "(hỏi: " in line]
    assert questions
    assert all("Câu trả lời cho phép áp dụng:" in line for line in questions)
    assert all(line in questions or "→ Cần: " in line for line in asked)


def test_what_a_law_is_undecided_about_is_told_by_names_not_ids():
    text = made(PRESS)["markdown"].partition("## Chứng minh")[2].partition("\n## ")[0]
    assert text.count("- **") == 8
    assert not re.search(r"Step\\?_\d", text)


def test_both_cost_methods_are_told_apart_with_what_is_missing():
    text = made(PRESS)["markdown"].partition("## Chi phí tuân thủ")[2].partition("\n## ")[0]
    assert text.count("### ") == 2
    assert text.count("Chưa tính được, còn thiếu:") == 2


def test_a_known_cost_shows_every_input_with_its_evidence_and_source():
    changed = record(PRESS)
    source = {"document": "QĐ 2816/QĐ-UBND", "place": None, "date": None}
    given = [
        {"name": "dossiers", "value": 10, "evidence": "measured", "source": source},
        {"name": "hourly_income", "value": 40000, "evidence": "estimate", "source": None},
    ]
    plan = changed["plan"]
    for side, yearly in (("before", 32_000_000), ("after", 28_800_000)):
        plan["costs"][side][1].update(yearly=yearly, missing=[], inputs=given)
    plan["benefits"][1].update(saved=3_200_000, rate=0.1, missing=[])
    text = markdown(story(changed), PICTURES)
    assert "| số hồ sơ một năm | 10 | 10 | đo thực tế | QĐ 2816/QĐ-UBND |" in text
    assert "| 40.000 đồng | 40.000 đồng | ước tính | chưa ghi nguồn |" in text
    told = (
        "Trước 32.000.000 đồng, sau 28.800.000 đồng, tiết kiệm 3.200.000 đồng một năm, tỷ lệ 10 %."
    )
    assert told in text


def test_roles_have_percentages_and_add_up():
    plan = record(PRESS)["plan"]
    text = made(PRESS)["markdown"].partition("## Cắt giảm theo vai trò")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]
    assert rows[-1][0] == "| Cộng"
    assert int(rows[-1][1]) == plan["before"]["steps"] == sum(int(row[1]) for row in rows[:-1])
    assert any(row[-1].startswith(("100 %", "50 %", "33,33 %", "25 %")) for row in rows)
