"""While the database is away every page says so calmly, and nothing written is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.console.app import FORMS, PAGES, create_app
from bot.console.sign_in_form import FORM_COOKIE
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests.unit.console.browser import Browser
from tests.unit.console.desk import PASSWORD, Desk

NAMED = {
    "release": "rel_1",
    "post": "pst_1",
    "reply": "rpy_1",
    "case": "case_1",
    "account": "acc_4",
    "period": "qui_1",
    "outage": "out_1",
    "deputy": "dep_1",
    "login": "wang",
    "department": "water",
    "import": "imp_1",
    "input": "0a",
    "recall": "rec_1",
    "question": "qst_1",
    "demand": "dem_1",
    "number": "1",
    "sha256": "0" * 64,
    "alert": "alr_1",
    "notice": "pnt_1",
    "monday": "2026-11-16",
    "rule": "rule_1",
    "kind": "policy",
    "template": "default",
}
ADDRESSES = sorted(path.format(tab="posts", **NAMED) for path in PAGES)
SENT = sorted(path.format(verb="approve", deed="hold", **NAMED) for path in FORMS)


@pytest.fixture(scope="module")
def lost(
    seen: Desk, looker: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Wang's browser, signed in; then the database goes."""
    nowhere = f"sqlite:///{tmp_path_factory.mktemp('lost')}/nowhere/tongbu.sqlite3"
    away = Database(nowhere, audit_key=b"k", vault=FernetVault("k" * 32), clock=seen.clock)
    tools = replace(seen.tools, storage=away, overview=away.overview())
    stranded = Browser(create_app(tools), base_url="http://console.test")
    stranded.cookies.update(looker.cookies)
    yield stranded
    away.dispose()


@pytest.mark.parametrize("path", [*ADDRESSES, "/login"])
def test_every_page_says_that_it_cannot_open_now(lost: Browser, path: str) -> None:
    """503 in Chinese, with the headers of every page."""
    response = lost.get(path)

    assert response.status_code == 503
    assert "系统暂时连不上数据库" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize("path", [*SENT, "/logout"])
def test_what_was_written_stays_on_the_page(lost: Browser, path: str) -> None:
    """One press sends it again."""
    response = lost.post(path, data={"csrf": "t", "reason": "等领导意见 <b>"})

    assert response.status_code == 503
    assert 'name="reason" value="等领导意见 &lt;b&gt;"' in response.text
    assert f'action="{path}"' in response.text


def test_signing_in_waits_for_the_database(lost: Browser) -> None:
    """A form opened before it went says what is wrong, and repeats no password."""
    lost.cookies.set(FORM_COOKIE, "t")

    response = lost.post("/login", data={"token": "t", "login": "wang", "password": PASSWORD})

    assert response.status_code == 503
    assert "系统暂时连不上数据库" in response.text
    assert PASSWORD not in response.text
