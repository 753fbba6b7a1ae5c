"""What WeChat lets a post be, and every limit a draft breaks, in plain Chinese."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.accounts.account import Account
from bot.domain.posts.counting import as_sent
from bot.domain.posts.draft import (
    PICTURE_SCHEME,
    Article,
    ArticleForm,
    CoverShape,
    DraftContent,
    Severity,
    Violation,
)
from bot.domain.posts.limits import Limits
from bot.platforms.wechat.client.hosts import READER_HOST
from bot.platforms.wechat.picture_limits import SizeOf, gallery, gallery_place, text_pictures

PICTURE_ADDRESS_LENGTH = 150
"""How long a picture's address on mmbiz.qpic.cn may become once it replaces ours."""
PICTURE_HOST = "mmbiz.qpic.cn"
SOURCE_URL_BYTES = 1024

_MEGABYTE = 1024 * 1024
_REMOVED = re.compile(
    r"<\s*(script|style|iframe|form|link)\b|\son[a-z]+\s*=|\sid\s*=", re.IGNORECASE
)
_SOURCE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"'](https?://[^\"']*)", re.IGNORECASE)


def limits_of(account: Account) -> Limits:
    """The limits of draft/add, the smaller number where sources disagree.

    Options of the account override them: `title_limit`, `digest_limit`, `author_limit`,
    `html_limit`, `articles_limit`, `picture_text_bytes`; `cover_crops = "0"` sends covers without
    crops. Source: developers.weixin.qq.com/doc/subscription/api/
    draftbox/draftmanage/api_draft_add, read 2026-11-23.
    """
    given = account.options
    return Limits(
        articles=int(given.get("articles_limit", 8)),
        title=int(given.get("title_limit", 32)),
        digest=int(given.get("digest_limit", 120)),
        author=int(given.get("author_limit", 8)),
        html=int(given.get("html_limit", 19_999)),
        html_bytes=_MEGABYTE,
        picture_address=PICTURE_ADDRESS_LENGTH,
        picture_bytes=_MEGABYTE - 1,
        picture_types=("image/jpeg", "image/png"),
        cover_bytes=10 * _MEGABYTE,
        cover_shapes=() if given.get("cover_crops") == "0" else tuple(CoverShape),
        gallery_pictures=20,
        # The page's “2 KB” stands beside a limit for articles that makes sense without it.
        gallery_text_bytes=int(given.get("picture_text_bytes", 2048)),
        links_survive=given.get("wechat_pay", "") == "1",
    )


def violations_in(
    content: DraftContent, account: Account, *, size_of: SizeOf
) -> tuple[Violation, ...]:
    """Every limit `content` breaks. `size_of` gives a stored picture's bytes, None if missing."""
    limits = limits_of(account)
    found = [*_counts(content, limits), *gallery_place(content, account)]
    for number, article in enumerate(content.articles, 1):
        place = f"第 {number} 篇"
        found += _fields(article, limits, place)
        if article.form is ArticleForm.PICTURES:
            found += gallery(article, limits, place, size_of)
        else:
            found += _html(article, limits, place)
            found += text_pictures(article, limits, place, size_of)
        if article.open_comments and not account.comment_privilege:
            message = f"{place}打开了留言，但账号没有留言功能。请关闭留言"
            found.append(Violation("comments", message, place))
    return tuple(found)


def _counts(content: DraftContent, limits: Limits) -> Iterator[Violation]:
    if not content.articles:
        yield Violation("articles", "没有文章，微信稿件至少要有一篇文章")
    if len(content.articles) > limits.articles:
        yield Violation(
            "articles",
            f"共 {len(content.articles)} 篇文章，平台一次最多 {limits.articles} 篇。请分成几次发布",
        )


def _fields(article: Article, limits: Limits, place: str) -> Iterator[Violation]:
    if not article.title.strip():
        yield Violation("title_empty", f"{place}没有标题。请补上标题", place)
    lengths = (
        ("title", "标题", len(article.title), limits.title),
        ("digest", "摘要", len(article.digest), limits.digest),
        ("author", "作者", len(article.author), limits.author),
    )
    for rule, name, length, most in lengths:
        if length > most:
            message = f"{place}的{name}有 {length} 字，平台最多 {most} 字。请缩短{name}"
            yield Violation(rule, message, place)
    if article.source_url and not _is_good_link(article.source_url):
        message = f"{place}的原文链接不是 http(s) 地址，或超过 1 KB。请检查“阅读原文”的链接"
        yield Violation("source_url", message, place)


def _is_good_link(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https"} and len(url.encode()) <= SOURCE_URL_BYTES


def _html(article: Article, limits: Limits, place: str) -> Iterator[Violation]:
    length, size = as_sent(article.html, limits)
    if not article.html.strip():
        yield Violation("html_empty", f"{place}没有正文。请补上正文", place)
    if length > limits.html or size > limits.html_bytes:
        message = (
            f"{place}的正文连同排版共 {length} 字符，平台最多 {limits.html} 字符。"
            "请缩短正文，或拆成几篇"
        )
        yield Violation("html", message, place)
    if _REMOVED.search(article.html):
        message = f"{place}的正文含有平台会删除的代码（脚本、样式块、id 等）。请检查模板"
        yield Violation("html_removed", message, place)
    for source in _SOURCE.findall(article.html):
        if not source.startswith(PICTURE_SCHEME) and urlsplit(source).hostname != PICTURE_HOST:
            message = f"{place}引用了站外图片，平台会过滤。请先把图片存入系统"
            yield Violation("foreign_picture", message, place)
    dead = [] if limits.links_survive else list(filter(_dies, _LINK.findall(article.html)))
    if dead:
        message = f"{place}有 {len(dead)} 个站外链接，读者点不开。请改为写明网址，或用“阅读原文”"
        yield Violation("foreign_link", message, place, Severity.WARNING)


def _dies(link: str) -> bool:
    return urlsplit(link).hostname != READER_HOST
