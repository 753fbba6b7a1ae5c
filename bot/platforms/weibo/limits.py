"""What Weibo lets a post be, and every way a draft breaks it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.accounts.account import Account, Mode
from bot.domain.posts.draft import DraftContent, Picture, Severity, Violation
from bot.domain.posts.limits import Limits
from bot.domain.text import weibo_length

PICTURE_BYTES = 5 * 1024 * 1024 - 1
"""Less than 5 MB; the vendor does not say which megabyte, its own answer 20006 speaks of 5 MB."""
PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif")
SHORT_TEXT_UNITS = 140
"""Longer texts need `is_longtext` and an account that is entitled to them."""
_SHARE_UNITS = 130
_LONG_UNITS = 1_900
_TITLE = 32
_SUMMARY = 44
ARTICLE_HTML = 90_000
_COMMERCIAL_PICTURES = 9

_LINK = re.compile(r"https?://[\x21-\x7e]+")
_TOPIC = re.compile(r"#[^#\s][^#]*#")


def limits_of(account: Account) -> Limits:
    """The numbers for the account's mode.

    The platform counts to 140; SDK authors keep 10 back because its counting is not exactly
    known. The account option `share_units` may say otherwise, up to 140.
    """
    match account.mode:
        case Mode.ARTICLE:
            return _article_limits(account)
        case Mode.COMMERCIAL:
            return _commercial_limits(account)
        case _:
            return _share_limits(account)


def violations_in(content: DraftContent, account: Account) -> tuple[Violation, ...]:
    """Every limit `content` breaks, in the order of reading."""
    limits = limits_of(account)
    found = [*_article_violations(content, limits), *_text_violations(content.text, limits)]
    found += _picture_violations(content, limits)
    return tuple(found)


def safe_domains(account: Account) -> tuple[str, ...]:
    """The hosts registered as 安全域名, from the account option of that name."""
    return tuple(account.options.get("safe_domains", "").replace(",", " ").lower().split())


def links_in(text: str) -> list[str]:
    """The http(s) links, each up to the first sign that no link can hold."""
    return _LINK.findall(text)


def without_links(text: str) -> str:
    """The text with its links taken out."""
    return _LINK.sub(" ", text)


def _share_limits(account: Account) -> Limits:
    units = int(account.options.get("share_units", _SHARE_UNITS))
    return Limits(
        text_units=min(units, SHORT_TEXT_UNITS),
        text_needs_link=True,
        text_allows_topic=False,
        pictures=1,
        picture_bytes=PICTURE_BYTES,
        picture_types=PICTURE_TYPES,
        safe_domains=safe_domains(account),
        links_survive=True,
    )


def _article_limits(account: Account) -> Limits:
    return Limits(
        articles=1,
        title=_TITLE,
        digest=_SUMMARY,
        html=ARTICLE_HTML,
        text_units=_LONG_UNITS,
        picture_bytes=PICTURE_BYTES,
        picture_types=PICTURE_TYPES,
        cover_bytes=PICTURE_BYTES,
        safe_domains=safe_domains(account),
        links_survive=True,
    )


def _commercial_limits(account: Account) -> Limits:
    is_long = account.options.get("long_text") == "true"
    return Limits(
        text_units=_LONG_UNITS if is_long else _SHARE_UNITS,
        pictures=_COMMERCIAL_PICTURES,
        picture_bytes=PICTURE_BYTES,
        picture_types=PICTURE_TYPES,
        safe_domains=safe_domains(account),
        links_survive=True,
    )


def _text_violations(text: str, limits: Limits) -> Iterator[Violation]:
    units = weibo_length(text)
    if not text.strip():
        yield Violation("weibo.text_empty", "微博正文是空的，请补上正文", "text")
    if units > limits.text_units:
        yield Violation(
            "weibo.text_length",
            f"微博正文 {units} 字，最多 {limits.text_units} 字，请缩短",
            "text",
        )
    if not limits.text_allows_topic and _TOPIC.search(without_links(text)):
        yield Violation("weibo.topic", "这种发布方式不能带 #话题#，请去掉话题符号", "text")
    if limits.text_needs_link:
        yield from _link_violations(text, limits.safe_domains)


def _link_violations(text: str, domains: tuple[str, ...]) -> Iterator[Violation]:
    hosts = {urlsplit(link).hostname for link in links_in(text)}
    if not domains:
        yield Violation(
            "weibo.safe_domains",
            "账号没有登记安全域名，微博会拒绝发布；请账号管理员在账号设置中填写 safe_domains",
            "text",
        )
    elif not hosts:
        yield Violation(
            "weibo.link",
            "微博正文里没有链接，这种发布方式必须带一个安全域名下的链接。请补充政策的原文网址，"
            "或由账号管理员在账号设置中填写官网网址（home_url）",
            "text",
        )
    elif not hosts & set(domains):
        yield Violation(
            "weibo.link",
            f"正文里要有一个指向 {'、'.join(domains)} 的链接，请加上政策原文链接",
            "text",
        )
    if any(_is_glued(text, found) for found in _LINK.finditer(text)):
        yield Violation(
            "weibo.link_glued",
            "链接后面紧跟着中文或标点，微博会认错链接；请在链接后加一个空格（链接中的汉字请用编码后的形式）",
            "text",
        )


def _is_glued(text: str, link: re.Match[str]) -> bool:
    rest = text[link.end() : link.end() + 1]
    return bool(rest) and not rest.isspace()


def _article_violations(content: DraftContent, limits: Limits) -> Iterator[Violation]:
    if len(content.articles) > limits.articles:
        allowed = "一篇文章" if limits.articles else "短微博，不能带文章"
        message = f"这种发布方式只能发{allowed}，请拆分稿件或更换发布方式"
        yield Violation("weibo.articles", message, "articles")
    if limits.articles and not content.articles:
        message = "头条文章缺少正文，请补上文章内容"
        yield Violation("weibo.article_missing", message, "articles")
    if limits.articles and content.articles:
        yield from _headline_violations(content, limits)


def _headline_violations(content: DraftContent, limits: Limits) -> Iterator[Violation]:
    article = content.articles[0]
    lengths = (
        ("title", "标题", len(article.title), limits.title),
        ("digest", "导语", len(article.digest), limits.digest),
        ("html", "文章正文（含排版代码）", len(article.html), limits.html),
    )
    for place, name, length, most in lengths:
        if length > most:
            message = f"{name} {length} 字，最多 {most} 字，请缩短"
            yield Violation(f"weibo.article_{place}", message, f"articles.0.{place}")
    if not article.title.strip() or not article.html.strip():
        message = "头条文章的标题和正文都不能空，请补上"
        yield Violation("weibo.article_empty", message, "articles.0")
    if article.cover is None:
        message = "头条文章必须有封面图片，请选择一张"
        yield Violation("weibo.cover", message, "articles.0.cover")
    if article.author:
        message = "头条文章没有作者栏，作者不会显示；需要署名请写在正文里"
        yield Violation("weibo.author", message, "articles.0.author", Severity.WARNING)


def _picture_violations(content: DraftContent, limits: Limits) -> Iterator[Violation]:
    most = limits.pictures
    if len(content.pictures) > most:
        message = (
            f"正文配图 {len(content.pictures)} 张，最多 {most} 张，请减少图片"
            if most
            else "头条文章的配套微博不能带图片，请把图片放进文章正文或去掉"
        )
        yield Violation("weibo.pictures", message, "pictures")
    for index, picture in enumerate(content.pictures):
        yield from _type_violations(picture, limits, f"pictures.{index}")
    for number, article in enumerate(content.articles[: limits.articles]):
        pictures = (*article.pictures, *([article.cover] if article.cover else []))
        for index, picture in enumerate(pictures):
            yield from _type_violations(picture, limits, f"articles.{number}.pictures.{index}")


def _type_violations(picture: Picture, limits: Limits, place: str) -> Iterator[Violation]:
    if picture.media_type not in limits.picture_types:
        message = "图片格式不是 JPG、GIF 或 PNG，请换一张"
        yield Violation("weibo.picture_type", message, place)
