"""The calendar in a real browser: another time by mouse and by keyboard, never without asking."""

import pytest
from playwright.sync_api import Page, expect

from bot.domain.ids import PostId
from tests.unit.console.desk import Desk

pytestmark = pytest.mark.browser

MONTH = "/calendar?day=2026-11-23"


def due(desk: Desk) -> str:
    """When the post that waits goes out."""
    with desk.storage.begin() as uow:
        (delivery,) = uow.deliveries.of_post(PostId("pst_4"))
    return delivery.due_at.isoformat()


def test_a_post_is_dragged_to_another_day(page: Page, desk: Desk) -> None:
    """It keeps its time of day; the drop asks, and only the answer moves it."""
    page.set_viewport_size({"width": 1366, "height": 1100})
    page.goto(MONTH)

    page.locator('[data-post="pst_4"] time').hover()
    page.mouse.down()
    box = page.locator('[data-day="2026-11-27"]').bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40, steps=10)
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=3)
    expect(page.locator("#drag-told")).to_have_text("放在这里：13:12，11月27日（周五）")
    page.mouse.up()

    asked = page.get_by_role("dialog", name="改时间")
    expect(asked).to_contain_text("改到 11月27日（周五）13:12")
    assert due(desk) == "2026-11-23T05:12:00+00:00"
    asked.get_by_role("button", name="改到").click()
    expect(page.get_by_role("status").first).to_contain_text("已改到 11月27日（周五）13:12")
    expect(page.locator('[data-day="2026-11-27"] [data-post="pst_4"]')).to_be_visible()
    assert due(desk) == "2026-11-27T05:12:00+00:00"


def test_a_post_is_moved_by_keyboard(page: Page, desk: Desk) -> None:
    """The link opens the same question; Escape leaves everything as it was."""
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(MONTH)
    asked = page.get_by_role("dialog", name="改时间")

    page.locator('[data-post="pst_4"] .slot-move').press("Enter")
    expect(asked).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked).to_be_hidden()

    page.locator('[data-post="pst_4"] .slot-move').press("Enter")
    page.fill("#at", "2026-11-26T09:30")
    page.locator("#at").press("Enter")
    expect(asked).to_contain_text("比原来晚 2 天 20 小时")
    asked.get_by_role("button", name="改到").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已改到 11月26日（周四）09:30")
    assert due(desk) == "2026-11-26T01:30:00+00:00"


def test_a_rollout_is_moved_by_keyboard(page: Page, desk: Desk) -> None:
    """One key chooses all, what it means is told account by account, and one button moves them."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/calendar?day=2026-11-23&view=week")
    page.locator('[data-post="pst_4"] .slot-move').press("Enter")
    asked = page.get_by_role("dialog", name="改时间")

    asked.get_by_label("同步改全部 3 条").press("Space")
    expect(asked).to_contain_text("全部改到 今天 13:12")
    page.fill("#at", "2026-11-26T09:30")
    page.locator("#at").press("Enter")
    expect(asked).to_contain_text("全部改到 11月26日（周四）09:30")
    expect(asked).to_contain_text("另有 1 条已经发出或正在发布，不受影响")
    asked.get_by_role("button", name="全部 3 条改到").press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("同步的 3 条稿件都已改到")
    assert due(desk) == "2026-11-26T01:30:00+00:00"
