"""The pictures of the studio for the documentation, taken in a browser, in both languages.

    .venv/bin/python tools/studio_pictures.py

needs chromium (`make browser`). It takes the way of docs/vi/start-staff.md: from the table of steps
in Word, over the answers, to the files; the pictures go to docs/images/studio-<what>.<lang>.webp.
"""

from __future__ import annotations

import base64
import threading
from pathlib import Path
from shutil import which
from typing import Final

from playwright.sync_api import Page, Playwright, ViewportSize, sync_playwright

from tthc_flow.web.serving import place, serve
from tthc_flow.web.shelf import Shelf

ROOT: Final = Path(__file__).resolve().parents[1]
IMAGES: Final = ROOT / "docs" / "images"
TABLE: Final = ROOT / "docs" / "demo" / "bang-cac-buoc.docx"
SIZE: Final = ViewportSize(width=1280, height=760)
QUALITY: Final = 80
SETTLED: Final = 500
ANSWERS: Final = {
    "assignment-needs-discretion|Step_2": "QĐ 01763/QĐ-UBND tỉnh Cà Mau",
    "rule-names-the-step|Step_4": "QĐ 2031/QĐ-UBND tỉnh Cao Bằng",
    "registers-legal-record|Step_4": "QĐ 2811/QĐ-UBND tỉnh Đồng Nai",
    "paper-original-required|Step_4": "QĐ 2031/QĐ-UBND tỉnh Cao Bằng",
    "paper-original-required|Step_6": "QĐ 2969/QĐ-UBND tỉnh Sơn La",
}
"""The source of each answer; all are answered with no, as in the shipped procedure."""


def press(page: Page, key: str) -> None:
    """Press the part of the page that is known as *key*."""
    page.click(f'[data-key="{key}"]')
    rest(page)


def rest(page: Page) -> None:
    """Wait until nothing is computed any more."""
    page.wait_for_selector("#top:not(.busy)", state="attached")


def picture(page: Page, name: str) -> None:
    """Take the picture *name* once nothing moves any more."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLED)
    asked = {"format": "webp", "quality": QUALITY}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    (IMAGES / f"studio-{name}.webp").write_bytes(base64.b64decode(taken["data"]))


def fill_in(page: Page, question: str, source: str) -> None:
    """Answer *question* with no and its source, without sending it."""
    box = page.locator(f'[data-question="{question}"]')
    box.evaluate(
        "box => { for (let at = box; at; at = at.parentElement.closest('details')) at.open = true }"
    )
    page.check(f'[data-key="answer-reply-{question}-no"]')
    page.fill(f'[data-key="answer-source-{question}"]', source)
    box.evaluate("box => box.scrollIntoView({ block: 'start' })")


def way(page: Page, lang: str) -> None:
    """Go from the table in Word to the files, and take a picture of each step."""
    press(page, f"lang-{lang}")
    page.set_input_files("#file", TABLE)
    page.wait_for_selector('[data-key="go-review"]')
    page.wait_for_selector("#stage .djs-shape")
    picture(page, f"load.{lang}")
    press(page, "go-review")
    press(page, "panel-questions")
    for question, source in ANSWERS.items():
        fill_in(page, question, source)
        if question == "rule-names-the-step|Step_4":
            picture(page, f"question.{lang}")
        press(page, f"send-{question}")
    press(page, "panel-candidates")
    press(page, "card-drop_relay:Step_4")
    picture(page, f"review.{lang}")
    press(page, "mode-compare")
    page.wait_for_selector('[data-side="after"] .djs-shape')
    press(page, "change-next")
    picture(page, f"compare.{lang}")
    press(page, "tab-export")
    page.wait_for_selector(".files li")
    picture(page, f"export.{lang}")


def taken(playwright: Playwright, lang: str) -> None:
    """Start a studio of its own and walk through it in one language."""
    where, ready = place(), threading.Event()
    told = (where, Shelf(), lambda _server: ready.set())
    threading.Thread(target=serve, args=told, daemon=True).start()
    ready.wait()
    browser = playwright.chromium.launch(
        executable_path=which("chromium") or which("chromium-browser"), args=["--no-sandbox"]
    )
    page = browser.new_page(viewport=SIZE)
    page.goto(where.address)
    page.wait_for_selector("body[data-ready]")
    way(page, lang)
    browser.close()


def main() -> None:
    """Take the pictures in each language."""
    with sync_playwright() as playwright:
        for lang in ("vi", "en"):
            taken(playwright, lang)


if __name__ == "__main__":
    main()
