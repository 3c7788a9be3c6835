"""A window of the browser on the studio, and the ways an officer takes through it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attrs import define, field

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

PATIENCE = 15_000
EXPECTED = ("status of 4", "ERR_CONNECTION", "ERR_FAILED")


@define(slots=False)
class Window:
    """A page in a context of its own; *strangers* are addresses that are not the studio's.

    *complaints* are errors of the page's own code and what its policy refused.
    """

    context: BrowserContext
    page: Page
    address: str
    strangers: list[str] = field(factory=list)
    complaints: list[str] = field(factory=list)

    @classmethod
    def opened(cls, browser: Browser, address: str, width: int = 1440) -> Window:
        """Return a window on *address* in a context without any memory."""
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE)
        window = cls(context=context, page=context.new_page(), address=address)
        context.route("**/*", window.only_here)
        window.listen(window.page)
        window.page.goto(address)
        window.ready()
        return window

    def listen(self, page: Page) -> None:
        """Note what goes wrong on *page*."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.note)

    def note(self, message: ConsoleMessage) -> None:
        """Note an error in the console; a refused request is told by the page itself."""
        if message.type == "error" and not any(each in message.text for each in EXPECTED):
            self.complaints.append(message.text)

    def only_here(self, route: Route) -> None:
        """Let through what goes to the studio; note and stop the rest."""
        url = route.request.url
        here = urlsplit(self.address).netloc
        if url.startswith(("data:", "blob:")) or urlsplit(url).netloc == here:
            route.continue_()
        else:
            self.strangers.append(url)
            route.abort()

    def ready(self) -> None:
        """Wait until the page has its words and its project, and computes nothing."""
        self.page.wait_for_selector("body[data-ready]")
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is computed any more."""
        self.page.wait_for_selector("#top:not(.busy)", state="attached")

    def click(self, key: str) -> None:
        """Press the part of the page that is known as *key*, and wait for what follows."""
        self.page.click(f'[data-key="{key}"]')
        self.rest()

    def bring(self, file: Path) -> None:
        """Choose a file on the first step and wait until it is read."""
        if self.page.get_attribute("body", "data-tab") != "load":
            self.click("tab-load")
        self.page.set_input_files("#file", file)
        self.rest()
        self.page.wait_for_selector('[data-key="go-review"], .choices, .notice.error')

    def review(self, file: Path) -> None:
        """Bring a file and go on to its review; its diagram is drawn."""
        self.bring(file)
        self.click("go-review")
        self.drawn()

    def drawn(self) -> None:
        """Wait until the diagram is there."""
        self.page.wait_for_selector("#stage .djs-shape")

    def panel(self, name: str) -> None:
        """Open a part of the panel."""
        self.click(f"panel-{name}")

    def mode(self, name: str) -> None:
        """Look at the diagram in another way."""
        self.click(f"mode-{name}")
        self.drawn()

    def text(self, selector: str) -> str:
        """Return what a part of the page says."""
        return self.page.inner_text(selector).replace("\N{NO-BREAK SPACE}", " ")

    def cut(self) -> str:
        """Return what the gauge of time says."""
        return self.text('[data-gauge="time"] .said b')

    def said(self) -> str:
        """Return what the page says in its notice."""
        self.page.wait_for_selector("#notices .notice")
        return self.text("#notices")
