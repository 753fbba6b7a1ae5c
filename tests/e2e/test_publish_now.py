"""立即发布 in a real browser: the countdown runs, and within it everything is taken back."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from bot.domain.accounts.account import PlatformName
from bot.domain.ids import PostId
from bot.domain.posts.post import PostState
from tests.unit.console.desk import Desk

pytestmark = pytest.mark.browser


def test_undone_within_fifteen_seconds_nothing_goes_out(page: Page, desk: Desk) -> None:
    """From the post to the question, to the countdown, and back to an approved post."""
    with desk.storage.begin() as uow:
        post = uow.posts.get(PostId("pst_4"))
        uow.posts.save(replace(post, approved_hash=post.content_hash))
        uow.commit()
    page.goto("/posts/pst_4")

    page.get_by_role("link", name="立即发布").click()
    page.get_by_role("button", name="发布到 云岭发布微博").click()
    expect(page.get_by_role("timer")).to_contain_text("还有")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status").first).to_contain_text("什么都没有发出")

    with desk.storage.begin() as uow:
        assert uow.posts.get(PostId("pst_4")).state is PostState.APPROVED
    assert desk.tools.publishing.adapters[PlatformName.WEIBO].asked == []  # type: ignore[attr-defined]
