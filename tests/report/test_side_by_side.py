"""The page of a comparison: self-contained, safe, and its steps show the shared element."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from attrs import evolve

from measures.flows import procedure, step
from tthc_flow.bpmn.build import build
from tthc_flow.bpmn.read import read
from tthc_flow.layout.fresh import lay_out
from tthc_flow.model.step import TaskType
from tthc_flow.verbs.compare import compare
from tthc_flow.verbs.compare_papers import COMPARE_NAMES, compare_papers, save_comparison

HARM = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
RECEIVE = step("a", 1, name="Tiếp nhận hồ sơ")
EXAMINE = step("b", 3, name="Thẩm định hồ sơ")
SIGN = step("c", 1, name="Ký duyệt")


def file(*steps, name="Cấp giấy phép"):
    given = procedure(*steps, name=name)
    return read(build(given, lay_out(given)).data)


BEFORE = file(RECEIVE, EXAMINE, SIGN)
AFTER = file(RECEIVE, evolve(SIGN, task=TaskType.SERVICE))


def page(before=BEFORE, after=AFTER, lang="vi"):
    return compare_papers(compare(before, after), lang)["page"].decode()


def test_the_page_asks_no_network_and_runs_only_its_own_script():
    text = page()
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    assert "eval" not in script
    assert "innerHTML" not in script


def test_harmful_names_stay_text():
    text = page(file(RECEIVE, EXAMINE, name=HARM), file(RECEIVE, evolve(EXAMINE, name=HARM)))
    assert text.count("<script") == 1
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_each_change_is_a_button_with_its_place_in_both_diagrams():
    text = page()
    assert text.count('<button type="button" data-before=') == 3  # and what was drawn anew
    places = [unescape(each) for each in re.findall(r'data-(?:before|after)="([^"]*)"', text)]
    assert places[:4] == [
        '{"ids": ["b"], "near": false}',
        '{"ids": ["a", "c"], "near": true}',
        '{"ids": ["c"], "near": false}',
        '{"ids": ["c"], "near": false}',
    ]


def test_both_languages_have_every_word():
    assert "Thay đổi tiếp theo" in page()
    english = page(lang="en")
    assert "Next change" in english
    assert not re.search(r"kind-|step-next|zoom-", re.sub(r"<style>.*?</style>", "", english))


def test_what_only_stands_elsewhere_is_told_without_a_mark():
    drawing = BEFORE.document.drawings[0]
    moved = {"b": evolve(drawing.shapes["b"], bounds=evolve(drawing.shapes["b"].bounds, y=300))}
    redrawn = build(BEFORE.procedures[0], evolve(drawing, shapes={**drawing.shapes, **moved}))
    found = compare(BEFORE, read(redrawn.data))
    text = compare_papers(found)["page"].decode()
    assert "Chỉ đổi hình vẽ: dời chỗ 1 hình; nội dung quy trình giữ nguyên." in text
    assert 'class="legend"' in text
    assert '<i class="changed"' not in text
    assert '"ids": ["b"]' in unescape(text)


def test_the_papers_of_a_comparison_are_a_folder_or_one_file(tmp_path):
    found = compare(BEFORE, AFTER)
    made = save_comparison(found, tmp_path / "all")
    assert sorted(made) == sorted(COMPARE_NAMES)
    text = Path(made["markdown"]).read_text("utf-8")
    assert "![Sơ đồ trước](before.svg)" in text
    assert "- Bỏ bước “Thẩm định hồ sơ”" in text
    for ending in ("html", "md", "svg", "json"):
        (path,) = save_comparison(found, tmp_path / f"one.{ending}").values()
        assert path.endswith(f"one.{ending}")
    assert "](before.svg)" not in (tmp_path / "one.md").read_text("utf-8")


def test_equal_files_have_a_page_too():
    text = page(BEFORE, BEFORE)
    assert "Hai sơ đồ không khác nhau." in text


BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.mark.skipif(BROWSER is None, reason="no chromium to open the page in: make browser")
class TestInABrowser:
    """The page as a browser leaves it after its script ran."""

    @staticmethod
    def opened(tmp_path, text, step_="", size="1200,800"):
        """Return the document after loading it at *step_*, as the browser prints it."""
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={size}",
            "--virtual-time-budget=2000",
            "--dump-dom",
        ]
        address = f"{(tmp_path / 'page.html').as_uri()}{step_}"
        done = subprocess.run(
            [BROWSER, *flags, address], capture_output=True, check=True, timeout=90
        )
        return done.stdout.decode()

    @staticmethod
    def panes(document):
        """Return for each pane what it shows and the box that is seen."""
        found = re.findall(
            r'<div class="pane[^"]*" data-pane="(\w+)"([^>]*)>\s*<svg[^>]*viewBox="([^"]*)"',
            document,
        )
        shows = {side: re.search(r'data-shows="([^"]*)"', more) for side, more, _ in found}
        boxes = {side: [float(n) for n in box.split()] for side, _, box in found}
        return {side: (shows[side] and shows[side][1], boxes[side]) for side in boxes}

    def test_a_step_centres_both_diagrams_on_the_shared_element_at_one_scale(self, tmp_path):
        panes = self.panes(self.opened(tmp_path, page(), "#c2"))
        assert panes["before"][0] == panes["after"][0] == "c"
        for side, reading in (("before", BEFORE), ("after", AFTER)):
            x, y, width, height = panes[side][1]
            centre = reading.document.drawings[0].shapes["c"].bounds.centre
            assert abs(x + width / 2 - centre.x) < 15
            assert abs(y + height / 2 - centre.y) < 15
        assert panes["before"][1][2:] == pytest.approx(panes["after"][1][2:], rel=0.01)

    def test_what_is_gone_shows_the_gap_that_it_leaves(self, tmp_path):
        document = self.opened(tmp_path, page(), "#c1")
        panes = self.panes(document)
        assert (panes["before"][0], panes["after"][0]) == ("b", "a c")
        assert document.count('class="ring near"') == 2
        assert 'data-current="1"' in document
        assert document.count('aria-current="step"') == 1

    def test_without_a_step_both_diagrams_are_seen_whole(self, tmp_path):
        document = self.opened(tmp_path, page())
        assert 'data-current="0"' in document
        for side, (shows, (x, y, width, height)) in self.panes(document).items():
            reading = BEFORE if side == "before" else AFTER
            assert shows is None
            for shape in reading.document.drawings[0].shapes.values():
                box = shape.bounds
                assert x <= box.x
                assert y <= box.y
                assert x + width >= box.right
                assert y + height >= box.bottom

    def test_buttons_keys_zoom_and_drag_move_both_diagrams_alike(self, tmp_path):
        play = """
          const press = (key, at = document.body) =>
            at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
          const seen = () => [...document.querySelectorAll("[data-pane] svg")]
            .map((svg) => svg.getAttribute("viewBox").split(" ").map(Number));
          const log = [];
          document.querySelector('[data-do="next"]').click();
          log.push(document.documentElement.dataset.current);
          press("n"); log.push(document.documentElement.dataset.current);
          press("p"); log.push(document.documentElement.dataset.current);
          press("p"); log.push(document.documentElement.dataset.current);
          let was = seen();
          press("ArrowRight", document.querySelector("[data-pane]"));
          let now = seen();
          const moved = now.map((box, i) => Math.round(box[0] - was[i][0]));
          log.push(moved[0] > 0 && moved[0] === moved[1] ? "panned" : `not ${moved}`);
          was = now; document.querySelector('[data-do="in"]').click(); now = seen();
          const zoomed = now.map((box, i) => (was[i][2] / box[2]).toFixed(2));
          log.push(zoomed.join());
          press("Escape"); log.push(document.documentElement.dataset.current);
          document.title = log.join("|");
        """
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page())
        text = text.replace("</body>", f"<script>{play}</script></body>")
        document = self.opened(tmp_path, text)
        assert re.search(r"<title>([^<]*)</title>", document)[1] == "1|2|1|3|panned|1.30,1.30|0"

    def test_harmful_names_run_nothing_even_without_the_policy(self, tmp_path):
        harmful = f"{HARM}<b>"
        text = page(file(RECEIVE, EXAMINE), file(RECEIVE, evolve(EXAMINE, name=harmful)))
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        document = self.opened(tmp_path, text, "#c1")
        assert 'data-current="1"' in document
        assert "<img" not in document
        assert document.count("<script") == 1


POOLS = {"p": ("Sở Nội vụ", "Tiếp nhận", "Trả kết quả"), "q": ("Người dân", "Nộp hồ sơ")}
COLLABORATION = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><collaboration id="c">'
    + "".join(f'<participant id="of-{p}" name="{POOLS[p][0]}" processRef="{p}"/>' for p in POOLS)
    + "</collaboration>"
    + "".join(
        f'<process id="{p}">'
        + "".join(f'<task id="{p}{n}" name="{name}"/>' for n, name in enumerate(POOLS[p][1:]))
        + "</process>"
        for p in POOLS
    )
    + '<di:BPMNDiagram><di:BPMNPlane bpmnElement="c">'
    + "".join(
        f'<di:BPMNShape bpmnElement="{element}"><dc:Bounds x="{x}" y="{y}" width="{wide}" '
        f'height="{high}"/></di:BPMNShape>'
        for element, x, y, wide, high in (
            ("of-p", 0, 0, 400, 150),
            ("p0", 60, 30, 100, 80),
            ("p1", 220, 30, 100, 80),
            ("of-q", 0, 200, 400, 150),
            ("q0", 60, 230, 100, 80),
        )
    )
    + "</di:BPMNPlane></di:BPMNDiagram></definitions>"
).encode()


def test_another_pool_on_the_sheet_is_drawn_with_what_is_in_it():
    picture = compare_papers(compare(COLLABORATION, COLLABORATION))["svg_before"].decode()
    assert "Trả kết quả" in picture
    assert "Nộp hồ sơ" in picture
