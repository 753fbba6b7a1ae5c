"""短标题: a title that is too long is shortened where the finding says so."""

import pytest

from bot.console.titles import TitleForm, title_field, title_forms
from bot.console.words.places import place_in_words
from bot.domain.ids import PostId
from bot.domain.people import Role
from bot.domain.posts.draft import Article, Draft, DraftContent, Violation
from bot.domain.posts.post import PostState
from tests.unit.console.desk import Desk, send
from tests.unit.console.town import LONGEST, add_post

TOO_LONG = Violation("title", "第 2 篇的标题有 73 字，平台最多 32 字。请缩短标题", "第 2 篇")
TWO = DraftContent((Article("停车新规来了", "<p>一</p>"), Article(LONGEST, "<p>二</p>")))


@pytest.fixture
def long_titled(busy: Desk) -> Desk:
    """`pst_6` is a draft whose second article is called too long a name."""
    with busy.storage.begin() as uow:
        draft = Draft(TWO, (TOO_LONG,))
        add_post(uow, 6, account="acc_1", state=PostState.DRAFT, draft=draft, due_at=None)
        uow.commit()
    return busy


def test_the_finding_leads_to_the_title_it_speaks_of(long_titled: Desk) -> None:
    """The right article of the two, with its limit in words."""
    page = long_titled.signed_in("wang", Role.WRITER).get("/posts/pst_6").text

    assert f'<a href="#title-1">{TOO_LONG.message}</a>' in page
    assert 'id="title-1"' in page
    assert f"现在 {len(LONGEST)} 字，最多 32 字" in page


def test_a_short_title_makes_a_new_draft_to_be_submitted(long_titled: Desk) -> None:
    """The page says which draft it is, and what comes next."""
    browser = long_titled.signed_in("wang", Role.WRITER)

    response = send(browser, "/posts/pst_6/retitle", article="1", title="就业补贴\r\n怎么申领")
    page = browser.get(response.headers["location"]).text

    with long_titled.storage.begin() as uow:
        post = uow.posts.get(PostId("pst_6"))
    assert [a.title for a in post.draft.content.articles] == ["停车新规来了", "就业补贴怎么申领"]
    assert "标题已改" in page
    assert "第 2 稿" in page
    assert 'action="/posts/pst_6/submit"' in page


def test_a_title_that_is_still_too_long_is_kept_on_the_page(long_titled: Desk) -> None:
    """Nothing typed is lost; the summary leads back to it."""
    browser = long_titled.signed_in("wang", Role.WRITER)

    response = send(browser, "/posts/pst_6/retitle", article="1", title="就业" * 20)

    assert response.status_code == 422
    assert '<a href="#title-1">标题有 40 字，平台最多 32 字，请再缩短</a>' in response.text
    assert "就业" * 20 + "</textarea>" in response.text


@pytest.mark.parametrize("article", ["7", "-1", "x", "²", ""])
def test_a_form_that_names_no_article_is_refused(long_titled: Desk, article: str) -> None:
    """A form made by hand changes nothing."""
    browser = long_titled.signed_in("wang", Role.WRITER)

    response = send(browser, "/posts/pst_6/retitle", article=article, title="短标题")

    assert response.status_code == 422
    assert "稿件中没有这一篇文章" in response.text


def test_submitting_with_a_long_title_leads_to_the_title(long_titled: Desk) -> None:
    """The summary's line is a link to the field."""
    response = send(long_titled.signed_in("wang", Role.WRITER), "/posts/pst_6/submit")

    assert f'<li><a href="#title-1">{TOO_LONG.message}</a></li>' in response.text


@pytest.mark.parametrize("post", ["pst_1", "pst_6"])
def test_a_title_is_changed_only_where_nothing_is_public(long_titled: Desk, post: str) -> None:
    """A live post has no such form, a draft has; a reviewer, who does not write, has neither."""
    writer = long_titled.signed_in("wang", Role.WRITER).get(f"/posts/{post}").text
    reviewer = long_titled.signed_in("li", Role.REVIEWER).get(f"/posts/{post}").text

    assert (f"/posts/{post}/retitle" in writer) == (post == "pst_6")
    assert f"/posts/{post}/retitle" not in reviewer


@pytest.mark.parametrize(
    ("rule", "place", "field"),
    [
        ("title", "第 2 篇", "title-1"),
        ("weibo.article_title", "articles.0.title", "title-0"),
        ("needs_person", "title", "title-1"),
        ("title", "第 3 篇", ""),
        ("digest", "第 2 篇", ""),
    ],
)
def test_findings_about_titles_know_their_field(rule: str, place: str, field: str) -> None:
    """By number where the platform gives one, else the title that is too long."""
    forms = title_forms(TWO, most=32)

    assert title_field(Violation(rule, "请缩短", place), forms) == field


@pytest.mark.parametrize(
    ("title", "most", "is_wrong"),
    [("", 32, True), ("长" * 33, 32, True), ("长" * 32, 32, False), ("长" * 99, 0, False)],
    ids=["empty", "one too many", "just fits", "no limit"],
)
def test_a_title_is_wrong_when_it_cannot_go_out(title: str, most: int, is_wrong: bool) -> None:
    """A limit of 0 is none."""
    assert TitleForm(0, title, title, most).is_wrong is is_wrong


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("第 2 篇", "第 2 篇"),
        ("text", "正文"),
        ("articles.0.cover", "第 1 篇的封面"),
        ("articles.0", "第 1 篇"),
        ("pictures.1", "第 2 张图片"),
        ("articles.0.pictures.2", "第 1 篇的第 3 张图片"),
    ],
)
def test_places_are_in_words(place: str, words: str) -> None:
    """No field of ours reaches the reader."""
    assert place_in_words(place) == words
