"""The draft box: checks of draft/add and draft/update, and the calls that read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.wechat.accounts import Unprivileged
from bot.sandbox.wechat.calls import ApiCall
from bot.sandbox.wechat.content import (
    Keeps,
    filter_content,
    is_whole_page,
    plain_text,
    without_tags,
)
from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account, Article, Draft, World, fresh_id
from bot.sandbox.wechat.uploads import page_of

OK = {"errcode": 0, "errmsg": "ok"}
KNOWN_FIELDS = frozenset(
    {
        "article_type",
        "title",
        "author",
        "digest",
        "content",
        "content_source_url",
        "thumb_media_id",
        "need_open_comment",
        "only_fans_can_comment",
        "pic_crop_235_1",
        "pic_crop_1_1",
        "image_info",
        "cover_info",
        "product_info",
        "show_cover_pic",
    }
)
FRACTION = re.compile(r"0|1|0\.\d{1,6}|1\.0{1,6}")
CROP_RATIOS = frozenset({"1_1", "16_9", "2.35_1"})
MAX_LINK_BYTES = 1024
MAX_PICTURES = 20
AUTOMATIC_DIGEST = 54


def add(world: World, call: ApiCall) -> dict[str, Any]:
    """draft/add."""
    articles = call.body.get("articles")
    if not isinstance(articles, list):
        raise Refusal(47001)
    if not articles:
        raise Refusal(44003)
    if len(articles) > world.switches.max_articles:
        raise Refusal(45008)
    kept = [check_article(world, call, one) for one in articles]
    now = int(world.now())
    draft = Draft(fresh_id("Hk2bT0_"), kept, created_at=now, updated_at=now)
    call.account.drafts[draft.media_id] = draft
    return {"media_id": draft.media_id, "item": []}


def update(world: World, call: ApiCall) -> dict[str, Any]:
    """draft/update: one article, by its 0-based index."""
    draft = _asked(call)
    article = call.body.get("articles")
    if not isinstance(article, dict):
        raise Refusal(47001)
    index = call.number("index", 0, refused=40114)
    if not 0 <= index < len(draft.articles):
        raise Refusal(40114)
    draft.articles[index] = check_article(world, call, article)
    draft.updated_at = int(world.now())
    return OK


def get(world: World, call: ApiCall) -> dict[str, Any]:
    """draft/get."""
    draft = _asked(call)
    return {
        "news_item": news_items(world, call.account, draft),
        "create_time": draft.created_at,
        "update_time": draft.updated_at,
    }


def batchget(world: World, call: ApiCall) -> dict[str, Any]:
    """draft/batchget, the latest change first."""
    offset, count = page_of(call)
    newest = sorted(call.account.drafts.values(), key=lambda one: -one.updated_at)
    without_content = call.number("no_content", 0) == 1
    items = [
        {
            "media_id": one.media_id,
            "content": {
                "news_item": news_items(world, call.account, one, blank=without_content),
                "create_time": one.created_at,
                "update_time": one.updated_at,
            },
            "update_time": one.updated_at,
        }
        for one in newest[offset : offset + count]
    ]
    return {"total_count": len(newest), "item_count": len(items), "item": items}


def count(_: World, call: ApiCall) -> dict[str, Any]:
    """draft/count."""
    return {"total_count": len(call.account.drafts)}


def delete(_: World, call: ApiCall) -> dict[str, Any]:
    """draft/delete."""
    del call.account.drafts[_asked(call).media_id]
    return OK


def switch(_: World, __: ApiCall) -> dict[str, Any]:
    """draft/switch: every account was moved to the draft box years ago."""
    return {**OK, "is_open": 1}


def news_items(
    world: World, account: Account, draft: Draft, *, blank: bool = False
) -> list[Article]:
    """Return a draft's articles as the API shows them; `blank` leaves the content out."""
    preview = f"{world.stage.public_base}/s/preview/{draft.media_id}"
    shown = []
    for index, article in enumerate(draft.articles):
        extra = {
            "url": f"{preview}?idx={index + 1}",
            "thumb_url": cover_url(account, article),
            "show_cover_pic": 0,
        }
        shown.append({**article, **extra, **({"content": ""} if blank else {})})
    return shown


def pictures_of(article: Article) -> list[str]:
    """Return the media ids of a picture message, none for other articles."""
    if article["article_type"] != "newspic":
        return []
    return [one["image_media_id"] for one in article["image_info"]["image_list"]]


def cover_url(account: Account, article: Article) -> str:
    """Return where the cover is; a picture message's first picture is its cover."""
    media_id = next(iter(pictures_of(article)), article.get("thumb_media_id", ""))
    cover = account.library.get(media_id)
    return cover.url if cover else ""


def check_article(world: World, call: ApiCall, article: object) -> Article:
    """Return one article as it will be stored.

    Raises:
        Refusal: with the documented number for what is over its limit or missing.
    """
    if not isinstance(article, dict):
        raise Refusal(47001)
    unknown = sorted(set(article) - KNOWN_FIELDS)
    if unknown:
        call.note("unknown_fields", unknown)
    _check_lengths(world, article)
    is_pictures = article.get("article_type", "news") == "newspic"
    content = _check_content(world, article, is_pictures=is_pictures)
    if is_pictures:
        _check_pictures(call.account, article)
        _check_cover_info(article)
        content = without_tags(content)
    else:
        _check_cover(call.account, article)
        content = filter_content(content, _keeps(world, call.account))
    kept = {key: value for key, value in article.items() if key in KNOWN_FIELDS}
    kept.update(
        article_type=article.get("article_type", "news"),
        content=content,
        author=article.get("author", ""),
        digest=article.get("digest") or plain_text(content)[:AUTOMATIC_DIGEST],
        content_source_url=article.get("content_source_url", ""),
        need_open_comment=_comment_flag(world, call.account, article),
        only_fans_can_comment=_flag(article, "only_fans_can_comment"),
    )
    return kept


def _check_lengths(world: World, article: Article) -> None:
    switches = world.switches
    if article.get("article_type", "news") not in ("news", "newspic"):
        raise Refusal(40035)
    if not _text(article, "title").strip():
        raise Refusal(40035)
    limits = (
        ("title", switches.title_limit, 45003),
        ("author", switches.author_limit, 45110),
        ("digest", switches.digest_limit, 45004),
    )
    for name, limit, code in limits:
        if len(_text(article, name)) > limit:
            raise Refusal(code)
    link = _text(article, "content_source_url")
    if len(link.encode()) > MAX_LINK_BYTES:
        raise Refusal(45005)
    if link and urlsplit(link).scheme not in ("http", "https"):
        raise Refusal(41039)


def _check_content(world: World, article: Article, *, is_pictures: bool) -> str:
    content = _text(article, "content")
    if not content.strip():
        raise Refusal(44003)
    if is_whole_page(content):
        raise Refusal(47001)
    switches = world.switches
    # The page says "under", of the whole string with its tags and styles.
    if len(content) >= switches.content_characters:
        raise Refusal(45002)
    if len(content.encode()) >= switches.content_bytes:
        raise Refusal(45002)
    if is_pictures and len(content.encode()) > switches.picture_text_bytes:
        raise Refusal(45002)
    return content


def _check_cover(account: Account, article: Article) -> None:
    cover = account.library.get(_text(article, "thumb_media_id"))
    if cover is None or cover.type not in ("image", "thumb"):
        raise Refusal(40007)
    for name in ("pic_crop_235_1", "pic_crop_1_1"):
        crop = _text(article, name)
        if crop and not _is_crop(crop.split("_")):
            raise Refusal(40035)


def _check_pictures(account: Account, article: Article) -> None:
    info = article.get("image_info")
    pictures = info.get("image_list") if isinstance(info, dict) else None
    if not isinstance(pictures, list) or not 1 <= len(pictures) <= MAX_PICTURES:
        raise Refusal(40215)
    for one in pictures:
        media_id = one.get("image_media_id") if isinstance(one, dict) else None
        found = account.library.get(str(media_id))
        if found is None or found.type != "image":
            raise Refusal(40007)


def _check_cover_info(article: Article) -> None:
    info = article.get("cover_info", {})
    crops = info.get("crop_percent_list", []) if isinstance(info, dict) else None
    if not isinstance(crops, list) or not all(isinstance(one, dict) for one in crops):
        raise Refusal(47001)
    for one in crops:
        box = [one.get(name) for name in ("x1", "y1", "x2", "y2")]
        if one.get("ratio") not in CROP_RATIOS or not _is_crop(box):
            raise Refusal(40035)


def _is_crop(box: Sequence[object]) -> bool:
    """True for left, top, right and bottom as texts between 0 and 1 that enclose something."""
    if len(box) != 4 or not all(isinstance(one, str) and FRACTION.fullmatch(one) for one in box):
        return False
    left, top, right, bottom = (float(str(one)) for one in box)
    return left < right and top < bottom


def _comment_flag(world: World, account: Account, article: Article) -> int:
    wanted = _flag(article, "need_open_comment")
    if not wanted or account.spec.comment_privilege:
        return wanted
    if world.switches.comment_without_privilege is Unprivileged.REFUSE:
        raise Refusal(88000)
    return 0


def _flag(article: Article, name: str) -> int:
    value = article.get(name, 0)
    if value not in (0, 1):
        raise Refusal(40035)
    return int(value)


def _text(article: Article, name: str) -> str:
    value = article.get(name, "")
    if not isinstance(value, str):
        raise Refusal(47001)
    return value


def _keeps(world: World, account: Account) -> Keeps:
    return Keeps(
        foreign_links=account.spec.wechat_pay,
        class_attribute=world.switches.class_attribute_kept,
        lazy_images=world.switches.lazy_images,
        own_hosts=frozenset({urlsplit(world.stage.public_base).netloc}),
    )


def _asked(call: ApiCall) -> Draft:
    draft = call.account.drafts.get(call.text("media_id", 41006))
    if draft is None:
        raise Refusal(40007)
    return draft
