"""Every page of the site in one browser: anybody can use it, it fits, it is light."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIResponse, Browser, CDPSession, Page

from bot.domain.people import Role
from tests.e2e.conftest import watched
from tests.serving import served
from tests.unit.console.desk import PASSWORD
from tests.unit.console.tour import address_book, full_street, site_of

pytestmark = pytest.mark.browser

WIDTHS = (1366, 768, 390)
MOST_BYTES = 150 * 1024
BROKEN_RULES = """() => axe.run(
    {resultTypes: ["violations"], iframes: false, preload: false}).then(found =>
    found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`)))"""
WIDTH_IN_LARGE_TYPE = """() => {
    const root = document.documentElement;
    root.classList.add("large-type");
    const width = root.scrollWidth;
    root.classList.remove("large-type");
    return width }"""
OUTLINE = """() => [
    document.querySelectorAll("h1").length, document.title.split(" · ")[0].trim()]"""


class Scales:
    """Weighs what a page loads with an empty cache, in bytes as they were sent."""

    def __init__(self, wire: CDPSession) -> None:
        self._bytes = 0.0
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", self._add)

    def empty(self) -> None:
        self._bytes = 0.0

    def too_heavy(self) -> Iterator[str]:
        if self._bytes > MOST_BYTES:
            yield f"loads {self._bytes / 1024:.0f} KB"

    def _add(self, finished: dict[str, float]) -> None:
        self._bytes += finished["encodedDataLength"]


def test_every_page_is_usable_fits_and_is_light(chromium: Browser, sqlite_url: str) -> None:
    """No rule of axe-core is broken, nobody scrolls sideways, in large type (大字) neither, one
    heading and a title say what the page is, it comes in 150 KB, and the browser complains about
    nothing."""
    street = full_street(sqlite_url)
    street.employ("wang", *Role)
    faults: list[str] = []
    with (
        served(site_of(street)) as address,
        chromium.new_context(base_url=address, locale="zh-CN") as context,
    ):
        window = context.new_page()
        complaints = watched(window)
        scales = Scales(context.new_cdp_session(window))
        for path in address_book(street):
            if not _is_page(context.request.get(path)):
                continue
            scales.empty()
            window.goto(path)
            faults += (f"{path} {fault}" for fault in [*scales.too_heavy(), *_faults_of(window)])
            if path == "/login":
                _sign_in(window)
    street.storage.dispose()

    assert faults + complaints == []


def _is_page(answer: APIResponse) -> bool:
    """Not a feed, a file, or a draft in its frame, in which nothing of ours runs. A refusal is
    a page too; one that is missing would be tried in vain."""
    assert answer.status in (200, 422), f"{answer.url}: {answer.status}"
    said = answer.headers
    is_framed = "sandbox" in said.get("content-security-policy", "")
    is_file = "attachment" in said.get("content-disposition", "")
    return said["content-type"].startswith("text/html") and not is_framed and not is_file


def _sign_in(window: Page) -> None:
    window.fill("#login", "wang")
    window.fill("#password", PASSWORD)
    window.get_by_role("button", name="登录").click()
    window.wait_for_url("**/")


def _faults_of(window: Page) -> Iterator[str]:
    headings, title = window.evaluate(OUTLINE)
    if headings != 1 or not title:
        yield f"has {headings} h1 and the title {title!r}"
    window.evaluate(Axe().axe_script)
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 800})
        if window.evaluate("document.documentElement.scrollWidth") > width:
            yield f"is wider than {width} px"
        if width != 768 and window.evaluate(WIDTH_IN_LARGE_TYPE) > width:
            yield f"is wider than {width} px in large type"
        if width != 768:
            yield from (f"at {width} px {broken}" for broken in window.evaluate(BROKEN_RULES))
