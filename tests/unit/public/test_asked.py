"""The list of questions and answers shows what was published, masked and escaped."""

from collections.abc import Iterator

import pytest

from bot.domain.cases.names import CaseClass
from bot.public.asked import PAGE_SIZE
from tests.unit.public.street import ANSWER, Street, street_on

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        yield made


def test_only_what_somebody_published_is_listed(street: Street) -> None:
    """With class and day, each with an address of its own; phones are not shown."""
    street.published(1, subject="补贴何时发放，我的电话是13812345678")
    street.answered(2, subject="没有公开的问题")
    browser = street.passer_by()

    listed = browser.get("/wenda")
    one = browser.get("/wenda/case_1")

    assert "补贴何时发放" in listed.text
    assert "没有公开的问题" not in listed.text
    assert "13812345678" not in listed.text + one.text
    assert 'href="/wenda/case_1"' in listed.text
    assert "咨询 · 2026年11月24日答复" in listed.text
    assert ANSWER in one.text
    assert listed.headers["cache-control"].startswith("public")


def test_what_is_not_published_has_no_page(street: Street) -> None:
    """And is told apart from nothing."""
    street.answered(2)
    browser = street.passer_by()

    unpublished, unknown = browser.get("/wenda/case_2"), browser.get("/wenda/case_9")

    assert unpublished.status_code == unknown.status_code == 404
    assert unpublished.text == unknown.text


def test_the_list_is_narrowed_and_keeps_what_was_asked(street: Street) -> None:
    """By class, days and words; days that are none narrow nothing."""
    street.published(1, subject="第一个问题")
    street.published(2, subject="第二个问题", case_class=CaseClass.COMPLAINT)
    browser = street.passer_by()

    by_class = browser.get("/wenda?class=complaint").text
    by_day = browser.get("/wenda?since=2026-11-25&until=2026-11-25").text
    by_words = browser.get("/wenda?q=第一").text
    nonsense = browser.get("/wenda?since=morgen&until=0000-00-00&page=x").text

    assert "第二个问题" in by_class
    assert "第一个问题" not in by_class
    assert '<option value="complaint" selected>' in by_class
    assert ("第一个问题" in by_day, "第二个问题" in by_day) == (False, True)
    assert ("第一个问题" in by_words, "第二个问题" in by_words) == (True, False)
    assert "第一个问题" in nonsense
    assert "没有找到" in browser.get("/wenda?q=没有的词").text


def test_the_list_has_pages_and_an_empty_state(street: Street) -> None:
    """The way back and forth keeps the conditions."""
    browser = street.passer_by()
    empty = browser.get("/wenda").text
    for number in range(1, PAGE_SIZE + 2):
        street.published(number, subject=f"第{number:02}个问题")

    first = browser.get("/wenda?class=question").text
    second = browser.get("/wenda?class=question&page=2").text

    assert "还没有公开的问答" in empty
    assert "/wenda?class=question&amp;page=2" in first
    assert "第01个问题" in second
    assert "第02个问题" not in second


def test_hostile_words_stay_text(street: Street) -> None:
    """In question, answer and every field of the search."""
    street.published(1, subject=HOSTILE, answer_text=HOSTILE)
    browser = street.passer_by()

    pages = [
        browser.get(address)
        for address in (
            "/wenda",
            "/wenda/case_1",
            *(f"/wenda?{name}={HOSTILE}" for name in ("q", "class", "department", "since")),
        )
    ]

    assert all(HOSTILE not in page.text for page in pages)
    assert all("script-src" not in page.headers["content-security-policy"] for page in pages)


def test_the_page_is_calm_while_the_database_is_away() -> None:
    """503 in Chinese, kept by nobody."""
    with street_on("sqlite:////nowhere/at/all/tongbu.sqlite3") as lost:
        browser = lost.passer_by()

        answers = [
            browser.get("/wenda"),
            browser.post("/chaxun", data={"number": "1", "code": "2"}),
        ]

    assert answers[0].status_code == 503
    assert "请过几分钟再来" in answers[0].text
    assert answers[0].headers["cache-control"] == "no-store"
