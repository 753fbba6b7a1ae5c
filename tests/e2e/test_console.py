"""The console in a real browser: it obeys its own policy, its small script works."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from bot.domain.ids import ReplyId
from bot.ports.attachments import Attachment
from tests import factories as make
from tests.unit.console.desk import Desk
from tests.unit.console.town import LONGEST, PARKING

pytestmark = pytest.mark.browser


def test_searching_narrows_the_list_in_place(page: Page) -> None:
    """The list changes while one types, the address with it, and the field keeps the focus."""
    page.goto("/releases")
    expect(page.get_by_text(LONGEST)).to_be_visible()

    page.locator("#q").press_sequentially("泊位")

    expect(page.get_by_text(LONGEST)).to_have_count(0)
    expect(page.get_by_text(PARKING)).to_be_visible()
    expect(page.locator("#q")).to_be_focused()
    page.wait_for_url("**/releases?q=**")


def test_countdowns_tick(page: Page) -> None:
    """From the server's clock, which stands still here, on."""
    page.goto("/")
    place = page.locator("[data-left]").first
    place.evaluate("e => { e.dataset.left = '59'; delete e.dataset.since }")

    expect(place).to_have_text(re.compile("还有 5[0-8] 秒"), timeout=4000)


def test_larger_type_is_remembered(page: Page) -> None:
    """From page to page, on this device, and at once, so that nothing typed is lost."""
    page.goto("/settings")
    page.fill("#find", "停车")

    page.get_by_role("button", name="大字").click()
    typed = page.input_value("#find")
    page.goto("/releases")

    assert typed == "停车"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_control_k_finds(page: Page) -> None:
    """The search field has the focus, whatever page this is."""
    page.goto("/accounts")

    page.keyboard.press("Control+k")

    expect(page.locator("#find")).to_be_focused()


def test_a_question_mark_shows_the_keys(page: Page) -> None:
    """Over any page; while it is open the other keys rest, and Escape closes it."""
    page.goto("/cases")

    page.keyboard.press("?")
    page.keyboard.press("j")

    expect(page.get_by_role("dialog", name="键盘操作")).to_be_visible()
    assert page.locator(".row-title:focus").count() == 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="键盘操作")).to_be_hidden()


def test_the_preview_is_shown_and_cannot_reach_us(page: Page) -> None:
    """The frame has its text; its document is no part of our site."""
    page.goto("/posts/pst_3")

    expect(page.frame_locator(".preview-frame").get_by_text("正文")).to_be_visible()
    assert page.evaluate("document.querySelector('.preview-frame').contentDocument") is None


def test_a_refusal_is_read_out_first(page: Page) -> None:
    """The summary has the focus, and its line leads to the field."""
    page.goto("/posts/pst_2")
    page.get_by_text("已人工发布").first.click()
    page.fill("#url", "公众号文章")

    page.get_by_role("button", name="已人工发布").click()

    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="请填写以 http 开头的文章链接").click()
    expect(page.locator("#url")).to_be_in_viewport()


def test_a_title_is_counted_while_it_is_written(page: Page) -> None:
    """The folded form opens from an address that names it; too long is told before sending."""
    page.goto("/posts/pst_3#title-0")
    page.reload()

    page.fill("#title-0", "停车" * 17)

    expect(page.locator("#title-0-most")).to_have_text("现在 34 字，最多 32 字")
    expect(page.locator("#title-0-most")).to_have_class("hint over")
    page.get_by_role("button", name="保存标题").click()
    page.get_by_role("link", name="标题有 34 字，平台最多 32 字，请再缩短").click()
    expect(page.locator("#title-0")).to_have_value("停车" * 17)
    expect(page.locator("#title-0")).to_be_focused()


def test_a_short_title_is_saved_and_the_next_step_is_offered(page: Page) -> None:
    """A new draft, to be submitted again."""
    page.goto("/posts/pst_3")
    page.get_by_text("修改标题").click()
    page.fill("#title-0", "停车新规来了")

    page.get_by_role("button", name="保存标题").click()

    expect(page.get_by_role("status")).to_contain_text("请核对预览后提交复审")
    expect(page.get_by_role("heading", level=1)).to_have_text("停车新规来了")
    expect(page.get_by_role("button", name="提交复审")).to_be_visible()


def test_a_followers_picture_is_put_into_its_bubble(desk: Desk, page: Page) -> None:
    """Nothing of the page's policy stands in its way; a voice is saved."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (31, 78, 158)).save(file, "JPEG")
    desk.box.found = Attachment(file.getvalue(), "image/jpeg")
    with desk.storage.begin() as uow:
        for number, kind in enumerate(("image", "voice")):
            said = make.incoming(key=kind, sender="o_along", type_name=kind)
            uow.replies.store([make.reply(id=ReplyId(f"rpy_a{number}"), incoming=said)])
        uow.commit()

    page.goto("/replies/rpy_a0")
    page.get_by_role("button", name="查看图片").click()
    picture = page.get_by_alt_text("对方发来的图片")
    expect(picture).to_have_js_property("naturalWidth", 40)
    desk.box.found = Attachment(b"#!AMR\n", "audio/amr")
    with page.expect_download() as saved:
        page.get_by_role("button", name="收听语音").click()

    assert saved.value.suggested_filename == "rpy_a1.amr"
    expect(picture).to_be_visible()
