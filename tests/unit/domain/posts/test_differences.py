"""What changed between two drafts, as a reviewer reads it."""

from dataclasses import replace

from bot.domain.posts.differences import Change, Stretch, differences, stretches
from bot.domain.posts.draft import Article, DraftContent, Picture

COVER = Picture("a" * 64, "image/png", 900, 383)
BEFORE = DraftContent(
    (Article("停车新规", "<p>一</p><p>二</p><p>每小时3元</p><p>四</p>", cover=COVER),)
)


def test_only_what_is_different_is_told() -> None:
    """Place by place, with a line around, and stretches of the line that changed."""
    html = BEFORE.articles[0].html.replace("3元", "5元")
    article = replace(BEFORE.articles[0], html=html, author="市府办")

    found = differences(BEFORE, replace(BEFORE, articles=(article,)))

    assert [each.place for each in found] == ["articles.0.html", "articles.0.author"]
    assert found[0].lines == (
        None,
        (Stretch(Change.SAME, "二"),),
        (
            Stretch(Change.SAME, "每小时"),
            Stretch(Change.GONE, "3"),
            Stretch(Change.NEW, "5"),
            Stretch(Change.SAME, "元"),
        ),
        (Stretch(Change.SAME, "四"),),
    )


def test_another_cover_and_a_lost_article_are_told() -> None:
    cover = replace(COVER, sha256="b" * 64)
    two = DraftContent((*BEFORE.articles, Article("第二篇", "<p>正文</p>")))
    one = DraftContent((replace(BEFORE.articles[0], cover=cover),))

    places = [each.place for each in differences(two, one)]

    assert places == ["articles.1.title", "articles.1.html", "articles.0.cover"]


def test_the_same_draft_has_no_differences() -> None:
    assert differences(BEFORE, BEFORE) == ()


def test_words_put_in_between_are_new_and_nothing_else() -> None:
    assert stretches("自5月1日起", "自5月1日起施行") == (
        Stretch(Change.SAME, "自5月1日起"),
        Stretch(Change.NEW, "施行"),
    )
