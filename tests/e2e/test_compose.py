"""写稿 in a real browser: what is typed is counted and seen at once, and never lost."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.domain.ids import PostId, ReleaseId
from bot.domain.releases.document import Cell, Document, Table
from tests.unit.console.desk import PASSWORD, Desk

pytestmark = pytest.mark.browser

TITLE = "#f-0-title"


def sign_in(window: Page) -> None:
    window.fill("#login", "wang")
    window.fill("#password", PASSWORD)
    window.get_by_role("button", name="登录").click()


def test_an_edit_voids_an_approval(page: Page) -> None:
    """Before it is saved the page says what that costs; the reviewer sees what changed."""
    page.goto("/posts/pst_4")
    page.get_by_role("link", name="写稿").click()
    expect(page.get_by_text("批准失效")).to_be_visible()

    page.locator(TITLE).fill(page.locator(TITLE).input_value() + "（更新）")
    page.keyboard.press("Control+s")

    expect(page.get_by_text("已保存为新一稿草稿")).to_be_visible()
    page.get_by_role("link", name="回到稿件").click()
    expect(page.get_by_role("heading", name="与上次批准相比")).to_be_visible()
    expect(page.locator("ins", has_text="（更新）")).to_be_visible()


def test_a_table_is_written_in_by_keyboard(page: Page, desk: Desk) -> None:
    """Enter goes down, the arrow up, Tab to the next cell; the words stay beside the approved."""
    table = Table(tuple((Cell(f"档次{n}"), Cell(f"{n}00元")) for n in (1, 2)))
    with desk.storage.begin() as uow:
        release = uow.releases.get(ReleaseId("rel_3"))
        content = replace(release.content, body=Document((table,)))
        uow.releases.save(replace(release, content=content))
        uow.commit()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/posts/pst_5/compose#step-source")
    page.locator("[value='open:0-0']").press("Enter")

    page.get_by_label("第 1 行第 2 格").press("Enter")
    expect(page.get_by_label("第 2 行第 2 格")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("250元")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.get_by_label("第 2 行第 1 格")).to_be_focused()
    page.keyboard.press("Control+s")

    expect(page.get_by_text("已保存为新一稿草稿")).to_be_visible()
    with desk.storage.begin() as uow:
        (edit,) = uow.posts.get(PostId("pst_5")).edits.blocks
    assert edit.text == "档次1\t100元\n档次2\t250元"


def test_a_session_that_ends_while_somebody_writes_costs_no_word(
    chromium: Browser, site: str, desk: Desk
) -> None:
    """They sign in again, find field and block as they left them, and save."""
    with chromium.new_context(base_url=site, locale="zh-CN") as context:
        window = context.new_page()
        window.goto("/login?next=/posts/pst_5/compose")
        sign_in(window)
        window.locator("[value='open:0-0']").click()
        window.locator(TITLE).fill("会话过期也不丢的标题")
        window.locator("[name='b.0-0']").fill("写了很久的一段。\n第二行。")
        context.clear_cookies()

        window.locator("#save").click()
        sign_in(window)
        window.get_by_role("button", name="回到写稿").click()

        expect(window.locator(TITLE)).to_have_value("会话过期也不丢的标题")
        expect(window.locator("[name='b.0-0']")).to_have_value("写了很久的一段。\n第二行。")
        window.locator("#save").click()
        expect(window.get_by_text("已保存为新一稿草稿")).to_be_visible()
    with desk.storage.begin() as uow:
        post = uow.posts.get(PostId("pst_5"))
    assert post.draft.content.articles[0].title == "会话过期也不丢的标题"
    assert [edit.text for edit in post.edits.blocks] == ["写了很久的一段。\n第二行。"]


def test_what_is_typed_is_checked_and_seen_before_it_is_saved(page: Page) -> None:
    """Findings lead to their field without taking the focus while one types; the frame shows
    the words of the sheet, and can do nothing else."""
    page.goto("/posts/pst_5/compose")

    page.locator(TITLE).fill("办事时间优化97项")

    finding = page.locator("#findings").get_by_role("link", name="数字“97项”在批准的原文中找不到")
    expect(finding).to_be_visible()
    expect(page.locator("#count-f-0-title")).to_contain_text("9 /")
    expect(page.locator(TITLE)).to_be_focused()
    page.get_by_label("深色").check()
    expect(page.frame_locator("#preview-frame").get_by_text("办事时间优化97项")).to_be_visible()
    assert page.evaluate("document.querySelector('#preview-frame').contentDocument") is None
    finding.click()
    expect(page.locator(TITLE)).to_be_in_viewport()
