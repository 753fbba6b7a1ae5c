"""Previews: one page without script that shows what readers will see."""

from bot.domain.accounts.account import PlatformName
from bot.domain.posts.draft import Article, CoverShape, Crop, DraftContent, Picture
from bot.domain.posts.post import PostKind
from bot.ports.rendering import Sight

from .samples import SHARE_LIMITS, WEIBO, Web, a_png, a_release, a_renderer, rendered


def media_url(sha256: str) -> str:
    return f"/media/{sha256}"


def test_a_wechat_preview_shows_every_article_with_its_pictures() -> None:
    """Pictures come from where the caller keeps them; none is left under our own scheme."""
    renderer = a_renderer(web=Web({"https://www.yunling.example/p.png": a_png()}))
    content = rendered(a_release(), kind=PostKind.BUNDLE, renderer=renderer).content

    page = renderer.preview(content, PlatformName.WECHAT, picture_url=media_url)

    assert "第 3 篇，共 3 篇" in page
    assert f'src="/media/{content.articles[0].pictures[0].sha256}"' in page
    assert "tongbu-picture:" not in page
    assert "<script" not in page


def test_a_weibo_preview_shows_the_text_and_its_count() -> None:
    """The count is the platform's."""
    renderer = a_renderer()
    content = rendered(a_release(), account=WEIBO, limits=SHARE_LIMITS).content

    page = renderer.preview(content, PlatformName.WEIBO, picture_url=media_url)

    assert "优化办事时间的通知】" in page
    assert "（按平台计 " in page


def test_what_people_typed_is_escaped() -> None:
    """Only the drawn body is markup."""
    article = Article(title="<b>标题</b>", html="<p>正文</p>", digest="<i>", author="<u>")
    picture = Picture("b" * 64, "image/png", 1, 1, alt='"><script>')
    content = DraftContent((article,), text="<img src=x>", pictures=(picture,))

    page = a_renderer().preview(content, PlatformName.WEIBO, picture_url=media_url)

    assert "&lt;b&gt;标题" in page
    assert "&lt;img src=x&gt;" in page
    assert "<script" not in page
    assert "<p>正文</p>" in page


def test_an_empty_draft_says_so() -> None:
    """A blank frame would look like a fault."""
    page = a_renderer().preview(DraftContent(), PlatformName.WECHAT, picture_url=media_url)

    assert "没有可以预览的内容" in page


def test_a_list_shows_the_part_of_a_cover_that_the_platform_shows() -> None:
    """In the shape and at the place of its crop; words of findings are marked, tags are not."""
    cover = Picture("a" * 64, "image/png", 1000, 800)
    crop = Crop(CoverShape.WIDE, 0, 0, 1000, 400)
    article = Article("停车97项", "<p>正文</p>", cover=cover, crops=(crop,))

    page = a_renderer().preview(
        DraftContent((article,)),
        PlatformName.WECHAT,
        picture_url=lambda sha256: f"/media/{sha256}",
        sight=Sight(shown="list", shade="dark", marked=("97项", "span")),
    )

    assert "left:0.00%;top:0.00%;width:100.00%;height:200.00%" in page
    assert "<span>停车<mark>97项</mark></span>" in page
    assert "prefers-color-scheme" not in page


def test_one_article_of_a_bundle_is_shown_alone() -> None:
    two = DraftContent((Article("第一", "<p>一</p>"), Article("第二", "<p>二</p>")))

    page = a_renderer().preview(two, PlatformName.WECHAT, picture_url=str, sight=Sight(shown="1"))

    assert "第 2 篇，共 2 篇" in page
    assert "第一" not in page
