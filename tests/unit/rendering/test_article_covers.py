"""Which picture is the cover of an article, and in which shapes."""

import dataclasses

import pytest

from bot.domain.posts.draft import CoverShape
from bot.domain.posts.post import PostKind
from bot.domain.releases.document import Document, Image

from .samples import (
    WECHAT,
    WECHAT_LIMITS,
    Web,
    a_png,
    a_release,
    a_renderer,
    paragraph,
    rendered,
)


def test_every_article_of_a_bundle_has_its_cover_and_crops() -> None:
    """Both shapes lie side by side on one picture, each within it."""
    articles = rendered(a_release(), kind=PostKind.BUNDLE).content.articles

    assert len(articles) == 3
    assert len({article.cover for article in articles}) == 3
    for article in articles:
        assert [crop.shape for crop in article.crops] == [CoverShape.WIDE, CoverShape.SQUARE]
        assert article.cover is not None
        for crop in article.crops:
            assert 0 <= crop.left < crop.right <= article.cover.width
            assert 0 <= crop.top < crop.bottom <= article.cover.height


def test_a_platform_that_shows_covers_as_they_are_gets_the_wide_one_alone() -> None:
    """Nothing would cut the square away."""
    limits = dataclasses.replace(WECHAT_LIMITS, cover_shapes=())

    (article,) = rendered(a_release(), limits=limits).content.articles

    assert article.cover is not None
    assert (article.cover.width, article.cover.height) == (900, 383)
    assert article.crops == ()


@pytest.mark.parametrize(
    ("size", "is_taken"),
    [
        ((1200, 600), True),
        ((900, 383), True),
        ((899, 600), False),
        ((1000, 320), False),
        ((1000, 1000), False),
    ],
    ids=["good", "just good", "too narrow", "too low", "too tall"],
)
def test_a_releases_own_picture_is_the_cover_where_it_is_good_enough(
    size: tuple[int, int], *, is_taken: bool
) -> None:
    """By the template's declared rule, where the account or the template asks for it."""
    url = "https://www.yunling.example/photo.png"
    renderer = a_renderer(web=Web({url: a_png(*size)}))
    body = Document((Image(url, caption="现场"), paragraph("特此通知。")))
    account = dataclasses.replace(WECHAT, options={"cover": "own"})

    (article,) = rendered(
        a_release(body=body, interpretations=()), account=account, renderer=renderer
    ).content.articles

    assert article.cover is not None
    assert ((article.cover.width, article.cover.height) == size) is is_taken
    assert len(article.crops) == 2
