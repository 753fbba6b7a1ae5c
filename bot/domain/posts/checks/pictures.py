"""Whose the pictures are, and maps without their review number."""

import re
from collections.abc import Iterator

from bot.domain.posts.checks.rule import ContentRule, Hit, Reading
from bot.domain.posts.draft import DraftContent, Picture, Severity
from bot.domain.releases.pictures import names_nobody

_MAP = re.compile("地图|区位图|行政区划图|政区图|位置图")
_REVIEWED = re.compile(r"审图号")


def _credited_to_nobody(reading: Reading) -> Iterator[Hit]:
    for image in reading.source.content.images:
        if names_nobody(image.credit):
            message = f"图片来源写的是“{image.credit}”，请写明作者或出处，并确认有权使用"
            yield Hit(message, "pictures", image.credit)


def _uncredited(reading: Reading) -> Iterator[Hit]:
    shown = {picture.sha256 for picture in _pictures(reading.content)}
    bare = [
        image
        for image in reading.source.content.images
        if image.sha256 in shown and not image.credit.strip()
    ]
    if bare:
        yield Hit(f"有 {len(bare)} 张图片没有写来源，请补充作者或出处", "pictures")


def _unreviewed_map(reading: Reading) -> Iterator[Hit]:
    said = reading.source.content.body.text
    for image in reading.source.content.images:
        words = image.alt + image.caption
        if _MAP.search(words) and not _REVIEWED.search(words + image.credit + said):
            message = f"图片“{words[:20]}”像是地图，但没有审图号。公开地图须经审核并标注审图号"
            yield Hit(message, "pictures", words[:20])


def _pictures(content: DraftContent) -> Iterator[Picture]:
    yield from content.pictures
    for article in content.articles:
        yield from article.pictures
        if article.cover:
            yield article.cover


RULES = (
    ContentRule(
        "picture_credited_to_nobody",
        1,
        "图片来源不明",
        "著作权法：他人的图片须有许可并署名",
        Severity.BLOCKING,
        _credited_to_nobody,
    ),
    ContentRule(
        "picture_uncredited",
        1,
        "图片没有来源",
        "著作权法：他人的图片须有许可并署名",
        Severity.WARNING,
        _uncredited,
    ),
    ContentRule(
        "map_unreviewed",
        1,
        "地图没有审图号",
        "地图管理条例第十五条、第二十二条",
        Severity.BLOCKING,
        _unreviewed_map,
    ),
)
