"""What WeChat lets a post be."""

from dataclasses import replace

import pytest

from bot.domain.posts.draft import Article, DraftContent, Severity, Violation
from bot.platforms.wechat.limits import limits_of, violations_in
from tests.unit.platforms.wechat.stand import COVER, FIGURE, Stand, access, article, picture

ACCOUNT = access().account


def broken(*articles: Article, sizes: int | None = 1000) -> tuple[Violation, ...]:
    return violations_in(DraftContent(articles), ACCOUNT, size_of=lambda _: sizes)


def rules(*articles: Article, sizes: int | None = 1000) -> list[str]:
    return [violation.rule for violation in broken(*articles, sizes=sizes)]


def test_a_proper_article_breaks_nothing() -> None:
    """The stand's own article is the measure of the table below."""
    assert rules(article()) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title": "标" * 33}, "title"),
        ({"title": " "}, "title_empty"),
        ({"digest": "摘" * 121}, "digest"),
        ({"author": "作" * 9}, "author"),
        ({"source_url": "ftp://www.yunling.example/"}, "source_url"),
        ({"source_url": "https://www.yunling.example/" + "a" * 1024}, "source_url"),
        ({"html": "<p>" + "字" * 19_993 + "</p>"}, "html"),
        ({"html": ""}, "html_empty"),
        ({"html": "<p>x</p><script>x</script>"}, "html_removed"),
        ({"html": '<p onclick="x">x</p>'}, "html_removed"),
        ({"html": '<p id="x">x</p>'}, "html_removed"),
        ({"html": '<img src="https://www.yunling.example/a.png">'}, "foreign_picture"),
        ({"html": f'<img src="tongbu-picture:{"c" * 64}">'}, "picture_unknown"),
        ({"pictures": (picture(FIGURE, "image/gif"),)}, "picture_type"),
        ({"cover": None}, "cover"),
        ({"open_comments": True}, "comments"),
    ],
)
def test_each_limit_is_told(changes: dict[str, object], rule: str) -> None:
    """Every rule blocks, in Chinese, naming the article."""
    (violation,) = broken(article(**changes))

    assert violation.rule == rule
    assert violation.severity is Severity.BLOCKING
    assert "第 1 篇" in violation.message


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "标" * 32},
        {"digest": "摘" * 120},
        {"author": "作" * 8},
        {"html": "<p>" + "字" * 19_992 + "</p>"},
    ],
)
def test_what_just_fits_is_allowed(changes: dict[str, object]) -> None:
    """Counts are of code points, and include the last one allowed."""
    assert rules(article(**changes)) == []


def test_a_picture_counts_as_long_as_its_address_will_be() -> None:
    """The platform counts the HTML it gets, with its own addresses in it."""
    html = f'<img src="tongbu-picture:{FIGURE}">'
    text = "字" * (19_999 - len(html) - 7)

    assert rules(article(html=f"<p>{text}</p>{html}")) == ["html"]
    assert rules(article(html=f"<p>{text[:-71]}</p>{html}")) == []


def test_links_readers_cannot_open_are_a_warning() -> None:
    """Links to other articles of the platform work."""
    ours = '<p><a href="https://mp.weixin.qq.com/s/x">一</a></p>'
    theirs = '<p><a href="https://www.yunling.example/">二</a></p>'

    (violation,) = broken(article(html=ours + theirs))

    assert violation.severity is Severity.WARNING


def test_too_many_or_no_articles_are_told() -> None:
    """A bundle holds one to eight."""
    assert rules() == ["articles"]
    assert rules(*[article()] * 9) == ["articles"]
    assert rules(*[article()] * 8) == []


def test_stored_pictures_are_weighed() -> None:
    """By the adapter, which knows where they are kept."""
    stand = Stand()
    stand.media.kept[FIGURE] = b"x" * (1024 * 1024)
    del stand.media.kept[COVER]

    found = stand.adapter.violations(DraftContent((article(),)), ACCOUNT)

    assert [violation.rule for violation in found] == ["picture_bytes", "picture_missing"]


def test_an_accounts_options_override_the_cautious_numbers() -> None:
    """Sources disagree on some limits; the real account decides."""
    options = {"title_limit": "64", "digest_limit": "128", "author_limit": "16"}

    limits = limits_of(replace(ACCOUNT, options=options))

    assert (limits.title, limits.digest, limits.author) == (64, 128, 16)
