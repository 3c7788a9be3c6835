"""Any width, no mouse, no eyes: and the sign of bpmn.io is always seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tthc_flow.web.serving import Place
from web.browser.window import Window

SON_LA = "processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn"
MODES = ("look", "compare", "walk", "draw")

COVERED = """() => [...document.querySelectorAll('.bjs-powered-by')].map((sign) => {
    sign.scrollIntoView({ block: 'center' });
    const box = sign.getBoundingClientRect();
    const points = [[.03, .03], [.97, .03], [.5, .5], [.03, .97], [.97, .97]].map(([x, y]) =>
        document.elementFromPoint(box.x + x * box.width, box.y + y * box.height));
    const seen = getComputedStyle(sign);
    return box.width >= 50 && box.height >= 20 && seen.visibility === 'visible'
        && Number(seen.opacity) === 1 && points.every((part) => sign.contains(part));
})"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("width", [375, 1440])
def test_the_sign_of_bpmn_io_is_seen_whole_and_nothing_is_too_wide(
    browser: Browser, listening: Place, root: Path, width: int
):
    window = Window.opened(browser, listening.address, width)
    assert window.page.evaluate(TOO_WIDE) <= 0
    window.bring(root / SON_LA)
    window.drawn()
    assert window.page.evaluate(COVERED) == [True]
    window.click("go-review")
    for mode in MODES:
        window.mode(mode)
        window.page.wait_for_timeout(150)
        signs = window.page.evaluate(COVERED)
        assert signs == [True] * (2 if mode == "compare" else 1), mode
        assert window.page.evaluate(TOO_WIDE) <= 0, mode
    window.click("tab-export")
    assert window.page.evaluate(TOO_WIDE) <= 0
    window.context.close()


def test_the_page_has_no_serious_barrier(window: Window, root: Path):
    page = window.page
    if page.locator("#load").is_visible():
        assert serious(page) == []
    window.bring(root / SON_LA)
    window.drawn()
    assert serious(page) == []
    window.click("go-review")
    page.click("#panel .card.unknown .title >> nth=0")
    page.click('[data-key="reject-drop_relay:Step_4"]')
    assert serious(page) == []
    window.panel("questions")
    page.click(".question summary >> nth=0")
    window.mode("compare")
    window.page.click('[data-key="change-next"]')
    assert serious(page) == []
    window.panel("step")
    page.select_option("#step-picked", "Step_3")
    window.mode("walk")
    assert serious(page) == []
    window.mode("draw")
    assert serious(page) == []
    window.click("tab-export")
    page.wait_for_selector(".files li")
    assert serious(page) == []


def reach(page: Page, selector: str, key: str = "Tab", most: int = 80) -> None:
    """Press *key* until the focus is on *selector*, and see that one sees where it is."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown != "none", selector
            return
    pytest.fail(f"{selector} is not reached by {key}")


def test_the_whole_way_goes_without_a_mouse(window: Window, root: Path):
    page = window.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.set_input_files("#file", root / SON_LA)
    page.wait_for_selector('[data-key="go-review"]')
    window.drawn()
    reach(page, '[data-key="go-review"]')
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="tab"]')
    reach(page, '[role="tab"]')
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('[data-key="panel-questions"][aria-selected="true"]')
    page.keyboard.press("ArrowLeft")
    reach(page, '[data-key="reject-drop_relay:Step_4"]')
    page.keyboard.press("Enter")
    page.keyboard.type("Không phù hợp")
    reach(page, '[data-key="send-rule-drop_relay:Step_4-reject"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".ruled.rejected")
    page.keyboard.press("Control+z")
    page.wait_for_selector(".ruled.rejected", state="detached")
    reach(page, '[data-key="mode-look"]', "Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector('[data-side="after"] .djs-shape')
    reach(page, '[data-side="before"] svg')
    page.keyboard.press("n")
    page.wait_for_selector(".changes [aria-current]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".changes [aria-current]", state="detached")
    reach(page, '[data-key="tab-export"]', "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".files a")
    reach(page, ".files a")
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert got.value.suggested_filename


def test_on_paper_stands_the_summary_alone(window: Window, root: Path):
    window.review(root / SON_LA)
    window.click("tab-export")
    window.page.evaluate(
        "() => { window.print = () => { document.body.dataset.printed = 'yes'; }; }"
    )
    window.page.click('[data-key="print"]')
    window.page.wait_for_selector("body[data-printed]")
    window.page.emulate_media(media="print")
    told = window.text("#sheet")
    assert "Bỏ bước 4" in told
    assert "Câu hỏi chưa trả lời" in told
    assert not window.page.locator("#top").is_visible()
    assert window.page.locator("#sheet img").is_visible()
