"""Whose pictures, and which maps."""

from dataclasses import replace

import pytest

from bot.domain.posts.checks.source import Source
from bot.domain.posts.draft import Picture
from bot.domain.releases.document import Document, Image
from tests.unit.domain.posts.checks.posts import article, found, source

PHOTO = Image("https://www.yunling.example/1.jpg", alt="施工现场", sha256="a" * 64)
SHOWN = Picture("a" * 64, "image/jpeg", 900, 600)


def with_picture(**changes: str) -> Source:
    return source(body=Document((replace(PHOTO, **changes),)))


@pytest.mark.parametrize("credit", ["网络", "图片来源于网络", "来自互联网", "图源：网图"])
def test_the_net_is_no_author(credit: str) -> None:
    """F108 of the trade: 图片｜网络 is no source."""
    (hit,) = found(article(), "picture_credited_to_nobody", with_picture(credit=credit))

    assert hit.is_in_the_way


def test_an_office_with_the_net_in_its_name_is_one() -> None:
    named = with_picture(credit="云岭市互联网信息办公室")

    assert found(article(), "picture_credited_to_nobody", named) == []


def test_a_shown_picture_without_a_source_is_told_once() -> None:
    """A picture that the post does not show is nobody's business here."""
    assert len(found(article(pictures=(SHOWN,)), "picture_uncredited", with_picture())) == 1
    assert found(article(), "picture_uncredited", with_picture()) == []
    credited = with_picture(credit="云岭日报")
    assert found(article(pictures=(SHOWN,)), "picture_uncredited", credited) == []


def test_a_map_needs_its_review_number() -> None:
    assert found(article(), "map_unreviewed", with_picture(alt="云岭市行政区划图"))
    reviewed = with_picture(alt="云岭市行政区划图", caption="审图号：云S〔2026〕12号")
    assert found(article(), "map_unreviewed", reviewed) == []
