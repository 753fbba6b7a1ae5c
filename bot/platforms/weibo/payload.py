"""From an approved draft to the forms that are sent: every field here, nothing added elsewhere."""

from collections.abc import Callable
from urllib.parse import quote

from bot.domain.accounts.account import Account
from bot.domain.errors import (
    ContentRejected,
    Explanation,
    Misconfigured,
    NotFound,
    PlatformError,
)
from bot.domain.posts.draft import PICTURE_SCHEME, Article, DraftContent, Picture
from bot.domain.text import weibo_length
from bot.platforms.weibo.client.session import Upload
from bot.platforms.weibo.limits import ARTICLE_HTML, PICTURE_BYTES, PICTURE_TYPES, SHORT_TEXT_UNITS
from bot.ports.media import MediaStore

PictureUrl = Callable[[str], str]
"""From a picture's SHA-256 to the address where the platform can fetch it."""


def share_form(content: DraftContent, account: Account) -> dict[str, str]:
    """`status` and `rip`. The form encoding of the request is the only encoding."""
    return {"status": content.text, "rip": operator_address(account)}


def update_form(content: DraftContent, account: Account) -> dict[str, str]:
    """A post of the commercial host, public, long where it must be."""
    is_long = weibo_length(content.text) > SHORT_TEXT_UNITS
    return {
        "status": content.text,
        "visible": "0",
        "is_longtext": "1" if is_long else "0",
        "rip": operator_address(account),
    }


def article_form(
    content: DraftContent, account: Account, picture_url: PictureUrl
) -> dict[str, str]:
    """A headline article and the text of the post that carries it.

    The vendor's demo percent-encodes `content` before the request is encoded, so the server
    decodes it twice; the account option `article_encoding` = single leaves that out.
    """
    article = content.articles[0] if content.articles else None
    if article is None or article.cover is None:
        raise unsendable("头条文章缺少正文或封面", "请补上正文和封面图片后重新提交审核")
    html = article_html(article, picture_url)
    if len(html) > ARTICLE_HTML:
        raise unsendable(f"头条文章的正文超过 {ARTICLE_HTML} 字", "请缩短正文或减少图片后提交审核")
    is_single = account.options.get("article_encoding") == "single"
    form = {
        "title": article.title,
        "content": html if is_single else quote(html, safe=""),
        "cover": picture_url(article.cover.sha256),
        "text": content.text,
        "rip": operator_address(account),
    }
    return form | ({"summary": article.digest} if article.digest else {})


def article_html(article: Article, picture_url: PictureUrl) -> str:
    """The article's HTML with public addresses for its pictures."""
    html = article.html
    for picture in article.pictures:
        html = html.replace(PICTURE_SCHEME + picture.sha256, picture_url(picture.sha256))
    return html


def upload_of(picture: Picture, media: MediaStore) -> Upload:
    """The picture's bytes, checked once more against the platform's limits.

    Raises:
        ContentRejected: wrong type, too large, or not kept any more.
    """
    try:
        content = media.get(picture.sha256)
    except NotFound as error:
        raise unsendable("稿件中的图片已找不到", "请重新上传图片后提交审核") from error
    if len(content) > PICTURE_BYTES:
        raise unsendable("图片超过 5 MB", "请把图片压缩到 5 MB 以内后重新提交审核")
    if picture.media_type not in PICTURE_TYPES:
        raise unsendable("图片格式不是 JPG、GIF 或 PNG", "请换成 JPG、GIF 或 PNG 图片后提交审核")
    return Upload(content, picture.media_type)


def operator_address(account: Account) -> str:
    """The operator's IP that Weibo wants with every post: the office's way out to the internet.

    Raises:
        Misconfigured: the account option `rip` is not set.
    """
    rip = account.options.get("rip", "")
    if rip:
        return rip
    raise Misconfigured(
        f"account {account.name} has no rip",
        explanation=Explanation(
            cause="账号没有设置操作者 IP（rip），微博要求每次发布都带上",
            next_step="请在账号设置的 rip 中填写本单位的互联网出口 IP",
            who="系统管理员",
        ),
    )


def unsendable(cause: str, next_step: str) -> PlatformError:
    """The error for a draft that cannot be sent as it is; nothing has been sent."""
    explanation = Explanation(cause=cause, next_step=next_step, who="撰稿或编辑")
    return ContentRejected(f"not sent: {cause}", explanation=explanation)
