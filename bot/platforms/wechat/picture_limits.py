"""What WeChat takes as pictures and covers, and as a picture message, in plain Chinese."""

import re
from collections.abc import Callable, Iterator

from bot.domain.accounts.account import Account, Mode
from bot.domain.posts.draft import Article, ArticleForm, DraftContent, Picture, Severity, Violation
from bot.domain.posts.limits import Limits
from bot.domain.text import clip
from bot.platforms.wechat.payload import hashes_in

SizeOf = Callable[[str], int | None]
"""A stored picture's bytes by its SHA-256, None if it is missing."""

_Found = Iterator[Violation]
_KILOBYTE = 1024
_NAME = 20
_TAG = re.compile(r"<\s*/?[a-zA-Z][^>]*>")


def text_pictures(article: Article, limits: Limits, place: str, size_of: SizeOf) -> _Found:
    """The pictures inside a text, and its cover."""
    listed = {picture.sha256 for picture in article.pictures}
    for name in dict.fromkeys(hashes_in(article.html)):
        if name not in listed:
            message = f"{place}引用了没有登记的图片。请重新生成稿件"
            yield Violation("picture_unknown", message, place)
    for picture in article.pictures:
        yield from _picture(picture, limits.picture_bytes, limits, place, size_of)
    if article.cover is None:
        yield Violation("cover", f"{place}没有封面，平台要求每篇都有。请选择封面图", place)
    else:
        yield from _size(article.cover, limits.cover_bytes, f"{place}的封面", size_of)


def gallery(article: Article, limits: Limits, place: str, size_of: SizeOf) -> _Found:
    """A picture message: how many pictures, which, and the text below them."""
    count, most = len(article.pictures), limits.gallery_pictures
    if not count:
        message = f"{place}是图片消息，但没有图片。请补充图片，或改用文章模板"
        yield Violation("gallery_count", message, place)
    if count > most:
        message = f"{place}有 {count} 张图片，图片消息最多 {most} 张。请减少图片，或改用文章模板"
        yield Violation("gallery_count", message, place)
    for picture in article.pictures:
        yield from _picture(picture, limits.cover_bytes, limits, place, size_of)
    if not article.text.strip():
        yield Violation("gallery_text_empty", f"{place}的图片没有说明文字。请补上说明", place)
    size = len(article.text.encode())
    if size > limits.gallery_text_bytes:
        message = (
            f"{place}的说明文字有 {size} 字节（约 {size // 3} 字），"
            f"图片消息最多 {limits.gallery_text_bytes} 字节。请缩短说明"
        )
        yield Violation("gallery_text", message, place)
    if _TAG.search(article.text):
        message = f"{place}的说明文字里有网页代码，图片消息只留纯文字。请检查模板"
        yield Violation("gallery_markup", message, place)


def gallery_place(content: DraftContent, account: Account) -> _Found:
    """Where a picture message may stand: alone, and pushed as what is documented."""
    forms = [article.form for article in content.articles]
    if ArticleForm.PICTURES not in forms:
        return
    if len(forms) > 1:
        message = "图片消息与其他文章放在同一稿里，平台没有说明可以这样做。请分成几次发布"
        yield Violation("gallery_alone", message)
    if account.mode is Mode.MASS and account.options.get("mass_pictures") != "draft":
        message = (
            "图片消息群发时没有标题栏，标题写在说明文字的开头；"
            "草稿箱里的同名草稿不会自动消失。请确认可以这样群发"
        )
        yield Violation("gallery_pushed", message, severity=Severity.WARNING)


def _picture(
    picture: Picture, most_bytes: int, limits: Limits, place: str, size_of: SizeOf
) -> _Found:
    name = f"{place}的图片“{clip(picture.alt, _NAME)}”"
    if picture.media_type not in limits.picture_types:
        yield Violation("picture_type", f"{name}不是 JPG 或 PNG。请转换格式", place)
    yield from _size(picture, most_bytes, name, size_of)


def _size(picture: Picture, most: int, name: str, size_of: SizeOf) -> _Found:
    size = size_of(picture.sha256)
    if size is None:
        yield Violation("picture_missing", f"{name}没有存入系统。请重新上传", name)
    elif size > most:
        shown = f"{size // _KILOBYTE} KB，平台最多 {most // _KILOBYTE} KB"
        yield Violation("picture_bytes", f"{name}有 {shown}。请压缩后重新上传", name)
