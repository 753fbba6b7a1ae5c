"""Comparing a draft as the platform keeps it with what was approved, blind to its rewriting."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import html as lxml_html

from bot.domain.canonical import canonical_json
from bot.domain.errors import ContentRejected, Explanation
from bot.domain.text import clip

_FIELDS = (
    ("title", "标题"),
    ("author", "作者"),
    ("digest", "摘要"),
    ("content_source_url", "原文链接"),
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BEFORE, _SHOWN = 10, 60


@dataclass(frozen=True)
class Difference:
    """One place where the draft is not what was approved, with both texts."""

    place: str
    approved: str
    found: str

    @property
    def sentence(self) -> str:
        return f"{self.place}：批准的是“{self.approved}”，平台上是“{self.found}”"


def differences(
    approved: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> tuple[Difference, ...]:
    """Every difference a reader would notice.

    The platform rewrites markup (src to data-src, div to section, ids and foreign links dropped),
    so titles, texts, pictures and added links count, tags and styles do not. A digest that was not
    given is filled in by the platform.
    """
    if len(approved) != len(found):
        return (Difference("文章篇数", str(len(approved)), str(len(found))),)
    pairs = zip(approved, found, strict=True)
    return tuple(d for number, (a, f) in enumerate(pairs, 1) for d in _of_article(number, a, f))


def changed_draft(found: Sequence[Difference]) -> ContentRejected:
    """The error for a draft that somebody changed; its explanation holds both texts."""
    return ContentRejected(
        message="the draft is not what was approved",
        code="draft_changed",
        explanation=Explanation(
            cause=f"草稿被改动。{sentence_of(found)}",
            next_step="请核对平台后台的草稿：认可改动请人工发布并登记链接，否则请修改后重新提交",
            who="编辑",
        ),
        evidence={"draft_difference": mark_of(found)},
    )


def sentence_of(found: Sequence[Difference]) -> str:
    """The first three differences, each with both texts."""
    return "；".join(difference.sentence for difference in found[:3])


def mark_of(found: Sequence[Difference]) -> str:
    """A short digest of differences, to recognise the ones a person was told of."""
    return hashlib.sha256(canonical_json(list(found)).encode()).hexdigest()[:32]


def _of_article(
    number: int, approved: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Difference]:
    for field, name in _FIELDS:
        if field not in approved:
            # A picture message has neither author nor summary of its own.
            continue
        wanted, is_now = str(approved.get(field, "")), str(found.get(field) or "")
        if _bare(wanted) != _bare(is_now) and not (field == "digest" and not wanted):
            yield Difference(f"第 {number} 篇的{name}", clip(wanted, _SHOWN), clip(is_now, _SHOWN))
    if approved["article_type"] == "newspic":
        yield from _of_gallery(number, approved, found)
    else:
        yield from _of_text(number, approved, found)


def _of_gallery(
    number: int, approved: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Difference]:
    ours, theirs = _bare(str(approved["content"])), _bare(str(found.get("content", "")))
    if ours != theirs:
        yield Difference(f"第 {number} 篇的说明文字", *_around_change(ours, theirs))
    wanted, shown = _gallery_pictures(approved), _gallery_pictures(found)
    if wanted != shown:
        is_order = sorted(wanted) == sorted(shown)
        told = ("批准时的顺序", "另一种顺序") if is_order else _counted(wanted, shown)
        yield Difference(f"第 {number} 篇的图片", *told)


def _of_text(
    number: int, approved: Mapping[str, Any], found: Mapping[str, Any]
) -> Iterator[Difference]:
    ours, theirs = _essence(str(approved["content"])), _essence(str(found.get("content", "")))
    if ours.text != theirs.text:
        yield Difference(f"第 {number} 篇的正文", *_around_change(ours.text, theirs.text))
    if ours.pictures != theirs.pictures:
        yield Difference(f"第 {number} 篇的图片", *_counted(ours.pictures, theirs.pictures))
    cover, shown = approved.get("thumb_media_id"), found.get("thumb_media_id")
    if cover and shown and cover != shown:
        yield Difference(f"第 {number} 篇的封面", "批准时的封面", "另一张图")
    for link in sorted(theirs.links - ours.links):
        yield Difference(f"第 {number} 篇的链接", "没有这个链接", clip(link, _SHOWN))


def _gallery_pictures(article: Mapping[str, Any]) -> list[str]:
    listed = (article.get("image_info") or {}).get("image_list") or []
    return [str(each.get("image_media_id", "")) for each in listed]


def _counted(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, str]:
    if len(ours) == len(theirs):
        return f"{len(ours)} 张图", "同样多，但换了图"
    return f"{len(ours)} 张图", f"{len(theirs)} 张图"


@dataclass(frozen=True)
class _Essence:
    text: str
    pictures: tuple[str, ...]
    links: frozenset[str]


def _essence(content: str) -> _Essence:
    if not content.strip():
        return _Essence("", (), frozenset())
    root = lxml_html.fragment_fromstring(content, create_parent="div")
    pictures = (img.get("data-src") or img.get("src") or "" for img in root.iter("img"))
    links = frozenset(a.get("href") for a in root.iter("a") if a.get("href"))
    return _Essence(_bare(root.text_content()), tuple(map(_picture_name, pictures)), links)


def _picture_name(address: str) -> str:
    """A picture's own part of its address: scheme, size and query differ from answer to answer."""
    return urlsplit(address).path.rpartition("/")[0]


def _bare(text: str) -> str:
    return "".join(text.translate(_INVISIBLE).split())


def _around_change(approved: str, found: str) -> tuple[str, str]:
    pairs = enumerate(zip(approved, found, strict=False))
    change = next((i for i, (a, f) in pairs if a != f), min(len(approved), len(found)))
    start = max(0, change - _BEFORE)
    return approved[start : start + _SHOWN], found[start : start + _SHOWN]
