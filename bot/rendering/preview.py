"""Previews: a draft as a reader will see it, as one page for a sandboxed frame or a file."""

import re
from collections.abc import Callable

from markupsafe import Markup

from bot.domain.accounts.account import PlatformName
from bot.domain.posts.draft import PICTURE_SCHEME, Article, ArticleForm, DraftContent
from bot.domain.text import weibo_length
from bot.rendering.markup import attribute
from bot.rendering.templates import Templates

PictureUrl = Callable[[str], str]
"""From a picture's SHA-256 to the address the preview loads it from."""

_PICTURE = re.compile(re.escape(PICTURE_SCHEME) + "([0-9a-f]{64})")
_NAMES = {PlatformName.WECHAT: "微信", PlatformName.WEIBO: "微博"}


def preview_html(
    content: DraftContent,
    platform: PlatformName,
    *,
    picture_url: PictureUrl,
    templates: Templates,
) -> str:
    """`content` as a standalone page without script; it carries its own style block."""
    context: dict[str, object] = {
        "platform": platform.value,
        "platform_name": _NAMES[platform],
        "text": content.text,
        "units": weibo_length(content.text),
        "pictures": [{"src": picture_url(p.sha256), "alt": p.alt} for p in content.pictures],
        "articles": [_shown(article, picture_url) for article in content.articles],
    }
    return templates.draw_shared("_shared/preview.html.j2", context)


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
        "body": Markup(body),  # noqa: S704 - drawn and escaped by our own templates
        "source_url": article.source_url,
    }
