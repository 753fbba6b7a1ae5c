"""写稿: fields and blocks beside the approved text; nothing that is written is ever lost."""

import re
from dataclasses import replace

import pytest

from bot.domain.ids import PostId, ReleaseId
from bot.domain.people import Role
from bot.domain.posts.post import Post, PostState
from bot.domain.releases.document import Cell, Document, Table
from tests.unit.console.browser import Browser
from tests.unit.console.desk import Desk, send, token_on

PAGE = "/posts/pst_5/compose"
TITLE = "f.0.title"


def post(desk: Desk) -> Post:
    with desk.storage.begin() as uow:
        return uow.posts.get(PostId("pst_5"))


def writer(desk: Desk, login: str = "li") -> Browser:
    return desk.signed_in(login, Role.WRITER)


def filled(browser: Browser, **written: str) -> dict[str, str]:
    """The form as it stands on the page, with what somebody writes."""
    page = browser.get(PAGE).text
    areas = re.findall(r'<textarea[^>]* name="([fb][^"]+)"[^>]*>\n(.*?)</textarea>', page, re.S)
    base = re.findall(r'name="base" value="(\w+)"', page)
    return {"base": base[0], **dict(areas), **written}


def write(browser: Browser, do: str, **written: str) -> object:
    return send(browser, PAGE, **filled(browser, **written), do=do)


def test_saving_makes_a_new_draft_and_says_so(busy: Desk) -> None:
    browser = writer(busy)

    response = send(browser, PAGE, **filled(browser, **{TITLE: "办事时间\r\n优化了"}), do="save")

    assert response.headers["location"] == f"{PAGE}?done=edited"
    saved = post(busy)
    assert saved.draft.content.articles[0].title == "办事时间优化了"
    assert (saved.revision, saved.state) == (2, PostState.DRAFT)
    page = browser.get(response.headers["location"]).text
    assert "已保存为新一稿草稿" in page
    assert "已改动，查看原来的标题" in page


def test_typing_is_counted_and_checked_as_the_platform_does(busy: Desk) -> None:
    """A part of the page, which stores nothing."""
    browser = writer(busy)
    form = filled(browser, **{TITLE: "办事时间优化97项"})

    answered = browser.post(
        PAGE,
        data={"csrf": token_on(browser, "/settings"), **form, "do": "look"},
        headers={"hx-request": "true"},
    )

    assert answered.status_code == 200
    assert "<html" not in answered.text
    assert 'id="count-f-0-title" hx-swap-oob="true"' in answered.text
    assert '<a href="#f-0-title">数字“97项”在批准的原文中找不到' in answered.text
    assert post(busy).revision == 1


def test_a_block_is_opened_edited_and_shows_its_origin(busy: Desk) -> None:
    """Also without script: the button brings the whole page back, with everything typed."""
    browser = writer(busy)
    opened = send(browser, PAGE, **filled(browser, **{TITLE: "改到一半"}), do="open:0-0").text
    assert "改到一半" in opened
    words = re.findall(r'name="b.0-0"[^>]*>\n(.*?)</textarea>', opened, re.S)[0]

    form = filled(browser, **{"b.0-0": words + "另行通知。"})
    send(browser, PAGE, **form, do="save")

    (edit,) = post(busy).edits.blocks
    assert (edit.was, edit.text) == (words, words + "另行通知。")
    page = browser.get(PAGE).text
    assert "<ins>另行通知。</ins>" in page
    assert 'href="#s-0-0"' in page


def test_a_table_is_written_in_by_its_cells(busy: Desk) -> None:
    """Opened as a grid with a name for each cell; what is saved links the approved table."""
    table = Table(
        ((Cell("档次", header=True), Cell("标准", header=True)), (Cell("甲"), Cell("300元")))
    )
    with busy.storage.begin() as uow:
        release = uow.releases.get(ReleaseId("rel_3"))
        body = Document((*release.content.body.blocks, table))
        uow.releases.save(replace(release, content=replace(release.content, body=body)))
        uow.commit()
    number = len(body.blocks) - 1
    browser = writer(busy)

    opened = write(browser, f"open:0-{number}").text  # type: ignore[attr-defined]
    cells = {f"c.0-{number}.{r}.{c}": w for r, c, w in ((0, 0, "档次"), (0, 1, "标准"))}
    cells |= {f"c.0-{number}.1.0": "甲", f"c.0-{number}.1.1": "350\n元"}
    saved = write(browser, "save", **cells)

    assert 'aria-label="第 1 行第 1 格（表头）"' in opened
    assert f'name="c.0-{number}.1.1"' in opened
    assert saved.status_code == 303  # type: ignore[attr-defined]
    (edit,) = post(busy).edits.blocks
    assert (edit.was, edit.text) == ("档次\t标准\n甲\t300元", "档次\t标准\n甲\t350 元")
    assert "cell-changed" in browser.get(PAGE).text


def test_submitting_stays_where_a_finding_is_in_the_way(busy: Desk) -> None:
    """What was written is saved, and the page says what is missing."""
    browser = writer(busy)

    response = send(browser, PAGE, **filled(browser, **{TITLE: "办事时间优化97项"}), do="submit")

    assert response.status_code == 422
    assert "数字“97项”在批准的原文中找不到" in response.text
    assert post(busy).draft.content.articles[0].title == "办事时间优化97项"
    assert post(busy).state is PostState.DRAFT


def test_a_slip_is_repaired_with_one_click_and_with_what_was_typed(busy: Desk) -> None:
    browser = writer(busy)
    form = filled(browser, **{TITLE: "布署办事时间"})
    looked = send(browser, PAGE, **form, do="look").text
    number = re.findall(r'value="repair:(\d+)"', looked)[0]

    response = send(browser, PAGE, **form, do=f"repair:{number}")

    assert response.headers["location"] == f"{PAGE}?done=repaired"
    assert post(busy).draft.content.articles[0].title == "部署办事时间"


def test_a_figure_is_kept_with_a_reason(busy: Desk) -> None:
    browser = writer(busy)
    form = filled(browser, **{TITLE: "办事时间优化97项"})
    looked = send(browser, PAGE, **form, do="look").text
    number = re.findall(r'value="justify:(\d+)"', looked)[0]

    send(browser, PAGE, **form, do=f"justify:{number}", **{f"why.{number}": "财政局已确认"})

    kept = [each for each in post(busy).draft.violations if each.justified]
    assert [each.justified for each in kept] == ["财政局已确认"]


def test_the_second_of_two_keeps_both_texts(busy: Desk) -> None:
    """Where both changed the same field, both are shown; the rest is put together."""
    first, second = writer(busy), writer(busy, "zhao")
    hers = filled(second, **{TITLE: "后一位的标题", "f.0.author": "后一位"})
    write(first, "save", **{TITLE: "先一位的标题"})

    response = send(second, PAGE, **hers, do="save")

    assert response.status_code == 409
    assert "后一位的标题</textarea>" in response.text
    assert "后一位</textarea>" in response.text
    assert "先一位的标题</p>" in response.text
    assert "li 在您写稿时保存了新的一稿" in response.text
    assert post(busy).draft.content.articles[0].title == "先一位的标题"
    base = re.findall(r'name="base" value="(\w+)"', response.text)[0]
    assert base == post(busy).content_hash


def test_a_lost_session_gives_every_word_back(busy: Desk) -> None:
    """After signing in again the page is there with all of it, and nothing was saved."""
    browser = writer(busy)
    form = filled(browser, **{TITLE: "会话过期也不丢", "b.0-0": "这一段写了很久。"})
    browser.cookies.delete("tongbu")

    asked = browser.post(PAGE, data={**form, "do": "save"})

    assert asked.status_code == 401
    assert "会话过期也不丢" in asked.text
    assert "这一段写了很久。" in asked.text
    assert post(busy).revision == 1


def test_an_unsaved_sheet_is_previewed_in_its_frame(busy: Desk) -> None:
    browser = writer(busy)

    drawn = send(
        browser,
        f"{PAGE}/preview",
        **filled(browser, **{TITLE: "还没有保存"}),
        shown="0",
        shade="dark",
    )

    assert "还没有保存" in drawn.text
    assert "0 dark" in drawn.text
    assert "sandbox" in drawn.headers["content-security-policy"]
    assert post(busy).revision == 1


def test_a_former_draft_is_seen_and_taken_back(busy: Desk) -> None:
    browser = writer(busy)
    before = post(busy).draft.content
    write(browser, "save", **{TITLE: "改过的标题"})

    page = browser.get("/posts/pst_5/revisions/1").text
    assert "改过的标题" in page
    response = send(
        browser, "/posts/pst_5/revisions/1/restore", content_hash=post(busy).content_hash
    )

    assert response.headers["location"] == "/posts/pst_5?done=restore"
    assert post(busy).draft.content == before
    assert post(busy).revision == 3


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.DESK])
def test_who_does_not_write_has_no_desk(busy: Desk, role: Role) -> None:
    browser = busy.signed_in("sun", role)

    assert browser.get(PAGE).status_code == 403
    assert send(browser, PAGE, do="save", base="x").status_code == 403
    assert f'href="{PAGE}"' not in browser.get("/posts/pst_5").text


def test_a_post_that_is_out_is_not_written_on(busy: Desk) -> None:
    response = writer(busy).get("/posts/pst_1/compose")

    assert response.status_code == 409
    assert "不能再改" in response.text


def test_the_rules_and_the_list_of_slips_can_be_read(busy: Desk) -> None:
    page = writer(busy).get("/checks").text

    assert "fact_unfounded" in page
    assert "<del>布署</del> → 部署" in page


def test_a_reviewer_sees_what_changed_since_the_last_approval(busy: Desk) -> None:
    """Words that went and words that came, on the page where they approve."""
    with busy.storage.begin() as uow:
        approved = uow.posts.get(PostId("pst_4"))
    browser = writer(busy)
    page = browser.get("/posts/pst_4/compose").text
    base = re.findall(r'name="base" value="(\w+)"', page)[0]
    title = approved.draft.content.articles[0].title
    form = {"base": base, TITLE: title + "（更新）"}

    send(browser, "/posts/pst_4/compose", **form, do="save")

    shown = busy.signed_in("chen", Role.REVIEWER).get("/posts/pst_4").text
    assert "与上次批准相比" in shown
    assert '<ins><span class="hidden-word">新增：</span>（更新）</ins>' in shown
