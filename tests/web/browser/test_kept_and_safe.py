"""What is kept over a reload, what two windows do to each other, and what names cannot do."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tthc_flow.web.serving import Place
from web.browser.window import Window

SON_LA = "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
EVIL = "&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;&lt;script&gt;window.hit=1&lt;/script&gt;"


def test_a_reload_keeps_the_project_and_the_place_in_it(window: Window, root: Path):
    window.review(root / SON_LA)
    window.panel("questions")
    window.mode("compare")
    window.page.reload()
    window.ready()
    assert window.page.get_attribute("body", "data-tab") == "review"
    assert window.page.get_attribute('[data-key="panel-questions"]', "aria-selected") == "true"
    window.page.wait_for_selector('[data-side="after"] .djs-shape')
    window.page.go_back()
    window.rest()
    assert window.page.get_attribute("body", "data-tab") == "load"


def test_another_language_keeps_what_was_typed(window: Window, root: Path):
    window.review(root / SON_LA)
    window.panel("step")
    window.page.select_option("#step-picked", "Step_3")
    window.page.fill('[data-key="fact-Step_3-time"]', "2 ngày")
    window.click("lang-en")
    assert window.page.input_value('[data-key="fact-Step_3-time"]') == "2 ngày"
    assert "Processing time" in window.text("#totals")
    assert window.page.get_attribute("html", "lang") == "en"
    assert "cut by 25 %" in window.cut()
    window.page.reload()
    window.ready()
    assert "Review" in window.text("#top")


def test_two_windows_do_not_overwrite_each_other(window: Window, root: Path):
    window.review(root / SON_LA)
    other = window.context.new_page()
    window.listen(other)
    other.goto(window.page.url)
    other.wait_for_selector('[data-key="reject-drop_relay:Step_4"]')
    follow = """() => {
        document.addEventListener("visibilitychange", (event) => event.stopImmediatePropagation(),
            true);
        window.addEventListener("focus", (event) => event.stopImmediatePropagation(), true);
    }"""
    other.evaluate(follow)
    for page, reason in ((window.page, "cửa sổ một"), (other, "cửa sổ hai")):
        page.click('[data-key="reject-drop_relay:Step_4"]')
        page.keyboard.type(reason)
        page.click('[data-key="send-rule-drop_relay:Step_4-reject"]')
        page.wait_for_selector('[data-candidate="drop_relay:Step_4"] .ruled')
    other.wait_for_selector(".notice.warn")
    assert "cửa sổ khác" in other.inner_text("#notices")
    assert "cửa sổ một" in other.inner_text('[data-candidate="drop_relay:Step_4"]')


def test_a_window_that_comes_back_follows_the_other(window: Window, root: Path):
    window.review(root / SON_LA)
    other = window.context.new_page()
    window.listen(other)
    other.goto(window.page.url)
    other.wait_for_selector('[data-key="reject-drop_relay:Step_4"]')
    window.click("reject-drop_relay:Step_4")
    window.page.keyboard.type("không phù hợp")
    window.click("send-rule-drop_relay:Step_4-reject")
    other.evaluate("window.dispatchEvent(new Event('focus'))")
    other.wait_for_selector('[data-candidate="drop_relay:Step_4"] .ruled.rejected')


def moved(window: Window) -> None:
    """Move a step in the drawing and do not save it."""
    window.mode("draw")
    box = window.page.locator('[data-element-id="Step_3"]').first.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    window.page.mouse.move(*middle)
    window.page.mouse.down()
    window.page.mouse.move(middle[0] + 40, middle[1], steps=4)
    window.page.mouse.up()
    window.page.wait_for_selector('[data-key="draw-drop"]:not(:disabled)')


def test_a_drawing_that_is_not_saved_stops_other_actions(window: Window, root: Path):
    window.review(root / SON_LA)
    moved(window)
    window.click("accept-drop_relay:Step_4")
    window.click("send-rule-drop_relay:Step_4-accept")
    assert "chưa được lưu" in window.said()
    window.click("draw-drop")
    window.page.wait_for_selector('[data-key="draw-save"]:disabled')
    window.click("send-rule-drop_relay:Step_4-accept")
    assert window.page.locator('[data-candidate="drop_relay:Step_4"] .ruled').count() == 1


def test_a_drawing_on_an_old_version_never_overwrites_the_new_one(window: Window, root: Path):
    window.review(root / SON_LA)
    moved(window)
    other = window.context.new_page()
    window.listen(other)
    other.goto(window.page.url.replace("mode=draw", "mode=look"))
    other.click('[data-key="accept-drop_relay:Step_4"]')
    other.click('[data-key="send-rule-drop_relay:Step_4-accept"]')
    other.wait_for_selector('[data-candidate="drop_relay:Step_4"] .ruled')
    window.click("draw-save")
    assert "cửa sổ khác" in window.said()
    window.click("draw-save")
    assert "bản cũ" in window.said()
    assert window.page.locator('[data-candidate="drop_relay:Step_4"] .ruled').count() == 1
    window.click("draw-drop")
    window.page.wait_for_selector('[data-key="draw-save"]:disabled')


def test_names_with_scripts_stay_letters(window: Window, root: Path, tmp_path: Path):
    text = (root / SON_LA).read_text("utf-8").replace("Ký trình", EVIL)
    file = tmp_path / "<img src=x onerror=window.hit=1>.bpmn"
    file.write_text(text, "utf-8")
    window.review(file)
    for panel in ("questions", "notes", "step"):
        window.panel(panel)
    window.page.select_option("#step-picked", "Step_3")
    assert "<img src=x" in window.text("form.facts h3")
    for mode in ("compare", "walk", "draw"):
        window.mode(mode)
    window.click("tab-export")
    window.page.wait_for_selector(".files li")
    assert window.page.evaluate("window.hit") is None
    assert window.page.locator("img[onerror]").count() == 0


def test_a_server_that_is_gone_is_told_and_tried_again(window: Window, root: Path):
    window.review(root / SON_LA)
    window.context.route("**/api/**", lambda route: route.abort())
    window.click("accept-drop_relay:Step_4")
    window.click("send-rule-drop_relay:Step_4-accept")
    assert "Không liên lạc được" in window.said()
    window.context.unroute("**/api/**")
    window.page.click(".notice button.primary")
    window.rest()
    assert window.page.locator(".notice").count() == 0
    window.click("send-rule-drop_relay:Step_4-accept")
    assert window.page.locator('[data-candidate="drop_relay:Step_4"] .ruled').count() == 1


def test_without_the_address_of_the_window_nobody_comes_in(browser: Browser, listening: Place):
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"http://127.0.0.1:{listening.door.port}/")
    assert answer is not None
    assert answer.status in {401, 403}
    context.close()
