"""A console on a real port, and Debian's Chromium to look at it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from bot.domain.people import Role
from tests.serving import served
from tests.unit.console.desk import PASSWORD, Desk
from tests.unit.console.town import settle
from tests.unit.console.town_cases import settle_cases

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    """A console with work on it, and Wang, who may do everything."""
    made = Desk(sqlite_url)
    settle(made.storage)
    settle_cases(made.storage)
    made.employ("wang", *Role)
    yield made
    made.storage.dispose()


@pytest.fixture
def site(desk: Desk) -> Iterator[str]:
    """The console's address on the loopback."""
    with served(desk.app) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file: while Playwright runs, its event loop is this thread's, and no other
    test could run one of its own. A failure under CI when there is none."""
    if not shutil.which(CHROMIUM):
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A window in which Wang is signed in; nothing may be complained about in its console."""
    with chromium.new_context(base_url=site, locale="zh-CN") as context:
        window = context.new_page()
        complaints = watched(window)
        window.goto("/login")
        window.fill("#login", "wang")
        window.fill("#password", PASSWORD)
        window.get_by_role("button", name="登录").click()
        window.wait_for_url("**/")
        yield window
    assert complaints == []


def watched(window: Page) -> list[str]:
    """What the browser complains about from now on; it grows."""
    complaints: list[str] = []
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on("console", lambda message: complaints.extend(_complaint(message)))
    return complaints


def _complaint(message: ConsoleMessage) -> list[str]:
    """Errors such as a blocked script; a refused form (422) is no fault of the page."""
    return [message.text] if message.type == "error" and "status of 422" not in message.text else []
