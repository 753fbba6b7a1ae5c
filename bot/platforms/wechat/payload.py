"""From approved content to the articles of a draft, as draft/add wants them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.posts.draft import (
    PICTURE_SCHEME,
    Article,
    ArticleForm,
    CoverShape,
    Crop,
    DraftContent,
    Picture,
)

_PICTURE = re.compile(re.escape(PICTURE_SCHEME) + r"([0-9a-f]{64})")
_CROP_FIELDS = {CoverShape.WIDE: "pic_crop_235_1", CoverShape.SQUARE: "pic_crop_1_1"}
_CROP_RATIOS = {
    CoverShape.SQUARE: "1_1",
    CoverShape.SCREEN: "16_9",
    CoverShape.WIDE: "2.35_1",
}


def pictures_in(content: DraftContent) -> tuple[Picture, ...]:
    """The pictures the articles' HTML shows, each once, in order of appearance."""
    known = {
        picture.sha256: picture for article in content.articles for picture in article.pictures
    }
    shown = dict.fromkeys(name for article in content.articles for name in hashes_in(article.html))
    return tuple(known[name] for name in shown if name in known)


def hashes_in(html: str) -> list[str]:
    """The SHA-256 of every stored picture `html` refers to."""
    return _PICTURE.findall(html)


def library_pictures(content: DraftContent) -> tuple[Picture, ...]:
    """What has to be permanent material, each once: covers, and pictures of picture messages."""
    needed: dict[str, Picture] = {}
    for article in content.articles:
        if article.form is ArticleForm.PICTURES:
            needed |= {picture.sha256: picture for picture in article.pictures}
        elif article.cover is not None:
            needed[article.cover.sha256] = article.cover
    return tuple(needed.values())


def articles_payload(
    articles: Iterable[Article], *, picture_urls: Mapping[str, str], library_ids: Mapping[str, str]
) -> Sequence[dict[str, Any]]:
    """The `articles` of draft/add; both mappings are by SHA-256 and must be complete."""
    return [
        _gallery(article, library_ids)
        if article.form is ArticleForm.PICTURES
        else _article(article, picture_urls, library_ids)
        for article in articles
    ]


def pictures_message(article: Article, library_ids: Mapping[str, str]) -> dict[str, Any]:
    """The `images` of a mass send: it has no title of its own, so the text begins with it."""
    return {
        "media_ids": [library_ids[picture.sha256] for picture in article.pictures],
        "recommend": f"{article.title}\n{article.text}",
        "need_open_comment": int(article.open_comments),
        "only_fans_can_comment": 0,
    }


def _article(
    article: Article, picture_urls: Mapping[str, str], library_ids: Mapping[str, str]
) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "article_type": "news",
        "title": article.title,
        "author": article.author,
        "digest": article.digest,
        "content": _PICTURE.sub(lambda found: picture_urls[found[1]], article.html),
        "content_source_url": article.source_url,
        "need_open_comment": int(article.open_comments),
        "only_fans_can_comment": 0,
    }
    if article.cover is not None:
        payload["thumb_media_id"] = library_ids[article.cover.sha256]
        for crop in article.crops:
            if crop.shape in _CROP_FIELDS:
                box = _fractions(crop, article.cover)
                payload[_CROP_FIELDS[crop.shape]] = "_".join(box)
    return payload


def _gallery(article: Article, library_ids: Mapping[str, str]) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "article_type": "newspic",
        "title": article.title,
        "content": article.text,
        "need_open_comment": int(article.open_comments),
        "only_fans_can_comment": 0,
        "image_info": {
            "image_list": [
                {"image_media_id": library_ids[picture.sha256]} for picture in article.pictures
            ]
        },
    }
    if article.front is not None and article.crops:
        payload["cover_info"] = {
            "crop_percent_list": [
                {"ratio": _CROP_RATIOS[crop.shape]}
                | dict(zip(("x1", "y1", "x2", "y2"), _fractions(crop, article.front), strict=True))
                for crop in article.crops
            ]
        }
    return payload


def _fractions(crop: Crop, picture: Picture) -> tuple[str, ...]:
    """Left, top, right and bottom between 0 and 1, with at most six decimals."""
    return (
        _fraction(crop.left, picture.width),
        _fraction(crop.top, picture.height),
        _fraction(crop.right, picture.width),
        _fraction(crop.bottom, picture.height),
    )


def _fraction(part: int, whole: int) -> str:
    return f"{part / whole:.6f}".rstrip("0").rstrip(".")
