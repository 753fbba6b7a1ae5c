"""Previews: a draft as a reader will see it, as one page for a sandboxed frame or a file."""

import re
from collections.abc import Callable, Iterable

from markupsafe import Markup

from bot.domain.accounts.account import PlatformName
from bot.domain.posts.draft import PICTURE_SCHEME, Article, ArticleForm, CoverShape, DraftContent
from bot.domain.text import weibo_length
from bot.ports.rendering import PLAIN_SIGHT, Sight
from bot.rendering.markup import attribute, escaped
from bot.rendering.templates import Templates

PictureUrl = Callable[[str], str]
"""From a picture's SHA-256 to the address the preview loads it from."""

_PICTURE = re.compile(re.escape(PICTURE_SCHEME) + "([0-9a-f]{64})")
_TAG = re.compile(r"(<[^>]*>)")
_NAMES = {PlatformName.WECHAT: "微信", PlatformName.WEIBO: "微博"}


def preview_html(
    content: DraftContent,
    platform: PlatformName,
    *,
    picture_url: PictureUrl,
    templates: Templates,
    sight: Sight = PLAIN_SIGHT,
) -> str:
    """`content` as a standalone page without script; it carries its own style block."""
    chosen = int(sight.shown) if sight.shown.isascii() and sight.shown.isdigit() else None
    articles = [_shown(article, picture_url) for article in content.articles]
    is_one = chosen is not None and chosen < len(articles)
    context: dict[str, object] = {
        "platform": platform.value,
        "platform_name": _NAMES[platform],
        "shown": sight.shown if sight.shown == "list" and (articles or content.text) else "all",
        "shade": sight.shade,
        "account": sight.account,
        "first": chosen if is_one else 0,
        "count": len(articles),
        "text": "" if is_one and content.text else content.text,
        "units": weibo_length(content.text),
        "pictures": [{"src": picture_url(p.sha256), "alt": p.alt} for p in content.pictures],
        "articles": articles[chosen : chosen + 1] if is_one and chosen is not None else articles,
    }
    return _marked(templates.draw_shared("_shared/preview.html.j2", context), sight.marked)


def _cut(article: Article, shape: CoverShape) -> str:
    """The style that shows the part of the cover that lists show in this shape."""
    crop = next((each for each in article.crops if each.shape is shape), None)
    if article.front is None or crop is None:
        return ""
    wide, high = crop.right - crop.left, crop.bottom - crop.top
    left, top = 0 - 100 * crop.left / wide, 0 - 100 * crop.top / high
    width, height = 100 * article.front.width / wide, 100 * article.front.height / high
    place = f"left:{left:.2f}%;top:{top:.2f}%;width:{width:.2f}%;height:{height:.2f}%"
    return f"position:absolute;max-width:none;{place}"


def _marked(page: str, words: Iterable[str]) -> str:
    """The page with these words marked wherever a reader sees them."""
    sought = sorted({escaped(each) for each in words if each.strip()}, key=len, reverse=True)
    if not sought:
        return page
    head, body, rest = page.partition("<body")
    pattern = re.compile("|".join(map(re.escape, sought)))
    pieces = _TAG.split(body + rest)
    pieces[::2] = [pattern.sub(r"<mark>\g<0></mark>", text) for text in pieces[::2]]
    return head + "".join(pieces)


def _shown(article: Article, picture_url: PictureUrl) -> dict[str, object]:
    body = _PICTURE.sub(lambda match: attribute(picture_url(match.group(1))), article.html)
    return {
        "title": article.title,
        "text": article.text,
        "pictures": [{"src": picture_url(p.sha256), "alt": p.alt} for p in article.pictures]
        if article.form is ArticleForm.PICTURES
        else [],
        "author": article.author,
        "digest": article.digest,
        "cover": picture_url(article.cover.sha256) if article.cover else "",
        "wide": _cut(article, CoverShape.WIDE),
        "square": _cut(article, CoverShape.SQUARE),
        "body": Markup(body),  # noqa: S704 - drawn and escaped by our own templates
        "source_url": article.source_url,
    }
