"""接入账号 in a real browser against the simulated WeChat: from the form to going live."""

import pytest
from playwright.sync_api import Page, expect

from bot.domain.accounts.account import PlatformName
from tests.integration.platforms.wechat_stage import APP_ID, SECRETS, Stage, stage
from tests.unit.console.desk import Desk

__all__ = ["stage"]
pytestmark = pytest.mark.browser


def test_an_account_is_connected_and_goes_live(page: Page, desk: Desk, stage: Stage) -> None:
    """Its secrets are asked once; the platform itself says that they are right."""
    adapters = desk.tools.publishing.adapters
    adapters[PlatformName.WECHAT] = stage.adapter  # type: ignore[index]
    page.goto("/accounts")

    page.get_by_role("link", name="添加账号").click()
    page.check("#platform-wechat")
    page.get_by_role("button", name="下一步").click()
    page.fill("#name", "云岭人社")
    page.check("#mode-publish")
    page.fill("#app_id", APP_ID)
    for name in ("app_secret", "token", "aes_key"):
        page.fill(f"#{name}", SECRETS[name])
    page.get_by_text("其他", exact=True).click()
    page.fill("#api_base", stage.wechat.url)
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("status").first).to_contain_text("账号已添加")
    page.get_by_role("button", name="检查并启用").click()
    expect(page.get_by_role("status").first).to_contain_text("账号已启用")

    with desk.storage.begin() as uow:
        account = uow.accounts.by_name("云岭人社")
        assert account
        assert account.enabled
        assert uow.accounts.last_check(account.id)
    assert SECRETS["app_secret"] not in page.content()
