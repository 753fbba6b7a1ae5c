"""What a draft may be on each route."""

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.posts.draft import DraftContent, Severity
from bot.platforms.weibo.limits import limits_of, violations_in
from tests.unit.platforms.weibo.stand import TEXT, access, article_content, picture

LINK = "https://www.example.gov.cn/1 "
"""29 half-width signs: 15 units with what is rounded up."""


def rules(content: DraftContent, mode: Mode = Mode.SHARE, **options: str) -> list[str]:
    found = violations_in(content, access(mode, **options).account)
    assert all("请" in v.message for v in found if v.severity is Severity.BLOCKING)
    return [violation.rule for violation in found]


def test_a_short_text_with_a_link_of_our_own_site_may_be_shared() -> None:
    """Nothing to complain about."""
    assert rules(DraftContent(text=TEXT, pictures=(picture(),))) == []


@pytest.mark.parametrize(
    ("chinese", "broken"),
    [(115, []), (116, ["weibo.text_length"])],
    ids=["130 units", "131 units"],
)
def test_the_text_is_counted_as_the_platform_counts(chinese: int, broken: list[str]) -> None:
    """Two half-width signs are one; the link counts as it is written."""
    assert rules(DraftContent(text="字" * chinese + LINK)) == broken


def test_the_margin_may_be_given_up_but_never_the_platforms_limit() -> None:
    """130 by default, 140 at most."""
    assert limits_of(access().account).text_units == 130
    assert limits_of(access(share_units="138").account).text_units == 138
    assert limits_of(access(share_units="500").account).text_units == 140


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("政策解读", ["weibo.link"]),
        ("见 https://example.gov.cn/1 ", ["weibo.link"]),
        ("见 https://www.example.gov.cn.evil.cn/1 ", ["weibo.link"]),
        ("见 https://www.example.gov.cn/1。", ["weibo.link_glued"]),
        ("见 https://www.example.gov.cn/通知 ", ["weibo.link_glued"]),
        ("#惠民# 见 https://www.example.gov.cn/1 ", ["weibo.topic"]),
        ("见 https://www.example.gov.cn/1#a#b ", []),
        ("见 HTTPS", ["weibo.link"]),
        ("  ", ["weibo.text_empty", "weibo.link"]),
    ],
)
def test_share_wants_a_link_on_a_safe_domain_and_no_topic(text: str, broken: list[str]) -> None:
    """The bare host and www. are different domains; a sign glued to a link breaks it."""
    assert rules(DraftContent(text=text)) == broken


def test_without_safe_domains_nothing_can_be_shared() -> None:
    """The platform would answer 10017 to everything."""
    assert rules(DraftContent(text=TEXT), safe_domains="") == ["weibo.safe_domains"]


def test_what_share_cannot_carry_is_refused_not_dropped() -> None:
    """Articles, a second picture, an unknown picture type."""
    content = DraftContent(
        articles=article_content().articles,
        text=TEXT,
        pictures=(picture(media_type="image/webp"), picture()),
    )

    assert rules(content) == ["weibo.articles", "weibo.pictures", "weibo.picture_type"]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []),
        ({"title": "字" * 32}, []),
        ({"title": "字" * 33}, ["weibo.article_title"]),
        ({"html": "字" * 90_001}, ["weibo.article_html"]),
        ({"digest": "字" * 45}, ["weibo.article_digest"]),
        ({"cover": None}, ["weibo.cover"]),
        ({"html": " "}, ["weibo.article_empty"]),
        ({"author": "示例市政府办"}, ["weibo.author"]),
    ],
)
def test_a_headline_article_keeps_to_its_limits(change: dict, broken: list[str]) -> None:
    """Title 32, lead 44, body 90,000, and a cover."""
    assert rules(article_content(**change), Mode.ARTICLE) == broken


def test_an_article_route_needs_exactly_one_article() -> None:
    """None and two are both wrong, and the companion post has no pictures."""
    one = article_content()
    two = DraftContent(articles=one.articles * 2, text=one.text, pictures=(picture(),))

    assert rules(DraftContent(text=TEXT), Mode.ARTICLE) == ["weibo.article_missing"]
    assert rules(two, Mode.ARTICLE) == ["weibo.articles", "weibo.pictures"]


def test_the_commercial_route_allows_topics_and_nine_pictures() -> None:
    """Long text only for an account that is entitled to it."""
    nine = DraftContent(text="#惠民# " + "字" * 200, pictures=(picture(),) * 9)

    assert rules(nine, Mode.COMMERCIAL, long_text="true") == []
    assert rules(nine, Mode.COMMERCIAL) == ["weibo.text_length"]
